"""Which restatements a page shows: those that a reader would notice, the greatest for their figure first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.findings.printing import exact_value, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.definitions.indicator import Measure
    from scorecard.facts.restate import Restatement


@dataclass(frozen=True)
class Tolerance:
    """How far first and now may lie apart before a page shows both, by what is counted.

    Any child is worth a word. Half a percentage point may turn a printed whole number, and a tenth is what is printed
    of a rate; days, pounds and means are shown as soon as they are printed otherwise.
    """

    count: float = 0
    percent_points: float = 0.5
    rate: float = 0.1

    def is_passed(self, one: Restatement, measure: Measure) -> bool:
        """Whether both are to be shown; never where both are printed alike."""
        first, now = exact_value(one.first), exact_value(one.now)
        if value_text(one.first, measure) == value_text(one.now, measure):
            return False
        if first is None or now is None:
            return True
        bounds = {Unit.COUNT: self.count, Unit.PERCENT: self.percent_points, Unit.RATE_PER_10000: self.rate}
        return float(abs(now - first)) > bounds.get(measure.unit, 0)


TOLERANCE = Tolerance()


def greatest_first(found: Iterable[Restatement], measures: Mapping[str, Measure]) -> list[Restatement]:
    """Restatements by how much of their figure moved; a percentage by its points."""
    return sorted(found, key=lambda one: (-_size(one, measures[one.key.indicator]), one.key))


def _size(one: Restatement, measure: Measure) -> float:
    first, now = (float(exact_value(fact) or 0) for fact in (one.first, one.now))
    return abs(now - first) / (100 if measure.unit is Unit.PERCENT else max(abs(first), 1))
