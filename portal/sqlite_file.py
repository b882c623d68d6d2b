"""Is the SQLite file that is open still the one that its name leads to? What is written to another one is lost."""

import os
import sqlite3
from pathlib import Path
from typing import Any, ClassVar

from django.db import OperationalError, connection

WORDS = "{}: the database file was {} while the site runs. Stop the site, put the right file in place, and start it."


class NamedFile(sqlite3.Connection):
    """A connection that knows which file it opened: by its number on the disk, and how large it was at least.

    All connections of a process have the same file, whatever takes its place: a second one beside the first one's log would
    spoil both. The file itself is only asked for its numbers: to open and close it would free SQLite's locks on it.
    """

    first: ClassVar[dict[str, int]] = {}

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        self.path = Path(database)
        self.size = 0
        if self.path.is_file() and self.first.setdefault(database, self.path.stat().st_ino) != self.path.stat().st_ino:
            self.close()
            raise sqlite3.OperationalError(WORDS.format(self.path, "replaced"))

    def lost(self) -> str:
        """Return what happened to the file, "replaced", "removed", "damaged", "cut short", "parted from its -wal", else ""."""
        if str(self.path) not in self.first:
            return ""  # it is in memory
        try:
            now = os.stat(self.path)
        except OSError:
            return "removed"
        if now.st_ino != self.first[str(self.path)]:
            return "replaced"
        try:
            pages, page, mode = (
                self.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size", "journal_mode")
            )
        except sqlite3.Error:
            return "damaged"
        # What was written last may be in the log alone, and VACUUM makes the file smaller.
        if now.st_size < min(self.size, pages * page):
            return "cut short"
        self.size = now.st_size
        return "parted from its -wal" if mode == "wal" and not os.path.exists(f"{self.path}-wal") else ""


class ExistingFile(NamedFile):
    """The same for production, where no missing file is made: it may be on a disk that is not mounted."""

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        if not os.path.exists(database):
            raise sqlite3.OperationalError(f"{database}: there is no such database file")
        super().__init__(database, *args, **kwargs)


def refuse_lost_file() -> None:
    """Raise django.db.OperationalError where this thread's connection has a file that its name no longer leads to.

    To be asked after a write and before anybody is told that it is kept. Does nothing on PostgreSQL.
    """
    raw = connection.connection
    if isinstance(raw, NamedFile) and (what := raw.lost()):
        raise OperationalError(WORDS.format(raw.path, what))
