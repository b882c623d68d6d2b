"""Reads settings from the environment and refuses nonsense with one line that says what to mend."""

import os
import re
import secrets
import sys
import tempfile
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator

from portal.sqlite_file import ExistingFile, NamedFile

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
# A name, perhaps with a dot before it for all below it, a number, or any at all
HOST = re.compile(r"\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|\[[0-9A-Fa-f:.]+\]|\*")
# What ends the user or the password of an address too early, or is no sign in percent form
UNQUOTED = re.compile(r"[#\s]|\?.*@|@.*@|%(?![0-9A-Fa-f]{2})")
QUOTE = "Write # in a password as %23, / as %2F, ? as %3F, @ as %40, % as %25"


class SettingError(ImproperlyConfigured):
    """An environment variable is missing or has a value that the portal cannot use."""

    def stop(self) -> int:
        """Write the reason to standard error as one line and return the exit status, 2."""
        print(f"Cannot start: {self}", file=sys.stderr)
        return 2


def text_variable(name: str, default: str = "") -> str:
    """Return the variable without surrounding white space; the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes-or-no variable. Raise SettingError for any other word."""
    value = text_variable(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise SettingError(f"{name} is {value!r}: set it to 1 or 0.")
    return value in TRUE


def integer(name: str, default: int, low: int, high: int) -> int:
    """Return a whole number between low and high, both included. Raise SettingError for anything else."""
    value = text_variable(name, str(default))
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise SettingError(f"{name} is {value!r}: set it to a whole number from {low} to {high}.")
    return int(value)


def choice(name: str, options: tuple[str, ...]) -> str:
    """Return one of the options, the first by default. Raise SettingError for another word."""
    value = text_variable(name, options[0])
    if value not in options:
        raise SettingError(f"{name} is {value!r}: set it to {' or '.join(options)}.")
    return value


def comma_separated(name: str) -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text_variable(name).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """Return the named folder as an absolute path, made when absent.

    Raise SettingError where it cannot be written.
    """
    path = Path(text_variable(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"{name} is {str(path)!r}: {error.strerror}. Name a folder that can be made."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise SettingError(f"{name} is {str(path)!r}: it cannot be written to. Name a folder of your own.")
    return path


def hosts(name: str) -> list[str]:
    """Return a comma-separated variable of host names.

    Raise SettingError for what has a scheme, a port or a path.
    """
    found = comma_separated(name)
    for one in found:
        if not HOST.fullmatch(one):
            raise SettingError(
                f"{name} has {one!r}: name hosts alone, such as safety.example.gov, without https://, port "
                "or path."
            )
    return found


def email_server(name: str) -> str:
    """Return a host name or an empty string. Raise SettingError for what has a scheme or a port."""
    value = text_variable(name)
    if value and (value == "*" or not HOST.fullmatch(value)):
        raise SettingError(
            f"{name} is {value!r}: set it to a server's name, such as mail.example.gov; the port is "
            "EMAIL_PORT."
        )
    return value


def email_address(name: str, default: str) -> str:
    """Return an e-mail address, with a name before it or without. Raise SettingError for anything else."""
    value = text_variable(name, default)
    addresses = [address for _, address in getaddresses([value])]
    try:
        if len(addresses) != 1 or not value.isprintable():
            raise ValidationError("not one address")
        EmailValidator(allowlist=["localhost"])(addresses[0])
    except ValidationError:
        raise SettingError(
            f"{name} is {value!r}: set it to one address, such as report@example.gov."
        ) from None
    return value


def site_address(name: str) -> str:
    """Return a site's address such as "https://safety.example.gov", without a slash at the end, or an
    empty string.
    """
    value = text_variable(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query):
        raise SettingError(f"{name} is {value!r}: set it to an address such as https://safety.example.gov")
    return value


def database_of(name: str, default: str, make: bool = True) -> dict[str, Any]:
    """Return Django's settings for the database named by a URL, sqlite:///… or postgres://… Without `make`, a
    SQLite file that
    is not there is an error.

    SQLite gets write-ahead logging, full syncs, enforced foreign keys, freed pages overwritten, transactions
    that take the write lock when they begin (so that none fails half-way) and a wait of four seconds for that
    lock. PostgreSQL gets two seconds to take a connection, the least that libpq knows. Connections are kept
    open on both. Nothing of a session outlives a transaction, cursors on the server neither, so that a pooler
    may stand between.
    """
    url = text_variable(name, default)
    if not url.startswith("sqlite") and UNQUOTED.search(url):
        raise SettingError(f"{name} has a sign in it that ends its user or password early. {QUOTE}.")
    try:
        settings: dict[str, Any] = dict(
            dj_database_url.parse(
                url, conn_max_age=None, conn_health_checks=True, disable_server_side_cursors=True
            )
        )
    except Exception as error:
        raise SettingError(
            f"{name} cannot be read: use postgres://user:password@host:5432/name. {QUOTE}."
        ) from error
    engine = settings.get("ENGINE", "")
    if engine and not settings["NAME"]:
        raise SettingError(f"{name} names no database: end it with /name.")
    if engine.endswith("sqlite3"):
        settings["OPTIONS"] = {
            "factory": NamedFile if make else ExistingFile,
            "transaction_mode": "IMMEDIATE",
            "timeout": 4,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON;"
            ),
        }
    elif engine.endswith("postgresql"):
        settings["OPTIONS"] = {"connect_timeout": 2, **settings.get("OPTIONS", {})}
    else:
        raise SettingError(f"{name} names {engine or 'no database'}: use sqlite:/// or postgres://")
    return settings


def secret(name: str, kept_in: Path, required: bool) -> str:
    """Return the secret from the environment, or the one kept in a file (made on first use, readable by its
    owner alone).

    Raise SettingError where it is required and absent, or shorter than 32 characters.
    """
    value = text_variable(name)
    if value and len(value) < 32:
        raise SettingError(f"{name} is too short: use at least 32 random characters.")
    if value:
        return value
    if required:
        raise SettingError(f"{name} is missing: in production set it to at least 32 random characters.")
    if not kept_in.exists():
        keep_whole(kept_in, secrets.token_urlsafe(48))
    try:
        value = kept_in.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{kept_in} cannot be read: {error}. Set SECRET_KEY, or mend that file."
        ) from error
    if not value:
        raise SettingError(f"{kept_in} is empty. Delete it: a new secret is then made at the next start.")
    return value


def keep_whole(path: Path, words: str) -> None:
    """Write a file that others read from its first moment with all its words, and that its owner alone may
    read.

    Of several that write at once the first one's words stay; a power cut leaves no half of it. Raises
    SettingError where the folder's file system cannot do that.
    """
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            pass
        except OSError as error:
            raise SettingError(
                f"{path} cannot be made: {error.strerror}. Set SECRET_KEY, or PORTAL_DATA to another folder."
            ) from error
