"""Tables of a topic: the months' figures, and the figures of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window, months_between
from scorecard.facts.fact import FactKey, Quality
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Cell, Column, NumberTable, Row
from scorecard.pack.provisional import with_provisional
from scorecard.pack.restated import with_now
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.findings.finding import Reading
    from scorecard.pack.charts import Chart, Point, ReferenceLine

_MONTHS_WITHOUT_APRIL = 7


def months_of_tables(desk: Desk) -> tuple[Period, ...]:
    """The months that tables show: from April, or the last seven."""
    period = desk.context.period
    first = period.april if desk.context.plan.table_from_april else period.back(_MONTHS_WITHOUT_APRIL - 1)
    return months_between(first, period)


def figures_table(desk: Desk, topic: str, readings: tuple[Reading, ...]) -> NumberTable:
    """The months' figures of a topic's measures, and the year to date."""
    months, notes = months_of_tables(desk), Footnotes(desk.context.period)
    to_date = any(reading.to_date or desk.is_unknown(_to_date(reading)) for reading in readings)
    columns = (
        *(
            Column(month.short_label, strong=month == desk.context.period, marks=desk.noted(notes, column=str(month)))
            for month in months
        ),
        *((Column("Year to date"),) if to_date else ()),
    )
    rows = tuple(
        row
        for reading in readings
        for row in (
            _figures_row(desk, reading, months, notes, to_date=to_date),
            *_beside_row(desk, reading, months, notes, to_date=to_date),
        )
    )
    caption = f"Figures, {months[0].label} to {months[-1].label}" if len(months) > 1 else f"Figures, {months[0].label}"
    return NumberTable(f"{topic}-figures", caption, "Measure", columns, rows, notes.all())


def _to_date(reading: Reading) -> FactKey:
    return FactKey(reading.measure.id, reading.period, Window.YEAR_TO_DATE)


def _figures_row(desk: Desk, reading: Reading, months: tuple[Period, ...], notes: Footnotes, *, to_date: bool) -> Row:
    measure, key = reading.measure, FactKey(reading.measure.id, reading.period, reading.window)
    figures = (
        desk.figure(key.in_month(month), measure, notes, parts=True, strong=month == reading.period) for month in months
    )
    cells = [
        with_now(
            desk,
            desk.noted_cell(cell, notes, measure.id, str(month)),
            key.in_month(month),
            notes,
        )
        for month, cell in zip(months, figures, strict=True)
    ]
    cells[-1] = with_provisional(desk, cells[-1], key, notes)
    if to_date:
        cells.append(desk.figure(_to_date(reading), measure, notes, parts=True))
    marks = desk.noted(notes, measure.id)
    if reading.is_of_a_year:
        marks = (notes.mark("Each month's figure is that of the twelve months ending with it."), *marks)
    return Row(Cell((Label(measure.title),), marks=marks), tuple(cells))


def _beside_row(
    desk: Desk, reading: Reading, months: tuple[Period, ...], notes: Footnotes, *, to_date: bool
) -> tuple[Row, ...]:
    """Under the figures of a team, those of its whole service; none where either is not reliable."""
    beside, measure = desk.context.beside, reading.measure
    if beside is None or not reading.is_reliable:
        return ()
    keys = [FactKey(measure.id, month, reading.window) for month in months]
    if to_date:
        keys.append(FactKey(measure.id, reading.period, Window.YEAR_TO_DATE))
    facts = (beside.facts.get(key) for key in keys)
    reliable = (None if fact is None or fact.quality is Quality.UNRELIABLE else fact for fact in facts)
    cells = tuple(value_cell(fact, measure, notes, parts=True) for fact in reliable)
    return (Row(Cell((Label(beside.title),)), cells),)


def chart_table(chart: Chart) -> NumberTable:
    """The figures a chart draws, month by month or part by part."""
    columns = (*(Column(series.label) for series in chart.series), *(Column(line.label) for line in chart.lines))
    rows = tuple(
        Row(
            Cell((Label(point.label),)),
            (
                *(_point_cell(series.points[place], told=bool(chart.marks)) for series in chart.series),
                *(_line_cell(line, place) for line in chart.lines),
            ),
        )
        for place, point in enumerate(chart.points)
    )
    drawn = "the months drawn" if chart.along == "Month" else "the parts drawn"
    return NumberTable(
        f"{chart.id}-table", f"{chart.subject or chart.title}: {drawn}", chart.along, columns, rows, kind="months"
    )


def _point_cell(point: Point, *, told: bool) -> Cell:
    """A point's number; where the chart has marks, with a word for its own."""
    if point.value is None:
        return Cell((NO_VALUE,))
    return Cell((point.number,), small=(point.origin.value,) if told else ())


def _line_cell(line: ReferenceLine, place: int) -> Cell:
    """What a line stood at in its month; blank where there was nothing to stand at."""
    number = line.numbers[place]
    return Cell(() if number is None else (number,))
