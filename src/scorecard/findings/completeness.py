"""How complete is the latest month? What past months were still to gain at this point says how much this one may be.

Entries that come late, and records taken out later, are each taken as a Poisson flow in proportion to what was known at
first, with more spread where the past months show more (variance = f × mean, f estimated by Pearson's chi-square).
The interval is the shortest that holds four fifths of what may come; the share it really holds is told, since counts
are whole numbers. docs/explanation/how-complete-is-a-month.md says how well it does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.facts.fact import FactKey

FEWEST_MONTHS = 6
"""Below so many past months nothing is said."""

HORIZON = 3
"""How many months after it was first reported a past month is looked at again."""

_WANTED = 0.8
_ESTIMATED = 2  # the share that comes late, and the spread
_JEFFREYS = 0.5
_ITS_OWN = 0.8
_NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class Past:
    """A past month's count when it was first reported, and what was entered and taken out after that."""

    known: int
    entered: int
    removed: int

    @property
    def rise(self) -> int:
        """By how much the count rose in all; below nought where it fell."""
        return self.entered - self.removed


@dataclass(frozen=True)
class Provisional:
    """What is still to come to a month's count, by what came to past months. It never replaces the count.

    Of `months` past ones the counts rose by `least` to `most`; this one is expected to end between `low` and `high`,
    which holds for the share `rate` of such months.
    """

    key: FactKey
    months: int
    least: int
    most: int
    low: int
    high: int
    rate: float

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected than one number, so that there is no range to tell."""
        return self.low == self.high


def provisional(key: FactKey, known: int, past: Sequence[Past]) -> Provisional | None:
    """What may still come to a count; nothing under six months of history, nor where nothing ever came."""
    if len(past) < FEWEST_MONTHS or not any(one.entered or one.removed for one in past):
        return None
    *before, own = _volumes([*(one.known for one in past), known])
    entered = _to_come([one.entered for one in past], before, own)
    removed = _to_come([one.removed for one in past], before, own)
    least, most, rate = _shortest(_difference(entered, removed))
    rises = [one.rise for one in past]
    return Provisional(key, len(past), min(rises), max(rises), max(known + least, 0), known + most, rate)


def _volumes(known: Sequence[int]) -> list[float]:
    """How busy each month was: its own count, drawn a fifth of the way to the mean.

    Late entries are of all that happened, and do not follow the chance of what was written down in time; a month of
    which nothing is known yet was not without events.

    >>> [round(one, 1) for one in _volumes([5, 5, 0, 10])]
    [5.0, 5.0, 1.0, 9.0]
    """
    middle = fmean(known)
    return [_ITS_OWN * one + (1 - _ITS_OWN) * middle for one in known]


def _to_come(came: Sequence[int], before: Sequence[float], own: float) -> list[float]:
    """How likely each number is to come to a month that busy: from nought up."""
    total, exposed = sum(came), sum(before)
    if not total or not exposed:
        return [1.0]
    share = (total + _JEFFREYS) / exposed
    strayed = sum((one - share * of) ** 2 / (share * of) for one, of in zip(came, before, strict=True) if of)
    spread = max(1.0, strayed / (len(came) - _ESTIMATED))
    mean = share * own
    return _whole_numbers(mean, spread * (mean + (total + _JEFFREYS) * (own / exposed) ** 2))


def _whole_numbers(mean: float, variance: float) -> list[float]:
    """The negative binomial distribution of that mean and variance, up to where nothing is left.

    >>> round(sum(_whole_numbers(3, 5)), 6), round(sum(n * p for n, p in enumerate(_whole_numbers(3, 5))), 6)
    (1.0, 3.0)
    """
    size = mean * mean / (variance - mean)
    step = mean / (mean + size)
    likely = [math.exp(size * math.log1p(-step))]
    for number in range(1, int(mean + 12 * math.sqrt(variance) + 12)):
        likely.append(likely[-1] * (number - 1 + size) / number * step)
    return likely


def _difference(entered: Sequence[float], removed: Sequence[float]) -> dict[int, float]:
    """How likely each rise is, from what is entered and what is taken out."""
    found = dict[int, float]()
    for (more, p), (fewer, q) in product(enumerate(entered), enumerate(removed)):
        if p * q > _NEGLIGIBLE:
            found[more - fewer] = found.get(more - fewer, 0) + p * q
    return found


def _shortest(likely: dict[int, float]) -> tuple[int, int, float]:
    """The shortest run of rises that holds four fifths, and the share it holds."""
    least = most = max(likely, key=lambda rise: (likely[rise], -abs(rise)))
    held = likely[least]
    while held < _WANTED:
        below, above = likely.get(least - 1, 0.0), likely.get(most + 1, 0.0)
        if above >= below:
            most, held = most + 1, held + above
        else:
            least, held = least - 1, held + below
    return least, most, held
