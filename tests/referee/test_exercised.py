"""That the invented councils reach every branch: each mark both ways, each reason, each code, each edge."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from referee.days import age, working_days
from referee.draw import CODES
from referee.match import ANCHORS, MATCHES, Match, batch, months_of

if TYPE_CHECKING:
    from referee.ruling import Records

_UNDATED = {"no start", "before it started"}
_AS_IN_CARE = {"not in care", "eighteen", "short breaks"}
_PLAN_OF_OTHERS = {"another council's plan"}
_LEFT_OUT = {
    "assessments_45wd": {*_UNDATED, "years not known"},
    "child_seen": {*_UNDATED, "years not known", "unborn"},
    "strategy_completed": {"no day of decision", "written up before decided on", "years not known"},
    "icpc_15wd": {"no enquiry", "before its enquiry", "years not known"},
    "rcpc_in_time": {"no due day"},
    "cla_long_term_stability": {"no date of birth"},
    "cla_visits_pct": {"no placement", "first visit not yet due"},
    "adoption_a10_days": {"no day of entering care", "no day of moving in", "moved in before entering care"},
    "caseload_avg": {"hours not recorded", "no hours"},
}
_NO_CASE = {
    "rereferrals": {"no day of referral"},
    "assessments_45wd": {"not authorised"},
    "child_seen": {"not authorised"},
    "strategy_completed": {"cancelled", "not written up"},
    "icpc": {"not held", "recorded twice"},
    "icpc_15wd": {"transfer in", "not held", "recorded twice"},
    "rcpc_in_time": {*_PLAN_OF_OTHERS, "not held", "recorded twice"},
    "rcpc_children_in_time": {"no plan", "on a plan for less than three months"},
    "cpp_repeat_new": _PLAN_OF_OTHERS,
    "cpp_repeat_snap": {"no plan"},
    "cpp_open": {"no plan"},
    "cpp_2y_open": {"no plan"},
    "cla_open": _AS_IN_CARE,
    "cla_3plus_placements": _AS_IN_CARE,
    "cla_long_term_stability": {*_AS_IN_CARE, "sixteen", "not long in care"},
    "cla_visits_pct": _AS_IN_CARE,
    "care_leavers": {
        "no record yet",
        "no date of birth",
        "another age",
        "died",
        "not former relevant",
        "returned home, before the choice",
    },
    "adoption_a10_days": {"no order", "another order"},
    "case_supervision_matrix": {"no plan"},
    "caseload_avg": {"no case"},
}
_BANDS = {"within_1m", "over_1m", "over_2m", "over_3m", "over_6m", "new", "none"}
_CODED = {
    ("ssd_cla_placement", "clap_cla_placement_type"): "placement_type",
    ("ssd_cla_placement", "clap_cla_placement_provider"): "placement_provider",
    ("ssd_cla_episodes", "clae_cla_episode_start_reason"): "care_episode_start_reason",
    ("ssd_cla_episodes", "clae_cla_episode_ceased_reason"): "care_episode_end_reason",
    ("ssd_legal_status", "lega_legal_status"): "legal_status",
    ("ssdx_visit_requirements", "visr_visit_type"): "visit_type",
    ("ssdx_visit_requirements", "visr_day_basis"): "day_basis",
    ("ssd_care_leavers", "clea_care_leaver_in_touch"): "care_leaver_in_touch",
    ("ssd_care_leavers", "clea_care_leaver_accom_suitable"): "accommodation_suitable",
    ("ssd_care_leavers", "clea_care_leaver_activity"): "care_leaver_activity",
    ("ssdx_strategy_discussions", "strd_status"): "workflow_status",
    ("ssdx_strategy_discussions", "strd_outcome_code"): "strategy_outcome",
}


@cache
def _councils() -> list[tuple[date, Records]]:
    """A few of every batch's kind."""
    return [(anchor, one) for number in range(len(ANCHORS)) for anchor, some in [batch(number, 12)] for one in some]


def _values(table: str, column: str) -> set[object]:
    return {row[column] for _, records in _councils() for row in records[table]}


@pytest.mark.parametrize("match", MATCHES, ids=lambda match: match.indicator)
def test_each_mark_is_met_both_ways_and_each_reason_to_leave_out_or_not_count(match: Match) -> None:
    marks, left_out, no_case = defaultdict[int, set[object]](set), set(), set()
    for anchor, records in _councils():
        for one in match.rulings(records, months_of(anchor)):
            left_out |= {one.left_out} - {""}
            no_case |= {one.no_case} - {""}
            if not one.left_out and not one.no_case:
                for number, mark in enumerate(one.marks):
                    marks[number].add(mark)
    assert left_out == _LEFT_OUT.get(match.indicator, set())
    assert no_case == _NO_CASE[match.indicator]
    assert len(marks) == len(match.columns)
    for number, column in enumerate(match.columns):
        assert not column.startswith("is_") or marks[number] == {True, False}, column
    if match.indicator == "case_supervision_matrix":
        assert marks[3] == _BANDS
        assert marks[4] == {"CIN", "CLA", "CPP", "CPPCLA"}


def test_every_code_the_fifteen_read_is_in_some_record() -> None:
    for (table, column), codes in _CODED.items():
        assert _values(table, column) >= set(CODES[codes]), column


def _gaps(table: str, first: str, last: str) -> set[int | None]:
    return {
        working_days(row[first], row[last])
        for _, records in _councils()
        for row in records[table]
        if row[first] and row[last] and row[last] >= row[first]
    }


def test_records_stand_on_both_sides_of_every_limit() -> None:
    assert _gaps("ssd_cin_assessments", "cina_assessment_start_date", "cina_assessment_auth_date") >= {0, 44, 45, 46}
    assert _gaps("ssdx_strategy_discussions", "strd_decision_date", "strd_completed_date") >= {0, 4, 5, 6}
    ages, visited, birthdays = set(), set(), set()
    for anchor, records in _councils():
        ends = months_of(anchor)
        ages |= {(end - row["cppl_cp_plan_start_date"]).days + 1 for row in records["ssd_cp_plans"] for end in ends}
        visited |= {(end - row["clav_cla_visit_date"]).days for row in records["ssd_cla_visits"] for end in ends}
        born = [row["pers_dob"] for row in records["ssd_person"] if row["pers_dob"]]
        days = {end + timedelta(one): one for end in ends for one in (-1, 0, 1)}
        birthdays |= {days[day] for day in days for one in born if _turns(one, 18, day)}
    assert ages >= {729, 730, 731}
    assert visited >= {0, 41, 42, 43}
    assert birthdays == {-1, 0, 1}


def _turns(born: date, years: int, day: date) -> bool:
    return age(born, day) == years and age(born, day - timedelta(1)) == years - 1


def test_there_are_twins_unborn_children_leap_days_and_records_of_one_day() -> None:
    on_one_form, born, unborn, same_day, moved = 0, set(), 0, 0, 0
    for _, records in _councils():
        forms = [row["cina_assessment_id"] for row in records["ssd_cin_assessments"]]
        on_one_form += len(forms) - len(set(forms))
        born |= {row["pers_dob"] for row in records["ssd_person"]}
        unborn += sum(row["pers_dob"] is None and row["pers_expected_dob"] is not None for row in records["ssd_person"])
        plans, care = records["ssd_cp_plans"], records["ssd_cla_episodes"]
        same_day += sum(row["cppl_cp_plan_start_date"] == row["cppl_cp_plan_end_date"] for row in plans)
        moved += sum(row["clae_cla_episode_start_date"] == row["clae_cla_episode_ceased_date"] for row in care)
    assert min(on_one_form, unborn, same_day, moved) > 10
    assert date(2004, 2, 29) in born
    assert date(2021, 10, 31) in _values("ssd_cin_episodes", "cine_referral_date"), "the clocks went back"
    assert date(2020, 2, 29) in _values("ssd_cin_episodes", "cine_referral_date")
