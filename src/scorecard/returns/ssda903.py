"""The return of children looked after (SSDA903): the lists of one year, each made by a query of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.load import FOLDER
from scorecard.returns.queries import begin_year, sheet_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb

    from scorecard.returns.sheet import Sheet

QUERIES: Path = FOLDER.parent / "returns" / "ssda903"

_LISTS = ("header", "episodes", "reviews", "uasc", "oc2", "oc3", "ad1", "placed-adoption", "prev-perm", "missing")
_FROM_2024 = ("sw-episodes",)
_WORKERS_ASKED = 2024


def ssda903(connection: duckdb.DuckDBPyConnection, as_at: date) -> tuple[Sheet, ...]:
    """The return of the year that holds a day, as it stood at that day's end; what was recorded for later is left out.

    Home and placement postcodes and pupil numbers are columns of the return that stay empty: they are never loaded.
    """
    year = begin_year(connection, as_at, QUERIES)
    asked = (*_LISTS, *(_FROM_2024 if year >= _WORKERS_ASKED else ()))
    return tuple(sheet_of(connection, QUERIES / f"{name}.sql") for name in asked)
