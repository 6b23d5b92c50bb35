"""One reporting month, and the windows of days that end with it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FINANCIAL_YEAR_STARTS = 4
_MONTHS_IN_A_YEAR = 12
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
"""The months as people write them, in small letters, whatever the machine's own language."""
_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


class Window(StrEnum):
    """The stretch of time a fact speaks of, always ending with its month."""

    MONTH = "month"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_YEAR = "rolling_year"
    MONTH_END = "month_end"
    YEAR_TO_DATE_ANNUALISED = "year_to_date_annualised"


@dataclass(frozen=True, order=True)
class Days:
    """A stretch of days; both ends count."""

    first: date
    last: date

    def __len__(self) -> int:
        """How many days it has.

        >>> len(Period(2021, 11).days)
        30
        """
        return (self.last - self.first).days + 1


@dataclass(frozen=True, order=True)
class Period:
    """One reporting month.

    >>> november = Period(2021, 11)
    >>> november.year_to_date.first
    datetime.date(2021, 4, 1)
    >>> november.back(1).label
    'October 2021'
    >>> str(november)
    '2021-11'
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month that no year has."""
        if not 1 <= self.month <= _MONTHS_IN_A_YEAR:
            message = f"a year has no month {self.month}"
            raise ValueError(message)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a month written `YYYY-MM`; a `ValueError` says what was wrong.

        >>> Period.parse("2021-11")
        Period(year=2021, month=11)
        """
        found = _WRITTEN.fullmatch(text.strip())
        if not found:
            message = f"“{text}” is not a month written YYYY-MM, such as 2021-11"
            raise ValueError(message)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def holding(cls, day: date) -> Period:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """As `YYYY-MM`."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month, at whose end stocks are counted."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def days(self) -> Days:
        """The month itself."""
        return Days(self.first_day, self.last_day)

    @property
    def label(self) -> str:
        """The month in words, as printed."""
        return f"{self.first_day:%B} {self.year}"

    @property
    def short_label(self) -> str:
        """The month in few letters, for charts and narrow columns.

        >>> Period(2021, 9).short_label
        'Sep 21'
        """
        return f"{self.first_day:%b} {self.year % 100:02d}"

    @property
    def financial_year(self) -> int:
        """The calendar year in which this month's financial year began.

        >>> Period(2022, 3).financial_year
        2021
        """
        return self.year if self.month >= FINANCIAL_YEAR_STARTS else self.year - 1

    def back(self, months: int) -> Period:
        """The month so many months earlier; a negative number goes forward.

        >>> Period(2021, 1).back(1), Period(2021, 12).back(-1)
        (Period(year=2020, month=12), Period(year=2022, month=1))
        """
        running = self.year * _MONTHS_IN_A_YEAR + self.month - 1 - months
        return Period(running // _MONTHS_IN_A_YEAR, running % _MONTHS_IN_A_YEAR + 1)

    @property
    def april(self) -> Period:
        """The first month of this month's financial year."""
        return Period(self.financial_year, FINANCIAL_YEAR_STARTS)

    @property
    def year_to_date(self) -> Days:
        """From 1 April to the end of the month."""
        return Days(self.april.first_day, self.last_day)

    @property
    def rolling_year(self) -> Days:
        """The twelve calendar months ending with this one.

        >>> Period(2020, 2).rolling_year.first
        datetime.date(2019, 3, 1)
        """
        return Days(self.back(_MONTHS_IN_A_YEAR - 1).first_day, self.last_day)


def months_between(first: Period, last: Period) -> tuple[Period, ...]:
    """All months from the first to the last, both included; none if they are the wrong way round.

    >>> [str(month) for month in months_between(Period(2021, 12), Period(2022, 1))]
    ['2021-12', '2022-01']
    """
    count = (last.year - first.year) * _MONTHS_IN_A_YEAR + last.month - first.month + 1
    return tuple(last.back(count - 1 - step) for step in range(max(count, 0)))
