"""The children's social work workforce census: who worked for the authority on 30 September, and what was vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.layout import Layout
from scorecard.contract.layouts.mending import changed, day_told, noted, text_of, widened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured, Raw
    from scorecard.contract.report import Finding

_DAYS = "_workforce_days"
_WORKERS, _POSTS = "ssdx_workforce", "ssdx_establishment"


def _prepare(connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]], _as_at: date | None) -> list[Finding]:
    """Keep the day each file speaks of: its reference date, or the 30 September of its year."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_DAYS} (file VARCHAR, day VARCHAR)")
    for one in raw.pop("header", []):
        connection.execute(
            f"INSERT INTO {_DAYS} SELECT ?, CAST({day_told('09-30')} AS VARCHAR) FROM {one.relation}",
            [_file(one.label)],
        )
        connection.execute(f"DROP TABLE {one.relation}")
    return []


def _file(label: str) -> str:
    return label.rpartition(", records ")[0]


def _finish(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], _as_at: date | None
) -> list[Finding]:
    for table, column in ((_WORKERS, "wkfc_snapshot_date"), (_POSTS, "estb_snapshot_date")):
        for file in widened(connection, poured, table, (), [column]):
            day = f"(SELECT day FROM {_DAYS} WHERE file = ?)"
            connection.execute(f"UPDATE {file.relation} SET {column} = {day}", [_file(file.label)])
    connection.execute(f"DROP TABLE {_DAYS}")
    findings = [*_leavers(connection, poured)]
    _posts(connection, poured)
    return findings


def _leavers(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """The census lists those who left in the year; on the day itself they held no post."""
    for file in widened(connection, poured, _WORKERS, ["wkfc_end_date"]):
        left = f"DELETE FROM {file.relation} WHERE {text_of('wkfc_end_date')} < wkfc_snapshot_date"
        problem = "the worker left before the day of the census; left out."
        yield from noted(changed(connection, left), "leaver", problem, file.label, _WORKERS)


def _posts(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> None:
    """Permanent staff from the workers; the budget is they and the vacancies. Agency staff fill vacancies first.

    The census counts a post that agency staff cover among the vacancies; in the contract it is vacant only if none do.
    """
    hours = {_file(file.label): file.relation for file in poured.get(_WORKERS, ())}
    for file in widened(connection, poured, _POSTS, (), ["estb_fte_permanent", "estb_fte_budgeted"]):
        permanent = "NULL"
        if workers := hours.get(_file(file.label)):
            full_time = "sum(TRY_CAST(wkfc_fte AS DECIMAL(12, 2))) FILTER (wkfc_contract_type = 'PERM')"
            permanent = f"(SELECT {full_time} FROM {workers})"
        vacant, agency = (f"TRY_CAST({name} AS DECIMAL(12, 2))" for name in ("estb_fte_vacant", "estb_fte_agency"))
        connection.execute(
            f"UPDATE {file.relation} SET estb_fte_permanent = {permanent}, estb_fte_budgeted = {permanent} + {vacant},"
            f" estb_fte_agency = CASE WHEN {agency} IS NOT NULL THEN least({agency}, {vacant}) END,"
            f" estb_fte_vacant = greatest({vacant} - coalesce({agency}, 0), 0)"
        )


WORKFORCE_CENSUS = Layout(
    "workforce-census",
    "The children's social work workforce census",
    _prepare,
    _finish,
    "One XML file a year, of 30 September: workers with role, hours and contract, and the authority's vacancies. Who"
    " had left by then is left out. All who are not agency staff count as permanent, fixed terms among them; agency"
    " staff fill vacancies first. It knows no teams and no caseloads by child.",
)
"""The workforce census as it is sent to the department."""
