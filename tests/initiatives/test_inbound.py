"""What leads to an item: links in texts and rows, of live texts, scheduled ones and drafts, and what a
removal would break.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.links.inbound import Inbound
from initiatives.publishing.publish import publish, schedule, unpublish
from tests.builders import make_document, make_initiative, make_pillar, make_section, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(db):
    section = make_section(pillar=make_pillar(slug="prevention"), slug="children")
    return make_initiative(section=section, slug="camp", title="Camp")


def found(*items):
    return [
        (one.source.title, one.state, one.field, one.words)
        for one in Inbound().mentions(item.key for item in items)
    ]


def dead(item, **more):
    return [one.source.title for one in Inbound().dead(item.key, None, **more)]


@pytest.mark.parametrize(
    "address",
    [
        "/initiatives/camp/",
        "/initiatives/camp",
        "/initiatives/camp/?x=1#facts-heading",
        "/initiatives/c%61mp/",
    ],
)
def test_a_link_in_a_text_is_found_however_it_is_typed(camp, address):
    make_initiative(section=camp.section, title="Other", body=f"See [the camp]({address}).")
    assert found(camp) == [("Other", "live", "Body", "the camp")]


def test_a_link_in_a_row_and_one_in_the_sites_words_are_found(camp):
    other = make_initiative(section=camp.section, title="Other")
    other.links.create(label="More", url="https://city.example/initiatives/camp/")
    make_site(title="Portal", about="[The camp](/initiatives/camp/)")
    assert found(camp) == [("Portal", "live", "About", "The camp")]


def test_the_sites_own_name_before_an_address_is_no_hiding_place(camp, settings):
    settings.SITE_URL = "https://city.example"
    other = make_initiative(section=camp.section, title="Other", publish=False)
    other.links.create(label="The camp", url="https://city.example/initiatives/camp/")
    publish(other, None)
    assert found(camp) == [("Other", "live", "Links", "The camp")]


def test_an_address_that_the_item_once_had_counts(camp):
    make_initiative(section=camp.section, title="Other", body="[The camp](/initiatives/camp/)")
    camp.slug = "summer-camp"
    camp.save()
    publish(camp, None)
    assert found(camp) == [("Other", "live", "Body", "The camp")]


def test_drafts_and_scheduled_texts_are_told_apart(camp):
    draft = make_initiative(
        section=camp.section, title="Draft", body="[The camp](/initiatives/camp/)", publish=False
    )
    later = make_initiative(
        section=camp.section, title="Later", body="[The camp](/initiatives/camp/)", publish=False
    )
    schedule(later, None, timezone.now() + timedelta(days=2))
    assert [(title, state) for title, state, _, _ in found(camp)] == [
        ("Later", "scheduled"),
        ("Draft", "draft"),
    ]
    draft.delete()
    assert [title for title, *_ in found(camp)] == ["Later"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/report/#initiative.camp", "camp"),
        ("/prevention/children/#summer", "summer"),
        ("/documents/#study", "study"),
    ],
)
def test_a_place_on_another_page_counts_as_a_link_to_what_is_there(camp, address, name):
    items = {
        "camp": camp,
        "summer": make_section(parent=camp.section, slug="summer"),
        "study": make_document(slug="study"),
    }
    make_initiative(section=camp.section, title="Other", body=f"See [it]({address}).")
    (mention,) = Inbound().mentions([items[name].key])
    assert mention.is_place


def test_links_to_others_and_its_own_do_not_count(camp):
    make_initiative(
        section=camp.section,
        slug="camping",
        body="[Other](/initiatives/camping/) [Out](https://camp.example.org/)",
    )
    camp.body = "[Me](/initiatives/camp/)"
    camp.save()
    publish(camp, None)
    assert found(camp) == []


def test_a_removal_breaks_the_links_to_what_hangs_on_it_too(camp):
    elsewhere = make_section()
    make_initiative(section=elsewhere, title="Other", body="[The camp](/initiatives/camp/)")
    make_initiative(section=camp.section, title="Sister", body="[The camp](/initiatives/camp/)")
    assert dead(camp.section) == ["Other"]


def test_a_removal_breaks_the_links_to_what_it_took_the_place_of(camp):
    old = make_initiative(section=camp.section, slug="old")
    make_initiative(section=camp.section, title="Other", body="[The old camp](/initiatives/old/)")
    unpublish(old, None, successor=camp)
    assert dead(camp) == ["Other"]


def test_a_link_that_is_gone_by_then_or_comes_by_then_is_judged_by_that_time(camp, clock):
    clock.set("2026-12-01 12:00")
    leaving = make_initiative(section=camp.section, title="Leaving", body="[The camp](/initiatives/camp/)")
    leaving.body = ""
    leaving.save()
    schedule(leaving, None, timezone.now() + timedelta(days=1))
    coming = make_initiative(
        section=camp.section, title="Coming", body="[The camp](/initiatives/camp/)", publish=False
    )
    schedule(coming, None, timezone.now() + timedelta(days=3))
    assert dead(camp) == ["Coming", "Leaving"] or dead(camp) == ["Leaving", "Coming"]
    assert dead(camp, at=timezone.now() + timedelta(days=2)) == ["Coming"]


def test_a_page_that_nobody_sees_breaks_nothing(camp):
    hidden = make_section()
    make_initiative(section=hidden, title="Hidden", body="[The camp](/initiatives/camp/)")
    unpublish(hidden, None)
    assert dead(camp) == []


@pytest.mark.parametrize("size", [1, 15])
def test_it_costs_a_fixed_number_of_queries(camp, size, django_assert_max_num_queries):
    for number in range(size):
        make_initiative(section=camp.section, title=f"Other {number}", body="[The camp](/initiatives/camp/)")
    with django_assert_max_num_queries(6):
        assert len(dead(camp)) == size
