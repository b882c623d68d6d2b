"""How one item changes state: a draft is kept, goes before the public now or later, and is taken from it.

Each function is one transaction and takes the working copy of the item first.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives.checks import refuse_unready
from initiatives.links.dead import refuse_dead_links
from initiatives.models import Item, ReleaseItem, Revision
from initiatives.models.lock import lock_report
from initiatives.publishing import authorship, windows
from initiatives.report.report import Report

By = Any  # a member of staff (settings.AUTH_USER_MODEL), or None for the system itself


@transaction.atomic
def save_draft(item: Item, by: By) -> Revision:
    """Keep the working copy as a draft and return its revision; the newest one where nothing has changed.

    A draft that waits for approval is overtaken by one that says something else.
    """
    lock_report()
    draft, newest = item.snapshot(), item.revisions.texts().last()
    if newest and newest.says_the_same(draft):
        return newest
    same = item.revisions.texts().filter(digest=draft.digest, live_from=None).last()
    draft.note, draft.minor = (same.note, same.minor) if same else ("", False)
    authorship.overtake(store_revision(item, draft, by))
    return draft


@transaction.atomic
def publish(item: Item, by: By, note: str = "", minor: bool = False) -> Revision:
    """Put the working copy before the public from now on and return its revision.

    The place among its siblings stays as it is live; beside.publish_position changes that. What is scheduled
    stays scheduled, but for this very text, which then goes out now. Raises ValidationError, with a message
    for each field, where something that the public needs is missing, or another person has to approve it
    first.
    """
    revision = prepare(item, by)
    return revision if revision.live_from else put_out(revision, timezone.now(), by, note, minor)


@transaction.atomic
def schedule(item: Item, by: By, at: datetime, note: str = "", minor: bool = False) -> Revision:
    """Put the working copy before the public from a later moment on and return its revision.

    In: the moment, with its time zone. The same text scheduled again is moved to the new moment. Raises
    ValidationError where the moment is past, something that the public needs is missing, or another person
    has to approve it first.
    """
    windows.refuse_past(at)
    revision = prepare(item, by, at)
    if revision.live_from:
        raise ValidationError(
            "This very text is on the site at that moment anyway. There is nothing to schedule."
        )
    return put_out(revision, at, by, note, minor)


@transaction.atomic
def prepare(item: Item, by: By, at: datetime | None = None, among: Report | None = None) -> Revision:
    """Return the draft that is to go before the public now or at a later moment, ready for its window.

    In: the report as it will be then, where other items go out with this one. Out: a draft revision; where
    the public sees the same anyway, the revision that is live then. The same text scheduled for another time
    is a draft again. Raises ValidationError where it is not ready.
    """
    draft = ready(item, by, at, among)
    for planned in filter(draft.says_the_same, item.revisions.upcoming()):
        windows.cancel_window(windows.scheduled_alone(planned) if at else planned)
    live = item.revisions.live(at).first()
    if live and live.says_the_same(draft):
        return live
    newest = item.revisions.texts().last()
    is_kept = newest is not None and newest.says_the_same(draft) and not newest.live_from
    return newest if newest and is_kept else store_revision(item, draft, by)


@transaction.atomic
def unpublish(
    item: Item, by: By, reason: str = "", successor: Item | None = None, at: datetime | None = None
) -> Revision | None:
    """Take the item from the public, now or later; return the revision that says so, None if none was live.

    In: why, for the public, and the item that took its place, both optional. Now, what was scheduled is
    dropped, also where it was to go out with a release, whose other texts stay scheduled. Raises
    ValidationError where the moment is past or links before the public would be left dead.
    """
    lock_report()
    refuse_dead_links(item, successor, at)
    if at:
        windows.refuse_past(at)
    else:
        ReleaseItem.drop(item.key)
        for upcoming in item.revisions.upcoming():
            windows.cancel_window(upcoming)
    live = item.revisions.live(at).first()
    if not live and at:
        raise ValidationError("It is not on the site at that moment. There is nothing to take off.")
    if not live:
        return None
    fields = {"reason": reason, "successor": str(successor.key) if successor else None}
    gone = store_revision(item, live.copy(fields=fields, html={}, withdrawn=True), by, uploads=())
    return windows.begin_window(gone, at or timezone.now(), by, reason, False)


def ready(item: Item, by: By, at: datetime | None = None, among: Report | None = None) -> Revision:
    """Return a snapshot for the public, at the live place in the order; refuse one that is not ready.

    Every way to the public comes through here, so the rule about approval stands here.
    """
    lock_report()
    draft = item.snapshot()
    refuse_unready(item, draft.fields, among or (Report.live(at) if at else None))
    live = item.revisions.live(at).first()
    if live and live.parent == draft.parent:
        draft.position = live.position
    authorship.refuse_unapproved(draft, by)
    return draft


def put_out(revision: Revision, at: datetime, by: By, note: str, minor: bool) -> Revision:
    """Put a draft that is ready before the public at a moment; return it.

    What waited for approval of this text has it then.
    """
    windows.begin_window(revision, at, by, note, minor)
    authorship.settle_submission(revision, by)
    return revision


def store_revision(item: Item, draft: Revision, by: By, uploads: Iterable[Any] | None = None) -> Revision:
    """Keep an unsaved revision as the item's newest.

    In: the files that it uses, by default those of the working copy.
    """
    newest = item.revisions.last()
    draft.number = newest.number + 1 if newest else 1
    draft.author, draft.author_name = by, str(by or "")
    draft.save(force_insert=True)
    draft.uploads.set(item.used_uploads() if uploads is None else uploads)
    return draft


SAME_ADDRESS = "Another item of this kind is live at the same address. Change one of the two addresses."


UNEXPLAINED = "Say what changed, for the public, or tick “Minor change”."


def refuse_unexplained(live: Revision | None, revision: Revision, note: str, minor: bool) -> None:
    """Raise ValidationError where a live text would change without a word for the public."""
    if live and revision != live and not note and not minor:
        raise ValidationError(UNEXPLAINED)
