"""Marks where a footnote cannot stand: in sentences, lists and charts, what was supplied is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.document import Note
from scorecard.words.grammar import joined
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from scorecard.findings.finding import Reading


def titled(reading: Reading) -> Label:
    """A measure by its title, with a word where the month's figure was supplied."""
    supplied = reading.now is not None and bool(reading.now.supplied_by)
    return Label(f"{reading.measure.title} (supplied)" if supplied else reading.measure.title)


def supplied_notes(readings: tuple[Reading, ...]) -> tuple[Note, ...]:
    """For each measure told or drawn, the months that were supplied."""
    return tuple(note for reading in readings for note in _note(reading))


def _note(reading: Reading) -> tuple[Note, ...]:
    months = [fact.key.period.short_label for fact in reading.trend if fact and fact.supplied_by]
    if not months:
        return ()
    said = f"{reading.measure.title}: supplied, not counted from records, for {joined(months)}."
    return (Note((Label(said),)),)
