"""The first page: every headline measure in one table of nine columns, and the month at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.findings.comparators import Area
from scorecard.findings.compare import Judgement, Position, Side
from scorecard.findings.printing import value_number
from scorecard.findings.sentences import comparator_number, target_number
from scorecard.pack.desk import Desk, Footnotes, value_cell
from scorecard.pack.document import Bullets, CallOut, CallOuts, Cell, Column, NumberTable, Row, Section, Status, Words
from scorecard.words.grammar import day_in_words, joined_phrases
from scorecard.words.numbers import NO_VALUE, difference_worded, plain, rounded
from scorecard.words.phrase import Label, Number, Phrase, Source

from scorecard.pack.plan import NotePlan

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    notes = Footnotes()
    rows = tuple(_row(desk, reading, notes) for reading in readings)
    caption = f"Headline measures, {desk.context.period.label}"
    return NumberTable("summary-table", caption, "Measure", _columns(desk), rows, notes.all(), kind="summary")


def _columns(desk: Desk) -> tuple[Column, ...]:
    period, comparators = desk.context.period, desk.context.comparators
    areas = tuple(Column(comparators.label(area), "published") for area in Area)
    return (
        Column("End of year", period.april.back(1).label),
        Column("Year to date", f"from April {period.financial_year}"),
        Column("Previous month", period.back(1).label),
        Column("Current month", period.label, strong=True),
        Column("Target"),
        Column("Against target", numeric=False),
        *areas,
    )


def _row(desk: Desk, reading: Reading, notes: Footnotes) -> Row:
    measure = reading.measure
    figures = (
        value_cell(reading.year_end, measure, notes),
        value_cell(reading.to_date, measure, notes),
        value_cell(reading.before, measure, notes),
        value_cell(reading.now, measure, notes, strong=True),
    )
    target = Cell((NO_VALUE,)) if reading.target is None else Cell((target_number(reading.target, reading),))
    areas = tuple(_area_cell(reading, area, notes) for area in Area)
    heading = Cell((Label(measure.title),), marks=_own_notes(desk, measure.id, notes))
    anchor = desk.context.plan.topic_of(measure.id)
    return Row(heading, (*figures, target, Cell(status=status_of(reading)), *areas), anchor)


def _own_notes(desk: Desk, measure: str, notes: Footnotes) -> tuple[str, ...]:
    bound = [*desk.context.plan.notes, *(NotePlan(note.measures, note.text) for note in desk.context.notes)]
    return tuple(notes.mark(note.text) for note in bound if measure in note.measures)


def _area_cell(reading: Reading, area: Area, notes: Footnotes) -> Cell:
    beside = reading.beside.get(area)
    if beside is None:
        return Cell((NO_VALUE,))
    differs = beside.comparator.differs
    marks = (notes.mark(f"The definition differs: {differs}."),) if differs else ()
    return Cell((comparator_number(beside.comparator),), (Label(beside.comparator.period_words),), marks=marks)


def status_of(reading: Reading) -> Status | None:
    """Where the month's figure stands against its target, in words; none without a target."""
    against = reading.against
    if against is None:
        return None
    if against.side is Side.AT:
        return Status(against.position, against.side, POSITION_WORDS[against.position], ("at the target",))
    where = "above" if against.side is Side.ABOVE else "below"
    if not rounded(against.difference, reading.measure.decimals):
        distance: Phrase = (f"just {where}",)
    else:
        text = difference_worded(against.difference, reading.measure.unit, reading.measure.decimals)
        distance = (Number(text, against.key, Source.FINDING), f" {where}")
    return Status(against.position, against.side, POSITION_WORDS[against.position], distance)


def glance_section(desk: Desk) -> Section:
    """The month at a glance: how many targets are met, what got better, what got worse."""
    readings = _headline(desk)
    with_target = [reading for reading in readings if reading.against]
    call_outs = tuple(_counted(desk, with_target, position) for position in list(Position)[:3])
    bullets = tuple(_moved(readings, judgement) for judgement in (Judgement.BETTER, Judgement.WORSE))
    said = (*(phrase for phrase in bullets if phrase), *_extremes(readings))
    parts = (*((CallOuts(call_outs),) if with_target else ()), *((Bullets(said),) if said else ()))
    closing = (Words(("Differences are computed from unrounded figures.",), kind="small"),) if said else ()
    return Section("glance", f"{desk.context.period.label} at a glance", (*parts, *closing), kind="glance")


def _counted(desk: Desk, readings: list[Reading], position: Position) -> CallOut:
    count = sum(reading.against is not None and reading.against.position is position for reading in readings)
    key = f"summary/{desk.context.period}#{position}"
    label = {Position.MET: "Targets met", Position.WITHIN_TOLERANCE: "Within tolerance"}.get(
        position, "Targets not met"
    )
    of = Number(plain(len(readings)), f"summary/{desk.context.period}#targets", Source.FINDING)
    status = Status(position, Side.AT, POSITION_WORDS[position], ())
    return CallOut(label, (Number(plain(count), key, Source.FINDING),), ("of ", of, " with a target"), status)


def _moved(readings: Iterable[Reading], wanted: Judgement) -> Phrase:
    moved = [reading for reading in readings if reading.moved and reading.moved.judgement is wanted]
    named = [_named(reading) for reading in moved if rounded(reading.moved.difference, reading.measure.decimals)]  # type: ignore[union-attr]
    if not named:
        return ()
    word = "Better than the month before: " if wanted is Judgement.BETTER else "Worse than the month before: "
    return (word, *joined_phrases(named, "and"), ".")


def _named(reading: Reading) -> Phrase:
    moved, now = reading.moved, reading.now
    if moved is None or now is None:
        return ()
    text = difference_worded(moved.difference, reading.measure.unit, reading.measure.decimals)
    change = Number(text, moved.key, Source.FINDING)
    return (Label(reading.measure.title), " (", value_number(now, reading.measure), f", {moved.movement} ", change, ")")


def _extremes(readings: Iterable[Reading]) -> tuple[Phrase, ...]:
    said = []
    for highest, word in ((True, "Highest"), (False, "Lowest")):
        held = [reading for reading in readings if reading.extreme and reading.extreme.highest is highest]
        if held:
            named = [_value_of(reading) for reading in held]
            months = held[0].extreme
            count = Number(plain(months.months), months.key, Source.FINDING) if months else ""
            said.append((f"{word} of the last ", count, " months: ", *joined_phrases(named), "."))
    return tuple(said)


def _value_of(reading: Reading) -> Phrase:
    if reading.now is None:
        return ()
    return (Label(reading.measure.title), " (", value_number(reading.now, reading.measure), ")")
