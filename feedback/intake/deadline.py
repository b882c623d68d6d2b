"""How long a resident waits for a database that does not answer: less than five seconds in all."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import Error, OperationalError, connection

from portal.waiting import limit

SECONDS = 4.0
# A server that is well ends a statement by itself. One that is not is given this much longer.
GRACE = 0.5
# A connection that was kept open and does not answer by then is made anew, which takes two seconds at most
# (portal/env.py).
FIRST = 1.0
LEAST = 0.1
# SQLite's steps between two looks at the clock: about a millisecond's work.
INSTRUCTIONS = 10_000
# What ends a failed statement has to be heard as it is: nothing else is, after an error.
STEPS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def patience(seconds: float = SECONDS) -> Iterator[None]:
    """Let all statements of the block together take so many seconds. Raises django.db.OperationalError when
    they are over.

    PostgreSQL gets the time that is left with each statement, in the same message; where it does not keep to
    it, the connection is cut. SQLite works in this process: it stops at the end of the time whatever it does,
    waiting for its lock or looking for rows.
    """
    if connection.vendor == "sqlite":
        with patience_of_sqlite(seconds):
            yield
        return
    end = time.monotonic() + seconds

    def hurry(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(STEPS):
            return execute(sql, params, many, context)
        left = end - time.monotonic()
        if left <= 0:
            raise OperationalError("No time is left to ask the database.")
        bound = f"SET LOCAL statement_timeout = {int(max(left, LEAST) * 1000)}; "
        return execute(bound + sql, params, many, context)

    with limit(seconds + GRACE), connection.execute_wrapper(hurry):
        with limit(FIRST):
            connection.close_if_health_check_failed()
        yield


@contextmanager
def patience_of_sqlite(seconds: float) -> Iterator[None]:
    """Let all statements of the block together take so many seconds, CPU included."""
    end = time.monotonic() + seconds

    def hurry(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        left = end - time.monotonic()
        if left <= 0 and not sql.startswith(("ROLLBACK", *STEPS)):
            raise OperationalError("No time is left to ask the database.")
        connection.connection.execute(f"PRAGMA busy_timeout = {int(max(left, LEAST) * 1000)}")
        return execute(sql, params, many, context)

    # Where it cannot be opened, the block's own statements say so.
    with suppress(Error):
        connection.ensure_connection()
    raw = connection.connection
    if raw is None:
        yield
        return
    raw.set_progress_handler(lambda: time.monotonic() > end, INSTRUCTIONS)
    try:
        with connection.execute_wrapper(hurry):
            yield
    finally:
        raw.set_progress_handler(None, 0)
        raw.execute(f"PRAGMA busy_timeout = {connection.settings_dict['OPTIONS']['timeout'] * 1000}")
