"""The entry point for gunicorn and any other WSGI server."""

import os
import re
import sys
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

from portal.env import SettingError

CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)


def utf8_only(application: Callable[..., Any]) -> Callable[..., Any]:
    """Return the application with requests' charset left out: Django would decode addresses with it, even
    with “zip”.

    Every page of the site is UTF-8, and so is all that a browser sends back to it.
    """

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return wrapped


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
try:
    application = utf8_only(get_wsgi_application())
except SettingError as error:
    sys.exit(error.stop())
