"""Pages whose rate fell, or that hurt: what a reviewer should look at first."""

from dataclasses import dataclass
from datetime import date, timedelta

from feedback.statistics.counts import below, by_node, tallies
from feedback.statistics.rates import Rate, dropped
from initiatives.record import Node, Report

RECENT = timedelta(days=28)
BEFORE = timedelta(days=365)


@dataclass(frozen=True)
class Drop:
    """A page whose rate in the last four weeks is lower than in the year before, by more than chance."""

    node: Node
    before: Rate
    after: Rate


def drops(report: Report, today: date) -> list[Drop]:
    """Return the pages whose rate fell, the deepest fall first. Four queries."""
    start = today - RECENT
    old = by_node(tallies(start - BEFORE, start), report)
    new = by_node(tallies(start + timedelta(days=1), today), report)
    found = [
        Drop(node, old[node.key], new[node.key])
        for node in report.nodes
        if node.key in old and node.key in new and dropped(old[node.key], new[node.key])
    ]
    return sorted(found, key=lambda drop: drop.after.share - drop.before.share)


def hurting(report: Report, own: dict, most: int = 15) -> list[tuple[Node, Rate]]:
    """Return the pages that surely help least, worst first: by the lower bound of the share of no, with enough answers."""
    enough = [(node, own[node.key]) for node in report.nodes if node.key in own and not own[node.key].is_few]
    return sorted((pair for pair in enough if pair[1].hurt > 0), key=lambda pair: -pair[1].hurt)[:most]


def branches(report: Report, own: dict) -> list[tuple[Node, Rate, Rate | None]]:
    """Return each item of the tree with the rate of its own page and of all under it, in reading order; None for a leaf."""
    return [(node, own.get(node.key, Rate()), below(node, own) if has_pages(node) else None) for node in report.nodes]


def has_pages(node: Node) -> bool:
    """Say whether anything under an item has pages: an answer stands on the item's own."""
    return any(child.kind != "answer" for child in node.children)
