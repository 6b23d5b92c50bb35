"""Three facts kept apart: which way a figure moved, whether that is better, and where it stands against its target.

All are computed from unrounded values. An arrow alone never says more than the first.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Better

if TYPE_CHECKING:
    from fractions import Fraction


class Movement(StrEnum):
    """Which way a value moved; carries no judgement."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NONE = "none"


class Judgement(StrEnum):
    """Whether a movement is for the better, by the measure's polarity."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEUTRAL = "neutral"
    NONE = "none"


class Side(StrEnum):
    """On which side of another value a value lies; carries no judgement."""

    ABOVE = "above"
    AT = "at"
    BELOW = "below"


class Position(StrEnum):
    """Where a value stands against its target, by polarity and tolerance."""

    MET = "met"
    WITHIN_TOLERANCE = "within_tolerance"
    NOT_MET = "not_met"
    NOT_JUDGED = "not_judged"


def movement(now: Fraction | None, before: Fraction | None) -> Movement:
    """Which way it moved; none if either value is missing.

    >>> from fractions import Fraction
    >>> str(movement(Fraction(58), Fraction(45)))
    'up'
    """
    if now is None or before is None:
        return Movement.NONE
    if now == before:
        return Movement.SAME
    return Movement.UP if now > before else Movement.DOWN


def judgement(moved: Movement, better: Better) -> Judgement:
    """What a movement means for a measure of that polarity.

    >>> str(judgement(Movement.DOWN, Better.LOWER)), str(judgement(Movement.DOWN, Better.NEITHER))
    ('better', 'neutral')
    """
    if moved is Movement.NONE:
        return Judgement.NONE
    if better is Better.NEITHER:
        return Judgement.NEUTRAL
    if moved is Movement.SAME:
        return Judgement.SAME
    good = Movement.UP if better is Better.HIGHER else Movement.DOWN
    return Judgement.BETTER if moved is good else Judgement.WORSE


def side(value: Fraction, other: Fraction) -> Side:
    """On which side of the other value it lies."""
    if value == other:
        return Side.AT
    return Side.ABOVE if value > other else Side.BELOW


def position(value: Fraction, target: Fraction, better: Better, tolerance: Fraction) -> Position:
    """Where a value stands; at the target is met, at the edge of the tolerance is within it.

    >>> from fractions import Fraction
    >>> str(position(Fraction(9), Fraction(10), Better.LOWER, Fraction(0)))
    'met'
    """
    if better is Better.NEITHER:
        return Position.NOT_JUDGED
    shortfall = target - value if better is Better.HIGHER else value - target
    if shortfall <= 0:
        return Position.MET
    return Position.WITHIN_TOLERANCE if shortfall <= tolerance else Position.NOT_MET
