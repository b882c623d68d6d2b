"""Settings come from the environment; nonsense is refused with a line that says what to mend."""

import os
import subprocess
import sys

import pytest

from portal import env


@pytest.fixture
def put(monkeypatch):
    return lambda value: monkeypatch.setenv("X", value)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("1", True), ("yes", True), ("ON", True), ("0", False), ("False", False), ("", None)],
)
def test_a_flag_is_yes_or_no_or_the_default(put, value, meaning):
    put(value)
    assert env.flag("X", default=True) is (True if meaning is None else meaning)
    assert env.flag("X") is bool(meaning)


def test_a_flag_is_nothing_else(put):
    put("maybe")
    with pytest.raises(env.SettingError, match="X is 'maybe': set it to 1 or 0"):
        env.flag("X")


@pytest.mark.parametrize("value", ["0", "70000", "-1", "1.5", "eight", "²"])
def test_a_number_stays_within_its_bounds(put, value):
    put(value)
    with pytest.raises(env.SettingError, match="whole number from 1 to 65535"):
        env.integer("X", 8000, 1, 65535)


def test_a_folder_is_made(put, tmp_path):
    put(str(tmp_path / "a" / "b"))
    assert env.folder("X", tmp_path) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_is_no_file(put, tmp_path):
    (tmp_path / "file").touch()
    put(str(tmp_path / "file" / "folder"))
    with pytest.raises(env.SettingError, match="Name a folder that can be made"):
        env.folder("X", tmp_path)


@pytest.mark.parametrize(
    "value", ["example.org", "ftp://example.org", "https://example.org/path", "https://"]
)
def test_an_address_is_whole_and_bare(put, value):
    put(value)
    with pytest.raises(env.SettingError, match="set it to an address such as"):
        env.site_address("X")


@pytest.mark.parametrize("value", ["mysql://a:b@h/c", "nonsense", "postgres://a:b@h:port/c"])
def test_a_database_is_sqlite_or_postgresql(put, value):
    put(value)
    with pytest.raises(env.SettingError):
        env.database_of("X", "")


@pytest.mark.parametrize("password", ["a#b", "12#3", "a?b", "a@b", "a/b", "a[b", "50%", "a%zz", "a b"])
def test_a_password_with_a_sign_of_an_address_is_refused_with_how_to_write_it_and_not_told(put, password):
    put(f"postgres://user:{password}@127.0.0.1:5432/name")
    with pytest.raises(env.SettingError, match="Write # in a password as %23") as refused:
        env.database_of("X", "")
    assert password not in str(refused.value)


def test_a_password_in_percent_form_is_read(put):
    put("postgres://user:a%23b%2Fc%40d%25@127.0.0.1:5432/name?sslmode=require")
    found = env.database_of("X", "")
    assert (found["PASSWORD"], found["NAME"], found["OPTIONS"]["sslmode"]) == ("a#b/c@d%", "name", "require")


def test_a_server_without_the_name_of_a_database_is_refused(put):
    put("postgres://user:word@127.0.0.1")
    with pytest.raises(env.SettingError, match="names no database"):
        env.database_of("X", "")


@pytest.mark.parametrize(
    "value", ["https://a.gov", "a.gov:443", "a.gov/", "a.gov, b.gov:80", "::1", "a.gov b.gov", "*.a.gov"]
)
def test_a_host_has_no_scheme_port_or_path(put, value):
    put(value)
    with pytest.raises(env.SettingError, match="name hosts alone"):
        env.hosts("X")


def test_hosts_are_names_numbers_all_below_a_name_or_any(put):
    put("safety.example.gov, .example.gov,10.0.0.1,[::1],localhost,*,")
    assert env.hosts("X") == ["safety.example.gov", ".example.gov", "10.0.0.1", "[::1]", "localhost", "*"]


@pytest.mark.parametrize("value", ["smtp://mail.gov", "mail.gov:587", "user@mail.gov", "mail.gov/x", "*"])
def test_a_server_for_email_is_a_name_alone(put, value):
    put(value)
    with pytest.raises(env.SettingError, match="the port is EMAIL_PORT"):
        env.email_server("X")


@pytest.mark.parametrize(
    "value", ["report", "a@b.gov, c@d.gov", "Portal, City <a@b.gov>", "a@b.gov\nBcc: c@d.gov", "<>", "@b.gov"]
)
def test_a_sender_is_one_address(put, value):
    put(value)
    with pytest.raises(env.SettingError, match="set it to one address"):
        env.email_address("X", "")


@pytest.mark.parametrize(
    "value", ["report@localhost", "a@b.gov", "City Portal <a@b.gov>", '"Portal, City" <a@b.gov>']
)
def test_a_sender_may_have_a_name(put, value):
    put(value)
    assert env.email_address("X", "") == value


def test_a_kept_secret_that_cannot_be_read_is_said_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("X", raising=False)
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    with pytest.raises(env.SettingError, match=r"cannot be read.*mend that file"):
        env.secret("X", tmp_path / "key", required=False)


def test_sqlite_is_durable_and_takes_its_lock_first(put):
    put("sqlite:////tmp/x.sqlite3")
    options = env.database_of("X", "")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_a_secret_is_made_once_and_for_the_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("X", raising=False)
    first = env.secret("X", tmp_path / "key", required=False)
    assert len(first) > 60
    assert env.secret("X", tmp_path / "key", required=False) == first
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_of_two_that_make_a_secret_at_once_both_read_the_first_ones_whole(monkeypatch, tmp_path):
    monkeypatch.delenv("X", raising=False)
    kept, seen = tmp_path / "key", []
    meanwhile = [lambda: seen.append(env.secret("X", kept, required=False))]
    make = env.secrets.token_urlsafe

    def slowly(size):
        if meanwhile:
            meanwhile.pop()()  # another process, in the middle of this one
        return make(size)

    monkeypatch.setattr(env.secrets, "token_urlsafe", slowly)
    assert [env.secret("X", kept, required=False)] == seen
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_an_empty_file_for_the_secret_is_said_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.delenv("X", raising=False)
    (tmp_path / "key").touch()
    with pytest.raises(env.SettingError, match=r"is empty\. Delete it"):
        env.secret("X", tmp_path / "key", required=False)


def test_production_needs_a_secret_of_its_own(monkeypatch, tmp_path):
    monkeypatch.delenv("X", raising=False)
    with pytest.raises(env.SettingError, match="X is missing"):
        env.secret("X", tmp_path / "key", required=True)


def run(**variables):
    clean = {name: os.environ[name] for name in ("PATH", "PORTAL_DATA")}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=clean | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"PORT": "http"}, "PORT is 'http'"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'"),
        ({"TIME_ZONE": "Missouri"}, "TIME_ZONE is 'Missouri'"),
        ({"PORTAL_ENV": "live"}, "PORTAL_ENV is 'live'"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u:a#b@127.0.0.1/c"}, "Write # in a password as %23"),
        ({"ALLOWED_HOSTS": "https://safety.example.gov"}, "ALLOWED_HOSTS has 'https://safety.example.gov'"),
        ({"EMAIL_FROM": "report"}, "EMAIL_FROM is 'report'"),
        ({"EMAIL_HOST": "mail.example.gov:25"}, "the port is EMAIL_PORT"),
        ({"EMAIL_HOST": "mail.example.gov", "EMAIL_USER": "portal"}, "set both or neither"),
        ({"PORTAL_ENV": "production"}, "SITE_URL and ALLOWED_HOSTS"),
        ({"PORTAL_ENV": "production", "DEBUG": "1"}, "DEBUG is on"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(variables, words):
    done = run(**variables)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_sandbox_has_cookies_of_its_own_for_cookies_know_no_port():
    clean = {name: os.environ[name] for name in ("PATH", "PORTAL_DATA")}
    command = [sys.executable, "manage.py", "diffsettings", "--all"]
    cookies = [
        {
            line
            for line in subprocess.check_output(command, env=clean | more, text=True).splitlines()
            if "_COOKIE_NAME = " in line
        }
        for more in ({}, {"PORTAL_SANDBOX": "1"})
    ]
    shared = {line.split()[-1] for line in cookies[0] & cookies[1]}
    assert len(cookies[0]) == 3
    assert shared == {"'django_language'"}


def test_production_settings_pass_the_deployment_check():
    clean = {name: os.environ[name] for name in ("PATH", "PORTAL_DATA")}
    production = {
        "PORTAL_ENV": "production",
        "SITE_URL": "https://safety.example.gov",
        "ALLOWED_HOSTS": "safety.example.gov",
        "SECRET_KEY": "kq3v8Zx1pLw9TfYc5RbN7mHdJ2sGaE4uVnX6yQtB0iOzKjWlPr",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]
    done = subprocess.run(command, env=clean | production, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
