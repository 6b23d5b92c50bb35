"""Ofsted's Annex A: eleven lists of children, each as at one day, most of them looking back six months.

A list says less than the contract asks: no identifiers but the child's, the latest of each thing only, workers by name.
What the lists imply together is drawn out (`annex_a_implied`); what they do not say stays empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts import annex_a_implied as implied
from scorecard.contract.layouts.layout import Layout
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.piece import ROW, sql_name

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured, Raw

MONTHS_BACK = {
    "ssd_contacts": 6,
    "ssdx_early_help_assessments": 6,
    "ssd_cin_episodes": 6,
    "ssd_cin_assessments": 6,
    "ssd_s47_enquiry": 6,
    # A conference comes weeks after its enquiry: those of enquiries from before the window are not listed.
    "ssd_initial_cp_conference": 5,
    "ssd_cp_plans": 6,
    "ssd_cla_episodes": 6,
    "ssd_permanence": 12,
}
"""How many months before its day a list holds every such record. Of all else it tells the latest, as at the day."""

UNDATED = {
    "ssd_person": "pers_person_id",
    "ssd_department": "dept_team_id",
    "ssd_professionals": "prof_professional_id",
}
"""Tables without a history, people and places, each with what tells one from another."""

_SEVERAL_A_CHILD = {
    "ssd_contacts": "cont_contact_id",
    "ssdx_early_help_assessments": "ehas_assessment_id",
    "ssd_cin_episodes": "cine_referral_id",
    "ssd_cin_assessments": "cina_assessment_id",
    "ssd_s47_enquiry": "s47e_s47_enquiry_id",
    "ssd_initial_cp_conference": "icpc_icpc_id",
}
_TEAM, _WORKER = "Allocated Team", "Allocated Worker"
_NUMBER = "'[\\w/-]*\\d[\\w/-]*'"
"""A worker's number, unlike a name or an address, is one word with a digit in it, without points and brackets."""


_NOT_THE_FIRST = {
    "Child Protection Plan Start Date": "Number of Previous Child Protection Plans",
    "Date Started to be Looked After": (
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)"
    ),
}
"""Where a list tells a child's latest alone: the day it began, and the column that says whether it is the first."""


def prepare(connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]], as_at: date | None) -> list[Finding]:
    """Days in one spelling, since they make identifiers; workers without names; rows that say the same once."""
    findings: list[Finding] = []
    for one in (one for every in raw.values() for one in every):
        findings += _names(connection, one)
        findings += _repeated(connection, one)
        findings += _earlier_not_listed(connection, one, as_at)
        said = {name: _day(name) for name in one.headers if "date" in name.lower()}
        said |= {_WORKER: _unnamed(one)} if _WORKER in one.headers else {}
        spelt = f"REPLACE ({', '.join(f'{sql} AS {sql_name(name)}' for name, sql in said.items())})" if said else ""
        # Headers of the mapping and names of our own tables.
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {one.relation} AS SELECT * {spelt} FROM {one.relation}"
            f" QUALIFY {_place_among_like(one)} = 1 ORDER BY {ROW}"
        )
    return findings


def _day(header: str) -> str:
    """A day as ISO writes it; what is no day stays, and is found later."""
    return f"coalesce(strftime(_moment({sql_name(header)}), '%Y-%m-%d'), {sql_name(header)})"


def _unnamed(one: Raw) -> str:
    """A worker's number; for a name, somebody of the team."""
    team = f"'team: ' || {sql_name(_TEAM)}" if _TEAM in one.headers else "NULL"
    worker = sql_name(_WORKER)
    return f"CASE WHEN regexp_full_match({worker}, {_NUMBER}) THEN {worker} WHEN {worker} IS NOT NULL THEN {team} END"


def _place_among_like(one: Raw) -> str:
    headers = ", ".join(sql_name(header) for header in sorted(one.headers))
    return f"row_number() OVER (PARTITION BY {headers} ORDER BY {ROW})"


def _names(connection: duckdb.DuckDBPyConnection, one: Raw) -> list[Finding]:
    if _WORKER not in one.headers:
        return []
    rows = _rows(
        connection, f"SELECT {ROW} FROM {one.relation} WHERE NOT regexp_full_match({sql_name(_WORKER)}, {_NUMBER})"
    )
    problem = "Workers are named, and names are not loaded; each stands as somebody of the team."
    remedy = "Give the number of the worker instead of the name where figures by worker are wanted."
    return [Finding("names_left_out", Severity.NOTE, problem, remedy, one.label, rows, _WORKER)] if rows.count else []


def _repeated(connection: duckdb.DuckDBPyConnection, one: Raw) -> list[Finding]:
    rows = _rows(connection, f"SELECT {ROW} FROM {one.relation} QUALIFY {_place_among_like(one)} > 1")
    problem = "A row says in every column what another says; it is taken once."
    remedy = "Nothing needs doing, unless two things really were alike in everything."
    return [Finding("repeated_rows", Severity.NOTE, problem, remedy, one.label, rows)] if rows.count else []


def _earlier_not_listed(connection: duckdb.DuckDBPyConnection, one: Raw, as_at: date | None) -> list[Finding]:
    findings = []
    for began, before in _NOT_THE_FIRST.items() if as_at else ():
        if {began, before} <= one.headers:
            rows = _rows(
                connection,
                f"SELECT {ROW} FROM {one.relation} WHERE regexp_matches(lower({sql_name(before)}), '^([1-9]|a\\)|y)')"
                f" AND _moment({sql_name(began)}) >= DATE '{as_at}' - to_months(6)",
            )
            problem = (
                "It began within the six months and is not the child's first; one that ended in them is not listed."
            )
            remedy = "Take an extract at each month's end: what one leaves out, the one before has told."
            said = Finding("earlier_not_listed", Severity.WARN, problem, remedy, one.label, rows, began)
            findings += [said] if rows.count else []
    return findings


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    first, count = connection.execute(f"SELECT min({ROW}, {SHOWN_ROWS}), count(*) FROM ({sql})").fetchall()[0]
    return Rows(tuple(first or ()), count)


def finish(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], as_at: date | None) -> list[Finding]:
    """Draw out what the lists imply, and say from which day each table holds everything."""
    findings: list[Finding] = []
    for name, key in UNDATED.items():
        findings += implied.one_row_each(connection, poured.get(name, []), key)
    implied.expected_births(connection, poured.get("ssd_person", []), as_at)
    for name, key in _SEVERAL_A_CHILD.items():
        implied.numbered(connection, poured.get(name, []), key)
    since = {name: _months_before(connection, as_at, months) for name, months in MONTHS_BACK.items()}
    findings += implied.episodes_of_need(connection, poured, since["ssd_cin_episodes"])
    implied.placements_within_care(connection, poured)
    implied.allocated(connection, poured, as_at)
    for name, files in poured.items():
        known_from = None if name in UNDATED else since.get(name, as_at)
        poured[name] = [one._replace(known_from=known_from) for one in files]
    return findings


def _months_before(connection: duckdb.DuckDBPyConnection, as_at: date | None, months: int) -> date | None:
    found: date | None = connection.execute(
        "SELECT CAST(CAST(? AS DATE) - to_months(?) AS DATE)", [as_at, months]
    ).fetchall()[0][0]
    return found


ANNEX_A = Layout("annex-a", "Ofsted Annex A", prepare, finish)
"""Eleven lists, as the sheets of a workbook or as files of a folder."""
