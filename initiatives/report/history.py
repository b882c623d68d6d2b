"""The public history: the versions of an item that were before the public, and what changed when in the
report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate

from initiatives import addresses
from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.report import changes
from initiatives.report.report import Node, Report

# What the updates page tells of; agencies, audiences and places change within the pages that name them.
# Another app adds its kinds here.
TOLD = ["site", "pillar", "section", "initiative", "document"]
FIRST = ",first,"
# Above this many first publications on a day they are folded: a report that was loaded whole is one piece of
# news.
MANY = 10
# Changes of a version that says what the one before it said: none, or its place in a list
PLACE_ALONE = ["", ",order,"]


@dataclass(frozen=True)
class Change:
    """One window that opened: a public version, where it is kept, and how it differs from the one before."""

    revision: Revision
    url: str
    version_url: str
    compare_url: str
    content_url: str
    pillar: Node | None = None

    @property
    def kinds(self) -> list[str]:
        """The kinds of change in words."""
        return [changes.KINDS[kind] for kind in self.revision.change_kinds]

    @property
    def is_first(self) -> bool:
        """Whether the item was published for the first time."""
        return self.revision.change_kinds == ["first"]


def public_versions(key: UUID, at: datetime | None = None) -> list[Revision]:
    """Return the public versions of an item up to a moment, newest first, without their rendered text."""
    return list(
        Revision.objects.once_in_force(at)
        .filter(key=key)
        .defer("html")
        .prefetch_related("erasures__redaction")
        .order_by("-live_from")
    )


def since_last_edit(*keys: UUID) -> dict[UUID, set[int]]:
    """Return, by key, the numbers of each item's public versions from the newest on that says something else
    than the one before.

    In: keys of items, none for all. What went out is in its own order, which is not always that of the
    numbers. One query.
    """
    public = Revision.objects.once_live().filter(**({"key__in": keys} if keys else {})).order_by("live_from")
    found: dict[UUID, set[int]] = {}
    for key, number, changed in public.values_list("key", "number", "changes"):
        found[key] = {number} if changed not in PLACE_ALONE else found.get(key, set()) | {number}
    return found


@dataclass(frozen=True)
class Load:
    """Many items published for the first time on one day: how many, and the row that stands for all of
    them.
    """

    count: int
    row: int


@dataclass(frozen=True)
class Wish:
    """Which changes are asked for: below a pillar, of a kind, in a year, in a month (1 to 12); what is
    empty asks for all.
    """

    pillar: Node | None = None
    kind: str = ""
    year: int = 0
    month: int = 0


def news(wish: Wish | None = None, key: UUID | None = None, at: datetime | None = None) -> RevisionQuerySet:
    """Return the windows that opened up to a moment, newest first: all that are wished for, or those of one
    item.

    A new place in a list is no news, unless that is asked for.
    """
    wish = wish or Wish()
    found = (
        Revision.objects.once_in_force(at)
        .filter(kind__in=TOLD)
        .defer("fields", "html")
        .order_by("-live_from", "title")
    )
    if wish.pillar:
        keys = [node.key for node in wish.pillar.walk()]
        found = found.filter(Q(key__in=keys) | Q(parent__in=keys))
    if key:
        found = found.filter(key=key)
    if wish.year:
        found = found.filter(live_from__year=wish.year)
    if wish.month:
        found = found.filter(live_from__month=wish.month)
    return (
        found.filter(changes__contains=f",{wish.kind},")
        if wish.kind
        else found.exclude(changes__in=PLACE_ALONE)
    )


def last_news(keys: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when each item last changed before the public by more than what was said to be minor. One query.

    What never did counts from its first version.
    """
    rows = Revision.objects.once_live().filter(key__in=list(keys)).order_by().values_list("key")
    told = rows.annotate(first=Min("live_from"), last=Max("live_from", filter=Q(minor=False)))
    return {key: last or first for key, first, last in told}


def loads(found: RevisionQuerySet) -> dict[date, Load]:
    """Return the days on which more than MANY items of a list of changes were published for the first time.

    One query.
    """
    first = found.filter(changes=FIRST).order_by().annotate(day=TruncDate("live_from")).values_list("day")
    return {
        day: Load(count, one)
        for day, count, one in first.annotate(count=Count("pk"), one=Max("pk"))
        if count > MANY
    }


def as_news(revisions: list[Revision], report: Report) -> list[Change]:
    """Return the changes with their addresses, by the report in which they are told."""
    return [as_change(revision, report) for revision in revisions]


def as_change(revision: Revision, report: Report) -> Change:
    """Return a public version as a change."""
    node = report.by_key.get(revision.key)
    parent = node.parent if node else report.by_key.get(revision.parent) if revision.parent else None
    pillar = (
        node.pillar
        if node and node.kind in {"pillar", "section", "initiative"}
        else parent.pillar
        if parent
        else None
    )
    pillar_slug = pillar.slug if pillar else ""

    def of(page: str, *more: Any) -> str:
        return addresses.of_record(
            revision.kind, node.slug if node else revision.slug, pillar_slug, page, *more
        )

    first = "first" in revision.change_kinds
    return Change(
        revision,
        node.url if node else "",
        of("version", revision.number),
        "" if first else of("compare") and f"{of('compare')}?to={revision.number}",
        of("content", revision.number),
        pillar if pillar in report.pillars else None,
    )
