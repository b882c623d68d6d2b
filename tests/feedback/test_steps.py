"""A step for many comments is asked first; it can be taken back for 30 days, each comment to what it was."""

import re

import pytest

from feedback.inbox.handling import Wish, handle, take_back_batch
from feedback.models import Comment, Handling, Tag
from tests.feedback.test_handling import ALL, states
from tests.feedback.test_inbox import LIST, say

pytestmark = pytest.mark.django_db
STATES = ("new", "read", "in_hand", "answered", "closed", "held")


def many(count):
    Comment.objects.bulk_create(
        Comment(page="/", title="Home", text=f"No. {number}") for number in range(count)
    )


def test_up_to_fifty_are_changed_at_once_and_more_are_asked(as_, rita):
    many(51)
    client = as_(rita)
    page = client.post(f"{LIST}sort/", {"do": "spam", "all": "1"}).content.decode()
    assert "This changes 51 comments at once." in page
    assert set(states().values()) == {"new"}
    sent = dict(re.findall(r'<input type="hidden" name="(do|all|seen)" value="([^"]*)"', page))
    page = client.post(f"{LIST}sort/", {**sent, "sure": "51"}, follow=True).content.decode()
    assert "51 comments marked as spam." in page
    Comment.objects.first().delete()
    assert (
        "50 comments"
        in client.post(
            f"{LIST}sort/?state=spam", {"do": "not_spam", "all": "1"}, follow=True
        ).content.decode()
    )


def test_where_the_number_is_another_by_then_it_is_asked_again(as_, rita):
    many(52)
    page = as_(rita).post(f"{LIST}sort/", {"do": "spam", "all": "1", "sure": "51"}).content.decode()
    assert "This changes 52 comments at once." in page
    assert set(states().values()) == {"new"}


@pytest.mark.parametrize("do", ["tag", "assign", "urgent", "close"])
def test_every_kind_of_step_is_asked(as_, rita, do):
    many(51)
    tag = Tag.objects.create(name="lights")
    page = (
        as_(rita).post(f"{LIST}sort/", {"do": do, "all": "1", "tag": tag.pk, "person": "me"}).content.decode()
    )
    assert "This changes 51 comments at once." in page
    assert f'name="tag" value="{tag.pk}"' in page
    assert not Handling.objects.exists()


def test_recent_steps_takes_each_comment_back_to_what_it_was_from_any_later_page(as_, rita):
    for state in STATES:
        say(state, state=state)
    handle(ALL(), rita, Wish("spam"))
    handle(Comment.objects.filter(text="held"), rita, Wish("urgent"))
    client = as_(rita)
    client.get(LIST)
    page = client.get(f"{LIST}steps/").content.decode()
    assert "6 comments: Spam" in page
    assert "1 comment: marked urgent" in page
    batch = re.search(r'6 comments: Spam.*?name="batch" value="([^"]+)"', page, re.DOTALL)[1]
    client.post(f"{LIST}undo/", {"batch": batch, "then": "steps"})
    assert states() == {state: state for state in STATES}
    assert "6 comments: Spam" not in client.get(f"{LIST}steps/").content.decode()


def test_not_spam_and_release_bring_back_what_each_was(rita):
    for state in STATES:
        say(state, state=state)
    handle(ALL(), rita, Wish("spam"))
    handle(ALL(), rita, Wish("not_spam"))
    assert states() == {state: state for state in STATES}
    handle(Comment.objects.filter(text="in_hand"), rita, Wish("hold"))
    handle(ALL(), rita, Wish("release"))
    assert states() == {state: state for state in STATES} | {"held": "new"}


def test_a_step_taken_back_is_no_earlier_state(rita):
    say("A", state="closed")
    take_back_batch(handle(ALL(), rita, Wish("spam")).batch, rita)
    Comment.objects.update(state="spam")
    handle(ALL(), rita, Wish("not_spam"))
    assert states() == {"A": "new"}


def test_a_step_ends_after_thirty_days_and_with_its_comment(as_, rita, clock):
    clock.set("2026-03-01 09:00")
    say("A")
    say("B")
    batch = handle(ALL(), rita, Wish("close")).batch
    clock.set("2026-03-30 09:00")
    Comment.objects.filter(text="B").delete()
    assert "1 comment: Closed" in as_(rita).get(f"{LIST}steps/").content.decode()
    clock.set("2026-03-31 09:00")
    assert "Nothing can be taken back." in as_(rita).get(f"{LIST}steps/").content.decode()
    assert take_back_batch(batch, rita).changed == 0


def test_what_a_colleague_did_is_listed_and_not_offered(as_, rita, alice):
    say("A")
    handle(ALL(), alice, Wish("close"))
    page = as_(rita).get(f"{LIST}steps/").content.decode()
    assert "alice: 1 comment: Closed" in page
    assert "Take back" not in page


def test_the_list_costs_the_same_however_many_steps_there_are(as_, rita, django_assert_max_num_queries):
    say("A")
    for do in ("read", "close", "reopen") * 10:
        handle(ALL(), rita, Wish(do))
    client = as_(rita)
    with django_assert_max_num_queries(14):
        client.get(f"{LIST}steps/")
