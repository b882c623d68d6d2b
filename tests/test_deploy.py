"""A real site as it is deployed, nginx in front: nothing of who sends a comment is kept, the comment
arrives, files are sent.
"""

import json
import os
import re
import socket
import sqlite3
import subprocess
import time

import pytest

from tests.proxies import HEADERS, MARK, NGINX, Proxy, ask, get, trusting
from tests.servers import Start, empty_database

ADDRESS = "127.7.7.7"
LARGE = 12_000_000
STORE = f"""
import io, json
from initiatives.models import Document
from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.exchange.uploads import store_document
from initiatives.publishing.publish import publish as put_out, save_draft
def keep(name, size, publish=True):
    upload = store_document(io.BytesIO(b"%PDF-" + name.encode() + b"x" * size), "a.pdf", name)
    document = Document(title=name, slug=name.lower(), description="A text.", file=upload)
    document.save()
    put_out(document, by=None) if publish else save_draft(document, by=None)
    return upload
made = {{name.lower(): keep(name, 100) for name in ("Study", "Letter")}}
made |= {{"large": keep("Large", {LARGE}), "draft": keep("Draft", 100, False)}}
print(json.dumps({{name: upload.file.name for name, upload in made.items()}}))
redact(Removal((), (made["letter"],)), "The law asks for it.", None)
"""


def without_nginx():
    """Skip a test that needs nginx, or fail it where nothing may be skipped."""
    (pytest.fail if os.environ.get("PORTAL_REQUIRE_BROWSER") == "1" else pytest.skip)(
        "nginx is not installed"
    )


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """The portal and, where it is installed, nginx in front of it; give the ways in and all folders that
    either writes to.
    """
    data, front = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("front")
    with empty_database() as database:
        start, proxy = Start(data, database, TRUST_PROXY="1", PROXY_SENDS_FILES="1"), None
        try:
            start.wait()
            if NGINX:
                proxy = Proxy(front, start.url.rpartition(":")[2], data)
                proxy.run()
            yield start, proxy, [data, front], database
        finally:
            if proxy:
                proxy.process.terminate()
                proxy.process.wait(10)
            start.stop()


def everything(folders, database):
    """Return every byte of the folders, and a dump of the database as a backup makes it."""
    kept = b"".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())
    if database:
        return kept + subprocess.run(["pg_dump", database], capture_output=True, check=True).stdout
    backup = folders[0] / "backup.sqlite3"

    with sqlite3.connect(folders[0] / "portal.sqlite3") as source, sqlite3.connect(backup) as target:
        source.backup(target)
    return kept + backup.read_bytes()


def send_marked(url):
    """Send a comment with marks in every place, then what is refused, broken off and no HTTP at all."""
    page = ask(f"{url}/about/?q={MARK}-page")[1]
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    fields = {
        "page": f"/about/?q={MARK}-query",
        "stamp": stamp,
        "title": f"{MARK}-title",
        "second_comment": f"{MARK}-trap",
    }
    sent = {**fields, "comment": "Sunflower.", "once": "ab" * 16}
    assert ask(f"{url}/feedback/?q={MARK}-query", sent)[0] == 303
    assert ask(f"{url}/feedback/?q={MARK}-query", {**sent, "comment": f"{MARK}-long" + "x" * 600})[0] == 422
    assert ask(f"{url}/feedback/", {**sent, "page": f"/no/{MARK}/"})[0] == 400
    assert ask(f"{url}/feedback/", sent, HEADERS | {"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(f"{url}/feedback/thanks/?page={MARK}")[0] == 200
    assert ask(f"{url}/{MARK}/?q={MARK}")[0] == 302  # to the address in small letters
    assert ask(f"{url}/{MARK.lower()}/?q={MARK}")[0] == 404
    assert ask(f"{url}/{MARK}%00/?q={MARK}")[0] in {400, 404}
    assert ask(f"{url}/feedback/", headers=HEADERS | {"Host": f"{MARK}.example"})[0] in {302, 400}


def send_garbage(start):
    for line in (
        f"{MARK} / HTTP/9.9\r\n\r\n",
        f"GET /?{MARK} HTTP/1.1\r\nBad Header{MARK}: 1\r\n\r\n",
        f"POST /feedback/?{MARK}",
    ):
        with socket.create_connection(
            ("127.0.0.1", int(start.url.rpartition(":")[2])), source_address=(ADDRESS, 0)
        ) as client:
            client.sendall(line.encode())
            client.shutdown(socket.SHUT_WR)
            client.recv(100)


@pytest.mark.parametrize("way", ["straight", "through nginx"])
def test_nothing_of_who_sent_a_comment_is_in_the_data_the_logs_or_a_backup(deployed, way):
    start, proxy, folders, database = deployed
    if way == "through nginx" and not proxy:
        without_nginx()
    send_marked(proxy.url if way == "through nginx" else start.url)
    send_garbage(start)
    kept = everything(folders, database)
    assert b"Sunflower." in kept
    assert MARK.encode() not in kept
    assert ADDRESS.encode() not in kept
    assert MARK not in start.output
    assert "Sunflower" not in start.output


def test_the_proxy_hands_on_whole_comments_and_the_staffs_cookies_only(deployed):
    _, proxy, *_ = deployed
    if not proxy:
        without_nginx()
    text = "x" * 100_000
    status, page = proxy.ask("/feedback/", {"page": "/about/", "comment": text})
    assert (status, text in page) == (422, True)
    assert proxy.ask("/admin/")[0] == 302
    assert not any(
        (proxy.folder / name).exists() and any((proxy.folder / name).iterdir())
        for name in ("client_body_temp", "proxy_temp")
    )


# Uploaded files


@pytest.fixture(scope="module")
def proxy(deployed):
    """nginx before a portal with four files, two published, a draft's and a removed one; and the files'
    names.
    """
    start, proxy, *_ = deployed
    if not proxy:
        without_nginx()
    return proxy, json.loads(start.run(STORE).splitlines()[-1])


def test_a_published_file_comes_whole_with_the_portals_headers(proxy):
    server, names = proxy
    status, headers, body = get(server, f"/media/{names['study']}")
    assert (status, body[:10], len(body)) == (200, b"%PDF-Study", 110)
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="study.pdf"'
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"]
    assert {"X-Accel-Redirect", "Last-Modified", "Set-Cookie"} & set(headers) == set()
    assert all(len(headers.get_all(name)) == 1 for name in set(headers))


def test_a_file_is_asked_for_in_parts_again_and_by_its_head_alone(proxy):
    server, names = proxy
    path = f"/media/{names['study']}"
    etag = get(server, path)[1]["ETag"]
    assert get(server, path, If_None_Match=etag)[0] == 304
    assert get(server, path, Range="bytes=5-9")[::2] == (206, b"Study")
    status, headers, body = get(server, path, "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "110", b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/media/{draft}", 404),
        ("/media/{letter}", 410),
        ("/media/documents/" + "0" * 64 + ".pdf", 404),
        ("/_media/{study}", 404),
        ("/_media/{draft}", 404),
        ("/_media/../media/{draft}", 404),
        ("/_media/..%2f..%2fsecret-key", 400),
        ("/media/../_media/{draft}", 404),
        ("/media/..%2f_media/{draft}", 404),
        ("/_media/", 404),
    ],
)
def test_what_is_a_drafts_or_removed_or_asked_for_past_the_portal_is_not_sent(proxy, path, status):
    server, names = proxy
    found, _, body = get(server, path.format(**names))
    assert found == status
    assert b"%PDF" not in body


def test_a_draft_reaches_nobody_who_is_not_signed_in_under_the_admins_address_either(proxy):
    server, names = proxy
    assert get(server, f"/admin/initiatives/upload/file/{names['draft']}")[0] == 302


def slow_readers(server, path, count):
    """Open connections that ask for a file and read nothing."""
    readers = []
    for _ in range(count):
        raw = socket.create_connection(("localhost", server.port))
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader = trusting().wrap_socket(raw, server_hostname="localhost")
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        readers.append(reader)
    return readers


def test_slow_readers_of_a_large_file_hold_no_worker_and_too_many_are_turned_away(proxy):
    server, names = proxy
    path = f"/media/{names['large']}"
    readers = slow_readers(server, path, 24)
    try:
        began = time.monotonic()
        assert get(server, "/about/")[0] == 200
        assert time.monotonic() - began < 5
        assert len(get(server, path)[2]) > LARGE
        readers += slow_readers(server, path, 40)
        time.sleep(0.5)
        assert get(server, path)[0] == 429
        assert get(server, "/about/")[0] == 200
    finally:
        for reader in readers:
            reader.close()
        while get(server, f"/media/{names['study']}", "HEAD")[0] == 429:
            time.sleep(0.1)


def test_what_a_whole_library_asks_for_in_a_second_gets_through(proxy):
    server, names = proxy
    assert {get(server, f"/media/{names['study']}", "HEAD")[0] for _ in range(30)} == {200}
