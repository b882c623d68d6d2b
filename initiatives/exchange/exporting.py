"""What goes out: the live text or the newest drafts, of the whole report or of a branch, in reading order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from initiatives.exchange.block import TREE
from initiatives.models import KINDS, Revision
from initiatives.models.working_copies import copies

REFERENCES = ("agency", "audience", "place", "document")
# Kinds of other apps
OTHERS = tuple(kind for kind in KINDS if kind not in (*REFERENCES, *TREE, "site"))
TEXTS = {"drafts": "the newest drafts", "live": "the live text"}
WHOLE = "the whole report"


@dataclass(frozen=True)
class Going:
    """An item that goes out: its revision, its kind as people say it, what it stands under, its place
    there from 1.
    """

    revision: Revision
    kind: str
    under: str = ""
    place: int = 0


@dataclass(frozen=True)
class Outgoing:
    """All that goes out. `slugs` holds the address of every item, by key, as the chosen text says it.

    `left_out` are the titles of those that have no place in the whole report yet, or hang on one that has
    none.
    """

    name: str
    words: str
    exported: str
    items: list[Going]
    slugs: dict[str, str]
    file_name: str
    left_out: list[str]


def choose(text: str = "drafts", root: UUID | None = None, hidden: Iterable[str] = ()) -> Outgoing | None:
    """Return what goes out, in two queries; None where there is no such item among the texts chosen.

    In: "drafts" for what was last saved of each item, "live" for what the public reads; the key of the item
    at the top of a branch, or None for all; the kinds of items that are left out.
    """
    known, rows = copies(), Revision.objects.all()
    rows = (rows.live() if text == "live" else rows.newest()).exclude(kind__in=[*hidden])
    chosen = {revision.key: revision for revision in rows.defer("html") if revision.key in known}
    if root and root not in chosen:
        return None
    now, going = timezone.localtime(), list(ordered(chosen, root))
    placed = {one.revision.key for one in going}
    return Outgoing(
        f"{chosen[root].kind} “{chosen[root].title}”" if root else WHOLE,
        TEXTS[text],
        date_format(now, "Y-m-d H:i e"),
        going,
        {str(key): revision.slug for key, revision in chosen.items()},
        f"{chosen[root].slug if root else 'report'}-{text}-{now:%Y-%m-%d}",
        [] if root else sorted(one.title for key, one in chosen.items() if key not in placed),
    )


def ordered(chosen: dict[UUID, Revision], root: UUID | None) -> Iterator[Going]:
    """Yield the items in reading order; of the whole, the site's own words first and what initiatives name
    last.
    """
    below: dict[Any, list[Revision]] = defaultdict(list)
    for revision in sorted(chosen.values(), key=lambda one: (one.position, one.title)):
        below[revision.parent if revision.kind in ("section", "initiative") else revision.kind].append(
            revision
        )
    if root:
        top = chosen[root]
        parent = chosen.get(top.parent) if top.parent else None
        yield from walk([top], below, parent)
        return
    yield from (Going(revision, "site") for revision in below["site"])
    yield from walk(below["pillar"], below, None)
    for kind in (*REFERENCES, *OTHERS):
        yield from (Going(revision, kind) for revision in sorted(below[kind], key=lambda one: one.title))


def walk(
    siblings: list[Revision], below: dict[Any, list[Revision]], parent: Revision | None
) -> Iterator[Going]:
    """Yield siblings of one kind, each with all below it: its own initiatives first, then its
    sub-sections.
    """
    for place, revision in enumerate(siblings, start=1):
        is_inner = revision.kind == "section" and parent is not None and parent.kind == "section"
        under = f"{parent.kind} {parent.slug}" if parent else ""
        yield Going(revision, "sub-section" if is_inner else revision.kind, under, place)
        children = below.get(revision.key, [])
        for kind in ("initiative", "section"):
            yield from walk([child for child in children if child.kind == kind], below, revision)
