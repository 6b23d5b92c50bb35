"""Grades where a footnote cannot stand: under sentences and charts, what is not sound is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.fact import Quality
from scorecard.pack.document import Note
from scorecard.words.grammar import joined
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading

_SAID = {
    Quality.UNRELIABLE: "not reliable, and so neither judged nor compared, for",
    Quality.CAUTION: "to be read with caution for",
}


def quality_notes(readings: tuple[Reading, ...]) -> tuple[Note, ...]:
    """For each measure told or drawn, the months that are not sound, and why the newest of them is not."""
    return tuple(note for reading in readings for grade in _SAID if (note := _note(reading, grade)))


def _note(reading: Reading, grade: Quality) -> Note | None:
    found = [fact for fact in reading.trend if fact and fact.quality is grade]
    said = [fact.key.period.short_label for fact in found]
    if reading.to_date and reading.to_date.quality is grade:
        found, said = [reading.to_date, *found], [*said, "the year to date"]
    if not found:
        return None
    return Note((Label(f"{reading.measure.title}: {_SAID[grade]} {joined(said)}. {_newest(found).reason}".strip()),))


def _newest(facts: list[Fact]) -> Fact:
    return max(facts, key=lambda fact: fact.key.period)
