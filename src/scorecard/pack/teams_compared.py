"""Teams beside each other: each figure with the number it is of, in the teams' own order and never a ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.fact import FactKey, Quality
from scorecard.facts.teams import TEAM
from scorecard.findings.printing import denominator_number
from scorecard.pack.desk import Desk, Footnotes, cautions, value_cell
from scorecard.pack.document import Cell, Column, NumberTable, Row
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.pack.plan import BreakdownPlan


_FEWEST = 2


def teams_table(desk: Desk, topic: str, plan: BreakdownPlan) -> NumberTable | None:
    """A row for each team that has a figure this month, and one for all; none where there are no two to compare."""
    readings, notes = desk.told(plan.measures), Footnotes()
    wholes = [FactKey(one.measure.id, one.period, one.window) for one in readings]
    parts = [desk.parts(whole, TEAM) for whole in wholes]
    teams = desk.members(TEAM, {team for of_measure in parts for team in of_measure})
    if len(teams) < _FEWEST:
        return None
    titles = list(teams.values())
    named = [title if titles.count(title) == 1 else f"{title} ({team})" for team, title in teams.items()]
    facts = [[of_measure.get(team) for of_measure in parts] for team in teams]
    rows = tuple(
        Row(
            Cell((Label(title),)),
            tuple(_cell(desk, fact, one, notes) for fact, one in zip(of_team, readings, strict=True)),
            total=place == len(teams),
        )
        for place, (title, of_team) in enumerate(
            zip([*named, "All"], [*facts, [desk.facts.get(whole) for whole in wholes]], strict=True)
        )
    )
    columns = tuple(Column(one.measure.title) for one in readings)
    return NumberTable(f"{topic}-teams", plan.caption, desk.title_of(TEAM), columns, rows, notes.all(), kind="parts")


def _cell(desk: Desk, fact: Fact | None, reading: Reading, notes: Footnotes) -> Cell:
    """A figure and what it is of; of too few, no figure. A plain count is its own number, and stands as it is.

    What is not reliable does not stand beside other teams' figures, nor do parts of a whole that is not.
    """
    measure = reading.measure
    doubted = next((one for one in (fact, reading.now) if one and one.quality is Quality.UNRELIABLE), None)
    if fact and doubted:
        return Cell(("not compared",), marks=tuple(notes.mark(remark) for remark in cautions(doubted)))
    if fact is None or fact.denominator is None:
        return value_cell(fact, measure, notes)
    n = ("n ", denominator_number(fact))
    if fact.denominator < desk.context.compared_from:
        remark = f"Not compared: of fewer than {desk.context.compared_from}, chance alone makes the difference."
        return Cell(("n too small to compare",), n, marks=(notes.mark(remark),))
    cell = value_cell(fact, measure, notes)
    return Cell(cell.phrase, n, marks=cell.marks)
