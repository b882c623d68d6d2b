"""Rewrites the database file, so that no freed page keeps what was removed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from initiatives.audit.redaction import overwrite_freed_pages


class Command(BaseCommand):
    """SQLite alone: PostgreSQL has VACUUM FULL for that.

    Exit status 1 where others use the file; then run it again.
    """

    help = "Rewrites the SQLite file, so that no freed page keeps what was removed."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "This rewrites a SQLite file. On PostgreSQL run VACUUM FULL on the database instead."
            )
        if not overwrite_freed_pages():
            raise CommandError(
                "The database file is in use. Run it again, at best while the site is stopped."
            )
        self.stdout.write("      The database file holds no freed pages.")
