"""Who has which item's form open now.

A form says so every half minute; who was silent for longer than SILENCE is gone.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from initiatives.models import Item, Presence

SILENCE = timedelta(seconds=90)


def open_form(item: Item, user: Any) -> None:
    """Note that somebody opened an item's form.

    A database too busy for the note does not keep the form from opening.
    """
    try:
        here(item.kind, item.key, user)
    except OperationalError:
        return


@transaction.atomic
def here(kind: str, key: UUID, user: Any) -> None:
    """Note that somebody has an item's form open; rows of those who went silent are removed. Two queries."""
    now = timezone.now()
    Presence.objects.filter(seen__lt=now - SILENCE).delete()
    row = Presence(kind=kind, key=key, user=user, since=now, seen=now)
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user", "key"], update_fields=["seen"]
    )


def leave_form(key: UUID, user: Any) -> None:
    """Note that somebody closed an item's form."""
    Presence.objects.filter(key=key, user=user).delete()


def others_editing(keys: Iterable[UUID], user: Any) -> dict[UUID, list[Presence]]:
    """Return who else has the forms of these items open, by key, longest first. One query."""
    rows = Presence.objects.filter(key__in=list(keys), seen__gte=timezone.now() - SILENCE).exclude(user=user)
    found: dict[UUID, list[Presence]] = {}
    for row in rows.select_related("user").order_by("since", "pk"):
        found.setdefault(row.key, []).append(row)
    return found


def name(user: Any) -> str:
    """Return what a member of staff is called."""
    return user.get_full_name() or user.get_username()


def presence_sentence(rows: list[Presence]) -> str:
    """Return who is editing, for the item's form: “Edith is editing this now (since 2:05 p.m.).”; nothing
    for nobody.
    """
    said = [
        f"{name(row.user)} is editing this now (since {date_format(timezone.localtime(row.since), 'g:i a')})."
        for row in rows
    ]
    return " ".join(said)


def in_short(rows: list[Presence]) -> str:
    """Return who is editing, for lists: “Edith is editing”."""
    names = [name(row.user) for row in rows]
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} editing" if names else ""
