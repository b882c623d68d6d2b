"""Which kinds of items a person may open at the desk."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from initiatives.models import KINDS


class OfKind(Protocol):
    """A revision, a working copy, or a row that belongs to an item."""

    @property
    def kind(self) -> str: ...


Row = TypeVar("Row", bound=OfKind)


def kinds_open_to(user: Any) -> set[str]:
    """Return the kinds of items that a person may open at the desk now; all of them for the system itself,
    None.
    """
    return {kind for kind, model in KINDS.items() if user is None or user.has_perm(model.permission("view"))}


def open_to(user: Any, rows: Iterable[Row]) -> list[Row]:
    """Return those of the rows whose items a person may open at the desk.

    Every list of the desk asks this or copies().
    """
    kinds = kinds_open_to(user)
    return [row for row in rows if row.kind in kinds]
