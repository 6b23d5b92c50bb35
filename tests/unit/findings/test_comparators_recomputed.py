"""The shipped figures are those published, and each group's is the mean of what was published for its members."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from scorecard.findings.comparator_files import shipped_comparators
from scorecard.findings.comparators import Area, Comparator, PeriodKind
from scorecard.words.numbers import rounded

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference" / "seed_check_2020_21"
GROUPS = {
    Area.NEIGHBOURS: "sn:884:2021-04",
    Area.GOOD_NEIGHBOURS: "sn_good:884:2021-04@2021-03-31",
    Area.GOOD: "ofsted_good@2021-03-31",
    Area.OUTSTANDING: "ofsted_outstanding@2021-03-31",
}
PUBLISHED_AS = {
    "rereferrals_12m_pct": "rereferral_12m_child_pct",
    "rereferrals_12m_referrals_pct": "rereferral_12m_episode_pct",
    "assessments_45wd_pct": "assessment_45wd_pct",
    "s47_rate": "s47_rate_10k",
    "icpc_rate": "icpc_rate_10k",
    "icpc_15wd_pct": "icpc_15wd_pct",
    "icpc_to_s47_ratio_pct": "s47_to_icpc_pct",
    "cpp_repeat_new_ever": "cpp_second_or_subsequent_pct",
    "cpp_2y_open_pct": "cpp_2yrs_plus_pct",
    "cla_rate": "cla_rate_10k",
    "cla_3plus_placements_pct": "cla_3plus_placements_pct",
    "cla_long_term_stability_pct": "cla_long_term_stability_pct",
    "cl_in_touch_pct": "care_leavers_19_21_in_touch_pct",
    "cl_suitable_pct": "care_leavers_19_21_suitable_accom_pct",
    "cl_eet_pct": "care_leavers_19_21_eet_pct",
}
WHOLES = {Area.ENGLAND: "E92000001", Area.REGION: "E12000005"}
MEANS = [held for held in shipped_comparators() if held.method.startswith("mean of")]


@cache
def _members() -> dict[str, list[str]]:
    members = defaultdict(list)
    for row in _rows("group_members.csv"):
        members[row["group_id"]].append(row["dfe_la_code"])
    return members


@cache
def _published() -> dict[tuple[str, str], Decimal]:
    rows = _rows("benchmark_values_2020_21.csv")
    return {
        (row["indicator_id"], row["dfe_la_code"] or row["area_code"]): Decimal(row["value"])
        for row in rows
        if row["value"]
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _published_as(held: Comparator) -> str:
    if held.measure == "cpp_rate":
        stock = held.period_kind is PeriodKind.SNAPSHOT
        return "cpp_at_31_march_rate_10k" if stock else "cpp_started_child_rate_10k"
    return PUBLISHED_AS[held.measure]


_needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason="the published figures of every council are not shipped"
)


@_needs_reference
@pytest.mark.parametrize(
    "held",
    [held for held in shipped_comparators() if held.area in WHOLES and held.measure != "caseload_avg"],
    ids=lambda held: held.key,
)
def test_the_shipped_figures_of_england_and_the_region_are_those_published(held: Comparator) -> None:
    published = _published()[_published_as(held), WHOLES[held.area]]
    assert rounded(published, held.decimals) == rounded(held.value, held.decimals)


@_needs_reference
@pytest.mark.parametrize("held", MEANS, ids=lambda held: held.key)
def test_a_shipped_mean_is_that_of_its_members_that_have_a_figure(held: Comparator) -> None:
    members = _members()[GROUPS[held.area]]
    name = _published_as(held)
    values = [_published()[name, code] for code in members if (name, code) in _published()]
    assert (held.members_used, held.members) == (len(values), len(members))
    assert rounded(sum(values, Decimal(0)) / len(values), 3) == rounded(held.value, 3)


def test_every_group_but_the_two_nobody_can_make_again_is_a_mean() -> None:
    assert {held.area for held in MEANS} == GROUPS.keys()
    assert len([held for held in shipped_comparators() if held.area in GROUPS]) == len(MEANS) + 2
