"""The limits of a chart's months as lines, and its months that are signals, said in words beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.findings.signal_sentences import limit_number
from scorecard.findings.signals import Signal
from scorecard.pack.charts import LOWER_LIMIT, UPPER_LIMIT, ReferenceLine
from scorecard.words.grammar import joined
from scorecard.words.numbers import rounded

if TYPE_CHECKING:
    from fractions import Fraction

    from scorecard.findings.finding import Reading
    from scorecard.findings.limits import Limits
    from scorecard.pack.charts import Point

FEWEST_LIMITS = 2
"""Limits of one month alone are not drawn."""


_PLACES = 6
"""Limits hold square roots: drawn to a millionth they are the same in every format."""


def limit_lines(reading: Reading) -> tuple[ReferenceLine, ...]:
    """Both limits across the months; none where there are too few months to make any."""
    held = _held(reading)
    if sum(one is not None for one in held) < FEWEST_LIMITS:
        return ()
    lows, highs = ([None if one is None else getattr(one, end) for one in held] for end in ("low", "high"))
    return _line(reading, LOWER_LIMIT, "Lower limit", lows), _line(reading, UPPER_LIMIT, "Upper limit", highs)


def with_signals(points: tuple[Point, ...], reading: Reading) -> tuple[Point, ...]:
    """The points, those outside their limits marked as such."""
    marked = reading.variation.marked if reading.variation else ()
    return (
        tuple(
            replace(point, is_outside=one.signal is Signal.OUTSIDE) for point, one in zip(points, marked, strict=True)
        )
        if marked
        else points
    )


def limits_noted(reading: Reading, lines: tuple[ReferenceLine, ...]) -> str:
    """What the shading of a chart is, in a few words under its title."""
    if not lines or reading.variation is None:
        return ""
    return "; shaded: what was to be expected"


def limits_said(points: tuple[Point, ...], lines: tuple[ReferenceLine, ...]) -> str:
    """The newest limits and the months outside theirs, for a reader who does not see the shading."""
    if not lines:
        return ""
    lower, upper = (next(number for number in reversed(line.numbers) if number) for line in lines)
    outside = [point.label for point in points if point.is_outside]
    which = f" Outside their limits: {joined(outside)}." if outside else ""
    return f" Shaded is what was to be expected, in the end {lower.text} to {upper.text}.{which}"


def _held(reading: Reading) -> list[Limits | None]:
    return [one.limits for one in reading.variation.marked] if reading.variation else []


def _line(reading: Reading, kind: str, label: str, values: list[Fraction | None]) -> ReferenceLine:
    key = reading.variation.key if reading.variation else ""
    numbers = tuple(
        None if value is None else limit_number(reading, value, f"{key}-{kind}-{place}")
        for place, value in enumerate(values)
    )
    return ReferenceLine(
        kind, label, tuple(None if value is None else float(rounded(value, _PLACES)) for value in values), numbers
    )
