"""What is said of a month's completeness holds as often as it is said to, where the recording delay is known."""

from __future__ import annotations

import math
import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period, Window
from scorecard.facts.fact import FactKey
from scorecard.findings.completeness import FEWEST_MONTHS, Past, provisional

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = FactKey("referrals", Period(2021, 11), Window.MONTH)
STATED_WITHIN = 0.03
COUNCILS = int(os.environ.get("SCORECARD_COUNCILS", "2500"))


def _events(chance: Random, mean: float) -> int:
    """How many things happen in a month, each at any time: a Poisson number."""
    number, passed = 0, chance.expovariate(1)
    while passed < mean:
        number, passed = number + 1, passed + chance.expovariate(1)
    return number


def _month(chance: Random, happen: float, late: float, removed: float) -> Past:
    """A month of a council where each record is late, or removed as an error, with a known chance."""
    events = _events(chance, happen)
    entered = sum(chance.random() < late for _ in range(events))
    known = events - entered
    return Past(known, entered, sum(chance.random() < removed for _ in range(known)))


def _even(_: Random, __: int) -> tuple[float, float]:
    return 1.0, 1.0


def _seasonal(_: Random, month: int) -> tuple[float, float]:
    return 1 + 0.3 * math.sin(math.tau * month / 12), 1.0


def _later_at_times(chance: Random, _: int) -> tuple[float, float]:
    return 1.0, chance.choice([0.7, 1.0, 1.3])


@pytest.mark.parametrize("course", [_even, _seasonal, _later_at_times])
@pytest.mark.parametrize("history", [6, 10, 21])
def test_the_interval_holds_as_often_as_it_says(
    course: Callable[[Random, int], tuple[float, float]], history: int
) -> None:
    chance, held, stated, said = Random(f"{course.__name__} {history}"), 0, 0.0, 0  # noqa: S311 - to invent, not to hide
    for _ in range(COUNCILS):
        size, late, removed = (
            chance.choice([3, 10, 40, 150]),
            chance.choice([0.02, 0.05, 0.15]),
            chance.choice([0, 0.01]),
        )
        months = [
            _month(chance, size * busy, late * later, removed)
            for busy, later in (course(chance, month) for month in range(history + 1))
        ]
        *past, own = months
        if found := provisional(KEY, own.known, past):
            said += 1
            stated += found.rate
            held += found.low <= own.known + own.rise <= found.high
    assert said > COUNCILS / 2
    assert abs(held - stated) / said <= STATED_WITHIN


def test_nothing_is_said_under_six_months_of_history() -> None:
    past = [Past(300, 5, 0)] * FEWEST_MONTHS
    assert provisional(KEY, 290, past[1:]) is None
    assert provisional(KEY, 290, past) is not None


def test_nothing_is_said_where_nothing_ever_came_late() -> None:
    assert provisional(KEY, 290, [Past(300, 0, 0)] * 12) is None


def test_what_past_months_gained_is_told_as_it_was() -> None:
    found = provisional(KEY, 290, [Past(300, rise, 0) for rise in (2, 3, 6, 4, 2, 5)])
    assert found is not None
    assert (found.months, found.least, found.most) == (6, 2, 6)
    assert 290 < found.low < found.high
    assert 0.8 <= found.rate < 1


def test_a_month_with_nothing_recorded_yet_may_still_gain() -> None:
    found = provisional(
        KEY, 0, [Past(4, 3, 0), Past(5, 2, 0), Past(3, 4, 0), Past(4, 2, 0), Past(6, 3, 0), Past(4, 3, 0)]
    )
    assert found is not None
    assert found.high > 0


def test_records_that_were_taken_out_later_let_the_count_fall() -> None:
    found = provisional(KEY, 100, [Past(100, 0, fall) for fall in (5, 6, 4, 5, 7, 5)])
    assert found is not None
    assert found.high < 100
    assert (found.least, found.most) == (-7, -4)
