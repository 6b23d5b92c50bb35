"""The return of children looked after (SSDA903): CSV sets or XML of several years, stitched into one history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.layout import Layout
from scorecard.contract.layouts.ssda903_history import finish
from scorecard.contract.layouts.ssda903_stitching import stitch
from scorecard.contract.layouts.ssda903_years import DAYS, stops_short, tell_years
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Raw

_LEAVERS = ("oc3", "child-xml")
_ACCOM, _SUITABLE = "ACCOM", "SUITABLE"


def prepare(connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]], as_at: date | None) -> list[Finding]:
    """Tell the years, write days one way so that a key is the same in every extract, and stitch the episodes."""
    years, findings = tell_years(connection, raw, as_at)
    for files in raw.values():
        for one in files:
            _write_days(connection, one)
    findings += stitch(connection, raw.get("episodes", ()))
    for name in _LEAVERS:
        raw[name] = [_home_and_suitability(connection, one) for one in raw.get(name, ())]
    _keep_years(connection, raw, years)
    return findings + _stops_short(connection, as_at)


def _write_days(connection: duckdb.DuckDBPyConnection, one: Raw) -> None:
    """Days as ISO days; what is no day stays as it arrived, for the check to tell."""
    days = [sql_name(header) for header in DAYS if header in one.headers]
    said = ", ".join(
        f"{day} = coalesce(CAST(CAST(_believed(_moment({day})) AS DATE) AS VARCHAR), {day})" for day in days
    )
    if said:
        # Names of our own headers and tables.
        connection.execute(f"UPDATE {one.relation} SET {said}")


def _home_and_suitability(connection: duckdb.DuckDBPyConnection, one: Raw) -> Raw:
    """ACCOM is a letter for the kind of home and 1 or 2 for its suitability, or 0 where nothing is known."""
    connection.execute(f"ALTER TABLE {one.relation} ADD COLUMN IF NOT EXISTS {_SUITABLE} VARCHAR")
    if _ACCOM in one.headers:
        both = f"regexp_full_match({_ACCOM}, '[A-Za-z][12]')"
        connection.execute(
            f"UPDATE {one.relation} SET {_SUITABLE} = CASE WHEN {both} THEN right({_ACCOM}, 1) END,"
            f" {_ACCOM} = CASE WHEN {both} THEN left({_ACCOM}, 1) WHEN {_ACCOM} <> '0' THEN {_ACCOM} END"
        )
    return one._replace(headers=one.headers | {_SUITABLE})


def _keep_years(connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]], years: dict[str, int | None]) -> None:
    """The year of every row, for when the rows have become the contract's; of an empty file too."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE ssda903_years (report VARCHAR, label VARCHAR, {ROW} BIGINT, year INTEGER)"
    )
    for report, files in raw.items():
        for one in files:
            which = [report, one.label]
            connection.execute("INSERT INTO ssda903_years VALUES (?, ?, NULL, ?)", [*which, years[one.label]])
            connection.execute(
                f"INSERT INTO ssda903_years SELECT ?, ?, {ROW}, TRY_CAST(YEAR AS INTEGER) FROM {one.relation}", which
            )


def _stops_short(connection: duckdb.DuckDBPyConnection, as_at: date | None) -> list[Finding]:
    """What is said where no return reaches the extract's day: nothing since the newest is in it."""
    ends = stops_short(connection, as_at)
    if ends is None:
        return []
    return [
        Finding(
            "ssda903_stops_short",
            Severity.WARN,
            f"The newest return ends on {day_in_words(ends)}, before the day the extract speaks of.",
            "Bring this year's return as far as it goes; figures of the months after that day have no value.",
        )
    ]


SSDA903 = Layout(
    "ssda903",
    "The return of children looked after (SSDA903)",
    prepare,
    finish,
    "One set of lists a year, as CSV files or as the XML that is submitted; several years are stitched into one"
    " history, and each mend is told. Periods of care, placements, legal statuses and adoptions are made from the"
    " episodes. The return knows no visits, plans, teams or pathway plans, and no day for what it says once for a year:"
    " care leavers (OC3), health and questionnaires (OC2). A match with adopters is told with the adoption only (AD1),"
    " and social workers from 2024. Deprivation of liberty orders (DoLo) have no table in the contract.",
    one_history=True,
)
"""The XML's elements are named like the columns of the files, so that both have the same reports."""
