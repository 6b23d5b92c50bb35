"""What a mapping file says."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.contract.mapping.plain import plain, plain_sql
from scorecard.contract.sources.piece import sql_text

if TYPE_CHECKING:
    from collections.abc import Mapping as Map
    from pathlib import Path

    from scorecard.contract.mapping.forms import CellOf, Form


@dataclass(frozen=True)
class Condition:
    """What must be true of one cell: `sort` is is, is_not, starts_with or filled."""

    column: str
    sort: str
    texts: tuple[str, ...] = ()
    filled: bool = True

    @property
    def needs_column(self) -> bool:
        """Whether it can be judged only where the report has the column; a missing cell is simply not filled."""
        return self.sort != "filled"

    def holds(self, text: str) -> bool:
        """Whether it is true of a cell's text, as it is in SQL."""
        said, asked = plain(text), {plain(one) for one in self.texts}
        if self.sort == "filled":
            return bool(text) is self.filled
        if self.sort == "starts_with":
            return said.startswith(tuple(asked))
        return (said in asked) is (self.sort == "is")

    def sql(self, cell: CellOf) -> str:
        """The SQL of it, true or false for every row."""
        text = cell(self.column)
        if self.sort == "filled":
            return f"({text} IS {'NOT ' if self.filled else ''}NULL)"
        said = plain_sql(text)
        if self.sort == "starts_with":
            begins = " OR ".join(f"starts_with({said}, {sql_text(plain(start))})" for start in self.texts)
            return f"coalesce({begins}, false)"
        among = f"coalesce({said} IN ({', '.join(sql_text(plain(one)) for one in self.texts)}), false)"
        return f"(NOT {among})" if self.sort == "is_not" else among


@dataclass(frozen=True)
class Heading:
    """Rows with only one cell filled head a group; their text is a column `into` of the rows below."""

    column: str
    into: str


@dataclass(frozen=True)
class RowRules:
    """Which rows below the header are records, and what the others say about them."""

    header: int | None = None
    without: tuple[Condition, ...] = ()
    heading: Heading | None = None
    carry_down: tuple[str, ...] = ()
    only: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class TableMap:
    """How a row of the report becomes a row of one table; one for each entry of an `each`."""

    into: str
    columns: Map[str, Form]
    only: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class RecognisedBy:
    """What tells the report: headers that stand in one row and, if given, patterns of its name, one of which fits."""

    headers: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """One report and what becomes of it. Its id is the name of its file; `about` is what a person wrote of it."""

    id: str
    report: str
    recognised_by: RecognisedBy
    tables: tuple[TableMap, ...]
    rows: RowRules = RowRules()
    spellings: Map[str, tuple[str, ...]] = field(default_factory=dict)
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    path: Path | None = None
    about: str = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition in it."""
        of_tables = (condition for table in self.tables for condition in table.only)
        return (*self.rows.without, *self.rows.only, *of_tables)

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Every header it names, each once as first spelt: the columns that may be read at all."""
        rows = self.rows
        named = [*self.recognised_by.headers, *self.spellings, *rows.carry_down]
        named += [condition.column for condition in self.conditions]
        named += [header for table in self.tables for form in table.columns.values() for header in form.headers]
        if rows.heading:
            named.append(rows.heading.column)
        first = {plain(name): name for name in reversed(named)}
        first.pop(plain(self.made), None)
        return tuple(name for name in dict.fromkeys(named) if first.get(plain(name)) == name)

    @property
    def made(self) -> str:
        """The column that is made of the headings of groups, if there are such."""
        return self.rows.heading.into if self.rows.heading else ""

    @cached_property
    def _first(self) -> Map[str, str]:
        return {plain(name): name for name in (*self.headers, self.made)}

    def called(self, header: str) -> str:
        """A header as the mapping first spells it."""
        return self._first.get(plain(header), header)
