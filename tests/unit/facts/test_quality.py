from __future__ import annotations

import pytest
from counted import COUNT, SHARE, SQL, count, fact, indicator, thing

from scorecard.definitions.indicator import Better, Measure, Unit
from scorecard.facts.fact import Quality
from scorecard.facts.run import Bounds

OF_THINGS = Measure("of_things", "Share of things", Unit.PERCENT, Better.HIGHER, counts="is_ok", of="ok_pct")


def test_a_grade_says_how_many_cases_are_left_out_of_how_many_and_what_for_most_often() -> None:
    reasons = ["ended before it began"] * 2 + ["no day"] * 3
    rows = [thing(str(n), "2021-11-05", ok=1, reason=why) for n, why in enumerate([*reasons, *[None] * 15])]
    facts, _, _ = count(indicator(SHARE), rows)
    assert fact(facts, "ok_pct").quality is Quality.CAUTION
    assert fact(facts, "ok_pct").reason == "Could not be judged and left out: 5 of 20 cases; most often: no day."


def test_a_sound_figure_has_no_reason() -> None:
    facts, _, _ = count(indicator(SHARE), [thing(str(n), "2021-11-05", ok=1) for n in range(20)])
    assert (fact(facts, "ok_pct").quality, fact(facts, "ok_pct").reason) == (Quality.SOUND, "")


def test_a_plain_count_is_none_the_worse_for_what_is_left_out_of_the_rate() -> None:
    rows = [thing(str(n), "2021-11-05", ok=1, reason="no day") for n in range(4)]
    facts, _, _ = count(indicator(COUNT, SHARE), rows)
    assert fact(facts, "things").quality is Quality.SOUND
    assert fact(facts, "ok_pct").quality is Quality.UNRELIABLE


def test_a_part_is_graded_by_its_own_cases() -> None:
    rows = [thing(str(n), "2021-11-05", ok=1, team="T1", reason="no day") for n in range(2)]
    rows += [thing(f"b{n}", "2021-11-05", ok=1, team="T2") for n in range(98)]
    facts, _, _ = count(indicator(SHARE), rows)
    graded = {one.key.member: one.quality for one in facts.members(fact(facts, "ok_pct").key, "team")}
    assert (graded["T1"], graded["T2"]) == (Quality.UNRELIABLE, Quality.SOUND)
    assert fact(facts, "ok_pct").quality is Quality.SOUND


@pytest.mark.parametrize(
    ("in_doubt", "quality"), [(10, Quality.SOUND), (11, Quality.CAUTION), (21, Quality.UNRELIABLE)]
)
def test_the_bounds_are_those_of_the_run_and_a_share_at_a_bound_is_not_beyond_it(
    in_doubt: int, quality: Quality
) -> None:
    rows = [thing(str(n), "2021-11-05", ok=1, reason="no day" if n < in_doubt else None) for n in range(100)]
    facts, _, _ = count(indicator(SHARE), rows, bounds=Bounds(0.1, 0.2))
    assert fact(facts, "ok_pct").quality is quality


def test_a_figure_is_no_better_than_the_one_it_is_set_against() -> None:
    rows = [thing(str(n), "2021-11-05", ok=1, reason="no day") for n in range(3)]
    facts, _, _ = count(indicator(SHARE, OF_THINGS), rows)
    assert fact(facts, "of_things").quality is Quality.UNRELIABLE
    assert fact(facts, "of_things").reason.startswith("What it is set against: Could not be judged")


def test_a_case_marked_as_resting_on_a_broken_rule_lowers_the_count_and_the_rate() -> None:
    marked = SQL.replace(
        "t.reason AS left_out", "CASE WHEN t.reason IS NULL THEN NULL ELSE 'referrals-overlap' END AS doubted"
    )
    rows = [thing(str(n), "2021-11-05", ok=1, reason="x" if n < 3 else None) for n in range(4)]
    facts, _, _ = count(indicator(COUNT, SHARE, sql=marked), rows)
    assert {fact(facts, name).quality for name in ("things", "ok_pct")} == {Quality.UNRELIABLE}
    assert fact(facts, "things").reason == (
        "Resting on records that break a rule: 3 of 4 cases; most often: A child's referral is made when the one before"
        " has been closed."
    )


def test_a_window_is_graded_by_all_its_months() -> None:
    rows = [thing(f"a{n}", "2021-10-05", ok=1) for n in range(30)]
    rows += [thing(f"b{n}", "2021-11-05", ok=1, reason="no day") for n in range(3)]
    facts, _, _ = count(indicator(SHARE), rows)
    year = next(one for one in facts if one.key.window == "year_to_date" and one.key.dimension == "all")
    assert (fact(facts, "ok_pct").quality, year.quality) == (Quality.UNRELIABLE, Quality.CAUTION)
