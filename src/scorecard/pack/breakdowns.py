"""Tables of parts: months, measures or members across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.indicator import NOT_RECORDED, Unit
from scorecard.facts.fact import FactKey
from scorecard.findings.finding import headline_window
from scorecard.findings.printing import share_number
from scorecard.findings.sentences import target_number
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Cell, Column, NumberTable, Row
from scorecard.pack.plan import BreakdownKind
from scorecard.pack.summary import status_of
from scorecard.pack.tables import months_of_tables
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.pack.plan import BreakdownPlan


def breakdown_table(desk: Desk, topic: str, plan: BreakdownPlan) -> NumberTable | None:
    """A table of parts; none where no part is known."""
    readings = desk.told(plan.measures)
    makers = {
        BreakdownKind.BY_MONTH: _by_month,
        BreakdownKind.BY_MEASURE: _by_measure,
        BreakdownKind.BY_MEMBER: _by_member,
    }
    members = _members(desk, plan, readings)
    if not members:
        return None
    return makers[plan.kind](desk, f"{topic}-{plan.dimension}", plan, readings, members)


def _whole(desk: Desk, measure: str, month: Period) -> FactKey:
    return FactKey(measure, month, headline_window(desk.indicators[measure]))


def _members(desk: Desk, plan: BreakdownPlan, readings: tuple[Reading, ...]) -> dict[str, str]:
    """Members that occur, by code, in the order and words of their dimension."""
    months = months_of_tables(desk) if plan.kind is BreakdownKind.BY_MONTH else (desk.context.period,)
    found: dict[str, None] = {}
    for reading in readings:
        for month in months:
            found.update(dict.fromkeys(desk.parts(_whole(desk, reading.measure.id, month), plan.dimension)))
    dimension = desk.context.dimensions.get(plan.dimension)
    labels = dict(dimension.members) if dimension else {}
    ordered = [code for code in labels if code in found] + sorted(code for code in found if code not in labels)
    ordered.sort(key=lambda code: code == NOT_RECORDED)
    return {code: labels.get(code, "Not recorded" if code == NOT_RECORDED else code) for code in ordered}


def _part_cell(part: Fact | None, whole: Fact | None, reading: Reading, notes: Footnotes, plan: BreakdownPlan) -> Cell:
    if part is None:
        return Cell((NO_VALUE,))
    cell = value_cell(part, reading.measure, notes, parts=True)
    if plan.shares and whole is not None and reading.measure.unit is Unit.COUNT:
        return Cell(cell.phrase, (share_number(part, whole),), marks=cell.marks)
    return cell


def _by_month(
    desk: Desk, table: str, plan: BreakdownPlan, readings: tuple[Reading, ...], members: dict[str, str]
) -> NumberTable:
    months, notes, reading = months_of_tables(desk), Footnotes(), readings[0]
    columns = tuple(Column(month.short_label, strong=month == desk.context.period) for month in months)
    wholes = [_whole(desk, reading.measure.id, month) for month in months]
    rows = [
        Row(
            Cell((Label(label),)),
            tuple(
                _part_cell(desk.parts(key, plan.dimension).get(code), desk.facts.get(key), reading, notes, plan)
                for key in wholes
            ),
        )
        for code, label in members.items()
    ]
    if plan.shares:
        totals = tuple(value_cell(desk.facts.get(key), reading.measure, notes) for key in wholes)
        rows.append(Row(Cell(("All",)), totals, total=True))
    return NumberTable(table, plan.caption, _corner(desk, plan), columns, tuple(rows), notes.all(), kind="parts")


def _corner(desk: Desk, plan: BreakdownPlan) -> str:
    dimension = desk.context.dimensions.get(plan.dimension)
    return dimension.title if dimension else plan.dimension.replace("_", " ").capitalize()


def _by_measure(
    desk: Desk, table: str, plan: BreakdownPlan, readings: tuple[Reading, ...], members: dict[str, str]
) -> NumberTable:
    notes, period = Footnotes(), desk.context.period
    rows = []
    for code, label in members.items():
        cells = []
        for reading in readings:
            key = _whole(desk, reading.measure.id, period)
            part = desk.parts(key, plan.dimension).get(code)
            cells.append(_part_cell(part, desk.facts.get(key), reading, notes, plan))
        rows.append(Row(Cell((Label(label),)), tuple(cells)))
    totals = tuple(value_cell(reading.now, reading.measure, notes, parts=True) for reading in readings)
    rows.append(Row(Cell(("All",)), totals, total=True))
    columns = tuple(Column(reading.measure.title) for reading in readings)
    return NumberTable(table, plan.caption, _corner(desk, plan), columns, tuple(rows), notes.all(), kind="parts")


def _by_member(
    desk: Desk, table: str, plan: BreakdownPlan, readings: tuple[Reading, ...], members: dict[str, str]
) -> NumberTable:
    notes = Footnotes()
    judged = any(reading.target for reading in readings)
    judged_columns = (Column("Target"), Column("Against target", numeric=False)) if judged else ()
    columns = (*(Column(label) for label in members.values()), Column("All", strong=True), *judged_columns)
    rows = tuple(_member_row(desk, reading, members, notes, plan, judged=judged) for reading in readings)
    return NumberTable(table, plan.caption, "Measure", columns, rows, notes.all(), kind="parts")


def _member_row(  # noqa: PLR0913 - one row needs the whole table's setting
    desk: Desk, reading: Reading, members: dict[str, str], notes: Footnotes, plan: BreakdownPlan, *, judged: bool
) -> Row:
    key = _whole(desk, reading.measure.id, desk.context.period)
    parts = desk.parts(key, plan.dimension)
    cells = [_part_cell(parts.get(code), reading.now, reading, notes, plan) for code in members]
    cells.append(value_cell(reading.now, reading.measure, notes, parts=True, strong=True))
    if judged:
        target = Cell((NO_VALUE,)) if reading.target is None else Cell((target_number(reading.target, reading),))
        cells.extend((target, Cell(status=status_of(reading))))
    return Row(Cell((Label(reading.measure.title),)), tuple(cells))
