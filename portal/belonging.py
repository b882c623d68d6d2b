"""The data folder and the database belong together: in production neither is taken for a new one by mistake.

A disk that is not mounted is an empty folder, and a wrong DATABASE_URL may name an empty database. To start
on them would show a new report with new accounts in the place of the real one.
"""

import os
import uuid
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from portal.models import DatabaseId

NAME = "database-id"
# What a folder has that a site was run on before it kept the id.
TRACES = ("media", "static", "portal.sqlite3")
NEW = "Where it is meant to be new: manage.py start --new (make run ARGS=--new)."
OTHER = (
    "Name the two that belong together. Where they do from now on: manage.py start --new (make run "
    "ARGS=--new)."
)


def refuse_missing_file() -> None:
    """Raise CommandError where the SQLite file is not there. To be asked before anything opens it."""
    path = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(path).exists():
        raise CommandError(
            f"There is no database at {path}. Is its disk mounted, is PORTAL_DATA the right folder? {NEW}"
        )


def make_file() -> None:
    """Make the SQLite file where there is none."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).touch()


def refuse_strangers() -> None:
    """Raise CommandError where the database or the folder is empty, or the folder is that of another
    database.
    """
    folder, tables = settings.PORTAL_DATA, connection.introspection.table_names()
    if "django_migrations" not in tables:
        raise CommandError(
            f"The database is empty. Is DATABASE_URL the right one, is its disk mounted? {NEW}"
        )
    kept = kept_id()
    if not kept and not any((folder / name).exists() for name in TRACES):
        raise CommandError(
            f"The data folder {folder} is empty. Is PORTAL_DATA the right one, is its disk mounted? {NEW}"
        )
    known = DatabaseId.objects.first() if DatabaseId._meta.db_table in tables else None
    if kept and kept != str(known):
        raise CommandError(
            f"The data folder {folder} belongs to another database than the one that DATABASE_URL names. "
            f"{OTHER}"
        )


def kept_id() -> str:
    """Return the id of the database that the data folder belongs to, "" for a folder that knows none."""
    file = settings.PORTAL_DATA / NAME
    return file.read_text().strip() if file.exists() else ""


def belongs() -> bool:
    """Say whether the database is that of the data folder."""
    return DatabaseId.objects.filter(key=kept_id() or uuid.UUID(int=0)).exists()


def keep_id() -> None:
    """Note in the data folder which database it belongs to; a database without an id gets one."""
    known = DatabaseId.objects.first() or DatabaseId.objects.create()
    (settings.PORTAL_DATA / NAME).write_text(f"{known}\n")


def make_private(folder: Path) -> None:
    """Let the owner alone read what is in a folder: files 0600, folders 0700.

    What belongs to other accounts stays as it is.
    """
    for path in (folder, *folder.rglob("*")):
        try:
            found = path.lstat()
            if found.st_mode & 0o077 and found.st_uid == os.getuid() and not path.is_symlink():
                path.chmod(0o700 if path.is_dir() else 0o600)
        except FileNotFoundError:
            pass  # another process took it away meanwhile
