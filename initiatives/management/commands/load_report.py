"""Loads a report from a content folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.exchange.folder import ContentError
from initiatives.exchange.load import is_empty, load


class Command(BaseCommand):
    """In: a folder in the format of docs/content-format.md. Out: how many items are new, changed and as they
    were.

    All or nothing; a folder with mistakes ends it with exit status 1 and a line for each: file, line number,
    reason.
    """

    help = (
        "Loads a report from a folder of Markdown and CSV files and publishes it. Loading it again "
        "changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where the database holds a report already"
        )
        parser.add_argument(
            "--replace", action="store_true", help="overwrite items that say something else in the database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            self.stdout.write("      There is a report already; it stays as it is.")
            return
        try:
            outcome = load(options["folder"], options["replace"], progress=self.progress)
        except ContentError as error:
            raise CommandError("\n".join(["Nothing was loaded:", *error.problems])) from error
        for words, counts in (
            ("new", outcome.new),
            ("changed", outcome.changed),
            ("as it was", outcome.same),
        ):
            if counts:
                listed = ", ".join(f"{count} × {kind}" for kind, count in counts.items())
                self.stdout.write(f"      {words}: {listed}")

    def progress(self, done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            self.stdout.write(f"      {done} of {total} items")
            self.stdout.flush()
