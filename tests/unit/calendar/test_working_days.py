from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.calendar.working_days import (
    FIRST_DAY,
    LAST_DAY,
    bank_holidays_with,
    calendar_rows,
    hours_between,
    shipped_bank_holidays,
    summer_times,
    working_day_after,
    working_days_between,
)
from scorecard.errors import WorkspaceError

if TYPE_CHECKING:
    from pathlib import Path

SATURDAY = 5
KNOWN = st.dates(date(2012, 1, 1), date(2028, 10, 1))

# indicators.md §1.2: start, working days allowed, due
VECTORS = [
    ("2021-09-27", 45, "2021-11-29"),
    ("2021-11-01", 45, "2022-01-06"),
    ("2021-11-27", 45, "2022-02-02"),
    ("2021-12-10", 15, "2022-01-05"),
    ("2021-12-17", 15, "2022-01-12"),
    ("2021-11-06", 15, "2021-11-26"),
    ("2022-03-31", 15, "2022-04-25"),
    ("2022-09-02", 15, "2022-09-26"),
    ("2023-04-21", 15, "2023-05-16"),
    ("2021-12-22", 10, "2022-01-10"),
]


@pytest.mark.parametrize(("start", "number", "due"), VECTORS)
def test_the_due_day_is_the_nth_working_day_after_the_start(start: str, number: int, due: str) -> None:
    assert working_day_after(date.fromisoformat(start), number) == date.fromisoformat(due)
    assert working_days_between(date.fromisoformat(start), date.fromisoformat(due)) == number


def test_november_2021_has_22_working_days() -> None:
    assert working_days_between(date(2021, 10, 31), date(2021, 11, 30)) == 22


def test_a_saturday_counts_as_at_the_friday() -> None:
    assert working_days_between(date(2021, 11, 5), date(2021, 11, 6)) == 0
    assert working_days_between(date(2021, 11, 6), date(2021, 11, 8)) == 1


def test_the_shipped_bank_holidays_are_those_of_a_second_opinion() -> None:
    listed = shipped_bank_holidays()
    second = holidays.country_holidays("GB", subdiv="ENG", years=listed.known_years)
    assert listed.known_years == range(2012, 2029)
    assert set(listed.titles) == {day for day in second if day.weekday() < SATURDAY}


@pytest.mark.parametrize("day", [date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2020, 5, 8)])
def test_one_off_bank_holidays_are_no_working_days(day: date) -> None:
    assert not shipped_bank_holidays().is_working_day(day)


def test_the_days_of_scotland_and_northern_ireland_are_working_days() -> None:
    assert shipped_bank_holidays().is_working_day(date(2021, 11, 30))
    assert shipped_bank_holidays().is_working_day(date(2021, 7, 12))


@pytest.mark.parametrize(("start", "end"), [((2011, 12, 30), (2012, 1, 3)), ((2028, 12, 29), (2029, 1, 2))])
def test_nothing_is_counted_outside_the_known_years(start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert working_days_between(date(*start), date(*end)) is None
    assert working_day_after(date(2028, 12, 20), 10) is None


@given(KNOWN, KNOWN, KNOWN)
def test_working_days_of_two_stretches_add_up(a: date, b: date, c: date) -> None:
    whole, first, second = working_days_between(a, c), working_days_between(a, b), working_days_between(b, c)
    assert first is not None
    assert second is not None
    assert whole == first + second


@given(KNOWN, st.integers(1, 60))
def test_the_due_day_is_a_working_day_and_the_first_on_which_the_count_is_reached(start: date, number: int) -> None:
    due = working_day_after(start, number)
    assert due is not None
    assert shipped_bank_holidays().is_working_day(due)
    assert working_days_between(start, due) == number
    assert working_days_between(start, due - timedelta(days=1)) == number - 1


def test_the_calendar_holds_every_day_from_1990_to_2050() -> None:
    rows = calendar_rows()
    assert [row.day for row in rows] == [FIRST_DAY + timedelta(days=number) for number in range(len(rows))]
    assert rows[-1].day == LAST_DAY


def test_the_calendar_knows_no_working_days_where_bank_holidays_are_not_known() -> None:
    unknown = [row for row in calendar_rows() if not row.holidays_known]
    assert {row.day.year for row in unknown} == {*range(1990, 2012), *range(2029, 2051)}
    assert all(row.working_day_number is None and row.is_working_day is None for row in unknown)


def test_the_clock_goes_forward_in_march_and_back_in_october_every_year() -> None:
    assert {(forward.month, back.month) for forward, back in summer_times()} == {(3, 10)}
    assert all(forward.weekday() == back.weekday() == 6 for forward, back in summer_times())
    assert [forward.year for forward, _ in summer_times()] == list(range(1990, 2051))


def test_an_hour_that_comes_twice_is_counted() -> None:
    assert hours_between(datetime(2021, 10, 31, 0, 30), datetime(2021, 10, 31, 2, 30)) == 3  # noqa: DTZ001 - local


def test_a_council_extends_the_bank_holidays_by_a_year(tmp_path: Path) -> None:
    second = holidays.country_holidays("GB", subdiv="ENG", years=[2029])
    own = _file(tmp_path, [(day.isoformat(), title) for day, title in second.items()])
    extended = bank_holidays_with(own)
    assert working_days_between(date(2028, 12, 29), date(2029, 1, 2), extended) == 1
    assert working_days_between(date(2021, 9, 27), date(2021, 11, 29), extended) == 45


def test_a_year_listed_in_part_is_refused(tmp_path: Path) -> None:
    own = _file(tmp_path, [("2029-01-01", "New Year’s Day")])
    with pytest.raises(WorkspaceError, match="1 bank holidays are listed for 2029"):
        bank_holidays_with(own)


def test_a_year_left_out_is_refused(tmp_path: Path) -> None:
    second = holidays.country_holidays("GB", subdiv="ENG", years=[2030])
    own = _file(tmp_path, [(day.isoformat(), title) for day, title in second.items()])
    with pytest.raises(WorkspaceError, match="0 bank holidays are listed for 2029"):
        bank_holidays_with(own)


def test_a_row_without_a_date_is_named_by_its_line(tmp_path: Path) -> None:
    own = _file(tmp_path, [("2029-01-01", "New Year’s Day"), ("01/05/2029", "May")])
    with pytest.raises(WorkspaceError, match=r"bank_holidays\.csv:3: this row has no date"):
        bank_holidays_with(own)


def _file(folder: Path, rows: list[tuple[str, str]]) -> Path:
    path = folder / "bank_holidays.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("date", "title"), *rows])
    return path
