"""Writes the report, or a branch of it, for editing elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.exchange import document, sheets
from initiatives.exchange.exporting import TEXTS, choose
from initiatives.models import Revision


class Command(BaseCommand):
    """In: a file name that ends in .md, or in .zip for CSV.

    Out: the file, in the format of docs/round-trip.md.
    """

    help = (
        "Writes the report as one Markdown document (.md) or as CSV files (.zip), to be edited and "
        "brought back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--text", choices=list(TEXTS), default="drafts", help="the newest drafts, or the live text"
        )
        parser.add_argument(
            "--branch", help="kind and address of the item at the top, such as pillar:prevention"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix not in (".md", ".zip"):
            raise CommandError(
                "The file's name ends in .md for a Markdown document or in .zip for CSV files."
            )
        outgoing = choose(options["text"], self.root(options["branch"]) if options["branch"] else None)
        if outgoing is None:
            raise CommandError(f"{options['branch']} is not among {TEXTS[options['text']]}.")
        self.stdout.write(f"      {len(outgoing.items)} items of {outgoing.name}, {outgoing.words}")
        try:
            path.write_bytes(
                sheets.write_sheets(outgoing) if path.suffix == ".zip" else self.pieces(outgoing)
            )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(f"      written to {path}")

    def root(self, branch: str) -> Any:
        """Return the key of the item that kind and address name."""
        kind, _, slug = branch.partition(":")
        found = Revision.objects.newest().filter(kind=kind, slug=slug).values_list("key", flat=True).first()
        if not found:
            raise CommandError(f"There is no {branch}. Name it by kind and address: initiative:summer-camp.")
        return found

    def pieces(self, outgoing: Any) -> bytes:
        """Return the document; say how far it is."""
        written = []
        for done, piece in enumerate(document.write_document(outgoing)):
            written.append(piece)
            if done and (done % 50 == 0 or done == len(outgoing.items)):
                self.stdout.write(f"      {done} of {len(outgoing.items)} items")
        return "".join(written).encode()
