"""What a fault is called in the log: what it means and where it was, without its own words, which may
quote a comment.
"""

import errno
import traceback
from typing import Any

# What a database or the system calls a fault, by its beginning, and what it is
MEANINGS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the database file cannot be written to",
    "SQLITE_CANTOPEN": "the database file cannot be opened",
    "SQLITE_BUSY": "another process has locked the database file",
    "SQLITE_CORRUPT": "the database file is damaged",
    "SQLITE_NOTADB": "the database file is damaged",
    "SQLITE_IOERR": "the disk cannot be read or written, or is full",
    "53100": "the disk of the database server is full",
    "53300": "the database server takes no more connections",
    "57014": "the database server took too long",
    "55P03": "somebody else has locked the row or the table",
    "25006": "the database server takes no writes",
    "42P01": "a table is missing",
    "ENOSPC": "the disk is full",
    "EDQUOT": "the account's share of the disk is full",
    "EROFS": "the disk takes no writes",
}
NO_ROOM = {"ENOSPC", "EDQUOT", "EROFS"}


def reason(error: BaseException) -> str:
    """Return the sort of an error, its meaning and the line of code that raised it.

    Such as "OperationalError (SQLITE_FULL: the disk is full) at utils.py:105".
    """
    code = code_of(error) or code_of(error.__cause__)
    meaning = next((f" ({code}: {words})" for name, words in MEANINGS.items() if code.startswith(name)), "")
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{meaning}{place}"


def code_of(error: Any) -> str:
    """Return the short name that SQLite, PostgreSQL or the system has for an error, "" where there is
    none.
    """
    named = getattr(error, "sqlite_errorname", None) or getattr(error, "pgcode", None)
    return named or errno.errorcode.get(getattr(error, "errno", None) or 0, "")


def has_no_room(error: BaseException) -> bool:
    """Say whether an error is a disk that is full or takes no writes."""
    return isinstance(error, OSError) and code_of(error) in NO_ROOM
