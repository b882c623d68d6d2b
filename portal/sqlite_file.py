"""Is the SQLite file that is open still the one that its name leads to?

What is written to another one is lost.
"""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any, ClassVar

from django.db import OperationalError, connection

WORDS = (
    "{}: the database file was {} while the site runs. Stop the site, put the right file in place, and "
    "start it."
)


# What a checkpoint may take, in seconds, from writing the first page to making the file as long as that says
PATIENCE, PAUSE = 1.0, 0.05


class NamedFile(sqlite3.Connection):
    """A connection that knows which file it opened, by its number on the disk.

    All connections of a process have the same file, whatever takes its place: a second one beside the first
    one's log would spoil both. The file itself is opened once in each process and never closed: that would
    free SQLite's locks on it.
    """

    first: ClassVar[dict[str, int]] = {}

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        self.path = Path(database)
        if not self.path.is_file():
            return
        if database not in self.first:
            self.first[database] = os.open(database, os.O_RDONLY)
        if os.fstat(self.first[database]).st_ino != self.path.stat().st_ino:
            self.close()
            raise sqlite3.OperationalError(WORDS.format(self.path, "replaced"))

    def lost(self) -> str:
        """Return what happened to the file, "replaced", "removed", "damaged", "cut short", "parted from
        its -wal", else "".
        """
        if str(self.path) not in self.first:
            return ""  # it is in memory
        try:
            now = os.stat(self.path)
        except OSError:
            return "removed"
        if now.st_ino != os.fstat(self.first[str(self.path)]).st_ino:
            return "replaced"
        try:
            mode = self.execute("PRAGMA journal_mode").fetchone()[0]
        except sqlite3.Error:
            return "damaged"
        if self.is_cut_short():
            return "cut short"
        return "parted from its -wal" if mode == "wal" and not os.path.exists(f"{self.path}-wal") else ""

    def is_cut_short(self) -> bool:
        """Say whether the file is shorter than its first page says, and stays so: a checkpoint writes that
        page first.

        Source: SQLite's file format, 1.3: the size of a page stands at byte 16, how many there are at byte
        28.
        """
        until = time.monotonic() + PATIENCE
        while True:
            head = os.pread(self.first[str(self.path)], 32, 0)
            page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
            if len(head) == 32 and os.fstat(self.first[str(self.path)]).st_size >= pages * (
                65536 if page == 1 else page
            ):
                return False
            if time.monotonic() > until:
                return True
            time.sleep(PAUSE)


class ExistingFile(NamedFile):
    """The same for production, where no missing file is made: it may be on a disk that is not mounted."""

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        if not os.path.exists(database):
            raise sqlite3.OperationalError(f"{database}: there is no such database file")
        super().__init__(database, *args, **kwargs)


def refuse_lost_file() -> None:
    """Raise django.db.OperationalError where this thread's connection has a file that its name no longer
    leads to.

    To be asked after a write and before anybody is told that it is kept. Does nothing on PostgreSQL.
    """
    raw = connection.connection
    if isinstance(raw, NamedFile) and (what := raw.lost()):
        raise OperationalError(WORDS.format(raw.path, what))
