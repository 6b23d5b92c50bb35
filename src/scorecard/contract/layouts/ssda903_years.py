"""Which year's return a file of the SSDA903 belongs to: by its name, or else by its days, or by the files beside it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from scorecard.contract.layouts.poured import Raw

YEAR = "YEAR"
"""The header of the year (ending 31 March), which every file has once the years are told."""

DAYS = (
    *("DOB", "MC_DOB", "DECOM", "DEC", "REVIEW", "DUC", "MIS_START", "MIS_END", "SW_DECOM", "SW_DEC"),
    *("DATE_INT", "DATE_MATCH", "DATE_PLACED", "DATE_PLACED_CEASED"),
)
"""The headers under which days stand."""

_EPISODES = "episodes"
_TELLING = {
    _EPISODES: ("DECOM", "DEC"),
    "reviews": ("REVIEW",),
    "missing": ("MIS_START",),
    "sw-episodes": ("SW_DECOM",),
}
"""The reports of what happened in the year, by whose latest day it can be told: the episodes before all others."""

_DAY = re.compile(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])-[0-3]\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)(20\d\d)[-_/ .]?(?:20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def year_named(label: str) -> int | None:
    """The year that a name speaks of, told by the 31 March it ends on.

    >>> [year_named(name) for name in ("2020-21/Episodes.csv", "SSDA903_2020_episodes.csv", "903 to 2021-11-30.csv")]
    [2021, 2020, 2022]
    >>> year_named("Episodes 201920.csv"), year_named("episodes.csv")
    (2020, None)
    """
    if found := _DAY.search(label):
        return Period(int(found[1]), int(found[2])).financial_year + 1
    for first, last in _SPAN.findall(label):
        if (int(first) + 1) % 100 == int(last):
            return int(first) + 1
    found = _YEAR.search(label)
    return int(found[1]) if found else None


def tell_years(
    connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]], as_at: date | None
) -> tuple[dict[str, int | None], list[Finding]]:
    """Give every row its year; a column YEAR of the file's own goes before all else. Says which files have none."""
    every = [(name, one) for name, files in raw.items() for one in files]
    told = {one.label: year_named(one.label) for _, one in every}
    for name, one in every:
        if name == _EPISODES:
            told[one.label] = told[one.label] or _of_days(connection, one, _TELLING[name], as_at)
    known = [(one.label, year) for name, one in every if name == _EPISODES and (year := told[one.label])]
    for name, one in every:
        year = told[one.label] or _beside(one.label, known)
        told[one.label] = year or _of_days(connection, one, _TELLING.get(name, ()), as_at)
    for files in raw.values():
        files[:] = [_with_year(connection, one, told[one.label]) for one in files]
    return told, [_not_told(one.label) for files in raw.values() for one in files if _lacks_year(connection, one)]


def _of_days(connection: duckdb.DuckDBPyConnection, one: Raw, headers: Sequence[str], as_at: date | None) -> int | None:
    """The year that holds the latest day of a file; one after the extract's day is a slip."""
    days = [f"_believed(_moment({sql_name(header)}))" for header in headers if header in one.headers]
    listed = " UNION ALL ".join(f"SELECT CAST({day} AS DATE) AS day FROM {one.relation}" for day in days)
    if not listed:
        return None
    # Names of our own headers and tables.
    found = connection.execute(f"SELECT max(day) FROM ({listed}) WHERE day <= coalesce(?, day)", [as_at]).fetchone()
    return Period.holding(found[0]).financial_year + 1 if found and found[0] else None


def _beside(label: str, known: Sequence[tuple[str, int]]) -> int | None:
    """The one year of the episodes in the same file, in the same folder, or of all."""
    for place in (label.partition(", ")[0], label.rpartition("/")[0], ""):
        years = {year for other, year in known if other.startswith(place)}
        if len(years) == 1:
            return years.pop()
    return None


def _with_year(connection: duckdb.DuckDBPyConnection, one: Raw, year: int | None) -> Raw:
    if YEAR not in one.headers:
        connection.execute(f"ALTER TABLE {one.relation} ADD COLUMN {YEAR} VARCHAR")
    # A council's own column may hold 2020/21 or 2021; what is no such year is as if it were empty.
    first = f"TRY_CAST(nullif(regexp_extract({YEAR}, '^20\\d\\d'), '') AS INTEGER)"
    span = f"{first} + CASE WHEN length({YEAR}) > 4 THEN 1 ELSE 0 END"
    connection.execute(f"UPDATE {one.relation} SET {YEAR} = coalesce(CAST({span} AS VARCHAR), ?)", [year and str(year)])
    return one._replace(headers=one.headers | {YEAR})


def _lacks_year(connection: duckdb.DuckDBPyConnection, one: Raw) -> bool:
    found = connection.execute(f"SELECT 1 FROM {one.relation} WHERE {YEAR} IS NULL LIMIT 1").fetchone()
    return found is not None


def _not_told(label: str) -> Finding:
    return Finding(
        "no_year",
        Severity.WARN,
        "It does not say which year's return it is, and the files beside it are of several years.",
        "Put the year into the name of the file or of its folder, such as “Header 2020-21.csv”.",
        label,
    )


def known_from(years: Iterable[int]) -> date | None:
    """The first 1 April of the unbroken run of years that ends with the newest; a missing year breaks it.

    >>> known_from([2018, 2020, 2021, 2022])
    datetime.date(2019, 4, 1)
    """
    there = set(years)
    if not there:
        return None
    first = max(there)
    while first - 1 in there:
        first -= 1
    return date(first - 1, 4, 1)


def stops_short(connection: duckdb.DuckDBPyConnection, as_at: date | None) -> date | None:
    """The last day of the newest return's year, where that lies before the extract's day."""
    found = connection.execute("SELECT max(year) FROM ssda903_years WHERE report = 'episodes'").fetchone()
    ends = date(found[0], 3, 31) if found and found[0] else None
    return ends if ends and as_at and ends < as_at else None
