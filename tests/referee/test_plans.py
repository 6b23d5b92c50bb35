"""Child protection plans open, of two years and repeated, counted a second time in plain Python."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from referee import Row, cases_of, is_open, months_earlier, referee

_DAYS = (date(2021, 10, 31), date(2021, 11, 30))
_EDGES = [
    date(2021, 11, 30),
    date(2021, 12, 1),
    date(2021, 10, 31),
    date(2019, 12, 2),
    date(2019, 12, 1),
    date(2019, 12, 3),
    date(2019, 11, 1),
    date(2019, 11, 2),
]
_STARTED = st.sampled_from(_EDGES) | st.dates(date(2018, 1, 1), date(2021, 12, 5))


@st.composite
def _plans(draw: st.DrawFn) -> list[Row]:
    """Plans of three children, some of them a return after two years to the day or a day either side."""
    found: list[Row] = []
    for n in range(draw(st.integers(0, 9))):
        child, started = draw(st.sampled_from(["c1", "c2", "c3"])), draw(_STARTED)
        before = [row["cppl_cp_plan_end_date"] for row in found if row["cppl_person_id"] == child]
        if before and before[-1] and draw(st.sampled_from([True, True, False])):
            started = before[-1] + timedelta(draw(st.sampled_from([0, 1, -1, 730, 731, 732, 400])))
        length: int | None = draw(st.sampled_from([None, None, 0, 1, 30, 729, 730]))
        found.append(
            {
                "cppl_cp_plan_id": f"P{n}",
                "cppl_person_id": child,
                "cppl_cp_plan_start_date": started,
                "cppl_cp_plan_end_date": None if length is None else started + timedelta(length),
                "cppl_cp_plan_ola": draw(st.sampled_from([None, "N", "N", "Y"])),
            }
        )
    return found


def _ours(plans: list[Row]) -> list[Row]:
    return [plan for plan in plans if plan["cppl_cp_plan_ola"] != "Y"]


def _case(plan: Row) -> str:
    return f"{plan['cppl_cp_plan_id']}/{plan['cppl_person_id']}"


def _open_on(plans: list[Row], day: date) -> list[Row]:
    """The first plan of each child open on a day."""
    first = dict[str, Row]()
    for plan in sorted(_ours(plans), key=lambda one: (one["cppl_cp_plan_start_date"], one["cppl_cp_plan_id"])):
        if is_open(plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"], day):
            first.setdefault(plan["cppl_person_id"], plan)
    return list(first.values())


def _returned(plan: Row, plans: list[Row]) -> tuple[bool, bool]:
    """Whether a child had been on a plan before: ever, and within two years."""
    ends = [
        other["cppl_cp_plan_end_date"]
        for other in _ours(plans)
        if other is not plan
        and other["cppl_person_id"] == plan["cppl_person_id"]
        and other["cppl_cp_plan_end_date"] is not None
        and other["cppl_cp_plan_end_date"] <= plan["cppl_cp_plan_start_date"]
    ]
    lately = [end for end in ends if end >= months_earlier(plan["cppl_cp_plan_start_date"], 24)]
    return bool(ends), bool(lately)


@referee
@given(_plans())
def test_a_child_is_on_one_plan_at_a_time_and_for_two_years_from_its_730th_day(plans: list[Row]) -> None:
    records = {"ssd_cp_plans": plans}
    expected = {
        (_case(plan), day): (day - plan["cppl_cp_plan_start_date"]).days + 1 > 729
        for day in _DAYS
        for plan in _open_on(plans, day)
    }
    assert set(cases_of("cpp_open", records, _DAYS)) == set(expected)
    found = cases_of("cpp_2y_open", records, _DAYS)
    assert {case: bool(row["is_two_years"]) for case, row in found.items()} == expected


@referee
@given(_plans())
def test_a_plan_is_a_return_when_an_earlier_one_had_ended_by_its_start(plans: list[Row]) -> None:
    records = {"ssd_cp_plans": plans}
    new = cases_of("cpp_repeat_new", records)
    assert {case: (bool(row["is_repeat_ever"]), bool(row["is_repeat_2y"])) for case, row in new.items()} == {
        (_case(plan), plan["cppl_cp_plan_start_date"]): _returned(plan, plans) for plan in _ours(plans)
    }
    still = cases_of("cpp_repeat_snap", records, _DAYS)
    assert {case: (bool(row["is_repeat_ever"]), bool(row["is_repeat_2y"])) for case, row in still.items()} == {
        (_case(plan), day): _returned(plan, plans) for day in _DAYS for plan in _open_on(plans, day)
    }
