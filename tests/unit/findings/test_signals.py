"""Each rule of the control chart on months where it holds and where it only just does not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorecard.findings.limits import Limits
from scorecard.findings.signals import Signal, Way, gap, signal, trend

LIMITS = Limits(Fraction(70), Fraction(100), Fraction(130), Fraction(10))


def _signal(*values: int) -> tuple[Signal, Way] | None:
    return signal([Fraction(one) for one in values], [LIMITS] * len(values))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((131,), (Signal.OUTSIDE, Way.HIGH)),
        ((69,), (Signal.OUTSIDE, Way.LOW)),
        ((130,), None),
        ((94, 95, 96, 97, 98, 99, 101), (Signal.TREND, Way.HIGH)),
        ((106, 105, 104, 103, 102, 101, 99), (Signal.TREND, Way.LOW)),
        ((95, 96, 97, 98, 99, 101), None),
        ((95, 96, 97, 97, 98, 99, 101), None),
        ((121, 100, 121), (Signal.TWO_OF_THREE, Way.HIGH)),
        ((79, 79, 100), None),
        ((120, 100, 121), None),
        ((121, 100, 79), None),
        ((101, 102, 101, 102, 101, 102, 101), (Signal.RUN, Way.HIGH)),
        ((99, 98, 99, 98, 99, 98, 99), (Signal.RUN, Way.LOW)),
        ((101, 102, 101, 100, 101, 102, 101), None),
        ((101, 102, 101, 102, 101, 102), None),
    ],
)
def test_a_rule_holds_for_these_months_and_no_other(values: tuple[int, ...], found: object) -> None:
    assert _signal(*values) == found


def test_a_month_outside_is_told_before_the_trend_it_ends() -> None:
    assert _signal(101, 102, 103, 104, 105, 106, 131) == (Signal.OUTSIDE, Way.HIGH)


def test_of_a_trend_and_a_run_the_trend_is_told() -> None:
    assert _signal(101, 102, 103, 104, 105, 106, 107) == (Signal.TREND, Way.HIGH)


def test_six_rises_make_a_trend_and_five_do_not() -> None:
    assert trend([Fraction(one) for one in range(7)]) is Way.HIGH
    assert trend([Fraction(one) for one in range(6)]) is None


def test_none_for_so_long_that_chance_would_hardly_have_it_is_a_gap() -> None:
    """By hand: twelve events in six months and none in six have a chance of (6/12) to the twelfth, 0.0002."""
    assert gap([Fraction(2)] * 6 + [Fraction(0)] * 6)
    assert not gap([Fraction(1)] * 6 + [Fraction(0)] * 6)
    assert not gap([Fraction(2)] * 6 + [Fraction(0)])
    assert not gap([Fraction(0)] * 13)
