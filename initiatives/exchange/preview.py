"""What an import changes, item by item and field by field, in the words of the desk's comparison."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from initiatives.exchange.conflicts import Conflict
from initiatives.models import Revision
from initiatives.models.seal import digest_of
from initiatives.publishing import batch
from initiatives.report import changes as kinds_of_change
from initiatives.report.comparison import (
    REFERENCES,
    Difference,
    added,
    field_name,
    marked_list,
    marked_words,
    side_by_side,
    struck,
    told_fields,
    value_words,
)

NAMES = {"site": "Site settings", "section": "Section", "agency": "Agency or partner"}


@dataclass
class Change:
    """An item that changes: the line on which it begins (0 where only its siblings moved it), before and
    after.
    """

    kind: str
    title: str
    line: int
    before: Revision | None
    after: Revision
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether it was not there before."""
        return self.before is None

    @property
    def number(self) -> int:
        """The number of the revision that it starts from."""
        return self.before.number if self.before else 0

    @property
    def ref(self) -> str:
        """What names it, new ones by what they say."""
        return str(self.after.key) if self.before else f"{self.kind} {self.title}"

    @property
    def kind_words(self) -> str:
        """What people call its kind."""
        return NAMES.get(self.kind, self.kind.capitalize())


def fill_differences(changes: list[Change]) -> None:
    """Fill in the differences of each change, in one query for the titles of other items."""
    sides = [(recorded_values(one.before), recorded_values(one.after)) for one in changes]
    titles = newest_titles(sides)
    for one, (old, new) in zip(changes, sides, strict=True):
        names = kinds_of_change.differing(old, new)
        one.differences = [
            Difference(name, field_name(one.kind, name), side_by_side(name, old, new, titles))
            for name in names
        ]
        if one.before and one.before.position != one.after.position and one.before.parent == one.after.parent:
            one.differences.append(Difference("position", "Place among its siblings", places_told(one)))


def recorded_values(revision: Revision | None) -> dict[str, Any]:
    """Return all that a revision says; nothing for none."""
    return told_fields(revision) if revision else {}


def places_told(change: Change) -> SafeString:
    """Return both places in the order."""
    assert change.before  # noqa: S101 - only what was there before can be moved
    return format_html("{} {}", struck(str(change.before.position)), added(str(change.after.position)))


def newest_titles(sides: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, str]:
    """Return the newest title of each other item that the fields name, by key: staff see drafts."""
    told = [fields for pair in sides for fields in pair]
    keys = {key for fields in told for name in ("parent", *REFERENCES) for key in fields.get(name, [])}
    keys |= {row["agency"] for fields in told for row in fields.get("agencies", [])}
    rows = Revision.objects.newest().filter(key__in=keys).values_list("key", "title")
    return {str(key): title for key, title in rows}


def conflict_words(conflict: Conflict) -> str:
    """Return a conflict in a sentence, with its line and both texts."""
    saved, typed = (plainly(value) for value in (conflict.saved, conflict.typed))
    name = field_name(conflict.kind, conflict.name)
    return f"{conflict.where}: {name}: {conflict.author} saved “{saved}” since; the document says “{typed}”."


@dataclass
class Clash:
    """A conflict as a page shows it: where it stands, the path of the item's form, the text now, and what
    the file does to it.
    """

    conflict: Conflict
    label: str
    edit_url: str
    saved: str
    difference: SafeString


def clashes(conflicts: list[Conflict]) -> list[Clash]:
    """Return conflicts for a page.

    A query for each kind of item among them, and one for the titles of those that they name.
    """
    items = {item.key: item for item in batch.working_copies_of({(one.kind, one.key) for one in conflicts})}
    titles = newest_titles(
        [(side_as_fields(one, one.saved), side_as_fields(one, one.typed)) for one in conflicts]
    )
    found = []
    for one in conflicts:
        item, sides = (
            items[one.key],
            [plain_parts(one.name, value, titles) for value in (one.saved, one.typed)],
        )
        is_rows = isinstance(one.saved or one.typed, list)
        difference = marked_list(*sides) if is_rows else marked_words(*("".join(side) for side in sides))
        path = item.desk_path("change", item.pk)
        found.append(
            Clash(one, field_name(one.kind, one.name), path, "\n".join(sides[0]) or "Nothing", difference)
        )
    return found


def side_as_fields(conflict: Conflict, value: Any) -> dict[str, Any]:
    """Return a side of a conflict as the fields of a revision, as far as they name other items."""
    return {conflict.name: [value] if conflict.name == "parent" and value else value or []}


def plain_parts(name: str, value: Any, titles: dict[str, str]) -> list[str]:
    """Return a value of the plain form in words: each row of a list, or the one text."""
    speak = (
        partial(value_words, name, titles=titles) if name in ("parent", "agencies", *REFERENCES) else plainly
    )
    return [speak(one) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]


def plainly(value: Any) -> str:
    """Return a value of the plain form in words, for reading."""
    if isinstance(value, list):
        return "; ".join(plainly(one) for one in value) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {part}" for name, part in value.items() if part not in (None, ""))
    return {True: "yes", False: "no", None: "nothing", "": "nothing"}.get(value, str(value))


@dataclass
class Result:
    """What an import does, or did: its changes, or what keeps it back. `left` names items that it says
    nothing of.
    """

    changes: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    same: int = 0

    @property
    def is_held_back(self) -> bool:
        """Whether nothing of it can be kept."""
        return bool(self.problems or self.conflicts)

    @property
    def fingerprint(self) -> str:
        """A digest of what would be kept and of what that starts from: another where somebody saved in
        between.
        """
        return digest_of(
            [
                [one.ref, one.number, [[part.name, str(part.html)] for part in one.differences]]
                for one in self.changes
            ]
        )
