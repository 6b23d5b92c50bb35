"""What is wrong with single cells of a table that was read, and which of its rows cannot count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.cleaning import Fault
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name
from scorecard.contract.staging import Stage, fault_of, where_found, where_selected
from scorecard.contract.types import Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

_DAYS = (ColumnType.DATE, ColumnType.MOMENT)

# What is said about each fault: its name, how grave it is, what is wrong, what to do.
_SAID = {
    Fault.NO_DAY: (
        "bad_date",
        Severity.WARN,
        "The cell holds no day of the calendar; it is taken as empty.",
        "Correct it to a real day, written YYYY-MM-DD or dd/mm/yyyy.",
    ),
    Fault.MONTH_FIRST: (
        "month_first",
        Severity.BLOCK,
        "The column seems to have the month first, so days up to the 12th would be read wrongly.",
        "Export it with days written YYYY-MM-DD or dd/mm/yyyy.",
    ),
    Fault.SHORT_YEAR: (
        "short_year",
        Severity.WARN,
        "The year has two digits, so its century is not known; the cell is taken as empty.",
        "Write the year with four digits.",
    ),
    Fault.UNLIKELY_YEAR: (
        "unlikely_year",
        Severity.WARN,
        "The day lies before 1900 or after 2100; the cell is taken as empty.",
        "Correct the year.",
    ),
    Fault.NO_TIME: (
        "no_time",
        Severity.NOTE,
        "The cell holds a day without a time, which is taken as midnight.",
        "Export the time as well, since hours are counted from it.",
    ),
    Fault.NO_FLAG: (
        "bad_flag",
        Severity.WARN,
        "The cell is neither yes nor no; it is taken as empty.",
        "Write Y or N.",
    ),
    Fault.UNKNOWN_CODE: (
        "unknown_code",
        Severity.WARN,
        "The code is not in the column's list; it is kept as it is.",
        "Correct it, or see in the contract's reference which codes there are.",
    ),
    Fault.EARLY_CODE: (
        "early_code",
        Severity.NOTE,
        "The code is in the column's list, but only for later return years.",
        "Nothing needs doing if your case system uses it already.",
    ),
    Fault.NO_NUMBER: (
        "bad_number",
        Severity.WARN,
        "The cell holds no number of the kind wanted; it is taken as empty.",
        "Write digits, with a point before decimals.",
    ),
    Fault.ROUNDED_ID: (
        "rounded_id",
        Severity.WARN,
        "A spreadsheet has turned the identifier into a rounded number such as 1.2E+17.",
        "Export the column as text, so that no digit is lost.",
    ),
}


def cell_findings(connection: duckdb.DuckDBPyConnection, stage: Stage, as_at: date | None) -> Iterator[Finding]:
    """Everything found wrong with the cells of one table, column by column."""
    faulty, late = _faulty_columns(connection, stage, as_at)
    for column in faulty:
        yield from _faults(connection, stage, column)
    for column in late:
        yield from _after_as_at(connection, stage, column, as_at)


def _faulty_columns(
    connection: duckdb.DuckDBPyConnection,
    stage: Stage,
    as_at: date | None,
) -> tuple[list[Column], list[Column]]:
    """One look over the whole table: the columns with faults, and those with days after the as-at date."""
    columns = stage.read
    if not columns:
        return [], []
    dated = [column for column in columns if column.type in _DAYS and not column.planned] if as_at else []
    counts = [f"count({sql_name(fault_of(column.name))})" for column in columns]
    counts += [f"count(*) FILTER (WHERE CAST({sql_name(column.name)} AS DATE) > $as_at)" for column in dated]
    values = {"as_at": as_at} if dated else None
    # Names of the contract and of our own tables.
    found = connection.execute(f"SELECT {', '.join(counts)} FROM {stage.relation}", values).fetchone() or ()
    faulty = [column for column, count in zip(columns, found, strict=False) if count]
    late = [column for column, count in zip(dated, found[len(columns) :], strict=True) if count]
    return faulty, late


def _faults(connection: duckdb.DuckDBPyConnection, stage: Stage, column: Column) -> Iterator[Finding]:
    fault = sql_name(fault_of(column.name))
    # Names of the contract and of our own tables.
    kinds = connection.execute(f"SELECT DISTINCT {fault} FROM {stage.relation} WHERE {fault} IS NOT NULL").fetchall()
    for (number,) in sorted(kinds):
        code, severity, problem, remedy = _SAID[Fault(number)]
        for file, rows in where_found(connection, stage, f"{fault} = {int(number)}"):
            yield Finding(code, severity, problem, remedy, file, rows, column.name, stage.table.name)


def _after_as_at(
    connection: duckdb.DuckDBPyConnection,
    stage: Stage,
    column: Column,
    as_at: date | None,
) -> Iterator[Finding]:
    # Names of the contract and of our own tables.
    sql = f"SELECT * FROM {stage.relation} WHERE CAST({sql_name(column.name)} AS DATE) > $as_at"
    for file, rows in where_selected(connection, stage, sql, {"as_at": as_at}):
        yield Finding(
            "after_as_at",
            Severity.WARN,
            "The day lies after the date the extract speaks of.",
            "Correct it, or see whether the extract's as-at date is right.",
            file,
            rows,
            column.name,
            stage.table.name,
        )


def rows_that_cannot_count(connection: duckdb.DuckDBPyConnection, stage: Stage) -> Iterator[Finding]:
    """The rows that are kept but count nowhere, since a column that every row needs is empty."""
    if not count_that_cannot(connection, stage):
        return
    for column in stage.table.counting:
        if column.name not in stage.supplied:
            continue
        for file, rows in where_found(connection, stage, f"a.{sql_name(column.name)} IS NULL"):
            yield Finding(
                "cannot_count",
                Severity.WARN,
                "The cell is empty, or was taken as empty, so the row is kept but counts nowhere.",
                "Fill it in the case system and export again.",
                file,
                rows,
                column.name,
                stage.table.name,
            )


def count_that_cannot(connection: duckdb.DuckDBPyConnection, stage: Stage) -> int:
    """How many rows those are."""
    empty = " OR ".join(f"{sql_name(column.name)} IS NULL" for column in stage.table.counting) or "false"
    # Names of the contract and of our own tables.
    found = connection.execute(f"SELECT count(*) FROM {stage.relation} WHERE {empty}").fetchone()
    return int(found[0]) if found else 0
