"""One invented council for all tests of it, and its extracts as DuckDB tables."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType
from scorecard.synthetic import World, build, write_extract
from scorecard.synthetic.working_days import is_working_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ask = "Callable[[str, str], Any]"
_KINDS = {ColumnType.DATE: "DATE", ColumnType.MOMENT: "TIMESTAMP", ColumnType.INTEGER: "BIGINT"}


@pytest.fixture(scope="session")
def world() -> World:
    return build(1)


def opened(world: World, day: str, folder: Path) -> duckdb.DuckDBPyConnection:
    """One extract, read with plain SQL and a working-day count of its own."""
    write_extract(world, date.fromisoformat(day), folder)
    database = duckdb.connect(":memory:")
    database.execute("SET threads = 1")
    for name, table in load_contract().tables.items():
        file = folder / f"{name}.csv"
        kinds = {column.name: _KINDS.get(column.type, "VARCHAR") for column in table.columns if not column.personal}
        listed = ", ".join(f"'{column}': '{kind}'" for column, kind in kinds.items())
        if file.exists():
            database.execute(
                f"CREATE TABLE {name} AS FROM read_csv('{file.as_posix()}', header = true, columns = {{{listed}}})",
            )
        else:
            columns = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
            database.execute(f"CREATE TABLE {name} ({columns})")
    _working_days(database)
    return database


def _working_days(database: duckdb.DuckDBPyConnection) -> None:
    day, number, rows = date(2016, 1, 1), 0, []
    while day < date(2023, 12, 31):
        number += is_working_day(day)
        rows.append(f"(DATE '{day}', {number})")
        day += timedelta(days=1)
    database.execute("CREATE TABLE working (day DATE, number INTEGER)")
    database.execute(f"INSERT INTO working VALUES {', '.join(rows)}")
    database.execute(
        "CREATE MACRO wd(a, b) AS (SELECT w.number FROM working AS w WHERE w.day = b)"
        " - (SELECT v.number FROM working AS v WHERE v.day = a)",
    )


@pytest.fixture(scope="session")
def ask(world: World, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Any]:
    """What an extract of a day answers: one value, one row, or all rows."""
    kept = cache(lambda day: opened(world, day, tmp_path_factory.mktemp(f"extract-{day}")))

    def answer(day: str, query: str) -> Any:
        rows = kept(day).execute(query).fetchall()
        if len(rows) == 1:
            return rows[0][0] if len(rows[0]) == 1 else rows[0]
        return rows

    return answer
