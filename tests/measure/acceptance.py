"""What it costs to take a comment beside a report of 100 initiatives and of 10,000: `make measure
WHAT=acceptance`.
"""

import tracemalloc
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from time import perf_counter, process_time
from unittest import mock
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.utils import timezone

from feedback.intake import stamp
from tests.builders import make_initiative, make_many, make_site
from tests.measure.fresh import database

SIZES = [100, 10_000]
TIMES = 20
KINDS = {
    "yes alone": "",
    "words": "The lights on our street have been out since May, and nobody comes. Number {}.",
    "telephone": "Call me at 314-555-0142, or write to a.b@example.com. Number {}.",
    "link": "All of it is at https://shop.example.com/offer now. Number {}.",
}


@dataclass(frozen=True)
class Cost:
    """What one comment cost: statements, seconds, seconds of CPU, and the most memory that was newly in
    use, in bytes.
    """

    queries: int
    seconds: float
    cpu: float
    memory: int


def make_report():
    """Publish a page to comment on, and return its address."""
    make_site()
    make_initiative(slug="night-basketball")
    return "/initiatives/night-basketball/"


def send(client, address, text):
    """Send a comment as the page's form does, and follow to the thank-you page."""
    fields = {"page": address, "helpful": "yes", "comment": text, "once": uuid4().hex, "stamp": stamp.make()}
    taken = client.post(
        "/feedback/",
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert taken.status_code == 303, taken.content.decode()
    assert client.get(taken["Location"]).status_code == 200


def cost(address, text, times=TIMES):
    """Return what a comment costs on the day after the report came out: time and CPU are the least of so
    many comments.
    """
    client, numbers, spent, queries = Client(), count(1), [], []
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=1)):
        send(client, address, text.format(next(numbers)))
        for _ in range(times):
            began, cpu = perf_counter(), process_time()
            send(client, address, text.format(next(numbers)))
            spent.append((perf_counter() - began, process_time() - cpu))
        with connection.execute_wrapper(lambda execute, *asked: queries.append(asked[0]) or execute(*asked)):
            send(client, address, text.format(next(numbers)))
        tracemalloc.start()
        send(client, address, text.format(next(numbers)))
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return Cost(len(queries), min(spent)[0], min(cpu for _, cpu in spent), memory)


def main():
    """Print the figures."""
    with database():
        address = make_report()
        costs = {}
        for size, more in zip(SIZES, (SIZES[0], SIZES[1] - SIZES[0]), strict=True):
            make_many(more)
            for kind, text in KINDS.items():
                costs[size, kind] = one = cost(address, text)
                print(
                    f"{size:6,} initiatives, {kind:9}: {one.queries} queries, {one.seconds * 1000:.1f} ms, "
                    f"CPU {one.cpu * 1000:.1f} ms, {one.memory / 1024:.0f} KB"
                )
        for kind in KINDS:
            few, many = (costs[size, kind] for size in SIZES)
            print(f"{kind}: CPU times {many.cpu / few.cpu:.2f}, memory times {many.memory / few.memory:.2f}")


if __name__ == "__main__":
    main()
