"""The public page that says how the record is kept and how anyone can check it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from initiatives.models import DaySeal, Redaction
from tests.builders import make_site
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def _thousands_of_days(db):
    first = date(2018, 1, 1)
    DaySeal.objects.bulk_create(
        DaySeal(
            day=first + timedelta(days=n),
            until=datetime(2018, 1, 2, 6, tzinfo=UTC) + timedelta(days=n),
            entries=[["a", 1, "b"]] * 3,
            report="r",
            digest=f"{n:064}",
        )
        for n in range(3000)
    )


def test_it_says_that_nothing_is_sealed_or_removed_yet(client):
    text = words(page(client, "/record/"))
    assert "No day is sealed yet." in text
    assert "Nothing was removed so far." in text


@pytest.mark.usefixtures("_thousands_of_days")
def test_thousands_of_days_stand_on_many_pages_newest_first(client, django_assert_num_queries):
    make_site()
    with django_assert_num_queries(5):  # the tree, its text, how many seals, the seals, the redactions
        text = page(client, "/record/")
    assert f"{2999:064}" in text
    assert f"{2899:064}" not in text
    assert "Page 1 of 30" in words(text)
    assert f"{2899:064}" in page(client, "/record/?page=2")
    assert "Page 30 of 30" in words(page(client, "/record/?page=999999"))
    assert len(client.get("/record/digests.json").json()["days"]) == 3000


def test_it_names_each_redaction_with_its_reason(client):
    Redaction.objects.create(reason="A resident asked for it.")
    assert "A resident asked for it. (0 versions)" in words(page(client, "/record/"))


def test_every_page_leads_to_it_those_of_the_past_included(client, clock):
    clock.set("2026-03-01 12:00")
    make_site()
    clock.set("2026-03-02 12:00")
    assert 'href="/record/"' in page(client, "/about/")
    past = client.get("/as-of/2026-03-01/about/").content.decode()
    assert 'href="/record/"' in past
    assert 'href="/as-of/2026-03-01/record/"' not in past
    assert client.get("/as-of/2026-03-01/record/").status_code == 404


def test_residents_can_say_whether_it_helped(client):
    make_site()
    assert 'name="page" value="/record/"' in page(client, "/record/")


def test_it_can_only_be_read(client):
    for path in ("/record/", "/record/digests.json"):
        assert client.post(path).status_code == 405
