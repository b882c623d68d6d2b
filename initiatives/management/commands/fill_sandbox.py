"""Fills an empty database with a made-up report that has a past."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.models import Site
from initiatives.sandbox import NotASandboxError, fill_sandbox


class Command(BaseCommand):
    """In: fixtures/sandbox/. Out: how many steps of the made-up history were played. All or nothing.

    Refuses a database that holds a report, so that nothing made up can come among what is true.
    """

    help = (
        "Fills an empty database with a made-up report and two years of its history, labelled so on "
        "every page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where the sandbox is filled already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Site.objects.filter(is_sandbox=True).exists():
            self.stdout.write("      The sandbox is filled already; it stays as it is.")
            return
        try:
            steps = fill_sandbox(progress=self.progress)
        except NotASandboxError as error:
            raise CommandError(
                "This database holds a report that is not made up. Name an empty one: another PORTAL_DATA "
                "or DATABASE_URL."
            ) from error
        self.stdout.write(
            f"      Two years of history in {steps} steps. Everything is made up, and every page says so."
        )

    def progress(self, done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            self.stdout.write(f"      {done} of {total} steps")
            self.stdout.flush()
