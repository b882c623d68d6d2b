"""Publishing later, taking off later, change notes, and changing one's mind, from the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from initiatives.models import Review, Revision
from initiatives.report.report import Report
from tests.builders import make_initiative, make_site
from tests.initiatives.test_admin_items import answered, live, messages, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(clock):
    clock.set("2026-03-01 12:00")
    make_site()
    item = make_initiative(title="Camp", slug="camp")
    clock.set("2026-03-02 12:00")
    return item


def post(client, item, button, **changes):
    return answered(client, url("change", item), typed(item, button, **changes), waiting="leave")


def test_what_is_scheduled_goes_out_at_that_time_in_the_citys_time_zone_though_nothing_runs(
    as_, edith, camp, clock
):
    told = messages(
        post(
            as_(edith), camp, "_schedule", title="New", change_note="Renamed.", publish_at="2026-03-08T08:00"
        )
    )
    # On March 8, 2026 daylight saving time begins in St. Louis.
    assert told == [
        "“New” is scheduled for March 8, 2026, 8:00 a.m. CDT. You can change that under “Scheduled”."
    ]
    clock.set("2026-03-08 07:59")
    assert live() == ["Camp"]
    clock.set("2026-03-08 08:00")
    assert live() == ["New"]


@pytest.mark.parametrize("time", ["", "2026-03-01T08:00"])
def test_a_time_that_is_missing_or_past_is_refused_and_the_draft_kept(as_, edith, camp, time):
    told = messages(post(as_(edith), camp, "_schedule", title="New", minor="on", publish_at=time))
    assert told[-1] == "Your draft is saved, but it is not published."
    assert camp.revisions.last().title == "New"
    assert not Revision.objects.upcoming().exists()


def test_a_time_that_the_clocks_skip_is_named_as_a_mistake(as_, edith, camp):
    response = post(as_(edith), camp, "_schedule", minor="on", publish_at="2026-03-08T02:30")
    assert "There is no March 8, 2026, 2:30 a.m.: the clocks go forward then." in str(
        response.context["adminform"].form.errors
    )


def test_scheduling_the_same_text_again_moves_it(as_, edith, camp, clock):
    client = as_(edith)
    for time in ("2026-03-08T08:00", "2026-03-10T08:00", "2026-03-05T08:00"):
        post(client, camp, "_schedule", title="New", minor="on", publish_at=time)
    assert Revision.objects.upcoming().count() == 1
    clock.set("2026-03-05 08:00")
    assert live() == ["New"]


def test_publishing_in_between_leaves_what_is_scheduled(as_, edith, camp, clock):
    client = as_(edith)
    post(client, camp, "_schedule", title="Later", minor="on", publish_at="2026-03-08T08:00")
    post(client, camp, "_publish", title="Now", minor="on")
    clock.now += timedelta(seconds=1)
    assert live() == ["Now"]
    clock.set("2026-03-09 08:00")
    assert live() == ["Later"]


def test_publishing_what_was_scheduled_sends_it_out_now(as_, edith, camp, clock):
    client = as_(edith)
    post(client, camp, "_schedule", title="New", minor="on", publish_at="2026-03-08T08:00")
    post(client, camp, "_publish", title="New", minor="on")
    assert live() == ["New"]
    assert not Revision.objects.upcoming().exists()


def test_what_is_scheduled_is_listed_and_can_be_called_off(as_, edith, camp, clock):
    client = as_(edith)
    post(client, camp, "_schedule", title="New", minor="on", publish_at="2026-03-08T08:00")
    page = client.get(reverse("admin:scheduled")).content.decode()
    assert "Sunday, March 8, 2026" in page
    assert "8:00 a.m. CDT" in page
    response = client.post(
        reverse("admin:scheduled_cancel", args=[Revision.objects.upcoming().get().pk]), follow=True
    )
    assert messages(response) == ["The publication of “New” is no longer scheduled."]
    clock.set("2026-04-01 08:00")
    assert live() == ["Camp"]
    assert camp.revisions.last().title == "New"


def test_what_is_out_already_cannot_be_called_off(as_, edith, camp, clock):
    client = as_(edith)
    response = client.post(reverse("admin:scheduled_cancel", args=[camp.revisions.get().pk]), follow=True)
    assert messages(response) == ["This is no longer scheduled. Look at the history to see what happened."]
    assert live() == ["Camp"]


def test_an_item_leaves_the_site_at_a_time_and_comes_back_if_that_is_called_off(as_, edith, camp, clock):
    client = as_(edith)
    client.post(url("unpublish", camp), {"reason": "It closes.", "at": "2026-03-08T08:00"})
    assert live() == ["Camp"]
    withdrawal = Revision.objects.upcoming().get()
    clock.set("2026-03-07 08:00")
    as_(edith).post(reverse("admin:scheduled_cancel", args=[withdrawal.pk]))
    clock.set("2026-03-09 08:00")
    assert live() == ["Camp"]


def test_a_reason_and_a_successor_are_given_when_something_is_withdrawn(as_, edith, camp, clock, client):
    other = make_initiative(section=camp.section, slug="academy")
    as_(edith).post(url("unpublish", camp), {"reason": "It grew.", "successor": other.pk})
    clock.now += timedelta(seconds=1)
    assert client.get("/initiatives/camp/")["Location"] == "/initiatives/academy/"


def test_a_change_of_something_public_needs_a_note_or_the_word_that_it_is_minor(as_, edith, camp):
    client = as_(edith)
    told = messages(post(client, camp, "_publish", title="New"))
    assert told[0] == "Say what changed, for the public, or tick “Minor change”."
    assert live() == ["Camp"]
    post(client, camp, "_publish", title="New", minor="on")
    assert camp.revisions.last().minor


def test_a_tick_that_the_text_was_checked_is_no_review_before_the_text_is_public(as_, edith, camp):
    typed = {"title": "New", "minor": "on", "publish_at": "2026-03-08T08:00", "checked": "on"}
    told = messages(post(as_(edith), camp, "_schedule", **typed))
    assert "“I checked the whole text” is not kept" in told[-1]
    assert not Review.objects.filter(key=camp.key).exists()


def test_lists_and_the_outline_say_what_is_to_come_beside_what_is_live(as_, edith, camp):
    client = as_(edith)
    post(client, camp, "_schedule", title="Later", minor="on", publish_at="2026-03-08T08:00")
    post(client, camp, "_publish", title="Now", minor="on")
    for path in (url("changelist"), reverse("admin:outline")):
        assert "Text of version 2 goes out Mar 8, 2026" in client.get(path).content.decode()
    client.post(reverse("admin:scheduled_cancel", args=[Revision.objects.upcoming().get().pk]))
    client.post(url("unpublish", camp), {"reason": "It closes.", "at": "2026-03-09T08:00"})
    assert "Leaves the site Mar 9, 2026" in client.get(url("changelist")).content.decode()


def test_an_author_neither_schedules_nor_calls_off(as_, arthur, edith, camp):
    assert (
        post(
            as_(arthur), camp, "_schedule", title="New", minor="on", publish_at="2026-03-08T08:00"
        ).status_code
        == 403
    )
    post(as_(edith), camp, "_schedule", title="New", minor="on", publish_at="2026-03-08T08:00")
    pk = Revision.objects.upcoming().get().pk
    assert as_(arthur).get(reverse("admin:scheduled")).status_code == 200
    assert as_(arthur).post(reverse("admin:scheduled_cancel", args=[pk])).status_code == 403


def test_a_reviewer_sees_none_of_it(as_, rita, camp):
    for path in (
        reverse("admin:scheduled"),
        reverse("admin:removed"),
        reverse("admin:item_history", args=[camp.key]),
    ):
        assert as_(rita).get(path).status_code == 403


def test_the_report_of_a_later_moment_is_what_the_public_will_see(as_, edith, camp, clock):
    post(as_(edith), camp, "_schedule", title="New", minor="on", publish_at="2026-03-08T08:00")
    assert [node.title for node in Report.live(clock.now.replace(day=9)).initiatives] == ["New"]
