"""Approval at the desk: buttons, pages, lists and the first page, by role; the server refuses what is not
a person's to do.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Initiative, Revision, Site, Submission
from initiatives.publishing import approval, authorship
from initiatives.publishing.publish import publish
from tests.builders import make_initiative, make_section, make_site
from tests.initiatives.reading import words
from tests.initiatives.test_admin_items import live, messages, typed, url
from tests.initiatives.test_approval import write

pytestmark = pytest.mark.django_db
State = Submission.State


@pytest.fixture
def camp(db):
    return make_initiative(title="Camp", summary="Old words.")


@pytest.fixture
def waiting(arthur, camp):
    write(camp, arthur, "New words.")
    return approval.submit(camp, arthur, "For Monday.")


def strict():
    Site.objects.filter(pk=make_site().pk).update(needs_approval=True)


def decide(client, submission, do, **more):
    return client.post(reverse("admin:approval", args=[submission.pk]), {"do": do, **more}, follow=True)


def test_an_author_saves_and_submits_in_one_step(as_, arthur, camp):
    page = as_(arthur).get(url("change", camp)).content.decode()
    assert 'name="_submit"' in page
    response = as_(arthur).post(
        url("change", camp),
        typed(camp, "_submit", summary="New words.", submit_message="For Monday."),
        follow=True,
    )
    assert messages(response) == [
        "“Camp” is saved and waits for approval. You are told here what becomes of it."
    ]
    handed_in = Submission.objects.get()
    assert (handed_in.state, handed_in.message, handed_in.revision.fields["summary"]) == (
        State.WAITING,
        "For Monday.",
        "New words.",
    )
    assert "Take back" in response.content.decode()


def test_the_change_note_that_an_author_proposes_is_shown_filled_in_and_may_be_changed(
    as_, arthur, edith, camp
):
    sent = typed(camp, "_submit", summary="New words.", change_note="Shorter & clearer.")
    page = as_(arthur).post(url("change", camp), sent, follow=True).content.decode()
    assert "Change note they propose: Shorter &amp; clearer." in page
    handed_in, client = Submission.objects.get(), as_(edith)
    for path in (reverse("admin:approval", args=[handed_in.pk]), url("change", camp)):
        response = client.get(path)
        panel = response.context["panel"] if "panel" in response.context else response.context["approval"]
        assert panel.form["note"].value() == "Shorter & clearer."
    assert response.context["adminform"].form["change_note"].value() == "Shorter & clearer."
    decide(client, handed_in, "publish", note="It is shorter.")
    assert camp.revisions.live().get().note == "It is shorter."


def test_a_proposed_note_stays_with_a_text_that_comes_back_with_a_remark(as_, arthur, edith, camp):
    write(camp, arthur, "New words.")
    approval.return_(approval.submit(camp, arthur, note="Proposed."), edith, "Say where.")
    for user in (arthur, edith):
        assert 'value="Proposed."' in as_(user).get(url("change", camp)).content.decode()


def test_a_note_proposed_for_another_text_is_not_filled_in(as_, arthur, edith, camp):
    write(camp, arthur, "New words.")
    approval.approve(approval.submit(camp, arthur, note="Proposed."), edith)
    write(camp, arthur, "Newer words.")
    assert not as_(edith).get(url("change", camp)).context["adminform"].form["change_note"].value()


def test_submitting_what_is_live_says_so(as_, arthur, camp):
    response = as_(arthur).post(url("change", camp), typed(camp, "_submit"), follow=True)
    assert messages(response) == ["There is nothing to approve: the public sees this text already."]


def test_the_form_shows_an_editor_the_differences_and_the_decision(as_, edith, waiting, camp):
    page = as_(edith).get(url("change", camp)).content.decode()
    assert "<ins>" in page
    assert "For Monday." in page
    for do in ("publish", "approve", "return"):
        assert f'name="do" value="{do}"' in " ".join(page.split())


def test_the_form_shows_the_author_that_it_waits_and_nothing_to_decide(as_, arthur, waiting, camp):
    page = as_(arthur).get(url("change", camp)).content.decode()
    assert 'value="take_back"' in page
    assert 'value="approve"' not in page
    response = decide(as_(arthur), waiting, "take_back")
    assert messages(response) == ["“Camp” no longer waits for approval."]


def test_an_editor_approves_and_publishes_with_a_note(as_, edith, waiting, camp):
    response = decide(as_(edith), waiting, "publish", note="Better words.")
    assert messages(response) == ["“Camp” is approved and published."]
    revision = camp.revisions.live().get()
    assert (revision.fields["summary"], revision.note) == ("New words.", "Better words.")


def test_approving_and_publishing_asks_for_the_note_that_every_publish_needs(as_, edith, waiting):
    response = decide(as_(edith), waiting, "publish", remark="Good work.")
    assert "Say what changed, for the public" in response.content.decode()
    assert "Good work." in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_an_editor_approves_and_schedules(as_, edith, waiting):
    decide(as_(edith), waiting, "publish", minor="on", at=f"{timezone.now().year + 1}-03-01T08:00")
    assert Revision.objects.upcoming().get().fields["summary"] == "New words."


@pytest.mark.parametrize(
    ("at", "words"),
    [("9999-12-31T23:59", "within the next ten years"), ("2027-03-14T02:30", "the clocks go forward")],
)
def test_nobody_approves_for_a_moment_that_no_calendar_or_clock_here_has(as_, edith, waiting, at, words):
    assert words in decide(as_(edith), waiting, "publish", minor="on", at=at).content.decode()
    assert not Revision.objects.upcoming().exists()


def test_what_is_returned_shows_its_remark_to_the_author_on_the_form_and_the_first_page(
    as_, edith, arthur, waiting, camp
):
    assert "Say what to change" in decide(as_(edith), waiting, "return").content.decode()
    decide(as_(edith), waiting, "return", remark="Name the park.")
    assert "Name the park." in as_(arthur).get(url("change", camp)).content.decode()
    first = as_(arthur).get("/admin/").content.decode()
    assert "Returned to you" in first
    assert "Name the park." in first


def test_the_second_of_two_editors_is_told_what_the_first_decided(as_, edith, alice, waiting):
    decide(as_(edith), waiting, "return", remark="Name the park.")
    response = decide(as_(alice), waiting, "publish", minor="on")
    assert "This no longer waits: it was returned by edith." in response.content.decode()
    assert live() == ["Camp"]


def test_a_newer_draft_is_said_to_overtake_what_waits(as_, edith, arthur, waiting, camp):
    response = as_(edith).post(url("change", camp), typed(camp, "_draft", summary="Newest."), follow=True)
    assert messages(response)[0].startswith(
        "The draft that arthur submitted for approval is overtaken by yours."
    )
    assert "edith saved a newer draft" in as_(arthur).get("/admin/").content.decode()


# Roles


@pytest.mark.parametrize("do", ["approve", "publish", "return"])
def test_an_author_and_a_reviewer_are_refused_to_decide(as_, arthur, rita, waiting, do):
    for user in (arthur, rita):
        assert decide(as_(user), waiting, do, remark="x", minor="on").status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


@pytest.mark.parametrize("do", ["approve", "publish", "return"])
def test_ones_own_is_refused_where_the_site_asks_for_another(as_, edith, camp, do):
    strict()
    write(camp, edith, "Mine.")
    handed_in = approval.submit(camp, edith)
    assert 'value="approve"' not in as_(edith).get(url("change", camp)).content.decode()
    assert decide(as_(edith), handed_in, do, remark="x", minor="on").status_code == 403
    assert live() == ["Camp"]


def test_publishing_ones_own_is_refused_with_what_to_do(as_, edith, camp):
    strict()
    response = as_(edith).post(
        url("change", camp), typed(camp, "_publish", summary="Mine.", minor="on"), follow=True
    )
    assert "choose “Submit for approval”" in messages(response)[0]
    assert camp.revisions.live().get().fields["summary"] == "Old words."


def test_a_stranger_a_reviewer_and_wrong_requests(as_, client, rita, edith, waiting):
    page = reverse("admin:approval", args=[waiting.pk])
    assert client.get(page).url.startswith("/admin/login/")
    assert as_(rita).get(page).status_code == 403
    assert as_(edith).get(page).status_code == 200
    assert as_(edith).get(reverse("admin:approval", args=[99999])).status_code == 404
    assert as_(edith).put(page).status_code == 405
    assert decide(as_(edith), waiting, "burn").status_code == 400


def test_a_reviewer_submits_nothing(as_, rita, camp):
    assert as_(rita).post(url("change", camp), typed(camp, "_submit", summary="x")).status_code == 403


def test_the_administrator_sets_the_rule_and_it_holds_as_soon_as_it_is_saved(as_, alice):
    site = make_site()
    page = as_(alice).get(url("change", site, "site")).content.decode()
    assert 'name="needs_approval"' in page
    fields = {
        name: getattr(site, name)
        for name in ("title", "slug", "city_name", "tagline", "as_of", "emergency_number")
    }
    fields |= {"base_revision": 1, "needs_approval": "on", "_draft": "1"}
    before = Revision.objects.count()
    said = messages(as_(alice).post(url("change", site, "site"), fields, follow=True))
    assert "From now on another person approves what is published." in " ".join(said)
    assert authorship.needs_approval()
    assert Revision.objects.count() == before


# Lists and the first page


def test_lists_and_outline_say_whom_it_waits_for_and_lists_filter_by_it(as_, edith, waiting, camp):
    make_initiative(title="Other", section=camp.section)
    for page in (url("changelist"), url("changelist") + "?approval=waiting", reverse("admin:outline")):
        assert "Waiting for approval (from arthur" in as_(edith).get(page).content.decode()
    assert "Other</a>" not in as_(edith).get(url("changelist") + "?approval=waiting").content.decode()
    assert "Camp</a>" not in as_(edith).get(url("changelist") + "?approval=returned").content.decode()


def test_the_first_page_asks_those_who_may_decide_and_did_not_write_it(as_, edith, arthur, alice, waiting):
    camp = Initiative.objects.get()
    assert "Waiting for your approval" in words(as_(edith).get("/admin/").content.decode())
    assert "Waiting for your approval" not in as_(arthur).get("/admin/").content.decode()
    strict()
    write(camp, edith, "Ours.")
    approval.submit(camp, arthur)
    assert "Waiting for your approval" not in as_(edith).get("/admin/").content.decode()
    assert "Waiting for your approval" in as_(alice).get("/admin/").content.decode()


def test_what_is_approved_stands_on_the_first_page_until_it_is_public(as_, edith, arthur, waiting, camp):
    decide(as_(edith), waiting, "approve")
    for user in (edith, arthur):
        assert "Approved, not yet published" in as_(user).get("/admin/").content.decode()
    assert "Camp</a>" in as_(edith).get(url("changelist") + "?approval=approved").content.decode()
    publish(camp, edith)
    assert "Approved, not yet published" not in as_(edith).get("/admin/").content.decode()


@pytest.mark.parametrize("size", [2, 25])
def test_lists_and_the_first_page_cost_the_same_however_much_waits(
    as_, edith, arthur, size, django_assert_max_num_queries
):
    strict()
    section = make_section()
    for _ in range(size):
        item = make_initiative(section=section)
        write(item, arthur, "New.")
        approval.submit(item, arthur)
    client = as_(edith)
    with django_assert_max_num_queries(17):
        client.get(url("changelist"))
    with django_assert_max_num_queries(30):
        client.get("/admin/")
