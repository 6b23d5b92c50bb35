"""The Standard Safeguarding Dataset as the sector's scripts for Mosaic leave it.

Some tables say nothing of the child: it is found by way of what the row hangs on. Codes come as descriptions, some
tables are made and never filled, and one column holds what another should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard.contract.layouts.layout import Variant
from scorecard.contract.layouts.mending import changed, match_codes, mended, noted, text_of, united, widened
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured


class _Way(NamedTuple):
    """How a row without its child finds it: the column both share, the table that has it, and the child there."""

    table: str
    person: str
    link: str
    other: str
    other_link: str
    other_person: str


_BY_PLAN = ("ssd_cp_plans", "cppl_cp_plan_id", "cppl_person_id")
_BY_CARE = ("ssd_cla_episodes", "clae_cla_id", "clae_person_id")
_BY_REFERRAL = ("ssd_cin_episodes", "cine_referral_id", "cine_person_id")
_WAYS = (
    _Way("ssd_cp_reviews", "cppr_person_id", "cppr_cp_plan_id", *_BY_PLAN),
    _Way("ssd_cp_visits", "cppv_person_id", "cppv_cp_plan_id", *_BY_PLAN),
    _Way("ssd_cla_placement", "clap_person_id", "clap_cla_id", *_BY_CARE),
    # What the script calls a plan here is a referral.
    _Way("ssd_cin_visits", "cinv_person_id", "cinv_referral_id", *_BY_REFERRAL),
    _Way("ssd_involvements", "invo_person_id", "invo_referral_id", *_BY_REFERRAL),
)

_LACKS = {way.table: way.person for way in _WAYS} | {
    "ssd_contacts": "cont_contact_source_code",
    "ssd_cp_plans": "cppl_cp_plan_ola",
}
"""Columns the script does not make; no other case system's script leaves out several of them."""
_FEWEST_LACKING = 3

_NEVER_FILLED = (
    "ssd_care_leavers",
    "ssd_department",
    "ssd_ehcp_active_plans",
    "ssd_ehcp_assessment",
    "ssd_ehcp_named_plan",
    "ssd_ehcp_requests",
    "ssd_pre_proceedings",
    "ssd_s251_finance",
    "ssd_sen_need",
    "ssd_send",
    "ssd_voice_of_child",
)

_SHARED = (("ssd_cla_reviews", "clar_cla_review_id", "clar_cla_id"), ("ssd_missing", "miss_table_id", "miss_person_id"))
"""Records whose identifier is a workflow step's, which siblings share, in tables keyed by it alone."""


def _told_by(_connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> str:
    lacking = [
        f"{table} has no {column}"
        for table, column in _LACKS.items()
        if table in poured and all(column not in file.columns for file in poured[table])
    ]
    return f"as the script for Mosaic leaves them: {joined(lacking)}" if len(lacking) >= _FEWEST_LACKING else ""


def _finish(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], _as_at: date | None
) -> list[Finding]:
    findings = [*_never_filled(connection, poured)]
    for way in _WAYS:
        findings += _find_child(connection, poured, way)
    findings += _number_visits(connection, poured)
    for shared in _SHARED:
        findings += _tell_apart(connection, poured, shared)
    findings += _workers(connection, poured)
    findings += _assessments(connection, poured)
    for table, column, told_in in (
        ("ssd_contacts", "cont_contact_source_code", "cont_contact_source_desc"),
        ("ssd_cin_episodes", "cine_referral_source_code", "cine_referral_source_desc"),
    ):
        findings += match_codes(connection, poured, table, column, told_in)
    return findings


def _never_filled(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """Tables the script makes and leaves empty say nothing: they are as good as not supplied."""
    empty = [
        table
        for table in _NEVER_FILLED
        if table in poured and not connection.execute(f"SELECT 1 FROM ({united(poured[table])}) LIMIT 1").fetchone()
    ]
    for table in empty:
        for file in poured.pop(table):
            connection.execute(f"DROP TABLE {file.relation}")
    if empty:
        yield Finding(
            "never_filled",
            Severity.NOTE,
            f"The script makes these tables and does not fill them; they count as not supplied: {', '.join(empty)}.",
            "Supply them from a report if you need figures made from them.",
        )


def _find_child(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], way: _Way) -> Iterator[Finding]:
    """Fill the child where what the row hangs on is one child's; of several children nothing says which is meant."""
    other = united(poured.get(way.other, []), way.other_link, way.other_person)
    link, person = text_of(way.other_link), text_of(way.other_person)
    one = (
        f"SELECT {link} AS link, min({person}) AS person FROM ({other}) GROUP BY 1 HAVING count(DISTINCT {person}) = 1"
    )
    for file in widened(connection, poured, way.table, [way.link], [way.person]):
        found = (
            f"UPDATE {file.relation} AS r SET {way.person} = o.person FROM ({one}) AS o"
            f" WHERE {text_of(way.person, 'r.')} IS NULL AND o.link = {text_of(way.link, 'r.')}"
        )
        problem = f"the child was found by way of {way.other}."
        yield from noted(changed(connection, found), "child_found", problem, file.label, way.table)
        lost = f"SELECT count(*) FROM {file.relation} WHERE {text_of(way.person)} IS NULL"
        problem = f"the child could not be found by way of {way.other}, which names none or several; counted nowhere."
        remedy = "Add the child's identifier to the script, or supply the table from a report."
        said = Finding("child_not_found", Severity.WARN, problem, remedy, file.label, table=way.table)
        yield from mended(changed(connection, lost), said)


def _number_visits(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """Visits to children on a plan have no identifier: plan and day stand for it, numbered where a day had several."""
    table, plan, day = "ssd_cp_visits", text_of("cppv_cp_plan_id"), text_of("cppv_cp_visit_date")
    for file in widened(connection, poured, table, ["cppv_cp_plan_id", "cppv_cp_visit_date"], ["cppv_cp_visit_id"]):
        keys = (
            f"SELECT {ROW} AS no,"
            f" {plan} || '/' || {day} || '/' || row_number() OVER (PARTITION BY {plan}, {day} ORDER BY {ROW}) AS key"
            f" FROM {file.relation}"
        )
        rows = changed(
            connection,
            f"UPDATE {file.relation} AS r SET cppv_cp_visit_id = k.key FROM ({keys}) AS k"
            f" WHERE k.no = r.{ROW} AND k.key IS NOT NULL AND {text_of('cppv_cp_visit_id', 'r.')} IS NULL",
        )
        yield from noted(rows, "made_key", "the visit's plan and day stand for its identifier.", file.label, table)


def _tell_apart(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], shared: tuple[str, str, str]
) -> Iterator[Finding]:
    """Where siblings share a step, the child is put behind its identifier."""
    table, key, by = shared
    several = f"SELECT {key} FROM ({united(poured.get(table, []), key, by)}) GROUP BY 1 HAVING count(DISTINCT {by}) > 1"
    keys = [found for (found,) in connection.execute(several).fetchall()]
    for file in widened(connection, poured, table, [key, by]):
        rows = changed(
            connection,
            f"UPDATE {file.relation} SET {key} = trim({key}) || '/' || {text_of(by)}"
            f" WHERE list_contains(?, {key}) AND {text_of(by)} IS NOT NULL",
            [keys],
        )
        problem = "siblings share the step's identifier; what tells them apart was put behind it."
        yield from noted(rows, "shared_step", problem, file.label, table)


def _workers(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """Workers have no identifier but the staff number, by which the other tables name them."""
    table, staff = "ssd_professionals", text_of("prof_staff_id")
    for file in widened(connection, poured, table, ["prof_staff_id"], ["prof_professional_id"]):
        rows = changed(
            connection,
            f"UPDATE {file.relation} SET prof_professional_id = {staff}"
            f" WHERE {text_of('prof_professional_id')} IS NULL AND {staff} IS NOT NULL",
        )
        yield from noted(rows, "made_key", "the staff number stands for the worker's identifier.", file.label, table)


def _assessments(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> Iterator[Finding]:
    """A yes or no among the outcomes is the mark for no further action; one not begun looks like one under way."""
    table, packed, mark = "ssd_cin_assessments", "cina_assessment_outcome_json", "cina_assessment_outcome_nfa"
    for file in widened(connection, poured, table, [packed], [mark]):
        rows = changed(
            connection,
            f"UPDATE {file.relation} SET {mark} = coalesce({text_of(mark)}, {text_of(packed)}), {packed} = NULL"
            f" WHERE upper({text_of(packed)}) IN ('Y', 'N')",
        )
        problem = f"a yes or no stands among the outcomes; it was read as {mark}."
        yield from noted(rows, "misplaced_flag", problem, file.label, table)
    for file in widened(connection, poured, table, ["cina_assessment_auth_date"]):
        opened = f"SELECT count(*) FROM {file.relation} WHERE {text_of('cina_assessment_auth_date')} IS NULL"
        problem = "the assessment is under way or has only come in; the script does not tell which."
        remedy = "Supply ssdx_workflow_steps to tell them apart."
        said = Finding("not_told_apart", Severity.NOTE, problem, remedy, file.label, table=table)
        yield from mended(changed(connection, opened), said)


MOSAIC = Variant(
    "ssd-mosaic",
    "The Standard Safeguarding Dataset, as the script for Mosaic leaves it",
    _told_by,
    _finish,
    "Told by three or more of the columns only this script leaves out. Children are found by way of their plan, period"
    " of care or referral; visits and workers are given identifiers, sources of contacts their codes, shared steps one"
    " for each child. Tables that are made and never filled count as not supplied, care leavers and teams among them."
    " An assessment that has only come in looks like one under way, and conferences not held yet are not there.",
)
"""Tables of the dataset from Mosaic."""
