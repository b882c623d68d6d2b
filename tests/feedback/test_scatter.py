"""In which order comments came is in no backup."""

from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from feedback.models import Comment
from tests.feedback.test_inbox import say


def as_a_dump_has_them():
    """Return the ids in the order in which the table is read from its beginning to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM feedback_comment")
        return [str(key) for (key,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_after_the_command_the_table_lies_in_the_order_of_random_ids_and_nothing_is_lost():
    came = [str(say(f"Number {number}").pk) for number in range(40)]
    out = StringIO()
    call_command("scatter_comments", stdout=out)
    assert "which say nothing of when they came" in out.getvalue()
    assert [key.replace("-", "") for key in as_a_dump_has_them()] == sorted(
        key.replace("-", "") for key in came
    )
    assert Comment.objects.count() == 40


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="on SQLite the command takes no lock that others could hold"
)
@pytest.mark.django_db(transaction=True)
def test_where_others_use_the_table_it_gives_up_and_says_so(monkeypatch):
    for name, value in (("PATIENCE", "100ms"), ("TRIES", 2), ("PAUSE", 0)):
        monkeypatch.setattr(f"feedback.management.commands.scatter_comments.{name}", value)
    say("Here")
    reading, done = Event(), Event()

    def read():
        with transaction.atomic():
            Comment.objects.count()
            reading.set()
            done.wait(10)
        connection.close()

    reader = Thread(target=read)
    reader.start()
    assert reading.wait(10)
    try:
        with pytest.raises(CommandError, match="Run it again"):
            call_command("scatter_comments", stdout=StringIO())
    finally:
        done.set()
        reader.join()
    assert Comment.objects.count() == 1
