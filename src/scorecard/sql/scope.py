"""The names that a part of a definition may use: tables, steps and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.contract.types import ColumnType
from scorecard.sql.offence import did_you_mean
from scorecard.sql.word import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlglot import exp

    from scorecard.sql.offence import Told

Columns = Mapping[str, Kind]
"""The columns of a table or step, with what each holds."""

RESERVED = "scorecard_"
REPORT_DAYS: Columns = {"day": Kind.DAY}
CASES: Columns = {"case_id": Kind.TEXT, "child_id": Kind.TEXT, "event_date": Kind.DAY}
_HOLDS = {
    ColumnType.DATE: Kind.DAY,
    ColumnType.MOMENT: Kind.MOMENT,
    ColumnType.INTEGER: Kind.NUMBER,
    ColumnType.DECIMAL: Kind.NUMBER,
}


@dataclass
class Scope:
    """The tables of one SELECT by alias (none for a table not known), and the scope around it where it is inside."""

    around: Scope | None = None
    tables: dict[str, Columns | None] = field(default_factory=dict)

    def outwards(self) -> Iterator[Scope]:
        """This scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.around

    @property
    def aliases(self) -> dict[str, Columns | None]:
        """All tables in reach; the innermost wins."""
        return {alias: columns for scope in reversed(list(self.outwards())) for alias, columns in scope.tables.items()}

    def kind_of(self, column: exp.Column, told: Told) -> Kind:
        """What a column holds; tells where it is not known or not clear whose it is."""
        if column.table:
            return self._qualified(column, told)
        return self._unqualified(column, told)

    def _qualified(self, column: exp.Column, told: Told) -> Kind:
        if column.table not in self.aliases:
            known = f"The aliases in reach are {', '.join(sorted(self.aliases)) or 'none'}."
            told.say(column, f"there is no table or step with the alias “{column.table}” here", known)
            return Kind.ANY
        return _look_up(column, self.aliases[column.table], f"“{column.table}”", told)

    def _unqualified(self, column: exp.Column, told: Told) -> Kind:
        aliases = self.aliases
        if len(aliases) != 1:
            owners = sorted(alias for alias, columns in aliases.items() if column.name in (columns or ()))
            remedy = f"Write {owners[0]}.{column.name}." if owners else "Write alias.column."
            told.say(column, f"it is not said which table “{column.name}” is of", remedy)
            return Kind.ANY
        return _look_up(column, next(iter(aliases.values())), "the table", told)


def _look_up(column: exp.Column, columns: Columns | None, whose: str, told: Told) -> Kind:
    if columns is None:
        return Kind.ANY  # told once, for the table
    if column.name not in columns:
        remedy = did_you_mean(column.name, columns, f"It has {', '.join(sorted(columns)[:12])}.")
        told.say(column, f"{whose} has no column “{column.name}”", remedy)
    return columns.get(column.name, Kind.ANY)


def columns_of(table: Collection[str]) -> Columns:
    """A table's columns with what each holds, as far as its types are given."""
    if isinstance(table, Mapping):
        return {name: _HOLDS.get(type_, Kind.TEXT) for name, type_ in table.items()}
    return dict.fromkeys(table, Kind.ANY)
