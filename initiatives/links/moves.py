"""What becomes of addresses once a draft with another slug or another parent is published."""

from dataclasses import dataclass
from uuid import UUID

from initiatives.links.inbound import Inbound, Mention
from initiatives.models import Item
from initiatives.report.report import Report


@dataclass(frozen=True)
class Move:
    """An address that changes. `is_place` where it is a place on another item's page: such an old address
    finds only the page.
    """

    key: UUID
    title: str
    old: str
    new: str

    @property
    def is_place(self) -> bool:
        """Whether the old address names a place on a page; no server can lead on from that."""
        return "#" in self.old

    @property
    def message(self) -> str:
        """What to know of it, in a sentence."""
        if self.is_place:
            return (
                f"The place {self.old} will be at {self.new} once published. Links to the old one find "
                "the page alone."
            )
        return f"The address {self.old} will lead to {self.new} once published."


def moves(item: Item) -> list[Move]:
    """Return the live addresses, the item's own first, that change once the working copy is published.

    Without such a change it costs one query.
    """
    live, parent = item.revisions.live().values_list("slug", "parent").first(), item.parent_item
    if live in (None, (item.slug, parent.key if parent else None)):
        return []
    newest = item.revisions.texts().defer("html").last()
    assert newest  # noqa: S101 - what is live is a text
    before, after = Report.live().by_key, Report.with_drafts(newest).by_key
    return [
        Move(node.key, node.title, node.url, after[node.key].url)
        for node in before[item.key].walk()
        if node.url and after[node.key].url and node.url != after[node.key].url
    ]


def old_links(found: list[Move]) -> list[Mention]:
    """Return the links, live or in drafts, to the old addresses; of whole pages those that lead on too."""
    new = {move.new for move in found}
    return (
        [mention for mention in Inbound().mentions({move.key for move in found}) if mention.href not in new]
        if found
        else []
    )
