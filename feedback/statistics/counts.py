"""Counts of answers by page, version and week: of the comments that are kept, and of the daily counts of
older ones.

What was held or is spam is no answer of a reader and is never counted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from feedback.models import Comment, DailyCount
from feedback.statistics.rates import Rate
from initiatives.report.report import Node, Report

NEVER_COUNTED = (Comment.State.HELD, Comment.State.SPAM)


@dataclass(frozen=True)
class Tally:
    """Answers about one version of one page."""

    item: UUID | None
    page: str
    version: int
    rate: Rate


def counting() -> QuerySet[Comment]:
    """Return the comments that count."""
    return Comment.objects.exclude(state__in=NEVER_COUNTED)


def tallies(since: date | None = None, until: date | None = None, item: UUID | None = None) -> list[Tally]:
    """Return what came about each version of each page, or of one item's, from one day to another. Two
    queries.

    In: the first and the last day, both included.
    """
    days = Q(item=item) if item else Q()
    if since:
        days &= Q(date__gte=since)
    if until:
        days &= Q(date__lte=until)
    kept = counting().filter(days).order_by().values_list("item", "page", "version")
    counts = kept.annotate(
        yes=Count("pk", filter=Q(helpful=True)),
        no=Count("pk", filter=Q(helpful=False)),
    )
    older = DailyCount.objects.filter(days).order_by().values_list("item", "page", "version")
    sums = older.annotate(s_yes=Sum("yes"), s_no=Sum("no"))
    return [
        Tally(item, page, version or 0, Rate(yes, yes + no))
        for item, page, version, yes, no in (*counts, *sums)
    ]


def by_node(found: Iterable[Tally], report: Report) -> dict[UUID, Rate]:
    """Return the rate of each item of the report, of its own page alone.

    A tally without a key goes by its address.
    """
    paths = {node.url: node.key for node in report.nodes if node.url}
    rates: dict[UUID, Rate] = defaultdict(Rate)
    for tally in found:
        key = tally.item or paths.get(tally.page)
        if key:
            rates[key] += tally.rate
    return rates


def by_path(found: Iterable[Tally]) -> dict[str, Rate]:
    """Return the rate of each page that is no item's, by its path."""
    rates: dict[str, Rate] = defaultdict(Rate)
    for tally in found:
        if not tally.item:
            rates[tally.page] += tally.rate
    return rates


def below(node: Node, own: dict[UUID, Rate]) -> Rate:
    """Return the rate of an item's page and all under it."""
    return sum((own.get(one.key, Rate()) for one in node.walk()), Rate())


def weekly(condition: Q) -> list[tuple[date, Rate]]:
    """Return the rate of each week that has answers, by its Monday, oldest first. Two queries.

    In: a condition on `item` or `page`, which comments and daily counts share.
    """
    weeks: dict[date, Rate] = defaultdict(Rate)
    monday: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: (  # noqa: E731
        rows.filter(condition).order_by().annotate(week=TruncWeek("date")).values_list("week")
    )
    kept = monday(counting()).annotate(
        yes=Count("pk", filter=Q(helpful=True)), no=Count("pk", filter=Q(helpful=False))
    )
    older = monday(DailyCount.objects.all()).annotate(s_yes=Sum("yes"), s_no=Sum("no"))
    for week, yes, no in (*kept, *older):
        weeks[week] += Rate(yes, yes + no)
    return sorted((week, rate) for week, rate in weeks.items() if rate.total)


def rates_around(found: Iterable[Tally], since: set[int]) -> tuple[Rate, Rate]:
    """Return a page's rates before an edit and since. What names no version is left out.

    In: the page's own tallies, and the numbers of its versions from the edit on.
    """
    before, after = Rate(), Rate()
    for tally in found:
        if tally.version:
            before, after = (
                (before, after + tally.rate) if tally.version in since else (before + tally.rate, after)
            )
    return before, after
