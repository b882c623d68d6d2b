"""The windows of one item, one after the other: when each revision begins and ends to be before the public.

What is past never changes. A window that has not begun may be moved or dropped; the one before it then goes
on until the next begins. Several items can change at the very same instant: all old windows are closed before
any new one is opened, so that two items may even exchange their addresses. The caller has the lock
(initiatives/models/lock.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from initiatives import signals
from initiatives.audit.seals import refuse_sealed, seal_ended_days
from initiatives.models.lock import lock_report
from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.models.workflow import ReleaseItem
from initiatives.report import changes

INSTANT = timedelta(microseconds=1)
WINDOW = ["live_from", "live_to", "publisher", "publisher_name", "note", "minor", "changes"]
GONE = "This is no longer scheduled. Look at the history to see what happened."


@dataclass(frozen=True)
class Opening:
    """A draft revision whose window is to begin, with its change note and whether it was said to be of no
    news.
    """

    revision: Revision
    note: str = ""
    minor: bool = False


def refuse_past(at: datetime) -> None:
    """Raise ValidationError for a moment that is not in the future."""
    if at <= timezone.now():
        raise ValidationError("Choose a moment in the future, or publish now.")


def windows(key: UUID) -> RevisionQuerySet:
    """Return the revisions of an item that have a window, past or to come."""
    return Revision.objects.filter(key=key, live_from__isnull=False)


def upcoming_after(key: UUID, at: datetime | None = None) -> Revision | None:
    """Return what takes an item's place next after a moment, now by default; None where nothing is
    scheduled.
    """
    return windows(key).filter(live_from__gt=at or timezone.now()).order_by("live_from").first()


def begin_window(revision: Revision, at: datetime, by: Any, note: str, minor: bool) -> Revision:
    """Begin a draft revision's window at a moment; return the revision. See begin_windows."""
    return begin_windows([Opening(revision, note, minor)], at, by)[0]


def begin_windows(openings: Sequence[Opening], at: datetime, by: Any) -> list[Revision]:
    """Begin the windows of draft revisions of several items at one and the same instant; return the
    revisions.

    What is in force then ends there, and each new window ends where the item's next one begins. What was to
    begin at that very moment gives way and is a draft again; where something began already, the instant is a
    microsecond later. Raises ValidationError in a sealed day, where a release holds that moment, or where an
    address is another item's then.
    """
    refuse_sealed(at)
    at = free_instant([opening.revision.key for opening in openings], at)
    before = {}
    for opening in openings:
        key = opening.revision.key
        before[key] = windows(key).filter(live_from__lt=at).order_by("-live_from").first()
        close(before[key], at)
    refuse_taken([opening.revision for opening in openings], at)
    for opening in openings:
        begin(opening, at, by, before[opening.revision.key])
    transaction.on_commit(seal_ended_days, robust=True)
    revisions = [opening.revision for opening in openings]
    signals.published.send(Revision, revisions=revisions, by=by)
    return revisions


def free_instant(keys: Sequence[UUID], at: datetime) -> datetime:
    """Return the first instant from a moment on at which no window of these items begins; what is only
    scheduled gives way.
    """
    if at > timezone.now():
        colliding = list(Revision.objects.filter(key__in=keys, live_from=at))
        held = ReleaseItem.objects.filter(revision__in=colliding).select_related("release").first()
        if held:
            raise ValidationError(
                f"“{held.release}” puts another text out at that very moment. Choose another time."
            )
        cancel_windows(colliding)
    while Revision.objects.filter(key__in=keys, live_from=at).exists():
        at += INSTANT
    return at


def close(before: Revision | None, at: datetime) -> None:
    """End a window at a moment that it covers."""
    if before and (before.live_to is None or before.live_to > at):
        before.live_to = at
        before.save(update_fields=["live_to"])


def begin(opening: Opening, at: datetime, by: Any, before: Revision | None) -> None:
    """Open a window up to where the item's next one begins."""
    revision, after = opening.revision, upcoming_after(opening.revision.key, at)
    revision.live_from, revision.live_to = at, after.live_from if after else None
    revision.publisher, revision.publisher_name = by, str(by or "")
    revision.note, revision.minor = opening.note, opening.minor
    revision.changes = changes_column(before, revision)
    revision.save(update_fields=WINDOW)
    compare_again(after, revision)


def refuse_taken(revisions: Sequence[Revision], at: datetime) -> None:
    """Raise ValidationError where an address is another item's in a window that would begin at a moment."""
    ends = {one.key: after.live_from if (after := upcoming_after(one.key, at)) else None for one in revisions}
    taken = []
    for one in revisions:
        owner = owner_of_address(one, at, ends[one.key])
        among = next(
            (other for other in revisions if other.key != one.key and address_key(other) == address_key(one)),
            None,
        )
        if other := owner or among:
            taken.append(f"“{one.title}” cannot have the address “{one.slug}”: “{other.title}” has it then.")
    if taken:
        raise ValidationError({"slug": taken})


def address_key(revision: Revision) -> tuple[str, str]:
    """Return what no two items may have at one time."""
    return revision.kind, revision.slug


def owner_of_address(revision: Revision, start: datetime, end: datetime | None) -> Revision | None:
    """Return another item's revision that has the same address at some time from a moment to another, None
    if there is none.
    """
    others = Revision.objects.filter(kind=revision.kind, slug=revision.slug, live_from__isnull=False).exclude(
        key=revision.key
    )
    others = others.filter(Q(live_to=None) | Q(live_to__gt=start))
    return (others.filter(live_from__lt=end) if end else others).first()


@transaction.atomic
def cancel_scheduled(revision: Revision) -> None:
    """Drop what is scheduled; it is a draft again, with its note.

    Raises ValidationError where it is not scheduled alone any more.
    """
    cancel_window(scheduled_alone(revision))


@transaction.atomic
def move_window(revision: Revision, at: datetime, by: Any) -> Revision:
    """Give what is scheduled another moment, with the same note; return it.

    Raises ValidationError where it is not scheduled alone any more, the moment is past, or its address is
    another's then.
    """
    refuse_past(at)
    revision = scheduled_alone(revision)
    opening = Opening(revision, revision.note, revision.minor)
    cancel_window(revision)
    return begin_windows([opening], at, by)[0]


def scheduled_alone(revision: Revision) -> Revision:
    """Take the lock and return a scheduled revision as it is now.

    Raises ValidationError where it is not scheduled, or goes out with a release.
    """
    lock_report()
    revision = Revision.objects.get(pk=revision.pk)
    if revision.live_from is None or revision.live_from <= timezone.now():
        raise ValidationError(GONE)
    held = (
        ReleaseItem.objects.filter(revision=revision, release__live_from__isnull=False)
        .select_related("release")
        .first()
    )
    if held:
        raise ValidationError(
            f"This goes out with the release “{held.release}”. Change the time of the release."
        )
    return revision


def cancel_window(revision: Revision) -> None:
    """Drop a window that has not begun. See cancel_windows."""
    cancel_windows([revision])


def cancel_windows(revisions: Iterable[Revision]) -> None:
    """Drop windows that have not begun, each of another item; the revisions are drafts again, with their
    notes.

    What is before each goes on until the next begins. Raises ValidationError in a sealed day and where an
    address is taken.
    """
    stretched = []
    for revision in revisions:
        assert revision.live_from  # noqa: S101 - it has a window
        refuse_sealed(revision.live_from)
        before = windows(revision.key).filter(live_to=revision.live_from).exclude(pk=revision.pk).first()
        after = upcoming_after(revision.key, revision.live_from)
        stretched.append((before, after, revision.live_to))
        revision.live_from = revision.live_to = revision.publisher = None
        revision.publisher_name = revision.changes = ""
        revision.save(update_fields=WINDOW)
    for before, after, end in stretched:
        if before:
            stretch(before, end)
        compare_again(after, before)


def stretch(revision: Revision, end: datetime | None) -> None:
    """Let a window go on to a later end.

    Raises ValidationError where another item has the address in between.
    """
    owner = owner_of_address(revision, revision.live_to, end) if revision.live_to else None
    if owner:
        taken = f"“{owner.title}” takes the address “{revision.slug}”."
        raise ValidationError({"slug": f"{taken} Cancel the schedule of that first."})
    revision.live_to = end
    revision.save(update_fields=["live_to"])


def compare_again(after: Revision | None, before: Revision | None) -> None:
    """Compute anew what changes with a scheduled revision, once another stands before it."""
    if after:
        after.changes = changes_column(before, after)
        after.save(update_fields=["changes"])


def changes_column(before: Revision | None, after: Revision) -> str:
    """Return the kinds of change as Revision keeps them, each between commas, so that one can be looked
    for.
    """
    found = changes.kinds_of_change(before, after)
    return f",{','.join(found)}," if found else ""
