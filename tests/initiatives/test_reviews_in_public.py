"""What the public reads of reviews: when last, when next, and openly where one is overdue; on past pages
what held then.
"""

from datetime import date

import pytest

from initiatives.models import Document, Initiative, Pillar, Section, Site
from initiatives.publishing import reviews
from tests.builders import (
    make_agency,
    make_document,
    make_initiative,
    make_many,
    make_pillar,
    make_section,
    make_site,
)
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db

PLACES = {
    "/": Site,
    "/report/": Site,
    "/about/": Site,
    "/privacy/": Site,
    "/accessibility/": Site,
    "/part/": Pillar,
    "/part/youth/": Section,
    "/initiatives/camp/": Initiative,
    "/documents/": Document,
}


@pytest.fixture
def report(clock):
    """Published on March 1, 2026."""
    clock.set("2026-03-01 12:00")
    make_site(as_of="2016")
    make_document(title="A Study", slug="study")
    section = make_section(pillar=make_pillar(slug="part", title="Part"), slug="youth", title="Youth")
    return make_initiative(section=section, slug="camp", title="Camp")


def said(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return words(response.content.decode()).replace(" .", ".")


@pytest.mark.parametrize("path", PLACES)
def test_every_page_says_when_it_changed_when_it_was_reviewed_and_when_that_is_next_due(
    client, report, clock, path
):
    assert "Not yet reviewed." not in said(client, path), "The site has no review at all."
    reviews.confirm(make_agency(), None, None)
    assert "Not yet reviewed." in said(client, path)
    clock.set("2026-03-10 09:00")
    reviews.confirm(PLACES[path].objects.get(), None, date(2026, 9, 10))
    page = said(client, path)
    assert "March 1, 2026. Last reviewed: March 10, 2026. Next review due: September 10, 2026." in page
    assert "Not yet reviewed." not in page


@pytest.mark.parametrize("path", PLACES)
def test_overdue_is_said_openly(client, report, clock, path):
    reviews.set_due(PLACES[path].objects.get(), None, date(2026, 9, 10))
    clock.set("2026-09-10 23:00")
    assert "Next review due: September 10, 2026." in said(client, path)
    clock.set("2026-09-11 00:30")
    assert "A review was due on September 10, 2026. It has not happened yet." in said(client, path)


def test_a_past_page_says_what_held_at_the_end_of_that_day(client, report, clock):
    reviews.confirm(make_agency(), None, None)
    clock.set("2026-03-10 09:00")
    reviews.confirm(report, None, date(2026, 4, 1))
    clock.set("2026-05-10 09:00")
    reviews.confirm(report, None, date(2026, 9, 1))
    for day, expected in [
        ("2026-03-09", "Not yet reviewed."),
        ("2026-03-10", "Last reviewed: March 10, 2026. Next review due: April 1, 2026."),
        (
            "2026-04-02",
            "Last reviewed: March 10, 2026. A review was due on April 1, 2026. It has not happened yet.",
        ),
        ("2026-05-10", "Last reviewed: May 10, 2026. Next review due: September 1, 2026."),
    ]:
        assert expected in said(client, f"/as-of/{day}/initiatives/camp/"), day


def test_a_version_is_shown_with_what_held_when_it_became_public(client, report, clock):
    clock.set("2026-03-10 09:00")
    reviews.confirm(report, None, date(2026, 9, 10))
    assert "eviewed" not in said(client, "/initiatives/camp/history/1/")


def test_a_review_moves_no_date_of_change_no_feed_and_no_sitemap(client, report, clock):
    paths = (
        "/updates/",
        "/updates/feed/",
        "/sitemap.xml",
        "/record/digests.json",
        "/initiatives/camp/history/",
    )
    clock.set("2026-03-10 09:00")
    before = [client.get(path).content for path in paths]
    for model in PLACES.values():
        reviews.confirm(model.objects.get(), None, date(2026, 9, 10))
    assert [client.get(path).content for path in paths] == before
    assert "Last changed on this site: March 1, 2026." in said(client, "/initiatives/camp/")


def test_who_reviewed_it_is_not_for_the_public(client, report, alice):
    reviews.confirm(report, alice, None)
    assert "alice" not in said(client, "/initiatives/camp/")


@pytest.mark.parametrize("rows", [1, 50])
def test_reviews_cost_one_query_however_many_there_are(client, report, rows, django_assert_num_queries):
    make_many(10, section=report.section)
    for _ in range(rows):
        for model in set(PLACES.values()):
            reviews.confirm(model.objects.first(), None, None)
    for path in PLACES:
        with django_assert_num_queries(3):
            client.get(path)
