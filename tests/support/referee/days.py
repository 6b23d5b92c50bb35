"""Days counted without the product's calendar: working days one by one, months and ages by hand."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

import holidays

SATURDAY = 5
FIRST_KNOWN, LAST_KNOWN = date(2012, 1, 1), date(2028, 12, 31)
_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_KNOWN.year, LAST_KNOWN.year + 1))
_ALL = [FIRST_KNOWN + timedelta(n) for n in range((LAST_KNOWN - FIRST_KNOWN).days + 1)]
_WORKED = list(accumulate(day.weekday() < SATURDAY and day not in _HOLIDAYS for day in _ALL))


def working_days(first: date, last: date) -> int | None:
    """Working days after the first day up to the last; nothing outside the years whose bank holidays are known."""
    if min(first, last) < FIRST_KNOWN or max(first, last) > LAST_KNOWN:
        return None
    return max(0, _WORKED[(last - FIRST_KNOWN).days] - _WORKED[(first - FIRST_KNOWN).days])


def working_day_after(first: date, count: int) -> date:
    """The day on which so many working days have passed."""
    day = first
    while (working_days(first, day) or 0) < count:
        day += timedelta(1)
    return day


@cache
def months_earlier(day: date, months: int) -> date:
    """The same day so many months earlier (later, for a negative number), or that month's last."""
    running = day.year * 12 + day.month - 1 - months
    year, month = running // 12, running % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def age(born: date, day: date) -> int:
    """Birthdays had; one of 29 February falls on 1 March in a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_open(started: date | None, ended: date | None, day: date) -> bool:
    """Begun and not over at the end of a day."""
    return started is not None and started <= day and not (ended is not None and ended <= day)
