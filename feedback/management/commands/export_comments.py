"""Writes comments to a file, for exports that would take a browser too long."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from feedback.inbox.export import FORMATS, put_on_record
from feedback.inbox.selection import Selection

EVERY = 1000


class Command(BaseCommand):
    """In: a file to make, and a filtered list's address, or its query alone.

    Out: the file, whole or not at all, for its owner alone.
    """

    help = "Writes comments to FILE, whose name ends in .csv or .json. What looks personal is hidden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--filter",
            default="state=all",
            help='the address of a filtered list, or what follows its "?" (%(default)s)',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        kind = path.suffix.removeprefix(".")
        query = QueryDict(options["filter"].partition("?")[2] or options["filter"])
        selected = Selection(query, None)
        if kind not in FORMATS:
            raise CommandError("The file's name must end in .csv or .json.")
        if path.is_dir():
            raise CommandError(f"{path} is a folder.")
        if unknown := set(query) - set(selected.form.fields):
            raise CommandError(f"The lists have no such filter: {', '.join(sorted(unknown))}.")
        if not selected.is_valid:
            raise CommandError(f"The filter cannot be understood: {selected.form.errors.as_text()}")
        part = self.written(path, FORMATS[kind](selected.comments()), selected.comments().count())
        try:
            # On record first: a file that is there is one that was put on record.
            total = put_on_record(None, kind, selected.query(), selected.comments())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"      {total} comments are in {path}.")

    def written(self, path: Path, lines: Any, total: int) -> Path:
        """Return a file of its own beside the path with all the lines. Raises CommandError."""
        part = Path()
        try:
            # Its mode is 0600 from the beginning.
            with NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=path.parent, prefix=f"{path.name}.", delete=False
            ) as file:
                part = Path(file.name)
                for number, line in enumerate(lines):
                    file.write(line)
                    if number and number % EVERY == 0:
                        self.stdout.write(f"      {number} of {total} comments")
                        self.stdout.flush()
        except OSError as error:
            part.unlink(missing_ok=True) if part.name else None
            raise CommandError(f"The file could not be written: {error.strerror}.") from error
        return part
