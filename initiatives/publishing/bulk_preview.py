"""What a change to many items would do, before anybody does it: for each item what changes, what stops it,
what to know.

Each function takes items of one kind, what was typed ({} for nothing yet), and who would do it.
"""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.timezone import localdate

from initiatives import checks
from initiatives.links.inbound import Inbound
from initiatives.models import Item, Release, Review, Revision
from initiatives.publishing import authorship, batch, bulk, reviews, unfinished
from initiatives.publishing.releases import waiting_releases
from initiatives.report import changes, wording
from initiatives.report.report import Report
from initiatives.report.states import states


@dataclass
class Plan:
    """What would become of one item. `lines` say what it is and what it would be; `blocks` stop the whole.

    `asks` stop it until a person says yes to them.
    """

    item: Item
    lines: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)

    @property
    def edit_url(self) -> str:
        """The path of the item's form."""
        return self.item.desk_path("change", self.item.pk)


def plans_digest(plans: Sequence[Plan]) -> str:
    """Return a digest of all that the plans say: another one where something changed since a person
    looked.
    """
    said = [(str(plan.item.key), plan.lines, plan.blocks, plan.asks) for plan in plans]
    return sha256(repr(said).encode()).hexdigest()


def arrow(before: Any, after: Any) -> str:
    """Return a change in words; only what it is now where that stays."""
    before, after = str(before or "none"), str(after or "none")
    return f"{before}: stays as it is" if before == after else f"{before} → {after}"


def publish_plans(items: Sequence[Item], data: dict[str, Any], by: Any) -> list[Plan]:
    """Return what would change for the public with each draft, what stops it and who links there."""
    prefetch_related_objects(items, *items[0].related)
    found = states(item.key for item in items)
    drafts = [state.newest for state in found.values() if state.newest]
    among, links, kinds = Report.with_drafts(*drafts), linked_from(items), kinds_of(drafts)
    own, others = authorship.unapproved(drafts, by), unfinished.asks(found.values(), by)
    plans = []
    for item in items:
        state, errors = found[item.key], checks.errors(item, among)
        newest = state.newest
        same = state.live and newest and state.live.digest == newest.digest
        said = (
            "Live already: nothing changes"
            if same
            else f"Version {newest.number} goes out"
            if newest
            else "Goes out"
        )
        blocks = [": ".join(filter(None, [checks.label(item, one.field), one.message])) for one in errors]
        blocks += [authorship.OWN_WORDS] if item.key in own else []
        plans.append(Plan(item, [said], blocks, linking(links.get(item.key, []))))
        if newest and not same:
            plans[-1].asks = [others[item.key]] if item.key in others else []
            plans[-1].lines.append(f"Changes: {', '.join(kinds[item.key]).lower() or 'nothing'}")
        for after in state.planned:
            if after.live_from and newest and after.digest != newest.digest:
                when = day_words(localdate(after.live_from))
                plans[-1].notices.append(f"On {when} something else takes its place: see “Scheduled”.")
    return plans


def kinds_of(drafts: Sequence[Revision]) -> dict[UUID, list[str]]:
    """Return the kinds of change between what is in force and each draft, in words, by the item's key.

    Two queries.
    """
    texts = Revision.objects.defer("html")
    public = {one.key: one for one in texts.in_force().filter(key__in=[draft.key for draft in drafts])}
    newest = texts.filter(pk__in=[draft.pk for draft in drafts])
    return {
        one.key: [changes.KINDS[kind] for kind in changes.kinds_of_change(public.get(one.key), one)]
        for one in newest
    }


def linked_from(items: Sequence[Item]) -> dict[UUID, list[str]]:
    """Return the titles of the live items that link to each of these, by the item's key."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for mention in Inbound().mentions(item.key for item in items):
        if mention.state == "live":
            found[mention.target].add(mention.source.title)
    return {key: sorted(titles) for key, titles in found.items()}


def linking(titles: Sequence[str]) -> list[str]:
    """Return who links to an item, in words."""
    more = f" and {len(titles) - 5} more" if len(titles) > 5 else ""
    return [f"Linked from: {', '.join(titles[:5])}{more}"] if titles else []


def assign_plans(items: Sequence[Item], data: dict[str, Any], by: Any) -> list[Plan]:
    """Return each item's owner and the new one."""
    return [
        Plan(item, [f"Owner: {arrow(item.owner, data.get('owner')) if data else item.owner or 'none'}"])
        for item in items
    ]


def due_plans(items: Sequence[Item], data: dict[str, Any], by: Any) -> list[Plan]:
    """Return the day of each item's next review and the new one; who may not set it is told so."""
    due = {key: one.due for key, one in Review.objects.status(item.key for item in items).items()}
    lines = {
        key: arrow(day_words(old), day_words(data.get("due"))) if data else day_words(old) or "none"
        for key, old in due.items()
    }
    foreign = ["Its owner and editors set this day."]
    return [
        Plan(item, [f"Next review: {lines[item.key]}"], [] if reviews.may_care(by, item) else foreign)
        for item in items
    ]


def day_words(value: date | None) -> str:
    """Return a day in words, "" for none."""
    return date_format(value, "M j, Y") if value else ""


def status_plans(items: Sequence[Any], data: dict[str, Any], by: Any) -> list[Plan]:
    """Return the status of each draft and the new one."""

    def name(status: str) -> str:
        return wording.status(status) if status else ""

    told, then = beneath(items, by), name(data["status"]) if data else None
    plans = []
    for item in items:
        now = name(item.status)
        said = f"Status: {now or 'none' if then is None else arrow(now, then)}"
        plans.append(Plan(item, [said], notices=told[item.key]))
    return plans


def beneath(items: Sequence[Item], by: Any) -> dict[UUID, list[str]]:
    """Return by key what is to be known of the draft that a change would follow, if anything."""
    found = unfinished.beneath(Revision.objects.newest().filter(key__in=[item.key for item in items]), by)
    return {item.key: [found[item.key]] if item.key in found else [] for item in items}


def move_plans(items: Sequence[Any], data: dict[str, Any], by: Any) -> list[Plan]:
    """Return where each draft stands and would stand, what becomes of its address, and who links there."""
    report, parent = Report.live(), data.get("parent")
    links, told = linked_from(items), beneath(items, by)
    plans = []
    for item in items:
        plan = Plan(
            item,
            [f"In: {arrow(item.parent_item, parent) if parent else item.parent_item}"],
            notices=told[item.key],
        )
        if parent:
            plan.blocks = refusal_to_hang(item, parent)
        node = report.by_key.get(item.key)
        if parent and node and item.parent_item != parent:
            stays = item.kind == "initiative"
            plan.notices.append(
                f"Its address {node.url} "
                f"{'stays' if stays else 'changes once it is published, and leads to the new one'}."
            )
            plan.notices += linking(links.get(item.key, []))
        plans.append(plan)
    return plans


def refusal_to_hang(item: Any, parent: Item) -> list[str]:
    """Return why an item cannot hang on another one."""
    try:
        bulk.moved_copy(copy(item), parent)
    except ValidationError as error:
        return batch.messages_of(item, error)
    return []


def release_plans(items: Sequence[Item], data: dict[str, Any], by: Any) -> list[Plan]:
    """Return the state of each draft and the releases that hold it already."""
    found, releases = states(item.key for item in items), waiting_releases(item.key for item in items)
    others = unfinished.asks(found.values(), by, data["release"]) if is_dated(data) else {}
    return [
        Plan(
            item,
            [found[item.key].label],
            notices=in_releases(releases.get(item.key, [])),
            asks=[others[item.key]] if item.key in others else [],
        )
        for item in items
    ]


def is_dated(data: dict[str, Any]) -> bool:
    """Say whether a release was chosen that goes out by itself."""
    return bool(data.get("release") and data["release"].live_from)


def in_releases(found: Sequence[Release]) -> list[str]:
    """Return in which releases an item is already, in words."""
    return [f"Already in the release “{release}”." for release in found]
