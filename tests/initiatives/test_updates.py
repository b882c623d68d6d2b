"""What changed: the page by day, and the Atom feeds."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Pillar
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from tests.builders import change, make_agency, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def news(clock):
    """A report published on March 1; the camp's status changed on March 5, the club was withdrawn on March
    6.
    """
    clock.set("2026-03-01 12:00")
    make_site(title="The Portal")
    section = make_section(pillar=make_pillar(slug="part", title="Part"), slug="youth", title="Youth")
    other = make_section(pillar=make_pillar(slug="other", title="Other part"))
    camp = make_initiative(section=section, slug="camp", title="Camp")
    club = make_initiative(section=other, slug="club", title="Club")
    make_agency(title="An agency")
    clock.set("2026-03-05 22:30")
    camp.status = "completed"
    camp.save()
    publish(camp, by=None, note="The camp ended.")
    clock.set("2026-03-06 12:00")
    unpublish(club, by=None, reason="It moved away.")
    camp.title = "Draft title"
    camp.save()
    save_draft(camp, by=None)
    return camp


def test_changes_stand_by_day_in_the_citys_time_zone_newest_first(client, news):
    told = words(page(client, "/updates/"))
    places = [
        told.index(words)
        for words in ("March 6, 2026", "It moved away.", "March 5, 2026", "The camp ended.", "March 1, 2026")
    ]
    assert places == sorted(places)
    assert "Draft title" not in told
    assert "An agency" not in told


def test_they_are_filtered_by_pillar_and_kind(client, news):
    assert "It moved away." not in page(client, "/updates/?pillar=part")
    assert "It moved away." in page(client, "/updates/?pillar=other")
    told = page(client, "/updates/?kind=status")
    assert "The camp ended." in told
    assert "First published" not in words(told).split("All kinds")[1].split("Show")[1]
    assert client.get("/updates/?pillar=nothing").status_code == 404
    assert client.get("/updates/?kind=nothing").status_code == 404


def test_a_filter_by_a_pillars_old_address_goes_on(client, news):
    pillar = Pillar.objects.get(slug="other")
    pillar.slug = "renamed"
    pillar.save()
    publish(pillar, None, "A new name.")
    for slug in ("other", "renamed"):
        assert "It moved away." in page(client, f"/updates/?pillar={slug}")


def test_a_new_order_is_no_news_unless_asked_for(client, news):
    news.position = 50
    news.save()
    publish_position(news, by=None)
    assert page(client, "/updates/").count("Place in the list") == 1
    assert page(client, "/updates/?kind=order").count("Place in the list") == 2


@pytest.mark.parametrize("query", ["page=0", "page=99999", "page=x", "page=-1"])
def test_odd_pages_show_the_nearest_one(client, news, query):
    assert client.get(f"/updates/?{query}").status_code == 200


def test_a_report_that_was_loaded_whole_is_one_piece_of_news(client, real_report):
    told = words(page(client, "/updates/"))
    assert "pages were published for the first time" in told


def entries(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    return root, root.findall("a:entry", ATOM)


def test_a_feed_tells_of_all_a_pillar_or_an_initiative(client, news):
    assert len(entries(client, "/updates/feed/")[1]) == 9
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in entries(client, "/part/feed/")[1]]
    assert titles == [
        "Camp: status",
        "Camp: first published",
        "Part: first published",
        "Youth: first published",
    ]
    titles = [
        entry.findtext("a:title", namespaces=ATOM) for entry in entries(client, "/initiatives/camp/feed/")[1]
    ]
    assert titles == ["Camp: status", "Camp: first published"]
    assert len(entries(client, "/initiatives/club/feed/")[1]) == 2
    assert client.get("/initiatives/nothing/feed/").status_code == 404


def test_ids_are_stable_and_updated_is_when_it_became_public(client, news):
    root, found = entries(client, "/initiatives/camp/feed/")
    newest = found[0]
    assert newest.findtext("a:id", namespaces=ATOM) == f"tag:testserver,2026:{news.key}/2"
    assert newest.findtext("a:updated", namespaces=ATOM) == "2026-03-06T04:30:00+00:00"
    assert root.findtext("a:updated", namespaces=ATOM) == newest.findtext("a:updated", namespaces=ATOM)
    news.slug = "renamed"
    news.save()
    publish(news, by=None)
    again = entries(client, "/initiatives/renamed/feed/")[1]
    assert again[1].findtext("a:id", namespaces=ATOM) == newest.findtext("a:id", namespaces=ATOM)


def test_what_a_word_processor_leaves_in_a_title_leaves_nobody_without_a_feed(client, news):
    news.title, news.summary = "Camp\x0bin summer\ufffe", "New."
    news.save()
    publish(news, None, "Pasted\x01 text.")
    for path in ("/updates/feed/", "/part/feed/", f"/initiatives/{news.slug}/feed/"):
        assert entries(client, path)[1][0].findtext("a:title", namespaces=ATOM).startswith("Camp in summer")


def test_what_is_scheduled_is_no_news_yet(client, news, clock):
    schedule(news, by=None, at=clock.now + timezone.timedelta(hours=1))
    assert "Draft title" not in page(client, "/updates/")
    assert "Draft title" not in client.get("/updates/feed/").content.decode()
    clock.now += timezone.timedelta(hours=2)
    assert "Draft title" in page(client, "/updates/")


@pytest.mark.parametrize("changes", [3, 60])
def test_changes_cost_a_fixed_number_of_queries(client, news, changes, django_assert_max_num_queries):
    for n in range(changes):
        news.summary = f"Summary {n}."
        news.save()
        publish(news, by=None)
    for path in ("/updates/", "/updates/feed/", reverse("pillar_feed", args=["part"])):
        with django_assert_max_num_queries(6):
            assert client.get(path).status_code == 200


# A day with many


@pytest.fixture
def loaded(clock):
    """133 pages published on one day, another change on that day and one of the next month, years apart
    from a first one.
    """
    clock.set("2024-05-01 12:00")
    make_site(title="The Portal")
    section = make_section(pillar=make_pillar(slug="part", title="Part"), slug="youth")
    clock.set("2026-03-05 10:00")
    items = [make_initiative(section=section, title=f"Page {n:03}") for n in range(133)]
    clock.set("2026-03-05 12:00")
    publish(change(items[0], title="Page zero"), None, "A better name.")
    clock.set("2026-04-01 12:00")
    publish(change(items[1], status="completed"), None, "It ended.")
    return items


def test_a_days_many_first_publications_are_counted_whole_and_told_once(client, loaded):
    text = page(client, "/updates/")
    assert re.findall(r"(\d+) pages were published for the first time", words(text)) == ["133"]
    assert (
        words(text).index("It ended.")
        < words(text).index("A better name.")
        < words(text).index("May 1, 2024")
    )
    assert all(f"Page {n:03}" in text for n in range(2, 133))
    assert "Pages of changes" not in text
    assert "50 pages" not in words(page(client, "/updates/?pillar=part"))
    assert "133 pages" in words(page(client, "/updates/?kind=first"))


def test_changes_of_a_year_and_a_month_are_found(client, loaded):
    assert "It ended." in page(client, "/updates/?year=2026&month=4")
    told = words(page(client, "/updates/?year=2026&month=3"))
    assert "It ended." not in told and "A better name." in told and "May 1, 2024" not in told
    assert "May 1, 2024" in words(page(client, "/updates/?year=2024"))
    assert re.findall(r'<option value="(20\d\d)"', page(client, "/updates/")) == ["2026", "2025", "2024"]
    assert "Nothing of this kind has changed." in page(client, "/updates/?year=2025")


@pytest.mark.parametrize(
    "query", ["year=x", "year=0", "year=99999", "year=٢٠٢٦", "month=0", "month=13", "month=x"]
)
def test_a_year_or_month_that_there_is_not_is_not_found(client, news, query):
    assert client.get(f"/updates/?{query}").status_code == 404


def canonical(client, path):
    return re.search(r'<link rel="canonical" href="http://testserver([^"]+)"', page(client, path))[1]


def test_a_later_page_is_its_own_address(client, loaded, clock):
    for n in range(60):
        clock.now += timezone.timedelta(minutes=1)
        publish(change(loaded[2], summary=f"Summary {n}."), None, "Again.")
    assert canonical(client, "/updates/") == canonical(client, "/updates/?page=1&x=y") == "/updates/"
    assert canonical(client, "/updates/?page=2") == "/updates/?page=2"
    assert canonical(client, "/updates/?page=2&kind=wording&x=y") == "/updates/?kind=wording&amp;page=2"
    titles = [re.search("<title>(.*?)</title>", page(client, f"/updates/?page={n}"))[1] for n in (1, 2)]
    assert titles == ["What changed – The Portal", "What changed, page 2 – The Portal"]


# What a feed tells


FEEDS = {
    "/": "/updates/feed/",
    "/updates/": "/updates/feed/",
    "/updates/?pillar=part": "/part/feed/",
    "/part/": "/part/feed/",
}


@pytest.mark.parametrize(
    ("path", "feed"), [*FEEDS.items(), ("/initiatives/camp/", "/initiatives/camp/feed/")]
)
def test_a_page_that_has_a_feed_names_it_in_its_head(client, news, path, feed):
    head = " ".join(page(client, path).partition("</head>")[0].split())
    found = re.search(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', head
    )
    assert found[1] == feed
    assert client.get(feed).status_code == 200


@pytest.mark.parametrize(
    "path", ["/about/", "/part/youth/", "/as-of/2026-03-05/part/", "/initiatives/camp/history/1/"]
)
def test_a_page_that_has_none_names_none(client, news, path):
    assert 'rel="alternate"' not in page(client, path)


def test_a_minor_change_is_marked_on_the_page_and_left_out_of_every_feed(client, news, clock):
    clock.set("2026-03-07 12:00")
    publish(change(news, summary="A comma."), None, "A comma.", minor=True)
    assert "Said to be minor" in words(page(client, "/updates/"))
    for path in ("/updates/feed/", "/part/feed/", f"/initiatives/{news.slug}/feed/"):
        root, found = entries(client, path)
        assert "A comma." not in "".join(root.itertext())
        assert found


def test_no_summary_in_a_feed_is_empty_and_text_stays_text(client, news, clock):
    clock.set("2026-03-07 12:00")
    publish(change(news, title="Ask <patrols@example.org> & co"), None, "Write to <patrols@example.org>.")
    clock.set("2026-03-08 12:00")
    publish(change(news, status="planned", summary="New."), None, "  ")
    for path in ("/updates/feed/", "/part/feed/", f"/initiatives/{news.slug}/feed/"):
        told = [entry.find("a:summary", ATOM) for entry in entries(client, path)[1]]
        assert all(summary.text.strip() and summary.get("type") == "text" for summary in told)
        assert [summary.text for summary in told][:2] == [
            "Wording, status.",
            "Write to <patrols@example.org>.",
        ]
        assert (
            entries(client, path)[1][1]
            .findtext("a:title", namespaces=ATOM)
            .startswith("Ask <patrols@example.org> & co")
        )


def test_entries_of_one_instant_have_times_of_their_own(client, loaded):
    for path in ("/updates/feed/", "/part/feed/"):
        times = [entry.findtext("a:updated", namespaces=ATOM) for entry in entries(client, path)[1]]
        assert len(times) == 50 == len(set(times))
        assert times == sorted(times, reverse=True, key=datetime.fromisoformat)
