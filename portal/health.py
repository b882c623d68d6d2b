"""What a load balancer asks: is this process alive, and is it able to serve, comments and saves included?"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.belonging import belongs
from portal.faults import reason
from portal.models import DatabaseId
from portal.sqlite_file import refuse_lost_file
from portal.waiting import limit

PATHS = {"/healthz", "/readyz"}
ROOM = 50 * 1024 * 1024  # bytes that a disk must have free
SECONDS = 4  # a database that does not answer by then is not able


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer "ok": this process takes requests.

    It asks nothing else, so that no fault of the database restarts it.
    """
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def able(request: HttpRequest) -> HttpResponse:
    """Answer "ok", or 503 and a line for each thing that is missing."""
    missing = [*database_state(), *disks()]
    text = "".join(f"{line}\n" for line in missing)
    return HttpResponse(text or "ok\n", content_type="text/plain", status=503 if missing else 200)


def database_state() -> Iterator[str]:
    """Yield what the database is not able to do."""
    try:
        with limit(SECONDS):
            read_tables()
            refuse_lost_file()
            write_probe()
            applied = set(MigrationRecorder(connection).applied_migrations())
            if not known_migrations() <= applied:
                yield "migrations: some have not run"
            if not belongs():
                yield "data folder: it belongs to another database, or to none"
    except (DatabaseError, OSError) as error:
        yield f"database: {reason(error).partition(' at ')[0]}"


def read_tables() -> None:
    """Read a row of each table. Raises django.db.DatabaseError where one is missing or damaged."""
    names = [
        connection.ops.quote_name(model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT * FROM {name})" for name in names))  # noqa: S608


def write_probe() -> None:
    """Write a row and take it back; on SQLite, whose lock that would take, ask the system instead.

    Raises where that fails.
    """
    if connection.vendor == "sqlite":
        if not os.access(connection.settings_dict["NAME"], os.W_OK):
            raise PermissionError("The database file cannot be written to.")
        return
    with transaction.atomic():
        DatabaseId.objects.create()
        transaction.set_rollback(True)


@cache
def known_migrations() -> set[tuple[str, str]]:
    """Return the migrations of this code, each as app and name; of a squash also those that it replaces
    count.
    """
    return set(MigrationLoader(None).graph.nodes)


def disks() -> Iterator[str]:
    """Yield which folders that the site writes to have no room or take no file."""
    data, media = settings.PORTAL_DATA, settings.MEDIA_ROOT
    # Within the data folder it is made at the first upload.
    media = data if media.parent == data and not media.exists() else media
    for name, folder in (("data", data), ("media", media)):
        try:
            if shutil.disk_usage(folder).free < ROOM:
                yield f"{name} folder: less than {ROOM // 1024**2} MB are free"
            with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
                file.write(b"x")
        except OSError as error:
            yield f"{name} folder {folder}: {error.strerror}"
