"""The check of links asks nothing of this machine or its network, however an address of it is written or
reached.
"""

import socket
import ssl
from ipaddress import ip_address

import pytest

from initiatives.links import external
from initiatives.links.external import Prober, is_public
from tests.initiatives.test_checks_outside import running

INSIDE = "the address is inside this machine's own network"


@pytest.fixture
def server():
    with running() as server:
        yield server


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0177.0.0.1",
            "017700000001",
            "0x7f.0.0.1",
            "0x7f000001",
            "0x7F.1",
        ),
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
        *(
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
        ),
        *(
            "[0:0:0:0:0:0:0:1]",
            "user:pass@127.0.0.1",
            "example.org@127.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "[fe80::1]",
        ),
    ],
)
def test_no_spelling_of_this_machine_or_its_network_is_asked(server, host):
    reason = Prober(2).reason(f"http://{host}:{server.server_port}/fine")
    assert INSIDE in reason
    assert server.asked == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_no_name_that_leads_here_is_asked(server, monkeypatch, inside):
    known = [(socket.AF_INET, 0, 0, "", ("93.184.215.14", 0)), (socket.AF_INET, 0, 0, "", (inside, 0))]
    monkeypatch.setattr(external.socket, "getaddrinfo", lambda name, *args, **more: known)
    assert INSIDE in Prober(2).reason(f"http://rebound.example:{server.server_port}/fine")
    assert server.asked == []


def test_no_redirect_leads_here(server, monkeypatch):
    known = iter([True, True])
    monkeypatch.setattr(external, "is_public", lambda address: next(known, False))
    assert INSIDE in Prober(2).reason(f"http://127.0.0.1:{server.server_port}/moved")
    assert [path for _, path in server.asked] == ["/moved"]


def resolve(monkeypatch, *answers):
    """Let the name rebound.example stand for one address after the other."""
    genuine, waiting = socket.getaddrinfo, iter(answers)

    def answer(name, *args, **more):
        return genuine(next(waiting) if name == "rebound.example" else name, *args, **more)

    monkeypatch.setattr(external.socket, "getaddrinfo", answer)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_name_leads_here_that_led_elsewhere_when_it_was_looked_at(server, monkeypatch, scheme):
    resolve(monkeypatch, "93.184.215.14", "127.0.0.1", "127.0.0.1")
    assert INSIDE in Prober(2).reason(f"{scheme}://rebound.example:{server.server_port}/fine")
    assert server.asked == []


def test_the_address_that_was_looked_at_is_asked_and_told_the_name(server, monkeypatch):
    monkeypatch.setattr(external, "is_public", lambda address: True)
    resolve(monkeypatch, "127.0.0.1", "127.0.0.1")
    assert Prober(2).reason(f"http://rebound.example:{server.server_port}/fine") == ""
    assert server.asked == [("HEAD", "/fine")]
    assert server.named == [f"rebound.example:{server.server_port}"]


def test_over_tls_it_is_told_the_name_too(monkeypatch):
    monkeypatch.setattr(external, "is_public", lambda address: True)
    resolve(monkeypatch, "127.0.0.1", "127.0.0.1")
    named, tls = [], ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.sni_callback = lambda connection, name, context: named.append(name)
    with running() as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        assert Prober(2).reason(f"https://rebound.example:{server.server_port}/fine")
    assert named == ["rebound.example"]


def test_a_proxy_is_asked_although_it_is_inside_but_for_nothing_inside(server, monkeypatch):
    monkeypatch.setattr(external, "is_public", lambda address: not address.is_loopback)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.delenv("no_proxy", raising=False)
    prober = Prober(2)
    assert INSIDE in prober.reason("http://127.0.0.1:1/fine")
    assert server.asked == []
    assert prober.reason("http://93.184.215.14/fine") == ""
    assert (server.asked, server.named) == ([("HEAD", "http://93.184.215.14/fine")], ["93.184.215.14"])


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:4700::6810:85e5", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_what_the_internet_reaches_is_public(address):
    assert is_public(ip_address(address))
