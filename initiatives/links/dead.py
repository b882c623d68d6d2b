"""Which links would lead nowhere if an item left the site, and what else that would mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list

from initiatives.links.inbound import Inbound, Mention
from initiatives.models import Item, Release, ReleaseItem, Revision
from initiatives.report.appearances import naming
from initiatives.report.report import Node

# The most titles that a message names.
MOST = 5


# What is scheduled for an item, and the release that it goes out with, None for alone
Plan = tuple[Revision, Release | None]


@dataclass(frozen=True)
class Consequences:
    """What the removal of an item means: the live addresses that go with it, what links there, and what names
    it.

    `scheduled` is what is to become of the item itself, each with the release that it goes out with, None for
    alone; `gathered` are the open releases that hold it. `dead` are the links before the public that need a
    successor or a change first; among them are those `led_on` here from what is gone already.
    """

    leaving: list[Node]
    dead: list[Mention]
    live: list[Mention]
    led_on: list[Mention]
    drafts: list[Mention]
    naming: list[Node]
    scheduled: list[Plan]
    gathered: list[Release]

    @property
    def addresses(self) -> list[Node]:
        """What has an address of its own that will lead elsewhere or say that it is gone."""
        return [node for node in self.leaving if node.url and "#" not in node.url]


def consequences(item: Item) -> Consequences:
    """Return what becomes of the site if an item is withdrawn now and nothing takes its place."""
    inbound = Inbound()
    node = inbound.report.by_key.get(item.key)
    leaving = [*([node] if node else []), *inbound.below(item.key)]
    keys = {item.key, *(one.key for one in leaving)}
    mentions = [mention for mention in inbound.mentions(keys) if mention.source.key not in keys]
    dead = inbound.dead_from(item.key, None)
    return Consequences(
        leaving,
        dead,
        [mention for mention in mentions if mention.state != "draft"],
        [mention for mention in dead if mention.target not in keys],
        [mention for mention in mentions if mention.state == "draft"],
        naming(inbound.report, node) if node else [],
        *plans(item),
    )


def plans(item: Item) -> tuple[list[Plan], list[Release]]:
    """Return what is scheduled for an item, soonest first, and the open releases that hold it."""
    rows = list(ReleaseItem.objects.filter(key=item.key).select_related("release").order_by("release__name"))
    held = {
        row.revision_id: row.release for row in rows if row.release.live_from and not row.release.is_out()
    }
    scheduled = [(one, held.get(one.pk)) for one in item.revisions.upcoming().defer("fields", "html")]
    return scheduled, [row.release for row in rows if row.release.live_from is None]


def refuse_dead_links(item: Item, successor: Item | None = None, at: datetime | None = None) -> None:
    """Raise ValidationError, naming the pages, where the withdrawal of an item would leave dead links before
    the public.

    Links that are scheduled count too, and those that what leaves later would lead here.
    """
    if not (item.revisions.live(at).exists() or (at is None and item.revisions.upcoming().exists())):
        return
    dead = Inbound().dead_from(item.key, successor.key if successor else None, at)
    if dead:
        what = (
            "Change these links first."
            if successor
            else "Change these links first, or name what takes its place."
        )
        raise ValidationError(f"Links on the site would lead nowhere: in {names(dead)}. {what}")


@contextmanager
def no_new_dead_links() -> Iterator[None]:
    """Undo what the block does to the calendar where what is scheduled to leave would then leave links dead,
    or sooner than now.

    Raises ValidationError then, naming the pages.
    """
    before = dead_when()
    with transaction.atomic():
        yield
        new = [
            mention for mention, at in dead_when().items() if mention not in before or at < before[mention]
        ]
        if new:
            raise ValidationError(
                f"Links on the site would lead nowhere: in {names(new)}. Change these links first."
            )


def dead_when() -> dict[Mention, datetime]:
    """Return the links that what is scheduled to leave would leave dead as things stand, each with the
    first such moment.
    """
    planned = list(Revision.objects.upcoming().filter(withdrawn=True).defer("html"))
    broken = broken_by(planned)
    found: dict[Mention, datetime] = {}
    for one in reversed(planned):
        found.update({mention: one.live_from for mention in broken[one.pk] if one.live_from})
    return found


def names(mentions: list[Mention]) -> str:
    """Return the titles of the first sources in quotes, and how many more there are."""
    titles = list(dict.fromkeys(f"“{mention.source.title}”" for mention in mentions))
    more = [f"{len(titles) - MOST} more"] if len(titles) > MOST else []
    return str(get_text_list([*titles[:MOST], *more], "and"))


def broken_by(withdrawals: list[Revision]) -> dict[int, list[Mention]]:
    """Return, by the id of each scheduled withdrawal, the links that it would leave dead as things stand
    now.
    """
    if not withdrawals:
        return {}
    inbound = Inbound()
    whens = [(one, one.live_from or inbound.now) for one in withdrawals]
    keys = {key for one, at in whens for key in inbound.led_here(one.key, inbound.gone(at))}
    among = inbound.mentions(keys)
    return {one.pk: inbound.dead(one.key, inbound.gone(at).get(one.key), at, among) for one, at in whens}
