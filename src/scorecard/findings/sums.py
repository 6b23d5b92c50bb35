"""Whether wholes are the sum of their parts, and rates rest on the count that is printed beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import POPULATION
from scorecard.facts.counting import is_additive
from scorecard.facts.fact import WHOLE, FactKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.facts.fact import Facts

_ROUNDING_OF_HALVES = 1e-6
"""Full-time equivalents are no whole numbers: their sums may differ where nobody looks."""


@dataclass(frozen=True)
class BrokenSum:
    """A figure, what it should be made of, and what that makes."""

    key: FactKey
    against: str
    wanted: float
    found: float


def broken_sums(facts: Facts, indicators: Iterable[Indicator], period: Period) -> tuple[BrokenSum, ...]:
    """The month's wholes that their parts do not make, and rates that rest on another count."""
    asked = tuple(indicators)
    parts = _sums_of_parts(facts, period)
    additive = {measure.id for one in asked for measure in one.measures if is_additive(measure)}
    broken = [
        BrokenSum(key, f"its parts by {dimension}", whole.numerator, total)
        for (key, dimension), total in parts.items()
        if key.indicator in additive and (whole := facts.get(key)) and whole.numerator is not None
        if abs(total - whole.numerator) > _ROUNDING_OF_HALVES
    ]
    return (*broken, *(one for indicator in asked for one in _rates(facts, indicator, period)))


def _sums_of_parts(facts: Facts, period: Period) -> dict[tuple[FactKey, str], float]:
    sums: dict[tuple[FactKey, str], float] = defaultdict(float)
    for fact in facts:
        key = fact.key
        if key.period == period and key.dimension != WHOLE:
            sums[FactKey(key.indicator, key.period, key.window), key.dimension] += fact.numerator or 0
    return sums


def _rates(facts: Facts, indicator: Indicator, period: Period) -> Iterator[BrokenSum]:
    for rate, count in _counted_alike(indicator):
        for window in Window:
            whole, beside = (facts.get(FactKey(measure.id, period, window)) for measure in (count, rate))
            if whole and beside and whole.numerator != beside.numerator:
                yield BrokenSum(beside.key, count.id, whole.numerator or 0, beside.numerator or 0)


def _counted_alike(indicator: Indicator) -> Iterator[tuple[Measure, Measure]]:
    """Each rate of the population with the plain counts of the same column."""
    for rate in (one for one in indicator.measures if one.of == POPULATION):
        for count in (one for one in indicator.measures if one.of is None and one.counts == rate.counts):
            yield rate, count
