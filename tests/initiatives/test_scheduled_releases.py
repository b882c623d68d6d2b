"""A scheduled release whose items come and go: it keeps its moment and its texts, all or none, or nothing
changes.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from initiatives.models import Initiative, Revision
from initiatives.publishing import batch, delete, releases
from initiatives.publishing.publish import publish, unpublish
from tests.builders import change, make_initiative
from tests.initiatives.test_releases import at, tell, titles

pytestmark = pytest.mark.django_db


def test_a_scheduled_release_takes_more_in_and_lets_go_at_the_same_moment(fall, edith, clock):
    tell(fall, "Note.")
    moment = at(clock, days=2)
    releases.schedule_release(fall, edith, moment)
    club = make_initiative(section=fall.one.section, title="Club", publish=False)
    releases.add_to_release(fall, club, edith)
    releases.remove_from_release(fall, fall.one.key, edith)
    assert set(Revision.objects.upcoming().values_list("title", "live_from", "note")) == {
        ("Club", moment, "Note."),
        ("Park, new", moment, "Note."),
    }
    assert titles(moment) == ["Camp", "Club", "Park, new"]


def test_what_is_not_ready_does_not_come_into_a_scheduled_release_which_stays_as_it_is(fall, edith, clock):
    tell(fall, "Note.")
    releases.schedule_release(fall, edith, at(clock, days=2))
    before = list(Revision.objects.upcoming().values("pk", "live_from", "live_to", "note"))
    with pytest.raises(batch.BlockedError, match="Fill this in before you publish"):
        releases.add_to_release(
            fall, make_initiative(section=fall.one.section, summary="", publish=False), edith
        )
    assert list(Revision.objects.upcoming().values("pk", "live_from", "live_to", "note")) == before
    assert fall.items.count() == 2


def test_nothing_leaves_a_scheduled_release_that_the_rest_of_it_links_to(fall, edith, clock):
    tell(fall, "Note.")
    releases.add_to_release(
        fall, make_initiative(section=fall.one.section, slug="club", title="Club", publish=False), edith
    )
    change(fall.one, body="[The club](/initiatives/club/)")
    releases.schedule_release(fall, edith, at(clock, days=2))
    club = Initiative.objects.get(slug="club")
    with pytest.raises(batch.BlockedError, match="leads to “Club”, which is not published"):
        releases.remove_from_release(fall, club.key, edith)
    with pytest.raises(ValidationError, match="Links on the site would lead nowhere: in “Camp, new”"):
        delete.delete_item(club, edith)
    assert titles(at(clock, days=2)) == ["Camp, new", "Club", "Park, new"]


def test_a_newer_draft_does_not_slip_into_a_scheduled_release_when_another_item_comes_or_goes(
    fall, edith, clock
):
    tell(fall, "Note.")
    releases.schedule_release(fall, edith, at(clock, days=2))
    publish(fall.other, edith, "Alone.")
    clock.now += timedelta(hours=1)
    change(fall.other, title="Park, half done")
    for act in (
        lambda: releases.remove_from_release(fall, fall.one.key, edith),
        lambda: releases.add_to_release(fall, fall.one, edith),
    ):
        with pytest.raises(
            ValidationError, match=r"Newer drafts are not in “Fall”: “Park, half done”. Take them in first"
        ):
            act()
    assert titles(at(clock, days=2)) == ["Camp, new", "Park, new"]


def test_a_scheduled_release_that_loses_its_last_item_is_open_again(fall, edith, clock):
    tell(fall, "Note.")
    releases.schedule_release(fall, edith, at(clock, days=2))
    releases.remove_from_release(fall, fall.one.key, edith)
    releases.remove_from_release(fall, fall.other.key, edith)
    fall.refresh_from_db()
    assert (fall.live_from, Revision.objects.upcoming().count()) == (None, 0)


def test_what_is_taken_off_the_site_leaves_its_scheduled_releases_and_does_not_come_back_with_them(
    fall, edith, clock
):
    tell(fall, "Note.")
    releases.schedule_release(fall, edith, at(clock, days=2))
    unpublish(fall.one, edith, "Wrong.")
    releases.take_in(fall, edith)
    assert titles(at(clock, days=2)) == ["Park, new"]
    unpublish(fall.other, edith, "Wrong too.")
    fall.refresh_from_db()
    assert fall.live_from is None


def test_what_is_to_leave_later_stays_in_its_release(fall, edith, clock):
    releases.schedule_release(fall, edith, at(clock, days=2))
    unpublish(fall.one, edith, at=at(clock, days=3))
    assert titles(at(clock, days=2)) == ["Camp, new", "Park, new"]
    assert titles(at(clock, days=4)) == ["Park, new"]


def test_what_is_added_must_not_go_out_without_a_word(fall, edith, clock):
    tell(fall, own={key: {"minor": True} for key in (fall.one.key, fall.other.key)})
    releases.schedule_release(fall, edith, at(clock, days=2))
    with pytest.raises(ValidationError, match="Say what changes, for the public"):
        releases.add_to_release(fall, make_initiative(section=fall.one.section, publish=False), edith)
