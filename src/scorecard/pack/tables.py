"""Tables of a topic: the months' figures, published comparators, the months of a chart, and parts of a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window, months_between
from scorecard.facts.fact import FactKey
from scorecard.findings.comparators import Area
from scorecard.findings.sentences import comparator_number
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Cell, Column, Note, NumberTable, Row
from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Label, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.calendar.periods import Period
    from scorecard.findings.comparators import Comparator, Refusal
    from scorecard.findings.finding import Reading
    from scorecard.pack.charts import Chart, ReferenceLine

_MONTHS_WITHOUT_APRIL = 7


def months_of_tables(desk: Desk) -> tuple[Period, ...]:
    """The months that tables show: from April, or the last seven."""
    period = desk.context.period
    first = period.april if desk.context.plan.table_from_april else period.back(_MONTHS_WITHOUT_APRIL - 1)
    return months_between(first, period)


def figures_table(desk: Desk, topic: str, readings: tuple[Reading, ...]) -> NumberTable:
    """The months' figures of a topic's measures, and the year to date."""
    months, notes = months_of_tables(desk), Footnotes()
    to_date = any(reading.to_date for reading in readings)
    columns = (
        *(Column(month.short_label, strong=month == desk.context.period) for month in months),
        *((Column("Year to date"),) if to_date else ()),
    )
    rows = tuple(_figures_row(desk, reading, months, notes, to_date=to_date) for reading in readings)
    caption = f"Figures, {months[0].label} to {months[-1].label}" if len(months) > 1 else f"Figures, {months[0].label}"
    return NumberTable(f"{topic}-figures", caption, "Measure", columns, rows, notes.all())


def _figures_row(desk: Desk, reading: Reading, months: tuple[Period, ...], notes: Footnotes, *, to_date: bool) -> Row:
    measure, key = reading.measure, FactKey(reading.measure.id, reading.period, reading.window)
    cells = [
        value_cell(desk.facts.get(key.in_month(month)), measure, notes, parts=True, strong=month == reading.period)
        for month in months
    ]
    if to_date:
        cells.append(value_cell(reading.to_date, measure, notes, parts=True))
    return Row(Cell((Label(measure.title),)), tuple(cells))


def chart_table(chart: Chart) -> NumberTable:
    """The figures a chart draws, month by month."""
    columns = (Column(chart.title), *(Column(line.label) for line in chart.lines))
    rows = tuple(
        Row(
            Cell((point.label,)),
            (
                Cell((point.number if point.value is not None else NO_VALUE,)),
                *(_line_cell(line, place) for line in chart.lines),
            ),
        )
        for place, point in enumerate(chart.points)
    )
    return NumberTable(f"{chart.id}-table", f"{chart.title}: the months drawn", "Month", columns, rows, kind="months")


def _line_cell(line: ReferenceLine, place: int) -> Cell:
    """What a line stood at in its month; blank where there was nothing to stand at."""
    number = line.numbers[place]
    return Cell(() if number is None else (number,))


def benchmark_table(desk: Desk, topic: str, readings: tuple[Reading, ...]) -> NumberTable | None:
    """Published figures of the same kind beside the council's own, each with its period."""
    compared = [reading for reading in readings if reading.beside]
    if not compared:
        return None
    notes = Footnotes()
    shown = [area for area in Area if any(area in reading.beside for reading in compared)]
    areas = tuple(Column(desk.context.comparators.label(area)) for area in shown)
    to_date = any(reading.to_date for reading in compared)
    own = (Column(desk.context.council, strong=True), *((Column("Year to date"),) if to_date else ()))
    rows = tuple(_benchmark_row(reading, shown, notes, to_date=to_date) for reading in compared)
    caption = "How this compares with published figures"
    columns = (*own, *areas)
    return NumberTable(f"{topic}-benchmarks", caption, "Measure", columns, rows, notes.all(), kind="benchmarks")


def _benchmark_row(reading: Reading, shown: Sequence[Area], notes: Footnotes, *, to_date: bool) -> Row:
    measure = reading.measure
    own = value_cell(reading.compared, measure, notes, strong=True)
    cells = [Cell(own.phrase, _window_words(reading), marks=own.marks, strong=True)]
    if to_date:
        cells.append(value_cell(reading.to_date, measure, notes))
    cells.extend(_comparator_cell(reading, area, notes) for area in shown)
    return Row(Cell((Label(measure.title),)), tuple(cells))


def _window_words(reading: Reading) -> Phrase:
    if reading.compared and reading.compared.key.window is Window.YEAR_TO_DATE_ANNUALISED:
        return ("this year's pace",)
    if reading.compared and reading.compared.key.window is Window.ROLLING_YEAR:
        return ("last twelve months",)
    when = day_in_words(reading.period.last_day)
    return (Label(f"at {when}"),) if reading.is_stock else (Label(reading.period.label),)


def _comparator_cell(reading: Reading, area: Area, notes: Footnotes) -> Cell:
    beside = reading.beside.get(area)
    if beside is None:
        return Cell((NO_VALUE,))
    comparator = beside.comparator
    return Cell(
        (comparator_number(comparator),),
        (Label(comparator.period_words),),
        marks=tuple(notes.mark_phrase(remark) for remark in _remarks(comparator)),
    )


def _remarks(comparator: Comparator) -> tuple[Phrase, ...]:
    """What the published figure counts, whence it comes, and how a group's figure was made."""
    published = f"{comparator.source}, published {day_in_words(comparator.published)}"
    said: list[Phrase] = [(Label(f"Counts {comparator.counts}. {published}."),)]
    if comparator.members:
        said.append((Label(f"{_method(comparator)}."),))
    if comparator.differs:
        said.append((Label(f"The definition differs: {comparator.differs}."),))
    return tuple(said)


def _method(comparator: Comparator) -> str:
    method = comparator.method[:1].upper() + comparator.method[1:]
    return f"{method}: {comparator.members_used} of {comparator.members}"


def refusal_notes(readings: tuple[Reading, ...]) -> tuple[Note, ...]:
    """Why some published figures are not set beside the council's own."""
    return tuple(Note(_refused(reading, refusal)) for reading in readings for refusal in reading.refused)


def _refused(reading: Reading, refusal: Refusal) -> Phrase:
    values: list[Phrase] = [(Label(held.label), " ", comparator_number(held)) for held in refusal.comparators]
    first = refusal.comparators[0]
    listed: Phrase = tuple(
        piece for place, value in enumerate(values) for piece in ((", ", *value) if place else value)
    )
    return (
        "Not compared: ",
        Label(reading.measure.title),
        " with the published figures for ",
        Label(f"{first.counts}, {first.period_words}"),
        " (",
        *listed,
        "), because ",
        refusal.reason,
        ".",
    )
