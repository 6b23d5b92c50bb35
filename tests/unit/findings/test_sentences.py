"""Findings said in words: right numbers, right judgement, no contradiction between two printed figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from invented_november import INDICATORS, NOVEMBER, context, fact, facts

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import Fact, FactKey, Facts, Quality
from scorecard.findings.comparators import Area, Comparators
from scorecard.findings.finding import Evidence, Reading, read_measure
from scorecard.findings.printing import exact_value, value_text
from scorecard.findings.sentences import sentences
from scorecard.words.phrase import Number, text_of

MEASURES = {measure.id: (measure, indicator) for indicator in INDICATORS for measure in indicator.measures}


def _reading(name: str, held: Facts | None = None) -> Reading:
    given = context()
    all_held = facts() if held is None else held
    evidence = Evidence(NOVEMBER, all_held, given.targets, given.comparators, NOVEMBER.last_day)
    return read_measure(*MEASURES[name], evidence)


def _said(name: str, held: Facts | None = None) -> str:
    return " ".join(text_of(sentence) for sentence in sentences(_reading(name, held)))


def _pair(name: str, now: tuple[int, int], before: tuple[int, int], quality: Quality = Quality.SOUND) -> Facts:
    key = FactKey(name, NOVEMBER, Window.MONTH)
    this = fact(key, *now, Unit.PERCENT, scale=100)
    last = fact(key.in_month(NOVEMBER.back(1)), *before, Unit.PERCENT, scale=100)
    return Facts([replace(this, quality=quality), last])


def test_a_month_of_assessments_in_words() -> None:
    assert _said("assessments_45wd_pct") == (
        "In November, 128 of 221 assessments were completed in 45 working days (58%), up 13 points from 45% in "
        "October, which is better. It is below what 12 months lead one to expect, 62% to 85%. The target of 95% is "
        "missed by 37 points. Year to date: 63% (625 of 994). The figure is below statistical neighbours (86.7%), the "
        "West Midlands (86.4%) and England (87.6%) in 2020/21."
    )


def test_a_stock_is_said_at_the_end_of_its_month_with_the_year_before_and_no_year_to_date() -> None:
    assert _said("cpp_open") == (
        "At the end of November, 194 children were on a child protection plan, up 45 from 149 in October. This is the "
        "highest figure of the last 13 months. It is above what 12 months lead one to expect, 105 to 145. A year "
        "earlier, at the end of November 2020, it was 130."
    )


def test_a_fall_is_better_where_low_is_good() -> None:
    assert "down 4.7 points from 7.2% in October, which is better" in _said("rereferrals_12m_pct")


def test_a_rate_of_events_is_compared_at_the_years_pace() -> None:
    assert "At this year's pace the figure is" in _said("icpc_rate")


def test_areas_published_for_different_years_are_each_told_with_their_own_year() -> None:
    comparators = Comparators(
        replace(held, period_start=date(2019, 4, 1), period_end=date(2020, 3, 31))
        if held.area is Area.NEIGHBOURS
        else held
        for held in context().comparators
    )
    evidence = Evidence(NOVEMBER, facts(), context().targets, comparators, NOVEMBER.last_day)
    said = text_of(sentences(read_measure(*MEASURES["assessments_45wd_pct"], evidence))[-1])
    assert said == (
        "The figure is below statistical neighbours (86.7%) in 2019/20 and below the West Midlands (86.4%) and "
        "England (87.6%) in 2020/21."
    )


def test_a_loose_comparison_says_so() -> None:
    assert "The definitions differ" in _said("cl_eet_pct")


def test_a_figure_that_moved_by_less_than_is_printed_is_said_to_be_little_changed() -> None:
    said = _said("icpc_15wd_pct", _pair("icpc_15wd_pct", (402, 1000), (401, 1000)))
    assert "little changed from 40% in October" in said
    assert "better" not in said


def test_a_target_missed_by_less_than_is_printed_is_only_just_missed() -> None:
    said = _said("icpc_15wd_pct", _pair("icpc_15wd_pct", (947, 1000), (900, 1000)))
    assert "The target of 95% is only just missed." in said


def test_an_unreliable_figure_is_shown_without_judgement() -> None:
    held = _pair("icpc_15wd_pct", (960, 1000), (900, 1000), Quality.UNRELIABLE)
    said = _said("icpc_15wd_pct", held)
    assert "better" not in said
    assert "met" not in said
    assert "not judged" in said


@pytest.mark.parametrize("name", MEASURES)
def test_every_difference_said_is_the_difference_of_the_two_figures_printed(name: str) -> None:
    reading = _reading(name)
    if reading.moved and reading.now:
        printed = [
            Fraction(value_text(held, reading.measure).rstrip("%").replace(",", ""))
            for held in (reading.now, reading.moved.before)
        ]
        assert Fraction(reading.moved.difference) == printed[0] - printed[1]


@pytest.mark.parametrize("name", MEASURES)
def test_every_number_said_is_bound_to_what_it_refers_to(name: str) -> None:
    for sentence in sentences(_reading(name)):
        loose = "".join(piece for piece in sentence if isinstance(piece, str))
        assert not any(
            letter.isdigit()
            for letter in loose.replace("10,000", "").replace("45 working", "").replace("15 working", "")
        )
        assert all(piece.key for piece in sentence if isinstance(piece, Number))


def test_nothing_is_said_where_there_is_no_figure() -> None:
    assert sentences(_reading("cpp_open", Facts([]))) == ()


def test_a_percentage_is_made_of_its_parts_not_of_a_binary_fraction() -> None:
    measure, _ = MEASURES["icpc_15wd_pct"]
    key = FactKey("icpc_15wd_pct", NOVEMBER, Window.MONTH)
    stored = Fact(**{**vars(fact(key, 23, 40, Unit.PERCENT, scale=100)), "value": 23 / 40 * 100})
    assert stored.value != 57.5
    assert exact_value(stored) == Fraction(115, 2)
    assert value_text(stored, measure) == "58%"


def _count(now: int, before: int, year_ago: int | None = None) -> Facts:
    key = FactKey("contacts_received", NOVEMBER, Window.MONTH)
    held = {NOVEMBER: now, NOVEMBER.back(1): before, **({} if year_ago is None else {NOVEMBER.back(12): year_ago})}
    return Facts([fact(key.in_month(month), count, None, Unit.COUNT) for month, count in held.items()])


def test_a_nought_is_said_in_words_and_so_is_a_move_from_one_or_to_one() -> None:
    assert _said("contacts_received", _count(0, 4)) == "In November, no contacts were received, down from 4 in October."
    assert _said("contacts_received", _count(4, 0)) == "In November, 4 contacts were received, up from none in October."
    none_of = _said("icpc_15wd_pct", _pair("icpc_15wd_pct", (0, 12), (3, 12)))
    assert none_of.startswith("In November, none of 12 conferences were held in 15 working days (0%)")


def test_a_year_that_began_with_nothing_counted_is_not_told() -> None:
    assert "A year earlier" in _said("contacts_received", _count(4, 3, 2))
    assert "A year earlier" not in _said("contacts_received", _count(4, 3, 0))


def _worded(name: str, in_words: str, held: Facts) -> str:
    reading = _reading(name, held)
    own = replace(reading, measure=replace(reading.measure, in_words=in_words))
    return text_of(sentences(own)[0])


def test_words_that_hold_the_value_are_not_followed_by_it() -> None:
    held, lead = _pair("icpc_15wd_pct", (60, 133), (50, 100)), "In November, "
    ratio = "of every hundred, {bare_value} were held ({numerator} and {denominator})"
    assert _worded("icpc_15wd_pct", ratio, held).startswith(lead + "of every hundred, 45 were held (60 and 133), down")
    assert _worded("icpc_15wd_pct", "{value} were held", held).startswith(lead + "45% were held, down 5 points")
    nought = _pair("icpc_15wd_pct", (0, 133), (50, 100))
    assert "0 were held (0 and 133)" in _worded("icpc_15wd_pct", ratio, nought)


def test_a_stock_looked_at_before_the_months_end_is_said_of_that_day() -> None:
    reading = replace(_reading("cpp_open"), looked_at=date(2021, 11, 29))
    assert text_of(sentences(reading)[0]).startswith(
        "On 29 November 2021, 194 children were on a child protection plan"
    )
