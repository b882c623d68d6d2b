"""What a check finds, and how the fields of an item are called in words."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import FieldDoesNotExist

if TYPE_CHECKING:
    from initiatives.models.item import Item

EVERYWHERE = "__all__"


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the field or the rows that it is in ("__all__" for no single one), and what to
    do.
    """

    field: str
    message: str


@dataclass(frozen=True)
class Findings:
    """All that was found on an item."""

    errors: list[Finding] = field(default_factory=list)
    advice: list[Finding] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.errors or self.advice)


def label(item: "Item", name: str) -> str:
    """Return what the form calls a field, or the rows of a kind: "Alt text", "Money"; "" for no single
    field.
    """
    if name == EVERYWHERE:
        return ""
    try:
        found = item._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ").capitalize()
    if found.auto_created and found.related_model:
        words = str(found.related_model._meta.verbose_name_plural)
    else:
        words = str(found.verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]
