"""A whole that its parts do not make, and a rate that rests on another count, are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.registry import load_registry
from scorecard.facts.fact import Fact, FactKey, Facts, Quality, Status
from scorecard.findings.sums import broken_sums

NOVEMBER = Period(2021, 11)
OPEN = load_registry().indicators["cpp_open"]


def _fact(measure: str, numerator: float, dimension: str = "all", member: str = "all") -> Fact:
    key = FactKey(measure, NOVEMBER, Window.MONTH_END, dimension, member)
    day = date(2021, 11, 30)
    return Fact(key, day, numerator, None, numerator, "count", Status.FINAL, Quality.SOUND, "s", "d")


SOUND = (
    _fact("cpp_open", 194),
    _fact("cpp_rate", 194),
    _fact("cpp_open", 111, "category", "EMO"),
    _fact("cpp_open", 83, "category", "NEG"),
)


def test_a_whole_that_its_parts_make_and_a_rate_of_its_count_tie() -> None:
    assert broken_sums(Facts(SOUND), [OPEN], NOVEMBER) == ()


@pytest.mark.parametrize(("place", "against"), [(1, "cpp_open"), (3, "its parts by category")])
def test_what_does_not_tie_is_named_with_what_it_makes(place: int, against: str) -> None:
    facts = [replace(fact, numerator=80) if number == place else fact for number, fact in enumerate(SOUND)]
    (broken,) = broken_sums(Facts(facts), [OPEN], NOVEMBER)
    assert broken.against == against
    assert {broken.wanted, broken.found} == ({194, 80} if place == 1 else {194, 191})


def test_another_month_is_not_asked() -> None:
    assert broken_sums(Facts([*SOUND[:3]]), [OPEN], Period(2021, 10)) == ()
