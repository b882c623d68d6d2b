"""Reads rows of the record one by one where one of them is broken, so that the others are still shown.

A row breaks by a fault of the disk or by somebody's hand in the database; what the site writes itself is
sound.
"""

import logging
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from initiatives.models.revision import RevisionQuerySet
from initiatives.report import wording

logger = logging.getLogger(__name__)

# What pages take for granted. Older revisions lack what came later, so no more than this.
NEEDED = {
    "pillar": "summary",
    "section": "summary",
    "initiative": "summary",
    "document": "leading",
    "site": "tagline",
}
FLAGS = {"leading", "image_decorative", "sandbox"}
FILES = {"file", "image"}
KEYS = {"audiences", "places", "documents"}
FACTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "agencies": lambda row: UUID(row["agency"]) and text_only(row["role"]),
    "amounts": lambda row: (wording.money_words(row), wording.money_for(row)),
    "figures": lambda row: (wording.figure(row), text_only(row["counts"])),
    "dates": lambda row: (wording.date(row), text_only(row["label"])),
    "links": lambda row: (text_only(row["label"]), text_only(row["url"])),
}
BROKEN = (AttributeError, ArithmeticError, LookupError, TypeError, ValueError)


def text_only(value: Any) -> str:
    """Return a value that is a text. Raises TypeError for any other."""
    if not isinstance(value, str):
        raise TypeError
    return value


def sound_rows(
    revisions: RevisionQuerySet, *columns: str, check: Callable[..., object]
) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of each revision whose values are what they should be. The log names the others.

    In: the columns, "id" first; a check that is given them and raises one of BROKEN where something is wrong.
    """
    for row in readable_rows(revisions, columns):
        try:
            check(*row)
        except BROKEN:
            name_in_log(row[0])
        else:
            yield row


def readable_rows(revisions: RevisionQuerySet, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, in one query; row by row where one cannot be read."""
    try:
        yield from list(revisions.values_list(*columns))
    except BROKEN:
        for pk in list(revisions.order_by("pk").values_list("pk", flat=True)):
            try:
                yield revisions.model._default_manager.values_list(*columns).get(pk=pk)
            except BROKEN:
                name_in_log(pk)


@lru_cache(1000)
def name_in_log(pk: int) -> None:
    """Name a broken row in the log, once."""
    logger.error(
        "Revision %s is broken and left out of the pages. Compare it with a backup; verify_record says more.",
        pk,
    )


def check_fields(kind: str, title: Any, slug: Any, position: Any, fields: Any) -> None:
    """Raise one of BROKEN where what a revision says is not of the types that pages rely on."""
    text_only(title), text_only(slug)
    position + 0
    fields[NEEDED[kind]] if kind in NEEDED else None
    for name, value in fields.items():
        check_value(name, value)


def check_value(name: str, value: Any) -> None:
    """Raise one of BROKEN where one field's value is of a wrong type."""
    if name in FACTS or name in KEYS:
        if not isinstance(value, list):
            raise TypeError
        for row in value:
            FACTS.get(name, UUID)(row)
    elif name in FILES:
        if value is not None:
            text_only(value["name"])
    elif name in FLAGS:
        if not isinstance(value, bool):
            raise TypeError
    else:
        text_only(value)


def check_html(pk: int, html: Any) -> None:
    """Raise one of BROKEN where rendered text is not texts by name."""
    for value in html.values():
        text_only(value)
