"""A session tells no hour of what was done in it; what is removed for good is not in it; those that have
ended do not stay.
"""

import time
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
from portal.sessions import SessionStore
from tests.builders import make_agency, make_initiative
from tests.feedback.test_answer_many import DAY, choose
from tests.feedback.test_inbox import LIST, say
from tests.initiatives.test_admin_redaction import URL, shown, text_of

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def kept():
    return str([SessionStore().decode(session.session_data) for session in Session.objects.all()])


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


def test_a_session_does_not_tell_when_a_comment_was_handled(rita, clock):
    clock.set("2030-03-05 09:00")
    comment, client = say("Words"), signed_in(rita)
    ends = Session.objects.get().expire_date
    clock.set("2030-03-05 14:00")
    client.post(f"{LIST}sort/", {"do": "read", "comment": str(comment.pk)})
    assert "feedback_done" in kept()
    assert Session.objects.get().expire_date == ends
    clock.set("2030-03-05 19:00")
    assert client.get(LIST).status_code == 302


def test_the_text_of_a_session_is_the_same_at_every_hour(monkeypatch):
    texts = set()
    for moment in (1_900_000_000, 1_900_010_000):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        texts.add(SessionStore().encode({"batch": "1"}))
    assert len(texts) == 1


def test_who_was_signed_in_while_the_site_was_brought_up_to_date_stays_so(rita):
    client = signed_in(rita)
    row = Session.objects.get()
    old = row.get_session_store_class()().encode(SessionStore().decode(row.session_data))
    Session.objects.update(session_data=old)
    assert client.get(LIST).status_code == 200


def test_a_forged_session_is_empty():
    assert SessionStore().decode(SessionStore().encode({"a": 1})[:-2]) == {}
