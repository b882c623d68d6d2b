"""`manage.py start`: what stops it, what it leaves alone, and two of them at once."""

import re
import socket

import pytest

from tests.servers import Start, empty_database, free_port


@pytest.fixture
def start(tmp_path):
    """Return a maker of starts; all of them are stopped at the end."""
    starts = []

    def make(database="", **more):
        starts.append(Start(tmp_path, database, **more))
        return starts[-1]

    yield make
    for one in starts:
        one.stop()


def test_a_taken_port_is_refused_before_anything_is_done(start, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        refused = start(port=server.getsockname()[1])
        assert refused.process.wait(30) == 1
    assert "choose another port" in refused.output
    assert not (tmp_path / "portal.sqlite3").exists()


def test_a_database_that_cannot_be_reached_stops_it_with_one_line(start):
    refused = start(f"postgres://nobody@127.0.0.1:{free_port()}/none")
    assert refused.process.wait(30) == 1
    assert re.fullmatch(r"CommandError: Cannot reach the database: .+ Check that it runs, and DATABASE_URL\.\n", refused.output)


def test_two_at_once_on_an_empty_database_load_one_report_and_make_one_set_of_accounts(start):
    with empty_database() as database:
        both = [start(database), start(database)]
        for one in both:
            one.wait()
        printed = "".join(one.output for one in both)
        assert len(re.findall(r"new: .* 103 × initiative", printed)) == 1
        assert printed.count("There is a report already; it stays as it is.") == 1
        assert printed.count("Write these down") == 1
        for one in both:
            one.stop()
