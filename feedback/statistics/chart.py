"""The geometry of the chart of rates by week: all numbers are in its own units, the template draws them."""

from dataclasses import dataclass
from datetime import date, timedelta

from feedback.statistics.rates import Rate

WEEKS = 26
WIDTH, HEIGHT, LEFT, TOP = 640, 220, 44, 12
RIGHT = WIDTH - LEFT  # the scale stands on both sides: on a phone only one of them is in sight
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Mark:
    """One week: its Monday, its rate, where it stands, and its interval from top to bottom."""

    week: date
    rate: Rate
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Chart:
    """The chart's marks, its lines across at each quarter, and its size."""

    marks: list[Mark]
    lines: list[tuple[float, str]]
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    foot: int = HEIGHT - 6


def up(share: float) -> float:
    """Return how far down a share from 0 to 1 stands."""
    return round(TOP + (1 - share) * (HEIGHT - TOP - 34), 1)


def chart(weeks: list[tuple[date, Rate]], today: date) -> Chart:
    """Return the chart of the last WEEKS weeks, this one included. In: rates by the Monday of their week."""
    last = today - timedelta(days=today.weekday())
    first = last - (WEEKS - 1) * WEEK
    step = (RIGHT - LEFT - 12) / (WEEKS - 1)
    marks = []
    for week, rate in weeks:
        if first <= week <= last:
            low, high = rate.interval
            x = round(LEFT + 6 + (week - first).days / 7 * step, 1)
            marks.append(Mark(week, rate, x, up(rate.share), up(high), up(low)))
    return Chart(marks, [(up(share / 100), f"{share}%") for share in (0, 25, 50, 75, 100)], first, last)
