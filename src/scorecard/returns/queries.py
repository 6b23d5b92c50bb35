"""Lists of a return from files of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.returns.sheet import Sheet

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb


WORDS = "words.sql"
"""What the queries of a return share, in a file beside them."""


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
    return Sheet(title.partition(":")[0], headers, tuple(found.fetchall()), child, title, told, path)


def begin_year(connection: duckdb.DuckDBPyConnection, as_at: date, queries: Path) -> int:
    """Make ready a yearly return's queries: the day, the 1 April before it, the return's year, and their own words."""
    april = Period.holding(as_at).april
    for name, value in {"as_at": as_at, "year_start": april.first_day}.items():
        connection.execute(f"SET VARIABLE {name} = DATE '{value.isoformat()}'")
    connection.execute(f"SET VARIABLE return_year = {april.year + 1}")
    connection.execute((queries / WORDS).read_text(encoding="utf-8"))
    return april.year + 1
