"""Shares of yes and how sure they are: against published values, and as properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.statistics.rates import FEW, Rate, dropped, rose, wilson

answers = st.integers(0, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@pytest.mark.parametrize(
    ("yes", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombes_table_of_single_proportions(yes, total, low, high):
    assert wilson(yes, total) == pytest.approx((low, high), abs=0.0001)


@given(answers)
def test_a_share_lies_in_its_interval_and_that_within_0_and_1(pair):
    low, high = Rate(*pair).interval
    assert -1e-9 <= low <= (Rate(*pair).share if pair[1] else low) + 1e-9
    assert Rate(*pair).share <= high + 1e-9 <= 1 + 1e-6


@given(answers, answers)
def test_nothing_both_falls_and_rises(one, other):
    assert not (dropped(Rate(*one), Rate(*other)) and rose(Rate(*one), Rate(*other)))
    assert dropped(Rate(*one), Rate(*other)) == rose(
        Rate(one[1] - one[0], one[1]), Rate(other[1] - other[0], other[1])
    )


def test_few_answers_are_no_share_and_no_news():
    assert Rate(1, FEW - 1).words == "9 answers: too few for a share"
    assert Rate().words == "No answers"
    assert Rate(1, 1).words == "1 answer: too few for a share"
    assert not dropped(Rate(9, 9), Rate(0, 500))
    assert Rate(72, 100).words == "72% (63 to 80%) of 100 answers"


def test_a_clear_fall_is_one_and_a_small_one_is_not():
    assert dropped(Rate(80, 100), Rate(20, 60))
    assert not dropped(Rate(80, 100), Rate(45, 60))


def test_many_bad_answers_hurt_more_than_few_worse_ones():
    assert Rate(60, 200).hurt > Rate(2, 10).hurt > Rate(190, 200).hurt
