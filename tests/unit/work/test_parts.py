"""Figures of a part: cases kept by the teams of another time, and what was supplied for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
from counted import COUNT, NOVEMBER, SQL, TEAM, count, fact, indicator, thing

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.registry import Registry
from scorecard.facts.aggregate import count_facts
from scorecard.facts.fact import FactKey, Facts
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.run import Run
from scorecard.facts.supplied import fill_in, settle_part
from scorecard.facts.teams import NO_TEAMS, Part, Team, Teams
from scorecard.facts.teams_file import write_teams
from scorecard.sql.rules import DatedRules
from scorecard.store.months import FrozenMonth
from scorecard.store.supplied import HandOver, SuppliedFigure, Supply
from scorecard.work.parts import kept_cases

OCTOBER = Period(2021, 10)
BEFORE, AUGUST = ("2021-04-06", "2021-05-06", "2021-06-06", "2021-07-06", "2021-09-06"), "2021-08-06"


def test_a_month_kept_before_a_team_was_joined_to_its_line_tells_the_line(tmp_path: Path) -> None:
    old = Teams((Team("T8", "Court", line="T8"), Team("T9", "Care", line="T9")))
    new = Teams(
        (
            Team("S1", "Safeguarding", line="S1"),
            Team("T8", "Court", to_day=date(2021, 10, 31), line="NORTH", parent="S1"),
            Team("T88", "North", from_day=date(2021, 11, 1), line="NORTH", parent="S1"),
            Team("T9", "Care", line="T9"),
        )
    )
    rows = [thing("a", "2021-10-05", team="T8"), thing("b", "2021-10-06", team="T9"), thing("c", "2021-10-07")]
    one = indicator(COUNT)
    _, engine, cases = count(one, rows, [OCTOBER], teams=old)
    (tmp_path / "cases").mkdir()
    engine.connection.table(cases.table).write_parquet(str(tmp_path / "cases" / "things.parquet"))
    write_teams(old, tmp_path / "teams.csv")
    frozen = FrozenMonth(OCTOBER, 1, "s", "2021-11-01", {}, tmp_path)
    registry = Registry({one.id: one}, {"team": TEAM}, DatedRules())
    nobody = "not_recorded"
    for teams, told in ((new, [("NORTH", "S1"), ("T9", nobody)]), (None, [("T8", nobody), ("T9", nobody)])):
        with duckdb.connect(":memory:") as connection:
            (kept,) = kept_cases(connection, registry, frozen, teams)
            query = f"SELECT dim_team, dim_service FROM {kept.table} ORDER BY case_id"
            found = connection.execute(query).fetchall()
        assert found == [*told, (nobody, nobody)]


def _supplied(key: str, total: float) -> Supply:
    period = FactKey.parse(key).period
    given = HandOver(period, "hub", "The hub", "Me", date(2021, 12, 5), (SuppliedFigure(key, total, None),))
    return Supply(given, 1, Path())


def _of_t3(supply: Supply, *others: str) -> Facts:
    """The facts of the team T3, which had a case in October, beside a council with others on these days."""
    rows = [thing("a", "2021-10-05", team="T3"), *(thing(day, day, team="T1") for day in others)]
    one, months = indicator(COUNT, sql=SQL), (Period(2021, 9), OCTOBER, NOVEMBER)
    _, engine, cases = count(one, rows, months)
    connection, run = engine.connection, Run(months, "s", NOVEMBER.last_day)
    fill_in(connection, [one], run, {one.id: cases}, [supply])
    connection.execute("ALTER TABLE facts RENAME TO council")
    part = Part("team", "T3")
    registry = Registry({one.id: one}, {"team": TEAM}, DatedRules())
    count_facts(connection, registry, [cases.narrowed(connection, part, NO_TEAMS)], run)
    settle_part(connection, "council", part)
    return Facts(to_fact(row) for row in fact_rows(connection, "facts", months))


def test_what_was_supplied_for_a_team_is_its_figure_and_counts_in_its_year() -> None:
    facts = _of_t3(_supplied("things/2021-11/month/team/T3", 33), *BEFORE, AUGUST, "2021-11-06")
    assert fact(facts, "things").value == 33
    assert fact(facts, "things").supplied_by
    assert fact(facts, "things", Window.YEAR_TO_DATE).value == 34
    assert fact(facts, "things", month=OCTOBER).value == 1


def test_where_the_councils_total_was_supplied_a_team_has_no_figure_rather_than_nought() -> None:
    facts = _of_t3(_supplied("things/2021-08/month", 150), *BEFORE, "2021-11-06")
    assert facts.get(FactKey("things", NOVEMBER, Window.YEAR_TO_DATE)) is None
    assert fact(facts, "things", month=OCTOBER).value == 1
