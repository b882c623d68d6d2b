"""Seals each day on which something went before the public, once the day has ended.

See models/seal.py for what a seal is.
"""

from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils import timezone

from initiatives.models.redaction import Erasure, ReasonErasure, Redaction
from initiatives.models.review import Review
from initiatives.models.revision import Revision
from initiatives.models.seal import DaySeal, Rule, report_digest

# A publish that began before midnight has long ended by then.
GRACE = timedelta(hours=1)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)


def seal_ended_days() -> list[DaySeal]:
    """Seal every day that has ended, has something on it and has no seal yet; return the seals made, oldest
    first.

    Two at once make the same seals, and one of each is kept.
    """
    made: list[DaySeal] = []
    last = DaySeal.objects.last()
    while seal := next_seal(last, timezone.now() - GRACE):
        DaySeal.objects.bulk_create([seal], ignore_conflicts=True)
        last = DaySeal.objects.get(day=seal.day)
        made.append(last)
    return made


def next_seal(last: DaySeal | None, now: datetime) -> DaySeal | None:
    """Return the unsaved seal of the first day after a seal's that has something on it, None where none
    has ended by now.
    """
    published, redacted = Revision.objects.filter(live_from__lt=now), Redaction.objects.filter(at__lt=now)
    reviewed = Review.objects.public().filter(public_from__lt=now)
    if last:
        published, redacted = published.filter(live_from__gte=last.until), redacted.filter(at__gte=last.until)
    if last and last.version >= Rule.REVIEWS:
        reviewed = reviewed.filter(public_from__gte=last.until)
    sorts = (published, "live_from"), (redacted, "at"), (reviewed, "public_from")
    firsts = [rows.aggregate(first=Min(moment))["first"] for rows, moment in sorts]
    first = min((moment for moment in firsts if moment), default=None)
    if first is None:
        return None
    # Once the city's time zone was changed, the rest of a sealed day counts as the day after.
    day = max(timezone.localdate(first), last.day + DAY) if last else timezone.localdate(first)
    until = datetime.combine(day + DAY, time.min, timezone.get_current_timezone())
    if until > now:
        return None
    rows = list(published.filter(live_from__lt=until).defer("fields", "html"))
    shown = list(
        Revision.objects.live(until - INSTANT).values_list("pk", "key", "number", "digest", "position")
    )
    # Read after the rows: a redaction in between changes neither what was read nor what is known of before.
    known = known_at(until)
    entries = [
        [str(row.key), row.number, known[row.pk].row_before if row.pk in known else row.row_digest()]
        for row in rows
    ]
    reasons = reasons_at(until)
    removals = [
        ["redaction", row.pk, reasons.get(row.pk) or row.row_digest()]
        for row in redacted.filter(at__lt=until)
    ]
    reviews = [[*row.sealed_as, row.row_digest()] for row in reviewed.filter(public_from__lt=until)]
    report = (
        (key, number, known[pk].digest_before if pk in known else digest, position)
        for pk, key, number, digest, position in shown
    )
    everything = sorted(entries) + sorted(removals) + sorted(reviews)
    seal = DaySeal(day=day, until=until, entries=everything, report=report_digest(report))
    seal.previous = last.digest if last else ""
    seal.digest = seal.compute_digest()
    return seal


def known_at(moment: datetime) -> dict[int, Erasure]:
    """Return, by revision, the first erasure after a moment: its digests "before" are those that held at
    the moment.
    """
    later = Erasure.objects.filter(redaction__at__gte=moment).order_by("-redaction__at", "-redaction_id")
    return {erasure.revision_id: erasure for erasure in later}


def reasons_at(moment: datetime) -> dict[int, str]:
    """Return the row digests that held at a moment of redactions whose reasons were redacted later, by
    redaction.
    """
    later = ReasonErasure.objects.filter(redaction__at__gte=moment).order_by(
        "-redaction__at", "-redaction_id"
    )
    return dict(later.values_list("earlier_id", "row_before"))


def sealed_until() -> datetime | None:
    """Return the moment up to which the record is sealed, None before the first seal."""
    last = DaySeal.objects.defer("entries").last()
    return last.until if last else None


def refuse_sealed(
    at: datetime, done: str = "published", kept: str = " Your text is kept as a draft."
) -> None:
    """Raise ValidationError for a moment in a day that is sealed: the server's clock is behind, or was ahead.

    In: what can no longer be done then; what became of the words typed.
    """
    until = sealed_until()
    if until and at < until:
        raise ValidationError(
            f"The record of {timezone.localdate(at):%B %-d, %Y} is sealed already, so nothing more can be "
            f"{done} on that day. "
            f"The server's clock says {timezone.localtime():%B %-d, %Y, %-I:%M %p}: it is wrong, or was "
            "ahead. "
            f"Ask whoever runs it to look.{kept}"
        )
