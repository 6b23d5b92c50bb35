"""Facts as they are printed: exact values worded once, each number bound to its key."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.words.numbers import counted, exact, percent, worded
from scorecard.words.phrase import Number, Part

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Measure
    from scorecard.facts.fact import Fact

_SCALES: dict[str, int] = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}
_AS_GOOD_AS_EQUAL = Fraction(1, 10**9)


def exact_value(fact: Fact | None) -> Fraction | None:
    """The value without binary rounding: from numerator and denominator where they make it, else as it stands.

    23 of 40 is 57.5 exactly and prints as 58%, though 23 / 40 * 100 is a hair less in a computer.
    """
    if fact is None or fact.value is None:
        return None
    stated = exact(float(fact.value))
    if fact.numerator is None or not fact.denominator:
        return stated
    scale: int = _SCALES.get(fact.unit, 1)
    made = exact(float(fact.numerator)) * scale / exact(float(fact.denominator))
    return made if abs(made - stated) <= _AS_GOOD_AS_EQUAL * max(Fraction(1), abs(stated)) else stated


def value_text(fact: Fact | None, measure: Measure) -> str:
    """The value in its measure's one format."""
    return worded(exact_value(fact), measure.unit, measure.decimals)


def value_number(fact: Fact, measure: Measure) -> Number:
    """The value, bound to its fact."""
    return Number(value_text(fact, measure), str(fact.key))


def numerator_number(fact: Fact) -> Number:
    """How many counted."""
    return Number(counted(fact.numerator), str(fact.key), part=Part.NUMERATOR)


def denominator_number(fact: Fact) -> Number:
    """Out of how many."""
    return Number(counted(fact.denominator), str(fact.key), part=Part.DENOMINATOR)


def share_of(part: Fact, whole: Fraction | None) -> Fraction | None:
    """A part as a percentage of its whole; nothing of nothing is no value."""
    value = exact_value(part)
    return value * 100 / whole if value is not None and whole else None


def share_number(part: Fact, whole: Fraction | None) -> Number:
    """That percentage as it is printed."""
    return Number(percent(share_of(part, whole)), str(part.key), part=Part.SHARE)
