"""One table of an extract brought together from its files: typed, with each cell's fault beside it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.cleaning import cell, filled, trimmed
from scorecard.contract.layouts.poured import ARRIVED
from scorecard.contract.report import SHOWN_ROWS, Rows
from scorecard.contract.sources.piece import ROW, sql_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from scorecard.contract.layouts.poured import Poured
    from scorecard.contract.types import Column, Contract, Table

FILE = "_file"


@dataclass(frozen=True)
class Stage:
    """A table as it was read: where its rows stand, the files they came from, and the columns that were supplied."""

    table: Table
    relation: str
    files: tuple[str, ...]
    supplied: frozenset[str]

    @property
    def read(self) -> tuple[Column, ...]:
        """The loaded columns that were supplied."""
        return tuple(column for column in self.table.loaded if column.name in self.supplied)

    @property
    def arrived(self) -> tuple[str, ...]:
        """The columns that keep texts as they arrived, beside the codes a mapping made of them."""
        return tuple(sorted(name for name in self.supplied if name.endswith(ARRIVED)))

    @property
    def packed(self) -> tuple[Column, ...]:
        """The packed columns that were supplied."""
        return tuple(column for column in self.table.packed if column.name in self.supplied)


def fault_of(column: str) -> str:
    """The name of the column that holds the fault of another column's cell."""
    return f"{column}__fault"


def stage(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    table: Table,
    poured: Sequence[Poured],
    return_year: int | None,
) -> Stage:
    """Make one typed table of what was poured from each file."""
    supplied = frozenset[str]().union(*(one.columns for one in poured))
    relation = sql_name(f"_stage_{table.name}")
    wanted = [column for column in (*table.loaded, *table.packed) if column.name in supplied]
    made = Stage(table, relation, tuple(one.label for one in poured), supplied)
    with _as_written(connection):
        connection.execute(f"CREATE TEMP TABLE {relation} AS {_typed(contract, made, wanted, poured, return_year)}")
    return made


@contextmanager
def _as_written(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Without the optimiser, which takes ten times longer over so many small expressions than they take to run."""
    connection.execute("PRAGMA disable_optimizer")
    try:
        yield
    finally:
        connection.execute("PRAGMA enable_optimizer")


def _typed(
    contract: Contract,
    made: Stage,
    wanted: Sequence[Column],
    poured: Sequence[Poured],
    return_year: int | None,
) -> str:
    """Text without blanks, then without placeholders, then moments, then values and faults: each step once."""
    cells = {column.name: cell(column, contract.codes, return_year) for column in wanted if not column.outcomes}
    prepared = "".join(f", {sql} AS {sql_name(name)}" for its in cells.values() for name, sql in its.prepared.items())
    values = [
        part
        for name, its in cells.items()
        for part in (f"{its.value} AS {sql_name(name)}", f"{its.fault} AS {sql_name(fault_of(name))}")
    ]
    values += [sql_name(column.name) for column in wanted if column.outcomes]
    texts = ", ".join(
        [f"{filled(column.name)} AS {sql_name(column.name)}" for column in wanted] + [*map(sql_name, made.arrived)]
    )
    values += map(sql_name, made.arrived)
    missing = [column for column in made.table.loaded if column.name not in cells]
    values += [f"CAST(NULL AS {column.type.sql}) AS {sql_name(column.name)}" for column in missing]
    names = [*(column.name for column in wanted), *made.arrived]
    # Names of the contract and of our own tables; every value stays in the engine.
    return (
        f"SELECT {FILE}, {ROW}, {', '.join(values)}"
        f" FROM (SELECT *{prepared} FROM (SELECT {FILE}, {ROW}, {texts} FROM ({_united(names, poured)})))"
    )


def _united(names: Sequence[str], poured: Sequence[Poured]) -> str:
    """The files one under another, a column that one of them lacks being empty."""
    parts = []
    for number, one in enumerate(poured):
        cells = (trimmed(name) if name in one.columns else "CAST(NULL AS VARCHAR)" for name in names)
        texts = ", ".join(f"{text} AS {sql_name(name)}" for name, text in zip(names, cells, strict=True))
        # Names of the contract and of our own tables.
        parts.append(f"SELECT {number} AS {FILE}, {ROW}, {texts} FROM {one.relation}")
    return " UNION ALL ".join(parts)


def where_found(
    connection: duckdb.DuckDBPyConnection,
    of: Stage,
    condition: str,
) -> Iterator[tuple[str, Rows]]:
    """For each file, the first rows for which something is true and how many there are."""
    # Conditions are built from names of the contract.
    yield from _by_file(connection, of, f"SELECT a.{FILE}, a.{ROW} FROM {of.relation} AS a WHERE {condition}")


def where_selected(
    connection: duckdb.DuckDBPyConnection, of: Stage, sql: str, values: Mapping[str, object] | None
) -> Iterator[tuple[str, Rows]]:
    """The same for rows that a query of ours selects."""
    yield from _by_file(connection, of, sql, values)


def _by_file(
    connection: duckdb.DuckDBPyConnection,
    of: Stage,
    sql: str,
    values: Mapping[str, object] | None = None,
) -> Iterator[tuple[str, Rows]]:
    found = connection.execute(
        f"SELECT {FILE}, min({ROW}, {SHOWN_ROWS}), count(*) FROM ({sql}) GROUP BY {FILE} ORDER BY {FILE}",
        values,
    ).fetchall()
    for number, first, count in found:
        yield of.files[number], Rows(tuple(first), count)
