"""A change of an item carried into another of its texts: three revisions brought together, field by field."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from initiatives.models import Revision
from initiatives.report import changes
from initiatives.report.comparison import told_fields
from initiatives.text import merge


@dataclass(frozen=True)
class Carried:
    """A text with a change carried into it; `clashes` names the fields that both say otherwise and nobody
    answered.
    """

    text: Revision
    merged: Revision
    clashes: list[str]


def undone(public: Revision | None, going: Revision, text: Revision) -> list[str]:
    """Return the names of the fields that change with a text that goes out, and that a later text would
    change again.

    In: what the public reads now, None for nothing.
    """
    was, now, then = (told_fields(one) if one else {} for one in (public, going, text))
    return [name for name in changes.differing(was, now) if values_differ(now.get(name), then.get(name))]


def carry(base: Revision | None, going: Revision, text: Revision, answers: Mapping[str, Any]) -> Carried:
    """Return a text with what a text that goes out changed.

    In: what both began from; by name the values that a person chose for fields that clash.
    """
    was, now, then = (told_fields(one) if one else {} for one in (base, going, text))
    clashes = []
    for name in changes.differing(was, now):
        value, is_clash = merged_value(was.get(name), now.get(name), then.get(name))
        then[name] = answers.get(name, value) if is_clash else value
        clashes += [name] if is_clash and name not in answers else []
    parent = then.pop("parent")
    said = {"title": then.pop("title"), "slug": then.pop("slug"), "parent": parent[0] if parent else None}
    return Carried(text, text.copy(**said, fields=then), clashes)


def values_differ(one: Any, other: Any) -> bool:
    """Say whether two recorded values differ; one that is not there counts as empty."""
    return (one or None) != (other or None)


def merged_value(was: Any, now: Any, then: Any) -> tuple[Any, bool]:
    """Return what a field says with the change from `was` to `now` carried into `then`, and whether both
    changed it.
    """
    if not values_differ(now, then) or not values_differ(now, was):
        return then, False
    if not values_differ(then, was):
        return now, False
    if isinstance(now, list) and isinstance(then, list):
        return lists(was or [], now, then)
    return then, True


def lists(was: Sequence[Any], now: Sequence[Any], then: Sequence[Any]) -> tuple[list[Any], bool]:
    """Return a list with both sides' rows; the second says whether both changed one of them."""
    merged = merge.merge_rows(*([comparable_row(one) for one in side] for side in (was, now, then)))
    if any(one.outcome is merge.Outcome.ASKED for one in merged):
        return list(then), True
    return [json.loads(dict(one.stands.values)[""]) for one in merged if one.stands], False


def comparable_row(said: Any) -> merge.Row:
    """Return a recorded row as it is compared: column by column, and whole under no name."""
    columns = said.items() if isinstance(said, dict) else ()
    return merge.Row("", (*((name, json.dumps(value)) for name, value in columns), ("", json.dumps(said))))
