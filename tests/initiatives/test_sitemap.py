"""The sitemap: every public page, its day, and no draft."""

import re

import pytest
from django.utils.timezone import localdate

from initiatives.publishing.publish import unpublish
from tests.builders import make_document, make_initiative, make_many, make_section, make_site

pytestmark = pytest.mark.django_db


def paths(client):
    return re.findall(r"<loc>http://testserver(/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())


def test_it_names_every_public_page_and_each_answers(client):
    make_site()
    item = make_initiative()
    section = item.section
    make_section(parent=section)
    make_document()
    found = paths(client)
    assert {
        "/",
        "/report/",
        "/updates/",
        "/record/",
        "/documents/",
        "/about/",
        "/privacy/",
        "/accessibility/",
    } <= set(found)
    assert {
        f"/{section.pillar.slug}/",
        f"/{section.pillar.slug}/{section.slug}/",
        f"/initiatives/{item.slug}/",
    } <= set(found)
    assert "/you-said-we-did/" in found
    assert len(found) == len(set(found))
    assert {client.get(path).status_code for path in found} == {200}


def test_it_says_when_a_page_last_changed(client):
    item = make_initiative()
    day = localdate(item.revisions.get().live_from).isoformat()
    text = client.get("/sitemap.xml").content.decode()
    entry = text[text.index(f"/initiatives/{item.slug}/") :]
    assert entry[: entry.index("</url>")].count(f"<lastmod>{day}</lastmod>") == 1


def test_drafts_and_unpublished_items_are_not_in_it(client):
    draft, gone = make_initiative(publish=False), make_initiative()
    unpublish(gone, by=None)
    assert not {f"/initiatives/{draft.slug}/", f"/initiatives/{gone.slug}/"} & set(paths(client))


def test_it_is_xml_and_can_only_be_read(client):
    assert client.get("/sitemap.xml")["Content-Type"] == "application/xml"
    assert client.post("/sitemap.xml").status_code == 405


def test_addresses_are_those_of_the_site_whatever_the_host(client, settings):
    settings.SITE_URL = "https://safety.example.gov"
    assert b"<loc>https://safety.example.gov/</loc>" in client.get("/sitemap.xml").content


@pytest.mark.parametrize("count", [10, 1000])
def test_it_costs_one_query(client, django_assert_num_queries, count):
    make_many(count)
    with django_assert_num_queries(1):
        found = paths(client)
    assert sum(path.startswith("/initiatives/") for path in found) == count
