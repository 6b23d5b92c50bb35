"""Whether a month's figure lies outside what the months before it lead one to expect."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Better, Unit
from scorecard.facts.fact import Quality
from scorecard.findings.printing import exact_value

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading

FEWEST_MONTHS = 7
"""Of so many months at least a limit is made; the figures of one half-year lead nobody to expect anything."""

_OF_THE_MOVING_RANGE = Fraction(266, 100)
_STANDARD_ERRORS = 3


@dataclass(frozen=True)
class Outside:
    """A figure outside limits: the limits, of how many months they are made, and how many times their width it is away.

    `is_worse` is whether it lies on the side that is worse for its measure.
    """

    key: str
    low: Fraction
    high: Fraction
    months: int
    strength: float
    is_worse: bool


def outside(reading: Reading) -> Outside | None:
    """Where the month's figure lies outside, by how much; none within the limits, or where there are too few months.

    The limits are the mean of the months before, give or take 2.66 times the mean step from one to the next. Those of a
    percentage are at least three standard errors of its own number of cases: a percentage of few moves by itself.
    """
    now, past = reading.now, [fact for fact in reading.trend[:-1] if _counts(fact)]
    value, values = exact_value(now), [held for fact in past if (held := exact_value(fact)) is not None]
    if now is None or value is None or not _counts(now) or len(values) < FEWEST_MONTHS:
        return None
    mean = sum(values, Fraction(0)) / len(values)
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    width = max(_OF_THE_MOVING_RANGE * sum(steps) / len(steps), _by_chance(reading, now, mean))
    if abs(value - mean) <= width:
        return None
    low, high = max(mean - width, Fraction(0)), mean + width
    if reading.measure.unit is Unit.PERCENT:
        high = min(high, Fraction(100))
    strength = float(abs(value - mean) / width) if width else float(abs(value - mean)) + 1
    worse = {Better.HIGHER: value < mean, Better.LOWER: value > mean}.get(reading.measure.better, False)
    return Outside(f"{now.key}#expected", low, high, len(values), strength, worse)


def _counts(fact: Fact | None) -> bool:
    """Whether a figure was counted from records and can be relied on."""
    return fact is not None and fact.quality is not Quality.UNRELIABLE and not fact.is_imported


def _by_chance(reading: Reading, now: Fact, mean: Fraction) -> Fraction:
    """How far a percentage of so many cases moves by itself."""
    if reading.measure.unit is not Unit.PERCENT or not now.denominator:
        return Fraction(0)
    share = min(max(float(mean) / 100, 0.0), 1.0)
    return Fraction(_STANDARD_ERRORS * 100 * sqrt(share * (1 - share) / now.denominator))
