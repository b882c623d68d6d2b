"""What the public may know of feedback: open figures, rounded or withheld where few, so that nobody can be made out.

Counts are given in tens, so that one answer more does not show; below FEW they are withheld.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from feedback.models import DailyCount
from feedback.retention import waited
from feedback.statistics.counts import below, by_node, counted, tallies
from feedback.statistics.rates import Rate, percent
from initiatives.record import Report

FEW = 10
FEW_FOR_SHARE = 20
MONTHS = 12
WITHIN = (1, 7, 30)


@dataclass(frozen=True)
class Figure:
    """One open figure: what it is about, of what time, and the figure in words."""

    group: str
    name: str
    value: str


def tens(count: int) -> str:
    """Return a count in tens: "130"; "fewer than 10" below that; "0" for none at all."""
    if not count:
        return "0"
    return "fewer than 10" if count < FEW else f"{round(count, -1):,}"


def share(rate: Rate) -> str:
    """Return a share of yes as a whole percentage, "too few answers" below FEW_FOR_SHARE."""
    return percent(rate.share) if rate.total >= FEW_FOR_SHARE else "too few answers"


def figures(report: Report) -> list[Figure]:
    """Return all figures, in a fixed number of queries. The month that runs is left out: it would tell single answers."""
    first = timezone.localdate().replace(day=1)
    return [*months(first), *reading(first), *helpful(report, first), *changes(report)]


def months(first: date) -> Iterator[Figure]:
    """Yield how many answers came in each of the last twelve whole months, newest first."""
    counts: dict[date, int] = defaultdict(int)
    kept = counted().filter(date__lt=first).order_by().annotate(month=TruncMonth("date")).values_list("month")
    for month, count in kept.annotate(count=Count("pk")):
        counts[month] += count
    older = DailyCount.objects.filter(date__lt=first).order_by().annotate(month=TruncMonth("date")).values_list("month")
    for month, yes, no, none in older.annotate(Sum("yes"), Sum("no"), Sum("unanswered")):
        counts[month] += yes + no + none
    month = first
    for _ in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        if counts and month >= min(counts):
            yield Figure("Answers", f"{month:%B %Y}", tens(counts[month]))


def reading(first: date) -> Iterator[Figure]:
    """Yield how large a part of the comments a reviewer had read after so many days."""
    days: dict[str, int] = defaultdict(int)
    kept = counted().filter(date__lt=first).exclude(text="").order_by().values_list("date", "read_on").annotate(count=Count("pk"))
    for came, read_on, count in kept:
        days[waited(came, read_on)] += count
    for read_within in DailyCount.objects.filter(date__lt=first).values_list("read_within", flat=True):
        for name, count in read_within.items():
            days[name] += count
    total = sum(days.values())
    for limit in WITHIN:
        read = sum(count for name, count in days.items() if name and int(name) <= limit)
        words = f"within {limit} day{'' if limit == 1 else 's'}"
        yield Figure("Comments read", words, share(Rate(read, total)))


def helpful(report: Report, first: date) -> Iterator[Figure]:
    """Yield the share of yes of all pages and of each pillar with all under it."""
    found = tallies(until=first - timedelta(days=1))
    own = by_node(found, report)
    yield Figure("The page helped", "All pages", share(sum((tally.rate for tally in found), Rate())))
    for pillar in report.pillars:
        yield Figure("The page helped", pillar.title, share(below(pillar, own)))


def changes(report: Report) -> Iterator[Figure]:
    """Yield what came of it: answers of the city in public, and how many led to a change."""
    answers = [node for node in report.by_key.values() if node.kind == "answer"]
    yield Figure("What changed", "Answers of the city", str(len(answers)))
    yield Figure("What changed", "Answers that led to a change", str(sum(bool(node.fields.get("led_to")) for node in answers)))
