"""Releases: drafts gathered under a name, which go before the public together, now or later: all of them or none.

Open: gathering; what goes out is what is in the drafts then. Scheduled: what goes out is what was in the drafts when it was
scheduled. Out: for the staff's own record. Each function is one transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives import timeline, together
from initiatives.models import Item, Release, ReleaseItem, Revision
from initiatives.together import Words
from initiatives.turn import take_turn


def current(release: Release) -> Release:
    """Take the turn and return the release as it is now. Raises ValidationError where it is out or was deleted."""
    take_turn()
    found = Release.objects.filter(pk=release.pk).first()
    if found is None:
        raise ValidationError("This release was deleted.")
    if found.is_out():
        raise ValidationError(f"“{found}” is out already. Gather what comes next in a new release.")
    return found


def open_one(release: Release, what: str) -> Release:
    """Take the turn and return the release as it is now. Raises ValidationError where it is not open."""
    release = current(release)
    if release.live_from:
        raise ValidationError(f"“{release}” is scheduled. Call it off first, {what}, then schedule it again.")
    return release


@transaction.atomic
def add(release: Release, item: Item, by: Any) -> ReleaseItem:
    """Put an item's draft into an open release; return its row, the one that is there where it was in it before."""
    return add_all(release, [item], by)[0]


@transaction.atomic
def add_all(release: Release, items: Iterable[Item], by: Any) -> list[ReleaseItem]:
    """Put the drafts of several items into an open release; return their rows. Unsaved changes are kept as drafts."""
    release, items = open_one(release, "add what is missing"), list(items)
    together.refuse_foreign(items, by)
    for item in items:
        item.record(by)
    return [ReleaseItem.objects.get_or_create(release=release, key=item.key, defaults={"kind": item.kind})[0] for item in items]


@transaction.atomic
def remove(release: Release, key: UUID) -> None:
    """Take an item out of an open release. Its draft stays as it is."""
    open_one(release, "take it out").items.filter(key=key).delete()


def refs(release: Release) -> list[tuple[str, UUID]]:
    """Return kind and key of each item of a release. Raises ValidationError where there is none."""
    found = list(release.items.values_list("kind", "key"))
    if not found:
        raise ValidationError("Nothing is in this release yet. Add drafts to it first.")
    return found


@transaction.atomic
def publish(release: Release, by: Any, note: str = "", notes: Mapping[UUID, str] | None = None) -> Release:
    """Put everything in the release before the public now, at one instant; return the release.

    In: the change note of the release and those of single items, by key. A scheduled release goes out as it was scheduled.
    Raises ValidationError (together.BlockedError where items are not ready) and PermissionDenied; then nothing is published.
    """
    release = current(release)
    if release.live_from:
        return move(release, by, timezone.now())
    began = timezone.now()
    revisions = together.put_out(refs(release), by, None, Words(note, notes or {}))
    return settle(release, by, revisions, max(began, *(one.live_from for one in revisions.values() if one.live_from)), note)


@transaction.atomic
def schedule(release: Release, by: Any, at: datetime, note: str = "", notes: Mapping[UUID, str] | None = None) -> Release:
    """Put everything in the release before the public at one later instant; return the release. Otherwise as publish.

    A release that is scheduled already goes out at the new moment, with the texts and notes that it was scheduled with.
    """
    timeline.refuse_past(at)
    release = current(release)
    if release.live_from:
        return move(release, by, at)
    revisions = together.put_out(refs(release), by, at, Words(note, notes or {}))
    if not any(waiting(one) for one in revisions.values()):
        raise ValidationError("All of this is on the site at that moment anyway. There is nothing to schedule.")
    return settle(release, by, revisions, at, note)


def settle(release: Release, by: Any, revisions: Mapping[UUID, Revision], at: datetime, note: str) -> Release:
    """Keep what went or goes out with a release, when, and by whom."""
    for row in release.items.all():
        row.revision = revisions[row.key]
        row.save(update_fields=["revision"])
    release.live_from, release.note, release.published_by_name = at, note, str(by or "")
    release.save(update_fields=["live_from", "note", "published_by_name"])
    return release


def waiting(revision: Revision | None) -> bool:
    """Say whether a revision is scheduled and not out yet."""
    return revision is not None and revision.live_from is not None and revision.live_from > timezone.now()


def held(release: Release) -> list[Revision]:
    """Return the revisions that are to go out with a scheduled release; not those that went out alone meanwhile."""
    rows = Revision.objects.filter(pk__in=release.items.values("revision"), live_from=release.live_from)
    return list(rows.order_by("pk"))


def move(release: Release, by: Any, at: datetime) -> Release:
    """Give a scheduled release another moment; its texts and notes stay those that it was scheduled with."""
    together.refuse_foreign(together.find(release.items.values_list("kind", "key")), by)
    openings = [timeline.Opening(one, one.note, one.minor) for one in held(release)]
    timeline.cancel_all(one.revision for one in openings)
    moved = timeline.put_all(openings, at, by) if openings else []
    release.live_from, release.published_by_name = max([at, *(one.live_from for one in moved if one.live_from)]), str(by or "")
    release.save(update_fields=["live_from", "published_by_name"])
    return release


@transaction.atomic
def call_off(release: Release) -> Release:
    """Drop the appointment of a scheduled release; it is open again and its texts are drafts. Raises ValidationError."""
    release = current(release)
    if release.live_from is None:
        raise ValidationError("This release is not scheduled.")
    timeline.cancel_all(held(release))
    release.items.update(revision=None)
    release.live_from, release.published_by_name = None, ""
    release.save(update_fields=["live_from", "published_by_name"])
    return release


@transaction.atomic
def take_in(release: Release, by: Any) -> Release:
    """Let a scheduled release go out with the newest drafts, at its moment and with its notes. Raises as schedule does."""
    release = current(release)
    at, note = release.live_from, release.note
    if at is None:
        raise ValidationError("This release is not scheduled. It goes out with the newest drafts anyway.")
    notes = {one.key: one.note for one in held(release)}
    return schedule(call_off(release), by, at, note, notes)


@transaction.atomic
def delete(release: Release) -> None:
    """Remove a release that is not out; what it had scheduled is called off. No text is lost. Raises ValidationError."""
    release = current(release)
    if release.live_from:
        call_off(release)
    release.delete()


def waiting_releases(keys: Iterable[UUID]) -> dict[UUID, list[Release]]:
    """Return the releases that are not out and hold these items, by key, in one query."""
    rows = ReleaseItem.objects.filter(key__in=list(keys)).select_related("release").order_by("release__name")
    found: dict[UUID, list[Release]] = {}
    for row in rows:
        if not row.release.is_out():
            found.setdefault(row.key, []).append(row.release)
    return found
