"""Brings a database up to date with the code: one start at a time, never backwards, never in the way of
readers for long.
"""

import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal.faults import code_of

# Any number will do, as long as nothing else on the database server uses it.
LOCK = 5_062_016
# A statement that waits for a lock keeps all who come after it waiting as well, readers too: so long, in
# seconds.
PATIENCE = 3
# So often is it tried, with so many seconds between, in which the readers have their turn.
TRIES, PAUSE = 10, 3
TAKEN = ("55P03", "40P01", "SQLITE_BUSY")
# What ends a failed statement has to be heard as it is: nothing else is, after an error.
STEPS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def refuse_older_code() -> None:
    """Raise CommandError where the database has run migrations that this code does not know: a newer version
    has been at it.

    What a squash replaces is known.
    """
    known: set[tuple[str, str]] = set()
    for one, migration in MigrationLoader(None).disk_migrations.items():
        known |= {one, *migration.replaces}
    newer = sorted(set(MigrationRecorder(connection).applied_migrations()) - known)
    if newer:
        app, name = newer[-1]
        raise CommandError(
            f"A newer version of the site has changed this database ({app}.{name}, {len(newer)} in all). "
            "Start that version, "
            "or go back with a backup: docs/operations.md, “Going back to an older version”."
        )


@contextmanager
def alone_on_database() -> Iterator[None]:
    """Wait until no other start prepares the same database, saying for whom, and keep others waiting until
    the block ends.
    """
    with alone_on_server() if connection.vendor == "postgresql" else alone_on_file():
        yield


@contextmanager
def alone_on_file() -> Iterator[None]:
    """Hold the lock of a file in the data folder, which names its holder."""
    with open(settings.PORTAL_DATA / "start.lock", "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            say_waiting(file.read() or "a process that does not say its name")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(this_start())
        file.flush()
        yield


@contextmanager
def alone_on_server() -> Iterator[None]:
    """Hold a lock of the server's in a transaction of a connection of its own: a pooler leaves a session's
    lock behind.

    The connection's name on the server says who holds it.
    """
    holder = connection.copy()
    try:
        said = False
        while not took_lock(holder):
            if not said:
                say_waiting(who_holds())
            said = True
            time.sleep(0.5)
        yield
    finally:
        holder.close()


def took_lock(holder: Any) -> bool:
    """Begin a transaction that holds the lock, or end it and return False where another one does."""
    holder.set_autocommit(False)
    with holder.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, true)", [this_start()[:63]])
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        taken = cursor.fetchone()[0]
    if not taken:
        holder.rollback()
    return taken


def who_holds() -> str:
    """Return the name of the start that has the server's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE locktype = 'advisory' AND objid = %s AND granted",
            [LOCK],
        )
        return (cursor.fetchone() or ["a start that is just ending"])[0]


def this_start() -> str:
    """Return what another start is told that waits for this one."""
    return f"process {os.getpid()} on {socket.gethostname()} since {time.strftime('%H:%M:%S %Z')}"


def say_waiting(holder: str) -> None:
    print(
        f"      Another start prepares this database: {holder}. This one waits until it is done.", flush=True
    )


def patiently(run: Callable[[], object], say: Callable[[str], None]) -> None:
    """Run something that changes tables, again and again where others have them locked. Raises CommandError
    in the end.

    In: what to run, where what ran already does not run again; whom to tell. Each of its statements waits
    PATIENCE seconds.
    """
    for left in reversed(range(TRIES)):
        try:
            with connection.execute_wrapper(hurry):
                run()
            return
        except OperationalError as error:
            if not code_of(error.__cause__).startswith(TAKEN):
                raise
            if not left:
                raise CommandError(
                    f"The database is locked by others: {who_locks()}. End that, then start again."
                ) from error
            say(
                f"      The database is locked by others: {who_locks()}. Trying again in {PAUSE} seconds, "
                f"{left} times at most."
            )
        time.sleep(PAUSE)


def hurry(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Give a statement on PostgreSQL its time limit for locks, in the same message: a pooler keeps no setting
    of a session.

    SQLite has its own (portal/env.py).
    """
    if connection.vendor == "postgresql" and isinstance(sql, str) and not sql.startswith(STEPS):
        sql = f"SET LOCAL lock_timeout = '{PATIENCE}s'; {sql}"
    return execute(sql, params, many, context)


def who_locks() -> str:
    """Return who has a transaction open in the database, the oldest first; on SQLite nobody knows."""
    if connection.vendor != "postgresql":
        return "another process has the file open and writes"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('server process %s of %s (%s), for %s s', pid, usename, "
            "coalesce(nullif(application_name, ''), state),"
            " extract(epoch FROM now() - xact_start)::int) FROM pg_stat_activity"
            " WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
            " ORDER BY xact_start LIMIT 3"
        )
        return "; ".join(row[0] for row in cursor.fetchall()) or "it is free again"
