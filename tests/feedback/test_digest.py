"""The digest by e-mail: for reviewers who ask for it, once a day or a week, never a word of a comment."""

from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from feedback.models import Comment, DigestPreference
from tests.builders import make_initiative

PAGE = "/admin/feedback/comment/digest/"


@pytest.fixture
def asked(rita):
    rita.email = "rita@city.example"
    rita.save()
    return DigestPreference.objects.create(user=rita, every="week")


def run():
    out = StringIO()
    call_command("send_digests", stdout=out)
    return out.getvalue()


def test_it_tells_numbers_and_pages_and_quotes_nobody(asked, clock):
    clock.set("2026-03-02 09:00")
    item = make_initiative(title="Evening Gyms")
    for state in ("new", "new", "new", "held", "spam"):
        fields = {"helpful": False, "date": "2026-03-01", "state": state}
        Comment.objects.create(
            page="/x/", title="Evening Gyms", item=item.key, text="My secret words", **fields
        )
    assert "1 sent, 0 not due." in run()
    [message] = mail.outbox
    assert message.to == ["rita@city.example"]
    assert "3 answers came. Now 3 comments are new, 1 is held" in message.body
    assert "- Evening Gyms: 3" in message.body
    assert "secret" not in message.body


def test_an_answer_is_in_one_digest_and_no_second(asked, clock):
    days = [f"2026-03-{day:02}" for day in range(1, 16)]
    Comment.objects.bulk_create(Comment(page="/x/", title="T", helpful=True, date=day) for day in days)
    told = []
    for today in ("2026-03-09 09:00", "2026-03-16 09:00"):
        clock.set(today)
        run()
        told.append(mail.outbox[-1].body.splitlines()[:3])
    assert told[0][0] == "Feedback from March 2, 2026 to March 8, 2026"
    assert told[1][0] == "Feedback from March 9, 2026 to March 15, 2026"
    assert all(lines[2].startswith("7 answers came.") for lines in told)


def test_it_names_pages_that_help_less_by_more_than_chance(asked, clock):
    clock.set("2026-05-01 09:00")
    item = make_initiative(title="Evening Gyms")
    answers = [(True, "2026-02-01")] * 40 + [(False, "2026-02-01")] * 10 + [(False, "2026-04-20")] * 25
    Comment.objects.bulk_create(
        Comment(page="/x/", title="T", item=item.key, helpful=yes, date=day) for yes, day in answers
    )
    run()
    assert "- Evening Gyms: 80% (" in mail.outbox[0].body


def test_run_twice_it_sends_once_and_again_after_a_week(asked, clock):
    clock.set("2026-03-02 09:00")
    run(), run()
    clock.set("2026-03-08 09:00")
    run()
    assert len(mail.outbox) == 1
    clock.set("2026-03-09 09:00")
    run()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("change", "value"),
    [("is_active", False), ("email", ""), ("is_staff", False)],
    ids=["has left", "no address", "no staff"],
)
def test_nothing_goes_to_who_cannot_have_it(asked, change, value):
    setattr(asked.user, change, value)
    asked.user.save()
    run()
    assert not mail.outbox


def test_nothing_goes_to_who_is_no_reviewer_any_more(asked):
    asked.user.groups.clear()
    run()
    assert not mail.outbox


def test_a_mail_server_that_fails_is_said_and_the_digest_is_due_again(asked, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("feedback.inbox.digest.send_mail", broken)
    with pytest.raises(CommandError, match="1 could not be sent"):
        run()
    asked.refresh_from_db()
    assert asked.sent_on is None
    monkeypatch.undo()
    run()
    assert len(mail.outbox) == 1


def test_an_address_that_is_none_keeps_nobody_else_from_theirs(asked, alice):
    DigestPreference.objects.create(user=alice, every="day")
    asked.user.email, alice.email = "rita@city.example\nBcc: all@city.example", "alice@city.example"
    asked.user.save(), alice.save()
    with pytest.raises(CommandError, match="1 could not be sent"):
        run()
    assert [message.to for message in mail.outbox] == [["alice@city.example"]]


def test_a_reviewer_chooses_for_themselves(as_, rita):
    assert "no e-mail address" in as_(rita).get(PAGE).content.decode()
    as_(rita).post(PAGE, {"every": "day"})
    assert DigestPreference.objects.get().every == "day"
    assert DigestPreference.objects.get().user == rita
    assert as_(rita).post(PAGE, {"every": "hourly"}).status_code == 200
    assert DigestPreference.objects.get().every == "day"
    assert DigestPreference.objects.get().sent_on in (None, date.today())
