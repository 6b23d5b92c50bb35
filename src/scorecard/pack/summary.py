"""The first page: every headline measure in one table of nine columns, and the month at a glance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.facts.fact import FactKey
from scorecard.findings.comparators import HEADLINE
from scorecard.findings.compare import Judgement, Position, Side
from scorecard.findings.finding import MONTHS_SHOWN
from scorecard.findings.printing import value_number
from scorecard.findings.sentences import comparator_number, target_number
from scorecard.pack.desk import Desk, Footnotes
from scorecard.pack.document import Bullets, CallOut, CallOuts, Cell, Column, NumberTable, Row, Section, Status
from scorecard.pack.remarks import SUMMARY_COLUMNS
from scorecard.pack.restated import with_now
from scorecard.pack.supplied import titled
from scorecard.pack.variation import rating_cell, variation_cell
from scorecard.pack.year_end import year_end_cell, year_end_column
from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import NO_VALUE, difference_worded, plain
from scorecard.words.phrase import Label, Number, Phrase, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.findings.comparators import Area
    from scorecard.findings.finding import Reading

POSITION_WORDS = {
    Position.MET: "Met",
    Position.WITHIN_TOLERANCE: "Within tolerance",
    Position.NOT_MET: "Not met",
    Position.NOT_JUDGED: "Not judged",
}
"""One word for one thing, wherever a status is printed."""


def summary_section(desk: Desk) -> Section:
    """The summary table of the headline measures."""
    readings = _headline(desk)
    lead = f"Figures for {desk.context.period.label} as at {day_in_words(desk.context.as_at)}."
    return Section("summary", "Summary", (_table(desk, readings),), kind="summary", lead=(lead,))


def _headline(desk: Desk) -> tuple[Reading, ...]:
    readings = (desk.reading(measure) for measure in desk.context.plan.summary)
    return tuple(reading for reading in readings if reading)


def _table(desk: Desk, readings: tuple[Reading, ...]) -> NumberTable:
    notes = Footnotes(desk.context.period)
    columns = _columns(desk, notes)
    rows = tuple(_row(desk, reading, notes) for reading in readings)
    caption = f"Headline measures, {desk.context.period.label}"
    return NumberTable("summary-table", caption, "Measure", columns, rows, notes.all(), kind="summary")


def _columns(desk: Desk, notes: Footnotes) -> tuple[Column, ...]:
    period, comparators = desk.context.period, desk.context.comparators
    areas = tuple(Column(comparators.label(area)) for area in HEADLINE)
    remarked = (
        year_end_column(desk.context),
        Column("Year to date", f"from April {period.financial_year}"),
        Column("Previous month", period.back(1).label),
        Column("Current month", period.label, strong=True),
        Column("Target"),
    )
    own = (
        replace(column, marks=desk.noted(notes, column=name))
        for column, name in zip(remarked, SUMMARY_COLUMNS, strict=True)
    )
    rated = (Column("Rating", numeric=False),) if desk.context.rated else ()
    return (
        *own,
        Column("Against target", numeric=False),
        *rated,
        Column("Against the usual", "what was to be expected", numeric=False),
        *areas,
    )


def _row(desk: Desk, reading: Reading, notes: Footnotes) -> Row:
    measure = reading.measure
    key = FactKey(measure.id, reading.period, reading.window)
    before = key.in_month(reading.period.back(1))
    figures = (
        year_end_cell(desk, reading, notes),
        desk.figure(key.in_window(Window.YEAR_TO_DATE), measure, notes),
        with_now(desk, desk.figure(before, measure, notes), before, notes),
        desk.figure(key, measure, notes, strong=True),
        target_cell(desk, reading),
    )
    remarked = (
        desk.noted_cell(cell, notes, measure.id, name) for cell, name in zip(figures, SUMMARY_COLUMNS, strict=True)
    )
    areas = tuple(_area_cell(reading, area, notes) for area in HEADLINE)
    heading = Cell((Label(measure.title),), marks=(*desk.noted(notes, measure.id), *_notices(desk, measure.id, notes)))
    anchor = desk.context.plan.topic_of(measure.id)
    judged = (Cell(status=status_of(reading)), *((rating_cell(reading),) if desk.context.rated else ()))
    return Row(heading, (*remarked, *judged, variation_cell(reading), *areas), anchor)


def _notices(desk: Desk, measure: str, notes: Footnotes) -> tuple[str, ...]:
    """The marks of notices on the measure itself; those on its topic stand there."""
    begun = desk.remarks.begun(desk.context.as_at)
    return tuple(notes.mark(f"{one.kind.words}: {one.text}") for one in begun if measure in one.measures)


def target_cell(desk: Desk, reading: Reading) -> Cell:
    """The target, and under it whether its clock is the council's own."""
    if reading.target is None:
        return Cell((NO_VALUE,))
    own_clock = reading.indicator.id in desk.context.local_clocks
    return Cell((target_number(reading.target, reading),), ("local standard",) if own_clock else ())


def _area_cell(reading: Reading, area: Area, notes: Footnotes) -> Cell:
    beside = reading.beside.get(area)
    if beside is None:
        return Cell((NO_VALUE,))
    differs = beside.comparator.differs
    marks = (notes.mark(f"The definition differs: {differs}."),) if differs else ()
    return Cell((comparator_number(beside.comparator),), (Label(beside.comparator.period_in_few_words),), marks=marks)


def status_of(reading: Reading) -> Status | None:
    """Where the month's figure stands against its target, in words; none without a target.

    How far from its target a figure lies that is not reliable, nobody knows.
    """
    against = reading.against
    if against is None:
        return None
    if not reading.is_reliable:
        return Status(Position.NOT_JUDGED, Side.AT, POSITION_WORDS[Position.NOT_JUDGED], ())
    if against.side is Side.AT:
        return Status(against.position, against.side, POSITION_WORDS[against.position], ("at the target",))
    where = "above" if against.side is Side.ABOVE else "below"
    if not against.difference:
        distance: Phrase = (f"just {where}",)
    else:
        text = difference_worded(against.difference, reading.measure.unit, reading.measure.decimals)
        distance = (Number(text, against.key, Source.FINDING), f" {where}")
    return Status(against.position, against.side, POSITION_WORDS[against.position], distance)


def glance_section(desk: Desk) -> Section:
    """The month at a glance: how many targets are met, what got better or worse, what stands out."""
    readings = _headline(desk)
    with_target = [reading for reading in readings if reading.against]
    call_outs = CallOuts(tuple(_counted(desk, with_target, position) for position in list(Position)[:3]))
    before = desk.context.period.back(1).label
    lists = (
        Bullets(_moved(readings, Judgement.BETTER), f"Better than in {before}", kind="better"),
        Bullets(_moved(readings, Judgement.WORSE), f"Worse than in {before}", kind="worse"),
        Bullets(_extremes(readings, highest=True), f"Highest of the last {MONTHS_SHOWN} months", kind="highest"),
        Bullets(_extremes(readings, highest=False), f"Lowest of the last {MONTHS_SHOWN} months", kind="lowest"),
    )
    parts = (*((call_outs,) if with_target else ()), *(held for held in lists if held.items))
    return Section("glance", f"{desk.context.period.label} at a glance", parts, kind="glance")


def _counted(desk: Desk, readings: list[Reading], position: Position) -> CallOut:
    count = sum(reading.against is not None and reading.against.position is position for reading in readings)
    summary = f"summary/{desk.context.period}"
    label = {Position.MET: "Targets met", Position.NOT_MET: "Targets not met"}.get(position, "Within tolerance")
    of = Number(plain(len(readings)), f"{summary}#targets", Source.FINDING)
    status = Status(position, Side.AT, POSITION_WORDS[position], ())
    big = Number(plain(count), f"{summary}#{position}", Source.FINDING)
    return CallOut(label, (big,), ("of ", of, " measures with a target"), status)


def _moved(readings: Iterable[Reading], wanted: Judgement) -> tuple[Phrase, ...]:
    moved = (reading for reading in readings if reading.moved and reading.moved.judgement is wanted)
    return tuple(said for reading in moved if (said := _change(reading)))


def _change(reading: Reading) -> Phrase:
    """The measure, its figure and how far it moved; nothing where the printed figures would not differ."""
    moved, now = reading.moved, reading.now
    if moved is None or now is None or not moved.difference:
        return ()
    text = difference_worded(moved.difference, reading.measure.unit, reading.measure.decimals)
    change = Number(text, moved.key, Source.FINDING)
    return (titled(reading), ": ", value_number(now, reading.measure), f", {moved.movement} ", change)


def _extremes(readings: Iterable[Reading], *, highest: bool) -> tuple[Phrase, ...]:
    held = (reading for reading in readings if reading.extreme and reading.extreme.highest is highest)
    return tuple((titled(reading), ": ", value_number(reading.now, reading.measure)) for reading in held if reading.now)
