"""Chance that leans to the edges: days on which definitions go wrong, and codes of the contract."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from referee.days import month_end, months_earlier, working_day_after
from scorecard.contract.load import load_contract

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

CODES = {name: tuple(one.code for one in codes) for name, codes in load_contract().codes.items()}
TOO_OLD = date(2011, 12, 29)
"""A day before the first year whose bank holidays are known."""

_TURNS = (date(2020, 2, 29), date(2016, 2, 29), date(2020, 12, 25), date(2022, 6, 2), date(2022, 9, 19))


class Draw(Random):
    """Repeatable chance for one council, whose last month ends on the anchor."""

    def __init__(self, seed: str, anchor: date) -> None:
        super().__init__(seed)
        self.anchor = anchor
        self._ends = [month_end(months_earlier(anchor, n)) for n in range(12)]
        sundays = [date(year, month, 31) for year in (anchor.year - 1, anchor.year) for month in (3, 10)]
        clock_changes = [day - timedelta((day.weekday() + 1) % 7) for day in sundays]
        self._turns = [*clock_changes, *(day for day in _TURNS if day <= anchor + timedelta(30))]

    def chance(self, share: float) -> bool:
        """Yes, so often."""
        return self.random() < share

    def one(self, *values: T) -> T:
        """Any of these."""
        return values[int(self.random() * len(values))]

    def code(self, name: str, *often: str) -> str:
        """Any code of a list of the contract, mostly one of those named."""
        return self.one(*often) if often and self.chance(0.7) else self.choice(CODES[name])

    def nudge(self, day: date) -> date:
        """That day, the day before or the day after."""
        return day + timedelta(self.one(-1, 0, 0, 1))

    def end(self) -> date:
        """A month end in the year up to the anchor, mostly one of the last."""
        return self._ends[int(self.random() ** 2 * len(self._ends))]

    def day(self, lately: float = 0.5) -> date:
        """A day on or beside an edge; so often one of the last weeks before a month end."""
        end = self.end()
        if self.chance(lately):
            return end - timedelta(self.one(0, 0, 1, 7, 8, 29, 30, 31, int(self.random() * 50)))
        if self.chance(0.15):
            return self.nudge(self.choice(self._turns))
        if self.chance(0.5):
            return self.nudge(months_earlier(end, self.one(1, 2, 3, 6, 12, 24, 30)))
        return end - timedelta(self.one(7, 31, 42, 728, 729, 730, 731, int(self.random() * 900)) + self.one(-1, 0, 1))

    def perhaps(self, value: T, share: float = 0.9) -> T | None:
        """The value, or now and then none."""
        return value if self.chance(share) else None

    def working(self, first: date, limit: int) -> date:
        """A day on or beside the last working day of a limit, or the very same, or before."""
        if self.chance(0.25):
            return first + timedelta(self.one(0, 0, 1, -1, int(self.random() * limit * 2)))
        return self.nudge(working_day_after(first, limit)) + timedelta(self.one(0, 0, 0, 1))


def ids(child: str, kind: str, rows: Sequence[object]) -> str:
    """The next id of a child's records."""
    return f"{child}-{kind}{len(rows)}"
