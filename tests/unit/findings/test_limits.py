"""Limits checked by hand, and against the textbook's own formulas worked another way."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import sqrt
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.definitions.indicator import Unit
from scorecard.findings.limits import FEWEST_MONTHS, Method, Observed, Rare, Shares, Steps, expectation

PLANS = (105, 124, 125, 118, 125, 130, 139, 149, 194)
"""The example pack's open child protection plans, March to November 2021."""


def _counts(*counts: int) -> list[Observed]:
    return [Observed(Fraction(one)) for one in counts]


def _shares(*pairs: tuple[int, int]) -> list[Observed]:
    return [Observed(Fraction(100 * held, of), Fraction(of)) for held, of in pairs]


@pytest.mark.parametrize(
    ("months", "total", "steps"),
    [(7, 866, (19, 1, 7, 7, 5, 9)), (8, 1015, (19, 1, 7, 7, 5, 9, 10))],
    ids=["March to September", "March to October"],
)
def test_october_and_november_plans_lie_outside_the_limits_of_either_baseline(
    months: int, total: int, steps: tuple[int, ...]
) -> None:
    """By hand: mean 123.7, mean step 8, so 102.4 to 145.0; with October mean 126.9, mean step 8.3, 104.8 to 148.9."""
    held = expectation(Unit.COUNT, _counts(*PLANS[:months]))
    assert isinstance(held, Steps)
    limits = held.at(None)
    mean, step = Fraction(total, months), Fraction(sum(steps), len(steps))
    assert (limits.low, limits.mean, limits.high) == (
        mean - Fraction(266, 100) * step,
        mean,
        mean + Fraction(266, 100) * step,
    )
    assert [limits.hold(Fraction(count)) for count in PLANS] == [True] * 7 + [False] * 2


def test_of_six_months_no_limits_are_made() -> None:
    assert expectation(Unit.COUNT, _counts(*PLANS[: FEWEST_MONTHS - 1])) is None


def test_a_month_of_few_cases_has_wider_limits_than_one_of_many() -> None:
    held = expectation(Unit.PERCENT, _shares(*[(80, 100), (82, 100), (78, 100), (81, 100)] * 2))
    assert isinstance(held, Shares)
    few, many = held.at(Fraction(40)), held.at(Fraction(400))
    assert few.low < many.low < many.mean < many.high < few.high


def test_shares_that_differ_as_chance_has_it_have_the_limits_of_three_standard_errors() -> None:
    """By hand: 80.25 % of 800; of 100 cases one error is 100 * sqrt(0.8025 * 0.1975 / 100) = 3.98."""
    held = expectation(Unit.PERCENT, _shares(*[(80, 100), (82, 100), (78, 100), (81, 100)] * 2))
    assert isinstance(held, Shares)
    limits = held.at(Fraction(100))
    assert held.widening == 1
    assert float(limits.mean) == pytest.approx(80.25)
    assert float(limits.low) == pytest.approx(80.25 - 3 * 100 * sqrt(0.8025 * 0.1975 / 100))


def test_shares_of_very_many_that_differ_more_than_by_chance_are_not_all_outside() -> None:
    """Of 5,000 cases chance moves a share by half a point; these move by five, which is what they do."""
    months = _shares(*[(4000, 5000), (3750, 5000), (3900, 5000), (4100, 5000)] * 3)
    held = expectation(Unit.PERCENT, months)
    assert isinstance(held, Shares)
    assert held.widening > 5
    assert all(held.at(month.of).hold(month.value) for month in months)


def test_nine_of_ten_after_a_year_of_all_is_no_signal_and_five_of_ten_is() -> None:
    held = expectation(Unit.PERCENT, _shares(*[(15, 15)] * 12))
    assert held is not None
    limits = held.at(Fraction(10))
    assert limits.hold(Fraction(90))
    assert not limits.hold(Fraction(50))


def test_a_count_of_rare_events_is_outside_where_chance_alone_would_hardly_bring_it() -> None:
    """Twelve events in twelve months: P(at least 8 in the next) is 0.00105 by the exact test, of 7 0.0031."""
    held = expectation(Unit.COUNT, _counts(1, 0, 2, 1, 1, 0, 3, 1, 0, 1, 1, 1))
    assert isinstance(held, Rare)
    limits = held.at(None)
    assert (limits.low, limits.mean) == (Fraction(0), Fraction(1))
    assert held.method is Method.RARE
    assert _by_draws(12, 12, int(limits.high) + 1) < 0.00135 <= _by_draws(12, 12, int(limits.high))


def _by_draws(events: int, months: int, count: int) -> float:
    """The chance of at least so many of all events in the newest month, added up term by term from the other end."""
    of, share = events + count, 1 / (months + 1)
    term = (1 - share) ** of
    below = 0.0
    for held in range(count):
        below += term
        term *= (of - held) / (held + 1) * share / (1 - share)
    return 1 - below


@given(st.lists(st.integers(min_value=20, max_value=400), min_size=FEWEST_MONTHS, max_size=24))
def test_the_limits_of_counts_are_those_of_the_textbook(counts: list[int]) -> None:
    held = expectation(Unit.COUNT, _counts(*counts))
    assert held is not None
    limits = held.at(None)
    width = 2.66 * fmean(abs(later - earlier) for earlier, later in pairwise(counts))
    assert float(limits.high) == pytest.approx(fmean(counts) + width)
    assert float(limits.low) == pytest.approx(max(0, fmean(counts) - width))
    assert limits.sigma is not None
    assert float(limits.sigma) == pytest.approx(width / 3)


@given(
    st.lists(
        st.integers(min_value=1, max_value=300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
        min_size=FEWEST_MONTHS,
        max_size=13,
    ),
    st.integers(min_value=1, max_value=300),
)
def test_limits_of_shares_hold_their_mean_and_stay_between_nought_and_a_hundred(
    pairs: list[tuple[int, int]], of: int
) -> None:
    held = expectation(Unit.PERCENT, _shares(*pairs))
    assert held is not None
    limits = held.at(Fraction(of))
    assert 0 <= limits.low <= limits.high <= 100
    assert limits.low <= limits.mean <= limits.high
