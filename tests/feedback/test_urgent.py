"""What is urgent is marked as it comes, keeps the mark whatever holds it, stands first, and is told
without a word of it.
"""

import re
from datetime import datetime
from time import process_time

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import make_aware

from feedback.inbox.digest import send_all
from feedback.inbox.handling import Wish, handle
from feedback.intake import urgency
from feedback.models import Comment, DigestPreference, Handling
from tests.feedback.test_inbox import say
from tests.measure.sets import measured, read
from tests.measure.urgent import is_urgent

pytestmark = pytest.mark.django_db
THREAT = "I am going to shoot up your office."


@pytest.mark.parametrize("part", ["first", "kept"])
def test_the_list_finds_nine_of_ten_and_marks_one_ordinary_comment_in_twenty_at_most(part):
    made = [one for one in read("urgent_comments") if one.part == part]
    errors = measured(made, is_urgent)
    assert errors.found >= 0.9
    assert len(errors.wrong) / sum(not one.kind for one in made) <= 0.05


def test_real_comments_of_other_sets_are_hardly_ever_marked():
    real = [one for one in read("spam_comments") if not one.kind]
    assert sum(is_urgent(one.text) for one in real) <= len(real) / 100


@pytest.mark.parametrize(
    "text",
    [
        "I will k1ll you",
        "i'm gonna k*ll you",
        "K I L L them all",
        "I will kiiiillll him",
        "Te voy a mаtar",
        "I'm sucidal",
    ],
)
def test_a_disguise_or_a_slip_hides_nothing(text):
    assert urgency.urgent_kinds(text)


@pytest.mark.parametrize(
    "text",
    ["a" * 500, "kill " * 100, "i am going to " * 35, "* * * * " * 60, "i.i.i.i." * 60, "help now " * 55],
)
def test_it_costs_little_whatever_is_written(text, benchmark_seconds):
    assert benchmark_seconds(lambda: urgency.urgent_kinds(text)) < 0.25


@pytest.fixture
def benchmark_seconds():
    """How long a call takes in processor time, the list read before."""
    urgency.urgent_kinds("")

    def seconds(call):
        began = process_time()
        call()
        return process_time() - began

    return seconds


def test_it_is_marked_as_it_comes_and_keeps_the_mark_when_it_is_held(post, page):
    post({"page": page, "comment": f"{THREAT} http://pills.example.ru"})
    post({"page": page, "comment": "My brother was killed in 2012."})
    marked = {one.text[:10]: (one.urgent, one.state) for one in Comment.objects.all()}
    assert marked == {"I am going": (True, "held"), "My brother": (False, "held")}


def test_a_held_one_stands_first_in_the_inbox_and_in_the_order_of_every_list(as_, rita):
    say("Ordinary words")
    say(f"{THREAT} One", state="held", urgent=True, date="2020-01-01")
    say("Held and ordinary", state="held")
    inbox = as_(rita).get(reverse("admin:feedback_comment_changelist")).content.decode()
    assert inbox.index("office. One") < inbox.index("Ordinary words")
    assert "Urgent: a threat" in inbox
    held = (
        as_(rita)
        .get(reverse("admin:feedback_comment_changelist"), {"state": "held", "mark": ""})
        .content.decode()
    )
    rows = re.findall(r"office\. One|Held and ordinary", held[held.index('id="inbox-form"') :])
    assert rows[0] == "office. One"
    triage = as_(rita).get(reverse("admin:feedback_comment_triage"), {"state": "held"}).content.decode()
    assert "office. One" in triage[triage.index("to go through") :]


def test_after_the_urgent_ones_the_triage_brings_all_the_others(as_, rita):
    urgent = say(THREAT, urgent=True, date="2020-01-01")
    say("Newer and ordinary")
    page = as_(rita).get(reverse("admin:feedback_comment_triage"), {"after": str(urgent.pk)}).content.decode()
    assert "Newer and ordinary" in page[page.index("to go through") :]


def test_it_stands_first_on_the_desk_and_in_the_digest(as_, rita):
    say("Ordinary words")
    say(THREAT, state="held", urgent=True)
    desk = as_(rita).get(reverse("admin:index")).content.decode()
    assert desk.index("Urgent comments") < desk.index("New comments")
    assert THREAT not in desk
    rita.email = "r@example.org"
    rita.save()
    DigestPreference.objects.create(user=rita, every="day")
    send_all()
    assert mail.outbox[0].body.startswith("1 urgent comment waits: look at it first.")


def test_a_reviewer_takes_the_mark_off_and_puts_it_on_on_record(as_, rita):
    one = say(THREAT, urgent=True)
    handle(Comment.objects.filter(pk=one.pk), rita, Wish("not_urgent"))
    one.refresh_from_db()
    assert not one.urgent
    handle(Comment.objects.filter(pk=one.pk), rita, Wish("urgent"))
    assert [step.changes["urgent"] for step in Handling.objects.all()] == [[True, False], [False, True]]
    assert (
        "Urgent: no → yes"
        in as_(rita).get(reverse("admin:feedback_comment_change", args=[one.pk])).content.decode()
    )


# The e-mail


@pytest.fixture
def asked(rita):
    """A reviewer who asks to be told."""
    rita.email = "r@example.org"
    rita.save()
    DigestPreference.objects.create(user=rita, urgent=True)
    return rita


@pytest.fixture
def at(monkeypatch):
    """Run the timer at a time of day."""

    def run(clock):
        hour, minute = map(int, clock.split(":"))
        monkeypatch.setattr(
            "feedback.management.commands.send_urgent.timezone.now",
            lambda: make_aware(datetime(2026, 11, 30, hour, minute)),
        )
        call_command("send_urgent")

    return run


def test_it_goes_out_once_at_a_quarter_hour_and_tells_nothing(asked, at):
    one = say(THREAT, state="held", urgent=True, title="Night Basketball", page="/night/")
    say(THREAT, urgent=True)
    for clock in ("14:07", "14:14", "14:44", "14:59"):
        at(clock)
    assert not mail.outbox
    at("14:15")
    at("14:16")
    at("14:30")
    [sent] = mail.outbox
    assert sent.to == ["r@example.org"]
    told = f"{sent.subject} {sent.body}"
    for word in ("office", "Night", "/night/", str(one.pk), "2", "two", "threat", "held"):
        assert word not in told


def test_the_next_one_is_told_at_the_next_quarter_hour_in_the_very_same_words(asked, at):
    say(THREAT, urgent=True)
    at("14:15")
    say("I want to die", urgent=True)
    at("14:30")
    one, other = mail.outbox
    assert (one.subject, one.body) == (other.subject, other.body)


def test_nothing_goes_out_for_what_is_sorted_or_ordinary_or_to_those_who_do_not_ask(asked, at):
    say("Ordinary")
    say(THREAT, urgent=True, state="in_hand")
    at("14:15")
    assert not mail.outbox
    say(THREAT, urgent=True)
    DigestPreference.objects.update(urgent=False)
    at("14:30")
    assert not mail.outbox
    DigestPreference.objects.update(urgent=True)
    at("14:45")
    assert len(mail.outbox) == 1


def test_what_reaches_nobody_is_tried_again(asked, at, monkeypatch):
    say(THREAT, urgent=True)

    def refuse(*args, **kwargs):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("feedback.inbox.urgent_mail.send_mail", refuse)
        with pytest.raises(CommandError, match="could not be sent"):
            at("14:15")
    at("14:30")
    assert len(mail.outbox) == 1
