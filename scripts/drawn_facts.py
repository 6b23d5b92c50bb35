"""Made-up facts over the real measures, drawn at random from a seed: what sentences are tried on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import Better, Unit
from scorecard.facts.fact import Fact, FactKey, Facts, Quality, Status
from scorecard.findings.comparators import Comparators
from scorecard.findings.finding import Evidence, Reading, headline_window, read_measure
from scorecard.findings.printing import value_text
from scorecard.findings.targets import Target, Targets

if TYPE_CHECKING:
    from random import Random

    from scorecard.definitions.indicator import Indicator, Measure

MONTH = Period(2021, 11)
_MONTHS = 13
_SCALES = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}
_CHILDREN = 36_000
_WITHOUT_TARGET, _TO_DATE = 0.3, 0.5


class Case(StrEnum):
    """What a fact was drawn to try."""

    NOUGHT = "nought"
    ONE = "one"
    NONE = "no figure"
    NO_CASES = "no cases"
    UNRELIABLE = "unreliable"
    EQUAL = "equal to last month"
    RESTATED = "last month restated"
    WORSE_WITHIN = "worse, within tolerance"
    NO_TARGET = "no target"
    ANY = "anything"


@dataclass(frozen=True)
class Drawn:
    """A case, and what a month with such facts says of the measure."""

    case: Case
    reading: Reading


def draw(random: Random, case: Case, measures: list[tuple[Measure, Indicator]]) -> Drawn:
    """A measure at random and thirteen months of it, the last as the case wants it."""
    able = [one for one in measures if _able(case, one[0])]
    measure, indicator = random.choice(able)
    key = FactKey(measure.id, MONTH, headline_window(indicator))
    months = [key.in_month(MONTH.back(step)) for step in range(_MONTHS)]
    held = {one: _fact(one, measure, _parts(random, measure)) for one in months}
    before = held[months[1]]
    held |= _newest(random, case, measure, key, before)
    if case is Case.NONE:
        del held[key]
    facts = list(held.values())
    to_date = key.in_window(Window.YEAR_TO_DATE)
    if indicator.kind != "stock" and random.random() < _TO_DATE:
        facts.append(_fact(to_date, measure, _parts(random, measure)))
    targets = Targets(_targets(random, case, measure, held.get(key)))
    evidence = Evidence(MONTH, Facts(facts), targets, Comparators(()), MONTH.last_day)
    reading = read_measure(measure, indicator, evidence)
    return Drawn(case, _with_restated(random, case, reading, measure))


def _able(case: Case, measure: Measure) -> bool:
    """Whether a measure can be of a case: without a whole there can be no cases, without polarity nothing worse."""
    if case is Case.NO_CASES:
        return measure.of is not None and measure.unit is Unit.PERCENT
    return case is not Case.WORSE_WITHIN or measure.better is not Better.NEITHER


def _newest(random: Random, case: Case, measure: Measure, key: FactKey, before: Fact) -> dict[FactKey, Fact]:
    """The fact of the month itself."""
    numerator, denominator = _parts(random, measure)
    if case is Case.NOUGHT:
        numerator = 0
    elif case is Case.ONE:
        numerator = 1
        denominator = random.choice((1, denominator)) if measure.unit is Unit.PERCENT and denominator else denominator
    elif case is Case.NO_CASES:
        numerator = denominator = 0
    elif case is Case.EQUAL:
        numerator, denominator = int(before.numerator or 0), _whole(before)
    quality = Quality.UNRELIABLE if case is Case.UNRELIABLE else Quality.SOUND
    if case is Case.WORSE_WITHIN:
        step = -1 if measure.better is Better.HIGHER else 1
        numerator = max(0, int(before.numerator or 0) + step)
        denominator = max(numerator, _whole(before) or 0) if before.denominator is not None else None
    return {key: _fact(key, measure, (numerator, denominator), quality)}


def _whole(fact: Fact) -> int | None:
    return None if fact.denominator is None else int(fact.denominator)


def _parts(random: Random, measure: Measure) -> tuple[int, int | None]:
    """Numerator and denominator: often small, where words go wrong."""
    most = random.choice((2, 12, 400))
    if measure.of == "population":
        return random.randint(0, most), _CHILDREN
    if measure.of is None and "{denominator}" not in measure.in_words:
        return random.randint(0, most), None
    whole = random.randint(1, most)
    if measure.unit is Unit.PERCENT:
        return random.randint(0, whole), whole
    return random.randint(0, most * 20), whole


def _fact(key: FactKey, measure: Measure, parts: tuple[int, int | None], quality: Quality = Quality.SOUND) -> Fact:
    numerator, denominator = parts
    value: float | None = numerator
    if denominator is not None:
        value = numerator * _SCALES.get(measure.unit, 1) / denominator if denominator else None
    status = Status.FINAL
    return Fact(key, MONTH.last_day, numerator, denominator, value, measure.unit, status, quality, "drawn", "drawn")


def _targets(random: Random, case: Case, measure: Measure, now: Fact | None) -> list[Target]:
    if case is Case.NO_TARGET or now is None or now.value is None:
        return []
    if case is not Case.WORSE_WITHIN and random.random() < _WITHOUT_TARGET:
        return []
    value = Fraction(round(now.value))
    if case is Case.WORSE_WITHIN:
        step = 2 if measure.better is Better.HIGHER else -2
        return [Target(measure.id, date(2021, 4, 1), max(Fraction(0), value + step), tolerance=Fraction(3))]
    aside = random.choice((0, 0, 1, -1, random.randint(-20, 20)))
    most = Fraction(100) if measure.unit is Unit.PERCENT else value + abs(aside)
    wanted = min(most, max(Fraction(0), value + aside))
    return [Target(measure.id, date(2021, 4, 1), wanted, Fraction(random.choice((0, 5))))]


def _with_restated(random: Random, case: Case, reading: Reading, measure: Measure) -> Reading:
    """With what the month before has become since, where that is the case."""
    if case is not Case.RESTATED or reading.moved is None:
        return reading
    since = before = reading.moved.before
    while value_text(since, measure) == value_text(before, measure):
        since = _fact(before.key, measure, _parts(random, measure))
    return replace(reading, before_since=since)
