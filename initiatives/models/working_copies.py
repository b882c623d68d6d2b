"""The working copies of every kind, for pages of the desk that are about all of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value

from initiatives.models import KINDS
from initiatives.models.access import kinds_open_to


@dataclass(frozen=True)
class Copy:
    """A working copy in brief: what it is, where it is edited, and who keeps it true."""

    key: UUID
    pk: int
    title: str
    owner: int | None
    kind: str

    @property
    def edit_url(self) -> str:
        """The path of its form."""
        return KINDS[self.kind].desk_path("change", self.pk)

    @property
    def kind_words(self) -> str:
        """What people call its kind."""
        return str(KINDS[self.kind]._meta.verbose_name)


def copies(user: Any = None) -> dict[UUID, Copy]:
    """Return every working copy that a person may open by its key, in one query.

    In: None for the system, who may open all.
    """
    kinds = kinds_open_to(user)
    found = (
        model._default_manager.order_by()
        .annotate(of_kind=Value(kind, CharField()))
        .values_list("key", "pk", "title", "owner_id", "of_kind")
        for kind, model in KINDS.items()
        if kind in kinds
    )
    if not kinds:
        return {}
    first, *others = found
    return {row[0]: Copy(*row) for row in first.union(*others, all=True)}
