"""Teams beside each other: in their own order, with n, and nothing compared that is of too few."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from invented_november import NOVEMBER, context, fact, facts

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Dimension, Unit
from scorecard.errors import Place
from scorecard.facts.fact import Fact, FactKey, Facts
from scorecard.pack.breakdowns import breakdown_table
from scorecard.pack.desk import Desk
from scorecard.pack.plan import BreakdownKind, BreakdownPlan
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import NumberTable

PLAN = BreakdownPlan("Teams", BreakdownKind.BY_TEAM, "team", ("assessments_45wd_pct", "contacts_received"))
TEAM = Dimension("team", "Team", "", {"Z": "Zeal", "A": "Able", "M": "Mild"}, "", 1, Place("team.md"), "t")


def _of(name: str, team: str, numerator: float, denominator: float | None) -> Fact:
    unit, scale = (Unit.PERCENT, 100) if denominator else (Unit.COUNT, 1)
    return fact(FactKey(name, NOVEMBER, Window.MONTH, "team", team), numerator, denominator, unit, scale=scale)


def _table(**changed: object) -> NumberTable:
    parts = [
        _of("assessments_45wd_pct", "A", 9, 10),
        _of("assessments_45wd_pct", "Z", 1, 20),
        _of("assessments_45wd_pct", "M", 9, 9),
        _of("contacts_received", "A", 3, None),
        _of("contacts_received", "not_recorded", 2, None),
    ]
    told = replace(context(), **{"dimensions": {"team": TEAM}, **changed})  # type: ignore[arg-type]
    found = breakdown_table(Desk(told, Facts([*facts(), *parts])), "topic", PLAN)
    assert found
    return found


def test_teams_stand_in_their_own_order_and_the_best_is_not_first() -> None:
    assert [text_of(row.heading.phrase) for row in _table().rows] == ["Zeal", "Able", "Mild", "Not recorded", "All"]


def test_a_percentage_stands_with_what_it_is_of_and_not_below_ten() -> None:
    cells = {text_of(row.heading.phrase): row.cells[0] for row in _table().rows}
    assert (text_of(cells["Able"].phrase), text_of(cells["Able"].small)) == ("90%", "n 10")
    assert (text_of(cells["Mild"].phrase), text_of(cells["Mild"].small)) == ("n too small to compare", "n 9")
    assert not any("100%" in text_of(row.cells[0].phrase) for row in _table().rows)


@pytest.mark.parametrize(("least", "shown"), [(9, "100%"), (21, "n too small to compare")])
def test_a_council_says_of_how_many_a_figure_must_be(least: int, shown: str) -> None:
    rows = {text_of(row.heading.phrase): row for row in _table(compared_from=least).rows}
    assert text_of(rows["Mild"].cells[0].phrase) == shown
    assert text_of(rows["Zeal"].cells[0].phrase) == ("5%" if least == 9 else shown)


def test_a_plain_count_is_its_own_number() -> None:
    rows = {text_of(row.heading.phrase): row for row in _table().rows}
    assert (text_of(rows["Able"].cells[1].phrase), rows["Able"].cells[1].small) == ("3", ())
    assert text_of(rows["Zeal"].cells[1].phrase) == "-"


def test_teams_of_one_name_have_a_row_each_with_its_id() -> None:
    named = replace(TEAM, members={"Z": "Zeal", "A": "Able", "M": "Able"})
    found = [text_of(row.heading.phrase) for row in _table(dimensions={"team": named}).rows]
    assert found == ["Zeal", "Able (A)", "Able (M)", "Not recorded", "All"]


def test_one_team_alone_has_nothing_beside_it() -> None:
    told = replace(context(), dimensions={"team": TEAM})
    alone = Facts([*facts(), _of("assessments_45wd_pct", "A", 9, 10)])
    assert breakdown_table(Desk(told, alone), "topic", PLAN) is None


def test_where_no_figure_is_told_by_team_there_is_no_table() -> None:
    told = replace(context(), dimensions={"team": TEAM})
    assert breakdown_table(Desk(told, facts()), "topic", PLAN) is None
