"""Three versions of an item's form brought together: what it said when it was opened (base), what a colleague
saved since
(theirs), what was typed (mine). Pure values, no database: what only one side changed is taken, what both
changed is asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from initiatives.text.alignment import Effort, changed_runs

Value = str | tuple[str, ...]  # a field as the form holds it: a text, or the sorted choices ticked in a list


class Outcome(Enum):
    """Whose change stands."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    ASKED = "asked"


@dataclass(frozen=True)
class Merged:
    """A field brought together. Where it is asked, `value` is mine until there is an answer."""

    outcome: Outcome
    value: Value


def field(base: Value | None, theirs: Value, mine: Value) -> Merged:
    """Bring a field together. In: `base` is None where it is not known; then any difference is asked.

    Of a list of choices both sides' ticks and unticks hold, so that it is never asked.
    """
    if mine == theirs:
        return Merged(Outcome.SAME, mine)
    if mine == base:
        return Merged(Outcome.THEIRS, theirs)
    if theirs == base:
        return Merged(Outcome.MINE, mine)
    if (
        base is not None
        and not isinstance(base, str)
        and not isinstance(mine, str)
        and not isinstance(theirs, str)
    ):
        ticked = (set(mine) | (set(theirs) - set(base))) - (set(base) - set(theirs))
        return Merged(Outcome.THEIRS, tuple(sorted(ticked)))
    return Merged(Outcome.ASKED, mine)


# Texts


def combine(base: str, theirs: str, mine: str) -> str:
    """Return a text with both sides' changes: where they touch, mine and then theirs.

    A proposal for a person to edit.
    """
    cut = paragraphs_of if "\n" in base + theirs + mine else words_of_text
    old = cut(base)
    parts: list[str] = []
    done = 0
    for low, high, ours, others in regions(old, cut(theirs), cut(mine)):
        parts += [*old[done:low], *(ours if ours == others else [*ours, *others])]
        done = high
    return ("\n\n" if cut is paragraphs_of else " ").join([*parts, *old[done:]])


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [part for part in re.split(r"\n[ \t]*\n\s*", text.strip("\n")) if part.strip()]


def words_of_text(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


Hunk = tuple[int, int, list[str]]  # what a side put in place of base[low:high]


def hunks(base: list[str], other: list[str]) -> list[Hunk]:
    """Return what one side changed."""
    found: list[Hunk] = []
    low = 0
    for gone, come, same in changed_runs(base, other, Effort()):
        if gone or come:
            found.append((low, low + len(gone), list(come)))
        low += len(gone) + len(same)
    return found


def regions(
    base: list[str], theirs: list[str], mine: list[str]
) -> Iterator[tuple[int, int, list[str], list[str]]]:
    """Yield each region of the base that changed and what stands there now: mine and theirs, equal where
    one changed it.
    """
    waiting = sorted(
        [(*hunk, True) for hunk in hunks(base, mine)] + [(*hunk, False) for hunk in hunks(base, theirs)],
        key=hunk_place,
    )
    while waiting:
        low, high = waiting[0][:2]
        group = []
        while waiting and waiting[0][0] <= high:
            group.append(waiting.pop(0))
            high = max(high, group[-1][1])
        sides = [[hunk[:3] for hunk in group if hunk[3] is side] for side in (True, False)]
        ours, others = (applied(side, base, low, high) if side else None for side in sides)
        yield low, high, others if ours is None else ours, ours if others is None else others  # type: ignore[misc]


def hunk_place(hunk: tuple[int, int, list[str], bool]) -> tuple[int, int]:
    """Return where a hunk lies, for sorting."""
    return hunk[0], hunk[1]


def applied(changed: list[Hunk], base: list[str], low: int, high: int) -> list[str]:
    """Return base[low:high] with one side's changes."""
    parts: list[str] = []
    for start, end, new in changed:
        parts += [*base[low:start], *new]
        low = end
    return [*parts, *base[low:high]]


# Rows


@dataclass(frozen=True)
class Row:
    """A row under an item: the id it has in the database ("" for a new one), what it says, column by column.

    `gone`: it is marked to be deleted. `pending`: it was asked about before and there is no answer yet.
    `place` is where the form holds it.
    """

    id: str
    values: tuple[tuple[str, str], ...]
    gone: bool = False
    pending: bool = False
    place: int = -1


@dataclass(frozen=True)
class MergedRow:
    """A row brought together: the three versions (None where a side does not have it) and whose stands."""

    base: Row | None
    theirs: Row | None
    mine: Row | None
    outcome: Outcome

    @property
    def stands(self) -> Row | None:
        """The version that goes into the form; None for no row. Where it is asked, mine."""
        row = self.theirs if self.outcome is Outcome.THEIRS else self.mine
        return None if row is None or row.gone else row


def merge_rows(base: list[Row], theirs: list[Row], mine: list[Row]) -> list[MergedRow]:
    """Bring the rows of one sort together: each row of either side is in exactly one of those returned,
    theirs first.
    """
    with_theirs, with_mine = paired_rows(base, theirs), paired_rows(base, mine)
    merged = [whose_row(row, with_theirs.get(n), with_mine.get(n)) for n, row in enumerate(base)]
    added = [row for row in mine if row not in with_mine.values()]
    for row in theirs:
        if row not in with_theirs.values():
            twin = next((other for other in added if is_twin(other, row)), None)
            added = [other for other in added if other is not twin]
            merged.append(whose_row(None, row, twin))
    return merged + [whose_row(None, None, row) for row in added]


def is_twin(mine: Row, theirs: Row) -> bool:
    """Say whether a row that both sides have beyond the base is one and the same."""
    return mine.values == theirs.values or bool(mine.id and mine.id == theirs.id)


def whose_row(base: Row | None, theirs: Row | None, mine: Row | None) -> MergedRow:
    """Say whose version of a row stands."""
    there = None if mine is None or mine.gone else mine
    pair = tuple(row.values if row else None for row in (theirs, there))
    if pair[0] == pair[1]:
        outcome = Outcome.SAME
    elif mine and mine.pending:
        outcome = Outcome.ASKED
    elif mine is None:
        outcome = Outcome.THEIRS  # the form that was typed in did not hold it, so nobody deleted it there
    else:
        before = base.values if base else None
        outcome = (
            Outcome.THEIRS if pair[1] == before else Outcome.MINE if pair[0] == before else Outcome.ASKED
        )
    return MergedRow(base, theirs, mine, outcome)


def paired_rows(base: list[Row], side: list[Row]) -> dict[int, Row]:
    """Return which row of a side is which row of the base: by id, else by what it says, else by most of
    what it says.
    """
    found: dict[int, Row] = {}
    for same in (
        lambda old, new: old.id and old.id == new.id,
        lambda old, new: old.values == new.values,
        rows_alike,
    ):
        free = [row for row in side if row not in found.values()]
        for n, old in enumerate(base):
            match = None if n in found else next((new for new in free if same(old, new)), None)
            if match:
                found[n] = match
                free.remove(match)
    return found


def rows_alike(old: Row, new: Row) -> bool:
    """Say whether two rows with no id in common say mostly the same."""
    pairs = set(old.values) & set(new.values)
    return not (old.id and new.id) and 2 * len(pairs) > len(old.values)
