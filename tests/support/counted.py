"""A tiny indicator over a tiny table, for tests of how cases become facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period, Window
from scorecard.contract.types import ColumnType
from scorecard.definitions.indicator import Better, Dimension, Indicator, Kind, Measure, Unit
from scorecard.definitions.registry import Registry
from scorecard.errors import Place
from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.fact import Fact, FactKey, Facts
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.run import Population, Run
from scorecard.sql.engines.duckdb import DuckDBEngine, open_duckdb
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.facts.cases import Cases

HERE = Place(Path("things.md"), 1)
NOVEMBER = Period(2021, 11)
COLUMNS = {
    "id": ColumnType.ID,
    "child": ColumnType.ID,
    "day": ColumnType.DATE,
    "team": ColumnType.ID,
    "ok": ColumnType.INTEGER,
    "reason": ColumnType.TEXT,
    "days_taken": ColumnType.INTEGER,
    "judged": ColumnType.INTEGER,
}
SQL = """SELECT t.id AS case_id, t.child AS child_id, t.day AS event_date, t.team AS team, t.ok AS is_ok,
       t.reason AS left_out, t.days_taken AS n_days, t.judged AS judged_by_limit
FROM things AS t"""
COUNT = Measure("things", "Things", Unit.COUNT, Better.NEITHER)
SHARE = Measure("ok_pct", "Things that are right", Unit.PERCENT, Better.HIGHER, counts="is_ok", of="all")
RATE = Measure("thing_rate", "Rate of things", Unit.RATE_PER_10000, Better.NEITHER, of="population", annualised=True)
TEAM = Dimension("team", "Team", "", {"T1": "One", "T2": "Two", "T3": "Three"}, "", 1, HERE, "t")


def indicator(*measures: Measure, **changed: Any) -> Indicator:
    """A flow of things, broken down by team, with these measures."""
    made = Indicator(
        id="things",
        title="Things",
        section="things",
        kind=Kind.FLOW,
        one_case_is="a thing",
        measures=measures,
        sql=SQL,
        meaning="",
        examples=(),
        place=HERE,
        sql_line=1,
        fingerprint="f",
        breakdowns=("team",),
    )
    return replace(made, **changed)


def thing(name: str, day: str, child: str = "c", **cells: Any) -> tuple[object, ...]:
    """One row of the table."""
    given = {"id": name, "child": child, "day": date.fromisoformat(day), **cells}
    return tuple(given.get(column) for column in COLUMNS)


def count(
    one: Indicator, rows: Sequence[tuple[object, ...]], months: Sequence[Period] = (NOVEMBER,), **run: Any
) -> tuple[Facts, DuckDBEngine, Cases]:
    """The facts of an indicator over these rows."""
    engine = open_duckdb(DatedRules())
    engine.put("things", COLUMNS, rows)
    asked = Run(tuple(months), "s", months[-1].last_day, (Population(date(2018, 4, 1), 20_000, "a census"),), **run)
    engine.report_days(month.last_day for month in months_counted(asked.months))
    made = make_facts(engine.connection, Registry({one.id: one}, {"team": TEAM}, DatedRules()), [one], asked)
    return Facts(to_fact(row) for row in fact_rows(engine.connection, "facts", months)), engine, made[one.id]


def fact(facts: Facts, name: str, window: Window = Window.MONTH, *part: str, month: Period = NOVEMBER) -> Fact:
    """One fact, which is there."""
    found = facts.get(FactKey(name, month, window, *part))
    assert found is not None, (name, window, part)
    return found
