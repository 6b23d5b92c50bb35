"""What may still come to the month's counts, said beside them; it never takes their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.pack.document import Note
from scorecard.words.numbers import counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from scorecard.facts.fact import FactKey
    from scorecard.findings.completeness import Provisional
    from scorecard.findings.finding import Reading
    from scorecard.pack.desk import Desk, Footnotes
    from scorecard.pack.document import Cell
    from scorecard.words.phrase import Phrase


def with_provisional(desk: Desk, cell: Cell, key: FactKey, notes: Footnotes) -> Cell:
    """The month's cell, with a mark where more may come to its count."""
    one = desk.context.provisional.get(key)
    return replace(cell, marks=(*cell.marks, notes.mark_phrase(_said(one)))) if one and not one.is_settled else cell


def provisional_notes(desk: Desk, readings: tuple[Reading, ...]) -> tuple[Note, ...]:
    """For each count of a topic to which more may come, what came to past months after this point."""
    found = ((reading, desk.context.provisional.get(reading.now.key)) for reading in readings if reading.now)
    return tuple(
        Note((Label(reading.measure.title), ": ", *_said(one, capital=False)))
        for reading, one in found
        if one and not one.is_settled
    )


def _said(one: Provisional, *, capital: bool = True) -> Phrase:
    def number(what: str, value: int) -> Number:
        return Number(counted(value), f"{one.key}#{what}", Source.FINDING)

    return (
        f"{'P' if capital else 'p'}rovisional. After this point past months changed by ",
        *(
            _signed(number("least", abs(one.least)), one.least),
            " to ",
            _signed(number("most", abs(one.most)), one.most),
        ),
        *("; this one is expected to end between ", number("low", one.low), " and ", number("high", one.high), "."),
    )


def _signed(number: Number, value: int) -> Number:
    return replace(number, text=f"{'+' if value > 0 else '-' if value < 0 else ''}{number.text}")
