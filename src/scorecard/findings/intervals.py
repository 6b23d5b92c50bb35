"""Wilson's interval: between which percentages the true one may lie where so many of so many are taken as a sample."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

_NINETY_FIVE = 1.959964
"""Ninety-five in a hundred of a normal curve lie within so many standard deviations."""


def wilson(held: float, of: float) -> tuple[Fraction, Fraction]:
    """The lower and the upper end, 0 to 100, at 95 per cent; it needs at least one case.

    Unlike the plain interval it neither leaves nought to a hundred nor shrinks to nothing at either end (Wilson, 1927).

    >>> [round(float(end), 1) for end in wilson(24, 60)]
    [28.6, 52.6]
    >>> [round(float(end), 1) for end in wilson(10, 10)]
    [72.2, 100.0]
    """
    share, squared = held / of, _NINETY_FIVE**2
    middle = share + squared / (2 * of)
    half = _NINETY_FIVE * sqrt(share * (1 - share) / of + squared / (4 * of * of))
    whole = 1 + squared / of
    low, high = (100 * (middle - half) / whole, 100 * (middle + half) / whole)
    return Fraction(max(low, 0.0)), Fraction(min(high, 100.0))
