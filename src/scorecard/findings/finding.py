"""What a month says of one measure: its figures, and what they show when set side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Kind, Unit
from scorecard.facts.fact import FactKey, Quality
from scorecard.findings.baselines import Baselines
from scorecard.findings.compare import Position, judgement, movement, position, side
from scorecard.findings.printing import exact_value
from scorecard.findings.variation import rule_changes, variation
from scorecard.words.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.facts.fact import Fact, Facts
    from scorecard.findings.comparators import Area, Comparator, Comparators, LikeForLike, Refusal
    from scorecard.findings.compare import Judgement, Movement, Side
    from scorecard.findings.targets import Target, Targets
    from scorecard.findings.variation import Variation
    from scorecard.sql.rules import Parameter

MONTHS_SHOWN = 13
_MONTHS_IN_A_YEAR = 12
_FEWEST_FOR_AN_EXTREME = 12


@dataclass(frozen=True)
class Moved:
    """A figure beside the month before: movement and judgement from exact values, the difference from printed ones.

    So no reader who subtracts two printed figures gets another difference than the one printed beside them.
    """

    key: str
    before: Fact
    movement: Movement
    judgement: Judgement
    difference: Decimal


@dataclass(frozen=True)
class AgainstTarget:
    """A figure beside its target."""

    key: str
    target: Target
    side: Side
    position: Position
    difference: Decimal


@dataclass(frozen=True)
class Beside:
    """A figure beside a published one of the same kind."""

    key: str
    comparator: Comparator
    side: Side


@dataclass(frozen=True)
class Extreme:
    """A figure higher, or lower, than in all the months before that are shown."""

    key: str
    highest: bool
    months: int


@dataclass(frozen=True)
class Reading:
    """All that a month says of one measure. What the facts do not hold is None, and so is what may not be said of them.

    A figure that is not reliable is printed as it is: it has no movement, is not judged, and has nothing beside it.

    `looked_at` is the day on which the cases of a stock were looked at, where that lies before the month's end.
    `before_since` is what the figure of the month before has become since, where it is told as it was first reported.
    `variation` is how the figure stands to what its months lead one to expect. `year_target` is what the financial year
    should come to.
    """

    measure: Measure
    indicator: Indicator
    period: Period
    window: Window
    now: Fact | None
    before: Fact | None
    to_date: Fact | None
    year_end: Fact | None
    year_ago: Fact | None
    trend: tuple[Fact | None, ...]
    target: Target | None
    moved: Moved | None
    against: AgainstTarget | None
    extreme: Extreme | None
    beside: Mapping[Area, Beside]
    compared: Fact | None
    refused: tuple[Refusal, ...]
    looked_at: date | None = None
    before_since: Fact | None = None
    variation: Variation | None = None
    year_target: Target | None = None

    @property
    def is_stock(self) -> bool:
        """Whether it counts who was there at the end of the month."""
        return self.indicator.kind is Kind.STOCK

    @property
    def is_of_a_year(self) -> bool:
        """Whether each month's figure is that of the twelve months ending with it."""
        return self.window is Window.ROLLING_YEAR

    @property
    def is_reliable(self) -> bool:
        """Whether the month's figure may be judged and compared at all."""
        return _reliable(self.now) is not None or self.now is None


def headline_window(indicator: Indicator) -> Window:
    """The window of the month's own figure: the month of a flow, the month end of a stock."""
    return Window.MONTH_END if indicator.kind is Kind.STOCK else Window.MONTH


@dataclass(frozen=True)
class Evidence:
    """What a month is read from: its facts, the targets in force at its end, the comparators published by a day.

    `looked_at` says which indicators were looked at on a day before the month's end, and on which. Limits begin anew
    where one of the `baselines` does, or one of the `rules` that a definition looks up changed. A percentage of fewer
    cases than `judged_from` is not judged against its target.
    """

    period: Period
    facts: Facts
    targets: Targets
    comparators: Comparators
    day: date
    looked_at: Mapping[str, date] = field(default_factory=dict)
    baselines: Baselines = field(default_factory=Baselines)
    rules: Mapping[str, Parameter] = field(default_factory=dict)
    judged_from: int = 0


def read_measure(
    measure: Measure, indicator: Indicator, evidence: Evidence, own_window: Window | None = None
) -> Reading:
    """What the month says of a measure, over its usual window or one of its own."""
    period, facts = evidence.period, evidence.facts
    window = own_window or headline_window(indicator)
    key = FactKey(measure.id, period, window)
    trend = tuple(facts.get(key.in_month(period.back(MONTHS_SHOWN - 1 - step))) for step in range(MONTHS_SHOWN))
    now, before = facts.get(key), facts.get(key.in_month(period.back(1)))
    judged, target = _reliable(now), evidence.targets.on(measure.id, period.last_day)
    compared, compared_window = _compared(measure, indicator, key, facts)
    like = evidence.comparators.like(measure, indicator.kind, compared_window, evidence.day)
    may_be_compared = (judged or now is None) and (compared is None or _reliable(compared))
    return Reading(
        measure=measure,
        indicator=indicator,
        period=period,
        window=window,
        now=now,
        before=before,
        to_date=facts.get(key.in_window(Window.YEAR_TO_DATE)),
        year_end=facts.get(key.in_month(period.april.back(1))),
        year_ago=_reliable(facts.get(key.in_month(period.back(_MONTHS_IN_A_YEAR)))) if judged else None,
        trend=trend,
        target=target,
        moved=_moved(measure, judged, _reliable(before)),
        against=_against(measure, now, target, evidence.judged_from),
        extreme=_extreme(trend),
        beside=_beside(compared, like) if may_be_compared else {},
        compared=compared,
        refused=like.refused if may_be_compared else (),
        looked_at=evidence.looked_at.get(indicator.id),
        variation=_variation(measure, indicator, evidence, key, target),
        year_target=evidence.targets.of_year(measure.id, period.last_day),
    )


def _variation(
    measure: Measure, indicator: Indicator, evidence: Evidence, key: FactKey, target: Target | None
) -> Variation | None:
    """How the month stands to its limits; months that share eleven of their twelve months have none."""
    if key.window is Window.ROLLING_YEAR:
        return None
    drawn = [key.period.back(MONTHS_SHOWN - 1 - step) for step in range(MONTHS_SHOWN)]
    steps = (*evidence.baselines.of(measure.id), *rule_changes(indicator, evidence.rules, measure.id))

    def fact_of(month: Period) -> Fact | None:
        return evidence.facts.get(key.in_month(month))

    return variation(measure, indicator.kind, fact_of, drawn, steps, target)


def _reliable(fact: Fact | None) -> Fact | None:
    """A figure, unless it is not reliable."""
    return None if fact is None or fact.quality is Quality.UNRELIABLE else fact


def _compared(measure: Measure, indicator: Indicator, key: FactKey, facts: Facts) -> tuple[Fact | None, Window]:
    """The figure to set beside published ones: a rate of events only over a year, or made a year's."""
    if indicator.kind is Kind.FLOW and measure.unit is Unit.RATE_PER_10000:
        for window in (Window.YEAR_TO_DATE_ANNUALISED, Window.ROLLING_YEAR):
            if fact := facts.get(key.in_window(window)):
                return fact, window
    return facts.get(key), key.window


def _moved(measure: Measure, now: Fact | None, before: Fact | None) -> Moved | None:
    value, earlier = exact_value(now), exact_value(before)
    if now is None or before is None or value is None or earlier is None:
        return None
    way = movement(value, earlier)
    difference = printed_difference(value, earlier, measure)
    return Moved(f"{now.key}#movement", before, way, judgement(way, measure.better), difference)


def printed_difference(value: Fraction, other: Fraction, measure: Measure) -> Decimal:
    """How far two figures lie apart as they are printed."""
    return rounded(value, measure.decimals) - rounded(other, measure.decimals)


def _against(measure: Measure, now: Fact | None, target: Target | None, judged_from: int) -> AgainstTarget | None:
    value = exact_value(now)
    if now is None or value is None or target is None:
        return None
    where = side(value, target.value)
    judged = _reliable(now) is not None and not is_of_few(now, judged_from)
    stands = position(value, target.value, measure.better, target.tolerance) if judged else Position.NOT_JUDGED
    return AgainstTarget(f"{now.key}#target", target, where, stands, printed_difference(value, target.value, measure))


def is_of_few(fact: Fact, judged_from: int) -> bool:
    """Whether a figure is a percentage of fewer cases than one is judged by."""
    return fact.unit == Unit.PERCENT and fact.denominator is not None and fact.denominator < judged_from


def _extreme(trend: tuple[Fact | None, ...]) -> Extreme | None:
    """Whether the newest is the highest or lowest; of figures that were imported nobody knows how they were counted."""
    *earlier, last = (None if fact and fact.is_imported else fact for fact in trend)
    value = exact_value(_reliable(last))
    others = [held for fact in earlier if (held := exact_value(_reliable(fact))) is not None]
    if last is None or value is None or len(others) < _FEWEST_FOR_AN_EXTREME:
        return None
    if value > max(others) or value < min(others):
        return Extreme(f"{last.key}#extreme", value > max(others), len(others) + 1)
    return None


def _side_as_published(value: Fraction, comparator: Comparator) -> Side:
    """On which side, as finely as the published figure says: 8.99 per cent is level with a published 9."""
    own, published = (rounded(figure, comparator.decimals) for figure in (value, Fraction(comparator.value)))
    return side(Fraction(own), Fraction(published))


def _beside(compared: Fact | None, like: LikeForLike) -> dict[Area, Beside]:
    value = exact_value(compared)
    if compared is None or value is None:
        return {}
    return {
        area: Beside(f"{compared.key}#{area}", comparator, _side_as_published(value, comparator))
        for area, comparator in like.used.items()
    }
