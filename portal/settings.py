"""All settings of the portal.

Each value that differs between machines comes from the environment; README.md lists them.
"""

import os
from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONE, SELF

from portal import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Where it runs
PRODUCTION = env.choice("PORTAL_ENV", ("development", "production")) == "production"
DEBUG = env.flag("DEBUG")
if DEBUG and PRODUCTION:
    raise env.SettingError("DEBUG is on: it shows the code to strangers. Set it to 0 in production.")
SANDBOX = env.flag("PORTAL_SANDBOX")
if SANDBOX and PRODUCTION:
    raise env.SettingError("PORTAL_SANDBOX is on: it serves a made-up report. Set it to 0 in production.")
# Drafts, comments and sessions are for the account that the site runs as: what it writes is its own alone.
os.umask(0o077)
PORTAL_DATA = env.folder("PORTAL_DATA", BASE_DIR / ("var/sandbox" if SANDBOX else "var"))
PORT = env.integer("PORT", 8000, 1, 65535)
BIND = env.text_variable("BIND", "127.0.0.1")
WEB_WORKERS = env.integer("WEB_WORKERS", 2, 1, 64)
SITE_URL = env.site_address("SITE_URL")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
if PRODUCTION and not (SITE_URL and ALLOWED_HOSTS):
    raise env.SettingError(
        "SITE_URL and ALLOWED_HOSTS are needed in production: the site's address and its host names."
    )
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = env.secret("SECRET_KEY", PORTAL_DATA / "secret-key", required=PRODUCTION)
DATABASES = {
    "default": env.database_of(
        "DATABASE_URL", f"sqlite:///{PORTAL_DATA / 'portal.sqlite3'}", make=not PRODUCTION
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "initiatives",
    "feedback",
    "markdownx",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]
# templates/django/forms/ says of every box that its text may run from right to left.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "portal.middleware.refuse_nul",
    "portal.middleware.any_host",
    "portal.middleware.read_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.DatabaseDown",
    "portal.middleware.OneLineEnd",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Language and time
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text_variable("TIME_ZONE", "America/Chicago")
if TIME_ZONE not in available_timezones():
    raise env.SettingError(f"TIME_ZONE is {TIME_ZONE!r}: use a name such as America/Chicago.")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# Made at the first upload; a start on an empty folder makes nothing in it.
MEDIA_ROOT = (
    env.folder("PORTAL_MEDIA", PORTAL_DATA)
    if env.text_variable("PORTAL_MEDIA", "")
    else PORTAL_DATA / "media"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Five sorts of rows of 200 each, and what is beside them (initiatives/admin/conflicts/values.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Staff sign-in. The cookies are kept to the admin: no public page ever sees one.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_ENGINE = "portal.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if SANDBOX:
    # Browsers send cookies to all ports of a host: to sign in at a sandbox must not sign out of the site
    # beside it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sandbox_sessionid", "sandbox_csrftoken"
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
CSRF_FAILURE_VIEW = "portal.errors.form_refused"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "portal.page_messages.PageStorage"  # in the session: a cookie would be the whole site's

# Headers: nothing but our own files, no inline code, no frames, no referrer to others
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUST_PROXY = env.flag("TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXY_SENDS_FILES = env.flag("PROXY_SENDS_FILES")

# Feedback: for how many days comments are kept; 0 for always
FEEDBACK_KEEP_DAYS = env.integer("FEEDBACK_KEEP_DAYS", 0, 0, 36500)

# E-mail to staff: printed where no server is named
EMAIL_HOST = env.email_server("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.integer("EMAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = env.text_variable("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text_variable("EMAIL_PASSWORD")
if EMAIL_HOST and bool(EMAIL_HOST_USER) != bool(EMAIL_HOST_PASSWORD):
    raise env.SettingError("EMAIL_USER and EMAIL_PASSWORD go together: set both or neither.")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", default=True)
if EMAIL_PORT == 465:  # TLS from the first byte, or none
    EMAIL_USE_TLS, EMAIL_USE_SSL = False, EMAIL_USE_TLS
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email_address("EMAIL_FROM", "report@localhost")

# The Markdown editor posts to staff-only views of our own at these addresses; the package's are never
# mounted.
MARKDOWNX_URLS_PATH = "/admin/initiatives/upload/markdown-preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/initiatives/upload/markdown-upload/"
MARKDOWNX_MARKDOWNIFY_FUNCTION = "initiatives.text.markdown.render"
MARKDOWNX_SERVER_CALL_LATENCY = 500

# What `manage.py start` does before it serves: what it says, the command, its arguments
START_STEPS = [
    ("Database: bringing its tables up to date", "migrate", ["--verbosity=0"]),
    ("Sandbox: making up a report and its past if the database is empty", "fill_sandbox", ["--if-empty"])
    if SANDBOX
    else (
        "Report: loading it if the database is empty",
        "load_report",
        ["--if-empty", str(BASE_DIR / "fixtures/st-louis")],
    ),
    ("Uploaded files: looking whether all are here", "check_files", []),
    ("Static files: collecting", "collectstatic", ["--no-input", "--verbosity=0"]),
    ("Accounts: making the first ones if there are none", "create_accounts", []),
]

# The accounts of a new machine: user name, group (none for an administrator), what it may do
FIRST_ACCOUNTS = [
    ("admin", "", "everything, site settings and accounts included"),
    ("editor", "Editor", "write and publish the report"),
    ("reviewer", "Reviewer", "read feedback"),
]

# Errors go to standard error, with the path and the reason, never with who asked; so does what staff do about
# their access.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,  # gunicorn's is there before
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"one_line": {"()": "portal.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["one_line"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would say the same a second time.
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "portal.staff_log": {"level": "INFO"},
    },
}
