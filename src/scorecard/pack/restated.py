"""What has changed since it was first reported: beside the figure in small words, and in a section of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.restate import SCHEDULED, Cause, in_words
from scorecard.findings.printing import value_number
from scorecard.findings.restated import greatest_first
from scorecard.pack.context import View
from scorecard.pack.document import Cell, Column, Note, NumberTable, Row, Section, Words
from scorecard.words.grammar import capital, joined_phrases, plural, printed_day
from scorecard.words.numbers import counted, signed
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from scorecard.facts.fact import FactKey
    from scorecard.facts.restate import BridgeLine, Restatement
    from scorecard.pack.desk import Desk, Footnotes
    from scorecard.pack.document import Part
    from scorecard.pack.plan import SectionPlan, TopicPlan
    from scorecard.words.phrase import Phrase

MOST_SHOWN = 25


def with_now(desk: Desk, cell: Cell, key: FactKey, notes: Footnotes) -> Cell:
    """A cell of an earlier month as first reported, and in small words what it is now, with the reason."""
    one = desk.context.restated.get(key)
    if one is None or desk.context.view is View.NOW or key.period == desk.context.period:
        return cell
    small = (*cell.small, ", ") if cell.small else ()
    mark = notes.mark_phrase((*_known(desk), *_why(one), "."))
    return replace(cell, small=(*small, "now ", _now(desk, one)), marks=(*cell.marks, mark))


def restated_notes(desk: Desk, plan: TopicPlan) -> tuple[Note, ...]:
    """Of the figures a topic tells of, those of the month before that are no longer what was reported."""
    before = desk.context.period.back(1)
    told = (
        desk.context.restated.get(reading.now.key.in_month(before))
        for reading in desk.told(plan.measures)
        if reading.now and desk.context.view is View.FIRST
    )
    return tuple(
        Note(
            (
                *(
                    Label(desk.measures[one.key.indicator].title),
                    ": ",
                    Label(before.label),
                    " is now ",
                    _now(desk, one),
                ),
                *(" (first reported as ", _first(desk, one), "). ", *_known(desk), *_why(one), "."),
            )
        )
        for one in told
        if one
    )


def restated_section(desk: Desk, plan: SectionPlan) -> Section:
    """The headline figures that have changed, a month and figure in a row, with what led from the one to the other."""
    headline = {*desk.context.plan.summary, *desk.context.plan.followed}
    found = [one for one in desk.context.restated.values() if one.key.indicator in headline & desk.measures.keys()]
    if not found:
        none: Part = Words(("No headline figure of an earlier month has changed since first reported.",))
        return Section(plan.id, plan.title, (none,), kind="section")
    shown = greatest_first(found, desk.measures)[:MOST_SHOWN]
    columns = (
        *(Column("Month", numeric=False), Column("First reported"), Column("Now", strong=True)),
        Column("What led from one to the other", numeric=False),
    )
    caption = "Headline figures that are not what was first reported, the greatest change first"
    rows = tuple(_row(desk, one) for one in shown)
    table = NumberTable(f"{plan.id}-listed", caption, "Measure", columns, rows, kind="restated")
    more = _more(desk, len(found) - len(shown))
    return Section(plan.id, plan.title, (Words(_lead(desk, found)), table, *more, _how_to_read()), kind="section")


def _lead(desk: Desk, found: list[Restatement]) -> Phrase:
    corrected = sum(not one.is_scheduled for one in found)
    said: Phrase = (
        *(_own(desk, "restated", len(found)), plural(len(found), " headline figure has", " headline figures have")),
        *(" changed since first reported, as known on ", printed_day(desk.context.known), "."),
    )
    if not corrected:
        return (
            *said,
            " Records that were entered, removed or changed since explain all of it; there was no other correction.",
        )
    are = plural(corrected, " of them was", " of them were")
    return (*said, " ", _own(desk, "corrected", corrected), f"{are} corrected, not only recorded late.")


def _how_to_read() -> Note:
    said = (
        "What was reported stays as it was in every month's own pack. Records are written late in every service;"
        " “scorecard restated” with the month lists the records behind each line."
    )
    return Note((said,))


def _more(desk: Desk, number: int) -> tuple[Note, ...]:
    if not number:
        return ()
    return (
        Note(
            (_own(desk, "more", number), plural(number, " smaller change is", " smaller changes are"), " not listed.")
        ),
    )


def _own(desk: Desk, what: str, number: int) -> Number:
    return Number(counted(number), f"restated/{desk.context.period}#{what}", Source.FINDING)


def _row(desk: Desk, one: Restatement) -> Row:
    heading = Cell((Label(desk.measures[one.key.indicator].title),))
    figures = (Cell((_first(desk, one),)), Cell((_now(desk, one),), strong=True))
    return Row(heading, (Cell((Label(one.key.period.label),)), *figures, Cell(capital(_why(one)))))


def _first(desk: Desk, one: Restatement) -> Number:
    return replace(
        value_number(one.first, desk.measures[one.key.indicator]), key=f"{one.key}#first", source=Source.FINDING
    )


def _now(desk: Desk, one: Restatement) -> Number:
    return replace(value_number(one.now, desk.measures[one.key.indicator]), key=f"{one.key}#now", source=Source.FINDING)


def _known(desk: Desk) -> Phrase:
    return ("As known on ", printed_day(desk.context.known), ": ")


def _why(one: Restatement) -> Phrase:
    """What led from the figure as first reported to the one now known: records first, then corrections."""
    if not one.lines:
        return ("recorded or corrected since",)
    said = [_line(one, line) for line in sorted(one.lines, key=lambda line: line.cause not in SCHEDULED)]
    return joined_phrases(said)


def _line(one: Restatement, line: BridgeLine) -> Phrase:
    if not line.cases:
        return ("the records no longer tell why",) if line.cause is Cause.NOT_TOLD_APART else (line.cause.value,)
    number = Number(counted(line.cases), f"{one.key}#{line.cause.value}", Source.FINDING)
    return (number, f" {in_words(line, one.key)}", *_effect(one, line), *_how_late(one, line))


def _effect(one: Restatement, line: BridgeLine) -> Phrase:
    """What a line adds to a plain count or takes from it, so that the reader can add it up."""
    if not one.adds_up or one.now.unit != Unit.COUNT or one.now.denominator is not None:
        return ()
    return (" (", Number(signed(line.numerator), f"{one.key}#{line.cause.value}-effect", Source.FINDING), ")")


def _how_late(one: Restatement, line: BridgeLine) -> Phrase:
    if line.how_late is None:
        return ()
    days = Number(counted(line.how_late.most), f"{one.key}#how-late", Source.FINDING)
    return (", at most ", days, " days after the month’s end")
