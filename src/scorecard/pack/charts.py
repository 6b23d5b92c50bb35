"""Charts as data: what is drawn and what is said in its place to a reader who does not see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from datetime import date

    from scorecard.definitions.indicator import Unit
    from scorecard.words.phrase import Number, Phrase

LOWER_LIMIT, UPPER_LIMIT = "limit_lower", "limit_upper"
"""The kinds of line between which a month was to be expected; drawn as a band where there is room to shade one."""


class Shape(StrEnum):
    """Bars for how many, lines for what share or rate, stacks for parts of a whole, rows for parts of one month."""

    BARS = "bars"
    LINE = "line"
    PAIRS = "pairs"
    STACKS = "stacks"
    ROWS = "rows"


class Origin(StrEnum):
    """Where a point comes from: counted in the view of its chart, known to a later freeze only, or imported."""

    COUNTED = "counted"
    KNOWN_LATER = "counted later"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Point:
    """One month of a series, or one part; drawn hollow where it is not reliable, and with a mark by its origin.

    `known_at` is the day up to which the later freeze knew that it was counted from. `is_outside` is whether it lies
    outside its limits.
    """

    label: str
    period: str
    value: float | None
    number: Number
    hollow: bool = False
    origin: Origin = Origin.COUNTED
    known_at: date | None = None
    is_outside: bool = False


@dataclass(frozen=True)
class ReferenceLine:
    """A target or a published figure across the months: for each month what held then, None where nothing did."""

    kind: str
    label: str
    values: tuple[float | None, ...]
    numbers: tuple[Number | None, ...]


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour under one name; broken where it is not counted but projected."""

    label: str
    points: tuple[Point, ...]
    projected: bool = False

    @property
    def last(self) -> Point | None:
        """The last point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True)
class Break:
    """Where a rule changed: figures from this month on are not quite like those before it.

    `label` is the month's, as at its point; `told` says on which day, from what to what.
    """

    label: str
    day: date
    told: str

    @property
    def words(self) -> str:
        """What stands at it in the drawing."""
        return f"Rule changed {day_in_words(self.day)}"


@dataclass(frozen=True)
class Chart:
    """One or more series along the same months (or parts), with what they are compared with.

    The title is a message, and `message` the same with its numbers bound; `subject` is what the chart is of.
    """

    id: str
    title: str
    subtitle: str
    shape: Shape
    unit: Unit
    series: tuple[Series, ...]
    lines: tuple[ReferenceLine, ...]
    alternative: str
    floor: float = 0
    along: str = "Month"
    low: bool = False
    message: Phrase = ()
    subject: str = ""
    breaks: tuple[Break, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """The first series, which says what the chart runs along."""
        return self.series[0].points

    @property
    def compared(self) -> tuple[ReferenceLine, ...]:
        """The lines a figure is compared with: all but its limits."""
        return tuple(line for line in self.lines if line.kind not in {LOWER_LIMIT, UPPER_LIMIT})

    @property
    def band(self) -> dict[int, tuple[float, float]]:
        """The limits of each month that has any, by its place."""
        held = {line.kind: line.values for line in self.lines}
        ends = zip(held.get(LOWER_LIMIT, ()), held.get(UPPER_LIMIT, ()), strict=True)
        return {place: (low, high) for place, (low, high) in enumerate(ends) if low is not None and high is not None}

    @property
    def marks(self) -> dict[Origin, str]:
        """What each mark of its points stands for; nothing where all were counted in the view it shows."""
        drawn = [point for one in self.series for point in one.points if point.value is not None]
        days = {point.known_at for point in drawn if point.known_at}
        said = {
            Origin.COUNTED: "counted",
            Origin.IMPORTED: "imported, not counted here",
            Origin.KNOWN_LATER: f"as known at {day_in_words(max(days))}" if days else "",
        }
        origins = {point.origin for point in drawn}
        return (
            {origin: words for origin, words in said.items() if origin in origins} if origins - {Origin.COUNTED} else {}
        )


@dataclass(frozen=True)
class Panels:
    """Charts of the same months, one above the other under one title."""

    id: str
    title: str
    charts: tuple[Chart, ...]
