"""The public history: the versions of an item that were before the public, and what changed when in the report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from initiatives import addresses, changes
from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.record import Node, Report

# What the updates page tells of; agencies, audiences and places change within the pages that name them.
# Another app adds its kinds here.
TOLD = ["site", "pillar", "section", "initiative", "document"]
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


def versions(key: UUID, at: datetime | None = None) -> list[Revision]:
    """Return the public versions of an item up to a moment, newest first, without their rendered text."""
    return list(
        Revision.objects.once_in_force(at)
        .filter(key=key)
        .defer("html")
        .prefetch_related("erasures__redaction")
        .order_by("-live_from")
    )


def since_last_edit(*keys: UUID) -> dict[UUID, set[int]]:
    """Return, by key, the numbers of each item's public versions from the newest on that says something else than the one before.

    In: keys of items, none for all. What went out is in its own order, which is not always that of the numbers. One query.
    """
    public = Revision.objects.once_live().filter(**({"key__in": keys} if keys else {})).order_by("live_from")
    found: dict[UUID, set[int]] = {}
    for key, number, changed in public.values_list("key", "number", "changes"):
        found[key] = {number} if changed not in PLACE_ALONE else found.get(key, set()) | {number}
    return found


def news(pillar: Node | None = None, kind: str = "", key: UUID | None = None, at: datetime | None = None) -> RevisionQuerySet:
    """Return the windows that opened up to a moment, newest first: of what is below a pillar, of a kind of change, of one item.

    A new place in a list is no news, unless that is asked for.
    """
    found = Revision.objects.once_in_force(at).filter(kind__in=TOLD).defer("fields", "html").order_by("-live_from", "title")
    if pillar:
        keys = [node.key for node in pillar.walk()]
        found = found.filter(Q(key__in=keys) | Q(parent__in=keys))
    if key:
        found = found.filter(key=key)
    return found.filter(changes__contains=f",{kind},") if kind else found.exclude(changes__in=PLACE_ALONE)


def tell(revisions: list[Revision], report: Report) -> list[Change]:
    """Return the changes with their addresses, by the report in which they are told."""
    return [change(revision, report) for revision in revisions]


def change(revision: Revision, report: Report) -> Change:
    """Return a public version as a change."""
    node = report.by_key.get(revision.key)
    parent = node.parent if node else report.by_key.get(revision.parent) if revision.parent else None
    pillar = node.pillar if node and node.kind in {"pillar", "section", "initiative"} else parent.pillar if parent else None
    pillar_slug = pillar.slug if pillar else ""

    def of(page: str, *more: Any) -> str:
        return addresses.of_record(revision.kind, node.slug if node else revision.slug, pillar_slug, page, *more)

    first = "first" in revision.change_kinds
    return Change(
        revision,
        node.url if node else "",
        of("version", revision.number),
        "" if first else of("compare") and f"{of('compare')}?to={revision.number}",
        of("content", revision.number),
        pillar if pillar in report.pillars else None,
    )
