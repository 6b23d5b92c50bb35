"""The edition of exceptions: only what is off target, out of limits, restated or not reliable, on four pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.findings.compare import Position
from scorecard.findings.sentences import sentences
from scorecard.pack.breaks import breaks_of
from scorecard.pack.desk import Footnotes
from scorecard.pack.document import Bullets, Cell, Column, Note, NumberTable, Row, Section, Words
from scorecard.pack.month_charts import chart_of
from scorecard.pack.restated import with_now
from scorecard.pack.summary import status_of, target_cell
from scorecard.pack.what_changed import (
    changed_items,
    headline,
    is_judged,
    is_signal,
    under_review,
    what_changed_section,
)
from scorecard.words.grammar import capital, joined
from scorecard.words.numbers import counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from scorecard.findings.finding import Reading
    from scorecard.pack.desk import Desk
    from scorecard.pack.document import Part
    from scorecard.pack.plan import TopicPlan

MOST_ROWS = 20
MOST_TOPICS = 4
"""With the page of what changed, so many rows and topics fill four pages."""


def exception_sections(desk: Desk) -> tuple[Section, ...]:
    """What changed, the figures that are exceptions, and the topics of the foremost of them."""
    found = _exceptions(desk)
    told = _topics(desk, found)
    here = {topic.id for section in told for topic in section.sections}
    return (_led(what_changed_section(desk), here), _table(desk, found), *told)


def _led(section: Section, here: set[str]) -> Section:
    """The same, leading only to what is told in this edition."""
    parts = (
        replace(part, rows=tuple(row if row.anchor in here else replace(row, anchor="") for row in part.rows))
        if isinstance(part, NumberTable)
        else part
        for part in section.parts
    )
    return replace(section, parts=tuple(parts))


def _exceptions(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Each measure that is an exception, and why: those of the first page first, then by the plan's order."""
    first = {reading.measure.id: reading for reading in headline(desk)}
    topics = [topic for section in desk.context.plan.sections for topic in section.topics]
    told = (desk.reading(name) for topic in topics for name in topic.measures if not desk.ended(name))
    others = {one.measure.id: one for one in told if one and one.now and (one.against or not one.is_reliable)}
    readings = {**first, **others}
    return {name: why for name, reading in readings.items() if (why := _why(desk, reading, is_first=name in first))}


def _why(desk: Desk, reading: Reading, *, is_first: bool) -> tuple[str, ...]:
    missed = reading.against and reading.against.position is Position.NOT_MET
    reviewed = under_review(desk, reading) is not None
    key = reading.now.key if reading.now else None
    restated = key and desk.context.restated.keys() & {key, key.in_month(reading.period.back(1))}
    said = {
        "off target": missed and is_judged(desk, reading),
        "out of limits": is_first and is_signal(desk, reading),
        "restated": is_first and restated,
        "not reliable": not reading.is_reliable,
        "under review": reviewed,
    }
    return tuple(words for words, holds in said.items() if holds)


def _table(desk: Desk, found: dict[str, tuple[str, ...]]) -> Section:
    title = "Figures off target, out of limits, restated or not reliable"
    if not found:
        return Section("exceptions", title, (Words(("There are none.",)),), kind="section")
    notes, period = Footnotes(desk.context.period), desk.context.period
    shown = list(found)[:MOST_ROWS]
    rows = tuple(row for name in shown if (row := _row(desk, name, found[name], notes)))
    columns = (
        *(Column("Previous month", period.back(1).label), Column("Current month", period.label, strong=True)),
        *(Column("Target"), Column("Against target", numeric=False), Column("Why it is here", numeric=False)),
    )
    table = NumberTable("exceptions-table", title, "Measure", columns, rows, notes.all(), kind="figures")
    rest = [desk.measures[name].title for name in found if name not in shown]
    return Section("exceptions", title, (table, *_named(desk, "figures", rest)), kind="section")


def _row(desk: Desk, name: str, why: tuple[str, ...], notes: Footnotes) -> Row | None:
    reading = desk.reading(name)
    if reading is None or reading.now is None:
        return None
    key, measure = reading.now.key, reading.measure
    before = key.in_month(reading.period.back(1))
    cells = (
        with_now(desk, desk.figure(before, measure, notes), before, notes),
        desk.figure(key, measure, notes, strong=True),
        target_cell(desk, reading),
        Cell(status=status_of(reading)),
        Cell(capital((joined(why),))),
    )
    return Row(Cell((Label(measure.title),)), cells)


def _topics(desk: Desk, found: dict[str, tuple[str, ...]]) -> tuple[Section, ...]:
    topics = {topic.id: topic for section in desk.context.plan.sections for topic in section.topics}
    theirs = {name for one in found if (name := desk.context.plan.topic_of(one))}
    foremost = (item.topic for item in changed_items(desk) if item.topic in theirs)
    names = dict.fromkeys((*foremost, *(name for name in topics if name in theirs)))
    shown = list(names)[:MOST_TOPICS]
    told = tuple(_topic(desk, topics[name], found) for name in shown)
    rest = _named(desk, "topics", [topics[name].title for name in names if name not in shown])
    return (Section("exceptions-told", "What they say", rest, told, kind="section"),) if told else ()


def _topic(desk: Desk, plan: TopicPlan, found: dict[str, tuple[str, ...]]) -> Section:
    """The sentences of a topic's exceptions, and the chart of the first of them that is drawn."""
    readings = [one for name in plan.measures if name in found and (one := desk.reading(name))]
    said = tuple(
        tuple(piece for phrase in sentences(one, desk.context.wording)[:3] for piece in (*phrase, " "))
        for one in readings
    )
    parts: list[Part] = [Bullets(said, kind="performance")]
    held = desk.context
    drawn = (chart_of(one, held.targets, held.view, breaks_of(desk, (one,)), held.wording) for one in readings)
    parts += [chart for chart in drawn if chart][:1]
    return Section(plan.id, plan.title, tuple(parts), kind="topic")


def _named(desk: Desk, what: str, titles: list[str]) -> tuple[Note, ...]:
    """What there was no room for."""
    if not titles:
        return ()
    number = Number(counted(len(titles)), f"exceptions/{desk.context.period}#{what}", Source.FINDING)
    return (Note(("And ", number, " more, told in the full pack: ", Label(joined(titles)), ".")),)
