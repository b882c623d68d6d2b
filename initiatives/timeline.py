"""The windows of one item, one after the other: when each revision begins and ends to be before the public.

What is past never changes. A window that has not begun may be moved or dropped; the one before it then goes on until the
next begins. The caller holds the item's lock and a transaction.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives import changes
from initiatives.models.revision import Revision
from initiatives.seals import refuse_sealed, seal_ended_days

INSTANT = timedelta(microseconds=1)


def refuse_past(at: datetime) -> None:
    """Raise ValidationError for a moment that is not in the future."""
    if at <= timezone.now():
        raise ValidationError("Choose a moment in the future, or publish now.")


def put(revision: Revision, at: datetime, by: Any, note: str, minor: bool) -> Revision:
    """Begin a draft revision's window at a moment; return the revision.

    What is in force then ends there, and the new window ends where the next one begins. Where something begins at the
    same moment already, the new one begins a microsecond later: both stay on record. Raises ValidationError in a sealed day.
    """
    refuse_sealed(at)
    windows = Revision.objects.filter(key=revision.key, live_from__isnull=False)
    while windows.filter(live_from=at).exists():
        at += INSTANT
    before = windows.filter(live_from__lt=at).order_by("-live_from").first()
    after = windows.filter(live_from__gt=at).order_by("live_from").first()
    if before and (before.live_to is None or before.live_to > at):
        before.live_to = at
        before.save(update_fields=["live_to"])
    revision.live_from, revision.live_to = at, after.live_from if after else None
    revision.publisher, revision.publisher_name = by, str(by or "")
    revision.note, revision.minor = note, minor
    revision.changes = kept(before, revision)
    revision.save(update_fields=["live_from", "live_to", "publisher", "publisher_name", "note", "minor", "changes"])
    compare_again(after, revision)
    transaction.on_commit(seal_ended_days, robust=True)
    return revision


@transaction.atomic
def call_off(revision: Revision) -> None:
    """Drop what is scheduled; it is a draft again. Raises ValidationError where it is not scheduled any more."""
    from initiatives.models import KINDS

    # The item's lock, as for every change of its windows
    KINDS[revision.kind]._default_manager.select_for_update().filter(key=revision.key).first()
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    if revision.live_from is None or revision.live_from <= timezone.now():
        raise ValidationError("This is no longer scheduled. Look at the history to see what happened.")
    cancel(revision)


def cancel(revision: Revision) -> None:
    """Drop a window that has not begun; the revision is a draft again and what is before it goes on until the next begins.

    Raises ValidationError in a sealed day.
    """
    assert revision.live_from  # noqa: S101 - it has a window
    refuse_sealed(revision.live_from)
    windows = Revision.objects.filter(key=revision.key, live_from__isnull=False).exclude(pk=revision.pk)
    before = windows.filter(live_to=revision.live_from).first()
    after = windows.filter(live_from__gt=revision.live_from).order_by("live_from").first()
    end = revision.live_to
    revision.live_from = revision.live_to = revision.publisher = None
    revision.publisher_name = revision.note = revision.changes = ""
    revision.minor = False
    revision.save(update_fields=["live_from", "live_to", "publisher", "publisher_name", "note", "minor", "changes"])
    if before:
        before.live_to = end
        before.save(update_fields=["live_to"])
    compare_again(after, before)


def compare_again(after: Revision | None, before: Revision | None) -> None:
    """Compute anew what changes with a scheduled revision, once another stands before it."""
    if after:
        after.changes = kept(before, after)
        after.save(update_fields=["changes"])


def kept(before: Revision | None, after: Revision) -> str:
    """Return the kinds of change as Revision keeps them, each between commas, so that one can be looked for."""
    found = changes.kinds(before, after)
    return f",{','.join(found)}," if found else ""
