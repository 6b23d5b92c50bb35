"""A year carried on at its own pace, and next month's timeliness of what is open: by hand, and by trying everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_november import INDICATORS, NOVEMBER, fact

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import Measure, Unit
from scorecard.facts.fact import Fact, FactKey, Quality
from scorecard.findings.ahead import NextMonth, next_month_of, year_at_this_pace

COUNT = Measure("claims", "Claims", Unit.COUNT, INDICATORS[0].measures[0].better)


@pytest.mark.parametrize(
    ("period", "so_far", "year"),
    [(NOVEMBER, 135, "203"), (Period(2021, 4), 10, "120"), (Period(2022, 2), 110, "120")],
)
def test_the_pace_is_kept_to_march(period: Period, so_far: int, year: str) -> None:
    to_date = fact(FactKey("claims", period, Window.YEAR_TO_DATE), so_far, None, Unit.COUNT)
    number = year_at_this_pace(to_date, COUNT)
    assert number
    assert number.text == year
    assert number.key == "claims/2022-03#projected"


def test_a_year_that_is_over_and_a_percentage_are_not_carried_on() -> None:
    march = fact(FactKey("claims", Period(2022, 3), Window.YEAR_TO_DATE), 180, None, Unit.COUNT)
    assert year_at_this_pace(march, COUNT) is None
    november = fact(FactKey("claims", NOVEMBER, Window.YEAR_TO_DATE), 50, None, Unit.COUNT)
    assert year_at_this_pace(november, replace(COUNT, unit=Unit.PERCENT, of="all")) is None
    assert year_at_this_pace(None, COUNT) is None


_STARTS = st.dates(date(2021, 8, 1), date(2021, 11, 30))


def _in_time(started: date, finished: date) -> bool:
    """By the definition of the percentage itself: no more than 45 working days after it started."""
    days = (started + timedelta(days=place) for place in range(1, (finished - started).days + 1))
    return sum(day.weekday() < 5 and day not in _HOLIDAYS for day in days) <= 45


_HOLIDAYS = {date(2021, 8, 30), date(2021, 12, 27), date(2021, 12, 28)}
_DECEMBER = [date(2021, 12, 1) + timedelta(days=place) for place in range(31)]


@given(starts=st.lists(_STARTS, min_size=1, max_size=7), finished=st.integers(1, 7))
def test_no_choice_of_what_is_finished_when_is_better_or_worse_than_told(starts: list[date], finished: int) -> None:
    finished = min(finished, len(starts))
    can = [{_in_time(start, day) for day in _DECEMBER} for start in starts]
    late, due = can.count({False}), can.count({True, False})
    told = NextMonth(len(starts), late, due, finished)
    shares = [Fraction(sum(choice), finished) for some in combinations(can, finished) for choice in product(*some)]
    assert (told.worst, told.best) == (min(shares), max(shares))
    with_all_late = [
        Fraction(sum(choice), finished)
        for some in combinations(can, finished)
        if some.count({False}) == late
        for choice in product(*some)
    ]
    assert told.can_be_cleared == bool(with_all_late)
    assert not with_all_late or told.best_when_cleared == max(with_all_late)


def _of(numerator: int, quality: Quality = Quality.SOUND) -> Fact:
    return replace(fact(FactKey("open", NOVEMBER, Window.MONTH_END), numerator, None, Unit.COUNT), quality=quality)


def test_next_month_is_not_told_from_figures_that_are_missing_noughts_or_not_reliable() -> None:
    assert next_month_of(_of(9), _of(2), _of(3), _of(20)) == NextMonth(9, 2, 3, 9), "no more than there are"
    assert next_month_of(_of(9), None, _of(3), _of(4)) is None
    assert next_month_of(_of(0), _of(0), _of(0), _of(4)) is None
    assert next_month_of(_of(9), _of(2), _of(3), _of(0)) is None
    assert next_month_of(_of(9, Quality.UNRELIABLE), _of(2), _of(3), _of(4)) is None
