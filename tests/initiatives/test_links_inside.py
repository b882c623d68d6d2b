"""The check of links asks nothing of this machine or its network, however an address of it is written or reached."""

import socket
from ipaddress import ip_address

import pytest

from initiatives.checks import outside
from initiatives.checks.outside import Prober, is_public
from tests.initiatives.test_checks_outside import running

INSIDE = "the address is inside this machine's own network"


@pytest.fixture
def server():
    with running() as server:
        yield server


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0177.0.0.1", "017700000001", "0x7f.0.0.1", "0x7f000001", "0x7F.1"),
        *(
            "0.0.0.0",
            "0",
            "localhost",
            "LOCALHOST",
            "127.255.255.254",
            "%31%32%37.0.0.1",
            "①②⑦.⓪.⓪.①",
            "127。0。0。1",
        ),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
        *("[0:0:0:0:0:0:0:1]", "user:pass@127.0.0.1", "example.org@127.0.0.1", "10.0.0.1", "169.254.169.254", "[fe80::1]"),
    ],
)
def test_no_spelling_of_this_machine_or_its_network_is_asked(server, host):
    reason = Prober(2).reason(f"http://{host}:{server.server_port}/fine")
    assert INSIDE in reason
    assert server.asked == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_no_name_that_leads_here_is_asked(server, monkeypatch, inside):
    known = [(socket.AF_INET, 0, 0, "", ("93.184.215.14", 0)), (socket.AF_INET, 0, 0, "", (inside, 0))]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda name, *args, **more: known)
    assert INSIDE in Prober(2).reason(f"http://rebound.example:{server.server_port}/fine")
    assert server.asked == []


def test_no_redirect_leads_here(server, monkeypatch):
    known = iter([True])
    monkeypatch.setattr(outside, "is_public", lambda address: next(known, False))
    assert INSIDE in Prober(2).reason(f"http://127.0.0.1:{server.server_port}/moved")
    assert [path for _, path in server.asked] == ["/moved"]


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::6810:85e5", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_what_the_internet_reaches_is_public(address):
    assert is_public(ip_address(address))
