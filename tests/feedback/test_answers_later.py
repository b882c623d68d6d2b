"""Answers that go out by themselves: their comments are answered from then on, though nothing runs at that
minute.
"""

from datetime import timedelta

import pytest

from feedback.inbox import digest
from feedback.inbox.answering import tie
from feedback.models import Answer, Comment, DigestPreference
from initiatives.admin.pages.bulk import OPERATIONS
from initiatives.models import Release
from initiatives.publishing import releases
from initiatives.publishing.publish import publish, schedule
from tests.builders import make
from tests.feedback.test_inbox import LIST
from tests.initiatives.test_admin_bulk import do
from tests.initiatives.test_admin_items import messages

pytestmark = pytest.mark.django_db


def by_schedule(answer, at):
    schedule(answer, None, at)


def with_a_release(answer, at):
    release = Release.objects.create(name="Fall")
    releases.add_to_release(release, answer, None)
    releases.schedule_release(release, None, at)


@pytest.fixture(params=[by_schedule, with_a_release])
def asked(request, clock):
    """A comment in hand, whose answer goes out in two hours."""
    clock.set("2030-03-05 12:00")
    answer = make(Answer, publish=False, title="You asked for longer hours", body="We did it.")
    one = Comment.objects.create(
        page="/", title="A page", text="Stay open longer.", state="in_hand", answer=answer, date="2030-03-04"
    )
    request.param(answer, clock.now + timedelta(hours=2))
    return one


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


def test_a_comment_stays_in_hand_until_its_answer_is_out(as_, rita, asked):
    as_(rita).get(LIST)
    assert state(asked) == "in_hand"


@pytest.mark.parametrize("path", [LIST, f"{LIST}triage/", f"{LIST}export.csv", "/admin/"])
def test_whoever_looks_next_finds_it_answered(as_, rita, clock, asked, path):
    clock.now += timedelta(days=1)
    as_(rita).get(path)
    assert state(asked) == "answered"
    told = as_(rita).get(f"{LIST}{asked.pk}/change/").content.decode()
    assert "the site: State: In hand → Answered" in " ".join(told.split())


def test_one_that_a_reviewer_opens_again_stays_open(as_, rita, clock, asked):
    clock.now += timedelta(days=1)
    as_(rita).post(f"{LIST}sort/?state=answered", {"do": "reopen", "comment": str(asked.pk)})
    clock.now += timedelta(days=40)
    as_(rita).get(LIST)
    assert state(asked) == "new"


def test_it_is_not_counted_on_the_day_whose_instant_the_public_knows(as_, rita, clock, asked):
    clock.set("2030-03-05 23:59")
    as_(rita).get(LIST)
    assert state(asked) == "in_hand"
    clock.set("2030-03-06 00:00")
    as_(rita).get(LIST)
    assert state(asked) == "answered"


def test_an_answer_that_is_edited_each_day_counts_all_the_same(as_, rita, clock, asked):
    clock.now += timedelta(days=1)
    answer = Answer.objects.get()
    answer.body = "We did it, and more."
    answer.save()
    publish(answer, None, "More.")
    as_(rita).get(LIST)
    assert state(asked) == "answered"


def test_one_that_is_opened_again_is_answered_by_another_answer(as_, rita, clock, asked):
    clock.now += timedelta(days=1)
    as_(rita).get(LIST)
    as_(rita).post(f"{LIST}sort/?state=answered", {"do": "reopen", "comment": str(asked.pk)})
    other = make(Answer, title="You asked for evenings", body="We did more.")
    tie(other, [asked], [])
    clock.now += timedelta(days=1)
    as_(rita).get(LIST)
    assert state(asked) == "answered"


def test_an_answer_that_was_called_off_answers_nothing(as_, rita, clock, asked):
    asked.answer.revisions.filter(live_from__gt=clock.now).update(live_from=None)
    clock.now += timedelta(days=1)
    as_(rita).get(LIST)
    assert state(asked) == "in_hand"


IN_BULK = {
    "publish": {"note": "Answered."},
    "release": {"name": "Fall"},
    "owner": {},
    "due": {"due": "2027-01-01"},
}


def test_what_is_done_to_many_items_can_be_done_to_answers(as_, alice):
    assert {name for name, one in OPERATIONS.items() if one.is_for(alice, "answer")} == set(IN_BULK)


@pytest.mark.parametrize("operation", IN_BULK)
def test_answers_are_changed_in_bulk(as_, edith, operation):
    answers = [make(Answer, publish=False, title=f"You asked {n}", body="We did it.") for n in range(2)]
    typed = {"owner": edith.pk} if operation == "owner" else IN_BULK[operation]
    told = messages(do(as_(edith), operation, answers, kind="answer", **typed))
    assert told == [f"{OPERATIONS[operation].label}: done for 2 items."]


def test_the_digest_by_email_counts_it_first(rita, clock, asked):
    rita.email = "rita@city.example"
    rita.save()
    DigestPreference.objects.create(user=rita, every="week")
    clock.now += timedelta(days=1)
    digest.send_all()
    assert state(asked) == "answered"
