"""Everything acknowledged is there once: real workers under load, killed at any moment, with senders who
try again.
"""

import os
import signal
import sqlite3
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import psycopg2
import pytest

from tests.servers import Start, empty_database

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with empty_database() as database:
        start = Start(tmp_path_factory.mktemp("kill"), database)
        try:
            start.wait()
            yield start
        finally:
            start.stop()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def send(url, **fields):
    """Send the form; return the status, 0 where no answer came."""
    request = urllib.request.Request(
        f"{url}/feedback/", urlencode({"page": "/about/", **fields}).encode(), OWN
    )
    try:
        return urllib.request.build_opener(Stay).open(request, timeout=20).status
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


def insist(url, **fields):
    """Send the same until it is acknowledged, as a resident without patience does."""
    for _ in range(100):
        if send(url, **fields) == 303:
            return True
        time.sleep(0.05)
    return False


def rows(start):
    if start.database:
        with psycopg2.connect(start.database) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT text, helpful FROM feedback_comment")
            return cursor.fetchall()

    with sqlite3.connect(start.folder / "portal.sqlite3") as connection:
        return connection.execute("SELECT text, helpful FROM feedback_comment").fetchall()


def workers(start):
    """Return the process ids of gunicorn's workers."""
    return [
        int(pid)
        for pid in Path(f"/proc/{start.process.pid}/task/{start.process.pid}/children").read_text().split()
    ]


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="needs Linux to find the workers"
)


@needs_proc
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_was_acknowledged_is_there_once_though_workers_were_killed(running, scripts):
    texts = [f"{scripts} number {number}" for number in range(120)]

    def resident(number):
        once = {"once": f"{number:032x}"} if scripts else {}
        return insist(running.url, comment=texts[number], **once)

    with ThreadPoolExecutor(12) as pool:
        sent = [pool.submit(resident, number) for number in range(len(texts))]
        killed = 0
        while not all(one.done() for one in sent):
            time.sleep(0.15)
            for pid in workers(running)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            time.sleep(0.5)
    assert all(one.result() for one in sent)
    assert killed
    found = [text for text, _ in rows(running) if text.startswith(f"{scripts} ")]
    assert sorted(found) == sorted(texts)


@needs_proc
@pytest.mark.parametrize("fields", [{"once": "ab" * 16}, {}], ids=["with scripts", "without"])
def test_the_same_sending_twenty_times_at_once_in_all_workers_makes_one_row(running, fields):
    text = f"At once {bool(fields)}"
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: send(running.url, comment=text, **fields), range(20)))
    assert answers == [303] * 20
    assert [found for found, _ in rows(running)].count(text) == 1


@needs_proc
def test_a_retry_after_the_whole_site_was_killed_makes_no_second_row(running):
    assert send(running.url, comment="Sunflower.", once="cd" * 16) == 303
    for pid in [*workers(running), running.process.pid]:
        os.kill(pid, signal.SIGKILL)
    running.process.wait(10)
    running.launch()
    running.wait()
    assert send(running.url, comment="Sunflower.", once="cd" * 16) == 303
    assert [text for text, _ in rows(running)].count("Sunflower.") == 1


@needs_proc
def test_a_worker_that_was_killed_stands_in_the_log_and_the_site_goes_on(running):
    killed, *_ = workers(running)
    os.kill(killed, signal.SIGKILL)
    running.until(f"Worker (pid:{killed}) was sent SIGKILL!")
    running.wait()
