"""What leads to an item from inside the site: links in texts and in rows, of what is live, scheduled, or a
draft.

Everything is read in a fixed number of queries, however many links there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from initiatives.addresses import answering
from initiatives.links.paths import item_of, own_path, place_on
from initiatives.links.redirects import Gone, cause, follow, successor_of
from initiatives.models import KINDS, Revision
from initiatives.models.labels import label
from initiatives.report.drafts import newest_texts, working_copies
from initiatives.report.report import Node, Report
from initiatives.text.prose import parse

TREE = ("pillar", "section", "initiative")


@dataclass(frozen=True)
class Mention:
    """A link to an item: where it stands, its words, the address as typed, and the item that it leads to.

    `is_place` where it leads to a place within another page. `edit_url` is "" where the source has no working
    copy.
    """

    source: Revision
    field: str
    words: str
    href: str
    target: UUID
    is_place: bool = False
    edit_url: str = ""

    @property
    def state(self) -> str:
        """Whether visitors see the link: "live", "scheduled" or "draft"."""
        if self.source.live_from is None:
            return "draft"
        return "live" if self.source.is_live() else "scheduled"

    @property
    def kind(self) -> str:
        """The kind of item that the link stands in, in words."""
        return str(KINDS[self.source.kind]._meta.verbose_name)


class Inbound:
    """Finds links. The report is that of today; what is scheduled is looked at by its own time."""

    def __init__(self, report: Report | None = None) -> None:
        self.report = report or Report.live()
        self.now = timezone.now()

    @cached_property
    def public(self) -> list[Revision]:
        """The texts that are live or will be."""
        return list(self.windows.texts().defer("html"))

    @cached_property
    def drafts(self) -> list[Revision]:
        """The newest texts that nobody published or scheduled."""
        return list(newest_texts().newest().filter(live_from=None))

    @cached_property
    def withdrawals(self) -> list[Revision]:
        """The words of withdrawal that are in force or will be."""
        return list(self.windows.filter(withdrawn=True).defer("html"))

    @property
    def windows(self) -> Any:
        """Every revision whose window is open or yet to open."""
        return Revision.objects.filter(Q(live_to=None) | Q(live_to__gt=self.now), live_from__isnull=False)

    def gone(self, at: datetime) -> Gone:
        """Return what will be withdrawn at a moment."""
        return {one.key: successor_of(one) for one in self.withdrawals if one.is_live(at)}

    def mentions(self, keys: Iterable[UUID]) -> list[Mention]:
        """Return every link to the items with these keys, at any address that they have or had: live ones,
        then drafts.
        """
        owned = self.addresses(set(keys))
        if not owned:
            return []
        slugs = {slug for _, slug in owned}
        found = [
            mention
            for source in (*self.public, *self.drafts)
            for mention in links_of(source, owned, slugs, self.report.by_key.get(source.key))
        ]
        copies = working_copies({mention.source.key: mention.source for mention in found}.values())
        return [
            replace(mention, edit_url=copy.desk_path("change", copy.pk)) if copy else mention
            for mention, copy in ((mention, copies.get(mention.source.key)) for mention in found)
            # A draft without a working copy was removed: nobody can publish it.
            if copy or mention.state != "draft"
        ]

    def addresses(self, keys: set[UUID]) -> dict[tuple[str, str], UUID]:
        """Return kind and slug of each address that the items have, had or will have before the public,
        with their keys.
        """
        rows = Revision.objects.filter(key__in=keys, live_from__isnull=False).values_list(
            "kind", "slug", "key"
        )
        return {(kind, slug): key for kind, slug, key in rows.order_by("kind").distinct()}

    def below(self, key: UUID) -> list[Node]:
        """Return the live items that hang on one and go with it, whether it is live or not, in reading
        order.
        """
        hanging = [
            node
            for node in self.report.by_key.values()
            if node.parent_key == key and KINDS[node.kind].needs_parent
        ]
        return [node for child in hanging for node in child.walk()]

    def led_here(self, key: UUID, off: Gone) -> set[UUID]:
        """Return the keys of all whose addresses need an item: itself, what hangs on it, and what it took
        the place of.
        """
        keys: set[UUID] = set()
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one in keys:
                continue
            keys.add(one)
            waiting += [node.key for node in self.below(one)]
            waiting += [former for former, successor in off.items() if successor == one]
        return keys

    def dead(
        self,
        key: UUID,
        successor: UUID | None,
        at: datetime | None = None,
        among: list[Mention] | None = None,
    ) -> list[Mention]:
        """Return the links before the public that would lead nowhere once an item is withdrawn, now or at a
        moment.

        In: the item's key and that of what takes its place, if anything does; the links to look at, where
        they are known.
        """
        at = at or self.now
        off = self.gone(at) | {key: successor}
        keys = self.led_here(key, off)
        return [
            mention
            for mention in (self.mentions(keys) if among is None else among)
            if mention.target in keys
            and mention.state != "draft"
            and (mention.source.live_to is None or mention.source.live_to > at)
            and self.is_shown(mention.source, off)
            and follow(self.report, mention.target, off) is None
        ]

    def dead_from(self, key: UUID, successor: UUID | None, at: datetime | None = None) -> list[Mention]:
        """Return the links of dead() at a moment, now by default, or once something else leaves the site as
        scheduled.

        What is scheduled to leave may name this very item as what takes its place.
        """
        start = at or self.now
        moments = [
            start,
            *(one.live_from for one in self.withdrawals if one.live_from and one.live_from > start),
        ]
        return list(
            dict.fromkeys(mention for moment in moments for mention in self.dead(key, successor, moment))
        )

    def is_shown(self, source: Revision, off: Gone) -> bool:
        """Say whether a text is on a page, once some items are gone."""
        above = source.parent if source.kind in TREE else None
        return source.key not in off and cause(self.report, above, off) is None


def links_of(
    source: Revision, owned: dict[tuple[str, str], UUID], slugs: set[str], node: Node | None
) -> Iterator[Mention]:
    """Yield the links of a revision to the items whose addresses are given."""
    for name, words, href in typed_links(source, slugs):
        found = target_of(href, node.url.partition("#")[0] if node else "", owned)
        if found and found[0] != source.key:
            yield Mention(source, label(KINDS[source.kind], name), words, href, *found)  # type: ignore[arg-type]


def typed_links(source: Revision, slugs: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield field, words and address of each link, leaving out texts in which none of the slugs stands."""
    for name in KINDS[source.kind].markdown_fields:
        text = source.fields.get(name) or ""
        if any(slug in unquote(text) for slug in slugs):
            yield from ((name, link.words.strip(), link.href) for link in parse(text).links)
    yield from (("links", row["label"], row["url"]) for row in source.fields.get("links", []))
    if source.fields.get("url"):
        yield "url", source.title, source.fields["url"]


def target_of(href: str, own_page: str, owned: dict[tuple[str, str], UUID]) -> tuple[UUID, bool] | None:
    """Return the key of the item that an address leads to, and whether that is a place on another page;
    None for any other.
    """
    try:
        parts = own_path(href)
    except ValueError:
        return None
    match = answering(unquote(parts.path) or own_page) if parts else None
    if parts is None or match is None:
        return None
    direct = owned.get(item_of(match))
    if direct:
        return direct, False
    kind, slug = place_on(match.view_name, unquote(parts.fragment))
    key = owned.get((kind, slug))
    return (key, True) if key else None
