"""A fix of what is on the site while a colleague's draft waits: nothing goes out unseen, nothing that
waits is lost.
"""

import pytest
from django.urls import reverse

from initiatives.models import Site, Submission
from initiatives.publishing import approval, authorship
from initiatives.publishing.publish import save_draft
from initiatives.report.report import Report
from tests.builders import change, make_agency, make_section, make_site
from tests.conftest import person
from tests.initiatives.edith import FRIDAY, pending, public, words
from tests.initiatives.test_admin_items import answered

pytestmark = pytest.mark.django_db


# A colleague's draft


@pytest.fixture
def draft(club, arthur, clock):
    clock.set("2026-03-03 09:00")
    change(club, by=arthur, title="Arthur's club", summary="Not finis")
    authorship.keep_note(club.revisions.last(), note="Half a note.")
    clock.set("2026-03-03 12:00")
    return club.revisions.last()


def test_a_colleagues_unfinished_draft_does_not_go_out_unasked(desk, club, draft):
    response = desk.press(club, "_publish", body="Mine.")
    assert pending(response).asked.sentences == [
        "This form holds an unfinished draft of arthur. All of it would go out, not only what you changed."
    ]
    assert [one.name for one in pending(response).asked.differences] == ["title", "summary", "body"]
    assert public(club).title == "Club"
    assert club.revisions.last() == draft
    _, sent = desk.open(club)
    answered(desk.client, desk.path(club), {**sent, "_publish": "1", "minor": "on", "body": "Mine."})
    assert public(club).title == "Arthur's club"


def test_saving_it_first_as_ones_own_draft_makes_no_difference(desk, club, draft):
    desk.press(club, "_draft", body="Mine.")
    assert pending(desk.press(club, "_publish")).asked
    assert pending(desk.press(club, "_schedule", publish_at=FRIDAY)).asked


def test_a_fix_leaves_a_colleagues_draft_with_its_writer_its_note_and_what_was_handed_in(
    desk, club, draft, arthur
):
    waiting = approval.submit(club, arthur, "Please.", "Half a note.")
    desk.fix(club, body="Mine.")
    assert (public(club).title, public(club).fields["body"]) == ("Club", "Mine.")
    newest = club.revisions.last()
    same = ("digest", "author", "author_name", "created", "note", "minor")
    assert [getattr(newest, name) for name in same] == [getattr(draft, name) for name in same]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.revision) == (Submission.State.WAITING, newest)
    page, sent = desk.open(club)
    assert "This form holds the draft of arthur, saved " in page
    assert (sent["title"], sent["change_note"]) == (["Arthur's club"], ["Half a note."])
    desk.client.post(reverse("admin:approval", args=[waiting.pk]), {"do": "publish", "minor": "on"})
    assert public(club).title == "Arthur's club"


def test_a_fix_goes_into_a_colleagues_draft_too(desk, club, draft):
    desk.fix(club, {"waiting": "carry"}, body="Mine.")
    club.refresh_from_db()
    assert (club.title, club.summary, club.body) == ("Arthur's club", "Not finis", "Mine.")
    assert (public(club).title, public(club).fields["body"]) == ("Club", "Mine.")
    assert club.revisions.last().note == "Half a note."


def test_what_was_handed_in_is_finished_and_is_published_without_a_question(desk, club, draft, arthur):
    approval.submit(club, arthur)
    desk.press(club, "_publish")
    assert public(club).title == "Arthur's club"


def test_ones_own_draft_is_published_without_a_question(desk, club):
    desk.press(club, "_draft", title="Mine")
    desk.press(club, "_publish")
    assert public(club).title == "Mine"


# Everything that an item says


def test_rows_relations_and_images_of_the_public_text_are_edited_while_others_wait(desk, camp, edith):
    amount = camp.amounts.get()
    change(camp, by=edith, title="Later")
    camp.participations.all().delete()
    amount.amount = 6_000_000
    amount.save()
    camp.dates.create(date="2017", label="It ends")
    save_draft(camp, edith)
    waiting = camp.recorded_fields()
    _, sent = desk.open(camp, of_public=True)
    assert sent["participations-INITIAL_FORMS"] == ["3"]
    assert sent["amounts-0-amount"] == ["5000000.00"] or sent["amounts-0-amount"] == ["5000000"]
    desk.fix(camp, **{"amounts-0-amount": "5500000", "participations-1-DELETE": "on"})
    fields = public(camp).fields
    assert fields["amounts"][0]["amount"] == "5500000"
    assert [row["role"] for row in fields["agencies"]] == ["lead", "funder"]
    assert fields["image"]
    assert type(camp).objects.get().recorded_fields() == waiting
    assert camp.revisions.last().uploads.exists()
    assert amount in type(camp).objects.get().amounts.all()  # the very rows, not copies


def test_a_row_added_to_the_public_text_goes_into_the_rows_that_wait(desk, camp, edith):
    camp.dates.create(date="2017", label="It ends")
    save_draft(camp, edith)
    agency = make_agency(title="One more")
    rows = {
        "participations-TOTAL_FORMS": "4",
        "participations-3-agency": agency.pk,
        "participations-3-role": "partner",
    }
    desk.fix(
        camp, {"waiting": "carry"}, **rows, **{"participations-3-id": "", "participations-3-initiative": ""}
    )
    assert len(public(camp).fields["agencies"]) == 4
    assert camp.participations.count() == 4
    assert camp.dates.count() == 2


def test_what_a_colleague_publishes_meanwhile_is_brought_together(desk, club, draft):
    _, sent = desk.open(club, of_public=True)
    desk.fix(club, body="First.")
    data = {**sent, "_publish": "1", "minor": "on", "title": "Club!", "body": "Second."}
    response = desk.client.post(desk.path(club, of_public=True), data)
    assert [one.name for one in pending(response).questions] == ["body"]
    assert public(club).fields["body"] == "First."


def test_nothing_is_saved_where_the_public_text_is_not_ready_or_says_the_same(desk, club, draft):
    count = club.revisions.count()
    for typed, reason in (
        ({"summary": ""}, "Summary: Fill this in before you publish."),
        ({}, "Nothing was published: the site says this already."),
        ({"summary": "New.", "minor": None}, "Say what changed, for the public, or tick “Minor change”."),
    ):
        response = desk.press(club, "_publish", of_public=True, **typed)
        assert reason in words(response)
        assert club.revisions.count() == count
    for button in ("_draft", "_schedule", "_submit", "_preview", "_save"):
        response = desk.press(club, button, of_public=True, summary="New.", publish_at=FRIDAY)
        assert "It can only be published" in words(response)
    assert club.revisions.count() == count


def test_where_nothing_else_waits_the_way_leads_to_the_ordinary_form(desk, club):
    assert desk.client.get(desk.path(club, of_public=True)).status_code == 302


def test_only_those_who_publish_get_there(as_, arthur, rita, desk, club, draft):  # noqa: PLR0917
    for someone in (arthur, rita):
        for send in (as_(someone).get, as_(someone).post):
            assert send(desk.path(club, of_public=True)).status_code == 403
    assert "Edit what is on the site now" not in as_(arthur).get(desk.path(club)).content.decode()


def test_where_a_second_person_has_to_approve_a_fix_does_not_slip_past(desk, club, draft, edith):
    Site.objects.update(needs_approval=True)
    response = desk.press(club, "_publish", of_public=True, summary="Mine alone.")
    assert authorship.OWN_WORDS in words(response)
    assert public(club).fields["summary"] == "It meets on Mondays."


def test_a_fix_in_between_makes_nobody_forget_who_wrote_what_waits(desk, club, edith, arthur):
    change(club, by=edith, summary="Edith wrote this.")
    change(club, by=arthur, title="Arthur wrote this.")
    emil = person("emil", "Editor")
    Site.objects.update(needs_approval=False)
    desk.fix(club, body="Mended.")
    Site.objects.update(needs_approval=True)
    newest = club.revisions.last()
    assert authorship.unapproved([newest], edith) == {club.key}
    assert authorship.unapproved([newest], emil) == set()


def test_sections_and_other_kinds_have_it_too(desk, edith):
    make_site()
    section = make_section(title="Old", introduction="Text.")
    change(section, by=edith, title="Later")
    desk.fix(section, introduction="Mended.")
    node = Report.live().by_key[section.key]
    assert (node.title, node.fields["introduction"]) == ("Old", "Mended.")
    section.refresh_from_db()
    assert section.title == "Later"
