"""A database server that hangs, at whatever moment: the resident hears of it within five seconds, with the
text in the box.
"""

import time

import pytest
from django.db import close_old_connections, connection

from tests.feedback.conftest import typed
from tests.lines import through_a_line

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could hang"),
]

MOMENTS = {
    "while it connects": {"until": b"user"},
    "while it is asked for the page": {"until": b"initiatives_revision"},
    "before it has the comment": {"until": b"INSERT INTO"},
    "after it has kept the comment": {"until": b"COMMIT", "after": True},
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_text_comes_back_in_time_and_the_same_sending_is_kept_once(post, page, stored, moment):
    fields = {"page": page, "comment": "Keep me.", "once": "0123456789abcdef" * 2}
    with through_a_line(connection, **MOMENTS[moment]) as line:
        before = time.monotonic()
        response = post(fields)
        assert time.monotonic() - before < 5
        assert line.hung.is_set()
        assert (response.status_code, typed(response)) == (503, "Keep me.")
        line.mend()
        close_old_connections()
        assert post(fields).status_code == 303
    assert stored() == [(page, None, "Keep me.")]


def test_a_connection_that_was_kept_is_given_up_in_time_to_say_so(post, page, stored):
    with through_a_line(connection, until=b"SELECT 1") as line:
        connection.ensure_connection()
        # As each request begins: what was kept is asked whether it still answers.
        close_old_connections()
        before = time.monotonic()
        response = post({"page": page, "comment": "Keep me."})
        assert line.hung.is_set()
        assert (response.status_code, time.monotonic() - before < 5) == (503, True)


def test_a_reader_is_not_kept_waiting_for_ever(client, page, monkeypatch):
    monkeypatch.setattr("portal.middleware.READER", 1)
    with through_a_line(connection, until=b"initiatives_revision") as line:
        before = time.monotonic()
        response = client.get(page)
        assert (line.hung.is_set(), response.status_code, response["Retry-After"]) == (True, 503, "30")
        assert time.monotonic() - before < 2
        line.mend()
        close_old_connections()
        assert client.get(page).status_code == 200
