"""What changed: the page by day, and the Atom feeds."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Pillar
from tests.builders import make_agency, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def news(clock):
    """A report published on March 1; the camp's status changed on March 5, the club was withdrawn on March 6."""
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
    camp.publish(by=None, note="The camp ended.")
    clock.set("2026-03-06 12:00")
    club.withdraw(by=None, reason="It moved away.")
    camp.title = "Draft title"
    camp.save()
    camp.record(by=None)
    return camp


def test_changes_stand_by_day_in_the_citys_time_zone_newest_first(client, news):
    told = words(page(client, "/updates/"))
    places = [
        told.index(words) for words in ("March 6, 2026", "It moved away.", "March 5, 2026", "The camp ended.", "March 1, 2026")
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
    pillar.publish(None, "A new name.")
    for slug in ("other", "renamed"):
        assert "It moved away." in page(client, f"/updates/?pillar={slug}")


def test_a_new_order_is_no_news_unless_asked_for(client, news):
    news.position = 50
    news.save()
    news.publish_position(by=None)
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
    assert titles == ["Camp: status", "Camp: first published", "Part: first published", "Youth: first published"]
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in entries(client, "/initiatives/camp/feed/")[1]]
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
    news.publish(by=None)
    again = entries(client, "/initiatives/renamed/feed/")[1]
    assert again[1].findtext("a:id", namespaces=ATOM) == newest.findtext("a:id", namespaces=ATOM)


def test_what_a_word_processor_leaves_in_a_title_leaves_nobody_without_a_feed(client, news):
    news.title, news.summary = "Camp\x0bin summer\ufffe", "New."
    news.save()
    news.publish(None, "Pasted\x01 text.")
    for path in ("/updates/feed/", "/part/feed/", f"/initiatives/{news.slug}/feed/"):
        assert entries(client, path)[1][0].findtext("a:title", namespaces=ATOM).startswith("Camp in summer")


def test_what_is_scheduled_is_no_news_yet(client, news, clock):
    news.schedule(by=None, at=clock.now + timezone.timedelta(hours=1))
    assert "Draft title" not in page(client, "/updates/")
    assert "Draft title" not in client.get("/updates/feed/").content.decode()
    clock.now += timezone.timedelta(hours=2)
    assert "Draft title" in page(client, "/updates/")


@pytest.mark.parametrize("changes", [3, 60])
def test_changes_cost_a_fixed_number_of_queries(client, news, changes, django_assert_max_num_queries):
    for n in range(changes):
        news.summary = f"Summary {n}."
        news.save()
        news.publish(by=None)
    for path in ("/updates/", "/updates/feed/", reverse("pillar_feed", args=["part"])):
        with django_assert_max_num_queries(6):
            assert client.get(path).status_code == 200
