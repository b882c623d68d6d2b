"""E-mails to staff: only to those who ask, after the change is safe, and never in its way."""

from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from initiatives.models import NoticePreference
from initiatives.publishing import approval, reviews
from tests.builders import make_initiative
from tests.initiatives.test_approval import write

pytestmark = pytest.mark.django_db
PAGE = "admin:emails"


def ask(user, email="", **sorts):
    user.email = email or f"{user}@example.gov"
    user.save()
    NoticePreference.objects.create(user=user, **sorts)


def outbox():
    return mail.outbox


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def camp(db):
    return make_initiative(title="Camp", summary="Old.")


def test_editors_who_ask_are_told_what_waits_with_a_whole_link(edith, arthur, camp, commits, settings):
    settings.SITE_URL = "https://safety.example.gov"
    ask(edith, on_submission=True)
    write(camp, arthur, "New.")
    with commits():
        handed_in = approval.submit(camp, arthur, "For Monday.")
    (mail,) = outbox()
    assert (mail.to, mail.subject) == (["edith@example.gov"], "Waiting for approval: Camp")
    assert "They say: For Monday." in mail.body
    assert f"https://safety.example.gov{reverse('admin:approval', args=[handed_in.pk])}\n" in mail.body
    assert f"https://safety.example.gov{reverse(PAGE)}\n" in mail.body


def test_nobody_is_told_of_their_own_or_without_the_right_to_decide(edith, arthur, camp, commits, mailoutbox):
    ask(edith, on_submission=True)
    ask(arthur, on_submission=True)
    write(camp, edith, "New.")
    with commits():
        approval.submit(camp, edith)
    assert mailoutbox == []


def test_the_author_is_told_the_decision_with_the_remark(edith, arthur, camp, commits, mailoutbox):
    ask(arthur, on_decision=True)
    write(camp, arthur, "New.")
    with commits():
        approval.return_(approval.submit(camp, arthur), edith, "Name the park.")
    (mail,) = mailoutbox
    assert mail.subject == "Returned with a remark: Camp"
    assert "was returned with a remark by edith" in mail.body
    assert "Name the park." in mail.body


def test_the_author_is_told_of_a_newer_draft_of_another(edith, arthur, camp, commits, mailoutbox):
    ask(arthur, on_decision=True)
    write(camp, arthur, "New.")
    with commits():
        approval.submit(camp, arthur)
        write(camp, edith, "Newer.")
    assert [mail.subject for mail in mailoutbox] == ["Overtaken by a newer draft: Camp"]


def test_what_is_undone_is_not_told(edith, arthur, camp, commits, mailoutbox):
    ask(edith, on_submission=True)
    write(camp, arthur, "New.")
    with commits(), pytest.raises(RuntimeError), transaction.atomic():
        approval.submit(camp, arthur)
        raise RuntimeError
    assert mailoutbox == []


def test_mail_that_fails_stops_nothing_and_is_logged_without_the_address(edith, arthur, camp, commits):
    ask(edith, on_submission=True)
    write(camp, arthur, "New.")
    refused = patch(
        "initiatives.desk.notifications.send_mail", side_effect=OSError("edith@example.gov refused")
    )
    with patch("initiatives.desk.notifications.logger") as log, refused, commits():
        assert approval.submit(camp, arthur).pk
    log.error.assert_called_once_with("An e-mail to staff could not be sent: %s", "OSError")


# The page where each chooses


def test_each_chooses_for_themselves_and_for_nobody_else(as_, edith, arthur):
    as_(edith).post(reverse(PAGE), {"on_submission": "on", "user": arthur.pk})
    chosen = NoticePreference.objects.get()
    assert (chosen.user, chosen.on_submission, chosen.on_decision) == (edith, True, False)
    as_(edith).post(reverse(PAGE), {})
    assert not NoticePreference.objects.get().on_submission


def test_the_page_says_where_no_address_is_known(as_, edith):
    assert "has no e-mail address yet" in as_(edith).get(reverse(PAGE)).content.decode()
    edith.email = "edith@example.gov"
    edith.save()
    assert "They go to edith@example.gov." in as_(edith).get(reverse(PAGE)).content.decode()


def test_the_page_is_for_those_who_work_on_the_report(as_, client, rita, edith):
    assert client.get(reverse(PAGE)).url.startswith("/admin/login/")
    assert as_(rita).get(reverse(PAGE)).status_code == 403
    assert as_(edith).put(reverse(PAGE)).status_code == 405


# The daily one


@pytest.fixture
def overdue(clock, edith, camp):
    clock.set("2026-03-01 12:00")
    camp.owner = edith
    camp.save()
    reviews.set_due(camp, edith, reviews.default_due())
    clock.set("2026-09-02 12:00")
    return camp


def test_owners_who_ask_get_one_message_a_day_about_all_that_is_due(
    overdue, edith, clock, mailoutbox, capsys
):
    ask(edith, on_overdue=True)
    call_command("send_notices")
    (mail,) = mailoutbox
    assert mail.subject == "Due for review: 1 item"
    assert "Camp, due September 1, 2026:" in mail.body
    call_command("send_notices")
    assert len(mailoutbox) == 1
    assert "edith: had one today" in capsys.readouterr().out
    clock.set("2026-09-03 06:00")
    call_command("send_notices")
    assert len(mailoutbox) == 2


def test_nothing_due_sends_nothing(edith, arthur, overdue, mailoutbox, capsys):
    ask(arthur, on_overdue=True)
    call_command("send_notices")
    assert mailoutbox == []
    assert "arthur: nothing is due\nE-mails about reviews: 1 nothing is due." in capsys.readouterr().out


def test_what_could_not_be_sent_is_tried_again_by_the_next_run(overdue, edith, mailoutbox, monkeypatch):
    ask(edith, on_overdue=True)
    with monkeypatch.context() as broken:
        broken.setattr("initiatives.desk.notifications.send_mail", lambda *_: 1 / 0)
        with pytest.raises(CommandError, match="1 could not be sent"):
            call_command("send_notices")
    call_command("send_notices")
    assert len(mailoutbox) == 1
