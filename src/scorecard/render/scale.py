"""Where things lie on a chart: a round top, ticks, and labels that do not lie on each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from scorecard.words.numbers import MINUS

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICKS = 4
_WHOLE = 100.0
_HALF = 60.0


@dataclass(frozen=True)
class Scale:
    """The values a chart spans, and the distance of its ticks."""

    floor: float
    top: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """The values that have a line across the chart."""
        return [self.floor + self.step * count for count in range(round((self.top - self.floor) / self.step) + 1)]

    def share(self, value: float) -> float:
        """How far up the chart a value lies, from 0 to 1."""
        return (value - self.floor) / (self.top - self.floor)

    def at(self, share: float) -> float:
        """The value so far up the chart."""
        return self.floor + share * (self.top - self.floor)


def top_and_step(highest: float, *, percent: bool = False, whole: bool = False) -> tuple[float, float]:
    """A round number above the highest value, and the distance of the ticks below it.

    A percentage that passes 60 is drawn on the whole of its scale.

    >>> top_and_step(194, whole=True), top_and_step(86.7, percent=True), top_and_step(9.8, percent=True)
    ((200.0, 50.0), (100.0, 25.0), (10.0, 2.5))

    Where there is nothing but noughts, a chart still has a height.

    >>> top_and_step(0, whole=True), top_and_step(0, percent=True)
    ((4.0, 1.0), (100.0, 25.0))
    """
    if percent and (highest > _HALF or highest <= 0):
        return _WHOLE, _WHOLE / 4
    if highest <= 0:
        return float(_TICKS), 1.0
    rough = max(highest, 1e-9) / _TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(factor * size for factor in _STEPS if factor * size >= rough * (1 - 1e-9))
    step = max(1.0, float(ceil(step))) if whole else step
    return step * ceil(highest / step - 1e-9), step


def spread(wanted: list[float], gap: float, lowest: float, highest: float) -> list[float]:
    """Places as near the wanted ones as a gap between them allows, in the same order as given.

    >>> spread([10, 12, 50], 14, 0, 100)
    [4.0, 18.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[tuple[list[int], float]] = []
    for index in order:
        groups.append(([index], min(max(wanted[index], lowest), highest)))
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], gap):
            groups[-2:] = [_merged(groups[-2], groups[-1], wanted, gap, (lowest, highest))]
    places = [0.0] * len(wanted)
    for members, middle in groups:
        first = middle - gap * (len(members) - 1) / 2
        for step, index in enumerate(members):
            places[index] = first + gap * step
    return places


def _overlap(above: tuple[list[int], float], below: tuple[list[int], float], gap: float) -> bool:
    needed = gap * (len(above[0]) + len(below[0])) / 2
    return below[1] - above[1] < needed - 1e-9


def _merged(
    above: tuple[list[int], float],
    below: tuple[list[int], float],
    wanted: list[float],
    gap: float,
    bounds: tuple[float, float],
) -> tuple[list[int], float]:
    members = above[0] + below[0]
    half = gap * (len(members) - 1) / 2
    middle = sum(wanted[index] for index in members) / len(members)
    return members, min(max(middle, bounds[0] + half), bounds[1] - half)


_BREADTHS = {".": 0.278, ",": 0.278, " ": 0.278, "%": 0.889, "-": 0.333, MINUS: 0.584}
_BOLD_DIGIT = 0.556


def breadth(number: str, size: float) -> float:
    """How broad a number is in bold Arial.

    >>> round(breadth("58%", 12), 1)
    24.0
    """
    return size * sum(_BREADTHS.get(letter, _BOLD_DIGIT) for letter in number)
