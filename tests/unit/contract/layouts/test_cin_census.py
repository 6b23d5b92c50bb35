"""The children in need census: every year's shape, and several years as one history."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from census_files import census, child, episode

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.work.take import check

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb
    from census_files import Element

    Reads = Callable[..., Any]

SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "samples" / "cin_csc-validator-be-cin"


@pytest.fixture
def years(tmp_path: Path, read: Reads) -> Reads:
    """Reads the census of one year or several, each given by its children."""

    def read_them(**files: list[Element]) -> Any:
        for name, children in files.items():
            census(tmp_path / "census" / f"{name}.xml", int(name[1:5]), *children)
        return read(tmp_path / "census")

    return read_them


def plan(begun: str, ended: str = "", *reviews: str, initial: str = "NEG", latest: str = "EMO") -> Element:
    end = [("CPPendDate", ended)] if ended else []
    held = [("CPPreviewDate", day) for day in reviews]
    category = [("InitialCategoryOfAbuse", initial), ("LatestCategoryOfAbuse", latest)]
    return ("ChildProtectionPlans", [("CPPstartDate", begun), *end, *category, ("Reviews", held)])


def test_sex_is_read_as_numbers_to_2024_and_as_letters_from_2025(years: Reads) -> None:
    told = years(
        y2024=[
            child("c1", episode("2023-05-01"), identifiers=[("GenderCurrent", "1")]),
            child("c2", episode("2023-05-01"), identifiers=[("GenderCurrent", "2")]),
            child("c3", episode("2023-05-01"), identifiers=[("GenderCurrent", "0")]),
        ],
        y2025=[child("c4", episode("2024-05-01"), identifiers=[("Sex", "M")])],
    )
    found = told.rows("SELECT pers_person_id, pers_sex FROM ssd_person ORDER BY 1")
    assert found == [("c1", "M"), ("c2", "F"), ("c3", "U"), ("c4", "M")]


@pytest.mark.parametrize(("written", "meant"), [("true", "Y"), ("1", "Y"), ("false", "N"), ("0", "N")])
def test_a_flag_is_read_as_a_word_and_as_a_number(years: Reads, written: str, meant: str) -> None:
    told = years(y2021=[child("c1", episode("2020-05-01", ("ReferralNFA", written)))])
    assert told.rows("SELECT cine_referral_nfa FROM ssd_cin_episodes") == [(meant,)]


def test_a_conference_stands_with_its_enquiry_or_with_the_episode_of_a_child_who_moved_in(years: Reads) -> None:
    enquiry = ("Section47", [("S47ActualStartDate", "2020-06-01"), ("DateOfInitialCPC", "2020-06-12")])
    told = years(
        y2021=[
            child("c1", episode("2020-05-01", enquiry, plan("2020-06-12"))),
            child("c2", episode("2020-07-01", ("DateOfInitialCPC", "2020-07-20"))),
        ]
    )
    found = told.rows(
        "SELECT icpc_person_id, icpc_s47_enquiry_id, icpc_icpc_transfer_in, icpc_icpc_outcome_cp_flag, icpc_cp_plan_id"
        " FROM ssd_initial_cp_conference ORDER BY 1"
    )
    assert found == [("c1", "c1/2020-06-01", "N", "Y", "c1/2020-06-12"), ("c2", None, "Y", "N", None)]
    assert told.rows("SELECT cppl_icpc_id FROM ssd_cp_plans") == [("c1/2020-06-12",)]


def test_a_conference_told_at_both_places_is_one_and_keeps_its_enquiry(years: Reads) -> None:
    enquiry = ("Section47", [("S47ActualStartDate", "2020-06-01"), ("DateOfInitialCPC", "2020-06-12")])
    told = years(y2021=[child("c1", episode("2020-05-01", ("DateOfInitialCPC", "2020-06-12"), enquiry))])
    assert told.rows("SELECT icpc_s47_enquiry_id FROM ssd_initial_cp_conference") == [("c1/2020-06-01",)]
    assert [said.rows.count for said in told.found("conference_twice")] == [1]


def test_where_no_plan_is_told_of_nothing_says_what_a_conference_decided(years: Reads) -> None:
    told = years(y2021=[child("c2", episode("2020-07-01", ("DateOfInitialCPC", "2020-07-20")))])
    assert told.rows("SELECT icpc_icpc_outcome_cp_flag FROM ssd_initial_cp_conference") == [(None,)]


def test_factors_reviews_and_disabilities_are_each_a_row_of_their_own(years: Reads) -> None:
    factors = ("FactorsIdentifiedAtAssessment", [("AssessmentFactors", "2B"), ("AssessmentFactors", "16A")])
    dates = [("AssessmentActualStartDate", "2020-05-04"), ("AssessmentAuthorisationDate", "2020-06-01")]
    disabled = [("Disabilities", [("Disability", "HAND"), ("Disability", "AUT")])]
    inside: list[Element] = [("Assessments", [*dates, factors]), plan("2020-06-12", "", "2020-09-01", "2021-02-01")]
    told = years(y2021=[child("c1", episode("2020-05-01", *inside), of=disabled)])
    codes = told.rows("SELECT outc_record_id, outc_outcome_code FROM ssdx_outcomes ORDER BY 2")
    assert codes == [("c1/2020-05-04", "16A"), ("c1/2020-05-04", "2B")]
    assert told.rows("SELECT count(*), min(cppr_cp_plan_id) FROM ssd_cp_reviews") == [(2, "c1/2020-06-12")]
    assert told.rows("SELECT disa_disability_code FROM ssd_disability ORDER BY 1") == [("AUT",), ("HAND",)]


def test_plans_for_children_in_need_are_read_and_known_from_the_return_of_2022(years: Reads) -> None:
    dated = ("CINPlanDates", [("CINPlanStartDate", "2021-05-10"), ("CINPlanEndDate", "2021-09-01")])
    told = years(y2021=[child("c1", episode("2020-05-01"))], y2022=[child("c1", episode("2020-05-01", dated))])
    assert told.rows("SELECT cinp_cin_plan_id, cinp_referral_id FROM ssd_cin_plans") == [
        ("c1/2021-05-10", "c1/2020-05-01")
    ]
    known = {table.table: table.known_from for table in told.report.tables}
    assert (known["ssd_cin_plans"], known["ssd_cin_episodes"]) == (date(2021, 4, 1), date(2020, 4, 1))


def test_pre_proceedings_are_read_from_the_return_of_2026(years: Reads) -> None:
    dated = ("PreProceedingsandFGDM", [("PPStartDate", "2025-06-02"), ("ReviewMeetingsCount", "2")])
    told = years(y2026=[child("c1", episode("2025-05-01", dated))])
    found = told.rows(
        "SELECT prep_person_id, prep_pre_pro_decision_date, prep_pre_pro_meetings_num FROM ssd_pre_proceedings"
    )
    assert found == [("c1", date(2025, 6, 2), 2)]


def test_an_episode_open_in_one_year_and_closed_in_the_next_is_one_that_is_closed(years: Reads) -> None:
    closed = (("CINclosureDate", "2021-08-01"), ("ReasonForClosure", "RC7"))
    told = years(y2021=[child("c1", episode("2020-05-01"))], y2022=[child("c1", episode("2020-05-01", *closed))])
    assert told.rows("SELECT cine_referral_id, cine_close_date FROM ssd_cin_episodes") == [
        ("c1/2020-05-01", date(2021, 8, 1))
    ]
    assert told.found("told_by_two_years")
    assert not told.found("not_seen_again")


def test_a_conference_an_earlier_year_told_of_is_not_lost_with_the_row_the_later_year_replaces(years: Reads) -> None:
    told = years(
        y2021=[child("c1", episode("2020-05-01", ("DateOfInitialCPC", "2020-05-20")))],
        y2022=[child("c1", episode("2020-05-01"))],
    )
    assert told.rows("SELECT icpc_icpc_date FROM ssd_initial_cp_conference") == [(date(2020, 5, 20),)]


def test_what_was_open_and_is_in_no_later_year_ended_with_its_year_and_is_counted(years: Reads) -> None:
    under_way = ("Assessments", [("AssessmentActualStartDate", "2021-03-01")])
    told = years(
        y2021=[child("c1", episode("2020-05-01", plan("2020-06-12"), under_way))],
        y2022=[child("c2", episode("2021-05-01"))],
    )
    assert told.rows("SELECT cine_close_date FROM ssd_cin_episodes ORDER BY ALL") == [(date(2021, 3, 31),), (None,)]
    assert told.rows("SELECT cppl_cp_plan_end_date FROM ssd_cp_plans") == [(date(2021, 3, 31),)]
    assert told.rows("SELECT count(*) FROM ssd_cin_assessments") == [(0,)]
    assert {said.column for said in told.found("not_seen_again")} == {
        "CINclosureDate",
        "CPPendDate",
        "AssessmentAuthorisationDate",
    }


def test_of_the_last_year_what_is_open_stays_open(years: Reads) -> None:
    told = years(y2022=[child("c1", episode("2021-05-01", plan("2021-06-12")))])
    assert told.rows("SELECT cine_close_date, cppl_cp_plan_end_date FROM ssd_cin_episodes, ssd_cp_plans") == [
        (None, None)
    ]


def test_a_missing_year_is_told_and_the_records_are_known_from_the_year_after_it(years: Reads) -> None:
    some = [child("c1", episode("2017-05-01", ("CINclosureDate", "2017-08-01")))]
    told = years(y2018=some, y2020=[child("c2", episode("2019-05-01"))], y2021=[child("c2", episode("2019-05-01"))])
    assert [said.problem for said in told.found("year_missing")] == ["There is no census of 2019, between others."]
    assert {table.known_from for table in told.report.tables if table.table == "ssd_cin_episodes"} == {date(2019, 4, 1)}


def test_years_in_folders_of_their_own_or_named_one_by_one_are_one_history(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    years: dict[int, list[Element]] = {2021: [], 2022: [("CINclosureDate", "2021-08-01"), ("ReasonForClosure", "RC7")]}
    for year, closed in years.items():
        census(tmp_path / str(year) / "census.xml", year, child("c1", episode("2020-05-01", *closed)))
    for source in (tmp_path, [tmp_path / "2021", tmp_path / "2022"]):
        read_extract(source, load_contract(), as_at=date(2022, 3, 31), connection=connection)
        found = connection.execute("SELECT cine_referral_id, cine_close_date FROM ssd_cin_episodes").fetchall()
        assert found == [("c1/2020-05-01", date(2021, 8, 1))]


def test_a_census_that_ends_before_the_day_of_the_extract_is_told_of_and_one_that_does_not_is_not(years: Reads) -> None:
    assert years(y2021=[child("c1", episode("2020-05-01"))]).found("census_stops_short")
    assert not years(y2022=[child("c1", episode("2020-05-01"))]).found("census_stops_short")


def test_records_of_a_census_that_stops_short_end_with_it_and_people_do_not(tmp_path: Path) -> None:
    census(tmp_path / "census.xml", 2021, child("c1", episode("2020-05-01")))
    ends: dict[str, dict[str, date | None]] = {}
    for day in ("2021-03-31", "2021-11-30"):
        told = check(tmp_path, date.fromisoformat(day))
        ends[day] = {one.table: one.known_to for one in told.tables if one.files}
    assert set(ends["2021-03-31"].values()) == {None}
    assert ends["2021-11-30"].pop("ssd_person") is None
    assert ends["2021-11-30"]["ssd_cin_episodes"] == date(2021, 3, 31)


def test_of_two_files_of_one_year_the_later_one_stands_alone(tmp_path: Path, read: Reads) -> None:
    census(tmp_path / "c" / "first.xml", 2022, child("c1", episode("2021-05-01")), day="2021-09-30")
    census(tmp_path / "c" / "again.xml", 2022, child("c2", episode("2021-06-01")))
    told = read(tmp_path / "c")
    assert told.rows("SELECT cine_person_id FROM ssd_cin_episodes") == [("c2",)]
    assert [said.file for said in told.found("sent_again")] == ["first.xml"]


def test_two_referrals_of_a_child_on_one_day_are_two_and_each_keeps_what_hangs_on_it(years: Reads) -> None:
    inside = ("Assessments", [("AssessmentActualStartDate", "2020-05-04")])
    told = years(
        y2021=[child("c1", episode("2020-05-01", ("CINclosureDate", "2020-05-01")), episode("2020-05-01", inside))]
    )
    found = told.rows("SELECT cine_referral_id, cine_close_date FROM ssd_cin_episodes ORDER BY 1")
    assert found == [("c1/2020-05-01", date(2020, 5, 1)), ("c1/2020-05-01/2", None)]
    assert told.rows("SELECT cina_referral_id FROM ssd_cin_assessments") == [("c1/2020-05-01/2",)]


@pytest.mark.parametrize("day", ["", "9999-12-31", "0001-01-01", "infinity"])
def test_a_census_without_a_likely_day_is_of_the_year_it_names(tmp_path: Path, read: Reads, day: str) -> None:
    path = tmp_path / "census.xml"
    census(path, 2021, child("c1", episode("2020-05-01")), day=day or " ")
    known = {table.table: table.known_from for table in read(path).report.tables}
    assert known["ssd_cin_episodes"] == date(2020, 4, 1)


def test_pupil_numbers_are_never_read(years: Reads) -> None:
    told = years(y2021=[child("c1", episode("2020-05-01"), identifiers=[("UPN", "A123456789123")])])
    held = told.rows(
        "SELECT table_name FROM duckdb_columns() WHERE database_name <> 'temp' AND column_name LIKE '%upn'"
    )
    assert held == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
@pytest.mark.parametrize(
    ("file", "children", "episodes"),
    [("CIN_Census_2021", 1, 1), ("CIN_Census_2024", 2, 2), ("fake_CIN_data", 332, 402)],
)
def test_every_sample_of_the_census_is_read_whole(file: str, children: int, episodes: int, read: Reads) -> None:
    told = read(SAMPLES / f"{file}.xml")
    assert not told.report.blocks
    assert told.rows("SELECT (SELECT count(*) FROM ssd_person), (SELECT count(*) FROM ssd_cin_episodes)") == [
        (children, episodes)
    ]
