"""Tables and columns as the contract states them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.contract.constraint import Constraint


class ColumnType(StrEnum):
    """What a column holds. Ids are text, compared trimmed; a date is a day, a moment a local date and time."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    FLAG = "flag"
    DATE = "date"
    MOMENT = "moment"
    INTEGER = "integer"
    DECIMAL = "decimal"

    @property
    def sql(self) -> str:
        """Its type in SQL, the same word on every engine we speak to."""
        return _SQL_TYPES[self]


_SQL_TYPES = {
    ColumnType.ID: "VARCHAR",
    ColumnType.TEXT: "VARCHAR",
    ColumnType.CODE: "VARCHAR",
    ColumnType.FLAG: "VARCHAR",
    ColumnType.DATE: "DATE",
    ColumnType.MOMENT: "TIMESTAMP",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DECIMAL: "DOUBLE PRECISION",
}


@dataclass(frozen=True)
class Code:
    """One code of a list, with the return years (ending 31 March) in which it may be used."""

    code: str
    label: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Reference:
    """The column of another table whose values this one repeats."""

    table: str
    column: str


@dataclass(frozen=True)
class Column:
    """One column. A personal one (names, addresses, free text) is in the standard, and is never loaded.

    A required column must be there, and a row without a value in it counts nowhere, unless it `may_be_empty`.
    `outcomes` marks a column that holds JSON flags or a comma list, unpacked into `ssdx_outcomes` when an extract is
    taken. A `planned` day may lie after the extract's as-at date.
    """

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    may_be_empty: bool = False
    planned: bool = False
    personal: bool = False
    outcomes: bool = False
    codes: str | None = None
    references: Reference | None = None
    also_named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row of it is, what tells two rows apart, its columns in order.

    A derived table is made when an extract is taken, not supplied; without an essential one nothing can be taken. Of
    one that grows month by month, `volume` is the column of the day by which its rows are held against those of a year.
    """

    name: str
    meaning: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    derived: bool = False
    essential: bool = False
    constraints: tuple[Constraint, ...] = ()
    volume: str = ""

    @property
    def loaded(self) -> tuple[Column, ...]:
        """The columns that are kept: all but the personal and the packed ones."""
        return tuple(column for column in self.columns if not column.personal and not column.outcomes)

    @property
    def packed(self) -> tuple[Column, ...]:
        """The columns whose outcomes are unpacked into `ssdx_outcomes`."""
        return tuple(column for column in self.columns if column.outcomes)

    @property
    def counting(self) -> tuple[Column, ...]:
        """The columns without whose values a row counts nowhere."""
        return tuple(column for column in self.columns if column.required and not column.may_be_empty)

    @property
    def person(self) -> Column | None:
        """The column that says which child a row is about."""
        whose = (column for column in self.columns if column.references and column.references.table == "ssd_person")
        return next(whose, None)

    @property
    def naming_children(self) -> tuple[Column, ...]:
        """Every column that is kept and names a child: in the persons' own table the key, elsewhere what repeats it."""
        return tuple(
            column
            for column in self.loaded
            if (column.references.table if column.references else column.name in self.key and self.name) == "ssd_person"
        )

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Contract:
    """The whole: version, tables by name, code lists by name."""

    version: str
    tables: Mapping[str, Table]
    codes: Mapping[str, tuple[Code, ...]]
