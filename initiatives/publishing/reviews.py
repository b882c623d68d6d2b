"""Who keeps an item true, when it was last reviewed, and when that is next due.

A review is no change: it makes no revision and no window, so no list of changes or feed knows of it. The seal
of its day does.
"""

import calendar
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from initiatives.audit.seals import refuse_sealed
from initiatives.models import Item, Review
from initiatives.models.lock import lock_report
from initiatives.permissions import MAY_PUBLISH, WORKS_ON_REPORT

MONTHS = 6


def default_due(on: date | None = None) -> date:
    """Return the day six months later; the last one of the month where that month is shorter."""
    on = on or timezone.localdate()
    years, month = divmod(on.month - 1 + MONTHS, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def keepers() -> "models.QuerySet[Any]":
    """Return the people who can own an item: active staff who work on the report."""
    users: Any = get_user_model()._default_manager
    found = users.with_perm(WORKS_ON_REPORT, backend="django.contrib.auth.backends.ModelBackend")
    return found.filter(is_staff=True).order_by("username")


def may_care(user: Any, item: Item) -> bool:
    """Say whether a person may confirm an item and set its date: its owner, or an editor who may change
    it.
    """
    if item.owner_id is not None and item.owner_id == user.pk:
        return user.has_perm(WORKS_ON_REPORT)
    return may_assign(user, item)


def may_assign(user: Any, item: Item) -> bool:
    """Say whether a person may name an item's owner: an editor who may change it."""
    return user.has_perms([MAY_PUBLISH, item.permission("change")])


def refuse_stranger(user: Any, item: Item) -> None:
    """Raise PermissionDenied for a person who may not care for the item; None, the system, may."""
    if user is not None and not may_care(user, item):
        raise PermissionDenied


@transaction.atomic
def confirm(item: Item, by: Any, due: date | None) -> Review:
    """Record that a person read what is public and that nothing has to change; return the row.

    In: the day of the next review, None for no date. Raises PermissionDenied, and ValidationError where the
    day is not after today or the public sees nothing of the item.
    """
    refuse_stranger(by, item)
    lock_report()
    if due and due <= timezone.localdate():
        raise ValidationError("Choose a day after today for the next review.")
    if not item.revisions.live().exists():
        raise ValidationError("This is not on the site, so there is nothing to review yet.")
    return add_row(item, by, due, confirmed=True)


@transaction.atomic
def set_due(item: Item, by: Any, due: date | None) -> Review | None:
    """Set the day of the next review, None for no date; return the newest row. The same day again adds none.

    Raises PermissionDenied, and ValidationError for a day that is past.
    """
    refuse_stranger(by, item)
    lock_report()
    if due and due < timezone.localdate():
        raise ValidationError("Choose today or a later day.")
    newest = Review.objects.filter(key=item.key, at__lte=timezone.now()).order_by("at", "pk").last()
    if (newest.due if newest else None) == due:
        return newest
    return add_row(item, by, due, confirmed=False)


def add_row(item: Item, by: Any, due: date | None, confirmed: bool) -> Review:
    """Add a row at this moment. Raises ValidationError in a day that is sealed."""
    at, name = timezone.now(), str(by or "")
    refuse_sealed(at, done="reviewed", kept="")
    return Review.objects.create(
        kind=item.kind, key=item.key, at=at, by=by, by_name=name, confirmed=confirmed, due=due
    )


@transaction.atomic
def assign(item: Item, by: Any, owner: Any) -> None:
    """Make a person the item's owner, or nobody (None). No revision is made: it is not public.

    Raises PermissionDenied, and ValidationError where the person does not work on the report.
    """
    if by is not None and not may_assign(by, item):
        raise PermissionDenied
    if owner is not None and not keepers().filter(pk=owner.pk).exists():
        raise ValidationError("Choose somebody who works on the report.")
    lock_report()
    item.owner = owner
    type(item)._default_manager.filter(pk=item.pk).update(owner=owner)
