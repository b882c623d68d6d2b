"""Releases: drafts gathered under a name, which go before the public together, now or later: all of them or
none.

Open: gathering; what goes out is what is in the drafts then. Scheduled: what goes out is what was in the
drafts when it was scheduled. Out: for the staff's own record. Each function is one transaction. A release
keeps what the public is told with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list

from initiatives.models import Item, Release, ReleaseItem, Revision
from initiatives.models.lock import lock_report
from initiatives.publishing import authorship, batch, windows
from initiatives.publishing.batch import Words
from initiatives.publishing.publish import save_draft


def current(release: Release) -> Release:
    """Take the lock and return the release as it is now.

    Raises ValidationError where it is out or was deleted.
    """
    lock_report()
    found = Release.objects.filter(pk=release.pk).first()
    if found is None:
        raise ValidationError("This release was deleted.")
    if found.is_out():
        raise ValidationError(f"“{found}” is out already. Gather what comes next in a new release.")
    return found


@transaction.atomic
def add_to_release(release: Release, item: Item, by: Any) -> ReleaseItem:
    """Put an item's draft into a release; return its row, the one that is there where it was in it before."""
    return add_all(release, [item], by)[0]


@transaction.atomic
def add_all(release: Release, items: Iterable[Item], by: Any) -> list[ReleaseItem]:
    """Put the drafts of several items into a release; return their rows. Unsaved changes are kept as drafts.

    Each has the change note that was typed for its draft. A scheduled release is scheduled anew with them:
    see again().
    """
    release, items = current(release), list(items)
    batch.refuse_foreign(items, by)
    with again(release, by):
        said = [(item.key, {"kind": item.kind, **save_draft(item, by).to_say}) for item in items]
        return [release.items.get_or_create(key=key, defaults=defaults)[0] for key, defaults in said]


def retell(key: UUID, before: str, after: str) -> None:
    """Let what open releases say of an item follow the change note typed for its draft, unless they say
    something of their own.

    In: the note before and after. The caller has the lock.
    """
    ReleaseItem.objects.filter(key=key, release__live_from=None, note=before).update(note=after)


@transaction.atomic
def remove_from_release(release: Release, key: UUID, by: Any) -> None:
    """Take an item out of a release.

    Its draft stays as it is. A scheduled release is scheduled anew without it: see again().
    """
    release = current(release)
    with again(release, by):
        release.items.filter(key=key).delete()


@contextmanager
def again(release: Release, by: Any) -> Iterator[None]:
    """Let what a release holds be changed. A scheduled one is called off before and scheduled for the same
    moment after.

    So everything is examined anew, and the others' texts stay as they were scheduled: raises ValidationError
    where one of them has a newer draft, which would go out unasked, and as schedule() does; the caller's
    transaction undoes all of it then. A scheduled release with nothing left in it is open again.
    """
    at = release.live_from
    if at is None:
        yield
        return
    refuse_newer(release)
    cancel_release(release)
    yield
    release.refresh_from_db()
    if release.items.exists():
        refuse_silent(release)
        schedule_release(release, by, at)


def refuse_newer(release: Release) -> None:
    """Raise ValidationError where an item has a newer draft than the one that went or goes out with a
    scheduled release.
    """
    settled = {
        row.key: row.revision.digest for row in release.items.select_related("revision") if row.revision
    }
    newest = Revision.objects.newest().filter(key__in=settled).order_by("title")
    found = [f"“{one.title}”" for one in newest if one.digest != settled[one.key]]
    if found:
        raise ValidationError(
            f"Newer drafts are not in “{release}”: {get_text_list(found, 'and')}. Take them in first, or "
            "call the release off."
        )


def refuse_silent(release: Release) -> None:
    """Raise ValidationError where an item would go out with no word for the public, nor as a minor change."""
    if not (release.note or release.minor) and release.items.filter(note="", minor=False).exists():
        raise ValidationError({"note": "Say what changes, for the public, or tick “Minor change”."})


def words_of_release(release: Release) -> Words:
    """Return what the public is told of a release and of single items in it."""
    own = {row.key: Words(row.note, row.minor) for row in release.items.all() if row.note or row.minor}
    return Words(release.note, release.minor, own)


def refs(release: Release) -> list[tuple[str, UUID]]:
    """Return kind and key of each item of a release. Raises ValidationError where there is none."""
    found = list(release.items.values_list("kind", "key"))
    if not found:
        raise ValidationError("Nothing is in this release yet. Add drafts to it first.")
    return found


@transaction.atomic
def publish_release(release: Release, by: Any) -> Release:
    """Put everything in the release before the public now, at one instant, with the words kept in it; return
    the release.

    A scheduled release goes out as it was scheduled. Raises ValidationError (BlockedError where
    items are not ready) and PermissionDenied; then nothing is published.
    """
    release = current(release)
    if release.live_from:
        return reschedule_release(release, by, timezone.now())
    began = timezone.now()
    revisions = batch.put_out(refs(release), by, None, words_of_release(release))
    return settle_release(
        release, by, revisions, max(began, *(one.live_from for one in revisions.values() if one.live_from))
    )


@transaction.atomic
def schedule_release(release: Release, by: Any, at: datetime) -> Release:
    """Put everything in the release before the public at one later instant; return the release. Otherwise as
    publish.

    A release that is scheduled already goes out at the new moment, with the texts and notes that it was
    scheduled with.
    """
    windows.refuse_past(at)
    release = current(release)
    if release.live_from:
        return reschedule_release(release, by, at)
    revisions = batch.put_out(refs(release), by, at, words_of_release(release))
    if not any(is_waiting(one) for one in revisions.values()):
        raise ValidationError(
            "All of this is on the site at that moment anyway. There is nothing to schedule."
        )
    return settle_release(release, by, revisions, at)


def settle_release(release: Release, by: Any, revisions: Mapping[UUID, Revision], at: datetime) -> Release:
    """Keep what went or goes out with a release, when, and by whom."""
    for row in release.items.all():
        row.revision = revisions[row.key]
        row.save(update_fields=["revision"])
    release.live_from, release.published_by_name = at, str(by or "")
    release.save(update_fields=["live_from", "published_by_name"])
    return release


def is_waiting(revision: Revision | None) -> bool:
    """Say whether a revision is scheduled and not out yet."""
    return revision is not None and revision.live_from is not None and revision.live_from > timezone.now()


def scheduled_revisions(release: Release) -> list[Revision]:
    """Return the revisions that are to go out with a scheduled release; not those that went out alone
    meanwhile.
    """
    rows = Revision.objects.filter(pk__in=release.items.values("revision"), live_from=release.live_from)
    return list(rows.order_by("pk"))


def reschedule_release(release: Release, by: Any, at: datetime) -> Release:
    """Give a scheduled release another moment; its texts and notes stay those that it was scheduled with."""
    batch.refuse_foreign(batch.working_copies_of(release.items.values_list("kind", "key")), by)
    openings = [windows.Opening(one, one.note, one.minor) for one in scheduled_revisions(release)]
    windows.cancel_windows(one.revision for one in openings)
    moved = windows.begin_windows(openings, at, by) if openings else []
    release.live_from, release.published_by_name = (
        max([at, *(one.live_from for one in moved if one.live_from)]),
        str(by or ""),
    )
    release.save(update_fields=["live_from", "published_by_name"])
    return release


@transaction.atomic
def cancel_release(release: Release) -> Release:
    """Drop the appointment of a scheduled release; it is open again and its texts are drafts.

    Raises ValidationError.
    """
    release = current(release)
    if release.live_from is None:
        raise ValidationError("This release is not scheduled.")
    windows.cancel_windows(scheduled_revisions(release))
    for row in release.items.select_related("revision"):
        if row.revision:
            authorship.keep_note(row.revision, note=row.note, minor=row.minor)
    release.items.update(revision=None)
    release.live_from, release.published_by_name = None, ""
    release.save(update_fields=["live_from", "published_by_name"])
    return release


@transaction.atomic
def take_in(release: Release, by: Any) -> Release:
    """Let a scheduled release go out with the newest drafts, at its moment and with its notes.

    Raises as schedule does.
    """
    release = current(release)
    at = release.live_from
    if at is None:
        raise ValidationError("This release is not scheduled. It goes out with the newest drafts anyway.")
    return schedule_release(cancel_release(release), by, at)


@transaction.atomic
def delete_release(release: Release) -> None:
    """Remove a release that is not out; what it had scheduled is called off.

    No text is lost. Raises ValidationError.
    """
    release = current(release)
    if release.live_from:
        cancel_release(release)
    release.delete()


def waiting_releases(keys: Iterable[UUID]) -> dict[UUID, list[Release]]:
    """Return the releases that are not out and hold these items, by key, in one query."""
    rows = ReleaseItem.objects.filter(key__in=list(keys)).select_related("release").order_by("release__name")
    found: dict[UUID, list[Release]] = {}
    for row in rows:
        if not row.release.is_out():
            found.setdefault(row.key, []).append(row.release)
    return found
