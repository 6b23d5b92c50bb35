"""Marks where a footnote cannot stand: in sentences, lists and charts, supplied and imported is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.document import Note
from scorecard.words.grammar import joined
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading


def titled(reading: Reading) -> Label:
    """A measure by its title, with a word where the month's figure was supplied."""
    how = _how(reading.now)
    return Label(f"{reading.measure.title} ({how})" if how else reading.measure.title)


def supplied_notes(readings: tuple[Reading, ...]) -> tuple[Note, ...]:
    """For each measure told or drawn, the months that were supplied, and those that were imported."""
    return tuple(note for reading in readings for how in ("supplied", "imported") for note in _note(reading, how))


def _how(fact: Fact | None) -> str:
    """How a figure that was not counted came; nothing where it was counted."""
    if fact is None or not fact.supplied_by:
        return ""
    return "imported" if fact.is_imported else "supplied"


def _note(reading: Reading, how: str) -> tuple[Note, ...]:
    months = [fact.key.period.short_label for fact in reading.trend if fact and _how(fact) == how]
    if not months:
        return ()
    said = f"{reading.measure.title}: {how}, not counted from records, for {joined(months)}."
    return (Note((Label(said),)),)
