"""Re-referrals, assessments and initial conferences, counted a second time in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from referee import Row, cases_of, months_earlier, referee, working_days

_CHILDREN = st.sampled_from(["c1", "c2", "c3"])
_LATER = st.sampled_from([date(2021, 11, 15), date(2020, 2, 29), date(2021, 2, 28), date(2021, 3, 31)])
_YEAR_EDGES = st.sampled_from([0, 1, 364, 365, 366, 367, 200, 800])
_REFERRED = st.builds(lambda day, back: day - timedelta(back), _LATER, _YEAR_EDGES)
_STARTED = st.sampled_from(
    [date(2021, 9, 27), date(2021, 11, 1), date(2021, 11, 27), date(2021, 12, 10), date(2022, 3, 31), date(2022, 9, 2)]
) | st.dates(date(2019, 1, 1), date(2022, 9, 1))


@referee
@given(st.lists(st.tuples(_CHILDREN, _REFERRED), max_size=12))
def test_a_re_referral_has_another_in_the_twelve_months_before(referred: list[tuple[str, date]]) -> None:
    rows = [
        {"cine_referral_id": f"R{n}", "cine_person_id": child, "cine_referral_date": day}
        for n, (child, day) in enumerate(referred)
    ]
    found = cases_of("rereferrals", {"ssd_cin_episodes": rows})
    expected = {
        f"R{n}/{child}": any(other == child and months_earlier(day, 12) <= earlier < day for other, earlier in referred)
        for n, (child, day) in enumerate(referred)
    }
    assert {case: bool(row["is_rereferral"]) for (case, _), row in found.items()} == expected


@st.composite
def _spells(draw: st.DrawFn, near: int) -> tuple[date | None, date | None]:
    """A start and a finish, near to so many working days apart, now and then missing or the wrong way round."""
    start = draw(_STARTED)
    apart = near * 7 // 5 + draw(st.integers(-4, 8))
    end = start + timedelta(draw(st.sampled_from([apart, apart, apart, 0, 1, -1, 3])))
    return draw(st.sampled_from([start, start, start, None])), draw(st.sampled_from([end, end, end, None]))


@referee
@given(st.lists(_spells(45), max_size=15))
def test_an_assessment_is_in_time_up_to_its_forty_fifth_working_day(
    spells: list[tuple[date | None, date | None]],
) -> None:
    rows = [
        {
            "cina_assessment_id": f"A{n}",
            "cina_person_id": "c1",
            "cina_assessment_start_date": start,
            "cina_assessment_auth_date": end,
        }
        for n, (start, end) in enumerate(spells)
    ]
    found = cases_of("assessments_45wd", {"ssd_cin_assessments": rows})
    assert {case for case, _ in found} == {f"A{n}/c1" for n, (_, end) in enumerate(spells) if end}
    for n, (start, end) in enumerate(spells):
        if end is None:
            continue
        row = found[f"A{n}/c1", end]
        assert bool(row["left_out"]) == (start is None or start > end)
        if start and start <= end:
            assert bool(row["is_in_time"]) == (working_days(start, end) <= 45)


@st.composite
def _conferences(draw: st.DrawFn) -> dict[str, list[Row]]:
    conferences, enquiries = list[Row](), list[Row]()
    for n in range(draw(st.integers(0, 8))):
        start, held = draw(_spells(15))
        child = draw(_CHILDREN)
        named = draw(st.sampled_from([f"E{n}", f"E{n}", None, "E0"]))
        conferences.append(
            {
                "icpc_icpc_id": f"I{n}",
                "icpc_person_id": child,
                "icpc_s47_enquiry_id": named,
                "icpc_icpc_date": held,
                "icpc_icpc_transfer_in": draw(st.sampled_from([None, "N", "N", "Y"])),
            }
        )
        enquiries.append({"s47e_s47_enquiry_id": f"E{n}", "s47e_person_id": child, "s47e_s47_start_date": start})
    return {"ssd_initial_cp_conference": conferences, "ssd_s47_enquiry": enquiries}


def _conferences_once(records: dict[str, list[Row]]) -> dict[tuple[str, date], Row]:
    """One conference a child and day, the one with an enquiry before the one without, then by number."""
    held = [row for row in records["ssd_initial_cp_conference"] if row["icpc_icpc_date"]]
    ordered = sorted(held, key=lambda row: (row["icpc_s47_enquiry_id"] is not None, row["icpc_icpc_id"]))
    with_enquiry = [row for row in ordered if row["icpc_s47_enquiry_id"] is not None]
    without = [row for row in ordered if row["icpc_s47_enquiry_id"] is None]
    once: dict[tuple[str, date], Row] = {}
    for row in [*with_enquiry, *without]:
        once.setdefault((row["icpc_person_id"], row["icpc_icpc_date"]), row)
    return once


def _judged(row: Row, enquiries: list[Row]) -> tuple[bool, Any]:
    """Whether a conference is left out, and if not, whether it was in time."""
    starts = [
        one["s47e_s47_start_date"]
        for one in enquiries
        if one["s47e_s47_enquiry_id"] == row["icpc_s47_enquiry_id"] and one["s47e_person_id"] == row["icpc_person_id"]
    ]
    start = starts[0] if starts else None
    if start is None or start > row["icpc_icpc_date"]:
        return True, None
    return False, working_days(start, row["icpc_icpc_date"]) <= 15


@referee
@given(_conferences())
def test_a_conference_counts_once_a_child_and_day_and_is_timed_from_its_enquiry(records: dict[str, list[Row]]) -> None:
    held = cases_of("icpc", records)
    assert {case for case, _ in held} == {
        f"{row['icpc_icpc_id']}/{row['icpc_person_id']}" for row in _conferences_once(records).values()
    }
    own = [row for row in records["ssd_initial_cp_conference"] if row["icpc_icpc_transfer_in"] != "Y"]
    once = _conferences_once({"ssd_initial_cp_conference": own})
    timed = cases_of("icpc_15wd", records)
    expected = {
        f"{row['icpc_icpc_id']}/{row['icpc_person_id']}": _judged(row, records["ssd_s47_enquiry"])
        for row in once.values()
    }
    assert {
        case: (True, None) if row["left_out"] else (False, bool(row["is_in_time"])) for (case, _), row in timed.items()
    } == expected
