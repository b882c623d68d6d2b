"""Real servers for tests: `manage.py start` as a process of its own, on a folder and a database of its
own.
"""

import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.conf import settings

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def empty_database():
    """Give the URL of an empty database: a new one on the PostgreSQL server that the suite runs on, else
    SQLite's own.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return

    name = f"portal_site_{secrets.token_hex(4)}"
    admin = psycopg2.connect(url)
    admin.autocommit = True
    admin.cursor().execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    admin.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


@contextmanager
def pooler(database, folder):
    """Give the URL of a database behind a real pgbouncer in transaction mode, which has four connections
    to it for everybody.
    """
    url, port = urlsplit(database), free_port()
    password = f" password={url.password}" if url.password else ""
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = host={url.hostname} port={url.port or 5432} user={url.username}{password}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
        "pool_mode = transaction\ndefault_pool_size = 4\n"
    )
    other = ["-u", "nobody"] if os.getuid() == 0 else []
    command = [PGBOUNCER, "-q", *other, folder / "pgbouncer.ini"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"postgres://{url.username}@127.0.0.1:{port}{url.path}"
    finally:
        process.terminate()
        process.wait(10)


# What a public server is started with
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SITE_URL": "https://safety.example.gov",
    "ALLOWED_HOSTS": "safety.example.gov",
    "SECRET_KEY": "kq3v8Zx1pLw9TfYc5RbN7mHdJ2sGaE4uVnX6yQtB0iOzKjWlPr",
    "TRUST_PROXY": "1",
}


class Start:
    """A running `manage.py start`, or another command; `url` is its address, `folder` its PORTAL_DATA."""

    def __init__(self, folder, database, port=None, command="start", arguments=(), **environment):
        port = port or free_port()
        self.url, self.log = f"http://127.0.0.1:{port}", folder / f"output-{port}"
        self.folder, self.database = folder, database
        self.environment = {
            **os.environ,
            "PORTAL_DATA": str(folder),
            "PORT": str(port),
            "DATABASE_URL": database,
            **environment,
        }
        self.command = [sys.executable, "manage.py", command, *arguments]
        self.launch()

    def launch(self):
        """Start the process; once more, where it has ended."""
        with open(self.log, "w") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self):
        return self.log.read_text()

    def until(self, words):
        """Return once it printed these words; fail with its output where it ended or does not within three
        minutes.
        """
        for _ in range(3600):
            if words in self.output:
                return
            assert self.process.poll() is None, self.output
            time.sleep(0.05)
        raise TimeoutError(self.output)

    def wait(self):
        """Return once it answers; fail with its output where it ended or does not answer within three
        minutes.
        """
        for _ in range(1800):
            assert self.process.poll() is None, self.output
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).read()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(self.output)

    def run(self, code):
        """Run code in the site's own database and return what it prints."""
        asked = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        done = subprocess.run(
            asked, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def locked(self, table):
        """Let nobody write to a table meanwhile; SQLite locks the whole file."""
        if self.database:
            other = psycopg2.connect(self.database)
            other.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        else:
            other = sqlite3.connect(self.folder / "portal.sqlite3", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
