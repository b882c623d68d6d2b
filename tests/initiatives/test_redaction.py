"""What must lawfully go is gone everywhere; that it went, when and why stays, and the record still holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from initiatives.audit.occurrences import rows_to_change
from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import Erasure, Initiative, Redaction, Revision
from initiatives.publishing.publish import save_draft, schedule
from tests.initiatives.conftest import NAME
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db


def findings():
    return [str(finding) for finding in verify(lambda text: None)]


def everything():
    """Return all that every table of the database holds, as one text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return str(rows).lower()


def remove(*lines, uploads=(), reason="A court ordered it."):
    return redact(Removal(lines, uploads), reason, None)


def test_words_in_the_reason_of_an_earlier_removal_go_too_and_the_record_holds_and_says_so(
    told, client, clock
):
    remove("it works", reason=f"{NAME} asked for it.")
    clock.set("2026-03-07 12:00")
    seal_ended_days()
    remove(NAME)
    assert "roe" not in everything()
    earlier, later = Redaction.objects.all()
    assert (earlier.reason, later.reason) == ("[removed] asked for it.", "A court ordered it.")
    assert "[removed] asked for it. (4 versions) Words of this reason itself were removed later." in words(
        page(client, "/record/")
    )
    assert findings() == []
    clock.set("2026-03-09 12:00")
    seal_ended_days()
    assert findings() == []
    Redaction.objects.filter(pk=earlier.pk).update(reason="The mayor asked for it.")
    assert f"redaction {earlier.pk}: its reason does not say what a later redaction left." in findings()


def test_the_words_are_gone_from_every_table(told):
    assert "roe" in everything()
    remove(NAME)
    left = everything()
    assert "roe" not in left.replace("process", "")
    assert "jane" not in left


def test_the_record_holds_before_and_after_and_once_more_is_redacted(told, clock):
    assert findings() == []
    remove(NAME)
    assert findings() == []
    clock.set("2026-03-07 12:00")
    assert [str(seal.day) for seal in seal_ended_days()] == ["2026-03-05"]
    remove("works", reason="Another reason.")
    assert findings() == []
    clock.set("2026-03-09 12:00")
    seal_ended_days()
    assert findings() == []


def test_a_redaction_that_was_changed_or_hides_another_text_is_named(told, clock):
    remove(NAME)
    clock.set("2026-03-07 12:00")
    seal_ended_days()
    Redaction.objects.update(reason="No reason.")
    assert findings()[0].startswith("redaction ")
    Redaction.objects.update(reason="A court ordered it.")
    assert findings() == []
    revision = Revision.objects.get(slug="camp", number=3)
    Revision.objects.filter(pk=revision.pk).update(title="Lies", digest=revision.copy(title="Lies").digest)
    assert "it does not say what its redaction left" in findings()[0]


def test_what_is_scheduled_is_not_called_public(told, edith, clock):
    schedule(told, edith, clock.now + timedelta(days=9), "Later.")
    said = [one.what for one in rows_to_change(Removal([NAME]))]
    assert "scheduled version 4" in said and "public version 3" in said


def test_what_stays_reads_as_before(told):
    remove(NAME)
    told.refresh_from_db()
    assert told.title == "A draft on [removed]"
    assert told.summary == "[removed] leads it."
    first = told.revisions.get(number=1)
    assert first.title == "Camp of [removed]"
    assert "<p>So says <strong>[removed]</strong>: it works.</p>" in first.html["body"]
    assert 'href="https://example.org/removed/x"' in first.html["body"]
    assert "[removed]'s word" in first.html["body"]
    assert told.links.get().url == "https://example.org/removed"
    assert told.amounts.get().purpose == "to pay [removed]"


def test_the_working_copy_says_the_same_as_its_newest_version_so_nothing_looks_changed(told):
    count = told.revisions.count()
    remove(NAME)
    assert save_draft(Initiative.objects.get(), by=None) == told.revisions.last()
    assert told.revisions.count() == count


def test_the_version_the_history_and_the_record_say_that_and_why(client, told):
    remove(NAME)
    for path in ("/initiatives/camp/history/2/", "/initiatives/camp/history/"):
        text = words(page(client, path))
        assert "Redacted. Words or a file were removed for good from this version on March 5, 2026" in text
        assert "A court ordered it." in text
    assert f"A court ordered it. ({Erasure.objects.count()} versions)" in words(page(client, "/record/"))
    assert "Camp of [removed]" in words(
        client.get("/as-of/2026-03-01/initiatives/camp-of-removed/").content.decode()
    )


@pytest.mark.parametrize(
    ("lines", "reason", "said"),
    [
        ([], "Why", "Type the words"),
        (["  "], "Why", "Type the words"),
        (["x"], "Why", "A single letter"),
        (["nowhere at all"], "Why", "stand nowhere"),
        ([NAME], " ", "Say why"),
        ([NAME], "Because of JANE Q. ROE", "repeats what is removed"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(told, lines, reason, said):
    before = everything()
    with pytest.raises(ValidationError, match=said):
        remove(*lines, reason=reason)
    assert everything() == before


def test_what_fails_half_way_leaves_everything(told, monkeypatch):
    before = everything()
    monkeypatch.setattr(Erasure.objects, "create", lambda **values: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remove(NAME)
    assert everything() == before


def test_a_redaction_while_the_clock_is_behind_counts_for_the_day_after_the_last_seal(told, clock):
    clock.set("2026-03-02 12:00")
    remove(NAME)
    assert findings() == []
    clock.set("2026-03-06 12:00")
    seal_ended_days()
    assert findings() == []


def test_looking_changes_nothing(told):
    before = everything()
    assert [change.what for change in rows_to_change(Removal([NAME]))].count("working copy") == 2
    assert everything() == before
