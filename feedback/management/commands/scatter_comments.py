"""Writes the tables of comments anew in the order of their random ids: a backup does not tell in which
order they came.
"""

from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from psycopg2.errors import LockNotAvailable

from feedback.models.rowid import TABLES
from initiatives.audit.redaction import overwrite_freed_pages

PATIENCE = "1s"  # to get each table to itself: whoever sends a comment meanwhile waits as well
TRIES, PAUSE = 10, 3  # how often, and after how many seconds, it tries again


class Command(BaseCommand):
    """For PostgreSQL, before each dump. On SQLite it rewrites the file, as `vacuum` does; the copy in the
    docs needs neither.

    Exit status 1 where others use the table all the time; then run it again.
    """

    help = (
        "Writes the comments anew in the order of their random ids: a dump then does not tell in which "
        "order they came."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for left in reversed(range(TRIES)):
            if scatter():
                break
            if not left:
                raise CommandError("Others use the comments just now. Run it again.")
            sleep(PAUSE)
        self.stdout.write(
            "      The comments lie in the order of their ids, which say nothing of when they came."
        )


def scatter() -> bool:
    """Have the database rewrite the tables, SQLite its whole file; say whether it got them to itself."""
    if connection.vendor == "sqlite":
        return overwrite_freed_pages()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE])
            for table in TABLES:
                cursor.execute(f"CLUSTER {table} USING {table}_pkey")
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        return False
    return True
