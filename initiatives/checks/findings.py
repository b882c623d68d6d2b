"""What a check finds, and how the fields of an item are called in words."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


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
