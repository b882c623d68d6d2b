"""nginx with the shipped configuration for tests, and how they ask through it."""

import http.client
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

from django.conf import settings

from tests.servers import free_port

CONFIG = Path(settings.BASE_DIR) / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
MARK = "MARKEDPERSON"
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


class Proxy:
    """nginx with the shipped configuration, on ports and with a certificate of its own; `folder` is all
    that it may write to.
    """

    def __init__(self, folder, upstream, data):
        self.folder, self.port = folder, free_port()
        cert, key = folder / "cert.pem", folder / "key.pem"
        make = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ]
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
            ("user portal;", f"{'user root;' if os.getuid() == 0 else ''} daemon off;"),
            ("/srv/portal/", f"{data}/"),
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
        done = subprocess.run(
            [NGINX, "-t", "-p", self.folder, "-c", self.config], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr

    def ask(self, path, body=None, headers=HEADERS):
        """Return the status and the text of an answer, without following where it leads."""
        return ask(self.url + path, body, headers)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def trusting():
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    return trust


def ask(url, body=None, headers=HEADERS):
    opener = urllib.request.build_opener(Stay, urllib.request.HTTPSHandler(context=trusting()))
    request = urllib.request.Request(url, data=body and urlencode(body).encode(), headers=headers)
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def get(proxy, path, method="GET", **headers):
    """Return status, headers and bytes of an answer, of an address as it is."""
    connection = http.client.HTTPSConnection("localhost", proxy.port, context=trusting(), timeout=20)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found
