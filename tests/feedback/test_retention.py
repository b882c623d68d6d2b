"""Comments older than the city keeps them become daily counts: once, whole batches, and the record of
redactions stays.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from feedback.inbox import retention
from feedback.inbox.handling import Wish, handle, take_back_batch
from feedback.inbox.redaction import redact_comment
from feedback.models import Answer, Comment, CommentRedaction, DailyCount, Handling, LegalHold, Tag
from initiatives.publishing.publish import publish
from tests.builders import make, make_initiative
from tests.conftest import person
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
    say("A", read_on="2030-01-04", date="2030-01-01", state="read")
    say("", helpful=False, date="2030-01-01")
    say("C", helpful=None, date="2030-01-01", state="closed")
    say("D", version=2, date="2030-01-01", state="answered")
    say("E", language="es", date="2030-01-01", state="read")
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
        say("A", date="2029-01-01", state="read")
        call_command("apply_retention", days=10)
    assert counts() == [("/about/", 0, "en", 2, 0, 0, 2, {"": 2})]


def test_spam_and_bare_answers_that_were_held_are_deleted_and_count_for_nothing():
    say("A", state="spam", date="2029-01-01")
    say("", state="held", date="2029-01-01")
    call_command("apply_retention", days=10)
    assert not Comment.objects.exists() and not DailyCount.objects.exists()


def test_it_goes_in_batches_with_progress_and_stops_in_none(monkeypatch, capsys):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        say("A", date="2029-01-01", state="read")
    run = retention.apply_retention(10)
    next(run)
    run.close()  # as if it was killed after its first batch
    assert (Comment.objects.count(), counts()[0][3]) == (3, 2)
    call_command("apply_retention", days=10)
    assert "2 of 3 comments" in capsys.readouterr().out
    assert (Comment.objects.count(), counts()[0][3]) == (0, 5)


def test_a_batch_that_fails_takes_nothing(monkeypatch):
    say("A", date="2029-01-01", state="read")
    monkeypatch.setattr(Comment.objects.all().__class__, "delete", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(retention.apply_retention(10))
    assert Comment.objects.exists() and not DailyCount.objects.exists()


def test_notes_and_handlings_go_and_the_record_of_redactions_stays(rita):
    comment = say("Al was here", date="2029-01-01")
    handle(Comment.objects.all(), rita, Wish("read"))
    redact_comment(comment, rita, ["Al"], "A name")
    call_command("apply_retention", days=10)
    assert not Handling.objects.exists()
    record = CommentRedaction.objects.get()
    assert (record.comment, record.page, str(record.day), record.by_name) == (
        None,
        "/about/",
        "2029-01-01",
        "rita",
    )


@pytest.mark.django_db(transaction=True)
def test_to_sort_to_take_back_and_to_delete_at_the_same_instant_wait_for_each_other(rita, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 20)
    days = [date(2029, 1, 1 + number % 28) for number in range(300)]
    Comment.objects.bulk_create(
        Comment(page="/", title="T", helpful=True, state="read", date=day) for day in days
    )
    batch = handle(Comment.objects.all(), rita, Wish("read")).batch
    acts = [
        *(partial(handle, Comment.objects.all(), rita, Wish(name)) for name in ("close", "spam", "hold")),
        partial(take_back_batch, batch, rita),
        lambda: list(retention.apply_retention(10)),
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
    assert take_back_batch(batch, rita).changed == 1
    new.refresh_from_db()
    assert (new.state, list(answer.comments.all())) == ("new", [new])
    assert "You asked" in client.get("/you-said-we-did/").content.decode()
    with pytest.raises(ValidationError, match="not there any more"):
        redact_comment(old, rita, ["Old"], "A name")


@pytest.mark.parametrize(
    ("options", "words"), [({}, "every comment is kept"), ({"days": 10, "dry_run": True}, "1 comments up to")]
)
def test_without_a_number_or_in_a_dry_run_nothing_is_changed(capsys, options, words):
    say("A", date="2029-01-01", state="read")
    call_command("apply_retention", **options)
    assert words in capsys.readouterr().out
    assert Comment.objects.exists()


def test_a_negative_number_is_refused():
    with pytest.raises(CommandError):
        call_command("apply_retention", days=-1)


# What is kept back

WAITS = ("new", "held", "in_hand")
GOES = ("read", "answered", "closed", "spam")


@pytest.mark.parametrize("state", WAITS)
def test_what_has_words_and_waits_for_a_reviewer_is_kept_however_old(state):
    waiting = say("Please read me", state=state, date="2020-01-01")
    say("", state=state, date="2020-01-01")
    call_command("apply_retention", days=10)
    assert list(Comment.objects.all()) == [waiting]


@pytest.mark.parametrize("state", GOES)
@pytest.mark.parametrize("text", ["Some words", ""])
def test_what_was_dealt_with_goes_and_so_do_bare_answers(state, text):
    say(text, state=state, date="2020-01-01")
    call_command("apply_retention", days=10)
    assert not Comment.objects.exists()


def test_once_it_is_read_it_goes(rita):
    comment = say("Please read me", date="2020-01-01")
    call_command("apply_retention", days=10)
    handle(Comment.objects.filter(pk=comment.pk), rita, Wish("read"))
    call_command("apply_retention", days=10)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("state", GOES)
def test_a_legal_hold_keeps_what_is_said_of_a_page_wherever_it_moves(state):
    item = make_initiative(slug="first")
    hold("/initiatives/first/")
    kept = say("Some words", state=state, date="2020-01-01", page="/initiatives/first/", item=item.key)
    item.slug = "second"
    item.save()
    publish(item, None)
    moved = say("More words", state=state, date="2020-01-02", page="/initiatives/second/", item=item.key)
    say("Of another page", state=state, date="2020-01-02")
    call_command("apply_retention", days=10)
    assert set(Comment.objects.all()) == {kept, moved}
    LegalHold.objects.all().delete()
    call_command("apply_retention", days=10)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("state", GOES)
def test_a_legal_hold_on_a_tag_keeps_what_has_it_and_the_tag(state):
    tag = Tag.objects.create(name="case 17")
    hold(tag=tag)
    kept = say("Some words", state=state, date="2020-01-01")
    kept.tags.add(tag, Tag.objects.create(name="another"))
    say("No tag", state=state, date="2020-01-01")
    call_command("apply_retention", days=10)
    assert list(Comment.objects.all()) == [kept]
    with pytest.raises(ProtectedError):
        tag.delete()


@pytest.mark.parametrize(
    "said", [{"page": "/no/such/page/"}, {"page": "https://example.org/"}, {"page": "/admin/"}, {}]
)
def test_a_hold_names_a_page_of_the_site_or_a_tag(said):
    with pytest.raises(ValidationError):
        hold(**said)


def test_a_hold_is_of_a_page_or_a_tag_and_not_both():
    with pytest.raises(ValidationError, match="one of the two"):
        hold("/about/", Tag.objects.create(name="case 17"))
    with pytest.raises(IntegrityError):
        LegalHold.objects.create(reason="neither")


def test_a_hold_of_nothing_is_refused_once_and_beside_its_field(as_, alice):
    response = as_(alice).post("/admin/feedback/legalhold/add/", {"page": "", "tag": "", "reason": "Case 17"})
    assert response.context["adminform"].form.errors == {"page": ["Name a page or a tag, one of the two."]}


def hold(page="", tag=None):
    found = LegalHold(page=page, tag=tag, reason="Case 17")
    found.full_clean()
    found.save()


def test_the_dry_run_the_run_and_the_desk_tell_the_same_numbers(as_, rita, settings, capsys):
    settings.FEEDBACK_KEEP_DAYS = 10
    hold("/about/")
    for state in (*WAITS, "new", *GOES):
        say("Some words", state=state, date="2029-01-01", page="/")
        say("", state=state, date="2029-01-01", page="/")
    say("Held by law", state="closed", date="2029-01-01")
    desk = " ".join(as_(rita).get("/admin/").content.decode().split())
    assert "Comments kept longer than planned: nobody has read them" in desk
    assert "?state=new&amp;mark=words&amp;until=2030-01-21" in desk and "2 comments" in desk
    capsys.readouterr()
    call_command("apply_retention", dry_run=True)
    told = capsys.readouterr().out
    assert "12 comments up to 2030-01-21 would become counts." in told
    call_command("apply_retention")
    done = capsys.readouterr().out
    kept = "Kept back: 4 that still wait for a reviewer, 1 more under a legal hold."
    assert "12 comments up to 2030-01-21 are now counts." in done
    assert kept in told and kept in done
    assert Comment.objects.count() == 5


def test_the_desk_counts_nothing_where_comments_are_kept_always(as_, rita):
    say("Some words", date="2020-01-01")
    assert "kept longer than planned" not in as_(rita).get("/admin/").content.decode()


def test_who_answers_records_requests_sets_holds_and_a_reviewer_does_not(as_, rita):
    add = "/admin/feedback/legalhold/add/"
    assert as_(rita).get(add).status_code == 403
    olga = person("olga", "Records officer")
    assert as_(olga).post(add, {"page": "/about/", "reason": "Case 17"}).status_code == 302
    assert LegalHold.objects.get().page == "/about/"
    assert LogEntry.objects.get().user == olga


def test_the_privacy_page_says_what_is_kept_longer(client, settings):
    settings.FEEDBACK_KEEP_DAYS = 365
    page = " ".join(client.get("/privacy/").content.decode().split())
    assert "We keep a comment for 365 days, longer while nobody has read it" in page
    assert "No comment is thrown away unread." in page
