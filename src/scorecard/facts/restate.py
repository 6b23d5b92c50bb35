"""What changed since a month was first reported: for each figure the bridge from *first* to *now*, in records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact, FactKey


class Cause(StrEnum):
    """Why a figure is not what it was, in the order a bridge tells it.

    `NOT_TOLD_APART` is what no record tells: those of one of the two are gone, or it was supplied or imported.
    """

    ENTERED_LATE = "entered late"
    REMOVED = "removed"
    CHANGED = "changed"
    MAPPING_CORRECTED = "mapping corrected"
    DEFINITION_CHANGED = "definition changed"
    POPULATION_CHANGED = "population changed"
    ERROR_CORRECTED = "error corrected"
    NOT_TOLD_APART = "not told apart"


SCHEDULED = frozenset({Cause.ENTERED_LATE, Cause.REMOVED, Cause.CHANGED})
"""What is expected of records that are written late; the rest are corrections."""

OWN_WINDOWS = frozenset({Window.MONTH, Window.MONTH_END})
"""The windows of the month itself, which the others are made of."""


@dataclass(frozen=True)
class HowLate:
    """How many days after the month's end late records were first seen, at most, since nobody tells the day itself.

    A record first seen in the extract of 30 November and not in that of 31 October was entered up to 30 days after.
    """

    least: int
    middle: int
    most: int


@dataclass(frozen=True)
class BridgeLine:
    """What one cause did to a figure: how many things it moved, and by how much numerator and denominator changed.

    Of the `cases`, so many `came` into the figure and so many `went` out of it; the rest count otherwise than before.
    """

    cause: Cause
    cases: int
    numerator: float
    denominator: float
    how_late: HowLate | None = None
    came: int = 0
    went: int = 0


def in_words(line: BridgeLine, key: FactKey) -> str:
    """What a line did to a figure, in the words of those who keep the records.

    What leaves a stock because its record was changed ended, and nobody had said so in time.
    """
    if line.cause is Cause.CHANGED and line.went == line.cases:
        return "ended late" if key.window is Window.MONTH_END else "taken out by a change"
    if line.cause is Cause.CHANGED and line.came == line.cases:
        return "brought in by a change"
    return line.cause.value


@dataclass(frozen=True)
class Restatement:
    """A figure as first reported and as now known, and the lines that lead from one to the other.

    The numerators of the lines add up to the difference of the numerators, and so do the denominators; of a figure that
    is no sum (`adds_up` is false: a median) the lines only say how many cases there are more or fewer. `has_records` is
    whether the records of both are still there to be told apart.
    """

    key: FactKey
    first: Fact
    now: Fact
    lines: tuple[BridgeLine, ...]
    has_records: bool = True
    adds_up: bool = True

    @property
    def is_scheduled(self) -> bool:
        """Whether only records entered, removed or changed since explain it, and no correction of ours."""
        return all(line.cause in SCHEDULED for line in self.lines)

    @property
    def by_cause(self) -> dict[str, int]:
        """How many things each cause moved: counts alone, as the ledger keeps them."""
        return {line.cause.value: line.cases for line in self.lines}
