"""A database that is locked: the resident hears of it within five seconds, with the text in the box; then
all is well.
"""

import threading
import time

import pytest
from django.db import OperationalError, connection, connections, transaction

from feedback.intake.deadline import patience
from tests.feedback.conftest import typed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def locked():
    """The table of comments, locked by another connection until the test ends."""
    begun, over = threading.Event(), threading.Event()

    def keep():
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE feedback_comment IN ACCESS EXCLUSIVE MODE")
            begun.set()
            over.wait(20)
        connections.close_all()

    thread = threading.Thread(target=keep)
    thread.start()
    begun.wait(5)
    yield over
    over.set()
    thread.join()


def test_it_says_so_within_five_seconds_and_takes_the_same_sending_afterwards(post, page, stored, locked):
    fields = {"page": page, "comment": "Keep me.", "once": "0123456789abcdef" * 2}
    before = time.monotonic()
    response = post(fields)
    assert time.monotonic() - before < 5
    assert (response.status_code, typed(response)) == (503, "Keep me.")
    assert "Copy your text" in response.content.decode()
    locked.set()
    time.sleep(0.2)
    assert post(fields).status_code == 303
    assert stored() == [(page, None, "Keep me.")]


needs_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite answers at once but for its lock"
)


@needs_postgres
def test_all_statements_together_have_the_time_not_each(db):
    before = time.monotonic()
    with pytest.raises(OperationalError), patience(1), connection.cursor() as cursor:
        for _ in range(5):
            cursor.execute("SELECT pg_sleep(0.4)")
    assert time.monotonic() - before < 1.5


@needs_postgres
def test_the_bound_ends_with_the_form(db):
    with patience(1), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


needs_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="A server keeps the time of its own work"
)
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@needs_sqlite
def test_on_sqlite_work_counts_too_and_the_bound_ends_with_the_form(db):
    before = time.monotonic()
    with pytest.raises(OperationalError), patience(0.5), connection.cursor() as cursor:
        cursor.execute(ENDLESS)
    assert time.monotonic() - before < 1.5
    with connection.cursor() as cursor:
        cursor.execute(f"{ENDLESS.replace('FROM n) SELECT', 'FROM n WHERE x < 500000) SELECT')}")
        assert cursor.fetchone() == (500_000,)


@needs_sqlite
def test_on_sqlite_all_waits_together_have_the_time_not_each(locked):
    before = time.monotonic()
    with patience(1):
        for _ in range(3):
            with pytest.raises(OperationalError), transaction.atomic():
                pass
    assert time.monotonic() - before < 2


def test_where_no_connection_can_be_opened_the_text_is_handed_back(post, page, monkeypatch):
    def refuse(database):
        raise OperationalError("unable to open database file")

    with monkeypatch.context() as patched:
        patched.setattr(connections["default"], "connection", None)
        patched.setattr(type(connections["default"]), "connect", refuse)
        response = post({"page": page, "comment": "The lamp is out."})
    assert (response.status_code, typed(response)) == (503, "The lamp is out.")
