"""Which telephone numbers, e-mail and street addresses are the city's own: those that stand in what the
public reads.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db.models import Q

from feedback.pages import morning
from feedback.personal import ABROAD, ADDRESS, EMAIL, PHONE, ROOM
from initiatives.models import Revision
from initiatives.models.revision import RevisionQuerySet

# Each is looked for only where its sign, quickly found, stands: a report may be large.
SIGNS = (
    ("@", EMAIL),
    (r"\d{3}\D{0,3}\d{4}", PHONE),
    (r"\+|00", ABROAD),
    (r"\d", ADDRESS),
    ("[Bb]ox|BOX", ROOM),
)
LOCAL, LONGEST = 7, 10  # digits of a number without its area code and with it
SHORT = {
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "street": "st",
    "avenue": "ave",
    "boulevard": "blvd",
    "road": "rd",
}
SHORT |= {
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "place": "pl",
    "terrace": "ter",
    "parkway": "pkwy",
    "circle": "cir",
}


class Public:
    """The contacts of the report as it is now, its settings included: `"314-555-0142" in Public()`.

    The report is read in one query, when it is first asked, so one of these serves all comments of a page or
    a file.
    """

    def __init__(self, revisions: RevisionQuerySet | None = None) -> None:
        self.revisions = Revision.objects.live() if revisions is None else revisions

    @classmethod
    def for_mark(cls, item: UUID | None, day: date) -> Self:
        """Those of the settings and of the item that a comment is about, as its day began.

        Two rows, however large the report.
        """
        return cls(Revision.objects.live(morning(day)).filter(Q(kind="site") | Q(key=item)))

    def __contains__(self, contact: Any) -> bool:
        """Say whether a number, an e-mail address or a street address stands there, however it is spelled."""
        return plain_contact(contact) in self.shown

    @cached_property
    def shown(self) -> set[str]:
        """What stands there, as plain() spells it; numbers also without their area code, streets without
        “Street”. One query.
        """
        texts = [
            text.replace("–", "-") for text in texts_in(list(self.revisions.values_list("title", "fields")))
        ]
        found = {
            plain_contact(one[0])
            for text in texts
            for sign, form in SIGNS
            if re.search(sign, text)
            for one in form.finditer(text)
        }
        return found | {one[-LOCAL:] if one.isdigit() else one.rpartition(" ")[0] for one in found}


def plain_contact(contact: str) -> str:
    """Return a contact in one spelling: e-mail in small letters, a number as its digits, a street with
    “st” for “Street”.
    """
    contact = contact.lower()
    if "@" in contact:
        return contact.strip(" _")
    if re.search("[a-z]", contact):
        return " ".join(SHORT.get(word, word) for word in re.findall(r"\w+", contact))
    digits = re.sub(r"\D", "", contact).removeprefix("00")
    return digits[1:] if len(digits) == LONGEST + 1 and digits[0] == "1" else digits


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)
