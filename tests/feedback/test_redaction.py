"""Taking words out of a comment for good: what is replaced, what stays on record, and that the words are
nowhere.
"""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection

from feedback.admin.redact import digest
from feedback.inbox.redaction import redact_comment, without
from feedback.models import Comment, CommentRedaction, Handling, Note
from tests.feedback.test_inbox import LIST, say

TEXT = "Al Smith sells at the store. al  smith's also there, call 314-555-0142."


@pytest.mark.parametrize(
    ("passages", "result", "count"),
    [
        (["Al Smith"], "[removed] sells at the store. [removed]'s also there, call 314-555-0142.", 2),
        (["al"], "[removed] Smith sells at the store. [removed]  smith's also there, call 314-555-0142.", 2),
        (
            ["314-555-0142", "Al Smith"],
            "[removed] sells at the store. [removed]'s also there, call [removed].",
            3,
        ),
        (["Al", "Al Smith"], "[removed] sells at the store. [removed]'s also there, call 314-555-0142.", 2),
        (["nobody", ""], TEXT, 0),
    ],
)
def test_passages_are_replaced_as_whole_words_wherever_they_stand(passages, result, count):
    assert without(TEXT, passages) == (result, count)


@pytest.mark.parametrize(
    ("text", "passage", "result"),
    [
        *[("Ask José.", "jose\u0301", "Ask [removed]."), ("Ask Jose\u0301.", "José", "Ask [removed].")],
        *[("Ask José.", "Jose", "Ask José."), ("Ask Jose\u0301.", "Jose", "Ask Jose\u0301.")],
        *[
            ("x\u0323\u0301y", "x", "x\u0323\u0301y"),
            ("👩‍👧 Ann👍🏽", "Ann👍🏽", "👩‍👧 [removed]"),
            ("e" + "\u0301" * 499, "é", "e" + "\u0301" * 499),
        ],
        *[("Ann [removed]", "removed", "Ann [removed]"), ("Ann [removed]", "[removed]", "Ann [removed]")],
        *[
            ("a.b a+b", "a.b", "[removed] a+b"),
            ("(Ann) Ann)", "(Ann)", "[removed] Ann)"),
            ("Ann", "Ann\u200b", "Ann"),
        ],
    ],
)
def test_marks_on_letters_signs_and_what_was_removed_before_are_borders(text, passage, result):
    assert without(text, [passage])[0] == result


@pytest.mark.parametrize("text", ["x " * 250, "abc " * 125, "é" * 500, "a\nb " * 125])
def test_a_comment_never_grows_beyond_its_limit(text):
    assert len(without(text, text.split())[0]) <= 500


@pytest.mark.django_db
def test_it_is_on_record_who_did_it_when_and_why_and_the_words_are_in_no_table(rita):
    comment = say(TEXT, personal=",phone,", shape=5)
    Note.objects.create(comment=comment, text="I know Al Smith.", by=rita)
    redact_comment(comment, rita, ["Al Smith", "314-555-0142"], "A private person")
    comment.refresh_from_db()
    assert comment.text == "[removed] sells at the store. [removed]'s also there, call [removed]."
    assert (comment.redacted, comment.personal) == (True, "")
    assert comment.shape != 5
    record = CommentRedaction.objects.get()
    assert (record.by_name, record.reason, record.passages, record.applied) == (
        "rita",
        "A private person",
        3,
        True,
    )
    assert (record.page, str(record.day)) == ("/about/", "2030-01-02")
    assert Note.objects.get().text == "I know [removed]."
    kept = [
        str(row)
        for model in (Comment, Note, Handling, CommentRedaction, LogEntry)
        for row in model.objects.values()
    ]
    assert not any(word in row.lower() for row in kept for word in ("smith", "314-555-0142"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("passages", "reason"),
    [
        (["Bob"], "x"),
        ([], "x"),
        (["", " \n"], "x"),
        (["[removed]"], "x"),
        (["Al Smith"], "It names al smith"),
    ],
)
def test_what_cannot_be_done_changes_nothing(rita, passages, reason):
    comment = say(TEXT)
    with pytest.raises(ValidationError):
        redact_comment(comment, rita, passages, reason)
    comment.refresh_from_db()
    assert comment.text == TEXT and not CommentRedaction.objects.exists()


@pytest.mark.django_db
def test_a_second_redaction_is_a_second_record(rita):
    comment = say(TEXT)
    redact_comment(comment, rita, ["Al Smith"], "A name")
    redact_comment(comment, rita, ["314-555-0142"], "A phone")
    assert CommentRedaction.objects.filter(applied=True).count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL frees a row's bytes when it vacuums")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_the_words_are_gone_from_the_files(rita):
    comment = say("Secretword Xylophonist was here.")
    Comment.objects.bulk_create(
        Comment(page="/", title="Home", text=f"No. {number}") for number in range(200)
    )
    redact_comment(comment, rita, ["Xylophonist"], "A name")
    name = str(connection.settings_dict["NAME"])
    for path in (name, f"{name}-wal"):
        with open(path, "rb") as file:
            assert b"Xylophonist" not in file.read(), path


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["rita", "alice"])
def test_the_page_shows_the_result_before_it_is_done(as_, request, who):
    comment, client = say(TEXT), as_(request.getfixturevalue(who))
    address = f"{LIST}{comment.pk}/redact/?q=al"
    fields = {"found": "0", "seen": digest(TEXT), "typed": "Al Smith\n", "reason": "A private person"}
    assert "314-555-0142" not in client.get(address).content.decode()
    page = client.post(address, {**fields, "look": "1"})
    assert page.context["result"].startswith("[removed] sells")
    assert not CommentRedaction.objects.exists()
    response = client.post(address, {**fields, "redact": "1"})
    assert response["Location"] == f"{LIST}{comment.pk}/change/?q=al"
    assert "Redacted 3 passages: A private person" in client.get(response["Location"]).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"typed": "Bob"}, "Not in the comment: Bob"),
        ({"typed": " "}, "Choose or type"),
        ({"typed": "Al Smith", "reason": "Al Smith"}, "The reason repeats"),
        ({"typed": "Al Smith", "reason": ""}, "This field is required"),
        ({"found": "7"}, "Select a valid choice"),
        ({"typed": "Al Smith", "seen": "x"}, "changed meanwhile"),
    ],
)
def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(as_, rita, fields, words):
    comment = say(TEXT)
    page = (
        as_(rita)
        .post(f"{LIST}{comment.pk}/redact/", {"reason": "x", "seen": digest(TEXT), "redact": "1", **fields})
        .content.decode()
    )
    assert words in page and "Error: Redact" in page
    assert Comment.objects.get().text == TEXT
