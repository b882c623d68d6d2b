"""The site as it stood at the end of any day."""

import re
from datetime import date
from html import unescape

import pytest
from django.utils import timezone

from initiatives.exchange.uploads import store_image
from initiatives.models import Revision, Site
from initiatives.publishing.publish import publish, schedule, unpublish
from tests.builders import make_initiative, make_many, make_pillar, make_section, make_site
from tests.initiatives.reading import words
from tests.initiatives.test_admin_uploads import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(clock):
    """A camp that was published on March 1, renamed and moved on March 5 at 11 at night, and withdrawn on
    March 9.
    """
    clock.set("2026-03-01 12:00")
    make_site(title="The Portal", tagline="First tagline")
    section = make_section(pillar=make_pillar(slug="part", title="Part"), slug="youth", title="Youth")
    other = make_section(pillar=section.pillar, slug="parks", title="Parks")
    camp = make_initiative(section=section, slug="camp", title="Camp", body="See [the part](/part/).")
    clock.set("2026-03-05 23:00")
    camp.slug, camp.title, camp.section = "summer-camp", "Summer Camp", other
    camp.save()
    publish(camp, by=None)
    clock.set("2026-03-09 08:00")
    unpublish(camp, by=None)
    clock.set("2026-03-20 12:00")
    return camp


def get(client, path):
    return client.get(path).content.decode()


def test_a_page_is_shown_as_it_stood_at_the_end_of_the_day_in_the_citys_time_zone(client, past):
    assert "<h1>Camp</h1>" in get(client, "/as-of/2026-03-04/initiatives/camp/")
    assert "<h1>Summer Camp</h1>" in get(client, "/as-of/2026-03-05/initiatives/summer-camp/")


def test_an_address_that_came_later_is_not_there_and_an_old_one_leads_on(client, past):
    response = client.get("/as-of/2026-03-04/initiatives/summer-camp/")
    assert response.status_code == 404
    assert "There was no page at this address on that day" in response.content.decode()
    assert (
        client.get("/as-of/2026-03-06/initiatives/camp/")["Location"]
        == "/as-of/2026-03-06/initiatives/summer-camp/"
    )


def test_a_withdrawn_page_is_gone_from_the_day_it_went(client, past):
    assert client.get("/as-of/2026-03-08/initiatives/summer-camp/").status_code == 200
    assert client.get("/as-of/2026-03-09/initiatives/summer-camp/").status_code == 410


def test_the_tree_stands_as_it_stood(client, past):
    assert "Camp" in words(get(client, "/as-of/2026-03-04/part/youth/"))
    assert "Summer Camp" not in words(get(client, "/as-of/2026-03-06/part/youth/"))
    assert "Summer Camp" in words(get(client, "/as-of/2026-03-06/part/parks/"))
    assert "Summer Camp" in words(get(client, "/as-of/2026-03-06/report/"))


def test_every_link_stays_in_that_day_but_the_way_back(client, past):
    text = get(client, "/as-of/2026-03-04/initiatives/camp/")
    assert 'href="/as-of/2026-03-04/part/"' in text
    assert re.search('<a href="/as-of/2026-03-04/part/"[^>]*>the part</a>', text)
    assert '<a href="/initiatives/camp/">Go to today' in " ".join(text.split())
    assert 'href="/part/' not in text
    assert '"/static/css/site' in text


@pytest.mark.parametrize(
    "path",
    ["", "report/", "documents/", "about/", "privacy/", "accessibility/", "updates/", "part/", "part/youth/"],
)
def test_every_page_has_its_past_marked_kept_from_search_engines_and_without_a_form(client, past, path):
    response = client.get(f"/as-of/2026-03-05/{path}")
    text = response.content.decode()
    assert response.status_code == 200
    assert "This is the past." in text
    assert "March 5, 2026" in text
    assert response["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in text
    assert 'rel="canonical"' not in text
    assert 'name="comment"' not in text
    assert not response.cookies


@pytest.mark.parametrize(
    "path", ["", "report/", "updates/", "you-said-we-did/", "part/youth/", "initiatives/camp/history/"]
)
def test_no_link_of_the_past_is_dead(client, past, path):
    links = re.findall(r'href="(/[^"#]*)', get(client, f"/as-of/2026-03-04/{path}"))
    found = {
        link: client.get(unescape(link), follow=True).status_code
        for link in links
        if not link.startswith("/static/")
    }
    assert found and set(found.values()) == {200}, found


def test_settings_of_the_site_are_those_of_that_day(client, past, clock):
    site = Site.objects.get()
    site.tagline = "Second tagline"
    site.save()
    publish(site, by=None)
    assert "First tagline" in get(client, "/as-of/2026-03-19/")
    assert "Second tagline" in get(client, "/as-of/2026-03-20/")


def test_before_the_first_publish_it_says_so_and_names_the_first_day(client, past):
    response = client.get("/as-of/2026-02-28/report/")
    assert response.status_code == 404
    assert "The city first published this report on March 1, 2026." in words(response.content.decode())
    assert 'href="/as-of/2026-03-01/"' in response.content.decode()


def test_a_day_to_come_is_refused_so_that_what_is_scheduled_stays_unseen(client, past, clock):
    item = make_initiative(title="Tomorrow's news", publish=False)
    publish(item.section.pillar, by=None)
    clock.set("2026-03-20 13:00")
    schedule(item, by=None, at=timezone.now() + timezone.timedelta(hours=3))
    for day in ("2026-03-20", "2026-03-21"):
        assert "Tomorrow&#x27;s news" not in get(client, f"/as-of/{day}/report/")
    assert "That day has not come yet" in get(client, "/as-of/2026-03-21/report/")


@pytest.mark.parametrize(
    "path",
    ["2026-02-30/", "2026-3-1/", "x/", "2026-03-05/nowhere/x/y/", "2026-03-05/admin/", "2026-03-05/as-of/"],
)
def test_what_is_no_day_or_no_page_is_not_found(client, past, path):
    assert client.get(f"/as-of/{path}").status_code == 404


def test_files_feeds_and_forms_have_no_past(client, past):
    for path in ("sitemap.xml", "feedback/", "updates/feed/", "healthz", "as-of/2026-03-04/"):
        assert client.get(f"/as-of/2026-03-05/{path}").status_code == 404


def test_an_address_without_its_last_slash_is_mended(client, past):
    assert client.get("/as-of/2026-03-05/report")["Location"] == "/as-of/2026-03-05/report/"


def test_a_day_is_chosen_and_leads_to_the_same_page_on_that_day(client, past):
    assert (
        client.get("/as-of/?day=2026-03-04&page=/part/youth/")["Location"] == "/as-of/2026-03-04/part/youth/"
    )
    assert client.get("/as-of/?day=2026-03-04&page=//evil.example/")["Location"] == "/as-of/2026-03-04/"
    assert client.get("/as-of/?day=2026-03-04&page=/admin/")["Location"] == "/as-of/2026-03-04/"
    assert "is not a day" in get(client, "/as-of/?day=yesterday")
    assert "The record begins on March 1, 2026." in words(get(client, "/as-of/"))


def test_the_way_to_another_day_stands_on_every_page(client, past):
    assert 'href="/as-of/?page=/part/youth/"' in get(client, "/part/youth/")


def revise(item, times):
    """Put many closed versions of an item on the record, before its live one."""
    live = item.revisions.live().get()
    step = timezone.timedelta(seconds=1)
    start = live.live_from - times * step
    rows = [
        live.copy(number=n + 1, live_from=start + n * step, live_to=start + (n + 1) * step)
        for n in range(times)
    ]
    Revision.objects.filter(pk=live.pk).update(number=times + 1)
    Revision.objects.bulk_create(rows)


@pytest.mark.parametrize("revisions", [10, 10_000])
def test_the_past_costs_as_many_queries_as_today_however_long_the_record(
    client, revisions, django_assert_num_queries
):
    make_site()
    make_many(10)
    revise(make_initiative(), revisions)
    day = timezone.localdate()
    for path in ("/", "/report/"):
        with django_assert_num_queries(3):
            assert client.get(path).status_code == 200
        with django_assert_num_queries(3):
            assert client.get(f"/as-of/{day}{path}").status_code == 200


def test_the_address_of_the_last_moment_of_a_day_is_not_that_of_the_next(client, clock):
    clock.set("2026-03-07 23:59")
    make_site(tagline="On Saturday")
    clock.set("2026-03-09 12:00")
    # March 8, 2026 has 23 hours in St. Louis.
    for day in (date(2026, 3, 7), date(2026, 3, 8)):
        assert "On Saturday" in get(client, f"/as-of/{day}/")


def test_an_image_of_the_past_is_shown(client):
    make_site()
    image = store_image(png(), "A park")
    make_initiative(slug="camp", image=image, image_alt="A park")
    page = client.get(f"/as-of/{timezone.localdate()}/initiatives/camp/").content.decode()
    source = re.search(rf'src="([^"]+{image.file.name})"', page)[1]
    assert client.get(source, follow=True).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_of_all_calendars_are_answered(client, db, day):
    make_initiative()
    assert client.get(f"/as-of/{day}/").status_code == 404
