"""Brings an edited report back, as drafts."""

from argparse import ArgumentParser
from html import unescape
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.html import strip_tags

from initiatives.exchange import detect
from initiatives.exchange.block import MAX_BYTES, RoundTripError
from initiatives.exchange.importing import bring_in
from initiatives.exchange.preview import Result, conflict_words


class Command(BaseCommand):
    """In: a file that export_report or the desk wrote. Out: the differences; with --keep all of them are kept
    as drafts.

    All or nothing; a file with mistakes or conflicts ends it with exit status 1 and a line for each.
    """

    help = (
        "Shows what an edited report changes; with --keep all of it becomes drafts. Nothing reaches the "
        "public."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keep", action="store_true", help="keep the differences as drafts")
        parser.add_argument(
            "--by", metavar="USER", help="who brings it in: their permissions hold and the drafts are theirs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = self.person(options["by"]) if options["by"] else None
        try:
            with options["file"].open("rb") as file:
                blocks = detect.read_upload(file.read(MAX_BYTES + 1), options["file"].name)
            self.stdout.write(f"      {len(blocks)} items read")
            result = bring_in(blocks, by, keep=options["keep"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except RoundTripError as error:
            raise CommandError("\n".join(["Nothing was kept:", *error.problems])) from error
        if result.is_held_back:
            raise CommandError(
                "\n".join(["Nothing was kept:", *result.problems, *map(conflict_words, result.conflicts)])
            )
        self.tell(result, options["keep"])

    def person(self, name: str) -> Any:
        """Return the active member of staff with a name."""
        user = get_user_model()._default_manager.filter(username=name, is_active=True, is_staff=True).first()
        if not user:
            raise CommandError(f"There is no active member of staff called {name}.")
        return user

    def tell(self, result: Result, kept: bool) -> None:
        """Print each change, and what became of all of them."""
        for change in result.changes:
            line = f"line {change.line}" if change.line else "not in the file"
            self.stdout.write(
                f"{change.kind_words}: {change.title} ({'new, ' if change.is_new else ''}{line})"
            )
            for difference in change.differences:
                said = unescape(strip_tags(difference.html.replace("<li>", "\n").replace("<p>", "\n")))
                self.stdout.write(f"  {difference.label}: {' '.join(said.split())}")
        if result.left:
            self.stdout.write(f"      {len(result.left)} items not in the file stay as they are")
        words = "kept as drafts" if kept else "would change; --keep keeps them as drafts"
        self.stdout.write(
            f"      {len(result.changes)} item{'' if len(result.changes) == 1 else 's'} {words}"
            if result.changes
            else "      nothing changed"
        )
