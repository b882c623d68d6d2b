"""Which telephone numbers and e-mail addresses are the city's own: those that stand in the report that the public reads."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db.models import Q

from feedback.pages import morning
from initiatives.models import Revision
from initiatives.models.revision import RevisionQuerySet

BETWEEN = r"[\s().–-]{0,3}"  # between the digits of a number, however it is spaced
LOCAL, LONGEST = 7, 10  # digits of a number without its area code and with it


class Public:
    """The contacts of the report as it is now, its settings included: `"314-555-0142" in Public()`.

    The report is read in one query, when it is first asked, so one of these serves all comments of a page or a file.
    """

    def __init__(self, revisions: RevisionQuerySet | None = None) -> None:
        self.revisions = Revision.objects.live() if revisions is None else revisions
        self.known: dict[str, bool] = {}

    @classmethod
    def for_mark(cls, item: UUID | None, day: date) -> Self:
        """Those of the settings and of the item that a comment is about, as its day began. Two rows, however large the report."""
        return cls(Revision.objects.live(morning(day)).filter(Q(kind="site") | Q(key=item)))

    def __contains__(self, contact: Any) -> bool:
        """Say whether a number, however it is spaced, or an address, in any case, stands there."""
        digits = "" if "@" in contact else re.sub(r"\D", "", contact)
        digits = digits[1:] if len(digits) == LONGEST + 1 and digits[0] == "1" else digits
        if not digits and "@" not in contact:
            return False
        wanted = as_number(digits) if digits else rf"(?<![\w.+-]){re.escape(contact.strip().lower())}(?!\.?[\w-])"
        if wanted not in self.known:
            self.known[wanted] = bool(re.search(wanted, self.text))
        return self.known[wanted]

    @cached_property
    def text(self) -> str:
        """All that they say, in small letters. One query."""
        found = self.revisions.values_list("title", "fields")
        return "\n".join(words(list(found))).lower()


def as_number(digits: str) -> str:
    """Return the pattern of a telephone number. Without an area code it is also the end of a longer one."""
    return ("" if len(digits) == LOCAL else r"(?<!\d)(?:\+?1)?") + BETWEEN.join(digits) + r"(?!\d)"


def words(value: Any) -> Iterator[str]:
    """Yield the texts in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words(one)
