"""The record held against its digests: whatever was tampered with is named first, and what was not holds."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import DaySeal, Revision
from initiatives.publishing.publish import publish, unpublish
from tests.builders import make_agency, make_document, make_many, make_place, make_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(clock):
    """Three sealed days: an agency, a place and a study with a file; the agency renamed; the place
    withdrawn.
    """
    clock.set("2026-03-01 12:00")
    agency, place = make_agency(title="Police", slug="police"), make_place(title="Park", slug="park")
    make_document(title="Study", slug="study", file=make_upload())
    clock.set("2026-03-02 12:00")
    agency.title = "City Police"
    agency.save()
    publish(agency, None, "A new name.")
    clock.set("2026-03-03 12:00")
    unpublish(place, None, "Closed.")
    clock.set("2026-03-04 12:00")
    seal_ended_days()


def findings(**expected):
    return [str(finding) for finding in verify(lambda text: None, expected)]


def tamper(table, assignment, where):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE initiatives_{table} SET {assignment} WHERE {where}")
        assert cursor.rowcount == 1


def police(number):
    return Revision.objects.get(slug="police", number=number)


def test_an_untouched_record_holds(record, capsys):
    assert findings() == []
    call_command("verify_record")
    assert "The record holds. Seal of 2026-03-03: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ('fields = \'{"summary": "Bad."}\'', "its text is not the text that was recorded"),
        ("title = 'Militia'", "its text is not the text that was recorded"),
        (
            "live_from = '2026-03-02 19:00:00+00:00'",
            "revision 1 .*the time until which it was public does not fit",
        ),
        ("live_to = '2026-03-08 17:00:00+00:00'", "the time until which it was public does not fit"),
        ("note = 'Nothing happened.'", "its text, place, time or note is not what was sealed on 2026-03-02"),
        ("position = 99", "its text, place, time or note is not what was sealed on 2026-03-02"),
        ("minor = %(true)s", "its text, place, time or note is not what was sealed on 2026-03-02"),
        ("withdrawn = %(true)s", "its text is not the text that was recorded"),
    ],
)
def test_a_changed_column_of_a_version_is_named_first(record, assignment, said):
    true = "true" if connection.vendor == "postgresql" else "1"
    tamper(
        "revision", assignment % {"true": true} if "%(" in assignment else assignment, f"id = {police(2).pk}"
    )
    first = findings()[0]
    assert re.search(said, first), first
    assert "agency" in first


def test_a_changed_text_with_a_new_digest_is_named_by_its_seal(record):
    revision = police(1)
    revision.title = "Militia"
    Revision.objects.filter(pk=revision.pk).update(title="Militia", digest=revision.compute_digest())
    assert "revision 1" in findings()[0]
    assert "is not what was sealed on 2026-03-01" in findings()[0]


def test_a_deleted_version_is_named(record):
    police(1).delete()
    assert "revision 1 of the same item should stand before it and is missing" in findings()[0]


def test_a_deleted_last_version_is_named_by_its_seal(record):
    gone = police(2)
    gone.delete()
    tamper("revision", "live_to = NULL", f"id = {police(1).pk}")
    assert f"item {gone.key}, revision 2: it was public on 2026-03-02 and is missing" in findings()[0]


def test_an_inserted_version_is_named(record):
    late = police(2).copy(title="Invented", number=3)
    late.live_from = police(2).live_from + timezone.timedelta(hours=1)
    late.digest = late.compute_digest()
    Revision.objects.filter(pk=police(2).pk).update(live_to=late.live_from)
    late.save()
    assert "Invented" in findings()[0]
    assert "it was not public on 2026-03-02, and stands in the record as if it had been" in findings()[0]


@pytest.mark.parametrize(
    "assignment",
    ["report = 'x'", "entries = '[]'", "previous = 'x'", "digest = 'x'", "until = '2026-03-03 05:00Z'"],
)
def test_a_changed_seal_is_named_first(record, assignment):
    tamper("dayseal", assignment, "day = '2026-03-02'")
    assert findings()[0] == "Seal of 2026-03-02: the seal itself was changed."


def test_a_seal_that_was_changed_with_its_digest_is_named_by_the_one_after_it(record):
    seal = DaySeal.objects.get(day="2026-03-02")
    seal.report = "0" * 64
    seal.digest = seal.compute_digest()
    seal.save()
    found = findings()
    assert (
        found[0] == "Seal of 2026-03-02: the report at the end of that day is not the report that was sealed."
    )
    assert found[1] == "Seal of 2026-03-03: the seal before it is missing or is another one."


def test_a_deleted_seal_is_named_by_the_one_after_it_and_no_version_is_blamed(record):
    DaySeal.objects.get(day="2026-03-02").delete()
    assert findings() == ["Seal of 2026-03-03: the seal before it is missing or is another one."]


def test_a_record_made_anew_with_all_its_seals_differs_from_a_noted_seal(record, capsys):
    noted = DaySeal.objects.get(day="2026-03-01").digest
    DaySeal.objects.all().delete()
    revision = police(1)
    revision.title = "Militia"
    Revision.objects.filter(pk=revision.pk).update(title="Militia", digest=revision.compute_digest())
    call_command("verify_record")
    with pytest.raises(
        CommandError, match=r"Seal of 2026-03-01: its digest is \w+, not the one that was noted"
    ):
        call_command("verify_record", expect=[f"2026-03-01={noted}"])
    with pytest.raises(CommandError, match="Seal of 2026-01-01: there is none"):
        call_command("verify_record", expect=[f"2026-01-01={noted}"])
    with pytest.raises(CommandError, match="write a day and its whole digest"):
        call_command("verify_record", expect=["2026-01-01=abc"])


def test_a_changed_or_missing_file_is_named(record, settings):
    [path] = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    path.write_bytes(b"%PDF-forged")
    assert "has other content than when it was kept" in findings()[0]
    path.unlink()
    assert "is missing" in findings()[0]


def test_the_command_fails_and_names_the_first_row(record, capsys):
    tamper("revision", "note = 'Nothing happened.'", f"id = {police(2).pk}")
    with pytest.raises(
        CommandError,
        match=r"The record does not hold\. The first thing that does not fit is agency “City Police”",
    ):
        call_command("verify_record")


def test_a_draft_that_was_never_public_is_no_finding(record):
    make_agency(publish=False)
    assert findings() == []


def test_a_day_that_is_not_over_is_no_finding(record):
    make_agency()
    assert findings() == []


def test_verifying_costs_the_same_number_of_queries_with_10_and_10_000_revisions(
    record, django_assert_num_queries
):
    with django_assert_num_queries(10):
        findings()
    make_many(10_000)
    with django_assert_num_queries(10):
        assert findings() == []
