"""The summary's first column: what a council chooses to print of the year before, and what it is headed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.facts.fact import FactKey
from scorecard.findings.comparators import Area
from scorecard.findings.sentences import comparator_number
from scorecard.pack.context import EndOfYear, View
from scorecard.pack.desk import value_cell
from scorecard.pack.document import Cell, Column
from scorecard.words.numbers import NO_VALUE

if TYPE_CHECKING:
    from datetime import date

    from scorecard.findings.comparators import Comparator
    from scorecard.findings.finding import Reading
    from scorecard.pack.context import PackContext
    from scorecard.pack.desk import Desk, Footnotes

STATUTORY_METHOD = "statutory return"
"""How a council's own published figure says that it is the one it returned, not the one that was published of it."""

_OF_THE_COUNCIL = frozenset({EndOfYear.STATUTORY, EndOfYear.PUBLISHED})


def year_end_column(context: PackContext) -> Column:
    """The column, its heading saying which year end it is."""
    march, told = context.period.april.back(1), "as first reported" if context.view is View.FIRST else "as now known"
    year = f"{march.financial_year}/{(march.financial_year + 1) % 100:02d}"
    under = {
        EndOfYear.MARCH_FIRST_REPORTED: f"{march.label}, {told}",
        EndOfYear.YEAR: f"year {year}",
        EndOfYear.STATUTORY: f"statutory return {year}",
        EndOfYear.PUBLISHED: f"published by DfE {year}",
    }
    return Column("End of year", under[_kind(context)])


def year_end_cell(desk: Desk, reading: Reading, notes: Footnotes) -> Cell:
    """A measure's figure of the year before; nothing where it was not counted, returned or published."""
    kind = _kind(desk.context)
    if kind in _OF_THE_COUNCIL:
        found = _own_published(desk, reading, returned=kind is EndOfYear.STATUTORY) if reading.is_reliable else None
        return Cell((comparator_number(found) if found else NO_VALUE,))
    if kind is EndOfYear.YEAR and not reading.is_stock:
        key = FactKey(reading.measure.id, reading.period.april.back(1), Window.YEAR_TO_DATE)
        return value_cell(desk.facts.get(key), reading.measure, notes)
    return value_cell(reading.year_end, reading.measure, notes)


def _kind(context: PackContext) -> EndOfYear:
    """What the column holds: only the whole council's figures are returned and published, and none of a team's."""
    of_council = context.told_for and context.end_of_year in _OF_THE_COUNCIL
    return EndOfYear.MARCH_FIRST_REPORTED if of_council else context.end_of_year


def _own_published(desk: Desk, reading: Reading, *, returned: bool) -> Comparator | None:
    """The council's own figure of the year that ended in March, as returned or as published."""
    ended: date = reading.period.april.back(1).last_day
    day = max(desk.context.as_at, reading.period.last_day)
    own = [
        one
        for one in desk.context.comparators.published(reading.measure.id, day)
        if one.area is Area.COUNCIL and one.period_end == ended and one.method.startswith(STATUTORY_METHOD) is returned
    ]
    return max(own, key=lambda one: one.published, default=None)
