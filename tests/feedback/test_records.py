"""The answer to a records request has all that is kept, by permission alone; every file that leaves is on
record.
"""

import json

import pytest
from django.core.management import call_command

from feedback.inbox.handling import Wish, handle
from feedback.inbox.redaction import redact_comment
from feedback.models import Comment, CommentRedaction, Export, Note, Tag
from tests.conftest import person
from tests.feedback.test_inbox import LIST, say

pytestmark = pytest.mark.django_db
PAGE = f"{LIST}records/"


@pytest.fixture
def olga(db):
    """Olga answers records requests."""
    return person("olga", "Records officer")


def file_of(client, query="state=all", reason="Request 12"):
    response = client.post(f"{PAGE}?{query}", {"reason": reason})
    return json.loads(b"".join(response.streaming_content))


def test_it_has_every_column_and_all_that_hangs_on_a_comment(as_, rita, olga):
    one = say("Call 314-555-0100, or ask Jane Doe", held_for=",links,", state="held")
    tag = Tag.objects.create(name="lights")
    handle(Comment.objects.all(), rita, Wish("tag", tag=tag))
    Note.objects.create(comment=one, text="Seen", by=rita, by_name="rita")
    redact_comment(one, rita, ["Jane Doe"], "a name")
    [row] = file_of(as_(olga))
    assert set(row) >= {field.name for field in Comment._meta.concrete_fields}
    assert (row["id"], row["held_for"], row["tags"]) == (str(one.pk), ",links,", ["lights"])
    assert row["text"] == "Call 314-555-0100, or ask [removed]"
    assert [(note["text"], note["by_name"]) for note in row["notes"]] == [("Seen", "rita")]
    assert row["steps"][0]["changes"]["tags"] == [[], [tag.pk]]
    assert [(one["reason"], one["passages"]) for one in row["redactions"]] == [("a name", 1)]
    assert set(row["redactions"][0]) >= {f.name for f in CommentRedaction._meta.concrete_fields} - {"comment"}


def test_it_is_on_record_with_who_which_and_why(as_, olga):
    say("A")
    say("B", state="spam")
    assert len(file_of(as_(olga), "state=spam")) == 1
    export = Export.objects.get()
    assert (export.by, export.kind, export.filter, export.reason, export.comments) == (
        olga,
        "records",
        "state=spam",
        "Request 12",
        1,
    )
    page = as_(olga).get(PAGE).content.decode()
    assert "Request 12" in page and "state=spam" in page


def test_without_a_reason_nothing_leaves(as_, olga):
    say("A")
    response = as_(olga).post(PAGE, {"reason": " "})
    assert not response.streaming
    assert not Export.objects.exists()


def test_who_lacks_the_permission_neither_sees_it_nor_gets_it(as_, rita, edith):
    say("A")
    assert "Records request" not in as_(rita).get(LIST).content.decode()
    for who in (rita, edith):
        assert as_(who).get(PAGE).status_code == 403
        assert as_(who).post(PAGE, {"reason": "x"}).status_code == 403
    assert not Export.objects.exists()


def test_the_other_files_are_on_record_too(as_, rita, tmp_path):
    say("A")
    for kind in ("csv", "json"):
        b"".join(as_(rita).get(f"{LIST}export.{kind}?state=all").streaming_content)
    call_command("export_comments", tmp_path / "all.csv", verbosity=0)
    assert list(Export.objects.order_by("-by_name", "kind").values_list("kind", "by_name", "comments")) == [
        ("csv", "rita", 1),
        ("json", "rita", 1),
        ("csv", "", 1),
    ]
