"""What the public may know of feedback: open figures, rounded or withheld where few, so that nobody can be
made out.

Counts are given in tens, so that one answer more does not show; below FEW they are withheld.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from feedback.models import Comment, DailyCount
from feedback.models.counts import waited
from feedback.statistics.counts import NEVER_COUNTED, below, by_node, counting, tallies
from feedback.statistics.rates import Rate, percent
from initiatives.report.report import Report

FEW = 10
FEW_FOR_SHARE = 20
MONTHS = 12
WITHIN = (1, 7, 30)


@dataclass(frozen=True)
class Figure:
    """One open figure in words.

    `of`: how many answers a share is of, in tens. `likely`: between which shares the true one very likely is
    ("63 to 80%"). `bar`: how long its bar is, from 0 to 100; None where there is none.
    """

    name: str
    value: str
    of: str = ""
    likely: str = ""
    bar: int | None = None


@dataclass(frozen=True)
class Group:
    """Figures about one thing, and the time that they are of."""

    name: str
    period: str
    figures: list[Figure]


def tens(count: int) -> str:
    """Return a count in tens: "130"; "fewer than 10" below that; "0" for none at all."""
    if not count:
        return "0"
    return "fewer than 10" if count < FEW else f"{round(count, -1):,}"


def share_told(name: str, rate: Rate) -> Figure:
    """Return a share of yes as a whole percentage, "too few answers" below FEW_FOR_SHARE."""
    if rate.total < FEW_FOR_SHARE:
        return Figure(name, "too few answers")
    # Of the rounded numbers that are told anyway: exact ones could be found from the interval.
    total = round(rate.total, -1)
    low, high = Rate(round(round(rate.share, 2) * total), total).interval
    return Figure(
        name,
        percent(rate.share),
        tens(rate.total),
        f"{low * 100:.0f} to {percent(high)}",
        round(100 * rate.share),
    )


def figures(report: Report) -> list[Group]:
    """Return all figures, in a fixed number of queries.

    The month that runs is left out: it would tell single answers.
    """
    first = timezone.localdate().replace(day=1)
    last = first - timedelta(days=1)
    until = f"To the end of {last:%B %Y}"
    return [
        Group("Answers", "The last twelve whole months", list(months(first))),
        Group("Comments read", f"{until}, of comments at least that old by then", list(reading(first))),
        Group("The page helped", until, list(helpful(report, last))),
        Group(
            "Set aside and counted nowhere", f"{until}, as far as they are still kept", list(set_aside(first))
        ),
        Group("What changed", "As of today", list(what_came_of_it(report))),
    ]


def months(first: date) -> Iterator[Figure]:
    """Yield how many answers came in each of the last twelve whole months, newest first."""
    counts: dict[date, int] = defaultdict(int)
    kept = (
        counting().filter(date__lt=first).order_by().annotate(month=TruncMonth("date")).values_list("month")
    )
    for month, count in kept.annotate(count=Count("pk")):
        counts[month] += count
    older = (
        DailyCount.objects.filter(date__lt=first)
        .order_by()
        .annotate(month=TruncMonth("date"))
        .values_list("month")
    )
    for month, yes, no, none in older.annotate(Sum("yes"), Sum("no"), Sum("unanswered")):
        counts[month] += yes + no + none
    told, month = [], first
    for _ in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        if counts and month >= min(counts):
            told.append((f"{month:%B %Y}", counts[month]))
    # Bars are of rounded counts too: exact ones could be measured.
    most = max((round(count, -1) for _, count in told), default=0)
    for name, count in told:
        yield Figure(name, tens(count), bar=None if count < FEW else round(100 * round(count, -1) / most))


def reading(first: date) -> Iterator[Figure]:
    """Yield how large a part of the comments a reviewer had read after so many days.

    A comment counts once it came that many days before the month began: none is told as not read that still
    had time. So the figures stay the same all month, and tell nothing of a single one.
    """
    days: dict[tuple[date, str], int] = defaultdict(int)
    kept = (
        counting()
        .filter(date__lt=first)
        .exclude(text="")
        .order_by()
        .values_list("date", "read_on")
        .annotate(count=Count("pk"))
    )
    for came, read_on, count in kept:
        days[came, waited(came, read_on)] += count
    for came, read_within in DailyCount.objects.filter(date__lt=first).values_list("date", "read_within"):
        for name, count in read_within.items():
            days[came, name] += count
    for limit in WITHIN if days else ():
        due = [(name, count) for (came, name), count in days.items() if came < first - timedelta(days=limit)]
        read = sum(count for name, count in due if name and int(name) <= limit)
        words = f"within {limit} day{'' if limit == 1 else 's'}"
        yield share_told(words, Rate(read, sum(count for _, count in due)))


def helpful(report: Report, last: date) -> Iterator[Figure]:
    """Yield the share of yes of all pages and of each pillar with all under it."""
    found = tallies(until=last)
    own = by_node(found, report)
    if not found:
        return
    yield share_told("All pages", sum((tally.rate for tally in found), Rate()))
    for pillar in report.pillars:
        yield share_told(pillar.title, below(pillar, own))


def set_aside(first: date) -> Iterator[Figure]:
    """Yield how many answers were held or are spam, by what they said of the page."""
    aside = Comment.objects.filter(state__in=NEVER_COUNTED, date__lt=first)
    counts = dict(aside.order_by().values_list("helpful").annotate(Count("pk")))
    for name, answer in (("said yes", True), ("said no", False), ("said neither", None)) if counts else ():
        yield Figure(name, tens(counts.get(answer, 0)))


def what_came_of_it(report: Report) -> Iterator[Figure]:
    """Yield what came of it: answers of the city in public, and how many led to a change."""
    answers = [node for node in report.by_key.values() if node.kind == "answer"]
    yield Figure("Answers of the city", str(len(answers)))
    yield Figure(
        "Answers that led to a change", str(sum(bool(node.fields.get("led_to")) for node in answers))
    )
