"""Writes the table of comments anew in the order of their random ids, so that a backup does not tell in which order they came."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction

from feedback.models import Comment

PATIENCE = "3s"  # to get the table to itself: whoever sends a comment meanwhile waits as long, and is given five seconds


class Command(BaseCommand):
    """For PostgreSQL, before each dump. On SQLite the table lies in that order by itself (feedback/rowid.py).

    Exit status 1 where others use the table for longer than PATIENCE; then run it again.
    """

    help = "Writes the comments anew in the order of their random ids: a dump then does not tell in which order they came."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "postgresql":
            try:
                scatter()
            except OperationalError as error:
                raise CommandError("Others use the comments just now. Run it again.") from error
        self.stdout.write("      The comments lie in the order of their ids, which say nothing of when they came.")


@transaction.atomic
def scatter() -> None:
    """Have PostgreSQL rewrite the table. Raises OperationalError where it does not get it to itself."""
    table = Comment._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE])
        cursor.execute(f"CLUSTER {table} USING {table}_pkey")
