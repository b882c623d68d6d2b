"""Comments older than the city keeps them become daily counts: once, whole batches, and the record of redactions stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from feedback import retention
from feedback.handling import Wish, handle, take_back
from feedback.models import Answer, Comment, CommentRedaction, DailyCount, Handling
from feedback.redaction import redact
from tests.builders import make
from tests.feedback.test_inbox import say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(clock):
    clock.set("2030-02-01 12:00")


def counts():
    fields = ("page", "version", "language", "yes", "no", "unanswered", "comments", "read_within")
    return list(DailyCount.objects.order_by("page", "version", "language").values_list(*fields))


def test_the_old_become_counts_by_page_day_version_and_language(settings):
    settings.FEEDBACK_KEEP_DAYS = 30
    say("A", read_on="2030-01-04", date="2030-01-01")
    say("", helpful=False, date="2030-01-01")
    say("C", helpful=None, date="2030-01-01")
    say("D", version=2, date="2030-01-01")
    say("E", language="es", date="2030-01-01")
    say("Kept: thirty days old", date="2030-01-02")
    for _ in range(2):
        call_command("apply_retention")
    assert counts() == [
        ("/about/", 0, "en", 1, 1, 1, 2, {"3": 1, "": 1}),
        ("/about/", 0, "es", 1, 0, 0, 1, {"": 1}),
        ("/about/", 2, "en", 1, 0, 0, 1, {"": 1}),
    ]
    assert [comment.text for comment in Comment.objects.all()] == ["Kept: thirty days old"]


def test_later_ones_of_a_day_are_added_to_its_count():
    for _ in range(2):
        say("A", date="2029-01-01")
        call_command("apply_retention", days=10)
    assert counts() == [("/about/", 0, "en", 2, 0, 0, 2, {"": 2})]


def test_what_was_held_or_spam_is_deleted_and_counts_for_nothing():
    say("A", state="spam", date="2029-01-01")
    say("B", state="held", date="2029-01-01")
    call_command("apply_retention", days=10)
    assert not Comment.objects.exists() and not DailyCount.objects.exists()


def test_it_goes_in_batches_with_progress_and_stops_in_none(monkeypatch, capsys):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        say("A", date="2029-01-01")
    run = retention.apply(10)
    next(run)
    run.close()  # as if it was killed after its first batch
    assert (Comment.objects.count(), counts()[0][3]) == (3, 2)
    call_command("apply_retention", days=10)
    assert "2 of 3 comments" in capsys.readouterr().out
    assert (Comment.objects.count(), counts()[0][3]) == (0, 5)


def test_a_batch_that_fails_takes_nothing(monkeypatch):
    say("A", date="2029-01-01")
    monkeypatch.setattr(Comment.objects.all().__class__, "delete", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(retention.apply(10))
    assert Comment.objects.exists() and not DailyCount.objects.exists()


def test_notes_and_handlings_go_and_the_record_of_redactions_stays(rita):
    comment = say("Al was here", date="2029-01-01")
    handle(Comment.objects.all(), rita, Wish("read"))
    redact(comment, rita, ["Al"], "A name")
    call_command("apply_retention", days=10)
    assert not Handling.objects.exists()
    record = CommentRedaction.objects.get()
    assert (record.comment, record.page, str(record.day), record.by_name) == (None, "/about/", "2029-01-01", "rita")


@pytest.mark.django_db(transaction=True)
def test_to_sort_to_take_back_and_to_delete_at_the_same_instant_wait_for_each_other(rita, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 20)
    days = [date(2029, 1, 1 + number % 28) for number in range(300)]
    Comment.objects.bulk_create(Comment(page="/", title="T", text="A", date=day) for day in days)
    batch = handle(Comment.objects.all(), rita, Wish("read")).batch
    acts = [
        *(partial(handle, Comment.objects.all(), rita, Wish(name)) for name in ("close", "spam", "hold")),
        partial(take_back, batch, rita),
        lambda: list(retention.apply(10)),
    ]
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for one in [pool.submit(run, act) for act in acts]:
            one.result()
    assert not Comment.objects.exists() and not Handling.objects.exists()


def test_what_is_deleted_leaves_the_answer_to_it_and_the_way_back_of_the_others(rita, client):
    answer = make(Answer, title="You asked", body="We did.")
    old, new = say("Old", answer=answer, date="2029-01-01"), say("New", answer=answer, date="2030-01-30")
    batch = handle(Comment.objects.all(), rita, Wish("close")).batch
    call_command("apply_retention", days=10)
    assert take_back(batch, rita).changed == 1
    new.refresh_from_db()
    assert (new.state, list(answer.comments.all())) == ("new", [new])
    assert "You asked" in client.get("/you-said-we-did/").content.decode()
    with pytest.raises(ValidationError, match="not there any more"):
        redact(old, rita, ["Old"], "A name")


@pytest.mark.parametrize(
    ("options", "words"), [({}, "every comment is kept"), ({"days": 10, "dry_run": True}, "1 comments up to")]
)
def test_without_a_number_or_in_a_dry_run_nothing_is_changed(capsys, options, words):
    say("A", date="2029-01-01")
    call_command("apply_retention", **options)
    assert words in capsys.readouterr().out
    assert Comment.objects.exists()


def test_a_negative_number_is_refused():
    with pytest.raises(CommandError):
        call_command("apply_retention", days=-1)
