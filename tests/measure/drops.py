"""How often "What fell" names a page although nothing changed, and how much of what it names is false where
some did.

`make measure WHAT=drops` prints it. Each run is a report of 103 pages whose answers are drawn anew.
"""

from functools import cache
from itertools import accumulate
from math import comb
from random import Random
from unittest import mock

from feedback.statistics import rates
from feedback.statistics.rates import Rate

PAGES = 103
ANSWERS = [(200, 10), (300, 20), (120, 10)]  # in the year before, in the last four weeks
SHARES = [0.67, 0.8, 0.9, 0.95]


def draws(chance, total, share, count):
    """Draw so many times how many of a total say yes."""
    weights = accumulate(
        comb(total, yes) * share**yes * (1 - share) ** (total - yes) for yes in range(total + 1)
    )
    return chance.choices(range(total + 1), cum_weights=list(weights), k=count)


def named(chance, before, after, share, *, fallen=0, share_after=0.0):
    """Draw one report and return which of its pages are named; the first `fallen` of them did fall, to
    `share_after`.
    """
    old = draws(chance, before, share, PAGES)
    new = draws(chance, after, share_after, fallen) + draws(chance, after, share, PAGES - fallen)
    return rates.fell([(Rate(a, before), Rate(b, after)) for a, b in zip(old, new, strict=True)])


def false_alarms(before, after, share, runs):
    """Return in which share of the runs any page is named, though none changed."""
    chance = Random(20260101)
    with mock.patch.object(rates, "chance_of_fall", cache(rates.chance_of_fall)):
        return sum(any(named(chance, before, after, share)) for _ in range(runs)) / runs


def false_share(before, after, share, share_after, runs):
    """Return which share of the named pages had not fallen, on average over the runs, and of those that
    fell, which are named.
    """
    chance, fallen, false, found = Random(20260101), 10, 0.0, 0
    with mock.patch.object(rates, "chance_of_fall", cache(rates.chance_of_fall)):
        for _ in range(runs):
            told = named(chance, before, after, share, fallen=fallen, share_after=share_after)
            false += sum(told[fallen:]) / max(1, sum(told))
            found += sum(told[:fallen])
    return false / runs, found / runs / fallen


def main():
    """Print the figures."""
    print(f"Nothing changed, {PAGES} pages, 2,000 runs each: share of runs that name a page")
    for before, after in ANSWERS:
        told = (f"{share:.0%} helpful: {false_alarms(before, after, share, 2000):.1%}" for share in SHARES)
        print(f"  {before} answers a year, {after} in four weeks; " + ", ".join(told))
    print(
        "10 of the pages fell to 40%, 500 runs each: false among those named, and how many of the 10 are "
        "named"
    )
    for before, after in ANSWERS:
        told = (
            "{:.0%} helpful: {:.1%}, {:.0%}".format(share, *false_share(before, after, share, 0.4, 500))
            for share in SHARES
        )
        print(f"  {before} answers a year, {after} in four weeks; " + ", ".join(told))


if __name__ == "__main__":
    main()
