"""A fix of what is on the site while a text is scheduled, alone or in a release: nothing goes out unseen,
nothing is lost.
"""

import pytest

from initiatives.models import Release, ReleaseItem, Revision
from initiatives.publishing import releases, windows
from initiatives.report.states import states
from tests.builders import change, make_initiative
from tests.initiatives.edith import pending, public, scheduled, words
from tests.initiatives.test_admin_items import answered, live, messages, url

pytestmark = pytest.mark.django_db


# What is scheduled


def test_a_field_changed_in_the_form_of_a_scheduled_text_does_not_put_that_out_unasked(desk, club):
    planned = scheduled(desk, club, title="Club of the future")
    response = desk.press(club, "_publish", summary="It meets on Tuesdays.")
    assert public(club).title == "Club"
    assert club.revisions.last() == planned  # nothing was saved either
    asked = pending(response).asked
    assert asked.sentences[0] == (
        "This form holds the text that is scheduled for March 6, 2026, 8:00 a.m. CST. If you publish, all "
        "of it goes out now."
    )
    assert asked.sentences[1] == (
        "On March 6, 2026, 8:00 a.m. CST the text “Club of the future” of version 2 takes its place, and "
        "undoes the change of: "
        "Summary."
    )
    assert [one.name for one in asked.differences] == ["title", "summary"]
    assert 'value="It meets on Tuesdays."' in words(response) or "It meets on Tuesdays.</textarea>" in words(
        response
    )


def test_the_form_says_beside_its_buttons_which_text_it_holds(desk, club, edith):
    assert "This form holds the text that is on the site now." in desk.open(club)[0]
    scheduled(desk, club, title="Later")
    page, _ = desk.open(club)
    assert "This form holds the text that is scheduled for March 6, 2026, 8:00 a.m. CST." in page
    assert f'href="{url("change", club)}?text=live">Edit what is on the site now</a>' in page
    page, sent = desk.open(club, of_public=True)
    assert "This form holds the text that is on the site now." in page
    assert sent["title"] == ["Club"]
    assert "on March 6, 2026, 8:00 a.m. CST the text “Later” of version 2 replaces this" in page
    desk.press(club, "_draft", title="Another")
    assert "This form holds the draft of edith, saved " in desk.open(club)[0]


def test_a_fix_of_the_public_text_leaves_what_is_scheduled_and_the_form_holds_that_again(desk, club, clock):
    planned = scheduled(desk, club, title="Club of the future", change_note="New name.", minor=None)
    before = desk.open(club)[1]
    told = messages(desk.fix(club, summary="It meets on Tuesdays.", change_note="The day.", minor=None))
    assert told[0].startswith("“Club” is published, and what waits goes on waiting.")
    assert (public(club).title, public(club).fields["summary"]) == ("Club", "It meets on Tuesdays.")
    assert list(Revision.objects.upcoming()) == [planned]
    after = desk.open(club)[1]
    for sent in (before, after):
        del sent["csrfmiddlewaretoken"], sent["base_revision"]
    assert after == before
    assert states([club.key])[club.key].name == "scheduled"
    clock.set("2026-03-06 09:00")
    assert (public(club).title, public(club).fields["summary"]) == (
        "Club of the future",
        "It meets on Mondays.",
    )


def test_what_would_be_undone_is_told_before_and_the_fix_goes_into_the_text_that_waits(desk, club, clock):
    scheduled(desk, club, title="Club of the future", change_note="New name.", minor=None)
    response = desk.press(club, "_publish", of_public=True, summary="It meets on Tuesdays.")
    assert public(club).fields["summary"] == "It meets on Mondays."
    assert pending(response).asked.sentences == [
        "On March 6, 2026, 8:00 a.m. CST the text “Club of the future” of version 2 takes its place, and "
        "undoes the change of: "
        "Summary."
    ]
    desk.fix(club, {"waiting": "carry"}, summary="It meets on Tuesdays.")
    later = Revision.objects.upcoming().get()
    assert (later.title, later.fields["summary"], later.note) == (
        "Club of the future",
        "It meets on Tuesdays.",
        "New name.",
    )
    sent = desk.open(club)[1]
    assert (sent["title"], sent["summary"]) == (["Club of the future"], ["It meets on Tuesdays."])
    clock.set("2026-03-06 09:00")
    assert public(club).fields["summary"] == "It meets on Tuesdays."


def test_without_an_answer_nothing_happens_and_an_answer_to_something_else_asks_again(desk, club, edith):
    scheduled(desk, club, title="Later")
    _, sent = desk.open(club, of_public=True)
    data = {**sent, "minor": "on", "_publish": "1", "summary": "Tuesdays."}
    path = desk.path(club, of_public=True)
    seen = pending(desk.client.post(path, data)).asked.seen
    for answer in (
        {"told": seen},
        {"waiting": "leave"},
        {"told": "x", "waiting": "carry"},
        {"told": seen, "waiting": "?"},
    ):
        assert pending(desk.client.post(path, {**data, **answer})).asked
    windows.cancel_scheduled(Revision.objects.upcoming().get())
    assert pending(desk.client.post(path, {**data, "told": seen, "waiting": "leave"})).asked
    assert public(club).fields["summary"] == "It meets on Mondays."


def test_what_both_change_is_asked_field_by_field_and_merged(desk, club):
    planned = scheduled(desk, club, body="One.\n\nAnd.\n\nTwo, later.")
    name = f"carry-{planned.number}-body"
    typed = {"body": "One, mended.\n\nAnd.\n\nTwo."}
    response = desk.press(club, "_publish", of_public=True, **typed)
    (clash,) = pending(response).asked.clashes
    assert (clash.name, clash.box) == (name, "One, mended.\n\nAnd.\n\nTwo, later.")
    assert "Text, version 2: what waits changes it too" in words(response)
    again = desk.fix(club, {"waiting": "carry"}, **typed)
    assert pending(again).asked.clashes
    assert public(club).fields["body"] == "One.\n\nAnd.\n\nTwo."
    desk.fix(
        club,
        {"waiting": "carry", name: "both", f"{name}-text": "One, mended.\r\n\r\nAnd.\r\n\r\nTwo, later."},
        **typed,
    )
    assert public(club).fields["body"] == "One, mended.\n\nAnd.\n\nTwo."
    assert Revision.objects.upcoming().get().fields["body"] == "One, mended.\n\nAnd.\n\nTwo, later."


@pytest.mark.parametrize(("choice", "body"), [("waiting", "Later."), ("mine", "Mended.")])
def test_of_a_clash_one_side_may_stand(desk, club, choice, body):
    planned = scheduled(desk, club, body="Later.", title="Later")
    desk.fix(club, {"waiting": "carry", f"carry-{planned.number}-body": choice}, body="Mended.")
    assert public(club).fields["body"] == "Mended."
    assert (Revision.objects.upcoming().get().fields["body"], Revision.objects.upcoming().get().title) == (
        body,
        "Later",
    )


def test_publishing_the_scheduled_text_early_with_the_fix_carried_ends_its_appointment(desk, club, clock):
    scheduled(desk, club, title="Club of the future")
    _, sent = desk.open(club)
    answered(
        desk.client,
        desk.path(club),
        {**sent, "_publish": "1", "minor": "on", "summary": "Tuesdays."},
        waiting="carry",
    )
    assert not Revision.objects.upcoming().exists()
    clock.set("2026-03-07 09:00")
    assert (public(club).title, public(club).fields["summary"]) == ("Club of the future", "Tuesdays.")
    assert states([club.key])[club.key].name == "live"


def test_of_two_scheduled_texts_each_gets_the_fix(desk, club, clock):
    scheduled(desk, club, title="A")
    desk.press(club, "_schedule", title="B", publish_at="2026-03-08T08:00")
    desk.fix(club, {"waiting": "carry"}, summary="Tuesdays.")
    shown = [(one.title, one.fields["summary"]) for one in Revision.objects.upcoming()]
    assert shown == [("A", "Tuesdays."), ("B", "Tuesdays.")]
    assert desk.open(club)[1]["title"] == ["B"]


def test_scheduling_before_what_is_scheduled_tells_what_that_undoes(desk, club):
    planned = scheduled(desk, club, title="A")
    response = desk.press(club, "_schedule", title="B", publish_at="2026-03-04T08:00")
    expected = f"the text “A” of version {planned.number} takes its place, and undoes the change of: Title."
    assert pending(response).asked.sentences == [f"On March 6, 2026, 8:00 a.m. CST {expected}"]


# In a scheduled release


@pytest.fixture
def spring(desk, club, edith, clock):
    release = Release.objects.create(name="Spring", note="New names.")
    change(club, by=edith, title="Club of the future")
    releases.add_to_release(release, club, edith)
    releases.add_to_release(
        release, make_initiative(section=club.section, title="Park", publish=False), edith
    )
    clock.set("2026-03-03 12:00")
    releases.schedule_release(release, edith, clock.now.replace(day=6))
    return release


def test_in_a_scheduled_release_the_form_says_so_and_a_publish_asks(desk, club, spring):
    assert "with the release “Spring”" in desk.open(club)[0]
    response = desk.press(club, "_publish", summary="Tuesdays.")
    assert (
        "with the release “Spring”. If you publish, all of it goes out now."
        in pending(response).asked.sentences[0]
    )
    assert public(club).title == "Club"


def test_a_fix_leaves_the_release_as_it_was_scheduled(desk, club, spring, edith, clock):
    before = set(ReleaseItem.objects.values_list("key", "revision"))
    desk.fix(club, summary="Tuesdays.")
    assert set(ReleaseItem.objects.values_list("key", "revision")) == before
    releases.refuse_newer(spring)  # nothing newer than what it was scheduled with
    assert public(club).fields["summary"] == "Tuesdays."
    clock.set("2026-03-07 12:00")
    assert sorted(live()) == ["Club of the future", "Park"]


def test_a_fix_carried_into_a_release_goes_out_with_it_and_the_others_are_untouched(
    desk, club, spring, edith, clock
):
    park = ReleaseItem.objects.exclude(key=club.key).get()
    desk.fix(club, {"waiting": "carry"}, summary="Tuesdays.")
    row = ReleaseItem.objects.get(key=club.key)
    assert (row.revision.title, row.revision.fields["summary"]) == ("Club of the future", "Tuesdays.")
    assert row.revision.live_from == Release.objects.get().live_from
    assert ReleaseItem.objects.exclude(key=club.key).get().revision == park.revision
    releases.schedule_release(spring, edith, clock.now.replace(day=7))
    clock.set("2026-03-08 12:00")
    assert public(club).fields["summary"] == "Tuesdays."
