"""What is removed for good is in no session either, and those that have ended do not stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from feedback.admin import answers
from feedback.inbox.redaction import redact_comment
from feedback.models import Comment
from portal.page_messages import PageStorage
from tests.builders import make_agency, make_initiative
from tests.feedback.test_answer_many import DAY, choose
from tests.feedback.test_inbox import say
from tests.initiatives.test_admin_redaction import URL, shown, text_of

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def kept():
    return str([session.get_decoded() for session in Session.objects.all()])


@pytest.fixture
def colleague(edith):
    """A colleague who has just reviewed "Roé & Sons" and has not opened the next page, which would say so."""
    item = make_initiative(title="Roé & Sons")
    client = signed_in(edith)
    client.post(f"/admin/initiatives/initiative/{item.pk}/care/", {"do": "owner", "owner": edith.pk})
    assert "Ro\\\\u00e9 & Sons" in kept()
    return client


def test_messages_that_wait_in_a_session_go_and_nobody_is_signed_out(alice, colleague):
    client = signed_in(alice)
    preview = client.post(URL, {"words": "Roé"})
    sent = {"words": "Roé", "reason": "A court said so.", "shown": shown(preview), "_confirm": "1"}
    say("Roé is here")
    after = client.post(URL, sent)
    assert "It is removed for good" in text_of(after) and "1 comment of residents with “Roé”" in text_of(
        after
    )
    assert "u00e9" not in kept() and "Ro" not in kept()
    assert colleague.get("/admin/").status_code == client.get("/admin/").status_code == 200
    assert "Roé" not in colleague.get("/admin/").content.decode()


def test_words_of_a_comment_go_from_sessions_too(colleague, rita):
    redact_comment(say("Roé was here"), rita, ["Roé"], "A name")
    assert "u00e9" not in kept()
    assert Comment.objects.get().text == "[removed] was here"


def test_sessions_that_have_ended_go_with_the_daily_command_and_with_a_removal(alice, colleague, rita):
    for clean in (
        lambda: call_command("apply_retention"),
        lambda: redact_comment(say("Al is here"), rita, ["Al"], "A name"),
    ):
        signed_in(alice)
        ended, current = Session.objects.all()[:1], Session.objects.count() - 1
        Session.objects.filter(pk=ended[0].pk).update(expire_date=timezone.now() - timedelta(seconds=1))
        clean()
        assert Session.objects.count() == current


def test_a_dry_run_leaves_them(alice):
    signed_in(alice)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    call_command("apply_retention", "--dry-run")
    assert Session.objects.count() == 1


def test_a_removal_leaves_nothing_of_its_own_words_in_the_session(alice):
    make_agency(title="Roe & Sons")
    say("Roe is here")
    client = signed_in(alice)
    sent = {
        "words": "Roe",
        "reason": "A court said so.",
        "shown": shown(client.post(URL, {"words": "Roe"})),
        "_confirm": "1",
    }
    client.post(URL, sent)
    assert "Roe" not in kept()


def test_what_waits_for_each_page_goes_and_the_comments_chosen_for_an_answer_stay_chosen(edith, rita):
    editor, reviewer = signed_in(edith), signed_in(rita)
    for letter in "AB":
        item = make_initiative(title=f"Ann {letter}")
        editor.post(f"/admin/initiatives/initiative/{item.pk}/care/", {"do": "owner", "owner": edith.pk})
    assert len(editor.session[PageStorage.session_key]) == 2 and "Ann B" in kept()
    said = [say(f"Ann {number}", date=DAY) for number in range(answers.IN_ADDRESS + 1)]
    address = choose(reviewer)["Location"]
    redact_comment(said[0], rita, ["Ann"], "A name")
    assert "Ann" not in kept()
    assert len(reviewer.get(address).context["adminform"].form.initial["comments"]) == len(said)
