"""The children in need census of one year or several.

The census has no identifiers but the child's: a record's number in its file is replaced by a key made of the child and
the record's day, which holds from year to year. What two years tell of the same record, the later year tells better.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scorecard.calendar.periods import Period
from scorecard.contract.layouts.layout import Layout
from scorecard.contract.layouts.mending import PLACE, changed, day_told, mended, united, widened
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from scorecard.contract.layouts.poured import Poured, Raw


class _Kind(NamedTuple):
    """One kind of record: its mapping, its number, what tells it beside `within`, the record around it, how it ends.

    `keeps` is what a later year need not tell again: it is kept from an earlier one.
    """

    report: str
    number: str
    told_by: str
    within: str = "LAchildID"
    around: str = ""
    ends: str = ""
    keeps: str = ""


_HELD, _AUTHORISED = "DateOfInitialCPC", "AssessmentAuthorisationDate"

_KINDS = (
    _Kind("child", "Child_no", ""),
    _Kind("disability", "Disability_no", "Disability", around="Child_no"),
    _Kind("cin-details", "CINdetails_no", "CINreferralDate", ends="CINclosureDate", keeps=_HELD),
    _Kind("assessments", "Assessments_no", "AssessmentActualStartDate", around="CINdetails_no"),
    _Kind("factors", "AssessmentFactors_no", "AssessmentFactors", "Assessments_no", "Assessments_no"),
    _Kind("cin-plans", "CINPlanDates_no", "CINPlanStartDate", around="CINdetails_no", ends="CINPlanEndDate"),
    _Kind("section-47", "Section47_no", "S47ActualStartDate", around="CINdetails_no", keeps=_HELD),
    _Kind("plans", "ChildProtectionPlans_no", "CPPstartDate", around="CINdetails_no", ends="CPPendDate"),
    _Kind("reviews", "CPPreviewDate_no", "CPPreviewDate", "ChildProtectionPlans_no", "ChildProtectionPlans_no"),
    _Kind("pre-proceedings", "PreProceedingsandFGDM_no", "PPStartDate"),
)
"""The kinds in an order in which every record comes after the one around it."""

_REPLACED_WITH = {"disability": ("child", "Child_no"), "factors": ("assessments", "Assessments_no")}
"""What a later year lists anew for the record around it: none of an earlier year's list is left."""

_KEYS, _KNOWN = "_census_keys", "_census_known"
_CONFERENCES, _PLANS = "ssd_initial_cp_conference", "ssd_cp_plans"

_ASKED_FROM = {"ssd_cin_plans": date(2021, 4, 1), "ssd_pre_proceedings": date(2025, 4, 1)}
"""Of what the census has not always asked for, the first day it tells of."""

_TIMELESS = {"ssd_person", "ssd_disability"}
"""What does not happen on a day, so that it holds after the last census, too."""


class _Year(NamedTuple):
    """One file: the day it speaks of, where it says so, its label, and its records by report."""

    day: date | None
    file: str
    records: dict[str, Raw]

    @property
    def ends(self) -> int:
        """The year ending 31 March that it is the return of; nothing where it does not say."""
        return Period.holding(self.day).april.year + 1 if self.day else 0


def _prepare(connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]], as_at: date | None) -> list[Finding]:
    """Give every record a key, and leave of each only what the latest year says."""
    years = sorted(_years(connection, raw), key=lambda year: (year.day or date.min, year.file))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_KEYS} (file VARCHAR, sort VARCHAR, no VARCHAR, key VARCHAR)")
    for year in years:
        for kind in _KINDS:
            if kind.report in year.records:
                _give_keys(connection, year, kind)
    connection.execute(f"DROP TABLE {_KEYS}")
    findings = [*_sent_again(connection, years), *_told_better(connection, years), *_lost_sight_of(connection, years)]
    known = [year.ends for year in years if year.ends]
    ends = max((year.day for year in years if year.day), default=None)
    findings += [*_gaps(known), *_stops_short(ends, as_at)]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_KNOWN} AS SELECT CAST(? AS DATE) AS since, CAST(? AS DATE) AS until",
        [_known_from(known), ends],
    )
    return findings


def _years(connection: duckdb.DuckDBPyConnection, raw: dict[str, list[Raw]]) -> Iterator[_Year]:
    """The files, each with the day it speaks of: its reference date, or the end of its year."""
    files = defaultdict[str, dict[str, "Raw"]](dict)
    for report, every in raw.items():
        for one in every:
            files[one.label.rpartition(", records ")[0]][report] = one
    for file, records in files.items():
        day = None
        if header := records.get("header"):
            found = connection.execute(f"SELECT {day_told('03-31')} FROM {header.relation}").fetchone()
            day = found[0] if found else None
        yield _Year(day, file, records)


def _give_keys(connection: duckdb.DuckDBPyConnection, year: _Year, kind: _Kind) -> None:
    """Put a key in place of a record's number, and of the number of the record around it.

    A second record of the child and day has “/2” behind its key.
    """
    relation = year.records[kind.report].relation
    if kind.around:
        _number_to_key(connection, relation, year.file, kind.around)
    told = f" || '/' || {sql_name(kind.told_by)}" if kind.told_by else ""
    connection.execute(
        f"INSERT INTO {_KEYS} SELECT ?, ?, no, key || CASE WHEN nth > 1 THEN '/' || nth ELSE '' END"
        f" FROM (SELECT {sql_name(kind.number)} AS no, {sql_name(kind.within)}{told} AS key,"
        f" row_number() OVER (PARTITION BY key ORDER BY {ROW}) AS nth FROM {relation})",
        [year.file, kind.number],
    )
    _number_to_key(connection, relation, year.file, kind.number)


def _number_to_key(connection: duckdb.DuckDBPyConnection, relation: str, file: str, number: str) -> None:
    connection.execute(
        f"UPDATE {relation} AS r SET {sql_name(number)} = k.key FROM {_KEYS} AS k"
        f" WHERE k.file = ? AND k.sort = ? AND k.no = r.{sql_name(number)}",
        [file, number],
    )


def _sent_again(connection: duckdb.DuckDBPyConnection, years: list[_Year]) -> Iterator[Finding]:
    """Of two files of one year the later one is read."""
    for place, year in enumerate(years):
        if year.ends and any(later.ends == year.ends for later in years[place + 1 :]):
            rows = sum(changed(connection, f"DELETE FROM {one.relation}") for one in year.records.values())
            problem = f"another file is of the return of {year.ends}, too, and was taken instead of this one."
            yield from mended(
                rows, Finding("sent_again", Severity.WARN, problem, "Take the file out that is not meant.", year.file)
            )


def _told_better(connection: duckdb.DuckDBPyConnection, years: list[_Year]) -> Iterator[Finding]:
    """A record that a later year tells as well is taken from the later one."""
    rows = 0
    for place, year in enumerate(years):
        for kind in _KINDS:
            by, number = _REPLACED_WITH.get(kind.report, (kind.report, kind.number))
            for later in years[place + 1 :]:
                if kind.report in year.records and by in later.records:
                    rows += _replaced(connection, year.records[kind.report], later.records[by], number, kind.keeps)
    problem = "a later year's census tells of the same record, and what it says was taken."
    yield from mended(rows, Finding("told_by_two_years", Severity.NOTE, problem, "Nothing needs doing."))


def _replaced(connection: duckdb.DuckDBPyConnection, one: Raw, later: Raw, number: str, keeps: str) -> int:
    """Take out the rows of one year that a later one has as well, and say how many."""
    if keeps:
        connection.execute(
            f"UPDATE {later.relation} AS l SET {keeps} = coalesce(l.{keeps}, o.{keeps})"
            f" FROM {one.relation} AS o WHERE o.{sql_name(number)} = l.{sql_name(number)}"
        )
    numbers = f"SELECT {sql_name(number)} FROM {later.relation}"
    return changed(connection, f"DELETE FROM {one.relation} WHERE {sql_name(number)} IN ({numbers})")


def _lost_sight_of(connection: duckdb.DuckDBPyConnection, years: list[_Year]) -> Iterator[Finding]:
    """What was open at the end of a year must be in the next; what is not is taken as ended with the year it was in.

    An assessment that was under way and is not seen again was never finished, as far as anyone knows.
    """
    for year in years[:-1]:
        for kind in _KINDS:
            if kind.ends and (one := year.records.get(kind.report)):
                ends, day = sql_name(kind.ends), str(year.day) if year.day else None
                sql = f"UPDATE {one.relation} SET {ends} = ? WHERE {ends} IS NULL"
                problem = "open, and in no later year's census; taken as ended on the last day of this one."
                yield from _not_seen_again(changed(connection, sql, [day]), problem, year.file, kind.ends)
        if one := year.records.get("assessments"):
            sql = f"DELETE FROM {one.relation} WHERE {_AUTHORISED} IS NULL"
            problem = "an assessment under way, and in no later year's census; left out."
            yield from _not_seen_again(changed(connection, sql), problem, year.file, _AUTHORISED)


def _not_seen_again(rows: int, problem: str, file: str, column: str) -> list[Finding]:
    remedy = "See whether the record was deleted, or the next year's census is missing."
    return mended(rows, Finding("not_seen_again", Severity.WARN, problem, remedy, file, column=column))


def _gaps(known: list[int]) -> Iterator[Finding]:
    """Years between the first and the last of which there is no return."""
    missing = [str(year) for year in range(min(known, default=0), max(known, default=0)) if year not in known]
    if missing:
        yield Finding(
            "year_missing",
            Severity.WARN,
            f"There is no census of {', '.join(missing)}, between others.",
            "Add it; what happened in a missing year is counted nowhere.",
        )


def _stops_short(newest: date | None, as_at: date | None) -> Iterator[Finding]:
    """Where no census reaches the extract's day, nothing that happened since the newest is in it."""
    if as_at and newest and newest < as_at:
        problem = f"The newest census speaks of {day_in_words(newest)}, before the day the extract speaks of."
        remedy = "Take what happened since from another source; figures of the months after that day have no value."
        yield Finding("census_stops_short", Severity.WARN, problem, remedy)


def _known_from(known: list[int]) -> date | None:
    """The first day of the unbroken years that end with the last."""
    if not known:
        return None
    first = max(known)
    while first - 1 in known:
        first -= 1
    return date(first - 1, 4, 1)


def _finish(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], as_at: date | None
) -> list[Finding]:
    """Tie conferences and plans together, and say from when on the records are whole and until when."""
    findings = _one_conference_a_day(connection, poured.get(_CONFERENCES, []))
    _tie(connection, poured)
    found = connection.execute(f"SELECT since, until FROM {_KNOWN}").fetchone()
    connection.execute(f"DROP TABLE {_KNOWN}")
    if found and found[0]:
        for table, files in poured.items():
            known = max(found[0], _ASKED_FROM.get(table, found[0]))
            ends = found[1] if as_at and found[1] < as_at and table not in _TIMELESS else None
            poured[table] = [file._replace(known_from=known, known_to=ends) for file in files]
    return findings


def _one_conference_a_day(connection: duckdb.DuckDBPyConnection, files: list[Poured]) -> list[Finding]:
    """A conference told twice is kept once, with its enquiry if it has one (rule 2884 of the census)."""
    columns = ("icpc_icpc_id", "icpc_s47_enquiry_id")
    again = connection.execute(
        f"SELECT {PLACE}, {ROW} FROM ({united(files, *columns)}) WHERE icpc_icpc_id IS NOT NULL QUALIFY row_number()"
        f" OVER (PARTITION BY icpc_icpc_id ORDER BY icpc_s47_enquiry_id IS NULL, {PLACE} DESC, {ROW}) > 1"
    ).fetchall()
    for place, row in again:
        connection.execute(f"DELETE FROM {files[place].relation} WHERE {ROW} = ?", [row])
    problem = "a conference of one child and day stands with the episode and an enquiry, or two; kept once."
    said = Finding("conference_twice", Severity.NOTE, problem, "Leave its day in one place.", table=_CONFERENCES)
    return mended(len(again), said)


def _tie(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> None:
    """A plan that begins on the day of a conference is the one it decided on."""
    plans = united(poured.get(_PLANS, []), "cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date")
    held = united(poured.get(_CONFERENCES, []), "icpc_icpc_id", "icpc_person_id", "icpc_icpc_date")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE _census_ties AS SELECT icpc_icpc_id, min(cppl_cp_plan_id) AS cppl_cp_plan_id"
        f" FROM ({held}) LEFT JOIN ({plans}) ON cppl_person_id = icpc_person_id"
        " AND cppl_cp_plan_start_date = icpc_icpc_date GROUP BY icpc_icpc_id"
    )
    # Where no plan is told of at all, nothing says what a conference decided.
    flag = "CASE WHEN t.cppl_cp_plan_id IS NOT NULL THEN 'Y' WHEN p.any_plan THEN 'N' END"
    _fill(
        connection,
        poured,
        _CONFERENCES,
        {"icpc_cp_plan_id": "t.cppl_cp_plan_id", "icpc_icpc_outcome_cp_flag": flag},
        f"_census_ties AS t, (SELECT count(*) > 0 AS any_plan FROM ({plans})) AS p"
        " WHERE t.icpc_icpc_id = r.icpc_icpc_id",
    )
    _fill(
        connection,
        poured,
        _PLANS,
        {"cppl_icpc_id": "t.icpc_icpc_id"},
        "_census_ties AS t WHERE t.cppl_cp_plan_id = r.cppl_cp_plan_id",
    )
    connection.execute("DROP TABLE _census_ties")


def _fill(
    connection: duckdb.DuckDBPyConnection,
    poured: dict[str, list[Poured]],
    table: str,
    columns: dict[str, str],
    source: str,
) -> None:
    """Give the files of a table columns more, filled from somewhere."""
    said = ", ".join(f"{sql_name(column)} = {value}" for column, value in columns.items())
    for file in widened(connection, poured, table, (), columns):
        connection.execute(f"UPDATE {file.relation} AS r SET {said} FROM {source}")


CIN_CENSUS = Layout(
    "cin-census",
    "The children in need census",
    _prepare,
    _finish,
    "One XML file a year, of any year's shape; several years are stitched into one history, and each mend is told. A"
    " record is told by its child and day, for the census has no other identifiers. A conference without an enquiry is"
    " a child who moved in with a plan; a plan that begins on a conference's day is the one it decided on. The census"
    " knows no contacts, visits, workers or teams, no end of a section 47 enquiry, no due day of a review and no care;"
    " child in need plans from 2022, pre-proceedings from 2026.",
    one_history=True,
)
"""The census as it is sent to the department, every year's shape."""
