"""A row is overdue exactly where its case fails the measure that its duty names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from counted import HERE, TEAM

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType
from scorecard.definitions.indicator import Better, Duty, Indicator, Kind, Measure, Unit
from scorecard.definitions.registry import Registry
from scorecard.errors import DefinitionError
from scorecard.facts.due import Due, make_due
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Sequence

SATURDAY = date(2021, 11, 20)
SHARE = Measure("in_time_pct", "Children visited in time", Unit.PERCENT, Better.HIGHER, counts="is_in_time", of="all")
NUMBER = Measure("late", "Children visited late", Unit.COUNT, Better.LOWER, counts="is_late")
SQL = """SELECT v.child AS case_id, v.child AS child_id, d.day AS event_date, v.team AS team,
       v.is_in_time AS is_in_time, 1 - v.is_in_time AS is_late,
       v.due_on AS due_on, v.done_on AS last_done_on, v.reason AS left_out
FROM report_days AS d JOIN visits AS v ON v.child IS NOT NULL"""
VISITS = {
    "child": ColumnType.ID,
    "team": ColumnType.ID,
    "is_in_time": ColumnType.INTEGER,
    "due_on": ColumnType.DATE,
    "done_on": ColumnType.DATE,
    "reason": ColumnType.TEXT,
}


def visit(child: str, due_on: str | None, *, in_time: bool, **cells: Any) -> tuple[object, ...]:
    given = {"child": child, "due_on": due_on and date.fromisoformat(due_on), "is_in_time": int(in_time), **cells}
    return tuple(given.get(column) for column in VISITS)


def involved(child: str, worker: str, first: str, last: str | None = None, role: str = "CW") -> dict[str, object]:
    return {
        "invo_involvements_id": worker,
        "invo_person_id": child,
        "invo_professional_id": worker,
        "invo_professional_role_id": role,
        "invo_involvement_start_date": date.fromisoformat(first),
        "invo_involvement_end_date": last and date.fromisoformat(last),
    }


def owed(
    rows: Sequence[tuple[object, ...]],
    measure: Measure = SHARE,
    sql: str = SQL,
    involvements: Sequence[dict[str, object]] = (),
    departments: Sequence[dict[str, object]] = (),
) -> list[Due]:
    engine = open_duckdb(DatedRules())
    engine.put("visits", VISITS, rows)
    for name, given in (("ssd_involvements", involvements), ("ssd_department", departments)):
        columns = {column.name: column.type for column in load_contract().tables[name].loaded}
        engine.put(name, columns, [tuple(one.get(column) for column in columns) for one in given])
    engine.report_days([SATURDAY])
    one = Indicator(
        id="visits",
        title="Visits",
        section="visits",
        kind=Kind.STOCK,
        one_case_is="a child",
        measures=(SHARE, NUMBER),
        sql=sql,
        meaning="",
        examples=(),
        place=HERE,
        sql_line=1,
        fingerprint="f",
        breakdowns=("team",),
        duty=Duty("Visit", measure.id),
    )
    return make_due(engine.connection, Registry({one.id: one}, {"team": TEAM}, DatedRules()), [one], SATURDAY)


@pytest.mark.parametrize("measure", [SHARE, NUMBER], ids=["below the line and not above", "counted"])
def test_what_fails_the_measure_is_overdue_and_nothing_else(measure: Measure) -> None:
    rows = [visit("c1", "2021-11-18", in_time=False), visit("c2", "2021-11-22", in_time=True)]
    assert [(row.child, row.is_overdue, row.days_left) for row in owed(rows, measure)] == [
        ("c1", True, -2),
        ("c2", False, 2),
    ]


def test_a_child_left_out_of_the_percentage_is_due_and_not_overdue() -> None:
    left_out = visit("c1", "2021-11-25", in_time=False, reason="first visit not yet due")
    assert [(row.is_overdue, row.days_left) for row in owed([left_out])] == [(False, 5)]


def test_on_the_weekend_after_the_last_working_day_nothing_is_over_and_no_day_is_left() -> None:
    assert [(row.is_overdue, row.days_left) for row in owed([visit("c1", "2021-11-19", in_time=True)])] == [(False, 0)]


def test_what_was_never_done_and_has_no_day_is_listed_where_it_fails_and_only_there() -> None:
    rows = [visit("c1", None, in_time=False), visit("c2", None, in_time=True)]
    assert [(row.child, row.is_overdue, row.days_left) for row in owed(rows)] == [("c1", True, None)]


def test_what_is_overdue_falls_due_within_any_days_and_the_rest_up_to_the_last_of_them() -> None:
    days = ["2021-11-18", "2021-11-22", "2021-11-23"]
    rows = owed([visit(f"c{n}", day, in_time=n > 0) for n, day in enumerate(days)] + [visit("c9", None, in_time=False)])
    assert [row.child for row in rows if row.falls_due_within(2)] == ["c9", "c0", "c1"]


def test_a_definition_that_lists_a_child_twice_is_refused() -> None:
    twice = SQL.replace("v.child AS case_id", "v.child || v.done_on AS case_id")
    done = [date(2021, 11, 1), date(2021, 11, 2)]
    with pytest.raises(DefinitionError, match="a child more than once for “Visit”"):
        owed([visit("c1", "2021-11-25", in_time=True, done_on=day) for day in done], sql=twice)


@pytest.mark.parametrize("column", ["due_on", "last_done_on"])
def test_a_definition_that_does_not_say_by_when_or_since_when_is_refused(column: str) -> None:
    with pytest.raises(DefinitionError, match=f"no column `{column}`"):
        owed([], sql=SQL.replace(f"AS {column}", "AS another"))


def test_the_worker_is_who_holds_the_case_that_day_and_on_a_handover_who_took_it_on() -> None:
    children = ["c1", "c2", "c3", "c4", "c5"]
    involvements = [
        involved("c1", "W1", "2021-01-01", "2021-11-20"),
        involved("c1", "W2", "2021-11-20"),
        involved("c2", "W3", "2021-01-01", "2021-11-19"),
        involved("c2", "W4", "2021-11-21"),
        involved("c3", "W5", "2021-01-01"),
        involved("c3", "W6", "2021-06-01", role="16PLUS"),
        involved("c4", "W7", "2021-06-01", role="16PLUS"),
        involved("c5", "W8", "2021-06-01", role="IRO"),
    ]
    rows = owed([visit(child, "2021-11-25", in_time=True) for child in children], involvements=involvements)
    assert {row.child: row.worker for row in rows} == {"c1": "W2", "c2": "", "c3": "W5", "c4": "W7", "c5": ""}


def test_a_team_goes_by_its_name_where_the_extract_has_one() -> None:
    rows = [
        visit("c1", "2021-11-25", in_time=True, team="T1"),
        visit("c2", "2021-11-25", in_time=True, team="T2"),
        visit("c3", "2021-11-25", in_time=True),
    ]
    listed = owed(rows, departments=[{"dept_team_id": "T1", "dept_team_name": "North"}])
    assert {row.child: row.team for row in listed} == {"c1": "North", "c2": "T2", "c3": "No team"}


def test_rows_are_in_order_of_teams_then_workers_then_days() -> None:
    days = {"c1": "2021-11-25", "c2": "2021-11-24", "c3": "2021-11-26", "c4": "2021-11-23"}
    teams = {"c1": "T1", "c2": "T1", "c3": "T1", "c4": "T2"}
    workers = {"c1": "W2", "c2": "W2", "c3": "W1", "c4": "W0"}
    rows = owed(
        [visit(child, day, in_time=True, team=teams[child]) for child, day in days.items()],
        involvements=[
            {**involved(child, worker, "2021-01-01"), "invo_involvements_id": child}
            for child, worker in workers.items()
        ],
    )
    assert [row.child for row in rows] == ["c3", "c2", "c1", "c4"]
