"""Pages whose rate fell, or that hurt: what a reviewer should look at first."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from feedback.pages import site_pages
from feedback.statistics.counts import Tally, below, by_node, by_path, tallies
from feedback.statistics.rates import Rate, fell
from initiatives.report.report import Node, Report

RECENT = timedelta(days=28)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Drop:
    """A page whose rate in the last four weeks is lower than in the year before, by more than chance."""

    node: Node
    before: Rate
    after: Rate


@dataclass(frozen=True)
class Hurt:
    """A page that helps few, and whether its rate is of its present version alone."""

    node: Node
    rate: Rate
    since_edit: bool


@dataclass(frozen=True)
class Row:
    """A page with its own rate and, where pages are under it, the rate of all. `under` is what filters
    call it.
    """

    title: str
    under: str
    depth: int
    own: Rate
    all: Rate | None


def drops(report: Report, today: date) -> list[Drop]:
    """Return the pages whose rate fell (rates.fell), the deepest fall first. Four queries."""
    start = today - RECENT
    old = by_node(tallies(start - YEAR, start), report)
    new = by_node(tallies(start + timedelta(days=1), today), report)
    tried = [
        Drop(node, old[node.key], new[node.key])
        for node in report.nodes
        if node.key in old and node.key in new
    ]
    sure = fell([(drop.before, drop.after) for drop in tried])
    found = [drop for drop, is_sure in zip(tried, sure, strict=True) if is_sure]
    return sorted(found, key=lambda drop: drop.after.share - drop.before.share)


def hurting(report: Report, recent: list[Tally], newest: dict[UUID, set[int]], most: int = 15) -> list[Hurt]:
    """Return the pages that surely help least, worst first: by the lower bound of the share of no, with
    enough answers.

    In: tallies of the last year, and the versions of each item since its last edit. What was said before an
    edit is of a page that is no more: it counts only where few answers came since.
    """
    all_year = by_node(recent, report)
    since = by_node(
        (tally for tally in recent if tally.item and tally.version in newest.get(tally.item, ())), report
    )
    found = []
    for node in report.nodes:
        now = since.get(node.key, Rate())
        rate = all_year.get(node.key, Rate()) if now.is_few else now
        if not rate.is_few and rate.hurt > 0:
            found.append(Hurt(node, rate, not now.is_few))
    return sorted(found, key=lambda one: -one.rate.hurt)[:most]


def page_rows(report: Report, found: list[Tally]) -> list[Row]:
    """Return a row for each page: those of the site itself, then the tree in reading order."""
    own, plain = by_node(found, report), by_path(found)
    site = [Row(title, path, 0, plain[path], None) for path, title in site_pages().items() if path in plain]
    return site + [
        Row(
            node.title,
            str(node.key),
            len(node.ancestors),
            own.get(node.key, Rate()),
            below(node, own) if has_pages(node) else None,
        )
        for node in report.nodes
    ]


def has_pages(node: Node) -> bool:
    """Say whether anything under an item has pages: an answer stands on the item's own."""
    return any(child.kind != "answer" for child in node.children)
