"""Monday to Friday less England's bank holidays, kept apart from the calendar the indicators count with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FRIDAY = 4
_FIRST, _LAST = date(2016, 1, 1), date(2023, 12, 31)

# https://www.gov.uk/bank-holidays, England and Wales: month-day of each year; one-off days are among them.
_HOLIDAYS = {
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
}
_CLOSED = {date.fromisoformat(f"{year}-{day}") for year, days in _HOLIDAYS.items() for day in days.split()}


def is_working_day(day: date) -> bool:
    """Whether offices are open.

    >>> is_working_day(date(2021, 12, 28)), is_working_day(date(2021, 12, 29))
    (False, True)
    """
    return day.weekday() <= _FRIDAY and day not in _CLOSED


_OPEN = [
    day for day in (_FIRST + timedelta(days=step) for step in range((_LAST - _FIRST).days + 1)) if is_working_day(day)
]


def working_days_from(start: date, end: date) -> int:
    """Working days after the start up to and with the end; below nought when the end comes first.

    >>> working_days_from(date(2021, 9, 27), date(2021, 11, 29))
    45
    """
    return bisect_right(_OPEN, end) - bisect_right(_OPEN, start)


def moved(day: date, working_days: int) -> date:
    """The working day so many working days after (or before) a day.

    >>> moved(date(2021, 12, 10), 15), moved(date(2021, 11, 8), -1)
    (datetime.date(2022, 1, 5), datetime.date(2021, 11, 5))
    """
    place = bisect_right(_OPEN, day) - 1 if working_days >= 0 else bisect_left(_OPEN, day)
    return _OPEN[place + working_days]


def working_days_within(first: date, last: date) -> list[date]:
    """All working days from the first day to the last, both included."""
    return _OPEN[bisect_left(_OPEN, first) : bisect_right(_OPEN, last)]


def some_working_day(draw: Random, first: date, last: date) -> date:
    """A working day between two days, or the last day if there is none."""
    days = working_days_within(first, last)
    return draw.choice(days) if days else last
