"""What every public page has, whatever it is about: its outline, its head, its headers, its cost."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from initiatives.publishing.publish import publish
from tests.builders import make_initiative, make_many
from tests.initiatives.reading import PATHS, page

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.levels, self.ids = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_one_h1_and_no_skipped_heading_and_no_id_twice(client, camp, path):
    outline = Outline(page(client, path))
    assert outline.levels.count(1) == 1
    assert all(
        after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False)
    ), outline.levels
    assert len(outline.ids) == len(set(outline.ids))


def test_titles_name_page_and_site_and_differ(client, camp):
    titles = [re.search("<title>(.*?)</title>", page(client, path), re.DOTALL)[1] for path in PATHS]
    assert len(set(titles)) == len(titles)
    assert all("The Portal" in title for title in titles)
    assert titles[-1] == "Summer Camp – The Portal"


@pytest.mark.parametrize("path", PATHS)
def test_every_page_tells_machines_what_it_is(client, camp, settings, path):
    settings.SITE_URL = "https://safety.example.gov"
    text = page(client, path)
    assert f'<link rel="canonical" href="https://safety.example.gov{path}">' in text
    assert re.search(r'<meta name="description"\s+content="[^"]+">', text)
    assert 'property="og:image" content="https://safety.example.gov/static/img/share' in re.sub(
        r"\s+", " ", text
    )


def test_structured_data_is_json_that_names_the_way_down_and_cannot_end_its_element(client, camp):
    camp.title = "</script><script>alert(1)</script>"
    camp.save()
    publish(camp, by=None)
    text = page(client, "/initiatives/camp/")
    assert "<script>alert" not in text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])
    names = [step["name"] for step in data["breadcrumb"]["itemListElement"]]
    assert names == ["The Portal", "Prevention", "Children", "Summer", "</script><script>alert(1)</script>"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_sets_a_cookie_or_varies_by_one_or_holds_inline_code(client, camp, path):
    client.cookies["sessionid"] = "stranger"
    response = client.get(path)
    text = response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, no-cache"
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_can_only_be_read(client, camp, path, method):
    assert getattr(client, method)(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("count", [10, 1000])
def test_pages_cost_three_queries_whatever_the_size(client, camp, django_assert_num_queries, count):
    make_many(count, section=camp.section)
    for path in PATHS:
        # 1. the tree of revisions that are live now; 2. the rendered text of those that the page shows; 3.
        # their reviews
        with django_assert_num_queries(3):
            client.get(path)


def test_a_page_begins_with_its_doctype_and_the_home_pages_title_is_spaced(client, camp):
    text = page(client, "/")
    assert text.startswith("<!DOCTYPE html>")
    assert "<title>The Portal – Testville</title>" in text


def test_every_moment_is_one_that_machines_read(client, camp, clock):
    camp.summary = "Changed."
    camp.save()
    publish(camp, by=None)
    number = camp.revisions.live().get().number
    for path in (
        "/initiatives/camp/history/",
        f"/initiatives/camp/history/{number}/",
        "/record/",
        "/initiatives/camp/",
    ):
        moments = re.findall(r'<time datetime="([^"]*)"', page(client, path))
        assert all(re.fullmatch(r"\d{4}-\d\d(-\d\d)?(T\d\d:\d\d:\d\d[+-]\d{4})?", one) for one in moments), (
            moments
        )


def test_what_stands_alone_in_its_section_has_no_empty_list_of_others(client, db):
    make_initiative(slug="alone", title="Alone")
    text = page(client, "/initiatives/alone/")
    assert "In the same section" not in text
    assert "All of <a" in text


def test_the_banner_of_the_past_keeps_its_digest_folded(client, camp):
    number = camp.revisions.live().get().number
    for path in (
        f"/as-of/{timezone.localdate()}/initiatives/camp/",
        f"/initiatives/camp/history/{number}/",
    ):
        before, folded = page(client, path).split('<details class="digest">')
        assert not re.search(r"[0-9a-f]{64}", before.split('class="past"')[1])
        assert re.search(r"[0-9a-f]{64}", folded.split("</details>")[0])
