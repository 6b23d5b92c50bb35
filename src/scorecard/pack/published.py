"""Published figures of a topic: beside the council's own, of several years, and those that count something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.findings.comparators import Area
from scorecard.findings.sentences import comparator_number
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Cell, Column, Note, NumberTable, Row
from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Label, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.findings.comparators import Comparator, Refusal
    from scorecard.findings.finding import Reading
    from scorecard.pack.document import Part
    from scorecard.pack.plan import TopicPlan

_SCORECARD = re.compile(r"As printed in the scorecard of (\w+ \d+)")
"""The source of a figure for which there is none but the scorecard it was printed in."""

AREAS = tuple(sorted(Area, key=lambda area: area is not Area.ENGLAND))
"""The areas in the order of the sections' tables: England before those nearer home."""


def published(desk: Desk, plan: TopicPlan, readings: tuple[Reading, ...]) -> tuple[Part, ...]:
    """The published figures of a topic: beside the council's own, of several years where asked, and those refused."""
    table = _beside_table(desk, plan.id, readings)
    years = _years_tables(desk, plan, readings) if plan.published_years > 1 else ()
    return (*((table,) if table else ()), *years, *_refusal_notes(readings))


def _beside_table(desk: Desk, topic: str, readings: tuple[Reading, ...]) -> NumberTable | None:
    """Published figures of the same kind beside the council's own, each with its period."""
    compared = [reading for reading in readings if reading.beside]
    if not compared:
        return None
    notes = Footnotes()
    shown = [area for area in AREAS if any(area in reading.beside for reading in compared)]
    areas = tuple(Column(desk.context.comparators.label(area)) for area in shown)
    to_date = any(reading.to_date for reading in compared)
    own = (
        Column(desk.context.told_for or desk.context.council, strong=True),
        *((Column("Year to date"),) if to_date else ()),
    )
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
        (Label(_when_and_of_how_many(comparator)),),
        marks=tuple(notes.mark_phrase(remark) for remark in _remarks(comparator)),
    )


def _when_and_of_how_many(comparator: Comparator) -> str:
    """Its period, and of how many councils a group's mean is made."""
    used = comparator.members_used
    return f"{comparator.period_words}, mean of {used}" if used is not None else comparator.period_words


def _remarks(comparator: Comparator) -> tuple[Phrase, ...]:
    """What the published figure counts, whence it comes, and how a group's figure was made."""
    said: list[Phrase] = [(Label(f"Counts {comparator.counts}. {_source(comparator)}."),)]
    if comparator.members and comparator.members_used != comparator.members:
        said.append((Label(f"{_method(comparator)}."),))
    if comparator.differs:
        said.append((Label(f"The definition differs: {comparator.differs}."),))
    return tuple(said)


def _source(comparator: Comparator) -> str:
    """Whence a figure comes; one taken from a scorecard was not published, and its day is that of the scorecard."""
    scorecard = _SCORECARD.match(comparator.source)
    if scorecard:
        return f"From another council's scorecard of {scorecard[1]}"
    return f"{comparator.source}, published {day_in_words(comparator.published)}"


def _method(comparator: Comparator) -> str:
    method = comparator.method[:1].upper() + comparator.method[1:]
    return f"{method}: {comparator.members_used} of {comparator.members}"


def _years_tables(desk: Desk, plan: TopicPlan, readings: tuple[Reading, ...]) -> tuple[NumberTable, ...]:
    """For each measure the published figures of the last years, an area a row."""
    tables = (_years_table(desk, plan, reading) for reading in readings if reading.is_reliable)
    return tuple(table for table in tables if table)


def _years_table(desk: Desk, plan: TopicPlan, reading: Reading) -> NumberTable | None:
    day = max(desk.context.as_at, reading.period.last_day)
    held = desk.context.comparators.latest(reading.measure.id, day)
    ends = sorted({one.period_end for one in held})[-plan.published_years :]
    if len(ends) < plan.published_years:
        return None
    notes, by_place = Footnotes(), {(one.area, one.period_end): one for one in held}
    columns = tuple(Column(next(one.period_words for one in held if one.period_end == end)) for end in ends)
    rows = tuple(
        Row(
            Cell((Label(desk.context.comparators.label(area)),)),
            tuple(_published_cell(by_place.get((area, end)), notes) for end in ends),
        )
        for area in AREAS
        if any((area, end) in by_place for end in ends)
    )
    caption = f"{reading.measure.title}, as published"
    return NumberTable(f"{plan.id}-{reading.measure.id}-years", caption, "Area", columns, rows, notes.all(), "years")


def _published_cell(comparator: Comparator | None, notes: Footnotes) -> Cell:
    if comparator is None:
        return Cell((NO_VALUE,))
    marks = tuple(notes.mark_phrase(remark) for remark in _remarks(comparator))
    return Cell((comparator_number(comparator),), marks=marks)


def _refusal_notes(readings: tuple[Reading, ...]) -> tuple[Note, ...]:
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
