"""The log names faults and what staff do about their access, and nothing of who reads."""

import errno
import logging
import re
import sqlite3
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, OperationalError
from django.test import RequestFactory
from gunicorn.config import Config

from portal import errors, middleware
from portal.faults import reason
from portal.gunicorn_log import QuietLogger
from portal.logs import OneLine

LIVE = "initiatives.report.report.Report.live"


def line(record):
    assert OneLine().filter(record)
    return logging.Formatter("{name}: {message}", style="{").format(record)


def test_a_fault_of_ours_has_one_code_on_the_page_and_in_the_log(client, caplog):
    client.raise_request_exception = False
    codes = set()
    for _ in range(2):
        with patch(LIVE, side_effect=RuntimeError("secret detail")):
            page = client.get("/report/").content.decode()
        code = re.search(r"<code>(fault [0-9a-f]{8})</code>", page)[1]
        assert f"[{code}]" in line(caplog.records[-1])
        codes.add(code)
    assert len(codes) == 2


def full(cause, kind=OperationalError):
    error = kind("its own words")
    error.__cause__ = cause
    return error


def sqlite_error(name):
    error = sqlite3.OperationalError("its own words")
    error.sqlite_errorname = name
    return error


def postgres_error(code):
    class WrongError(Exception):
        pgcode = code

    return WrongError("its own words")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (full(sqlite_error("SQLITE_FULL")), "the disk is full"),
        (full(sqlite_error("SQLITE_IOERR_WRITE")), "the disk cannot be read or written, or is full"),
        (full(sqlite_error("SQLITE_READONLY_DIRECTORY")), "the database file cannot be written to"),
        (full(sqlite_error("SQLITE_CORRUPT"), DatabaseError), "the database file is damaged"),
        (full(postgres_error("53100")), "the disk of the database server is full"),
        (OSError(errno.ENOSPC, "its own words"), "the disk is full"),
        (OSError(errno.EDQUOT, "its own words"), "the account's share of the disk is full"),
    ],
)
def test_a_full_disk_and_its_like_are_named_as_that(error, words):
    said = reason(error)
    assert words in said
    assert "its own words" not in said


def test_any_other_error_is_named_by_its_kind_and_place_alone():
    try:
        raise ValueError("A resident's words")
    except ValueError as error:
        assert re.fullmatch(r"ValueError at test_logs\.py:\d+", reason(error))


def test_a_disk_without_room_for_an_upload_is_a_503_that_the_log_names(caplog):
    request = RequestFactory().post("/admin/initiatives/upload/add/")
    handler = middleware.DatabaseDown(lambda request: None)
    answer = handler.process_exception(request, OSError(errno.ENOSPC, "No space left on device"))
    assert answer.status_code == 503
    assert "ENOSPC: the disk is full" in caplog.text
    assert handler.process_exception(request, OSError(errno.ENOENT, "No such file")) is None


@pytest.mark.parametrize("path", ["/a\nERROR root: all is well", "/a\r\n2026", "/a\u2028b", "/a\x1b[2J"])
def test_no_address_writes_a_line_of_its_own(path):
    record = logging.LogRecord("x", logging.ERROR, "", 0, "503 at %s", (path,), None)
    assert line(record).isprintable()


@pytest.fixture
def staff_lines(caplog):
    caplog.set_level(logging.INFO, "portal.staff_log")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "portal.staff_log"]


@pytest.mark.django_db
def test_staff_sign_ins_failures_and_sign_outs_are_logged(client, edith, staff_lines):
    for name, password in (
        ("edith", "wrong"),
        ("my secret password", "x"),
        ("a\0b", "x"),
        ("edith", "edith"),
    ):
        client.post("/admin/login/", {"username": name, "password": password})
    client.post("/admin/logout/")
    assert staff_lines() == [
        "A sign-in failed: edith",
        "A sign-in failed: there is no such account",
        "edith signed in",
        "edith signed out",
    ]


@pytest.mark.django_db
def test_an_account_that_was_switched_off_is_logged_as_failed(client, edith, staff_lines):
    User.objects.update(is_active=False)
    client.post("/admin/login/", {"username": "edith", "password": "edith"})
    assert staff_lines() == ["A sign-in failed: edith"]


@pytest.mark.django_db
def test_what_staff_are_refused_is_logged_with_their_name(as_, rita, staff_lines):
    assert as_(rita).get("/admin/auth/user/").status_code == 403
    assert staff_lines()[-1] == "rita was refused: GET /admin/auth/user/"


@pytest.mark.django_db
def test_of_readers_nothing_is_logged(client, caplog):
    caplog.set_level(logging.INFO)
    for path in ("/", "/report/?q=secret", "/no/such/page/", "/admin/", "/about/?q=%00"):
        client.get(path, REMOTE_ADDR="203.0.113.9")
    errors.forbidden(RequestFactory().get("/x/"))
    client.post("/feedback/", {"page": "/about/", "comment": "Sunflower"}, REMOTE_ADDR="203.0.113.9")
    assert caplog.text == ""


def test_gunicorn_tells_what_a_worker_died_of_while_it_started_and_of_requests_the_kind_alone(capsys):
    logger = QuietLogger(Config().set("loglevel", "error") or Config())
    try:
        raise RuntimeError("No module named Sunflower")
    except RuntimeError:
        logger.exception("Error handling request %s %s", "GET", "/?q=secret")
        assert "Sunflower" not in capsys.readouterr().err
        logger.exception("Exception in worker process")
    assert "No module named Sunflower" in capsys.readouterr().err
    logger.critical("WORKER TIMEOUT (pid:%s)", 7)
    assert "WORKER TIMEOUT (pid:7)" in capsys.readouterr().err
