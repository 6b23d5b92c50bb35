"""What may stand for a value in a mapping: the whole short list of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from scorecard.contract.sources.piece import sql_text

CellOf = Callable[[str], str]
"""From a header to the SQL of its cell, NULL where the report has no such header."""

PARTS = {
    "before ,": "split_part({0}, ',', 1)",
    "after ,": "substr({0}, nullif(strpos({0}, ','), 0) + 1)",
    "inside ()": "regexp_extract({0}, '\\(([^)]*)\\)', 1)",
    "before (": "split_part({0}, '(', 1)",
}
"""The parts of a cell that may be taken, and the SQL that takes each."""

_TIME = r"\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?"


_DAYS = "['%d/%m/%Y', '%d/%m/%Y 00:00:00', '%Y-%m-%d', '%Y-%m-%d 00:00:00']"
_DAY_ALIKE = f"coalesce(strftime(try_strptime({{0}}, {_DAYS}), '%Y-%m-%d'), {{0}})"
"""A day as one report and another write it, written alike, so that the same record has the same key in both."""


@dataclass(frozen=True)
class Form(ABC):
    """How the value of one column is made from a row of a report. `from_file` where its text is the report's own."""

    from_file = True
    values = ""

    @property
    @abstractmethod
    def headers(self) -> tuple[str, ...]:
        """The headers it reads."""

    @abstractmethod
    def sql(self, cell: CellOf) -> str:
        """The SQL of its text."""

    def supplied_by(self, headers: frozenset[str]) -> bool:
        """Whether a report with these headers can say anything for it."""
        return any(header in headers for header in self.headers)


@dataclass(frozen=True)
class From(Form):
    """A cell as it stands, a part of it, or what a list of values makes of it."""

    header: str
    part: str = ""
    values: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The one header."""
        return (self.header,)

    def sql(self, cell: CellOf) -> str:
        """The cell, or the part of it without blanks."""
        whole = cell(self.header)
        return f"nullif(trim({PARTS[self.part].format(whole)}), '')" if self.part else whole


@dataclass(frozen=True)
class Constant(Form):
    """The same text in every row."""

    text: str
    from_file = False

    @property
    def headers(self) -> tuple[str, ...]:
        """None."""
        return ()

    def sql(self, _cell: CellOf) -> str:
        """The text; what is written in a mapping is no record's value."""
        return sql_text(self.text)

    def supplied_by(self, _headers: frozenset[str]) -> bool:
        """Every report can."""
        return True


@dataclass(frozen=True)
class Key(Form):
    """Cells joined into a key, empty if any of them is, days written alike. A part may be a constant."""

    parts: tuple[From | Constant, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of its parts."""
        return tuple(header for part in self.parts for header in part.headers)

    def sql(self, cell: CellOf) -> str:
        """With a stroke between them; joined by `||`, nothing and something is nothing."""
        return " || '/' || ".join(_DAY_ALIKE.format(part.sql(cell)) for part in self.parts)

    def supplied_by(self, headers: frozenset[str]) -> bool:
        """Only a report that has them all."""
        return set(self.headers) <= headers


@dataclass(frozen=True)
class FirstOf(Form):
    """The first of several cells that has anything in it."""

    of: tuple[str, ...]
    values: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """All of them."""
        return self.of

    def sql(self, cell: CellOf) -> str:
        """The first that is filled."""
        return f"coalesce({', '.join(map(cell, self.of))}, NULL)"


@dataclass(frozen=True)
class DayTime(Form):
    """A day and a time of day from two columns."""

    day: str
    time: str

    @property
    def headers(self) -> tuple[str, ...]:
        """Both."""
        return (self.day, self.time)

    def sql(self, cell: CellOf) -> str:
        """The day without a time that a spreadsheet gave it, then the time without the day it was given."""
        day, time = cell(self.day), f"nullif(regexp_extract({cell(self.time)}, '{_TIME}'), '')"
        return f"coalesce(regexp_replace({day}, '[T ]\\d{{1,2}}:\\d{{2}}.*$', '') || ' ' || {time}, {day})"

    def supplied_by(self, headers: frozenset[str]) -> bool:
        """A report with the day."""
        return self.day in headers


@dataclass(frozen=True)
class Filled(Form):
    """One text where a cell has anything in it, another or none where it has not."""

    header: str
    then: str
    otherwise: str | None = None
    from_file = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The one header."""
        return (self.header,)

    def sql(self, cell: CellOf) -> str:
        """One or the other."""
        otherwise = "NULL" if self.otherwise is None else sql_text(self.otherwise)
        return f"CASE WHEN {cell(self.header)} IS NOT NULL THEN {sql_text(self.then)} ELSE {otherwise} END"
