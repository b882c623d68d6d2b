"""Reads the record: the whole report as a tree, as the public sees it now, or saw it at any moment.

Nothing here reads the working copy, so nothing that serves the public can show a draft by mistake.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe

from initiatives import addresses
from initiatives.models.review import Review, Upkeep
from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.models.seal import report_digest
from initiatives.report.soundness import check_fields, check_html, sound_rows

COLUMNS = (
    "id",
    "kind",
    "key",
    "number",
    "parent",
    "position",
    "slug",
    "title",
    "fields",
    "live_from",
    "note",
    "digest",
)


def check_row(*row: Any) -> None:
    """Raise an error where a row's values are not of the types that a node has
    (initiatives/report/soundness.py).
    """
    said = dict(zip(COLUMNS, row, strict=True))
    check_fields(said["kind"], said["title"], said["slug"], said["position"], said["fields"])


@dataclass(eq=False)
class Node:
    """One item of the report as one revision of it says, with its place in the tree.

    `changed` is when what is shown went before the public (None in a preview of a draft). `html` holds the
    rendered Markdown fields by name, once Report.load_html() has been asked for it, `upkeep` when it was and
    will be reviewed, once Report.load_reviews() has. All values are plain; none is lazy.
    """

    id: int
    kind: str
    key: UUID
    revision: int
    parent_key: UUID | None
    position: int
    slug: str
    title: str
    fields: dict[str, Any]
    changed: datetime | None
    note: str
    digest: str
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    html: dict[str, SafeString] = field(default_factory=dict)
    upkeep: Upkeep | None = None

    @property
    def ancestors(self) -> list["Node"]:
        """From the pillar down to the parent."""
        return [*self.parent.ancestors, self.parent] if self.parent else []

    @property
    def pillar(self) -> "Node":
        """The pillar it is in; a pillar is in itself."""
        return self.parent.pillar if self.parent else self

    @property
    def section(self) -> "Node | None":
        """The section with a page of its own that it is in; a section is in itself; None for a pillar."""
        return next((node for node in [*self.ancestors, self] if node.kind == "section"), None)

    @property
    def subsections(self) -> list["Node"]:
        """The sections directly below, in order."""
        return [child for child in self.children if child.kind == "section"]

    @property
    def initiatives(self) -> list["Node"]:
        """The initiatives directly below, in order."""
        return [child for child in self.children if child.kind == "initiative"]

    @property
    def all_initiatives(self) -> list["Node"]:
        """Every initiative below, in reading order."""
        return [node for node in self.walk() if node.kind == "initiative"]

    def walk(self) -> Iterator["Node"]:
        """Yield the node and all below it in reading order: its own initiatives, then those of its
        sub-sections.
        """
        yield self
        for child in (*self.initiatives, *self.subsections):
            yield from child.walk()

    @property
    def last_changed(self) -> datetime | None:
        """When it or anything below it last changed."""
        return max((node.changed for node in self.walk() if node.changed), default=None)

    @cached_property
    def url(self) -> str:
        """The path of its page, with the anchor where it has no page of its own; "" where it has neither."""
        above = [node.slug for node in self.ancestors]
        return addresses.of(self.kind, self.slug, *(above if self.kind == "section" else []))


def scrollable(html: str) -> str:
    """Return rendered text whose tables scroll by themselves where they are wider than the page, also by
    keyboard.
    """
    box = '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>'
    return html.replace("<table>", box).replace("</table>", "</table></div>")


def rebased(html: str) -> str:
    """Return rendered text whose links to pages of this site stay under the prefix that the page is shown
    under.
    """
    prefix = get_script_prefix()
    return html if prefix == "/" else re.sub(r'href="/(?!/|media/|as-of/)', f'href="{prefix}', html)


class Report:
    """The report at one moment: one query for the tree, one more for the rendered text of the nodes that a
    page shows.
    """

    def __init__(self, revisions: RevisionQuerySet, at: datetime | None = None) -> None:
        self.at = at
        nodes = [Node(*row) for row in sound_rows(revisions, *COLUMNS, check=check_row)]
        self.by_key = {node.key: node for node in nodes}
        for node in sorted(nodes, key=lambda node: (node.position, node.title)):
            node.parent = self.by_key.get(node.parent_key) if node.parent_key else None
            if node.parent:
                node.parent.children.append(node)
        self.pillars = sorted(self._of("pillar"), key=lambda node: (node.position, node.title))

    @classmethod
    def live(cls, at: datetime | None = None) -> "Report":
        """The report as the public sees it now, or saw it at the moment given."""
        return cls(Revision.objects.live(at), at)

    @classmethod
    def frame(cls) -> "Report":
        """The live report's settings and pillars alone: what stands around every page. Two queries."""
        frame = cls(Revision.objects.live().filter(kind__in=("site", "pillar")))
        frame.load_html([])
        return frame

    @classmethod
    def with_drafts(cls, *drafts: Revision, at: datetime | None = None) -> "Report":
        """The live report, now or at a moment, with the given revisions in the place of their items' live
        ones.
        """
        shown = Revision.objects.live(at).exclude(key__in=[draft.key for draft in drafts])
        return cls(shown | Revision.objects.texts().filter(pk__in=[draft.pk for draft in drafts]), at)

    def _of(self, kind: str) -> list[Node]:
        return [node for node in self.by_key.values() if node.kind == kind]

    @cached_property
    def site(self) -> Node | None:
        """The site settings; None before they are first published."""
        return next(iter(self._of("site")), None)

    @cached_property
    def nodes(self) -> list[Node]:
        """The tree in reading order. What hangs on something that is not live is not in it."""
        return [node for pillar in self.pillars for node in pillar.walk()]

    @cached_property
    def initiatives(self) -> list[Node]:
        """Every initiative in reading order."""
        return [node for node in self.nodes if node.kind == "initiative"]

    @cached_property
    def sections(self) -> list[Node]:
        """The sections with pages of their own, in reading order."""
        return [section for pillar in self.pillars for section in pillar.subsections]

    @cached_property
    def documents(self) -> list[Node]:
        """The documents, those of the home page first, then by title."""
        return sorted(self._of("document"), key=lambda node: (not node.fields["leading"], node.title))

    def find(self, kind: str, slug: str) -> Node | None:
        """Return the node of the tree with this slug, None if there is none."""
        return next((node for node in self.nodes if node.kind == kind and node.slug == slug), None)

    def refer(self, keys: Iterable[str]) -> list[Node]:
        """Return the nodes that a list of keys names, in its order, without those that are not live."""
        found = (self.by_key.get(UUID(key)) for key in keys)
        return [node for node in found if node]

    def neighbours(self, node: Node) -> tuple[Node | None, Node | None]:
        """Return the nodes of the same kind just before and after in reading order; sub-sections do not
        count as sections.
        """
        row = {"pillar": self.pillars, "section": self.sections}.get(node.kind, self.initiatives)
        place = row.index(node)
        return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)

    def load_html(self, nodes: Iterable[Node]) -> None:
        """Fill in the rendered text of the nodes given and of the site settings, in one query."""
        wanted = {node.id: node for node in (*nodes, *([self.site] if self.site else []))}
        for pk, html in sound_rows(Revision.objects.filter(pk__in=wanted), "pk", "html", check=check_html):
            # Sanitised when it was recorded: initiatives/text/markdown.py
            wanted[pk].html = {name: mark_safe(scrollable(rebased(text))) for name, text in html.items()}  # noqa: S308

    def load_reviews(self, nodes: Iterable[Node]) -> None:
        """Fill in what held of the nodes' reviews at the report's moment, in one query; none for no nodes."""
        nodes = list(nodes)
        found = Review.objects.status([node.key for node in nodes], self.at) if nodes else {}
        for node in nodes:
            node.upkeep = found[node.key]

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of all that is shown: the same text in the same order has the same one."""
        return report_digest(
            (node.key, node.revision, node.digest, node.position) for node in self.by_key.values()
        )

    @cached_property
    def last_changed(self) -> datetime | None:
        """When anything that is shown last changed."""
        return max((node.changed for node in self.by_key.values() if node.changed), default=None)
