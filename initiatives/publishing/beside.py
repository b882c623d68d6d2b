"""A text goes before the public while others wait: what is scheduled, a colleague's draft. They go on
waiting, as they are or
with the change carried into them. Each function that changes something is one transaction; the caller has the
turn.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import Item, ReleaseItem, Revision, Submission
from initiatives.models.lock import lock_report
from initiatives.publishing import authorship, windows
from initiatives.publishing.carrying import Carried, undone
from initiatives.publishing.publish import put_out, ready, save_draft, store_revision
from initiatives.publishing.restore import copy_onto


@contextmanager
def for_a_look() -> Iterator[None]:
    """Undo at the end whatever is done to the database within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Prepared:
    """A text that is ready for the public and is not kept yet, and the files that it uses."""

    draft: Revision
    uploads: set[int]


@dataclass(frozen=True)
class Later:
    """A text that waits while another goes out: what both began from, and the fields that it would change
    again.
    """

    text: Revision
    base: Revision | None
    undoes: list[str]


def waiting_texts(item: Item, held: Revision, going: Revision, at: datetime | None = None) -> list[Later]:
    """Return the texts that wait beside one that is to go out now or at a later moment: those with a date
    first.

    In: the revision that the form was opened with.
    """
    public, newest = item.revisions.live().first(), item.revisions.texts().last()
    waiting = [one for one in item.revisions.upcoming(at) if not one.withdrawn]
    if newest and newest.digest not in {one.digest for one in (*waiting, held, public) if one}:
        waiting.append(newest)
    return [
        Later(one, held if one.digest == held.digest else public, undone(public, going, one))
        for one in waiting
        if one.digest != going.digest
    ]


@transaction.atomic
def publish_beside(item: Item, prepared: Prepared, by: Any, note: str, minor: bool) -> Revision:
    """Put a text before the public that is not the working copy's, which stays as it is; return its
    revision.
    """
    waits = item.revisions.texts().last()
    published = put_out(
        store_revision(item, prepared.draft, by, prepared.uploads), timezone.now(), by, note, minor
    )
    if waits:
        keep_newest(item, waits)
    return published


@transaction.atomic
def publish_position(item: Item, by: Any) -> None:
    """Put an item's place among its siblings before the public, now and with what is scheduled to stand
    there. An item that hangs on something else before the public keeps its place there.
    """
    lock_report()
    live, waits = item.revisions.live().first(), item.revisions.texts().last()
    is_there = live is not None and live.parent == item.parent_key
    if not live or not waits or not is_there or live.position == item.position:
        return
    item.revisions.upcoming().filter(withdrawn=False, parent=live.parent).update(position=item.position)
    windows.begin_window(
        store_revision(item, live.copy(position=item.position), by, live.uploads.all()),
        timezone.now(),
        by,
        "",
        minor=True,
    )
    if waits.digest != live.digest:
        keep_newest(item, waits)
    save_draft(item, by)


def keep_newest(item: Item, draft: Revision) -> None:
    """Make a draft the item's newest again: the same words, writer, time of saving and note; what was
    handed in stays so.
    """
    same = draft.copy(created=draft.created, **draft.to_say)
    again = store_revision(item, same, draft.author, uploads=draft.uploads.all())
    Revision.objects.filter(pk=again.pk).update(author_name=draft.author_name)
    Submission.objects.filter(revision=draft).update(revision=again)


@transaction.atomic
def carry_on(item: Item, by: Any, carried: Iterable[Carried]) -> None:
    """Let texts that wait say what was carried into them, at their moments and with their notes.

    Raises ValidationError where one with a date is not ready to go out.
    """
    own, newest = item.snapshot().digest, item.revisions.texts().last()
    for one in carried:
        with nullcontext() if one.text.digest == own else for_a_look():
            copy = copy_onto(one.merged)
            prepared = prepare_beside(copy, by, one.text.live_from) if one.text.live_from else None
        if prepared:
            reschedule(item, one.text, prepared, by)
    draft = save_draft(type(item)._default_manager.get(pk=item.pk), by)
    authorship.keep_note(draft, **(newest.to_say if newest else {}))


def prepare_beside(item: Item, by: Any, at: datetime | None = None) -> Prepared:
    """Return what the working copy says, ready for the public now or later.

    Raises ValidationError where it is not.
    """
    return Prepared(ready(item, by, at), item.used_uploads())


def reschedule(item: Item, old: Revision, new: Prepared, by: Any) -> None:
    """Let another text go out in the place of one that is scheduled; none where the public sees that one
    then.
    """
    at, rows = old.live_from, ReleaseItem.objects.filter(revision=old)
    assert at  # noqa: S101 - it is scheduled
    windows.cancel_window(old)
    public = item.revisions.live(at).first()
    if public and public.digest == new.draft.digest:
        ReleaseItem.leave(rows)
        return
    revision = windows.begin_window(
        store_revision(item, new.draft, by, new.uploads), at, by, old.note, old.minor
    )
    rows.update(revision=revision)
