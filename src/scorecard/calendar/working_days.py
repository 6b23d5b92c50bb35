"""Working days in England: every day that is neither a Saturday, a Sunday nor a bank holiday.

The bank holidays are shipped as `library/bank_holidays_england.csv` (gov.uk/bank-holidays, England and Wales, whole
years). A council extends them with a file of its own in the same form: add all bank holidays of the next year, not some
of them, since a year counts as known as soon as it is listed. Outside the known years nothing is counted or guessed.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from scorecard.calendar.periods import Period
from scorecard.errors import Place, WorkspaceError
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2050, 12, 31)

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_FEWEST_A_YEAR = (
    8  # Banking and Financial Dealings Act 1971 as since extended: England has never fewer than eight a year
)
_LONDON = "Europe/London"


@dataclass(frozen=True, eq=False)
class BankHolidays:
    """England's bank holidays by day, for a run of whole years."""

    titles: Mapping[date, str]

    @cached_property
    def known_years(self) -> range:
        """The years whose bank holidays are all listed."""
        years = sorted({day.year for day in self.titles})
        return range(years[0], years[-1] + 1) if years else range(0)

    def known(self, day: date) -> bool:
        """Whether the bank holidays of this day's year are listed."""
        return day.year in self.known_years

    def is_working_day(self, day: date) -> bool:
        """Whether it is neither a Saturday, a Sunday nor a listed bank holiday."""
        return day.weekday() < _SATURDAY and day not in self.titles

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """All working days of the known years, in order: the n-th has the number n."""
        return tuple(day for day in every_day() if self.known(day) and self.is_working_day(day))


class CalendarDay(NamedTuple):
    """One row of the calendar table that every engine holds."""

    day: date
    working_day_number: int | None
    is_working_day: bool | None
    month_end: date
    holidays_known: bool
    hours_ahead_at_start: int
    hours_ahead_at_end: int


@cache
def shipped_bank_holidays() -> BankHolidays:
    """The bank holidays that come with the program."""
    shipped = files("scorecard").joinpath("library/bank_holidays_england.csv")
    return BankHolidays(_titles(shipped.read_text(encoding="utf-8"), "bank_holidays_england.csv"))


def bank_holidays_with(path: Path) -> BankHolidays:
    """The shipped bank holidays together with those of a council's own file."""
    own = _titles(text_of(path), path)
    together = BankHolidays({**shipped_bank_holidays().titles, **own})
    _check_whole_years(together, path)
    return together


def working_days_between(start: date, end: date, holidays: BankHolidays | None = None) -> int | None:
    """How many working days come after the first day, up to and including the second: day 0 is not counted.

    >>> working_days_between(date(2021, 11, 5), date(2021, 11, 6))
    0
    >>> working_days_between(date(2021, 11, 6), date(2021, 11, 8))
    1
    """
    listed = holidays or shipped_bank_holidays()
    if not (listed.known(start) and listed.known(end)):
        return None
    return bisect_right(listed.working_days, end) - bisect_right(listed.working_days, start)


def working_day_after(day: date, number: int, holidays: BankHolidays | None = None) -> date | None:
    """The working day that comes so many working days after a day; after a Saturday the Monday is the first.

    >>> working_day_after(date(2021, 11, 27), 45)
    datetime.date(2022, 2, 2)
    """
    listed = holidays or shipped_bank_holidays()
    position = bisect_right(listed.working_days, day) + number - 1
    if not listed.known(day) or not 0 <= position < len(listed.working_days):
        return None
    return listed.working_days[position]


def hours_between(start: datetime, end: datetime) -> float:
    """Hours that passed between two moments of the English clock, its changes included.

    A moment the clock shows twice is its first; one it skips is read by the clock as it stood before.

    >>> hours_between(datetime(2021, 10, 30, 12, 0), datetime(2021, 10, 31, 12, 0))
    25.0
    """
    zone = ZoneInfo(_LONDON)
    ahead = _offset(end, zone) - _offset(start, zone)
    return (end - start - ahead) / timedelta(hours=1)


@cache
def every_day() -> tuple[date, ...]:
    """All days the calendar holds."""
    return tuple(FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1))


@cache
def summer_times() -> tuple[tuple[date, date], ...]:
    """The days on which the clock goes forward and back, year by year."""
    ahead = _hours_ahead()
    changes = [day for day, start, end in zip(every_day(), ahead, ahead[1:], strict=False) if start != end]
    return tuple(zip(changes[::2], changes[1::2], strict=True))


@cache
def calendar_rows(holidays: BankHolidays | None = None) -> tuple[CalendarDay, ...]:
    """The calendar from 1990 to 2050, a row a day."""
    listed = holidays or shipped_bank_holidays()
    clock = zip(every_day(), _hours_ahead(), _hours_ahead()[1:], strict=False)
    return tuple(_calendar_day(listed, day, start, end) for day, start, end in clock)


def _calendar_day(listed: BankHolidays, day: date, hours_at_start: int, hours_at_end: int) -> CalendarDay:
    known = listed.known(day)
    return CalendarDay(
        day,
        bisect_right(listed.working_days, day) if known else None,
        listed.is_working_day(day) if known else None,
        _month_end(day.year, day.month),
        known,
        hours_at_start,
        hours_at_end,
    )


@cache
def _month_end(year: int, month: int) -> date:
    return Period(year, month).last_day


@cache
def _hours_ahead() -> tuple[int, ...]:
    """How many hours the English clock is ahead of UTC at the start of each day, and of the day after the last."""
    zone = ZoneInfo(_LONDON)
    return tuple(
        _offset(datetime.combine(day, time()), zone).seconds // 3600 for day in (*every_day(), LAST_DAY + _ONE_DAY)
    )


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return zone.utcoffset(moment.replace(tzinfo=zone)) or timedelta()


def _titles(text: str, path: str | Path) -> dict[date, str]:
    """Bank holidays by day, from a file with the columns `date` and `title`."""
    titles = {}
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            titles[date.fromisoformat((row.get("date") or "").strip())] = (row.get("title") or "").strip()
        except ValueError:
            raise WorkspaceError(
                "this row has no date written YYYY-MM-DD in a column named “date”",
                remedy="Write the bank holidays under the headings date,title, a row a day: 2029-01-01,New Year’s Day",
                at=Place(path, line),
            ) from None
    return titles


def _check_whole_years(holidays: BankHolidays, path: Path) -> None:
    """A year listed in part would give wrong counts of days without a word."""
    listed = Counter(day.year for day in holidays.titles)
    for year in holidays.known_years:
        if listed[year] < _FEWEST_A_YEAR:
            raise WorkspaceError(
                f"{listed[year]} bank holidays are listed for {year}; England has at least {_FEWEST_A_YEAR} a year",
                remedy="List all bank holidays of the year, and leave no year out after the shipped ones.",
                at=Place(path),
            )
