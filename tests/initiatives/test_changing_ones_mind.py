"""Stories of people who schedule and then change their minds: what the public sees in the end is what they
would expect.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from initiatives.models import Release, Revision
from initiatives.publishing import releases, windows
from initiatives.publishing.publish import schedule
from initiatives.report.report import Report
from tests.builders import make_initiative, make_section, make_site
from tests.initiatives.test_admin_items import answered, messages, typed, url

pytestmark = pytest.mark.django_db

FRIDAY, SATURDAY, SUNDAY = "2026-03-06T08:00", "2026-03-07T08:00", "2026-03-08T08:00"


@pytest.fixture
def camp(clock):
    clock.set("2026-03-01 12:00")
    make_site()
    item = make_initiative(title="Camp", slug="camp")
    clock.set("2026-03-02 12:00")
    return item


@pytest.fixture
def desk(as_, edith, camp):
    """Return a function that presses a button on the item's form and returns what it told."""

    def press(button, title, at=""):
        camp.refresh_from_db()
        base = camp.revisions.texts().last().number
        data = typed(camp, button, title=title, minor="on", publish_at=at, base_revision=base)
        return messages(answered(as_(edith), url("change", camp), data, waiting="leave"))

    press.unpublish = lambda at: as_(edith).post(
        url("unpublish", camp), {"reason": "", "at": at}, follow=True
    )
    press.move = lambda title, at: as_(edith).post(
        reverse("admin:scheduled_move", args=[Revision.objects.upcoming().get(title=title).pk]),
        {"at": at},
        follow=True,
    )
    press.call_off = lambda title: as_(edith).post(
        reverse("admin:scheduled_cancel", args=[Revision.objects.upcoming().get(title=title).pk])
    )
    return press


@pytest.fixture
def sees(clock):
    """Return what the public sees on a day at noon, the days after the second of March given."""

    def look(*days):
        noon = clock.now.replace(day=2, hour=18)
        shown = [[node.title for node in Report.live(noon.replace(day=day)).initiatives] for day in days]
        return ["".join(titles) for titles in shown]

    return look


def test_the_draft_that_is_edited_after_scheduling_stays_a_draft(desk, sees, as_, edith, camp):
    desk("_schedule", "A", FRIDAY)
    desk("_draft", "A, better")
    assert sees(5, 6, 9) == ["Camp", "A", "A"]
    form = " ".join(as_(edith).get(url("change", camp)).content.decode().split())
    assert "Version 2, “A”, goes out Mar 6, 2026, 8:00 a.m. CST" in form
    assert "The draft below is newer and does not go out with it." in form


def test_publishing_another_text_in_between_tells_what_replaces_it_when(desk, sees):
    desk("_schedule", "A", FRIDAY)
    told = desk("_publish", "B")
    expected = (
        "“B”: on March 6, 2026, 8:00 a.m. CST the text “A” of version 2 replaces this. To change "
        "that, open “Scheduled”."
    )
    assert told[-1] == expected
    assert sees(3, 6) == ["B", "A"]


def test_two_texts_go_out_one_after_the_other_and_either_can_be_called_off(desk, sees):
    desk("_schedule", "A", FRIDAY)
    desk("_schedule", "B", SUNDAY)
    assert sees(5, 6, 7, 8) == ["Camp", "A", "A", "B"]
    desk.call_off("A")
    assert sees(5, 6, 8) == ["Camp", "Camp", "B"]


def test_the_second_text_at_the_same_minute_takes_the_place_of_the_first(desk, sees, camp):
    desk("_schedule", "A", FRIDAY)
    desk("_schedule", "B", FRIDAY)
    assert sees(5, 6) == ["Camp", "B"]
    assert not Revision.objects.filter(title="A", live_from__isnull=False).exists()


def test_appointments_move_past_each_other(desk, sees):
    desk("_schedule", "A", FRIDAY)
    desk("_schedule", "B", SATURDAY)
    response = desk.move("A", SUNDAY)
    assert messages(response) == ["“A” goes out March 8, 2026, 8:00 a.m. CDT."]
    assert sees(6, 7, 8) == ["Camp", "B", "A"]


@pytest.mark.parametrize("at", ["", "2026-03-01T08:00", "2026-03-08T02:30", "soon"])
def test_an_appointment_keeps_its_time_where_the_new_one_is_none(desk, sees, at):
    desk("_schedule", "A", FRIDAY)
    assert messages(desk.move("A", at))[0].startswith("“A” keeps its time.")
    assert sees(5, 6) == ["Camp", "A"]


def test_the_hour_that_comes_twice_is_refused_in_words(desk, camp):
    desk("_schedule", "A", FRIDAY)
    told = messages(desk.move("A", "2026-11-01T01:30"))
    twice = (
        "November 1, 2026, 1:30 a.m. comes twice: the clocks go back then. Choose a time an hour "
        "earlier or later."
    )
    assert told == [f"“A” keeps its time. {twice}"]


def test_taking_it_off_before_a_scheduled_text_lets_that_bring_it_back(desk, sees):
    desk("_schedule", "A", SUNDAY)
    told = messages(desk.unpublish(FRIDAY))
    assert "on March 8, 2026, 8:00 a.m. CDT the text “A” of version 2 replaces this" in told[-1]
    assert sees(5, 6, 7, 8) == ["Camp", "", "", "A"]


def test_taking_it_off_after_a_scheduled_text_ends_that(desk, sees):
    desk("_schedule", "A", FRIDAY)
    desk.unpublish(SUNDAY)
    assert sees(5, 6, 7, 8) == ["Camp", "A", "A", ""]


def test_publishing_before_it_is_to_leave_tells_that_it_still_leaves(desk, sees):
    desk.unpublish(FRIDAY)
    told = desk("_publish", "B")
    assert "it leaves the site" in told[-1]
    assert sees(3, 6) == ["B", ""]


def test_what_is_not_on_the_site_then_cannot_be_taken_off_then(desk, camp):
    desk.unpublish(FRIDAY)
    assert "There is nothing to take off." in desk.unpublish(SUNDAY).content.decode()


def test_scheduling_what_is_live_already_is_refused_in_words(desk):
    assert desk("_schedule", "Camp", FRIDAY)[0] == (
        "This very text is on the site at that moment anyway. There is nothing to schedule."
    )


def test_a_server_asleep_at_that_minute_makes_no_difference(desk, sees, clock, client):
    desk("_schedule", "A", FRIDAY)
    clock.set("2026-03-20 12:00")
    assert "A" in client.get("/initiatives/camp/").content.decode()
    assert sees(5, 6) == ["Camp", "A"]


def test_what_began_meanwhile_is_neither_moved_nor_called_off(desk, camp, edith, clock):
    desk("_schedule", "A", FRIDAY)
    revision = Revision.objects.upcoming().get()
    clock.set("2026-03-07 12:00")
    for act in (
        lambda: windows.cancel_scheduled(revision),
        lambda: windows.move_window(revision, clock.now + timedelta(days=1), edith),
    ):
        with pytest.raises(ValidationError, match="no longer scheduled"):
            act()


def test_what_hangs_on_a_scheduled_section_can_be_scheduled_for_the_same_moment(camp, edith, clock):
    section = make_section(pillar=camp.section.pillar, publish=False)
    child = make_initiative(section=section, title="Child", publish=False)
    friday = clock.now + timedelta(days=4)
    schedule(section, edith, friday)
    with pytest.raises(ValidationError, match="is not published yet"):
        schedule(child, edith, friday - timedelta(hours=1))
    schedule(child, edith, friday)
    assert [node.title for node in Report.live(friday).initiatives] == ["Camp", "Child"]


# The calendar


def test_the_calendar_goes_by_day_and_month_and_shows_a_release_once(as_, edith, desk, camp, clock):
    desk("_schedule", "A", "2026-04-06T08:00")
    release = Release.objects.create(name="Fall")
    for number in range(2):
        new = make_initiative(section=camp.section, title=f"New {number}", publish=False)
        releases.add_to_release(release, new, edith)
    releases.schedule_release(release, edith, clock.now + timedelta(days=1))
    client = as_(edith)
    html = client.get(reverse("admin:scheduled")).content.decode()
    assert html.index("Tuesday, March 3, 2026") < html.index("Monday, April 6, 2026")
    assert html.count(">Fall</a>") == 1
    april = client.get(reverse("admin:scheduled"), {"month": "2026-04"}).content.decode()
    assert "Fall" not in april
    assert "Monday, April 6, 2026" in april
    for month in ("2026-13", "x", "10000-01"):
        assert client.get(reverse("admin:scheduled"), {"month": month}).status_code == 404


def test_what_goes_out_with_a_release_is_not_called_off_or_moved_alone(as_, edith, camp, clock):
    release = Release.objects.create(name="Fall")
    releases.add_to_release(release, make_initiative(section=camp.section, publish=False), edith)
    releases.schedule_release(release, edith, clock.now + timedelta(days=1))
    pk = Revision.objects.upcoming().get().pk
    for name in ("scheduled_move", "scheduled_cancel"):
        response = as_(edith).post(reverse(f"admin:{name}", args=[pk]), {"at": SUNDAY}, follow=True)
        assert "This goes out with the release “Fall”." in messages(response)[0]


def test_only_those_who_publish_move_an_appointment(as_, arthur, rita, edith, desk):
    desk("_schedule", "A", FRIDAY)
    path = reverse("admin:scheduled_move", args=[Revision.objects.upcoming().get().pk])
    for person in (arthur, rita):
        assert as_(person).post(path, {"at": SUNDAY}).status_code == 403
    assert as_(edith).get(path).status_code == 405
    assert as_(edith).post(reverse("admin:scheduled_move", args=[999]), {"at": SUNDAY}).status_code == 404


def test_a_text_that_is_scheduled_and_goes_out_now_after_all_goes_out_once_whatever_else_is_scheduled(
    camp, desk, sees, edith
):
    desk("_schedule", "A", FRIDAY)
    desk("_schedule", "B", SUNDAY)
    desk("_publish", "A")
    assert [one.title for one in Revision.objects.upcoming()] == ["B"]
    assert sees(3, 6, 8) == ["A", "A", "B"]
