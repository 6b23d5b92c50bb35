"""Rows that cannot be told apart, and rows that point at records which are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.contract.staging import FILE, Stage, where_selected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import duckdb

    from scorecard.contract.types import Column

_PERSON = "ssd_person"


def settle_duplicates(connection: duckdb.DuckDBPyConnection, stage: Stage) -> Iterator[Finding]:
    """Rows with the same key: the same row twice is kept once; of different rows under one key, which block, the first.

    Rows whose key is not complete are left alone: nothing says that they are the same.
    """
    key = [name for name in stage.table.key if name in stage.supplied]
    if len(key) < len(stage.table.key) or not _repeats(connection, stage, key):
        return
    clashing = [*_clashes(connection, stage, key)]
    yield from clashing
    yield from _drop_repeats(connection, stage)
    if clashing:
        _keep_first(connection, stage, key)


def _repeats(connection: duckdb.DuckDBPyConnection, stage: Stage, key: list[str]) -> bool:
    names = ", ".join(sql_name(name) for name in key)
    # Names of the contract and of our own tables.
    sql = f"SELECT 1 FROM {stage.relation} GROUP BY {names} HAVING count(*) > 1 LIMIT 1"
    return connection.execute(sql).fetchone() is not None


def _clashes(connection: duckdb.DuckDBPyConnection, stage: Stage, key: list[str]) -> Iterator[Finding]:
    whole = " AND ".join(f"{sql_name(name)} IS NOT NULL" for name in key)
    names = ", ".join(sql_name(name) for name in key)
    # Names of the contract and of our own tables.
    clashing = (
        f"SELECT {names} FROM {stage.relation} WHERE {whole}"
        f" GROUP BY {names} HAVING count(DISTINCT {_content(stage)}) > 1"
    )
    sql = f"SELECT a.* FROM {stage.relation} AS a SEMI JOIN ({clashing}) AS b USING ({names})"
    for file, rows in where_selected(connection, stage, sql, None):
        yield Finding(
            "duplicate_key",
            Severity.BLOCK,
            "Rows with the same key differ, so it is not known which is right.",
            "Find out why the export gives the record twice, and leave one row of it; until then the first counts.",
            file,
            rows,
            " and ".join(key),
            stage.table.name,
        )


def _keep_first(connection: duckdb.DuckDBPyConnection, stage: Stage, key: list[str]) -> None:
    """Leave one row of each complete key, the first of the files: a month may be frozen in spite of the others."""
    names = ", ".join(sql_name(name) for name in key)
    whole = " AND ".join(f"{sql_name(name)} IS NOT NULL" for name in key)
    # Names of the contract and of our own tables.
    others = (
        f"SELECT rowid FROM {stage.relation} WHERE {whole}"
        f" QUALIFY row_number() OVER (PARTITION BY {names} ORDER BY {FILE}, {ROW}) > 1"
    )
    connection.execute(f"DELETE FROM {stage.relation} WHERE rowid IN ({others})")


def _drop_repeats(connection: duckdb.DuckDBPyConnection, stage: Stage) -> Iterator[Finding]:
    """The same row again is taken out, the first one staying."""
    whole = " AND ".join(f"{sql_name(name)} IS NOT NULL" for name in stage.table.key)
    # Names of the contract and of our own tables.
    again = (
        f"SELECT {FILE}, {ROW}, rowid AS again FROM {stage.relation} WHERE {whole}"
        f" QUALIFY row_number() OVER (PARTITION BY {_content(stage)} ORDER BY {FILE}, {ROW}) > 1"
    )
    for file, rows in where_selected(connection, stage, again, None):
        yield Finding(
            "same_row_twice",
            Severity.NOTE,
            "The row is in the extract more than once; it is kept once.",
            "Nothing needs doing; an export that repeats rows is worth a look.",
            file,
            rows,
            table=stage.table.name,
        )
    connection.execute(f"DELETE FROM {stage.relation} WHERE rowid IN (SELECT again FROM ({again}))")


def _content(stage: Stage) -> str:
    columns = ", ".join(sql_name(column.name) for column in (*stage.read, *stage.packed))
    return f"row({columns})"


def orphans(connection: duckdb.DuckDBPyConnection, stages: Mapping[str, Stage]) -> Iterator[Finding]:
    """Rows that name a child, worker, team or record which the extract does not hold.

    Nothing is said where the other table was not supplied or is empty.
    """
    for stage in stages.values():
        for column in stage.read:
            to = column.references
            if to and to.table in stages and to.column in stages[to.table].supplied:
                yield from _orphans_of(connection, stage, column, stages[to.table])


def _orphans_of(connection: duckdb.DuckDBPyConnection, stage: Stage, column: Column, other: Stage) -> Iterator[Finding]:
    there = sql_name(column.references.column) if column.references else ""
    own = sql_name(column.name)
    # Names of the contract and of our own tables.
    sql = (
        f"SELECT a.* FROM {stage.relation} AS a WHERE a.{own} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {other.relation} AS b WHERE b.{there} = a.{own})"
        f" AND EXISTS (SELECT 1 FROM {other.relation} WHERE {there} IS NOT NULL)"
    )
    for file, rows in where_selected(connection, stage, sql, None):
        about_person = other.table.name == _PERSON
        yield Finding(
            "orphan",
            Severity.WARN if about_person else Severity.NOTE,
            f"The record it names is not in {other.table.name}.",
            f"Export {other.table.name} over the same span of time, or put the identifier right.",
            file,
            rows,
            column.name,
            stage.table.name,
        )


def relation_of(stages: Mapping[str, Stage]) -> Callable[[str], str]:
    """Where the rows of each table of the contract stand while an extract is being read."""
    return lambda name: stages[name].relation if name in stages else sql_name(name)
