"""Published figures stand beside the council's own only where they count the same thing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from invented_november import INDICATORS

from scorecard.calendar.periods import Window
from scorecard.errors import ScorecardError
from scorecard.findings.comparator_files import load_comparators, shipped_comparators
from scorecard.findings.comparators import HEADLINE, Area, Comparators
from scorecard.words.numbers import plain

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.definitions.indicator import Kind, Measure

NOVEMBER = date(2021, 11, 30)
MEMBERS = {Area.NEIGHBOURS: 10, Area.GOOD_NEIGHBOURS: 2, Area.GOOD: 57, Area.OUTSTANDING: 18}
MEASURES: dict[str, tuple[Measure, Kind]] = {
    measure.id: (measure, indicator.kind) for indicator in INDICATORS for measure in indicator.measures
}


def _beside(name: str, window: Window, day: date = NOVEMBER) -> dict[Area, Decimal]:
    measure, kind = MEASURES[name]
    like = shipped_comparators().like(measure, kind, window, day)
    return {area: comparator.value for area, comparator in like.used.items()}


def test_children_on_a_plan_stand_beside_plans_open_on_31_march_not_beside_plans_started() -> None:
    assert _beside("cpp_rate", Window.MONTH_END) == {
        Area.NEIGHBOURS: Decimal("36.98"),
        Area.REGION: Decimal("42.6"),
        Area.ENGLAND: Decimal("41.4"),
        Area.GOOD_NEIGHBOURS: Decimal("37.85"),
        Area.GOOD: Decimal("44.781"),
        Area.OUTSTANDING: Decimal("30.982"),
    }


def test_the_refusal_names_the_figures_it_refuses_and_says_why() -> None:
    measure, kind = MEASURES["cpp_rate"]
    (refusal,) = shipped_comparators().like(measure, kind, Window.MONTH_END, NOVEMBER).refused
    assert {held.value for held in refusal.comparators} == {Decimal("47.84"), Decimal("57.3"), Decimal("52.6")}
    assert "in a year" in refusal.reason


def test_a_months_rate_does_not_stand_beside_a_years_and_a_years_pace_does() -> None:
    assert _beside("icpc_rate", Window.MONTH) == {}
    assert _beside("icpc_rate", Window.YEAR_TO_DATE_ANNUALISED)[Area.ENGLAND] == Decimal("60.0")


def test_a_months_percentage_stands_beside_a_years() -> None:
    assert _beside("assessments_45wd_pct", Window.MONTH)[Area.REGION] == Decimal("86.428")


def test_what_was_not_published_by_the_day_is_not_known() -> None:
    assert _beside("cla_rate", Window.MONTH_END, date(2021, 11, 17)) == {}
    assert _beside("cla_rate", Window.MONTH_END, date(2021, 11, 18))[Area.ENGLAND] == Decimal("67.0")


def test_a_later_vintage_of_the_same_period_replaces_an_earlier_one() -> None:
    shipped = [held for held in shipped_comparators() if held.measure == "cla_rate"]
    revised = [
        type(held)(**{**vars(held), "value": held.value + 2, "published": date(2022, 11, 17)}) for held in shipped
    ]
    measure, kind = MEASURES["cla_rate"]
    like = Comparators([*revised, *shipped]).like(measure, kind, Window.MONTH_END, date(2022, 12, 1))
    assert like.used[Area.ENGLAND].value == Decimal("69.0")


def test_care_leavers_are_compared_with_a_word_that_the_definition_differs() -> None:
    measure, kind = MEASURES["cl_eet_pct"]
    used = shipped_comparators().like(measure, kind, Window.MONTH_END, NOVEMBER).used
    assert all("returned home" in comparator.differs for comparator in used.values())


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("rereferrals_12m_pct", ("19.5", "19.4", "21.3")),
        ("assessments_45wd_pct", ("86.7", "86.4", "87.6")),
        ("icpc_15wd_pct", ("87.9", "85.0", "83.0")),
        ("cla_rate", ("60.2", "85", "67")),
        ("cla_3plus_placements_pct", ("9.8", "8", "9")),
        ("cla_long_term_stability_pct", ("72.2", "71", "70")),
        ("cl_in_touch_pct", ("93.3", "92", "91")),
        ("cl_suitable_pct", ("89.4", "87", "88")),
        ("cl_eet_pct", ("52.2", "50", "52")),
    ],
)
def test_the_shipped_figures_are_those_of_the_first_release_of_2020_21(name: str, printed: tuple[str, ...]) -> None:
    known = shipped_comparators().known(name, NOVEMBER)
    by_area = {held.area: str(round(held.value, held.decimals)) for held in known}
    assert tuple(by_area[area] for area in HEADLINE) == printed


def test_every_shipped_group_says_how_many_of_its_members_it_rests_on_or_that_nobody_knows() -> None:
    unknown = []
    for comparator in shipped_comparators():
        if comparator.method == "not known":
            unknown.append((comparator.measure, comparator.area))
            assert "not known" in comparator.differs
        elif comparator.area in MEMBERS:
            assert comparator.members == MEMBERS[comparator.area]
            assert comparator.members_used
    assert unknown == [
        ("rereferrals_12m_pct", Area.OUTSTANDING),
        ("cla_long_term_stability_pct", Area.GOOD_NEIGHBOURS),
    ]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("assessments_45wd_pct", ("89.8", "90.7", "90.4")),
        ("s47_rate", ("148.6", "177.3", "126.8")),
        ("cla_rate", ("61.5", "65.9", "55.9")),
        ("cla_3plus_placements_pct", ("7.5", "8.5", "9.4")),
        ("cl_in_touch_pct", ("93.5", "91.6", "91.6")),
    ],
)
def test_groups_by_inspection_grade_are_means_of_their_members(name: str, printed: tuple[str, ...]) -> None:
    known = {held.area: held for held in shipped_comparators().known(name, NOVEMBER)}
    by_grade = (known[Area.GOOD_NEIGHBOURS], known[Area.GOOD], known[Area.OUTSTANDING])
    assert tuple(plain(held.value, held.decimals) for held in by_grade) == printed


def test_an_average_caseload_of_september_2021_was_not_published_yet() -> None:
    known = shipped_comparators().known("caseload_avg", NOVEMBER)
    assert {(held.area, held.value, held.period_words) for held in known} == {
        (Area.REGION, Decimal("17.2"), "at 30 September 2020"),
        (Area.ENGLAND, Decimal("16.3"), "at 30 September 2020"),
    }


def test_a_file_without_its_columns_and_a_line_without_a_number_are_told_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("measure,area\nx,england\n", encoding="utf-8")
    shipped = next(iter(shipped_comparators()))
    header = list(vars(shipped))
    row = {**{name: str(value) for name, value in vars(shipped).items()}, "value": "n/a"}
    lines = [",".join(header), ",".join(f'"{row[name]}"' for name in header)]
    (tmp_path / "b.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ScorecardError) as caught:
        load_comparators(tmp_path)
    assert "a.csv:1" in str(caught.value)
    assert "b.csv:2" in str(caught.value)
