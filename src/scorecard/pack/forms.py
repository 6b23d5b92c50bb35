"""What one role is asked about a month: its figures and charts, what must be explained and why, and where to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.facts.fact import FactKey
from scorecard.findings.compare import Position
from scorecard.findings.printing import value_number
from scorecard.findings.sentences import target_number
from scorecard.pack.charts import Chart, Panels
from scorecard.pack.commentary import slot_name
from scorecard.pack.document import Cell, Column, NumberTable, Row
from scorecard.pack.spoken import followed
from scorecard.pack.summary import status_of
from scorecard.pack.topic import topic_section
from scorecard.words.grammar import printed_day
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scorecard.findings.finding import Reading
    from scorecard.pack.commentary import Commentary
    from scorecard.pack.desk import Desk
    from scorecard.pack.plan import TopicPlan
    from scorecard.words.phrase import Phrase

AUTHOR, AGREED = "author", "agreed"
"""The two boxes that every form has besides those for words."""


@dataclass(frozen=True)
class Box:
    """Where somebody writes: the slot it is for, what stands above it, and what was written there last month."""

    name: str
    heading: str
    before: str = ""


@dataclass(frozen=True)
class FormTopic:
    """One topic of a form."""

    id: str
    title: str
    explain: tuple[Phrase, ...]
    table: NumberTable | None
    charts: tuple[Chart, ...]
    promises: tuple[Phrase, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Form:
    """All that one role is asked of a month; its `id` says whose form it is, of which month and council."""

    id: str
    council: str
    marking: str
    role: str
    month: str
    month_before: str
    as_at: date
    due: date
    topics: tuple[FormTopic, ...]

    @property
    def boxes(self) -> tuple[str, ...]:
        """The slots it has a box for."""
        return tuple(box.name for topic in self.topics for box in topic.boxes)


def short_name(words: str) -> str:
    """A role or council in letters that may stand in the name of a file.

    >>> short_name("Head of Service, Front Door")
    'head-of-service-front-door'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")


def form_id(council: str, period: str, role: str) -> str:
    """The name by which a form is known when it comes back."""
    return f"{short_name(council)}/{period}/{short_name(role)}"


def forms(desk: Desk, before: Commentary, due: date, only: str = "") -> tuple[Form, ...]:
    """A form for each role that is asked, in the order of the pack; of one role `only` where it is named."""
    context = desk.context
    topics = [topic for section in context.plan.sections for topic in section.topics]
    roles = dict.fromkeys(slot.role for topic in topics for slot in topic.spoken)
    return tuple(
        Form(
            form_id(context.council, str(context.period), role),
            context.council,
            context.marking,
            role,
            context.period.label,
            context.period.back(1).label,
            context.as_at,
            due,
            tuple(found for topic in topics if (found := _topic(desk, topic, role, before))),
        )
        for role in roles
        if only in {"", role}
    )


def _topic(desk: Desk, plan: TopicPlan, role: str, before: Commentary) -> FormTopic | None:
    slots = [slot for slot in plan.spoken if slot.role == role]
    if not slots:
        return None
    readings = desk.told(plan.measures)
    said = {slot.id: before.on(plan.id, slot.id) for slot in slots}
    boxes = (
        Box(slot_name(plan.id, slot.id), slot.heading, one.text if (one := said[slot.id]) else "") for slot in slots
    )
    return FormTopic(
        plan.id,
        plan.title,
        tuple(why for reading in readings for why in explain(desk, reading)),
        _table(desk, plan, readings) if readings else None,
        tuple(_charts(desk, plan)) if readings else (),
        tuple(_promised(desk, plan)),
        tuple(boxes),
    )


def explain(desk: Desk, reading: Reading) -> Iterator[Phrase]:
    """What must be explained of a figure: not reliable, off its target, or restated."""
    now, title = reading.now, Label(reading.measure.title)
    if now is None:
        return
    value = value_number(now, reading.measure)
    if not reading.is_reliable:
        yield ("Not reliable: ", title, ", ", value, ". ", Label(now.reason))
    elif reading.target and reading.against and reading.against.position is Position.NOT_MET:
        yield ("Off target: ", title, ", ", value, " against a target of ", target_number(reading.target, reading), ".")
    key = now.key.in_month(reading.period.back(1))
    if one := desk.context.restated.get(key):
        was, is_now = (
            NO_VALUE if fact is None else value_number(fact, reading.measure) for fact in (one.first, one.now)
        )
        yield ("Restated: ", title, " of ", Label(key.period.label), " was first ", was, ", and is now ", is_now, ".")


def _table(desk: Desk, plan: TopicPlan, readings: tuple[Reading, ...]) -> NumberTable:
    before, now = desk.context.period.back(1), desk.context.period
    columns = (Column(before.label), Column(now.label, strong=True), Column("Target"), Column("Stands", numeric=False))
    rows = tuple(_row(reading) for reading in readings)
    return NumberTable(f"{plan.id}-asked", f"{plan.title}, {now.label}", "Measure", columns, rows)


def _row(reading: Reading) -> Row:
    figures = (
        Cell((value_number(fact, reading.measure) if fact else NO_VALUE,)) for fact in (reading.before, reading.now)
    )
    target = target_number(reading.target, reading) if reading.target else NO_VALUE
    status = status_of(reading)
    stands: Phrase = (
        (status.words, ", ", *status.distance) if status and status.distance else ((status.words,) if status else ())
    )
    return Row(Cell((Label(reading.measure.title),)), (*figures, Cell((target,)), Cell(stands)))


def _charts(desk: Desk, plan: TopicPlan) -> Iterator[Chart]:
    for part in topic_section(desk, plan).parts:
        if isinstance(part, Chart):
            yield part
        elif isinstance(part, Panels):
            yield from part.charts


def _promised(desk: Desk, plan: TopicPlan) -> Iterator[Phrase]:
    """What was promised, by when, and where the figure stands."""
    for one in followed(desk.context.promises, plan.id):
        now = desk.facts.get(FactKey(one.measure, desk.context.period, desk.window(one.measure)))
        measure = desk.measures[one.measure]
        stands: Phrase = (" ", Label(measure.title), " is now ", value_number(now, measure), ".") if now else ()
        yield (f"“{one.words.rstrip('. ')}”, due ", printed_day(one.due), f" ({one.owner}).", *stands)
