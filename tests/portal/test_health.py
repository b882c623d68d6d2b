"""/healthz says that the process is alive, /readyz that it is able: to read, to write, to keep; whoever
asks, by any name.
"""

import os
import shutil
import subprocess
from collections import namedtuple

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from portal import belonging, health
from portal.models import DatabaseId
from portal.sqlite_file import NamedFile

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path
    belonging.keep_id()
    return tmp_path


def ready(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.content.decode()


def test_a_site_that_is_well_is_alive_and_able_and_the_answers_are_not_kept(client):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "host", ["10.0.0.5", "10.0.0.5:8000", "[fd00::5]:8000", "192.0.2.7", "elb-17.internal", "a_b", "…", ""]
)
def test_both_answer_whatever_host_is_asked_for_and_other_pages_do_not(client, host, settings):
    settings.ALLOWED_HOSTS = ["safety.example.gov"]
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"host": host}).content == b"ok\n"
    assert client.get("/about/", headers={"host": host}).status_code == 400


def test_a_process_is_alive_though_its_database_is_gone(client, monkeypatch):
    def gone(*args):
        raise OperationalError("no route to host 10.0.0.1")

    monkeypatch.setattr(connection, "cursor", gone)
    assert client.get("/healthz").status_code == 200
    status, words = ready(client)
    assert (status, words) == (503, "database: OperationalError\n")


def test_a_table_that_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE feedback_note RENAME TO elsewhere")
    assert ready(client)[0] == 503


@only_sqlite
@pytest.mark.parametrize("what", ["replaced", "removed", "cut short", "damaged"])
def test_a_file_that_is_not_what_it_was(client, monkeypatch, what):
    monkeypatch.setattr(NamedFile, "lost", lambda raw: what)
    status, words = ready(client)
    assert (status, words.count("\n")) == (503, 1)
    assert words.startswith("database: ")


@only_sqlite
def test_a_file_that_cannot_be_written_to(client, monkeypatch):
    asked = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: asked(path, mode) and "sqlite3" not in str(path))
    assert ready(client) == (503, "database: PermissionError\n")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server's")
def test_a_server_that_takes_no_writes(client):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    status, words = ready(client)
    assert (status, words) == (503, "database: InternalError (25006: the database server takes no writes)\n")


def test_migrations_that_have_not_run(client):
    MigrationRecorder(connection).record_unapplied("portal", "0001_database_id")
    assert ready(client) == (503, "migrations: some have not run\n")


def test_a_folder_of_another_database(client, folder):
    (folder / "database-id").write_text("00000000-0000-4000-8000-000000000000\n")
    assert ready(client) == (503, "data folder: it belongs to another database, or to none\n")
    (folder / "database-id").unlink()
    assert ready(client)[0] == 503


def test_asking_leaves_nothing_behind(client, folder):
    before = sorted(folder.rglob("*")), DatabaseId.objects.count()
    ready(client)
    assert (sorted(folder.rglob("*")), DatabaseId.objects.count()) == before


@pytest.mark.parametrize("free", [0, 1024, health.ROOM - 1])
def test_a_disk_that_is_nearly_full(client, monkeypatch, free):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 0, free))
    status, words = ready(client)
    assert (status, "data folder: less than 50 MB are free\n" in words) == (503, True)


def test_a_media_folder_that_is_gone(client, settings):
    settings.MEDIA_ROOT = settings.PORTAL_DATA / "share" / "media"
    assert ready(client) == (503, f"media folder {settings.MEDIA_ROOT}: No such file or directory\n")


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_real_disk_that_fills_up_and_one_that_takes_no_writes(client, settings, small_disk):
    settings.PORTAL_DATA = small_disk
    settings.MEDIA_ROOT.mkdir()
    belonging.keep_id()
    assert ready(client) == (200, "ok\n")
    (small_disk / "much").write_bytes(bytes(30 * 1024 * 1024))
    assert ready(client) == (503, "data folder: less than 50 MB are free\n")
    (small_disk / "much").unlink()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert ready(client) == (503, f"data folder {small_disk}: Read-only file system\n")
