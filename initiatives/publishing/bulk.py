"""One change to many items: all of them or none. Each function is one transaction and takes items of one
kind.

They raise PermissionDenied where the person may not do it to one of the items, and BlockedError with
the messages of every item that refuses it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from initiatives.models import Initiative, Item, Revision
from initiatives.models.lock import lock_report
from initiatives.publishing import batch, reviews
from initiatives.publishing.publish import save_draft


def current_items(items: Iterable[Item], by: Any) -> list[Any]:
    """Take the lock and return the items as they are now.

    Raises PermissionDenied where the person may not change one.
    """
    lock_report()
    found = batch.working_copies_of([(item.kind, item.key) for item in items])
    batch.refuse_foreign(found, by)
    return found


def each(items: Iterable[Item], act: Callable[[Any], Any]) -> None:
    """Do something to each item. Raises BlockedError with the messages of all that refuse."""
    blocked: dict[str, list[str]] = {}
    for item in items:
        try:
            with transaction.atomic():
                act(item)
        except ValidationError as error:
            blocked[str(item)] = [*blocked.get(str(item), []), *batch.messages_of(item, error)]
    if blocked:
        raise batch.BlockedError(blocked)


@transaction.atomic
def publish_all(items: Sequence[Item], by: Any, note: str = "", minor: bool = False) -> dict[UUID, Revision]:
    """Put the drafts of the items before the public at one instant; return the revisions by key."""
    return batch.put_out([(item.kind, item.key) for item in items], by, words=batch.Words(note, minor))


@transaction.atomic
def assign_all(items: Sequence[Item], by: Any, owner: Any) -> None:
    """Make a person the owner of the items, or nobody (None)."""
    each(current_items(items, by), lambda item: reviews.assign(item, by, owner))


@transaction.atomic
def set_due_all(items: Sequence[Item], by: Any, due: date | None) -> None:
    """Set the day of the next review of the items, None for no date."""
    lock_report()
    each(
        batch.working_copies_of([(item.kind, item.key) for item in items]),
        lambda item: reviews.set_due(item, by, due),
    )


@transaction.atomic
def set_status_all(items: Sequence[Item], by: Any, status: str) -> None:
    """Give the drafts of initiatives another status. The public sees it once they are published."""

    def act(item: Any) -> None:
        with_status(item, status).save(update_fields=["status"])
        save_draft(item, by)

    each(current_items(items, by), act)


@transaction.atomic
def move_all(items: Sequence[Item], by: Any, parent: Item) -> None:
    """Hang the drafts of sections or initiatives on another item, last there.

    The public sees it once they are published.
    """

    def act(item: Any) -> None:
        if item.parent_item == parent:
            return
        moved_copy(item, parent).place_last()
        item.save()
        save_draft(item, by)

    each(current_items(items, by), act)


def with_status(item: Any, status: str) -> Any:
    """Return the item with another status, unsaved. Raises ValidationError where there is no such status."""
    if status not in Initiative.Status.values:
        raise ValidationError({"status": "There is no such status."})
    item.status = status
    return item


def moved_copy(item: Any, parent: Item) -> Any:
    """Return the item hung on another one, unsaved. Raises ValidationError where it cannot hang there."""
    item.hang_on(parent.key)
    item.clean()
    return item
