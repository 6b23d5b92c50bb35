"""Limits: between which values a month's figure was to be expected, made of the months of a baseline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import comb, sqrt
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_MONTHS = 7
"""Of so many months at least limits are made; the figures of one half-year lead nobody to expect anything."""

FIRM_MONTHS = 12
"""Limits of fewer months are on trial."""

RARE_BELOW = 5
"""A count of fewer than so many in a month, on average, is of rare events."""

_OF_THE_MOVING_RANGE = Fraction(266, 100)
_STANDARD_ERRORS = 3
_MEAN_STEP_OF_CHANCE = 1.128
"""The mean distance of two draws from a normal curve, in standard deviations (the control chart's d2 of two)."""
_NORMAL_FROM = 5
"""With less variance than this many cases a share's limits are taken from the binomial itself."""
_TAIL = 0.00135
"""What lies beyond three standard deviations at one end of a normal curve."""
_WHOLE = 100


class Method(StrEnum):
    """How limits were made: of the steps between months, of shares of cases, or of rare events."""

    STEPS = "xmr"
    SHARES = "p"
    RARE = "rare"

    @property
    def words(self) -> str:
        """What a reader is told of it."""
        return {
            Method.STEPS: "XmR: 2.66 mean steps",
            Method.SHARES: "p: three standard errors",
            Method.RARE: "rare events",
        }[self]


@dataclass(frozen=True)
class Observed:
    """One month: its value and, of a percentage, of how many cases."""

    value: Fraction
    of: Fraction | None = None


@dataclass(frozen=True)
class Limits:
    """Between which values a month was to be expected, and their middle; `sigma` is a third of the way to a limit.

    None stands for sigma where the two ways are not alike.
    """

    low: Fraction
    mean: Fraction
    high: Fraction
    sigma: Fraction | None = None

    def hold(self, value: Fraction) -> bool:
        """Whether a value lies within them; one at a limit does."""
        return self.low <= value <= self.high

    def distance(self, value: Fraction) -> Fraction | None:
        """How many sigmas a value lies above the mean; none where there is no sigma."""
        return (value - self.mean) / self.sigma if self.sigma else None


@dataclass(frozen=True)
class Steps:
    """The XmR chart: the mean, give or take 2.66 times the mean step from one month to the next."""

    mean: Fraction
    step: Fraction
    top: Fraction | None = None
    method: Method = Method.STEPS

    def at(self, of: Fraction | None) -> Limits:  # noqa: ARG002 - the same for every month, whatever it is of
        """The limits of any month."""
        width = _OF_THE_MOVING_RANGE * self.step
        high = self.mean + width
        return Limits(
            max(self.mean - width, Fraction(0)), self.mean, min(high, self.top) if self.top else high, width / 3
        )


@dataclass(frozen=True)
class Shares:
    """The p-chart: each month has limits by how many cases it is of.

    `widening` is by how much more the months differ than chance alone would have it, 1 where they do not (Laney's p′).
    `share` is the mean for the exact tails, drawn off nought and a hundred by half a case (Jeffreys).
    """

    mean: Fraction
    widening: float
    share: float
    method: Method = Method.SHARES

    def at(self, of: Fraction | None) -> Limits:
        """The limits of a month of so many cases."""
        cases, mean = float(of or 1), float(self.mean) / _WHOLE
        variance = mean * (1 - mean)
        if cases * variance < _NORMAL_FROM:
            low, high = _binomial_ends(round(cases), self.share)
            wide = (self.widened(low), self.widened(high))
            return Limits(max(wide[0], Fraction(0)), self.mean, min(wide[1], Fraction(_WHOLE)))
        sigma = Fraction(_WHOLE * self.widening * sqrt(variance / cases))
        low, high = self.mean - _STANDARD_ERRORS * sigma, self.mean + _STANDARD_ERRORS * sigma
        return Limits(max(low, Fraction(0)), self.mean, min(high, Fraction(_WHOLE)), sigma)

    def widened(self, end: Fraction) -> Fraction:
        """An end of the limits, further from the mean where the months differ more than by chance."""
        return self.mean + (end - self.mean) * Fraction(self.widening)


@dataclass(frozen=True)
class Rare:
    """Rare events: so many in so many months; a month of more than chance would bring is outside."""

    events: int
    months: int
    method: Method = Method.RARE

    def at(self, of: Fraction | None) -> Limits:  # noqa: ARG002 - the same for every month
        """From nought to the most that chance would bring.

        Where the months are alike, each event falls in the newest with the chance of one in so many (Przyborowski and
        Wilenski's exact test of two counts).
        """
        most = 0
        while _at_least(most + 1, self.events + most + 1, 1 / (self.months + 1)) >= _TAIL:
            most += 1
        return Limits(Fraction(0), Fraction(self.events, self.months), Fraction(most))


Expectation = Steps | Shares | Rare


def expectation(unit: Unit, months: Sequence[Observed]) -> Expectation | None:
    """What the months of a baseline lead one to expect, by the chart that their data asks for; none of too few.

    >>> plans = [Observed(Fraction(count)) for count in (105, 124, 125, 118, 125, 130, 139)]
    >>> limits = expectation(Unit.COUNT, plans).at(None)
    >>> round(float(limits.low), 1), round(float(limits.high), 1)
    (102.4, 145.0)
    """
    if len(months) < FEWEST_MONTHS:
        return None
    values = [month.value for month in months]
    mean = sum(values, Fraction(0)) / len(values)
    if unit is Unit.COUNT and mean < RARE_BELOW and all(value.denominator == 1 for value in values):
        return Rare(int(sum(values)), len(values))
    if unit is Unit.PERCENT and all(month.of for month in months):
        return _shares(months)
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return Steps(mean, sum(steps, Fraction(0)) / len(steps), Fraction(_WHOLE) if unit is Unit.PERCENT else None)


def _shares(months: Sequence[Observed]) -> Shares:
    cases = sum((month.of or Fraction(0) for month in months), Fraction(0))
    held = sum((month.value * (month.of or 0) for month in months), Fraction(0)) / _WHOLE
    share = float(held + Fraction(1, 2)) / float(cases + 1)
    errors = [
        (float(month.value) / _WHOLE - share) / sqrt(share * (1 - share) / float(month.of or 1)) for month in months
    ]
    steps = [abs(later - earlier) for earlier, later in pairwise(errors)]
    return Shares(held * _WHOLE / cases, max(1.0, sum(steps) / len(steps) / _MEAN_STEP_OF_CHANCE), share)


def _binomial_ends(cases: int, share: float) -> tuple[Fraction, Fraction]:
    """The least and the most, in per cent, that chance brings of so many cases, with a tail beyond each."""
    chances = [comb(cases, count) * share**count * (1 - share) ** (cases - count) for count in range(cases + 1)]
    return Fraction(_WHOLE * _first(chances), cases), Fraction(_WHOLE * (cases - _first(chances[::-1])), cases)


def _first(chances: Sequence[float]) -> int:
    """Where the chances, added up, come to more than a tail."""
    reached = 0.0
    for place, chance in enumerate(chances):
        reached += chance
        if reached > _TAIL:
            return place
    return len(chances) - 1


def _at_least(count: int, of: int, share: float) -> float:
    """The chance of at least so many of so many."""
    return sum(comb(of, held) * share**held * (1 - share) ** (of - held) for held in range(count, of + 1))
