"""Two counts of the same children that differ: a figure that asks about a stock, and the stock itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.claims.book import Caution
from scorecard.claims.names import stems
from scorecard.facts.fact import FactKey
from scorecard.findings.finding import headline_window
from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Dimension, Indicator
    from scorecard.facts.fact import Fact, Facts
    from scorecard.findings.ties import SameCohort

_AND = re.compile(r"\band\b")


def cautions(
    ties: tuple[SameCohort, ...],
    facts: Facts,
    indicators: Mapping[str, Indicator],
    dimensions: Mapping[str, Dimension],
    period: Period,
) -> dict[str, tuple[Caution, ...]]:
    """By measure, the stocks whose children it counts and whose number is another, each with its day."""
    found: dict[str, tuple[Caution, ...]] = {}
    for tie in ties:
        indicator = indicators.get(tie.other.measure)
        if indicator and tie.one.children != tie.other.children:
            by_stock = tuple(_by_stock(tie, indicator, facts, indicators, dimensions, period))
            found |= {measure.id: by_stock for measure in indicator.measures}
    return found


def _by_stock(  # noqa: PLR0913, PLR0917 - the tie, and all it is told from
    tie: SameCohort,
    indicator: Indicator,
    facts: Facts,
    indicators: Mapping[str, Indicator],
    dimensions: Mapping[str, Dimension],
    period: Period,
) -> Iterator[Caution]:
    whole = FactKey(indicator.measures[0].id, period, headline_window(indicator))
    for one in indicator.cohort_of:
        stock = next(held for held in indicators.values() if one in {held.id, *(each.id for each in held.measures)})
        now = facts.get(FactKey(stock.measures[0].id, period, headline_window(stock)))
        for dimension in dimensions.values():
            parts = _parts_of(stock, facts.members(whole, dimension.id), dimension)
            if now and parts and sum(fact.numerator or 0 for fact in parts) != now.numerator:
                yield _caution(tie, stock.measures[0].title, now, parts, dimension)


def _parts_of(stock: Indicator, parts: tuple[Fact, ...], dimension: Dimension) -> list[Fact]:
    """The parts that are called what a stock is called, alone or together with another."""
    title, held = stems(stock.measures[0].title), []
    for fact in parts:
        names = [stems(name) for name in _AND.split(dimension.members.get(fact.key.member, ""))]
        if any(name and name <= title for name in names):
            held.append(fact)
    return held if any(stems(dimension.members[fact.key.member]) <= title for fact in held) else []


def _caution(tie: SameCohort, title: str, now: Fact, parts: list[Fact], dimension: Dimension) -> Caution:
    held = sum(fact.numerator or 0 for fact in parts)
    first = next(fact for fact in parts if not _AND.search(dimension.members[fact.key.member]))
    label = dimension.members[first.key.member]
    here = f"{label}: {counted(held)} on {day_in_words(tie.other.day)}"
    words = f"{here}; {title}: {counted(now.numerator)} on {day_in_words(tie.one.day)}."
    return Caution(stems(label), f"Two counts of the same children. {words}")
