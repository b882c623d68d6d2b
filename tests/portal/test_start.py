"""`manage.py start`: what stops it, what it leaves alone, and two of them at once."""

import re
import signal
import socket
import urllib.request
from functools import partial

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.management.commands.start import listen, warn_of_slow_connections
from tests.servers import Start, empty_database, free_port


@pytest.fixture
def start(tmp_path):
    """Return a maker of starts; all of them are stopped at the end."""
    starts = []

    def make(database="", **more):
        before = signal.signal(
            signal.SIGINT, signal.default_int_handler
        )  # what a shell starts with `&` ignores Ctrl-C
        starts.append(Start(tmp_path, database, **more))
        signal.signal(signal.SIGINT, before)
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


def test_an_address_of_another_machine_is_refused_with_the_setting_to_mend(start):
    refused = start(BIND="192.0.2.1")
    assert refused.process.wait(30) == 1
    assert "Set BIND to an address of this machine" in refused.output


def test_a_port_that_another_start_took_meanwhile_is_refused(settings):
    settings.BIND, settings.PORT = "127.0.0.1", free_port()
    with (
        socket.socket(fileno=listen()),
        pytest.raises(CommandError, match=r"choose another port: make run PORT=8001"),
    ):
        listen()


def test_a_database_that_cannot_be_reached_stops_it_with_one_line(start):
    refused = start(f"postgres://nobody@127.0.0.1:{free_port()}/none")
    assert refused.process.wait(30) == 1
    assert re.fullmatch(
        r"CommandError: Cannot reach the database: .+ Check that it runs, and DATABASE_URL\.\n",
        refused.output,
    )


def test_a_damaged_database_stops_it_with_one_line(start, tmp_path):
    (tmp_path / "portal.sqlite3").write_bytes(b"no database at all " * 500)
    refused = start()
    assert refused.process.wait(30) == 1
    assert re.fullmatch(
        r"CommandError: The database cannot be used: .*the database file is damaged.*\n", refused.output
    )


def test_static_files_that_cannot_be_written_stop_it_with_one_line(tmp_path, settings, monkeypatch):
    settings.PORTAL_DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static" / "below"
    (tmp_path / "static").touch()
    collect = partial(call_command, "collectstatic", "--no-input", "--verbosity=0")
    monkeypatch.setattr("portal.management.commands.start.prepare", lambda is_sure: collect())
    settings.BIND, settings.PORT = "127.0.0.1", free_port()
    with pytest.raises(
        CommandError,
        match=r"static/below.*: Not a directory\. The account that runs the site must be able to",
    ):
        call_command("start")


def test_two_at_once_on_an_empty_database_load_one_report_make_one_set_of_accounts_and_end_by_ctrl_c(start):
    with empty_database() as database:
        both = [start(database), start(database)]
        for one in both:
            one.until("Ctrl-C stops it.")
            # Who comes as soon as the address is printed waits for the answer instead of being refused.
            assert urllib.request.urlopen(f"{one.url}/healthz", timeout=30).read() == b"ok\n"
        printed = "".join(one.output for one in both)
        assert len(re.findall(r"new: .* 103 × initiative", printed)) == 1
        assert printed.count("There is a report already; it stays as it is.") == 1
        assert printed.count("Write these down") == 1
        for one in both:
            assert_ctrl_c_ends(one)


def assert_ctrl_c_ends(running):
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) in {0, 130}
    assert "Traceback" not in running.output


def test_ctrl_c_ends_it_while_it_still_prepares(start):
    preparing = start()
    preparing.until("[3/7] ")
    assert_ctrl_c_ends(preparing)


@pytest.mark.parametrize(
    ("bind", "warned"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("0.0.0.0", True),
        ("::", True),
        ("10.0.0.5", True),
    ],
)
def test_to_be_asked_by_other_machines_straight_is_warned_of(settings, capsys, bind, warned):
    settings.BIND = bind
    warn_of_slow_connections()
    assert ("put a proxy in front" in capsys.readouterr().out) is warned
