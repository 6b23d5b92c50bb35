"""Rows of one record that a council's several reports each tell a part of, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.joining import UNITED
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.contract.staging import FILE, Stage, fault_of, where_selected

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb


def gather(connection: duckdb.DuckDBPyConnection, stage: Stage) -> Iterator[Finding]:
    """Make one row of the rows of one key, each gap filled from the next; the first report leads.

    Rows that contradict one another are left as they are, for then nobody knows which is right; but of a child, a
    worker or a team the first report is followed and the others are told.
    """
    key = [name for name in stage.table.key if name in stage.supplied]
    if len(key) < len(stage.table.key):
        return
    united = stage.table.name in UNITED
    yield from (_contradicted if united else _of_one_report)(connection, stage, key)
    names = ", ".join(map(sql_name, key))
    whole = " AND ".join(f"{sql_name(name)} IS NOT NULL" for name in key)
    others = [column.name for column in (*stage.read, *stage.packed) if column.name not in key]
    agree = "" if united else "".join(f" AND count(DISTINCT {sql_name(name)}) <= 1" for name in others)
    gathered = sql_name(f"_gathered_{stage.table.name}")
    # Names of the contract and of our own tables.
    connection.execute(
        f"CREATE TEMP TABLE {gathered} AS SELECT {names}, {', '.join(map(_first, _others(stage, key)))}"
        f" FROM {stage.relation} WHERE {whole} GROUP BY {names} HAVING count(*) > 1{agree}"
    )
    connection.execute(f"DELETE FROM {stage.relation} WHERE ({names}) IN (SELECT ({names}) FROM {gathered})")
    connection.execute(f"INSERT INTO {stage.relation} BY NAME FROM {gathered}")
    connection.execute(f"DROP TABLE {gathered}")


def _of_one_report(connection: duckdb.DuckDBPyConnection, stage: Stage, key: list[str]) -> Iterator[Finding]:
    """Rows of one key in one and the same report, which may be two things that happened."""
    names = ", ".join(map(sql_name, key))
    whole = " AND ".join(f"{sql_name(name)} IS NOT NULL" for name in key)
    again = (
        f"SELECT DISTINCT {FILE}, {ROW} FROM {stage.relation} WHERE {whole}"
        f" QUALIFY {ROW} > min({ROW}) OVER (PARTITION BY {FILE}, {names})"
    )
    for file, rows in where_selected(connection, stage, again, None):
        yield Finding(
            "one_key",
            Severity.NOTE,
            "The row has the key of a row before it; where they do not contradict one another they are one record.",
            "If each of them is a record of its own, add to the key of the mapping a column that tells them apart.",
            file,
            rows,
            " and ".join(key),
            stage.table.name,
        )


def _others(stage: Stage, key: list[str]) -> list[str]:
    """Every column of a gathered row but its key: its place, the faults of its cells and texts as they arrived too."""
    faults = [fault_of(column.name) for column in stage.read]
    named = [FILE, ROW, *(column.name for column in (*stage.read, *stage.packed)), *faults, *stage.arrived]
    return [name for name in named if name not in key]


def _first(name: str) -> str:
    column = sql_name(name)
    return f"first({column} ORDER BY {FILE}, {ROW}) FILTER ({column} IS NOT NULL) AS {column}"


def _contradicted(connection: duckdb.DuckDBPyConnection, stage: Stage, key: list[str]) -> Iterator[Finding]:
    """Rows that say otherwise than the first report does of the same child, worker or team."""
    names = ", ".join(map(sql_name, key))
    for column in (one.name for one in stage.read if one.name not in key):
        first = (
            f"SELECT {names}, first({sql_name(column)} ORDER BY {FILE}, {ROW}) AS first_said FROM {stage.relation}"
            f" WHERE {sql_name(column)} IS NOT NULL GROUP BY {names}"
        )
        sql = f"SELECT a.{FILE}, a.{ROW} FROM {stage.relation} AS a JOIN ({first}) AS b USING ({names})"
        sql += f" WHERE a.{sql_name(column)} <> b.first_said"
        for file, rows in where_selected(connection, stage, sql, None):
            yield Finding(
                "reports_differ",
                Severity.WARN,
                "Another row says otherwise of the same record; the first was followed.",
                "Find out which is right, and put the other right in the case system.",
                file,
                rows,
                column,
                stage.table.name,
            )
