"""Releases: several drafts before the public together, now or later: all of them or none."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives.models import Initiative, Release, ReleaseItem, Revision, Site
from initiatives.publishing import approval, batch, releases
from initiatives.publishing.publish import publish, save_draft, schedule
from initiatives.report.report import Report
from tests.builders import change, make_initiative, make_pillar, make_section, make_site

pytestmark = pytest.mark.django_db


def titles(at=None):
    return sorted(node.title for node in Report.live(at).initiatives)


def tell(release, note="", minor=False, own=None):
    """Keep in a release what the public is told, and of single items by key."""
    Release.objects.filter(pk=release.pk).update(note=note, minor=minor)
    for key, said in (own or {}).items():
        release.items.filter(key=key).update(**said)


def at(clock, **later):
    return clock.now + timedelta(**later)


def test_all_of_it_goes_out_at_one_and_the_same_instant(fall, edith):
    tell(fall, "New texts.")
    releases.publish_release(fall, edith)
    windows = Revision.objects.filter(note="New texts.")
    instants = {revision.live_from for revision in windows}
    assert windows.count() == 2
    assert len(instants) == 1
    (instant,) = instants
    assert titles(instant - timedelta(microseconds=1)) == ["Camp", "Park"]
    assert titles(instant) == ["Camp, new", "Park, new"]
    fall.refresh_from_db()
    assert (fall.live_from, fall.published_by_name) == (instant, "edith")


def test_an_item_that_changed_at_this_very_instant_does_not_split_the_release(fall, edith):
    middle = change(fall.one, title="Camp, in between")
    publish(middle, edith)
    change(fall.one, title="Camp, new")
    releases.publish_release(fall, edith)
    assert (
        len(
            {
                revision.live_from
                for revision in Revision.objects.filter(title__endswith="new", live_from__isnull=False)
            }
        )
        == 1
    )


def test_nothing_is_published_where_the_last_item_is_not_ready_and_every_item_and_field_is_named(fall, edith):
    change(fall.one, summary="")
    change(fall.other, summary="", status="")
    before = Revision.objects.count()
    with pytest.raises(batch.BlockedError) as refusal:
        releases.publish_release(fall, edith)
    assert refusal.value.by_item == {
        "Camp, new": ["Summary: Fill this in before you publish."],
        "Park, new": [
            "Summary: Fill this in before you publish.",
            "Status: Fill this in before you publish.",
        ],
    }
    assert titles() == ["Camp", "Park"]
    assert Revision.objects.count() == before
    assert Release.objects.get().live_from is None


def test_a_new_section_goes_out_with_its_new_initiatives_and_their_links_to_each_other(clock, edith):
    make_site()
    pillar = make_pillar()
    release = Release.objects.create(name="New part")
    section = make_section(pillar=pillar, slug="new", publish=False)
    sub = make_section(parent=section, publish=False)
    one = make_initiative(
        section=sub, title="One", slug="one", body="See [the other](/initiatives/two/).", publish=False
    )
    two = make_initiative(
        section=section,
        title="Two",
        slug="two",
        body="See [the first one](/initiatives/one/).",
        publish=False,
    )
    for item in (one, two, sub, section):
        releases.add_to_release(release, item, edith)
    clock.now += timedelta(seconds=1)
    with pytest.raises(ValidationError, match="is not published yet"):
        publish(two, edith)
    releases.publish_release(release, edith)
    assert titles() == ["One", "Two"]


def test_what_is_scheduled_goes_out_though_the_draft_was_changed_since(fall, edith, clock):
    tell(fall, "Note.")
    releases.schedule_release(fall, edith, at(clock, days=2))
    change(fall.one, title="Camp, newer")
    clock.now += timedelta(days=3)
    assert titles() == ["Camp, new", "Park, new"]
    assert fall.one.revisions.last().title == "Camp, newer"


def test_a_newer_draft_is_taken_in_at_the_same_moment_with_the_same_notes(fall, edith, clock):
    moment = at(clock, days=2)
    tell(fall, "Note.", own={fall.one.key: {"note": "Its own note."}})
    releases.schedule_release(fall, edith, moment)
    change(fall.one, title="Camp, newer")
    releases.take_in(fall, edith)
    clock.set("2026-03-05 12:00")
    assert titles() == ["Camp, newer", "Park, new"]
    assert {revision.note for revision in Revision.objects.filter(live_from=moment)} == {
        "Note.",
        "Its own note.",
    }


def test_a_release_moves_as_a_whole_and_keeps_its_notes(fall, edith, clock):
    tell(fall, "Note.")
    releases.schedule_release(fall, edith, at(clock, days=2))
    change(fall.one, title="Camp, newer")
    sooner = at(clock, days=1)
    releases.schedule_release(fall, edith, sooner)
    assert list(Revision.objects.upcoming().values_list("live_from", "note")) == [(sooner, "Note.")] * 2
    releases.publish_release(fall, edith)
    assert titles() == ["Camp, new", "Park, new"]
    assert not Revision.objects.upcoming().exists()


def test_a_release_that_is_called_off_is_open_again_and_loses_no_text(fall, edith, clock):
    releases.schedule_release(fall, edith, at(clock, days=2))
    count = Revision.objects.count()
    releases.cancel_release(fall)
    clock.now += timedelta(days=3)
    assert titles() == ["Camp", "Park"]
    assert Revision.objects.count() == count
    releases.publish_release(fall, edith)
    assert titles() == ["Camp, new", "Park, new"]


def test_deleting_a_scheduled_release_calls_it_off_and_keeps_the_drafts(fall, edith, clock):
    releases.schedule_release(fall, edith, at(clock, days=2))
    releases.delete_release(fall)
    assert not Revision.objects.upcoming().exists()
    assert fall.one.revisions.last().title == "Camp, new"
    assert Initiative.objects.get(key=fall.one.key).title == "Camp, new"


def test_an_item_published_alone_in_between_gets_no_second_window(fall, edith, clock):
    releases.schedule_release(fall, edith, at(clock, days=2))
    publish(fall.one, edith, "Alone.")
    began = fall.one.revisions.live().get().live_from
    clock.now += timedelta(days=3)
    assert titles() == ["Camp, new", "Park, new"]
    assert fall.one.revisions.live().get().live_from == began


def test_an_item_published_alone_before_an_open_release_stays_as_it_is(fall, edith, clock):
    publish(fall.one, edith, "Alone.")
    began = fall.one.revisions.live().get().live_from
    clock.now += timedelta(hours=1)
    tell(fall, "Together.")
    releases.publish_release(fall, edith)
    assert fall.one.revisions.live().get().live_from == began
    assert fall.other.revisions.live().get().note == "Together."


def test_what_is_held_by_a_release_is_not_scheduled_alone(fall, edith, clock):
    releases.schedule_release(fall, edith, at(clock, days=2))
    with pytest.raises(ValidationError, match="This goes out with the release “Fall”"):
        schedule(fall.one, edith, at(clock, days=1))
    newer = change(fall.one, title="Camp, newer")
    with pytest.raises(ValidationError, match="“Fall” puts another text out at that very moment"):
        schedule(newer, edith, at(clock, days=2))


def test_a_deleted_item_stops_the_release_by_name(fall, edith):
    Initiative.objects.get(key=fall.one.key).delete()
    with pytest.raises(batch.BlockedError, match="Camp, new: This item was deleted"):
        releases.publish_release(fall, edith)
    releases.remove_from_release(fall, fall.one.key, edith)
    releases.publish_release(fall, edith)
    assert titles() == ["Camp", "Park, new"]


def test_two_items_exchange_their_addresses_at_one_instant(fall, edith, clock):
    Initiative.objects.filter(pk=fall.one.pk).update(slug="passing")
    Initiative.objects.filter(pk=fall.other.pk).update(slug="camp")
    Initiative.objects.filter(pk=fall.one.pk).update(slug="park")
    releases.schedule_release(fall, edith, at(clock, days=1))
    releases.cancel_release(fall)
    releases.publish_release(fall, edith)
    report = Report.live()
    assert report.find("initiative", "park").title == "Camp, new"
    assert report.find("initiative", "camp").title == "Park, new"


def test_an_address_that_another_item_has_is_refused_in_words(fall, edith):
    Initiative.objects.filter(pk=fall.other.pk).update(slug="elsewhere")
    Initiative.objects.filter(pk=fall.one.pk).update(slug="park")
    releases.remove_from_release(fall, fall.other.key, edith)
    with pytest.raises(
        ValidationError, match=r"“Camp, new” cannot have the address “park”: “Park” has it then."
    ):
        releases.publish_release(fall, edith)
    assert titles() == ["Camp", "Park"]


def test_a_release_that_is_out_takes_nothing_more(fall, edith, clock):
    other = make_initiative(section=fall.one.section)
    releases.schedule_release(fall, edith, at(clock, days=2))
    clock.now += timedelta(days=3)
    for act in (
        lambda: releases.add_to_release(fall, other, edith),
        lambda: releases.remove_from_release(fall, fall.one.key, edith),
        lambda: releases.cancel_release(fall),
        lambda: releases.delete_release(fall),
    ):
        with pytest.raises(ValidationError, match="is out already"):
            act()
    assert ReleaseItem.objects.count() == 2


def test_an_item_comes_with_the_change_note_that_its_author_proposed(fall, edith, arthur):
    change(fall.one, title="Camp, newest")
    approval.submit(fall.one, arthur, note="The camp is new.")
    other = Release.objects.create(name="Winter")
    assert releases.add_to_release(other, fall.one, edith).note == "The camp is new."


def test_an_empty_release_and_a_time_that_is_past_are_refused(fall, edith, clock):
    with pytest.raises(ValidationError, match="Nothing is in this release yet"):
        releases.publish_release(Release.objects.create(name="Empty"), edith)
    with pytest.raises(ValidationError, match="in the future"):
        releases.schedule_release(fall, edith, at(clock, days=-1))


def test_nobody_publishes_in_a_release_what_they_may_not_change_alone(fall, edith):
    site = Site.objects.get()
    releases.add_to_release(fall, change(site, title="Another name"), by=None)
    with pytest.raises(PermissionDenied):
        releases.publish_release(fall, edith)
    assert titles() == ["Camp", "Park"]


def test_an_item_in_two_open_releases_is_known_to_be(fall, edith):
    other = Release.objects.create(name="Winter")
    releases.add_to_release(other, fall.one, edith)
    assert [release.name for release in releases.waiting_releases([fall.one.key])[fall.one.key]] == [
        "Fall",
        "Winter",
    ]
    releases.publish_release(other, edith)
    assert [release.name for release in releases.waiting_releases([fall.one.key])[fall.one.key]] == ["Fall"]


def test_adding_twice_keeps_one_row(fall, edith):
    releases.add_to_release(fall, fall.one, edith)
    assert fall.items.count() == 2


def test_where_another_has_to_approve_nobody_publishes_their_own_words_in_a_release(fall, edith, alice):
    Site.objects.update(needs_approval=True)
    fall.one.title = "Camp, in Edith's words"
    fall.one.save()
    save_draft(fall.one, edith)
    with pytest.raises(batch.BlockedError, match="Camp, in Edith's words: You wrote part of this text"):
        releases.publish_release(fall, edith)
    assert titles() == ["Camp", "Park"]
    releases.publish_release(fall, alice)
    assert titles() == ["Camp, in Edith's words", "Park, new"]
