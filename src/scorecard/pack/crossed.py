"""Tables of two dimensions: one down, one across, with percentages of each row beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.facts.fact import FactKey
from scorecard.findings.printing import exact_value, share_number
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Cell, Column, NumberTable, Row
from scorecard.pack.plan import Shares
from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import plain
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.pack.plan import BreakdownPlan


@dataclass(frozen=True)
class _Crossing:
    """A table being made: what is counted, the members across, the percentages beside."""

    desk: Desk
    plan: BreakdownPlan
    reading: Reading
    across: Mapping[str, str]
    beside: tuple[Reading, ...]
    notes: Footnotes

    @property
    def whole(self) -> FactKey:
        return FactKey(self.reading.measure.id, self.reading.period, self.reading.window)

    def row(self, member: str, label: str) -> Row:
        pairs = self.desk.crossed(self.whole, self.plan.dimension, member, self.plan.across)
        cells = [self._pair(pairs.get(code), f"{member}×{code}") for code in self.across]
        total = self.desk.parts(self.whole, self.plan.dimension).get(member)
        cells.append(value_cell(total, self.reading.measure, self.notes, strong=True))
        for one in self.beside:
            key = FactKey(one.measure.id, one.period, one.window)
            part = self.desk.parts(key, self.plan.dimension).get(member)
            cells.append(value_cell(part, one.measure, self.notes))
        return Row(Cell((Label(label),)), tuple(cells))

    def _pair(self, part: Fact | None, pair: str) -> Cell:
        """A pair that counts nothing has no fact of its own; it is nought, not unknown: its row and column exist."""
        if part is None:
            return Cell((Number(plain(0), f"{self.whole}/{pair}#none", Source.FINDING),))
        cell = value_cell(part, self.reading.measure, self.notes)
        if self.plan.shares is Shares.NONE:
            return cell
        return Cell(cell.phrase, (share_number(part, exact_value(self.reading.now)),), marks=cell.marks)

    def all_row(self) -> Row:
        parts = self.desk.parts(self.whole, self.plan.across)
        cells = [value_cell(parts.get(code), self.reading.measure, self.notes) for code in self.across]
        cells.append(value_cell(self.reading.now, self.reading.measure, self.notes, strong=True))
        cells.extend(value_cell(one.now, one.measure, self.notes) for one in self.beside)
        return Row(Cell(("All",)), tuple(cells), total=True)


def crossed_table(desk: Desk, topic: str, plan: BreakdownPlan) -> NumberTable | None:
    """A row for each member of the dimension, a column for each member across; none where nothing was crossed."""
    readings = desk.told(plan.measures)
    if not readings:
        return None
    reading = readings[0]
    whole = FactKey(reading.measure.id, reading.period, reading.window)
    down = desk.members(plan.dimension, desk.parts(whole, plan.dimension))
    across = desk.members(plan.across, desk.parts(whole, plan.across))
    if not down or not across:
        return None
    made = _Crossing(desk, plan, reading, across, desk.told(plan.beside), Footnotes())
    rows = (*(made.row(code, label) for code, label in down.items()), made.all_row())
    counts = (*(Column(label) for label in across.values()), Column("All", strong=True))
    columns = (*counts, *(Column(one.measure.title) for one in made.beside))
    caption = f"{plan.caption} on {day_in_words(reading.looked_at)}" if reading.looked_at else plan.caption
    table, corner = f"{topic}-{plan.dimension}-{plan.across}", desk.title_of(plan.dimension)
    return NumberTable(table, caption, corner, columns, rows, made.notes.all(), kind="crossed")
