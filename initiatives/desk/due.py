"""Which items are due for review, and which nobody keeps: for the desk's first page, its list, and the
daily e-mail.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from initiatives.models import Review, Revision
from initiatives.models.review import Upkeep
from initiatives.models.working_copies import Copy, copies


@dataclass(frozen=True)
class Watched:
    """An item with its owner's name and what is on record of its reviews."""

    copy: Copy
    owner_name: str
    upkeep: Upkeep


def due_items(user: Any = None) -> list[Watched]:
    """Return what a person may open and is due for review or overdue, the longest overdue first, in four
    queries.
    """
    wanted = set(Review.objects.due(timezone.localdate()).values_list("key", flat=True))
    found = watched([copy for key, copy in copies(user).items() if key in wanted])
    return sorted(found, key=lambda one: (one.upkeep.due, one.copy.title))


def unkept_items(user: Any = None) -> list[Watched]:
    """Return the live items that a person may open without an owner or a date for the next review, by
    title, in five queries.
    """
    live = set(Revision.objects.live().values_list("key", flat=True))
    dated = set(Review.objects.dated().values_list("key", flat=True))
    missing = [
        copy for key, copy in copies(user).items() if key in live and not (copy.owner and key in dated)
    ]
    return sorted(watched(missing), key=lambda one: one.copy.title)


def watched(found: list[Copy]) -> list[Watched]:
    """Return items with owner and reviews, in two queries."""
    held = Review.objects.status(copy.key for copy in found)
    users: Any = get_user_model()._default_manager.filter(pk__in={copy.owner for copy in found if copy.owner})
    names = {user.pk: user.get_full_name() or str(user) for user in users}
    return [Watched(copy, names.get(copy.owner, "") if copy.owner else "", held[copy.key]) for copy in found]
