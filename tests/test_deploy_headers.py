"""The headers of a site as it is deployed: safe ones on every answer, nginx's own included, and no forged
one is believed.
"""

import http.client
import socket

import pytest

from tests.test_deploy import deployed, trusting, without_nginx  # noqa: F401 - a fixture

OWN = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "",
}


def raw(port, request, tls):
    """Return status and headers, each with all its values, of the answer to a request as it is written."""
    bare = socket.create_connection(("127.0.0.1", port), timeout=10)
    with trusting().wrap_socket(bare, server_hostname="localhost") if tls else bare as client:
        client.sendall(request.encode())
        answer = http.client.HTTPResponse(client)
        answer.begin()
        return (
            answer.status,
            {name: answer.headers.get_all(name) for name in answer.headers},
            answer.read().decode(),
        )


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /" + "x" * 9_000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        ("POST /feedback/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", 413),
        ("GET /about/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
        ("GET /nowhere/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        ("GET /static/css/site.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
    ],
)
def test_every_answer_through_the_proxy_has_each_safe_header_once(deployed, request_, status):  # noqa: F811
    _, proxy, *_ = deployed
    if not proxy:
        without_nginx()
    answered, headers, _ = raw(proxy.port, request_, tls=True)
    assert answered == status
    for name, part in OWN.items():
        assert len(headers.get(name, [])) == 1 and part in headers[name][0], (name, headers)
    assert len(headers["Strict-Transport-Security"]) == 1


FORGED = [
    "SCRIPT_NAME: /evil",
    "Script-Name: /evil",
    "PATH_INFO: /evil",
    "X-Forwarded-Ssl: on",
    "X-Forwarded-Protocol: ssl",
]
FORGED += [
    "X-Forwarded-Protocol: https",
    "X-Forwarded-Proto: http\r\nX-Forwarded-Ssl: on",
    "X-Forwarded-Prefix: /evil",
]


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("way", ["straight", "through nginx"])
def test_no_forged_header_moves_the_site_or_says_how_the_client_came(deployed, way, forged):  # noqa: F811
    start, proxy, *_ = deployed
    if way == "through nginx" and not proxy:
        without_nginx()
    port = proxy.port if way == "through nginx" else int(start.url.rpartition(":")[2])
    host = "localhost" if way == "through nginx" else f"localhost:{port}"
    headers = f"Host: {host}\r\n{forged}\r\nConnection: close\r\n\r\n"
    status, _, text = raw(port, f"GET /about/ HTTP/1.1\r\n{headers}", way != "straight")
    assert (status, "evil" in text) == (200, False)
    scheme = "https" if way == "through nginx" else "http"
    assert (
        f"Sitemap: {scheme}://" in raw(port, f"GET /robots.txt HTTP/1.1\r\n{headers}", way != "straight")[2]
    )
