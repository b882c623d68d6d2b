"""Holds the record against its digests and seals, and names what does not fit."""

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby, zip_longest
from typing import Any
from uuid import UUID

from django.utils import timezone

from initiatives.audit.seals import BEGINNING
from initiatives.models import DaySeal, Erasure, ReasonErasure, Redaction, Review, Revision, Upload
from initiatives.models.seal import Rule, report_digest

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Row:
    """What the checks need of one revision: not its text."""

    pk: int
    key: UUID
    number: int
    name: str
    digest: str
    row_digest: str
    position: int
    withdrawn: bool
    live_from: datetime | None
    live_to: datetime | None


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: which row, and how one can tell."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(progress: Progress, expected: dict[str, str] | None = None) -> Iterator[Finding]:
    """Yield what does not fit, the first row that was tampered with first. Nothing is written.

    In: where to say how far it is; digests of days that somebody noted, by day ("2026-11-24").
    """
    rows: list[Row] = []
    yield from texts_of(rows, progress)
    yield from histories(rows)
    yield from redactions(rows)
    yield from seals(rows, expected or {})
    yield from files(progress)


def texts_of(rows: list[Row], progress: Progress) -> Iterator[Finding]:
    """Yield each revision whose text is not that of its digest, and add every revision to the rows."""
    total = Revision.objects.count()
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=500):
        name = f"{revision.kind} “{revision.title}”, revision {revision.number} (row {revision.pk})"
        if revision.compute_digest() != revision.digest:
            yield Finding(name, "its text is not the text that was recorded.")
        rows.append(
            Row(
                *(
                    revision.pk,
                    revision.key,
                    revision.number,
                    name,
                    revision.digest,
                    revision.row_digest(),
                    revision.position,
                ),
                *(revision.withdrawn, revision.live_from, revision.live_to),
            )
        )
        if len(rows) % 500 == 0 or len(rows) == total:
            progress(f"{len(rows)} of {total} revisions")


def histories(rows: list[Row]) -> Iterator[Finding]:
    """Yield what is missing in the history of an item, and windows that do not follow one another."""
    for _, history in groupby(
        sorted(rows, key=lambda row: (str(row.key), row.number)), key=lambda row: row.key
    ):
        own = list(history)
        for place, row in enumerate(own, start=1):
            if row.number != place:
                yield Finding(
                    row.name, f"revision {place} of the same item should stand before it and is missing."
                )
                break
        public = sorted((row for row in own if row.live_from), key=lambda row: row.live_from)  # type: ignore[arg-type,return-value]
        for row, after in zip_longest(public, public[1:]):
            if row.live_to != (after.live_from if after else None):
                yield Finding(row.name, "the time until which it was public does not fit what came after it.")


def redactions(rows: list[Row]) -> Iterator[Finding]:
    """Yield redacted revisions, and reasons, that do not say what they said when the redaction was done."""
    last = {
        erasure.revision_id: erasure for erasure in Erasure.objects.order_by("redaction__at", "redaction_id")
    }
    for row in rows:
        if row.pk in last and last[row.pk].digest_after != row.digest:
            yield Finding(row.name, "it does not say what its redaction left.")
    reasons = {
        one.earlier: one
        for one in ReasonErasure.objects.select_related("earlier").order_by("redaction__at", "redaction_id")
    }
    for earlier, one in reasons.items():
        if one.row_after != earlier.row_digest():
            yield Finding(f"redaction {earlier.pk}", "its reason does not say what a later redaction left.")


def seals(rows: list[Row], expected: dict[str, str]) -> Iterator[Finding]:
    """Yield what differs from the seals, day by day: rows changed, missing or added since, and seals that
    were made anew.
    """
    known, removals, reviews = Known(), list(Redaction.objects.all()), list(Review.objects.public())
    names = Names(rows)
    waiting = deque(sorted((row for row in rows if row.live_from), key=began))
    latest: dict[UUID, Row] = {}
    since, reviewed_since, previous, rule, days = BEGINNING, BEGINNING, "", int(Rule.TEXTS), set()
    for seal in DaySeal.objects.iterator(chunk_size=100):
        days.add(seal.day.isoformat())
        if seal.compute_digest() != seal.digest:
            yield Finding(str(seal), "the seal itself was changed.")
        if seal.previous != previous:
            yield Finding(str(seal), "the seal before it is missing or is another one.")
            # What the missing seal would say of the days before is not this one's.
            since = reviewed_since = max(
                since, datetime.combine(seal.day, time.min, timezone.get_current_timezone())
            )
        if seal.version < rule:
            yield Finding(str(seal), "it is made by an older rule than the seal before it.")
        opened = []
        while waiting and began(waiting[0]) < seal.until:
            row = waiting.popleft()
            latest[row.key] = row
            if began(row) >= since:
                opened.append(row)
        now = {(str(row.key), row.number): known.row_of(row, seal.until) for row in opened}
        now |= {
            ("redaction", one.pk): known.reason_of(one, seal.until)
            for one in removals
            if since <= one.at < seal.until
        }
        if seal.version >= Rule.REVIEWS:
            now |= {
                one.sealed_as: one.row_digest()
                for one in reviews
                if reviewed_since <= one.public_from < seal.until
            }
            reviewed_since = seal.until
        yield from differing_entries(seal, now, names)
        shown = (
            row
            for row in latest.values()
            if not row.withdrawn and (row.live_to is None or row.live_to >= seal.until)
        )
        if (
            report_digest(
                (row.key, row.number, known.text_of(row, seal.until), row.position) for row in shown
            )
            != seal.report
        ):
            yield Finding(str(seal), "the report at the end of that day is not the report that was sealed.")
        if expected.get(seal.day.isoformat(), seal.digest) != seal.digest:
            yield Finding(str(seal), f"its digest is {seal.digest}, not the one that was noted.")
        since, previous, rule = seal.until, seal.digest, seal.version
    for day in sorted(expected.keys() - days):
        yield Finding(f"Seal of {day}", "there is none, though its digest was noted.")


def began(row: Row) -> datetime:
    """Return when a public row's window began."""
    return row.live_from or BEGINNING


class Known:
    """What the digests of redacted revisions, and of redacted reasons, were before each redaction."""

    def __init__(self) -> None:
        self.erasures: dict[int, list[Erasure]] = defaultdict(list)
        for erasure in Erasure.objects.select_related("redaction").order_by("redaction__at", "redaction_id"):
            self.erasures[erasure.revision_id].append(erasure)
        self.reasons: dict[int, list[ReasonErasure]] = defaultdict(list)
        for one in ReasonErasure.objects.select_related("redaction").order_by(
            "redaction__at", "redaction_id"
        ):
            self.reasons[one.earlier_id].append(one)

    def after(self, row: Row, moment: datetime) -> Erasure | None:
        """Return the first erasure of a row from a moment on; what it has "before" is what held at the
        moment.
        """
        return next(
            (erasure for erasure in self.erasures.get(row.pk, ()) if erasure.redaction.at >= moment), None
        )

    def row_of(self, row: Row, moment: datetime) -> str:
        """Return the digest of the row as it was at a moment."""
        erasure = self.after(row, moment)
        return erasure.row_before if erasure else row.row_digest

    def reason_of(self, redaction: Redaction, moment: datetime) -> str:
        """Return the digest of what the record said of a redaction at a moment."""
        later = (one.row_before for one in self.reasons.get(redaction.pk, ()) if one.redaction.at >= moment)
        return next(later, redaction.row_digest())

    def text_of(self, row: Row, moment: datetime) -> str:
        """Return the digest of the text as it was at a moment."""
        erasure = self.after(row, moment)
        return erasure.digest_before if erasure else row.digest


class Names:
    """What a finding calls the rows of a seal."""

    def __init__(self, rows: list[Row]) -> None:
        self.versions = {(str(row.key), row.number): row.name for row in rows}
        self.items = {str(row.key): row.name.rpartition(", revision ")[0] for row in rows}

    def __getitem__(self, one: tuple[str, int]) -> str:
        """Return the name of a row that is there or is missing. In: the first two values of an entry."""
        what, number = one
        key = what.removeprefix("review of ")
        if what == "redaction":
            return f"redaction {number}"
        if key != what:
            return f"review of {self.items.get(key, f'item {key}')} (row {number})"
        return self.versions.get(one, f"item {key}, revision {number}")

    def columns(self, one: tuple[str, int]) -> str:
        """Return what of a row a seal covers."""
        return (
            "its date or the next one" if one[0].startswith("review of ") else "its text, place, time or note"
        )


def differing_entries(seal: DaySeal, now: dict[Any, str], names: Names) -> Iterator[Finding]:
    """Yield what differs between the rows of a day as they were sealed and as they are."""
    sealed = {(first, second): digest for first, second, digest in seal.entries}
    for one, digest in sealed.items():
        if one not in now:
            yield Finding(names[one], f"it was public on {seal.day} and is missing from that day now.")
        elif now[one] != digest:
            yield Finding(names[one], f"{names.columns(one)} is not what was sealed on {seal.day}.")
    for one in sorted(now.keys() - sealed.keys()):
        yield Finding(
            names[one], f"it was not public on {seal.day}, and stands in the record as if it had been."
        )


def files(progress: Progress) -> Iterator[Finding]:
    """Yield uploaded files that were public and are gone or changed, and removed ones that are still
    there.
    """
    uploads = list(Upload.objects.public().order_by("pk"))
    for upload in uploads:
        if upload.redaction_id:
            if upload.file.storage.exists(str(upload.file.name)):
                yield Finding(f"file {upload.file.name}", "it was removed for good and is still there.")
            continue
        try:
            with upload.file.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            yield Finding(f"file “{upload.title}”", f"{upload.file.name} is missing.")
            continue
        if digest not in str(upload.file.name):
            yield Finding(
                f"file “{upload.title}”", f"{upload.file.name} has other content than when it was kept."
            )
    progress(f"{len(uploads)} files")
