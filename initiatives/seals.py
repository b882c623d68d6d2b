"""Seals each day on which something went before the public, once the day has ended. See models/seal.py for what a seal is."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from initiatives.models.redaction import Erasure, Redaction
from initiatives.models.revision import Revision
from initiatives.models.seal import DaySeal, digest_of

# A publish that began before midnight has long ended by then.
GRACE = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


def report_digest(rows: Iterable[tuple[UUID, int, str, int]]) -> str:
    """Return the digest of a whole report. In: key, number, digest and place of each revision that is shown."""
    return digest_of(sorted([str(key), *rest] for key, *rest in rows))


def end_of_day(at: datetime) -> datetime:
    """Return the midnight that ends the city's day in which a moment lies."""
    following = timezone.localdate(at) + timedelta(days=1)
    return datetime.combine(following, time.min, timezone.get_current_timezone())


def seal_ended_days() -> list[DaySeal]:
    """Seal every day that has ended, has something on it and has no seal yet; return the seals made, oldest first.

    Two at once make the same seals, and one of each is kept.
    """
    made = []
    with transaction.atomic():
        last = DaySeal.objects.last()
        while seal := next_seal(last, timezone.now() - GRACE):
            made.append(seal)
            last = seal
        DaySeal.objects.bulk_create(made, ignore_conflicts=True)
    return made


def next_seal(last: DaySeal | None, now: datetime) -> DaySeal | None:
    """Return the unsaved seal of the first day after a seal's that has something on it, None where none has ended by now."""
    published, redacted = Revision.objects.filter(live_from__lt=now), Redaction.objects.filter(at__lt=now)
    if last:
        published, redacted = published.filter(live_from__gte=last.until), redacted.filter(at__gte=last.until)
    firsts = published.aggregate(first=Min("live_from"))["first"], redacted.aggregate(first=Min("at"))["first"]
    first = min((moment for moment in firsts if moment), default=None)
    if first is None or (until := end_of_day(first)) > now:
        return None
    known = known_at(until)
    rows = [
        [str(row.key), row.number, known[row.pk].row_before if row.pk in known else row.row_digest()]
        for row in published.filter(live_from__lt=until)
    ]
    removals = [["redaction", row.pk, row.row_digest()] for row in redacted.filter(at__lt=until)]
    shown = Revision.objects.live(until - INSTANT).values_list("pk", "key", "number", "digest", "position")
    seal = DaySeal(
        day=timezone.localdate(first),
        until=until,
        entries=sorted(rows) + sorted(removals),
        report=report_digest(
            (key, number, known[pk].digest_before if pk in known else digest, position)
            for pk, key, number, digest, position in shown
        ),
        previous=last.digest if last else "",
    )
    seal.digest = seal.compute_digest()
    return seal


def known_at(moment: datetime) -> dict[int, Erasure]:
    """Return, by revision, the first erasure after a moment: its digests "before" are those that held at the moment."""
    later = Erasure.objects.filter(redaction__at__gte=moment).order_by("-redaction__at", "-redaction_id")
    return {erasure.revision_id: erasure for erasure in later}


def sealed_so_far() -> list[dict[str, Any]]:
    """Return the seals as plain values, newest first, for whoever wants to keep a copy."""
    return [
        {"day": seal.day.isoformat(), "digest": seal.digest, "report": seal.report, "changes": len(seal.entries)}
        for seal in DaySeal.objects.order_by("-day")
    ]
