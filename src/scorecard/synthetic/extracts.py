"""Extracts: what the records said at the end of a day, as files."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.load import load_contract
from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.synthetic.recording import Register, Row, Value

_RECORDED, _REMOVED = "recorded__on", "removed__on"
_KNOWN, _BEFORE = "__known_on", "__before"
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Kept:
    """One table as it lies in memory: its columns, and those whose values became known after their row."""

    name: str
    columns: tuple[str, ...]
    later: frozenset[str]

    @property
    def stored(self) -> list[str]:
        """All columns, with the hidden ones that hold when each was recorded."""
        hidden = [
            f"{column}{suffix}" for column in self.columns if column in self.later for suffix in (_KNOWN, _BEFORE)
        ]
        return [*self.columns, *hidden, _RECORDED, _REMOVED]


@dataclass(frozen=True)
class Archive:
    """The register in a database in memory, ready to be asked what was known on a day."""

    database: duckdb.DuckDBPyConnection
    tables: tuple[Kept, ...]

    def write(self, as_at: date, folder: Path) -> None:
        """Write one file a table: rows and values recorded by the end of the day."""
        folder.mkdir(parents=True, exist_ok=True)
        for table in self.tables:
            self.database.execute(_copy(table, as_at, folder / f"{table.name}.csv"))


def archive(register: Register) -> Archive:
    """Put the register into a database."""
    database = duckdb.connect(":memory:")
    database.execute("SET threads = 1")
    tables = tuple(_kept(name, rows) for name, rows in sorted(register.tables.items()))
    with tempfile.TemporaryDirectory() as folder:
        for table in tables:
            _load(database, table, register.tables[table.name], Path(folder) / f"{table.name}.csv")
    return Archive(database, tables)


@cache
def _columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table that hold nobody's name, address or free text."""
    return tuple(column.name for column in load_contract().tables[name].columns if not column.personal)


def _kept(name: str, rows: list[Row]) -> Kept:
    later = {column for row in rows for column, value in row.values.items() if isinstance(value, Later)}
    return Kept(name, _columns_of(name), frozenset(later))


def _load(database: duckdb.DuckDBPyConnection, table: Kept, rows: list[Row], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(table.stored)
        writer.writerows(_stored(table, row) for row in rows)
    columns = ", ".join(f"'{column}': 'VARCHAR'" for column in table.stored)
    database.execute(
        f"CREATE TABLE {table.name} AS SELECT * FROM read_csv(?, header = true, columns = {{{columns}}})",  # noqa: S608 - names of the contract
        [str(file)],
    )


def _stored(table: Kept, row: Row) -> Iterator[str]:
    values = row.values
    for column in table.columns:
        value = values.get(column)
        yield _text(value.value if isinstance(value, Later) else value)
    for column in table.columns:
        if column in table.later:
            value = values.get(column)
            yield value.recorded.isoformat() if isinstance(value, Later) else ""
            yield _text(value.before) if isinstance(value, Later) else ""
    yield row.recorded.isoformat()
    yield row.removed.isoformat() if row.removed else _NEVER


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)


def _copy(table: Kept, as_at: date, file: Path) -> str:
    day = as_at.isoformat()
    shown = ", ".join(_shown(column, day) if column in table.later else column for column in table.columns)
    where = f"{_RECORDED} <= '{day}' AND {_REMOVED} > '{day}'"
    target = str(file).replace("'", "''")
    return f"COPY (SELECT {shown} FROM {table.name} WHERE {where}) TO '{target}' (HEADER, DELIMITER ',')"  # noqa: S608 - names of the contract, a day


def _shown(column: str, day: str) -> str:
    return f"CASE WHEN {column}{_KNOWN} > '{day}' THEN {column}{_BEFORE} ELSE {column} END AS {column}"
