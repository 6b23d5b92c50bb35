"""A list of a return from a file of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.returns.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def sheet_of(connection: duckdb.DuckDBPyConnection, path: Path) -> Sheet:
    """The list a query gives. The file's first line is its title, the second what tells rows of one child apart.

    A list of children begins with the child's number, under a header that says so.
    """
    sql = path.read_text(encoding="utf-8")
    title, key = (line.removeprefix("-- ") for line in sql.splitlines()[:2])
    found = connection.execute(sql)
    headers = tuple(column[0] for column in found.description or ())
    child = headers[0] if "child" in headers[0].lower() else ""
    told = tuple(part for part in key.removeprefix("told apart by: ").split("; ") if part in headers)
    return Sheet(title.partition(":")[0], headers, tuple(found.fetchall()), child, title, told)
