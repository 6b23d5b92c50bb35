"""The figures a text can be held against, each under what it is called: whole and part, its own and published ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.claims.names import stems
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import WHOLE
from scorecard.findings.comparators import Comparators
from scorecard.findings.finding import headline_window
from scorecard.findings.printing import exact_value
from scorecard.findings.targets import Targets
from scorecard.words.numbers import exact, worded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from fractions import Fraction

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Dimension, Indicator, Measure
    from scorecard.facts.fact import Fact, Facts

_WINDOWS = (Window.YEAR_TO_DATE, Window.ROLLING_YEAR, Window.YEAR_TO_DATE_ANNUALISED)
_OWN = 0.5
"""How telling a stem is that no title holds, beside the rarest that one does."""


@dataclass(frozen=True)
class Entry:
    """A figure under its name: of a measure, whole or a `part`, of one month and window, or published of an `area`.

    `area_label` is whose published figure it is and of when, as it is printed.
    """

    measure: str
    title: str
    period: Period
    window: Window
    value: Fraction
    unit: str
    decimals: int
    key: str
    name: frozenset[str]
    part: frozenset[str] = frozenset()
    other_names: tuple[frozenset[str], ...] = ()
    area: str = ""
    area_label: str = ""
    is_headline: bool = True
    aspect: str = ""
    whole: Fraction | None = None

    @property
    def words(self) -> str:
        """Its name, its month and its value, as one would tell an author."""
        return f"{self.title}, {self.when}: {worded(self.value, self.unit, self.decimals)}"

    @property
    def when(self) -> str:
        """Its month, and its window where that is not the month's own."""
        if self.area:
            return self.area_label
        over = {
            Window.YEAR_TO_DATE: ", year to date",
            Window.ROLLING_YEAR: ", twelve months",
            Window.YEAR_TO_DATE_ANNUALISED: ", year to date made a year's",
        }
        return self.period.label + over.get(self.window, "")


@dataclass(frozen=True)
class Caution:
    """What must be said wherever a part of a measure is told, or the whole where it has no part."""

    part: frozenset[str]
    words: str


@dataclass(frozen=True)
class Book:
    """A month's figures, and what must be said wherever one of them is told (`cautions`, by measure)."""

    period: Period
    facts: Facts
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    comparators: Comparators = field(default_factory=Comparators)
    targets: Targets = field(default_factory=Targets)
    of_a_year: frozenset[str] = frozenset()
    cautions: Mapping[str, tuple[Caution, ...]] = field(default_factory=dict)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure by its id."""
        return {one.id: one for indicator in self.indicators.values() for one in indicator.measures}

    @cached_property
    def indicator_of(self) -> dict[str, Indicator]:
        """The indicator of every measure."""
        return {one.id: indicator for indicator in self.indicators.values() for one in indicator.measures}

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How telling each stem is: the fewer titles hold it, the more."""
        held = dict[str, int]()
        for measure in self.measures.values():
            for one in stems(measure.title):
                held[one] = held.get(one, 0) + 1
        return {one: log(1 + len(self.measures) / count) for one, count in held.items()}

    @cached_property
    def known(self) -> frozenset[str]:
        """The stems that the titles of measures and their parts hold."""
        labels = (label for one in self.dimensions.values() for label in one.members.values())
        return frozenset(self._weights).union(*map(stems, labels))

    def weight(self, words: Iterable[str]) -> float:
        """How telling some stems are together."""
        rarest = log(1 + len(self.measures))
        return sum(self._weights.get(one, rarest * _OWN) for one in words)

    @cached_property
    def _by_measure(self) -> dict[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.value is not None and "team" not in fact.key.dimension and "service" not in fact.key.dimension:
                found.setdefault(fact.key.indicator, []).append(fact)
        return {measure: tuple(facts) for measure, facts in found.items()}

    @cached_property
    def _entries(self) -> dict[str, tuple[Entry, ...]]:
        return {}

    def entries(self, measures: Collection[str]) -> Iterator[Entry]:
        """Every figure of some measures."""
        for measure in measures:
            if measure in self.measures:
                if measure not in self._entries:
                    self._entries[measure] = tuple(self._of(self.measures[measure]))
                yield from self._entries[measure]

    def of_month(self, period: Period) -> Iterator[Entry]:
        """Every figure of a month, whole or part."""
        return iter(self._by_month.get(period, ()))

    @cached_property
    def _by_month(self) -> dict[Period, tuple[Entry, ...]]:
        found: dict[Period, list[Entry]] = {}
        for one in self.entries(self.measures):
            if not one.area:
                found.setdefault(one.period, []).append(one)
        return {period: tuple(entries) for period, entries in found.items()}

    def wholes(self) -> Iterator[Entry]:
        """The whole of every measure."""
        return iter(self._wholes)

    @cached_property
    def _wholes(self) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries(self.measures) if not one.part and not one.area)

    def _of(self, measure: Measure) -> Iterator[Entry]:
        for fact in self._by_measure.get(measure.id, ()):
            yield from self._of_fact(measure, fact)
        for one in self.comparators.published(measure.id, self.period.last_day):
            area = one.label if one.period_words in one.label else f"{one.label} {one.period_words}"
            yield Entry(
                measure.id, measure.title, self.period, Window.MONTH, exact(one.value), one.unit, one.decimals, one.key,
                stems(measure.title), area=one.area, area_label=area,
            )  # fmt: skip

    def _of_fact(self, measure: Measure, fact: Fact) -> Iterator[Entry]:
        value, key = exact_value(fact), fact.key
        is_other = key.window in _WINDOWS and key.dimension != WHOLE
        if value is None or (is_other and (key.window is not Window.YEAR_TO_DATE or key.period != self.period)):
            return
        own = headline_window(self.indicator_of[measure.id])
        called = " × ".join(self._members(key.dimension, key.member))
        title = measure.title + (f" ({called[0].lower()}{called[1:]})" if called else "")
        whole = self.facts.get(type(key)(key.indicator, key.period, key.window)) if called else None
        entry = Entry(
            measure.id, title, key.period, key.window, value, fact.unit, measure.decimals, str(key),
            stems(measure.title), stems(called) or frozenset({called} if called else ()), _other_names(called),
            is_headline=key.window is (Window.ROLLING_YEAR if measure.id in self.of_a_year else own),
            whole=exact_value(whole) if whole else None,
        )  # fmt: skip
        yield entry
        yield from _aspects(entry, fact)

    def _members(self, dimension: str, member: str) -> list[str]:
        if dimension == WHOLE:
            return []
        pairs = zip(dimension.split("×"), member.split("×"), strict=False)
        held = ((self.dimensions.get(one), code) for one, code in pairs)
        return [dict(one.members).get(code, code) if one else code for one, code in held]


def _other_names(called: str) -> tuple[frozenset[str], ...]:
    """What a part is called that has several names in one: "Parents, family or friends"."""
    if "×" in called:
        return ()
    return tuple(held for one in re.split(r",|\bor\b|\band\b|–|\(", called) if (held := stems(one)))


def _aspects(entry: Entry, fact: Fact) -> Iterator[Entry]:
    """What else a figure says: how many of how many, and what share of its whole a part is."""
    if fact.unit == Unit.DAYS and fact.denominator is not None:
        title = f"{entry.title}, of how many"
        yield replace(entry, title=title, value=exact(fact.denominator), unit=Unit.COUNT, decimals=0, aspect="of")
    if fact.unit == Unit.PERCENT and fact.denominator is not None and fact.numerator is not None:
        for aspect, held in (("counted", fact.numerator), ("of", fact.denominator)):
            title = f"{entry.title}, {'how many' if aspect == 'counted' else 'of how many'}"
            yield replace(entry, title=title, value=exact(held), unit=Unit.COUNT, decimals=0, aspect=aspect)
    if entry.whole and fact.unit == Unit.COUNT:
        share = entry.value * 100 / entry.whole
        yield replace(entry, title=f"{entry.title}, share", value=share, unit=Unit.PERCENT, decimals=0, aspect="share")
