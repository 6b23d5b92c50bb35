"""Tables of parts: months, measures or members across, with shares and subtotals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import FactKey
from scorecard.findings.printing import exact_value, share_number
from scorecard.pack.crossed import crossed_table
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Cell, Column, NumberTable, Row
from scorecard.pack.plan import BreakdownKind, Shares
from scorecard.pack.summary import status_of, target_cell
from scorecard.pack.tables import months_of_tables
from scorecard.pack.teams_compared import teams_table
from scorecard.words.grammar import lowered
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
    if plan.kind is BreakdownKind.CROSSED:
        return crossed_table(desk, topic, plan)
    if plan.kind is BreakdownKind.BY_TEAM:
        return teams_table(desk, topic, plan)
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
    return FactKey(measure, month, desk.window(measure))


def _months(desk: Desk, plan: BreakdownPlan) -> tuple[Period, ...]:
    march = (desk.context.period.april.back(1),) if plan.from_march else ()
    return (*march, *months_of_tables(desk))


def _members(desk: Desk, plan: BreakdownPlan, readings: tuple[Reading, ...]) -> dict[str, str]:
    """Members that occur, by code, in the order and words of their dimension."""
    months = _months(desk, plan) if plan.kind is BreakdownKind.BY_MONTH else (desk.context.period,)
    found = {
        code
        for reading in readings
        for month in months
        for code in desk.parts(_whole(desk, reading.measure.id, month), plan.dimension)
    }
    return desk.members(plan.dimension, found)


@dataclass(frozen=True)
class _Line:
    """One row of parts: a member, or the sum of several; and the sum it is a share of, unless it stands alone."""

    label: str
    dimension: str
    member: str
    of: str = ""
    total: bool = False
    stands_alone: bool = False

    def part(self, desk: Desk, whole: FactKey) -> Fact | None:
        return desk.parts(whole, self.dimension).get(self.member)


def _lines(desk: Desk, plan: BreakdownPlan, members: dict[str, str]) -> list[_Line]:
    if not plan.subtotals:
        return [_Line(label, plan.dimension, code) for code, label in members.items()]
    lines: list[_Line] = []
    for code, label in desk.members(plan.subtotals, plan.sums).items():
        inner = [one for one in plan.sums[code] if one in members]
        lines.extend(_Line(members[one], plan.dimension, one, of=code) for one in inner)
        title = f"All {lowered(label)}" if inner else label
        lines.append(_Line(title, plan.subtotals, code, of=code, total=True, stands_alone=not inner))
    return lines


def _cells(
    desk: Desk, plan: BreakdownPlan, line: _Line, of: tuple[Reading, FactKey], notes: Footnotes
) -> tuple[Cell, ...]:
    """A part's figure; where shares are asked for, its share under it or in a cell of its own."""
    reading, key = of
    part = line.part(desk, key)
    split = plan.shares is Shares.COLUMN and reading.measure.unit is Unit.COUNT
    if part is None:
        return (Cell((NO_VALUE,)),) * (2 if split else 1)
    cell = value_cell(part, reading.measure, notes, parts=True)
    if plan.shares is Shares.NONE or reading.measure.unit is not Unit.COUNT:
        return (cell,)
    if line.stands_alone:
        return (cell, Cell()) if split else (cell,)
    whole = desk.parts(key, plan.subtotals).get(line.of) if line.of else desk.facts.get(key)
    share = (share_number(part, exact_value(whole)),)
    return (cell, Cell(share)) if split else (Cell(cell.phrase, share, marks=cell.marks),)


def _by_month(
    desk: Desk, table: str, plan: BreakdownPlan, readings: tuple[Reading, ...], members: dict[str, str]
) -> NumberTable:
    months, notes, reading = _months(desk, plan), Footnotes(desk.context.period), readings[0]
    columns = [Column(month.short_label, strong=month == desk.context.period) for month in months]
    wholes = [_whole(desk, reading.measure.id, month) for month in months]
    if reading.measure.unit is Unit.PERCENT and reading.to_date:
        columns.append(Column("Year to date"))
        wholes.append(reading.to_date.key)
    rows = [
        Row(
            Cell((Label(line.label),)),
            tuple(cell for key in wholes for cell in _cells(desk, plan, line, (reading, key), notes)),
            total=line.total,
        )
        for line in _lines(desk, plan, members)
    ]
    if plan.shares is not Shares.NONE:
        totals = tuple(value_cell(desk.facts.get(key), reading.measure, notes) for key in wholes)
        rows.append(Row(Cell(("All",)), totals, total=True))
    corner = desk.title_of(plan.dimension)
    return NumberTable(table, plan.caption, corner, tuple(columns), tuple(rows), notes.all(), kind="parts")


def _by_measure(
    desk: Desk, table: str, plan: BreakdownPlan, readings: tuple[Reading, ...], members: dict[str, str]
) -> NumberTable:
    notes, period = Footnotes(), desk.context.period
    keys = [(reading, _whole(desk, reading.measure.id, period)) for reading in readings]
    rows = [
        Row(
            Cell((Label(line.label),)),
            tuple(cell for reading, key in keys for cell in _cells(desk, plan, line, (reading, key), notes)),
            total=line.total,
        )
        for line in _lines(desk, plan, members)
    ]
    if not plan.subtotals:
        rows.append(Row(Cell(("All",)), _totals(readings, notes, plan), total=True))
    columns = tuple(column for reading in readings for column in _columns(reading, plan))
    corner = desk.title_of(plan.dimension)
    return NumberTable(table, plan.caption, corner, columns, tuple(rows), notes.all(), kind="parts")


def _columns(reading: Reading, plan: BreakdownPlan) -> tuple[Column, ...]:
    own = Column(reading.measure.title)
    split = plan.shares is Shares.COLUMN and reading.measure.unit is Unit.COUNT
    return (own, Column("% of total" if plan.subtotals else "% of all")) if split else (own,)


def _totals(readings: tuple[Reading, ...], notes: Footnotes, plan: BreakdownPlan) -> tuple[Cell, ...]:
    """The whole of each measure; the share of the whole in itself is not worth a cell's words."""
    cells: list[Cell] = []
    for reading in readings:
        cells.append(value_cell(reading.now, reading.measure, notes, parts=True))
        if len(_columns(reading, plan)) > 1:
            cells.append(Cell())
    return tuple(cells)


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
    lines = [_Line(label, plan.dimension, code) for code, label in members.items()]
    cells = [cell for line in lines for cell in _cells(desk, plan, line, (reading, key), notes)]
    cells.append(value_cell(reading.now, reading.measure, notes, parts=True, strong=True))
    if judged:
        cells.extend((target_cell(desk, reading), Cell(status=status_of(reading))))
    heading = Cell((Label(reading.measure.title),), marks=desk.noted(notes, reading.measure.id))
    return Row(heading, tuple(cells))
