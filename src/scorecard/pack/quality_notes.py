"""Grades where a footnote cannot stand: under sentences and charts, what is not sound is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.facts.fact import Quality
from scorecard.pack.document import Note
from scorecard.words.grammar import joined
from scorecard.words.phrase import Label

if TYPE_CHECKING:
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
    said = _months([fact.key.period for fact in found])
    if reading.to_date and reading.to_date.quality is grade:
        found, said = [*found, reading.to_date], [*said, "the year to date"]
    if not found:
        return None
    newest = max(found, key=lambda fact: fact.key.period)
    return Note((Label(f"{reading.measure.title}: {_SAID[grade]} {joined(said)}. {newest.reason}".strip()),))


def _months(periods: list[Period]) -> list[str]:
    """Months in words, those that follow each other as a span."""
    spans = list[list[Period]]()
    for period in periods:
        if spans and spans[-1][-1] == period.back(1):
            spans[-1].append(period)
        else:
            spans.append([period])
    return [" to ".join(dict.fromkeys((span[0].short_label, span[-1].short_label))) for span in spans]
