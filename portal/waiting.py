"""How long a request waits for a database server that has stopped to answer: a frozen process, a disk or a
network that hangs.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# A connection may be made just when the time is over: then it is cut a moment later.
AGAIN = 0.1


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Cut this thread's connection to the database where the block takes longer. Then
    django.db.OperationalError is raised
    wherever the block waits for it.

    PostgreSQL's own `statement_timeout` is the server's to keep, and libpq has no time limit for an answer,
    so another thread shuts the socket. SQLite has no server: its `timeout` (portal/env.py) says how long it
    waits for its lock.
    """
    if connection.vendor != "postgresql":
        yield
        return
    over, database = Event(), connections[connection.alias]
    watch = Thread(target=cut_after, args=(seconds, over, database), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()
        vars(database).pop("connect", None)


def cut_after(seconds: float, over: Event, database: BaseDatabaseWrapper) -> None:
    """Wait so many seconds, then cut the connection, let no other be made, and go on until the event is
    set.
    """
    while not over.wait(seconds):
        # Django connects anew at the end of a transaction whose connection was lost (Atomic.__exit__): that
        # would wait as well.
        vars(database)["connect"] = refuse_connection
        cut(database)
        seconds = AGAIN


def refuse_connection() -> None:
    """Take the place of a database's `connect()` once the time is over."""
    raise OperationalError("No time is left to connect to the database.")


def cut(database: BaseDatabaseWrapper) -> None:
    """Shut the socket under a connection, if there is one.

    Whoever waits for its answer gets an error at once.
    """
    raw = database.connection
    # It may be closed by its own thread at any moment.
    with suppress(Exception), socket.socket(fileno=os.dup(raw.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
