"""A real site as it is deployed, nginx in front: nothing of who sends a comment is kept, and the comment arrives."""

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.servers import Start, empty_database, free_port

CONFIG = Path(settings.BASE_DIR) / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
MARK = "MARKEDPERSON"


def without_nginx():
    """Skip a test that needs nginx, or fail it where nothing may be skipped."""
    (pytest.fail if os.environ.get("PORTAL_REQUIRE_BROWSER") == "1" else pytest.skip)("nginx is not installed")


NAMES = (
    "User-Agent",
    "Referer",
    "Cookie",
    "X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "From",
    "Via",
    "Accept-Language",
    "X-Any",
)
HEADERS = {name: f"{MARK}-{name}" for name in NAMES} | {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "127.7.7.7"


class Proxy:
    """nginx with the shipped configuration, on ports and with a certificate of its own; `folder` is all that it may write to."""

    def __init__(self, folder, upstream):
        self.folder, self.port = folder, free_port()
        cert, key = folder / "cert.pem", folder / "key.pem"
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        subprocess.run([*make, "-keyout", key, "-out", cert], check=True, capture_output=True)
        text = CONFIG.read_text()
        for was, becomes in (
            ("/etc/ssl/report.example.gov/fullchain.pem", str(cert)),
            ("/etc/ssl/report.example.gov/privkey.pem", str(key)),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen 443", f"listen 127.0.0.1:{self.port}"),
            ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
            ("server_name report.example.gov", "server_name localhost"),
            ("/run/nginx.pid", str(folder / "pid")),
            ("user www-data;", "daemon off;"),
        ):
            assert was in text
            text = text.replace(was, becomes)
        self.config = folder / "nginx.conf"
        self.config.write_text(re.sub(r"^ *listen \[::\].*$", "", text, flags=re.MULTILINE))
        self.url = f"https://localhost:{self.port}"

    def run(self):
        self.check()
        with open(self.folder / "output", "w") as output:
            command = [NGINX, "-p", self.folder, "-c", self.config]
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        for _ in range(100):
            try:
                return self.ask("/healthz")
            except OSError:
                time.sleep(0.05)
        raise TimeoutError((self.folder / "output").read_text())

    def check(self):
        done = subprocess.run([NGINX, "-t", "-p", self.folder, "-c", self.config], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr

    def ask(self, path, body=None, headers=HEADERS):
        """Return the status and the text of an answer, without following where it leads."""
        return ask(self.url + path, body, headers)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def ask(url, body=None, headers=HEADERS):
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=trust))
    request = urllib.request.Request(url, data=body and urlencode(body).encode(), headers=headers)
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """The portal and, where it is installed, nginx in front of it; give the ways in and all folders that either writes to."""
    data, front = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("front")
    with empty_database() as database:
        os.environ["TRUST_PROXY"] = "1"
        start, proxy = Start(data, database), None
        del os.environ["TRUST_PROXY"]
        try:
            start.wait()
            if NGINX:
                proxy = Proxy(front, start.url.rpartition(":")[2])
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
    import sqlite3

    with sqlite3.connect(folders[0] / "portal.sqlite3") as source, sqlite3.connect(backup) as target:
        source.backup(target)
    return kept + backup.read_bytes()


def send_marked(url):
    """Send a comment with marks in every place, then what is refused, broken off and no HTTP at all."""
    page = ask(f"{url}/about/?q={MARK}-page")[1]
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    fields = {"page": f"/about/?q={MARK}-query", "stamp": stamp, "title": f"{MARK}-title", "second_comment": f"{MARK}-trap"}
    sent = {**fields, "comment": "Sunflower.", "once": "ab" * 16}
    assert ask(f"{url}/feedback/?q={MARK}-query", sent)[0] == 303
    assert ask(f"{url}/feedback/?q={MARK}-query", {**sent, "comment": f"{MARK}-long" + "x" * 600})[0] == 422
    assert ask(f"{url}/feedback/", {**sent, "page": f"/no/{MARK}/"})[0] == 400
    assert ask(f"{url}/feedback/", sent, HEADERS | {"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(f"{url}/feedback/thanks/?page={MARK}")[0] == 200
    assert ask(f"{url}/{MARK}/?q={MARK}")[0] == 404
    assert ask(f"{url}/{MARK}%00/?q={MARK}")[0] in {400, 404}
    assert ask(f"{url}/feedback/", headers=HEADERS | {"Host": f"{MARK}.example"})[0] in {302, 400}


def send_garbage(start):
    import socket

    for line in (
        f"{MARK} / HTTP/9.9\r\n\r\n",
        f"GET /?{MARK} HTTP/1.1\r\nBad Header{MARK}: 1\r\n\r\n",
        f"POST /feedback/?{MARK}",
    ):
        with socket.create_connection(("127.0.0.1", int(start.url.rpartition(":")[2])), source_address=(ADDRESS, 0)) as client:
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
        (proxy.folder / name).exists() and any((proxy.folder / name).iterdir()) for name in ("client_body_temp", "proxy_temp")
    )
