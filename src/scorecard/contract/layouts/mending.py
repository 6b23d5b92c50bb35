"""What mending rows of text has in common, whatever the layout: to change, to count, and to say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Rows
from scorecard.contract.sources.piece import ROW, sql_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from scorecard.contract.layouts.poured import Poured

PLACE = "_place"
"""In rows of several files put together, which of the files a row is from, counted from 0."""


def united(files: Sequence[Poured], *columns: str) -> str:
    """The SQL of some columns of all files of a table, NULL where a file lacks one; no row where there is no file."""
    parts = [
        f"SELECT {place} AS {PLACE}, {ROW}, {', '.join(_column(file, name) for name in columns)} FROM {file.relation}"
        for place, file in enumerate(files)
    ]
    nothing = ", ".join(f"CAST(NULL AS VARCHAR) AS {sql_name(name)}" for name in columns)
    return " UNION ALL ".join(parts) or f"SELECT 0 AS {PLACE}, 0 AS {ROW}, {nothing} WHERE false"


def _column(file: Poured, name: str) -> str:
    return sql_name(name) if name in file.columns else f"CAST(NULL AS VARCHAR) AS {sql_name(name)}"


def changed(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> int:
    """Run an UPDATE, an INSERT or a DELETE, and say how many rows it touched."""
    found = connection.execute(sql, list(values)).fetchone()
    return int(found[0]) if found else 0


def with_column(connection: duckdb.DuckDBPyConnection, file: Poured, column: str) -> Poured:
    """The file with a column more, empty yet, unless it has it."""
    if column in file.columns:
        return file
    connection.execute(f"ALTER TABLE {file.relation} ADD COLUMN {sql_name(column)} VARCHAR")
    return file._replace(columns=file.columns | {column})


def mended(number: int, said: Finding) -> list[Finding]:
    r"""What is said of rows that were mended or had to stay out, with their number before it; nothing of none.

    >>> from scorecard.contract.report import Severity
    >>> [str(one) for one in mended(2, Finding("example", Severity.NOTE, "given a key.", "Nothing needs doing."))]
    ['the extract: 2 rows: given a key.\n  Nothing needs doing.']
    """
    if not number:
        return []
    problem = f"{number:,} {'row' if number == 1 else 'rows'}: {said.problem}"
    return [replace(said, problem=problem, rows=Rows((), number))]
