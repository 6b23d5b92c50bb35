"""What a measure's months lead one to expect of the newest: its limits, whether it is a signal, what its target can be.

The month itself is never among those its limits are made of, so that a leap does not widen the limits it is held to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.definitions.indicator import Better, Kind, Unit
from scorecard.facts.fact import Quality
from scorecard.findings.baselines import Baseline
from scorecard.findings.limits import FIRM_MONTHS, Limits, Method, Observed, Rare, expectation
from scorecard.findings.printing import exact_value
from scorecard.findings.signals import Signal, Way, gap, length, signal
from scorecard.words.numbers import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.facts.fact import Fact
    from scorecard.findings.limits import Expectation
    from scorecard.findings.targets import Target
    from scorecard.sql.rules import Parameter


class Course(StrEnum):
    """What a signal means by the measure's polarity; usual where there is none."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    USUAL = "usual"


class Assurance(StrEnum):
    """Whether a target will be met as things go: always, in some months and not in others, or never."""

    MEETS = "meets"
    HIT_AND_MISS = "hit_and_miss"
    MISSES = "misses"


@dataclass(frozen=True)
class Marked:
    """One month of a chart: its limits, if there are any, and its signal."""

    limits: Limits | None = None
    signal: Signal | None = None
    way: Way | None = None


@dataclass(frozen=True)
class Variation:
    """How the newest month stands to its limits; these are none where the baseline holds too few `months`.

    `marked` are the months drawn, the newest last. `since` is the baseline that the months before it are not part of.
    `lasting` is for how many months a run has lasted, a trend has gone one way, or there have been none.
    """

    key: str
    value: Fraction
    months: int
    marked: tuple[Marked, ...]
    method: Method | None = None
    course: Course = Course.USUAL
    assurance: Assurance | None = None
    since: Baseline | None = None
    lasting: int = 0

    @property
    def limits(self) -> Limits | None:
        """The newest month's."""
        return self.marked[-1].limits

    @property
    def signal(self) -> Signal | None:
        """The newest month's."""
        return self.marked[-1].signal

    @property
    def strength(self) -> float:
        """How many times the way from its mean to its limit a figure lies off; a nought where that way is nought."""
        if self.limits is None:
            return 0.0
        mean = self.limits.mean
        width = (self.limits.high if self.value > mean else self.limits.low) - mean
        return float((self.value - mean) / width) if width else 0.0

    @property
    def is_new(self) -> bool:
        """Whether the month before had not the same signal."""
        before = self.marked[-2] if len(self.marked) > 1 else Marked()
        return (before.signal, before.way) != (self.signal, self.marked[-1].way)

    @property
    def is_on_trial(self) -> bool:
        """Whether its limits are of so few months that they may still move."""
        return self.limits is not None and self.months < FIRM_MONTHS


def rule_changes(indicator: Indicator, parameters: Mapping[str, Parameter], measure: str) -> tuple[Baseline, ...]:
    """Where limits begin anew because a number that the definition looks up changed."""
    return tuple(
        Baseline(measure, Period.holding(since.from_day), f"the rule changed on {since.from_day.isoformat()}")
        for name in indicator.parameters
        if name in parameters
        for before, since in zip(parameters[name].values, parameters[name].values[1:], strict=False)
        if before.value != since.value
    )


def variation(  # noqa: PLR0913, PLR0917 - a measure, its months, and what they are held to
    measure: Measure,
    kind: Kind,
    fact_of: Callable[[Period], Fact | None],
    drawn: Sequence[Period],
    steps: Sequence[Baseline] = (),
    target: Target | None = None,
) -> Variation | None:
    """How the last of the months drawn stands; none where it has no value that may be judged.

    `steps` are the baselines recorded and the changes of rule. A month that is not reliable, or was imported, is not
    among those looked at.
    """
    now = fact_of(drawn[-1])
    if now is None or _observed(now) is None:
        return None
    begun = sorted((one for one in steps if one.first <= drawn[-1]), key=lambda one: (one.first, one.last is None))
    first = min((one.first for one in begun), default=drawn[0])
    history = {
        month: seen
        for month in months_between(min(first, drawn[0]), drawn[-1])
        if (seen := _observed(fact_of(month))) is not None
    }
    parts = _parts(begun, drawn)
    marked = [mark for part in parts for mark in _marked(measure, kind, part, history, drawn)]
    last = parts[-1]
    held = _baseline_months(last, history, drawn[-1])
    expected = expectation(measure.unit, [history[month] for month in held])
    newest = marked[-1]
    return Variation(
        key=f"{now.key}#expected",
        value=history[drawn[-1]].value,
        months=len(held),
        marked=tuple(marked),
        method=expected.method if expected else None,
        course=_course(newest, measure.better),
        assurance=_assurance(newest.limits, measure.better, target),
        since=last.baseline,
        lasting=_lasting(newest, last, expected, history),
    )


@dataclass(frozen=True)
class _Part:
    """Months drawn that share a baseline; `months` are those and any before them that belong to it."""

    baseline: Baseline | None
    months: tuple[Period, ...]
    drawn: tuple[Period, ...]


def _observed(fact: Fact | None) -> Observed | None:
    """A month that can be relied on and was counted here."""
    if fact is None or fact.quality is Quality.UNRELIABLE or fact.is_imported:
        return None
    value = exact_value(fact)
    of = exact(float(fact.denominator)) if fact.denominator and fact.unit == Unit.PERCENT else None
    return None if value is None else Observed(value, of)


def _parts(begun: Sequence[Baseline], drawn: Sequence[Period]) -> list[_Part]:
    """The months drawn, parted where a baseline begins; of two that begin in one month the recorded one holds."""
    firsts = {one.first: one for one in reversed(begun)}
    bounds = [(drawn[0], None)] if not begun or begun[0].first > drawn[0] else []
    ordered: list[tuple[Period, Baseline | None]] = [*bounds, *sorted(firsts.items())]
    parts = []
    for place, (first, baseline) in enumerate(ordered):
        after = ordered[place + 1][0] if place + 1 < len(ordered) else None
        months = tuple(
            month
            for month in months_between(min(first, drawn[0]), drawn[-1])
            if month >= first and (after is None or month < after)
        )
        shown = tuple(month for month in drawn if month in set(months))
        if shown:
            parts.append(_Part(baseline, months, shown))
    return parts


def _baseline_months(part: _Part, history: Mapping[Period, Observed], newest: Period) -> list[Period]:
    """The months that limits are made of: as recorded, or all of the part but the newest month told."""
    last = part.baseline.last if part.baseline else None
    return [month for month in part.months if month in history and (month <= last if last else month != newest)]


def _marked(
    measure: Measure, kind: Kind, part: _Part, history: Mapping[Period, Observed], drawn: Sequence[Period]
) -> list[Marked]:
    """Each month of a part with its limits and its signal."""
    held = _baseline_months(part, history, drawn[-1])
    expected = expectation(measure.unit, [history[month] for month in held])
    if expected is None:
        return [Marked() for _ in part.drawn]
    return [_mark(month, expected, kind, part, history) for month in part.drawn]


def _mark(month: Period, expected: Expectation, kind: Kind, part: _Part, history: Mapping[Period, Observed]) -> Marked:
    if month not in history:
        return Marked(None)
    stretch = _stretch(month, part, history)
    limits = [expected.at(one.of) for one in stretch]
    found = signal([one.value for one in stretch], limits)
    if found is None and isinstance(expected, Rare) and kind is Kind.FLOW and gap([one.value for one in stretch]):
        found = Signal.GAP, Way.LOW
    return Marked(limits[-1], *(found or (None, None)))


def _stretch(month: Period, part: _Part, history: Mapping[Period, Observed]) -> list[Observed]:
    """The months up to one, back to where a month is missing or the part begins."""
    found: list[Observed] = []
    for one in reversed([held for held in part.months if held <= month]):
        if one not in history:
            break
        found.append(history[one])
    return found[::-1]


def _lasting(newest: Marked, part: _Part, expected: Expectation | None, history: Mapping[Period, Observed]) -> int:
    """For how many months what the signal says has held."""
    if newest.way is None or expected is None:
        return 0
    stretch = _stretch(part.drawn[-1], part, history)
    if newest.signal is Signal.RUN:
        distances = [expected.at(one.of).distance(one.value) for one in stretch]
        return length([one for one in distances if one is not None], newest.way)
    if newest.signal is Signal.TREND:
        return length([later.value - earlier.value for earlier, later in pairwise(stretch)], newest.way)
    return length([one.value - 1 for one in stretch], Way.LOW) if newest.signal is Signal.GAP else 0


def _course(newest: Marked, better: Better) -> Course:
    if newest.signal is None:
        return Course.USUAL
    if better is Better.NEITHER:
        return Course.HIGHER if newest.way is Way.HIGH else Course.LOWER
    good = Way.HIGH if better is Better.HIGHER else Way.LOW
    return Course.BETTER if newest.way is good else Course.WORSE


def _assurance(limits: Limits | None, better: Better, target: Target | None) -> Assurance | None:
    """What the limits say of a target: met at both ends, at one or at neither."""
    if limits is None or target is None or better is Better.NEITHER:
        return None
    at_worst, at_best = (limits.low, limits.high) if better is Better.HIGHER else (limits.high, limits.low)
    if better is Better.HIGHER:
        meets, misses = at_worst >= target.value, at_best < target.value
    else:
        meets, misses = at_worst <= target.value, at_best > target.value
    return Assurance.MEETS if meets else Assurance.MISSES if misses else Assurance.HIT_AND_MISS
