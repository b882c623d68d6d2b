"""Sorting comments, on record, and taking it back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from feedback.inbox import handling
from feedback.inbox.actions import ACTIONS
from feedback.inbox.handling import Wish, handle, take_back_batch
from feedback.models import Comment, Handling, Tag
from tests.at_once import at_once
from tests.feedback.test_inbox import LIST, say

pytestmark = pytest.mark.django_db
ALL = Comment.objects.all


def states():
    return dict(Comment.objects.values_list("text", "state"))


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        *[
            ("read", "new", "read"),
            ("in_hand", "read", "in_hand"),
            ("close", "in_hand", "closed"),
            ("hold", "new", "held"),
        ],
        *[
            ("spam", "held", "spam"),
            ("not_spam", "spam", "new"),
            ("release", "held", "new"),
            ("reopen", "closed", "new"),
        ],
        *[("not_spam", "closed", "closed"), ("release", "spam", "spam")],
    ],
)
def test_each_action_brings_a_comment_into_its_state_and_back(rita, action, before, after):
    say("A", state=before)
    outcome = handle(ALL(), rita, Wish(action))
    assert states() == {"A": after}
    assert outcome.changed == (before != after)
    take_back_batch(outcome.batch, rita)
    assert states() == {"A": before}


def test_the_first_who_sorts_it_reads_it_and_the_day_stays(rita, clock):
    clock.set("2030-01-05 09:00")
    say("A")
    handle(ALL(), rita, Wish("read"))
    clock.set("2030-01-09 09:00")
    handle(ALL(), rita, Wish("close"))
    assert str(Comment.objects.get().read_on) == "2030-01-05"


def test_taking_in_hand_leaves_a_colleague_theirs(rita, alice):
    say("Mine")
    say("Hers", assigned_to=alice)
    handle(ALL(), rita, Wish("in_hand"))
    assert dict(ALL().values_list("text", "assigned_to__username")) == {"Mine": "rita", "Hers": "alice"}


def test_what_somebody_changed_since_is_kept_and_named(rita, alice):
    first, second = say("A"), say("B", title="Parks")
    outcome = handle(ALL(), rita, Wish("close"))
    handle(Comment.objects.filter(pk=second.pk), alice, Wish("spam"))
    back = take_back_batch(outcome.batch, rita)
    assert states() == {"A": "new", "B": "spam"}
    assert (back.changed, [comment.pk for comment in back.kept]) == (1, [second.pk])
    assert Handling.objects.get(comment=first).taken_back


def test_nobody_takes_back_what_another_did_and_nothing_twice(rita, alice):
    say("A")
    outcome = handle(ALL(), rita, Wish("close"))
    assert take_back_batch(outcome.batch, alice).changed == 0
    assert take_back_batch(outcome.batch, rita).changed == 1
    assert take_back_batch(outcome.batch, rita).changed == 0


def test_tags_and_people_come_back_as_they_were(rita, alice):
    tag, other = Tag.objects.create(name="a"), Tag.objects.create(name="b")
    one = say("A", assigned_to=alice)
    one.tags.add(other)
    tagged = handle(ALL(), rita, Wish("tag", tag=tag))
    given = handle(ALL(), rita, Wish("assign", person=rita))
    assert {tag.name for tag in one.tags.all()} == {"a", "b"}
    take_back_batch(given.batch, rita)
    take_back_batch(tagged.batch, rita)
    one.refresh_from_db()
    assert (one.assigned_to, [tag.name for tag in one.tags.all()]) == (alice, ["b"])


def test_what_a_colleague_sorted_since_it_was_shown_stays_and_is_named(as_, rita, alice):
    one, other = say("A"), say("B", title="Parks")
    handle(Comment.objects.filter(pk=other.pk), alice, Wish("close"))
    both = {"comment": [str(one.pk), str(other.pk)], "seen": "new"}
    page = as_(rita).post(f"{LIST}sort/", {"do": "read", **both}, follow=True).content.decode()
    assert "1 comment marked read." in page and "somebody changed them since: Parks, January 2, 2030." in page
    assert states() == {"A": "read", "B": "closed"}
    page = (
        as_(rita)
        .post(f"{LIST}triage/", {"do": "hold", "comment": str(other.pk), "seen": "new"}, follow=True)
        .content.decode()
    )
    assert "Nothing was changed." in page
    assert states() == {"A": "read", "B": "closed"}


def test_one_may_sort_anew_what_one_sorted_oneself_from_a_page_gone_back_to(rita, alice):
    say("A")
    handle(ALL(), rita, Wish("read", seen="new"))
    assert handle(ALL(), rita, Wish("close", seen="new")).changed == 1
    assert handle(ALL(), alice, Wish("close", seen="new")).kept == []


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_the_same_instant_one_sorts_it_and_the_other_is_told(rita, alice):
    say("A")
    start = Barrier(2)

    def sort(by, name):
        start.wait()
        try:
            return handle(ALL(), by, Wish(name, seen="new"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = [
            one.result() for one in [pool.submit(sort, rita, "close"), pool.submit(sort, alice, "spam")]
        ]
    assert sorted((one.changed, len(one.kept)) for one in outcomes) == [(0, 1), (1, 0)]
    assert Handling.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_on_undo_at_the_same_instant_one_takes_back(rita):
    for number in range(20):
        say(str(number))
    batch = handle(ALL(), rita, Wish("close")).batch
    start = Barrier(2)

    def undo():
        start.wait()
        try:
            return take_back_batch(batch, rita).changed
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(one.result() for one in [pool.submit(undo), pool.submit(undo)]) == [0, 20]
    assert set(states().values()) == {"new"}


def test_an_account_that_is_gone_gets_nothing_back(rita, alice):
    say("A", assigned_to=alice)
    outcome = handle(ALL(), rita, Wish("assign", person=None))
    alice.delete()
    take_back_batch(outcome.batch, rita)
    assert Comment.objects.get().assigned_to is None


def test_too_many_at_once_are_refused_and_none_is_changed(rita, monkeypatch):
    monkeypatch.setattr(handling, "MOST", 2)
    for text in "ABC":
        say(text)
    with pytest.raises(ValidationError, match="Narrow the list"):
        handle(ALL(), rita, Wish("spam"))
    assert set(states().values()) == {"new"}


def test_a_thousand_cost_a_few_statements(rita, django_assert_max_num_queries):
    Comment.objects.bulk_create(
        Comment(page="/", title="Home", text=f"No. {number}") for number in range(1000)
    )
    with django_assert_max_num_queries(18):
        outcome = handle(ALL(), rita, Wish("spam"))
    assert outcome.changed == 1000
    with django_assert_max_num_queries(18):
        assert take_back_batch(outcome.batch, rita).changed == 1000


def test_the_record_never_holds_the_words(rita):
    say("A secret")
    for action in ACTIONS:
        handle(ALL(), rita, Wish(action, tag=Tag.objects.get_or_create(name="t")[0]))
    assert Handling.objects.count() > 5
    assert not any("secret" in str(one.changes) + str(one) for one in Handling.objects.all())


def test_the_page_after_an_action_has_a_way_back_once(as_, rita):
    one, client = say("A"), as_(rita)
    page = client.post(f"{LIST}sort/", {"do": "close", "comment": str(one.pk)}, follow=True)
    assert "1 comment closed." in page.content.decode()
    batch = page.context["done"]["batch"]
    assert "closed." not in client.get(LIST).content.decode()
    handle(ALL(), rita, Wish("spam"))
    page = client.post(f"{LIST}undo/", {"batch": batch}, follow=True).content.decode()
    assert "somebody changed them since: About, January 2, 2030." in page
    assert states() == {"A": "spam"}


def test_triage_brings_one_after_another(as_, rita):
    say("First", date="2030-01-03")
    say("Second", date="2030-01-02")
    say("Third", date="2030-01-01")
    client = as_(rita)
    page = client.get(f"{LIST}triage/")
    assert page.context["comment"].text == "First"
    page = client.get(f"{LIST}triage/?after={page.context['comment'].pk}")
    assert page.context["comment"].text == "Second"
    page = client.post(
        f"{LIST}triage/", {"do": "read", "comment": str(page.context["comment"].pk)}, follow=True
    )
    assert page.context["comment"].text == "Third"
    page = client.post(
        f"{LIST}triage/", {"do": "spam", "comment": str(page.context["comment"].pk)}, follow=True
    )
    assert page.context["comment"] is None and "1 that you skipped is still here" in " ".join(
        page.content.decode().split()
    )
    assert states() == {"First": "new", "Second": "read", "Third": "spam"}


@pytest.mark.parametrize("fields", [{"do": "read", "comment": "x"}, {"do": "erase"}])
def test_triage_refuses_what_is_no_comment_or_no_action(as_, rita, fields):
    assert as_(rita).post(f"{LIST}triage/", {"comment": str(say("A").pk), **fields}).status_code == 400
    assert as_(rita).get(f"{LIST}triage/?after=x").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_at_once_on_one_comment_make_a_first_step_and_a_second(rita):
    for _ in range(5):
        comment = say("Both at once")
        chosen = Comment.objects.filter(pk=comment.pk)
        at_once(lambda: handle(chosen, rita, Wish("read")), lambda: handle(chosen, rita, Wish("hold")))  # noqa: B023
        assert sorted(comment.handlings.values_list("number", flat=True)) == [0, 1]
