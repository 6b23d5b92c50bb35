"""The care leaver cohort, counted a second time in plain Python."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from referee import Row, age, cases_of, referee

_DAYS = (date(2018, 3, 31), date(2021, 10, 31), date(2021, 11, 30))
_PEOPLE = ("y1", "y2", "y3", "y4")
_BORN = (
    date(2002, 11, 30),
    date(2002, 12, 1),
    date(1999, 12, 1),
    date(1999, 11, 30),
    date(2000, 2, 29),
    date(1998, 5, 5),
    None,
)
_DATED = [None, date(2018, 3, 31), date(2021, 10, 31), date(2021, 11, 1), date(2021, 11, 30), date(2021, 12, 1)]
_AT_WORK_OR_LEARNING = {"F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5"}


@st.composite
def _leavers(draw: st.DrawFn) -> dict[str, list[Row]]:
    people = [
        {
            "pers_person_id": person,
            "pers_dob": draw(st.sampled_from(_BORN)),
            "pers_death_date": draw(st.sampled_from([None, None, None, None, date(2021, 11, 30), date(2021, 12, 1)])),
        }
        for person in _PEOPLE
    ]
    records = [
        {
            "clea_table_id": f"{n}",
            "clea_person_id": draw(st.sampled_from(_PEOPLE)),
            "clea_care_leaver_eligibility": draw(
                st.sampled_from(["Former Relevant", "Former Relevant", "Former Relevant", "Relevant", None])
            ),
            "clea_care_leaver_latest_contact": draw(st.sampled_from(_DATED)),
            "clea_care_leaver_in_touch": draw(st.sampled_from(["YES", "NO", "DIED", "REFU", "RHOM", None])),
            "clea_care_leaver_accom_suitable": draw(st.sampled_from(["1", "2", None])),
            "clea_care_leaver_activity": draw(st.sampled_from(["F1", "P3", "P5", "G4", "0", None])),
        }
        for n in range(draw(st.integers(0, 9)))
    ]
    return {"ssd_person": people, "ssd_care_leavers": records}


def _speaking(records: list[Row], person: str, day: date) -> Row | None:
    """The record dated last by a day; of two of one day the later number; an undated one only where no other is."""
    dated = [row for row in records if row["clea_care_leaver_latest_contact"] is not None]
    undated = [row for row in records if row["clea_care_leaver_latest_contact"] is None]
    known = [row for row in dated if row["clea_care_leaver_latest_contact"] <= day] or undated
    own = [row for row in known if row["clea_person_id"] == person]
    return max(own, key=lambda row: (row["clea_care_leaver_latest_contact"] or day, row["clea_table_id"]), default=None)


def _expected(person: Row, records: list[Row], day: date) -> tuple[bool, bool, bool] | None:
    """In touch, suitable, at work or learning; nothing for someone outside the cohort."""
    own = [row for row in records if row["clea_person_id"] == person["pers_person_id"]]
    row, born, died = _speaking(own, person["pers_person_id"], day), person["pers_dob"], person["pers_death_date"]
    if row is None or born is None or not 19 <= age(born, day) < 22 or (died and died <= day):
        return None
    in_touch = row["clea_care_leaver_in_touch"]
    returned_too_early = in_touch == "RHOM" and day < date(2018, 4, 1)
    if row["clea_care_leaver_eligibility"] != "Former Relevant" or in_touch == "DIED" or returned_too_early:
        return None
    working = row["clea_care_leaver_activity"] in _AT_WORK_OR_LEARNING
    return in_touch == "YES", row["clea_care_leaver_accom_suitable"] == "1", working


@referee
@given(_leavers())
def test_the_cohort_is_former_relevant_and_nineteen_to_twenty_one_and_its_newest_record_speaks(
    records: dict[str, list[Row]],
) -> None:
    expected = {
        (person["pers_person_id"], day): found
        for person in records["ssd_person"]
        for day in _DAYS
        if (found := _expected(person, records["ssd_care_leavers"], day))
    }
    found_cases = cases_of("care_leavers", records, _DAYS)
    assert {
        case: (bool(row["is_in_touch"]), bool(row["is_suitable"]), bool(row["is_eet"]))
        for case, row in found_cases.items()
    } == expected
