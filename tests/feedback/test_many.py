"""The inbox with many comments: what it asks the database does not depend on how many there are.

PORTAL_MANY=100000 has the second round of that size, and prints how long each page takes.
"""

import os
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.models import Comment
from initiatives.report.report import Report
from tests.builders import make_initiative, make_pillar, make_section
from tests.feedback.many import make_comments

MANY = int(os.environ.get("PORTAL_MANY", "10000"))
LIST = "/admin/feedback/comment/"
MOST_QUERIES = 18


@pytest.fixture
def pages(db):
    section = make_section(pillar=make_pillar(title="Policing"))
    for _ in range(5):
        make_initiative(section=section)


def addresses():
    """The inbox, each of its filters, its search, the triage and the table of rules."""
    pillar = Report.live().pillars[0]
    like = Comment.objects.filter(shape__isnull=False).first()
    filters = [
        *(
            "",
            "state=all",
            "state=all&n=2",
            "state=held",
            "state=all&q=street",
            "state=all&q=cafe+CAMERA",
            "state=all&answer=no",
        ),
        *(
            f"state=all&under={pillar.key}",
            "state=all&under=gone",
            "state=all&under=/about/",
            "state=all&language=es",
        ),
        *(
            "state=all&since=2029-06-01&until=2029-07-01",
            f"state=all&tag={like.tags.model.objects.first().pk}",
        ),
        *("state=all&assigned=me", "state=all&mark=personal", "state=all&mark=noted", "state=all&rule=links"),
        f"state=all&like={like.pk}",
    ]
    return [f"{LIST}?{query}" for query in filters] + [
        f"{LIST}triage/?state=all&q=street",
        f"{LIST}rules/",
        f"{LIST}{like.pk}/change/",
    ]


def counted(client, address):
    """Return how many queries a page costs, and in how many seconds it answers."""
    client.get(address)  # the session is stored once
    began = perf_counter()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries), perf_counter() - began


def test_no_page_asks_more_of_the_database_for_many_comments_than_for_few(as_, rita, pages):
    client = as_(rita)
    make_comments(200)
    few = {address.partition("like=")[0]: counted(client, address)[0] for address in addresses()[:-1]}
    make_comments(MANY, seed=2)
    for address in addresses()[:-1]:
        queries, seconds = counted(client, address)
        print(f"{seconds:6.3f} s {queries} queries {address}")
        assert queries <= min(few[address.partition("like=")[0]] + 1, MOST_QUERIES), address
    queries, _ = counted(client, addresses()[-1])
    assert queries <= MOST_QUERIES + 6


def test_the_generator_makes_the_same_comments_for_the_same_seed(pages):
    make_comments(50, seed=7)
    first = list(
        Comment.objects.order_by("date", "text", "page").values_list("date", "text", "page", "state")
    )
    Comment.objects.all().delete()
    make_comments(50, seed=7)
    assert first == list(
        Comment.objects.order_by("date", "text", "page").values_list("date", "text", "page", "state")
    )
    assert {state for *_, state in first} == set(Comment.State.values)
