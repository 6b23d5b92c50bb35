"""What was written down, and on which day: rows, and values that became known later than their row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Later:
    """A value that was recorded on a later day than its row; until then the record said something else, or nothing."""

    value: Value
    recorded: date
    before: Value = None


@dataclass(slots=True)
class Row:
    """One record: its values, the day it was entered, and the day it was deleted as an error, if it was."""

    values: dict[str, Value | Later]
    recorded: date
    removed: date | None = None


@dataclass
class Register:
    """Everything the council ever recorded, by table, in the order it came about."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def enter(self, table: str, recorded: date, /, **values: Value | Later) -> Row:
        """Write one record."""
        row = Row(values, recorded)
        self.tables.setdefault(table, []).append(row)
        return row

    def number(self, prefix: str) -> str:
        """The next identifier of a kind of record.

        >>> register = Register()
        >>> register.number("R"), register.number("R"), register.number("A")
        ('R00001', 'R00002', 'A00001')
        """
        self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return f"{prefix}{self._numbers[prefix]:05d}"

    def first_days(self, person_columns: dict[str, str]) -> dict[str, date]:
        """The day each person was first written of, from the column that names the person in each table."""
        first: dict[str, date] = {}
        for person, recorded in self._mentions(person_columns):
            if person not in first or recorded < first[person]:
                first[person] = recorded
        return first

    def _mentions(self, person_columns: dict[str, str]) -> Iterator[tuple[str, date]]:
        for table, column in person_columns.items():
            for row in self.tables.get(table, []):
                person = row.values.get(column)
                if isinstance(person, str):
                    yield person, row.recorded


def known_later(value: Value, recorded: date) -> Later | None:
    """A value with the day it became known; nothing where there is no value yet.

    >>> known_later(None, date(2021, 11, 1)) is None
    True
    """
    return None if value is None else Later(value, recorded)
