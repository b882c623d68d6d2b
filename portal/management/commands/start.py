"""Prepares this machine's portal and serves it."""

import errno
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection

from portal.belonging import keep_id, make_file, make_private, refuse_missing_file, refuse_strangers
from portal.faults import has_no_room, reason
from portal.upgrading import alone_on_database, patiently, refuse_older_code

# Connections that wait for gunicorn; it asks for as many itself.
BACKLOG = 2048


class Command(BaseCommand):
    """Run the steps of START_STEPS in turn, then become gunicorn.

    In: nothing. Out: a line for each step, then the address.
    """

    help = "Brings the database up to date, loads the report into an empty one, and serves the site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new", action="store_true", help="the data folder or the database is meant to be a new one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken_port()
        try:
            prepare(is_sure=options["new"] or not settings.PRODUCTION)
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {first_line(error)}. {reason(error)}"
            ) from error
        except OSError as error:
            where = error.filename or settings.PORTAL_DATA
            advice = (
                "Make room there"
                if has_no_room(error)
                else "The account that runs the site must be able to write there"
            )
            raise CommandError(f"{where}: {error.strerror}. {advice}.") from error
        listening = listen()
        address = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
        host = "localhost" if settings.BIND in {"127.0.0.1", "0.0.0.0", "::1", "::"} else address  # noqa: S104
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # portal.serve takes it from here
        print(f"\nThe site is at  http://{host}:{settings.PORT}/")
        print(f"The admin is at http://{host}:{settings.PORT}/admin/")
        warn_of_slow_connections()
        print("Ctrl-C stops it.\n", flush=True)
        os.execv(sys.executable, [sys.executable, "-m", "portal.serve", *gunicorn_arguments(listening)])  # noqa: S606


def warn_of_slow_connections() -> None:
    """Say what the site cannot do itself where other machines reach it straight."""
    if settings.BIND not in {"127.0.0.1", "::1", "localhost"}:
        print(
            f"BIND={settings.BIND} lets other machines ask this site straight. A few slow connections can "
            "then keep it from "
            "everybody: put a proxy in front that takes requests whole (deploy/nginx.conf), and let it "
            "alone in."
        )


def refuse_taken_port() -> None:
    """Raise CommandError where another program has the port, before anything is done."""
    bound_socket().close()


def listen() -> int:
    """Return the file descriptor of a socket that listens, for gunicorn to take over.

    Who comes while gunicorn loads waits for a moment instead of being refused; and of two starts at once one
    is told.
    """
    listener = bound_socket()
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        raise cannot_listen(error) from error
    listener.set_inheritable(True)
    return listener.detach()


def bound_socket() -> socket.socket:
    """Return a socket bound to BIND and PORT; raise CommandError where that cannot be."""
    bound = socket.socket(socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.BIND, settings.PORT))
    except OSError as error:
        bound.close()
        raise cannot_listen(error) from error
    return bound


def cannot_listen(error: OSError) -> CommandError:
    """Return the error of an address that cannot be had, with what to do about it."""
    if error.errno in {errno.EADDRINUSE, errno.EACCES}:
        other = f"another port: make {'sandbox' if settings.SANDBOX else 'run'} PORT=8001"
        advice = (
            f"Stop what uses it, or choose {other}" if error.errno == errno.EADDRINUSE else f"Choose {other}"
        )
    else:
        advice = "Set BIND to an address of this machine, such as 127.0.0.1."
    return CommandError(f"Cannot listen on {settings.BIND}:{settings.PORT}: {error.strerror}. {advice}")


def prepare(is_sure: bool) -> None:
    """Run the steps of START_STEPS.

    In: whether an empty folder or database is meant to be one. Raises CommandError.
    """
    if is_sure:
        make_file()
    else:
        refuse_missing_file()
    refuse_unreachable_database()
    total = len(settings.START_STEPS) + 2
    with alone_on_database():
        refuse_older_code()
        if not is_sure:
            refuse_strangers()
        for number, (words, command, arguments) in enumerate(settings.START_STEPS, start=3):
            print(f"[{number}/{total}] {words}", flush=True)
            patiently(partial(call_command, command, *arguments), say)
        keep_id()
    connection.close()
    make_private(settings.PORTAL_DATA)


def say(words: str) -> None:
    print(words, flush=True)


def refuse_unreachable_database() -> None:
    """Raise CommandError, with the database's own reason, where it cannot be reached."""
    try:
        patiently(connection.ensure_connection, say)
    except OperationalError as error:
        raise CommandError(
            f"Cannot reach the database: {first_line(error)}. Check that it runs, and DATABASE_URL."
        ) from error


def first_line(error: Exception) -> str:
    """Return an error's own words as far as the end of a line."""
    return str(error).strip().partition("\n")[0]


def gunicorn_arguments(listening: int) -> list[str]:
    """Return gunicorn's command line, for the socket of that file descriptor.

    It keeps no access log, which would say who read what; at the level "warning" it would log the address of
    whoever sends what is no HTTP. No header of a request tells it where the site is mounted or how the client
    came: what a proxy says of that, where TRUST_PROXY names one, is Django's to read. It loads the site
    before it makes its workers, so that they share feedback's memory.
    """
    return [
        "portal.wsgi:application",
        f"--bind=fd://{listening}",
        f"--workers={settings.WEB_WORKERS}",
        "--threads=4",
        "--timeout=30",
        "--graceful-timeout=10",
        "--no-control-socket",
        "--forwarded-allow-ips=",
        "--preload",
        "--log-level=error",
        "--logger-class=portal.gunicorn_log.QuietLogger",
    ]
