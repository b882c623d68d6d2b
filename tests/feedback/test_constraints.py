"""What a resident sent is never changed, whoever tries: the database refuses it, but for a redaction on
record.
"""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from feedback.models import Comment, CommentRedaction
from feedback.models.constraints import install_rules
from tests.feedback.test_inbox import say

pytestmark = pytest.mark.django_db


def refused(words, change):
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        change()


@pytest.fixture
def one():
    return say("Call Al", item="19af6afe-0afd-43e9-aab9-9f64e2bc3d9c", version=1)


def recorded(comment, **fields):
    return CommentRedaction.objects.create(
        comment=comment, by_name="rita", reason="A name", passages=1, **fields
    )


@pytest.mark.parametrize(
    "fields",
    [
        *[
            {"page": "/"},
            {"title": "x"},
            {"helpful": False},
            {"helpful": None},
            {"date": "2029-01-01"},
            {"language": "es"},
        ],
        *[{"item": None}, {"version": None}, {"version": 2}],
    ],
)
def test_nothing_that_a_resident_sent_can_be_changed(one, fields):
    recorded(one)
    refused("never changed", lambda: Comment.objects.filter(pk=one.pk).update(**fields, redacted=True))
    for name, value in fields.items():
        setattr(one, name, value)
    refused("never changed", one.save)


@pytest.mark.parametrize("text", ["Call Bo", "", "Call [removed]"])
def test_the_text_is_not_changed_without_a_redaction_on_record(one, text):
    refused("on record", lambda: Comment.objects.filter(pk=one.pk).update(text=text, redacted=True))


def test_a_redaction_on_record_allows_one_change_and_no_second(one):
    record = recorded(one)
    for fields in ({"text": "Call [removed]"}, {"text": "Call Bo", "redacted": True}):
        refused("on record", partial(Comment.objects.filter(pk=one.pk).update, **fields))
    Comment.objects.filter(pk=one.pk).update(text="Call [removed]", redacted=True)
    record.refresh_from_db()
    assert record.applied
    refused("on record", lambda: Comment.objects.filter(pk=one.pk).update(text="[removed]"))
    refused("on record", lambda: Comment.objects.filter(pk=one.pk).update(redacted=False))


def test_a_redaction_of_another_comment_allows_nothing(one):
    recorded(say("Other"))
    refused(
        "on record", lambda: Comment.objects.filter(pk=one.pk).update(text="Call [removed]", redacted=True)
    )


@pytest.mark.parametrize(
    "fields",
    [{"reason": "x"}, {"passages": 9}, {"by_name": "bob"}, {"done_on": "2029-01-01"}, {"applied": False}],
)
def test_the_record_of_a_redaction_is_not_changed(one, fields):
    record = recorded(one, applied=True)
    refused("never changed", lambda: CommentRedaction.objects.filter(pk=record.pk).update(**fields))


def test_what_reviewers_add_can_be_changed_and_saved(one, rita):
    Comment.objects.filter(pk=one.pk).update(state="closed", assigned_to=rita)
    one.refresh_from_db()
    one.state = "read"
    one.save()


def test_an_account_that_goes_leaves_its_comments_and_redactions(one, rita):
    record = recorded(one, by=rita)
    Comment.objects.filter(pk=one.pk).update(assigned_to=rita)
    rita.delete()
    record.refresh_from_db()
    assert (record.by, record.by_name) == (None, "rita")


def test_the_rules_can_be_installed_again(one):
    with connection.cursor() as cursor:

        class Editor:
            connection = cursor.db
            execute = staticmethod(lambda statement, params: cursor.execute(statement))

        install_rules(None, Editor)
    refused("on record", lambda: Comment.objects.filter(pk=one.pk).update(text="x"))


def test_words_that_are_removed_from_the_report_go_from_a_comments_page_and_its_redaction_too(one):
    record = recorded(one, page="/al-smith/")
    Comment.objects.filter(pk=one.pk).update(title="[removed] Program", page="/[removed]/")
    CommentRedaction.objects.filter(pk=record.pk).update(page="/[removed]/")
    one.refresh_from_db()
    assert (one.title, one.page, one.text) == ("[removed] Program", "/[removed]/", "Call Al")
    refused("never changed", lambda: CommentRedaction.objects.filter(pk=record.pk).update(page="/"))


def test_words_go_from_the_reason_of_a_redaction_only_where_a_mark_takes_their_place(one):
    record = CommentRedaction.objects.filter(pk=recorded(one).pk)
    record.update(reason="[removed]")
    refused("never changed", lambda: record.update(reason="Another"))
