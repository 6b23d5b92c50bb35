"""The Standard Safeguarding Dataset as the sector's script for SystemC (Liquidlogic) leaves it.

Codes come as numbers of the system's own lists or as descriptions, something is written where there is nothing, and one
table names children by the number they had in the system before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.layout import Variant
from scorecard.contract.layouts.mending import PLACE, changed, match_codes, mended, noted, text_of, united, widened
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured

_NO_DAY, _NO_WORKER = "1900-01-01", "SSD_PH"
_AUTHORISED = ("ssd_cin_assessments", "cina_assessment_auth_date")
_FOR_NOTHING = (
    (*_AUTHORISED, _NO_DAY),
    ("ssd_care_leavers", "clea_pathway_plan_review_date", _NO_DAY),
    ("ssd_permanence", "perm_placed_foster_carer_date", _NO_DAY),
    ("ssd_early_help_episodes", "earl_episode_worker_id", _NO_WORKER),
)
"""Where the script writes something though there is nothing, and what."""

_SOURCES = (
    ("ssd_contacts", "cont_contact_source_code", "cont_contact_source_desc"),
    ("ssd_cin_episodes", "cine_referral_source_code", "cine_referral_source_desc"),
)
_DESCRIBED = (
    ("ssd_cp_plans", "cppl_cp_plan_initial_category"),
    ("ssd_cp_plans", "cppl_cp_plan_latest_category"),
    ("ssd_cla_episodes", "clae_cla_episode_start_reason"),
    ("ssd_cla_episodes", "clae_cla_episode_ceased_reason"),
    ("ssd_care_leavers", "clea_care_leaver_in_touch"),
    ("ssd_care_leavers", "clea_care_leaver_accommodation"),
    ("ssd_care_leavers", "clea_care_leaver_accom_suitable"),
    ("ssd_care_leavers", "clea_care_leaver_activity"),
)
"""Columns of codes in which the script writes descriptions."""

_LOOKED_UP = r"^\d{2,}$"
"""A number of a list of the system's own; of the sources' codes only 10 looks like one."""
_FEWEST_SORTS = 2

_VISITS = ("ssd_cin_visits", "cinv_cin_visit_id")
_OTHER_VISITS = (("ssd_cp_visits", "cppv_cp_visit_id"), ("ssd_cla_visits", "clav_cla_visit_id"))


def _told_by(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> str:
    """Signs of two sorts: a day in 1900 alone is any system's."""
    signs = [
        (f"holds {text}", table, column, f"starts_with({text_of(column)}, '{text}')")
        for table, column, text in _FOR_NOTHING
    ]
    signs += [
        ("holds numbers of a list", table, column, f"regexp_matches({column}, '{_LOOKED_UP}') AND {column} <> '10'")
        for table, column, _ in _SOURCES
    ]
    signs += [
        ("holds descriptions", table, column, f"{text_of(column)} LIKE '____% %'") for table, column in _DESCRIBED
    ]
    told = [
        (f"{column} {sort}", sort)
        for sort, table, column, seen in signs
        if _any(connection, poured, table, column, seen)
    ]
    if len({sort for _, sort in told}) < _FEWEST_SORTS:
        return ""
    return f"as the script for SystemC leaves them: {joined([sign for sign, _ in told])}"


def _any(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], table: str, column: str, condition: str
) -> bool:
    rows = united(poured.get(table, []), column)
    return connection.execute(f"SELECT 1 FROM ({rows}) WHERE {condition} LIMIT 1").fetchone() is not None


def _finish(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], _as_at: date | None
) -> list[Finding]:
    findings = [*_placeholders(connection, poured), *_unfinished(poured)]
    for table, column, told_in in _SOURCES:
        findings += match_codes(connection, poured, table, column, told_in)
    for table, column in _DESCRIBED:
        findings += match_codes(connection, poured, table, column, column)
    findings += _former_numbers(connection, poured)
    findings += _latest_of_leavers(connection, poured)
    findings += _visits_once(connection, poured)
    return findings


def _placeholders(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    for table, column, text in _FOR_NOTHING:
        for file in widened(connection, poured, table, [column]):
            sql = f"UPDATE {file.relation} SET {column} = NULL WHERE starts_with({text_of(column)}, ?)"
            problem = f"{column} holds {text}, which stands for nothing."
            yield from noted(changed(connection, sql, [text]), "placeholder", problem, file.label, table)


def _unfinished(poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """The window of the script drops what it has dated 1900: nothing in the table shows it."""
    table, column = _AUTHORISED
    if poured.get(table):
        problem = "The script leaves out assessments under way that have a form: their number is too low."
        remedy = "Supply ssdx_workflow_steps, or mend the script's window."
        yield Finding("unfinished_left_out", Severity.WARN, problem, remedy, column=column, table=table)


def _former_numbers(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """Permanence names children by their number in the system before; ssd_person tells which that is.

    A number may be one child's now and another's before: all are taken as former ones if more are known as such.
    """
    table, column = "ssd_permanence", "perm_person_id"
    persons = united(poured.get("ssd_person", []), "pers_person_id", "pers_legacy_id")
    now, former = text_of("pers_person_id"), text_of("pers_legacy_id")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE _former AS SELECT {former} AS former, min({now}) AS person FROM ({persons})"
        f" WHERE {former} IS NOT NULL GROUP BY 1 HAVING count(DISTINCT {now}) = 1"
    )
    children = f"SELECT {text_of(column)} AS child FROM ({united(poured.get(table, []), column)})"
    counted = connection.execute(
        "SELECT count(*) FILTER (child IN (SELECT former FROM _former)),"
        f" count(*) FILTER (child IN (SELECT {now} FROM ({persons}))) FROM ({children})"
    ).fetchone()
    for file in widened(connection, poured, table, [column]) if counted and counted[0] > counted[1] else ():
        rows = changed(
            connection,
            f"UPDATE {file.relation} AS r SET {column} = f.person FROM _former AS f"
            f" WHERE f.former = {text_of(column, 'r.')}",
        )
        problem = "the child is named by the number of the system before; pers_legacy_id tells the one of today."
        yield from noted(rows, "former_number", problem, file.label, table)
        unknown = f"SELECT count(*) FROM {file.relation} WHERE {text_of(column)} NOT IN (SELECT {now} FROM ({persons}))"
        problem = "no person has this number of the system before; the row counts for no child."
        said = Finding("child_not_found", Severity.WARN, problem, "Fill pers_legacy_id.", file.label, table=table)
        yield from mended(changed(connection, unknown), said)
    connection.execute("DROP TABLE _former")


def _latest_of_leavers(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """Of several rows of a young person and day of contact, or of one record, the latest is left.

    The script makes a row of every eligibility with every status.
    """
    table = "ssd_care_leavers"
    columns = ("clea_person_id", "clea_care_leaver_latest_contact", "clea_pathway_plan_review_date", "clea_table_id")
    person, contact, review, record = (text_of(column) for column in columns)
    latest = f"ORDER BY {contact} DESC NULLS LAST, {review} DESC NULLS LAST, {record} DESC, {ROW} DESC"
    older = connection.execute(
        f"SELECT {PLACE}, list({ROW}) FROM (SELECT * FROM ({united(poured.get(table, []), *columns)})"
        f" WHERE {person} IS NOT NULL"
        f" QUALIFY row_number() OVER (PARTITION BY {person}, {contact} {latest}) > 1"
        f" OR row_number() OVER (PARTITION BY {person}, {record} {latest}) > 1"
        f" OR {contact} IS NULL AND count({contact}) OVER (PARTITION BY {person}) > 0) GROUP BY {PLACE}"
    ).fetchall()
    for place, rows in older:
        file = poured[table][place]
        number = changed(connection, f"DELETE FROM {file.relation} WHERE list_contains(?, {ROW})", [rows])
        problem = "a later row tells of the same young person; this one was left out."
        yield from noted(number, "older_row", problem, file.label, table)


def _visits_once(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """A visit to a child on a plan or in care stands among the visits to children in need, too: it is no such visit."""
    table, key = _VISITS
    for other, other_key in _OTHER_VISITS:
        others = f"SELECT {text_of(other_key)} FROM ({united(poured.get(other, []), other_key)})"
        for file in widened(connection, poured, table, [key]):
            sql = f"DELETE FROM {file.relation} WHERE {text_of(key)} IN ({others})"
            problem = f"the same visit stands in {other}; it was left out here."
            yield from noted(changed(connection, sql), "visit_twice", problem, file.label, table)


SYSTEMC = Variant(
    "ssd-systemc",
    "The Standard Safeguarding Dataset, as the script for SystemC (Liquidlogic) leaves it",
    _told_by,
    _finish,
    "Told by signs of two sorts: placeholders, numbers of the system's own lists, descriptions in place of codes."
    " Descriptions become codes, placeholders nothing, former numbers of children those of today; of a care leaver's"
    " rows the latest stands, and a visit stands among those of one kind only. Assessments under way that have a form"
    " are lost in the script, so that figures of open assessments are too low.",
)
"""Tables of the dataset from SystemC (Liquidlogic)."""
