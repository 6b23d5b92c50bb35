"""The rules of a control chart: one small function a rule, tried in one order, each looking at the newest month.

The order and the numbers are those of the NHS's “Making Data Count”; `docs/decisions/0044` names the set.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from scorecard.findings.limits import Limits

MONTHS_OF_A_RUN = 7
_OF_THREE, _TWO = 3, 2
_TAIL = 0.00135


class Signal(StrEnum):
    """Why a month is not one like the others, the foremost first."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    RUN = "run"
    GAP = "gap"


class Way(StrEnum):
    """To which side a signal points."""

    HIGH = "high"
    LOW = "low"


Found = tuple[Signal, Way]


def signal(values: Sequence[Fraction], limits: Sequence[Limits]) -> Found | None:
    """The first rule that the newest of these months fulfils; each value stands beside its own month's limits."""
    distances = [held.distance(value) for value, held in zip(values, limits, strict=True)]
    told = [one for one in distances if one is not None]
    known = told if len(told) == len(distances) else []
    found: tuple[tuple[Signal, Way | None], ...] = (
        (Signal.OUTSIDE, outside(values[-1], limits[-1])),
        (Signal.TREND, trend(values)),
        (Signal.TWO_OF_THREE, two_of_three(known)),
        (Signal.RUN, run(known)),
    )
    return next(((rule, way) for rule, way in found if way), None)


def outside(value: Fraction, limits: Limits) -> Way | None:
    """A month outside its limits."""
    if limits.hold(value):
        return None
    return Way.HIGH if value > limits.high else Way.LOW


def trend(values: Sequence[Fraction]) -> Way | None:
    """Seven months, each above the one before, or each below it.

    >>> from fractions import Fraction
    >>> str(trend([Fraction(one) for one in (3, 4, 5, 6, 7, 8, 9)]))
    'high'
    """
    steps = list(pairwise(values[-MONTHS_OF_A_RUN:]))
    if len(steps) < MONTHS_OF_A_RUN - 1:
        return None
    if all(later > earlier for earlier, later in steps):
        return Way.HIGH
    return Way.LOW if all(later < earlier for earlier, later in steps) else None


def two_of_three(distances: Sequence[Fraction]) -> Way | None:
    """The newest month and another of the last three more than two sigmas to one side."""
    for way, sign in ((Way.HIGH, 1), (Way.LOW, -1)):
        far = [sign * one > _TWO for one in distances[-_OF_THREE:]]
        if sum(far) >= _TWO and far[-1]:
            return way
    return None


def run(distances: Sequence[Fraction]) -> Way | None:
    """Seven months on one side of the mean; a month at the mean is on neither."""
    last = distances[-MONTHS_OF_A_RUN:]
    if len(last) < MONTHS_OF_A_RUN:
        return None
    if all(one > 0 for one in last):
        return Way.HIGH
    return Way.LOW if all(one < 0 for one in last) else None


def length(distances: Sequence[Fraction], way: Way) -> int:
    """For how many months, to the newest, these lay to one side of nought."""
    sign, months = (1 if way is Way.HIGH else -1), 0
    for one in reversed(distances):
        if sign * one <= 0:
            break
        months += 1
    return months


def gap(counts: Sequence[Fraction]) -> bool:
    """Of rare events, whether there have been none for longer than chance would have it.

    Were the months alike, each event would fall before the gap with the chance of its share of the months.
    """
    empty = 0
    while empty < len(counts) and not counts[-1 - empty]:
        empty += 1
    before = len(counts) - empty
    return bool(empty and before) and (before / len(counts)) ** int(sum(counts)) < _TAIL
