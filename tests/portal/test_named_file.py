"""A SQLite file that was replaced, removed or cut short while the site runs takes nothing that anybody is
thanked for.
"""

import os
import shutil
import sqlite3
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.db import connection

from portal.sqlite_file import ExistingFile, NamedFile
from tests.servers import Start

START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.sqlite3"
    raw = open_file(path)
    raw.execute("CREATE TABLE t (a)")
    raw.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 100)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert raw.lost() == ""
    yield path, raw
    raw.close()


def open_file(path):
    raw = sqlite3.connect(path.as_posix(), factory=NamedFile, isolation_level=None)
    raw.executescript(START)
    return raw


def replaced(path):
    shutil.copy(path, f"{path}.copy")
    os.replace(f"{path}.copy", path)


def unmounted(path):
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.mkdir()


HARM = {
    "removed": os.remove,
    "replaced": replaced,
    "removed with its folder": unmounted,
    "cut to nothing": lambda path: os.truncate(path, 0),
    "cut short": lambda path: os.truncate(path, path.stat().st_size - 4096),
    "without its log": lambda path: os.remove(f"{path}-wal"),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_whatever_happened_to_the_file_is_noticed_after_a_write(file, harm):
    path, raw = file
    raw.execute("INSERT INTO t VALUES (1)")
    assert raw.lost() == ""
    harm(path)
    try:
        raw.execute("INSERT INTO t VALUES (2)")
    except sqlite3.Error:
        return  # not even written
    assert raw.lost()


@pytest.mark.parametrize(
    "statement", ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "DELETE FROM t", "PRAGMA journal_mode=DELETE"]
)
def test_what_sqlite_does_to_its_own_file_is_no_loss(file, statement):
    _, raw = file
    for step in ("DELETE FROM t WHERE rowid > 10", statement, "PRAGMA wal_checkpoint(TRUNCATE)"):
        raw.execute(step)
        assert raw.lost() == ""


def test_a_file_that_another_connection_made_smaller_may_grow_again(file):
    path, raw = file
    raw.execute("INSERT INTO t VALUES (1)")
    assert raw.lost() == ""
    other = open_file(path)
    for statement in ("DELETE FROM t", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        other.execute(statement)
    other.close()
    for _ in range(5):
        raw.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 40)
        assert raw.lost() == ""


def test_writers_that_check_the_file_all_the_time_never_mistake_a_checkpoint(file):
    path, raw = file

    def write(_):
        one = open_file(path)
        one.execute("PRAGMA busy_timeout=10000")
        found = set()
        for number in range(60):
            one.execute("INSERT INTO t VALUES (?)", ("x" * 9000,))
            if number % 7 == 0:
                one.execute("PRAGMA wal_checkpoint(PASSIVE)")
            found.add(one.lost())
        one.close()
        return found

    raw.execute("PRAGMA wal_autocheckpoint=10")
    with ThreadPoolExecutor(3) as pool:
        assert set().union(*pool.map(write, range(3))) == {""}


def test_all_connections_of_a_process_have_one_file(file):
    path, _ = file
    open_file(path).close()
    replaced(path)
    with pytest.raises(sqlite3.OperationalError, match="replaced while the site runs"):
        open_file(path)


def test_a_missing_file_is_made_in_development_alone(tmp_path):
    path = tmp_path / "b.sqlite3"
    with pytest.raises(sqlite3.OperationalError, match="no such database file"):
        sqlite3.connect(path.as_posix(), factory=ExistingFile)
    assert not path.exists()
    open_file(path).close()
    assert path.exists()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")
def test_staff_are_not_told_that_a_save_is_kept_either(as_, alice, monkeypatch):
    monkeypatch.setattr(NamedFile, "lost", lambda raw: "replaced")
    answer = as_(alice).post("/admin/feedback/tag/add/", {"name": "lighting"})
    assert answer.status_code == 503


def send(url, words):
    request = urllib.request.Request(
        f"{url}/feedback/",
        urlencode({"page": "/about/", "comment": words}).encode(),
        {"Sec-Fetch-Site": "same-origin"},
    )
    try:
        return urllib.request.urlopen(request, timeout=20).status, ""
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")
def test_no_resident_is_thanked_for_a_comment_that_went_into_a_file_without_a_name(tmp_path):
    start = Start(tmp_path, "", PORTAL_SANDBOX="1")
    try:
        start.wait()
        assert send(start.url, "Kept.")[0] == 200
        for name in ("portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm"):
            os.rename(tmp_path / name, tmp_path / f"old-{name}")
        for number in range(4):
            status, page = send(start.url, f"Sunflower {number}.")
            assert status == 503
            assert f"Sunflower {number}." in page
        assert "A comment could not be stored: OperationalError" in start.output
    finally:
        start.stop()
