"""What reviewers do leaves no order within a day: neither in new rows nor in those that had running
numbers.
"""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from feedback.inbox.handling import Wish, handle, take_back_batch
from feedback.models import Comment, CommentRedaction, Export, Handling, Note, Tag
from tests.feedback.test_inbox import LIST, say

BEFORE, AFTER = [("feedback", "0013_answers_count_once")], [("feedback", "0014_random_ids")]
COUNT = 30


@pytest.fixture
def old_tables(transactional_db):
    """The models of the tables as they were when their ids ran; afterwards all migrations again."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    call_command("migrate", verbosity=0)


def in_rows(name):
    """Return what a table's rows hold in a column in the order in which it is read from its beginning to
    its end.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name[1]} FROM {name[0]}")
        return [str(value) for (value,) in cursor.fetchall()]


def test_rows_that_had_running_numbers_lose_their_order_and_nothing_else(old_tables):
    comment, tag = (
        old_tables.get_model("feedback", "Comment"),
        old_tables.get_model("feedback", "Tag").objects.create(name="t"),
    )
    for number in range(COUNT):
        one, name = comment.objects.create(page="/", title="Home", text=f"No. {number}"), f"{number:02}"
        one.tags.add(tag)
        old_tables.get_model("feedback", "Handling").objects.create(
            comment=one, by_name=name, changes={"state": ["new", "read"]}
        )
        old_tables.get_model("feedback", "Handling").objects.create(
            comment=one, by_name=name, changes={"state": ["read", "closed"]}
        )
        old_tables.get_model("feedback", "Note").objects.create(comment=one, by_name=name, text="x")
        old_tables.get_model("feedback", "CommentRedaction").objects.create(
            comment=one, by_name=name, passages=1, reason="x"
        )
        old_tables.get_model("feedback", "Export").objects.create(by_name=name, kind="csv", comments=number)
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    came = [f"{number:02}" for number in range(COUNT)]
    for model, times in ((Handling, 2), (Note, 1), (CommentRedaction, 1), (Export, 1)):
        found = in_rows((model._meta.db_table, "by_name"))
        assert sorted(found) == sorted(came * times)
        assert found != sorted(found), model
    assert Tag.objects.get().comments.count() == COUNT
    for one in Comment.objects.all():
        assert [step.changes["state"][1] for step in one.handlings.all()] == ["read", "closed"]


@pytest.mark.django_db
def test_the_steps_of_one_comment_keep_their_own_order_however_many_there_were_on_a_day(rita):
    say("A")
    for do in ("read", "spam", "not_spam", "in_hand", "spam"):
        handle(Comment.objects.all(), rita, Wish(do))
    handle(Comment.objects.all(), rita, Wish("not_spam"))
    assert Comment.objects.get().state == "in_hand"
    assert [step.number for step in Handling.objects.all()] == [0, 1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_recent_steps_of_a_day_stand_in_no_order_of_time_and_always_the_same(as_, rita, clock):
    for number in range(12):
        if number == 6:
            clock.set("2030-03-05 12:00")
        elif number == 0:
            clock.set("2030-03-04 12:00")
        say(f"No. {number}")
        handle(Comment.objects.filter(text=f"No. {number}"), rita, Wish("close"))
    listed = re.findall(r'name="batch" value="([^"]+)"', as_(rita).get(f"{LIST}steps/").content.decode())
    days = {str(batch): day for batch, day in Handling.objects.values_list("batch", "done_on")}
    assert listed == sorted(listed[:6]) + sorted(listed[6:])
    assert [days[batch].day for batch in listed] == [5] * 6 + [4] * 6
    assert take_back_batch(listed[0], rita).changed == 1


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="on SQLite the rows lie in the order of their ids"
)
@pytest.mark.django_db(transaction=True)
def test_the_command_before_a_dump_scatters_the_rows_of_steps_too(rita):
    for number in range(COUNT):
        say(f"No. {number}")
        handle(Comment.objects.filter(text=f"No. {number}"), rita, Wish("close"))
    call_command("scatter_comments", verbosity=0)
    found = in_rows(("feedback_handling", "id"))
    assert found == sorted(found)
