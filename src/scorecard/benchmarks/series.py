"""Which published column is which of our measures, whatever a release calls it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scorecard.definitions.indicator import Unit
from scorecard.findings.comparators import PeriodKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_BEFORE_APRIL, _SEPTEMBER = (3, 31), (9, 30)


@dataclass(frozen=True)
class Where:
    """Of the rows of a table those that say one of these things in a column, whatever the release calls it."""

    column: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """A published series: the column it stands in, or what it is made of, and the rows that are its own.

    `per_10000` is the count that a rate is made of where a release publishes no rate, as those since 2025 do not.
    """

    measure: str
    unit: Unit
    decimals: int
    counts: str
    source: str
    value: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    per_10000: str = ""
    also: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    differs: str = ""
    is_snapshot: bool = False
    is_by_birthday: bool = False
    is_of_september: bool = False

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table with these columns publishes it."""
        one = {*(self.value or self.whole), *filter(None, [self.per_10000])} & set(columns)
        told = all(set(role.column) & set(columns) for role in self.where)
        return bool(one) and told and {*self.parts, *self.less, *self.also} <= set(columns)

    def holds(self, row: Mapping[str, str]) -> bool:
        """Whether a row is one of its own: in each filter it says the right thing."""
        return all(row[self.column(role.column, row)] in role.says for role in self.where)

    @staticmethod
    def column(names: tuple[str, ...], row: Mapping[str, str]) -> str:
        """The name that this table uses, of those that mean the same; none where it has none of them."""
        return next((name for name in names if name in row), "")

    @property
    def period_kind(self) -> PeriodKind:
        """What its year is."""
        if self.is_by_birthday:
            return PeriodKind.BIRTHDAYS_IN_YEAR
        return PeriodKind.SNAPSHOT if self.is_snapshot else PeriodKind.YEAR

    def days(self, year: int) -> tuple[date, date]:
        """The first and last day of a published year: the year ending in it, or the day it was looked at."""
        end = date(year, *(_SEPTEMBER if self.is_of_september else _BEFORE_APRIL))
        return (end if self.is_snapshot else date(year - 1, 4, 1)), end


@cache
def published_series() -> tuple[Series, ...]:
    """The series that come with the program."""
    text = (files("scorecard") / "library" / "published_series.toml").read_text(encoding="utf-8")
    return tuple(_series(entry) for entry in tomllib.loads(text)["series"])


def _series(entry: dict[str, Any]) -> Series:
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    where = tuple(Where(tuple(role["column"]), tuple(role["says"])) for role in lists.pop("where", ()))
    return Series(**{**entry, **lists, "where": where, "unit": Unit(entry["unit"])})
