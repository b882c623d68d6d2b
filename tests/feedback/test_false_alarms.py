"""A figure that says “by more than chance” is seldom wrong: where nothing changed, hardly any page is
named.
"""

from math import comb

import pytest

from feedback.models import DailyCount
from feedback.statistics.drops import drops
from feedback.statistics.rates import Rate, chance_of_fall, dropped, fell, rose
from initiatives.report.report import Report
from tests.builders import make_initiative
from tests.measure.drops import ANSWERS, PAGES, SHARES, false_alarms, false_share


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize(("before", "after"), ANSWERS)
def test_where_nothing_changed_at_most_one_run_in_twenty_names_a_page(before, after, share):
    assert false_alarms(before, after, share, runs=400) <= 0.05


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize(("before", "after"), ANSWERS)
def test_where_some_pages_fell_at_most_one_in_twenty_of_those_named_did_not(before, after, share):
    assert false_share(before, after, share, 0.4, runs=100)[0] <= 0.05


@pytest.mark.parametrize(("before", "after"), ANSWERS)
def test_a_page_that_did_not_change_hardly_ever_seems_to_have_fallen_or_risen(before, after):
    """Not simulated: the chance of every outcome, added up."""
    outcomes = [(Rate(a, before), Rate(b, after)) for a in range(before + 1) for b in range(after + 1)]
    for sure in (dropped, rose):
        alarms = [pair for pair in outcomes if sure(*pair)]
        for share in SHARES:
            assert sum(likely(old, share) * likely(new, share) for old, new in alarms) <= 0.025


def likely(rate, share):
    return comb(rate.total, rate.yes) * share**rate.yes * (1 - share) ** (rate.total - rate.yes)


def test_the_chance_of_a_fall_is_that_of_fishers_exact_test():
    assert chance_of_fall(Rate(3, 4), Rate(1, 4)) == pytest.approx(17 / 70)  # his lady tasting tea
    assert chance_of_fall(Rate(40, 50), Rate(15, 30)) == pytest.approx(0.005590, abs=1e-6)
    assert chance_of_fall(Rate(10, 10), Rate(20, 20)) == 1.0
    assert chance_of_fall(Rate(9, 9), Rate(0, 0)) == 1.0


def test_one_clear_fall_is_found_among_many_pages():
    same = [(Rate(180, 200), Rate(9, 10))] * (PAGES - 1)
    assert fell([*same, (Rate(180, 200), Rate(2, 10))]) == [False] * (PAGES - 1) + [True]
    assert fell([(Rate(9, 9), Rate(0, 500)), (Rate(500, 500), Rate(0, 9))]) == [False, False]


@pytest.mark.django_db
def test_ten_answers_of_which_two_are_no_are_no_fall_of_a_page_that_helped_nearly_all(clock):
    clock.set("2026-05-15 12:00")
    item = make_initiative()
    common = {
        "page": f"/initiatives/{item.slug}/",
        "title": item.title,
        "item": item.key,
        "version": 1,
        "unanswered": 0,
    }
    DailyCount.objects.create(date="2026-01-05", yes=190, no=10, **common)
    DailyCount.objects.create(date="2026-05-05", yes=7, no=3, **common)
    other = [make_initiative() for _ in range(9)]
    for one in other:
        more = common | {"page": f"/initiatives/{one.slug}/", "item": one.key}
        DailyCount.objects.create(date="2026-01-05", yes=190, no=10, **more)
        DailyCount.objects.create(date="2026-05-05", yes=10, no=0, **more)
    assert drops(Report.live(), clock.now.date()) == []
