"""How a month stands to its limits: its baseline, its course by polarity, and what that says of a target."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from invented_november import INDICATORS, NOVEMBER

from scorecard.calendar.periods import Period, Window, months_between
from scorecard.definitions.indicator import Better, Kind, Unit
from scorecard.facts.fact import Fact, FactKey, Quality, Status
from scorecard.findings.baselines import Baseline
from scorecard.findings.limits import Method
from scorecard.findings.signals import Signal
from scorecard.findings.targets import Target
from scorecard.findings.variation import Assurance, Course, Variation, variation

if TYPE_CHECKING:
    from collections.abc import Sequence

PLANS = (105, 124, 125, 118, 125, 130, 139, 149, 194)
MEASURE = next(one for held in INDICATORS for one in held.measures if one.id == "cpp_open")


def _told(
    counts: Sequence[int],
    better: Better = Better.NEITHER,
    steps: Sequence[Baseline] = (),
    target: int | None = None,
    changed: dict[Period, Fact] | None = None,
) -> Variation | None:
    """The variation of counts that end with November 2021."""
    drawn = [NOVEMBER.back(len(counts) - 1 - place) for place in range(len(counts))]
    held = {month: _fact(month, count) for month, count in zip(drawn, counts, strict=True)} | (changed or {})
    wanted = Target(MEASURE.id, drawn[0].first_day, Fraction(target)) if target is not None else None
    return variation(replace(MEASURE, better=better), Kind.STOCK, held.get, drawn, steps, wanted)


def _fact(month: Period, count: int, quality: Quality = Quality.SOUND) -> Fact:
    key = FactKey(MEASURE.id, month, Window.MONTH_END)
    return replace(_PATTERN, key=key, numerator=count, value=float(count), quality=quality)


_PATTERN = Fact(
    key=FactKey(MEASURE.id, NOVEMBER, Window.MONTH_END),
    as_at=NOVEMBER.last_day,
    numerator=0,
    denominator=None,
    value=0.0,
    unit=Unit.COUNT,
    status=Status.FINAL,
    quality=Quality.SOUND,
    snapshot="s",
    definition="d",
)


def test_the_month_told_is_not_among_those_its_limits_are_made_of() -> None:
    found = _told(PLANS)
    assert found is not None
    assert (found.months, found.method, found.signal) == (8, Method.STEPS, Signal.OUTSIDE)
    assert found.limits is not None
    assert [round(float(end), 1) for end in (found.limits.low, found.limits.high)] == [104.8, 148.9]
    assert [mark.signal for mark in found.marked][-2:] == [Signal.OUTSIDE, Signal.OUTSIDE]
    assert found.is_on_trial


def test_a_recorded_baseline_is_what_its_months_are_and_no_more() -> None:
    march = NOVEMBER.back(8)
    found = _told(PLANS, steps=[Baseline(MEASURE.id, march, "the teams were joined", last=NOVEMBER.back(2))])
    assert found is not None
    assert found.months == 7
    assert found.limits is not None
    assert [round(float(end), 1) for end in (found.limits.low, found.limits.high)] == [102.4, 145.0]


def test_after_a_new_baseline_there_are_too_few_months_and_those_before_keep_their_limits() -> None:
    found = _told(PLANS, steps=[Baseline(MEASURE.id, NOVEMBER.back(1), "the threshold was moved")])
    assert found is not None
    assert (found.months, found.limits, found.signal, found.course) == (1, None, None, Course.USUAL)
    assert found.since is not None
    assert found.since.cause == "the threshold was moved"
    assert [mark.limits is None for mark in found.marked] == [False] * 7 + [True] * 2


def test_a_baseline_may_lie_before_the_months_drawn() -> None:
    first, held = Period(2020, 1), dict[Period, Fact]()
    for place, month in enumerate(months_between(first, Period(2020, 9))):
        held[month] = _fact(month, 100 + place % 2)
    steps = [Baseline(MEASURE.id, first, "the service began", last=Period(2020, 9))]
    found = _told(PLANS, steps=steps, changed=held)
    assert found is not None
    assert found.months == 9
    assert found.marked[1].signal is Signal.OUTSIDE


@pytest.mark.parametrize(
    ("better", "course"),
    [(Better.LOWER, Course.WORSE), (Better.HIGHER, Course.BETTER), (Better.NEITHER, Course.HIGHER)],
)
def test_what_a_signal_means_is_said_by_polarity(better: Better, course: Course) -> None:
    found = _told(PLANS, better)
    assert found is not None
    assert found.course is course


def test_a_month_that_is_not_reliable_has_no_limits_and_makes_none() -> None:
    lost = NOVEMBER.back(3)
    found = _told(PLANS, changed={lost: _fact(lost, 130, Quality.UNRELIABLE)})
    assert found is not None
    assert found.months == 7
    assert found.marked[-4].limits is None
    assert _told(PLANS, changed={NOVEMBER: _fact(NOVEMBER, 194, Quality.UNRELIABLE)}) is None


@pytest.mark.parametrize(
    ("target", "assurance"),
    [(80, Assurance.MISSES), (120, Assurance.HIT_AND_MISS), (200, Assurance.MEETS)],
)
def test_assurance_says_whether_a_target_lies_beyond_the_limits_or_between_them(
    target: int, assurance: Assurance
) -> None:
    lower = _told(PLANS[:8], Better.LOWER, target=target)
    assert lower is not None
    assert lower.assurance is assurance
    higher = _told(PLANS[:8], Better.HIGHER, target=target)
    turned = {Assurance.MISSES: Assurance.MEETS, Assurance.MEETS: Assurance.MISSES}
    assert higher is not None
    assert higher.assurance is turned.get(assurance, assurance)


def test_without_polarity_no_target_is_assured() -> None:
    found = _told(PLANS, target=120)
    assert found is not None
    assert found.assurance is None


def test_a_run_says_for_how_many_months_it_has_lasted_and_is_new_only_once() -> None:
    counts = (100, 120, 80, 100, 108, 109, 108, 109, 108, 109, 108)
    begun, lasted = _told(counts), _told((*counts, 109))
    assert begun is not None
    assert lasted is not None
    assert (begun.signal, begun.lasting, begun.is_new) == (Signal.RUN, 7, True)
    assert (lasted.signal, lasted.lasting, lasted.is_new) == (Signal.RUN, 8, False)
