"""What is typed beside a draft, its change note and a time, is kept, asked about or handed back: never
dropped unsaid.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from initiatives.models import Release, Revision, Submission
from initiatives.publishing import approval, authorship, releases, windows
from initiatives.publishing.publish import schedule
from tests.builders import change, make_initiative
from tests.initiatives.test_admin_items import live, messages, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(clock):
    clock.set("2026-03-01 12:00")
    return make_initiative(title="Old")


def form_of(client, item):
    return client.get(url("change", item)).context["adminform"].form


def test_a_change_note_and_the_tick_beside_it_stay_with_the_draft(as_, edith, item):
    client = as_(edith)
    client.post(
        url("change", item), typed(item, "_draft", title="New", change_note="A better name.", minor="on")
    )
    assert (form_of(client, item)["change_note"].value(), form_of(client, item)["minor"].value()) == (
        "A better name.",
        True,
    )
    client.post(url("change", item), typed(item, "_preview", title="New", change_note=""))
    assert (form_of(client, item)["change_note"].value(), form_of(client, item)["minor"].value()) == (
        "",
        False,
    )


def test_once_published_the_form_begins_without_a_note(as_, edith, item, clock):
    client = as_(edith)
    client.post(url("change", item), typed(item, "_publish", title="New", change_note="A better name."))
    clock.set("2026-03-02 12:00")
    client = as_(edith)
    assert form_of(client, item)["change_note"].value() == ""
    client.post(url("change", item), typed(item, "_draft", change_note="Too late."))
    assert item.revisions.live().get().note == "A better name."


def test_what_is_called_off_keeps_its_note(as_, edith, item, clock):
    change(item, title="New")
    scheduled = schedule(item, edith, clock.now.replace(year=clock.now.year + 1), "A better name.", True)
    windows.cancel_scheduled(scheduled)
    form = form_of(as_(edith), item)
    assert (form["change_note"].value(), form["minor"].value()) == ("A better name.", True)


def test_to_publish_with_a_time_typed_asks_when_and_publishes_nothing(as_, edith, item):
    sent = typed(item, "_publish", title="New", change_note="A better name.", publish_at="2026-12-20T09:00")
    response = as_(edith).post(url("change", item), sent, follow=True)
    assert "Now, or December 20, 2026, 9:00 a.m. CST?" in messages(response)[0]
    assert live() == ["Old"]
    assert not Revision.objects.upcoming().exists()


def test_a_time_or_a_word_typed_for_another_button_is_handed_back(as_, edith, item):
    sent = typed(item, "_draft", title="New", publish_at="2026-12-20T09:00", submit_message="For Monday.")
    told = " ".join(messages(as_(edith).post(url("change", item), sent, follow=True)))
    assert "“For Monday.” Choose “Submit for approval”." in told
    assert "Nothing is scheduled for December 20, 2026, 9:00 a.m. CST." in told


def test_who_approves_keeps_the_note_that_they_mended_and_is_asked_about_a_time(as_, arthur, edith, item):
    change(item, arthur, title="New")
    handed_in, client = approval.submit(item, arthur, note="Proposed."), as_(edith)
    page = reverse("admin:approval", args=[handed_in.pk])
    response = client.post(page, {"do": "approve", "note": "Mended.", "at": "2026-12-20T09:00"})
    assert "A time is typed." in response.content.decode()
    assert Submission.objects.get().state == Submission.State.WAITING
    client.post(page, {"do": "approve", "note": "Mended."})
    assert Submission.objects.get().state == Submission.State.APPROVED
    assert form_of(client, item)["change_note"].value() == "Mended."


def test_an_author_who_sees_no_tick_leaves_it_as_it_is_and_a_note_that_was_emptied_stays_empty(
    as_, arthur, edith, item
):
    as_(edith).post(
        url("change", item), typed(item, "_draft", title="New", change_note="A better name.", minor="on")
    )
    sent = typed(item, "_submit", title="Newer")
    del sent["change_note"]  # a form that shows no note, such as a popup
    as_(arthur).post(url("change", item), sent)
    assert item.revisions.last().to_say == {"note": "", "minor": False}  # it is another text
    as_(edith).post(
        url("change", item), typed(item, "_draft", title="Newer", change_note="Proposed.", minor="on")
    )
    as_(arthur).post(url("change", item), typed(item, "_draft", title="Newer", change_note=""))
    assert item.revisions.last().to_say == {"note": "", "minor": True}
    assert form_of(as_(edith), item)["change_note"].value() == ""


def test_a_note_stays_where_only_the_place_in_the_list_changes(edith, item):
    change(item, title="New")
    authorship.keep_note(item.revisions.last(), note="A better name.", minor=True)
    change(item, position=7)
    assert item.revisions.last().to_say == {"note": "A better name.", "minor": True}


def test_a_note_for_a_text_that_did_not_change_is_handed_back(as_, edith, item):
    told = messages(
        as_(edith).post(url("change", item), typed(item, "_draft", change_note="Too late."), follow=True)
    )
    assert "Your change note is not kept, for nothing in the text changed: “Too late.”" in told


def test_what_is_called_off_with_its_release_keeps_its_note(edith, item):
    change(item, title="New")
    authorship.keep_note(item.revisions.last(), note="A better name.")
    release = Release.objects.create(name="Fall", note="Fall.")
    releases.add_to_release(release, item, edith)
    releases.schedule_release(release, edith, item.revisions.last().created + timedelta(days=9))
    releases.cancel_release(release)
    assert item.revisions.last().to_say["note"] == "A better name."


def test_an_open_release_tells_the_newest_note_unless_it_has_one_of_its_own(as_, edith, item):
    change(item, title="New")
    authorship.keep_note(item.revisions.last(), note="Tea.")
    following, own = (Release.objects.create(name=name) for name in ("Fall", "Winter"))
    for release in (following, own):
        releases.add_to_release(release, item, edith)
    own.items.update(note="All of it is new.")
    as_(edith).post(url("change", item), typed(item, "_draft", title="Newer", change_note="Tea and cake."))
    assert [release.items.get().note for release in (following, own)] == [
        "Tea and cake.",
        "All of it is new.",
    ]
