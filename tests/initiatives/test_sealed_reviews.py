"""Review dates are public, so the seals cover them: from the second rule on, and older seals hold by the
first.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import DaySeal, Review
from initiatives.models.seal import Rule
from initiatives.publishing import reviews
from initiatives.publishing.publish import publish
from tests.builders import make_agency

pytestmark = pytest.mark.django_db

OLD = (
    b'["2026-03-01",1772431200.0,[["7b9c1f9e-5d0e-4f6e-8d0b-000000000001",1,"ab"],["redaction",4,"cd"]],'
    b'"' + b"1" * 64 + b'","' + b"2" * 64 + b'"]'
)


@pytest.fixture
def police(clock):
    """An agency that is public since March 1 and was confirmed on March 3; both days are sealed."""
    clock.set("2026-03-01 12:00")
    agency = make_agency(title="Police", slug="police")
    clock.set("2026-03-03 12:00")
    reviews.confirm(agency, None, date(2026, 9, 1))
    clock.set("2026-03-05 12:00")
    seal_ended_days()
    return agency


def findings():
    return [str(finding) for finding in verify(lambda text: None)]


def days():
    return [str(day) for day in DaySeal.objects.values_list("day", flat=True)]


def make_old(**columns):
    """Make a seal again as the first rule did: without reviews."""
    seal = DaySeal.objects.get(**columns)
    seal.version = Rule.TEXTS
    seal.entries = [entry for entry in seal.entries if not str(entry[0]).startswith("review of ")]
    seal.digest = seal.compute_digest()
    seal.save()
    return seal


def test_a_day_with_only_a_review_is_sealed_with_its_item_and_without_a_text(police):
    assert days() == ["2026-03-01", "2026-03-03"]
    assert [entry[0] for entry in DaySeal.objects.last().entries] == [f"review of {police.key}"]
    assert findings() == []


@pytest.mark.parametrize(
    "change",
    [
        {"due": date(2027, 9, 1)},
        {"due": None},
        {"at": datetime(2026, 3, 3, 18, 0, 1, tzinfo=UTC)},
        {"confirmed": False},
    ],
)
def test_a_changed_review_date_is_named(police, change):
    review = Review.objects.get()
    Review.objects.filter(pk=review.pk).update(**change)
    assert findings() == [
        (
            f"review of agency “Police” (row {review.pk}): its date or the next one is not what was sealed "
            "on "
            "2026-03-03."
        )
    ]


def test_a_review_moved_to_another_day_is_named(police):
    Review.objects.update(at=datetime(2026, 3, 4, 18, tzinfo=UTC))
    assert "it was public on 2026-03-03 and is missing from that day now" in findings()[0]


def test_a_removed_review_date_is_named_with_its_item(police):
    pk = Review.objects.get().pk
    Review.objects.all().delete()
    assert findings() == [
        f"review of agency “Police” (row {pk}): it was public on 2026-03-03 and is missing from that day now."
    ]


@pytest.mark.parametrize("day", [2, 3])
def test_an_added_review_date_is_named(police, day):
    at = datetime(2026, 3, day, 20, tzinfo=UTC)
    added = Review.objects.create(kind="agency", key=police.key, at=at, confirmed=True, due=date(2030, 1, 1))
    assert findings() == [
        f"review of agency “Police” (row {added.pk}): "
        "it was not public on 2026-03-03, and stands in the record as if it had been."
    ]


def test_a_review_of_another_item_is_named(police):
    other = make_agency(title="Courts", slug="courts")
    Review.objects.update(key=other.key)
    assert "review of agency “Police”" in findings()[0]


def test_who_reviewed_is_not_public_and_may_be_forgotten(police):
    Review.objects.update(by_name="", by=None)
    assert findings() == []


def test_a_date_set_for_a_draft_is_sealed_on_the_day_the_draft_is_published(clock):
    clock.set("2026-03-01 12:00")
    draft = make_agency(title="Courts", slug="courts", publish=False)
    reviews.set_due(draft, None, date(2026, 9, 1))
    clock.set("2026-03-03 12:00")
    assert seal_ended_days() == []
    publish(draft, None)
    clock.set("2026-03-05 12:00")
    [seal] = seal_ended_days()
    assert [entry[0] for entry in seal.entries] == [str(draft.key), f"review of {draft.key}"]
    assert findings() == []
    Review.objects.update(due=date(2027, 9, 1))
    assert "review of agency “Courts”" in findings()[0]


def test_an_old_seal_holds_byte_for_byte_and_a_new_one_says_its_rule():
    old = DaySeal(
        day=date(2026, 3, 1),
        until=datetime(2026, 3, 2, 6, tzinfo=UTC),
        entries=[["7b9c1f9e-5d0e-4f6e-8d0b-000000000001", 1, "ab"], ["redaction", 4, "cd"]],
        report="1" * 64,
        previous="2" * 64,
        version=Rule.TEXTS,
    )
    assert old.compute_digest() == hashlib.sha256(OLD).hexdigest()
    old.version = Rule.REVIEWS
    assert old.compute_digest() == hashlib.sha256(OLD[:-1] + b",2]").hexdigest()


def test_the_public_json_of_a_day_is_what_its_digest_is_made_from_by_either_rule(police, client):
    make_old(day="2026-03-01")
    for seal, values in zip(DaySeal.objects.all(), (5, 6), strict=True):
        response = client.get(f"/record/{seal.day}.json")
        assert hashlib.sha256(response.content).hexdigest() == seal.digest
        assert len(response.json()) == values


def test_old_seals_hold_and_the_first_new_one_covers_the_reviews_before_it(police, clock):
    DaySeal.objects.filter(day="2026-03-03").delete()
    make_old(day="2026-03-01")
    assert findings() == []
    clock.set("2026-03-07 12:00")
    seal_ended_days()
    assert DaySeal.objects.last().version == Rule.REVIEWS
    assert findings() == []
    Review.objects.update(due=date(2027, 9, 1))
    assert "review of agency “Police”" in findings()[0]


def test_a_review_older_than_the_last_old_seal_is_sealed_with_the_next_day(police, clock):
    DaySeal.objects.filter(day="2026-03-01").delete()
    last = make_old(day="2026-03-03")
    last.previous = ""
    last.digest = last.compute_digest()
    last.save()
    clock.set("2026-03-07 12:00")
    [made] = seal_ended_days()
    assert (str(made.day), [entry[0] for entry in made.entries]) == (
        "2026-03-04",
        [f"review of {police.key}"],
    )


def test_a_seal_made_by_the_older_rule_after_one_by_the_newer_is_named(police):
    make_old(day="2026-03-03")
    assert findings() == ["Seal of 2026-03-03: it is made by an older rule than the seal before it."]


def test_a_seal_whose_rule_alone_was_changed_is_named(police):
    DaySeal.objects.filter(day="2026-03-03").update(version=Rule.TEXTS)
    assert findings()[0] == "Seal of 2026-03-03: the seal itself was changed."


def test_a_deleted_seal_blames_no_review(police, clock):
    clock.set("2026-03-06 12:00")
    reviews.confirm(police, None, date(2026, 10, 1))
    clock.set("2026-03-08 12:00")
    seal_ended_days()
    DaySeal.objects.get(day="2026-03-03").delete()
    assert findings() == ["Seal of 2026-03-06: the seal before it is missing or is another one."]


def test_a_clock_that_is_behind_adds_no_review_to_a_sealed_day(police, clock):
    clock.set("2026-03-03 13:00")
    for act in (reviews.confirm, reviews.set_due):
        with pytest.raises(
            ValidationError, match=r"March 3, 2026 is sealed already, so nothing more can be reviewed.*clock"
        ):
            act(police, None, date(2026, 10, 1))
    assert Review.objects.count() == 1


def test_a_review_ahead_of_its_day_waits_for_its_seal(police, clock):
    reviews.confirm(police, None, clock.now.date() + timedelta(days=90))
    assert seal_ended_days() == []
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_seals_that_are_there_when_the_rule_changes_keep_the_first():
    newest = [
        leaf for leaf in MigrationExecutor(connection).loader.graph.leaf_nodes() if leaf[0] == "initiatives"
    ]
    before = [("initiatives", "0019_whom_to_ask_about_accessibility")]
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(before)
        old = executor.loader.project_state(before).apps.get_model("initiatives", "DaySeal")
        old.objects.create(
            day="2026-03-01", until=datetime(2026, 3, 2, 6, tzinfo=UTC), entries=[], report="r", digest="d"
        )
    finally:
        MigrationExecutor(connection).migrate(newest)
    assert DaySeal.objects.get().version == Rule.TEXTS
