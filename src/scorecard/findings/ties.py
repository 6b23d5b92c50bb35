"""Whether figures that belong together tie: a stock with its starts and ends, a cohort that is used twice.

A count of children is followed child by child, so that two mistakes that cancel out are two findings and not none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import counted, signed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.calendar.periods import Period

Held = Counter[str]
"""How often each child (where there is none, each case) stands in a count."""


@dataclass(frozen=True)
class RollForward:
    """How the count at one month's end becomes the next one's.

    `reported` is the opening count as first reported, None where that month was never frozen. `started` and `ended` are
    None for a stock whose starts and ends no definition counts. `is_same_rule` is whether both months were counted by
    the same definition and the same values of its parameters. Of the ends of earlier months, `late_ends` have become
    known since the opening was first reported and `undone_ends` have been taken back; `of_age` are those who reached in
    the month the age (`until_age`) at which the stock counts a child no longer. `known` is the day up to which all but
    `reported` is known.
    """

    measure: str
    period: Period
    reported: Held | None
    opening: Held
    started: Held | None
    ended: Held | None
    closing: Held
    is_same_rule: bool = True
    late_ends: Held = field(default_factory=Counter)
    undone_ends: Held = field(default_factory=Counter)
    of_age: Held = field(default_factory=Counter)
    until_age: int = 0
    known: date | None = None

    @property
    def _came_since(self) -> Held:
        """Counted at the opening as now known, and not when it was first reported."""
        return Counter() if self.reported is None else self.opening - self.reported

    @property
    def _gone_since(self) -> Held:
        """Counted at the opening when it was first reported, and no longer."""
        return Counter() if self.reported is None else self.reported - self.opening

    @property
    def entered_late(self) -> Held:
        """Counted at the opening by records that were not there when it was first reported."""
        return self._came_since - self.undone_ends

    @property
    def end_undone(self) -> Held:
        """Counted at the opening because an end that was known when it was first reported has been taken back."""
        return self._came_since & self.undone_ends

    @property
    def ended_late(self) -> Held:
        """Counted at the opening when it was first reported, though they had left: the end was recorded later."""
        return self._gone_since & self.late_ends

    @property
    def removed(self) -> Held:
        """Counted at the opening when it was first reported, and no longer, without an end: taken out or corrected."""
        return self._gone_since - self.late_ends

    @property
    def joined(self) -> Held:
        """At the close and not at the opening."""
        return self.closing - self.opening

    @property
    def left(self) -> Held:
        """At the opening and not at the close."""
        return self.opening - self.closing

    @property
    def ended_before(self) -> Held:
        """Ended in the month, and no longer counted at the opening: somebody of eighteen whose record closed later."""
        return self._ended() - self.opening - self._started()

    @property
    def came_unexplained(self) -> Held:
        """Came into the count without a start in the month.

        >>> RollForward("m", None, None, Counter("a"), Counter("b"), Counter(), Counter("abc")).came_unexplained
        Counter({'c': 1})
        """
        return self.closing + (self._ended() - self.ended_before) - self.opening - self._started()

    @property
    def turned(self) -> Held:
        """Left the count without an end in the month, by reaching the age at which it counts a child no longer."""
        return self._left_without_end & self.of_age

    @property
    def left_unexplained(self) -> Held:
        """Left the count without an end in the month, or started in it while they were counted already."""
        return self._left_without_end - self.of_age

    @property
    def _left_without_end(self) -> Held:
        return self.opening + self._started() - self.closing - (self._ended() - self.ended_before)

    @property
    def is_tested(self) -> bool:
        """Whether starts and ends are counted at all."""
        return self.started is not None and self.ended is not None

    @property
    def holds(self) -> bool:
        """Whether opening, starts and ends make the close for every child."""
        return not (self.is_tested and (self.came_unexplained or self.left_unexplained))

    def _started(self) -> Held:
        return self.joined if self.started is None else self.started

    def _ended(self) -> Held:
        return self.left if self.ended is None else self.ended

    @property
    def lines(self) -> tuple[Line, ...]:
        """The way from the opening count to the close; what did not happen has no line, but for starts and ends."""
        return (*self._until_opening, *self._since_opening, Line(f"The end of {self.period.label}", self.closing))

    @property
    def _until_opening(self) -> tuple[Line, ...]:
        month, why = self.period.back(1).label, "" if self.is_same_rule else ", or by a rule changed since"
        known = f"as known on {day_in_words(self.known)}" if self.known else f"as known for {self.period.label}"
        opening = Line(f"The end of {month}, {known}", self.opening)
        if self.reported is None:
            return (opening,)
        gone = "Removed or corrected since" if self.is_tested else "Removed since, or an end entered late"
        moved = (
            Line(f"Entered late{why}", self.entered_late, 1),
            Line("An end taken back since", self.end_undone, 1),
            Line("Ended late", self.ended_late, -1),
            Line(f"{gone}{why}", self.removed, -1),
        )
        return (Line(f"The end of {month}, as first reported", self.reported), *filter(_happened, moved), opening)

    @property
    def _since_opening(self) -> tuple[Line, ...]:
        if not self.is_tested:
            return (Line("Joined", self.joined, 1), Line("Left", self.left, -1))
        odd = (
            Line("Of the ended, counted no longer at the opening", self.ended_before, 1),
            Line(f"Turned {self.until_age}, no end recorded", self.turned, -1),
            Line("Came without a start", self.came_unexplained, 1),
            Line("Left without an end", self.left_unexplained, -1),
        )
        return (Line("Started", self._started(), 1), Line("Ended", self._ended(), -1), *filter(_happened, odd))


@dataclass(frozen=True)
class Line:
    """One line of a roll-forward: a count (`sign` 0), or what is added to it (1) or taken from it (-1)."""

    words: str
    held: Held
    sign: int = 0

    @property
    def text(self) -> str:
        """The number, with a sign where something is added or taken."""
        return signed(self.sign * self.held.total()) if self.sign else counted(self.held.total())


def _happened(line: Line) -> bool:
    return bool(line.held)


@dataclass(frozen=True)
class Cohort:
    """The children one figure is about, on the day they were looked at."""

    measure: str
    day: date
    children: frozenset[str]


@dataclass(frozen=True)
class SameCohort:
    """Two figures that are about the same children."""

    one: Cohort
    other: Cohort

    @property
    def only_one(self) -> frozenset[str]:
        """In the first and not in the second."""
        return self.one.children - self.other.children

    @property
    def only_other(self) -> frozenset[str]:
        """In the second and not in the first."""
        return self.other.children - self.one.children

    @property
    def holds(self) -> bool:
        """Whether they are the same children. On two days they may differ, and the difference is told."""
        return self.one.day != self.other.day or self.one.children == self.other.children


@dataclass(frozen=True)
class Ties:
    """All ties of a month: roll-forwards by the measure that is followed, and cohorts used twice."""

    roll_forwards: Mapping[str, RollForward] = field(default_factory=dict)
    cohorts: tuple[SameCohort, ...] = ()
