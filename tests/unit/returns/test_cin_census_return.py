"""The children in need census, written from the contract's tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import duckdb
import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.returns.cin_census import cin_census, write_census
from scorecard.returns.sheet import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scorecard.returns.sheet import Sheet

    Lists = dict[str, Sheet]

AS_AT = date(2021, 11, 30)
TABLES = {
    "ssd_person": (
        "pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_expected_dob\n"
        "c1,F,WBRI,2012-05-01,\nc2,M,,2014-01-01,\nc3,U,,,2022-01-15\n"
    ),
    "ssd_cin_episodes": (
        "cine_referral_id,cine_person_id,cine_referral_date,cine_close_date,cine_close_reason,cine_referral_nfa\n"
        "R1,c1,2020-05-01,,,N\nR2,c2,2020-06-01,2021-03-31,RC7,\nR3,c3,2021-10-01,2021-12-05,RC8,\n"
    ),
    "ssd_cin_assessments": (
        "cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_auth_date\n"
        "A1,c1,R1,2020-05-04,2021-03-31\nA2,c1,R1,2021-03-01,2021-04-01\nA3,c3,R3,2021-10-04,2021-12-01\n"
    ),
    "ssd_assessment_factors": (
        'cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json\nF2,A2,"[""2B"",""16A""]"\n'
    ),
    "ssd_s47_enquiry": (
        "s47e_s47_enquiry_id,s47e_person_id,s47e_referral_id,s47e_s47_start_date,s47e_s47_end_date\n"
        "E1,c1,R1,2021-03-20,2021-04-10\nE2,c1,R1,2021-02-01,2021-02-10\nE3,c1,,2021-07-01,2021-07-12\n"
    ),
    "ssd_initial_cp_conference": (
        "icpc_icpc_id,icpc_person_id,icpc_referral_id,icpc_s47_enquiry_id,icpc_icpc_date,icpc_icpc_transfer_in\n"
        "I1,c1,R1,E1,2021-04-12,N\nI3,c3,R3,,2021-11-02,Y\n"
    ),
    "ssd_cp_plans": (
        "cppl_cp_plan_id,cppl_person_id,cppl_referral_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
        "cppl_cp_plan_initial_category,cppl_cp_plan_latest_category,cppl_cp_plan_ola\n"
        "P0,c1,R1,2020-05-10,2020-12-01,NEG,NEG,N\nP1,c1,R1,2021-04-12,2021-12-24,NEG,EMO,N\nP3,c3,R3,2021-11-02,,PHY,PHY,Y\n"
    ),
    "ssd_cp_reviews": (
        "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_date\nV1,c1,P1,2021-07-01\nV2,c1,P1,2021-12-20\n"
    ),
    "ssd_cin_plans": (
        "cinp_cin_plan_id,cinp_person_id,cinp_referral_id,cinp_cin_plan_start_date,cinp_cin_plan_end_date\n"
        "N1,c1,R1,2020-12-02,2021-04-12\n"
    ),
    "ssd_disability": "disa_table_id,disa_person_id,disa_disability_code\nD1,c1,AUT\nD2,c1,LD\n",
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with duckdb.connect(":memory:") as opened:
        read_extract(tmp_path, load_contract(), as_at=AS_AT, connection=opened)
        yield opened


@pytest.fixture
def lists(connection: duckdb.DuckDBPyConnection) -> Callable[..., Lists]:
    """The lists of the census as at a day."""
    return lambda as_at=AS_AT: {sheet.name: sheet for sheet in cin_census(connection, as_at)}


def _told(sheet: Sheet, *headers: str) -> list[tuple[str, ...]]:
    columns = [["" if cell is None else str(cell) for cell in sheet.column(header)] for header in headers]
    return list(zip(*columns, strict=True))


def test_children_in_need_since_1_april_are_in_it_and_one_whose_case_closed_the_day_before_is_not(
    lists: Callable[..., Lists],
) -> None:
    assert _told(lists()["CINdetails"], "LAchildID", "CINreferralDate") == [("c1", "2020-05-01"), ("c3", "2021-10-01")]
    assert _told(lists()["Child"], "LAchildID", "GenderCurrent") == [("c1", "2"), ("c3", "0")]
    assert {child for (child,) in _told(lists(date(2021, 3, 31))["Child"], "LAchildID")} == {"c1", "c2"}


def test_what_is_recorded_for_after_the_day_is_left_out(lists: Callable[..., Lists]) -> None:
    now = lists()
    assert _told(now["CINdetails"], "CINclosureDate", "ReasonForClosure") == [("", ""), ("", "")]
    assert ("c3", "2021-10-04", "") in _told(
        now["Assessments"], "LAchildID", "AssessmentActualStartDate", "AssessmentAuthorisationDate"
    )
    assert _told(now["ChildProtectionPlans"], "CPPstartDate", "CPPendDate") == [("2021-04-12", "")]
    assert _told(now["CPPreviewDate"], "CPPreviewDate") == [("2021-07-01",)]


def test_an_assessment_authorised_before_1_april_is_last_years(lists: Callable[..., Lists]) -> None:
    told = _told(lists()["Assessments"], "AssessmentActualStartDate", "AssessmentAuthorisationDate")
    assert told == [("2021-03-01", "2021-04-01"), ("2021-10-04", "")]


def test_an_enquiry_of_last_year_stands_again_where_its_conference_is_this_years(lists: Callable[..., Lists]) -> None:
    told = _told(lists()["Section47"], "S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired")
    assert told == [("2021-03-20", "2021-04-12", "false"), ("2021-07-01", "", "true")]


def test_a_conference_without_an_enquiry_stands_with_the_episode(lists: Callable[..., Lists]) -> None:
    assert _told(lists()["CINdetails"], "DateOfInitialCPC") == [("",), ("2021-11-02",)]


def test_a_plan_of_another_council_is_not_in_it_and_earlier_plans_are_counted(lists: Callable[..., Lists]) -> None:
    assert _told(lists()["ChildProtectionPlans"], "LAchildID", "NumberOfPreviousCPP") == [("c1", "1")]


def test_a_record_that_names_no_referral_hangs_on_the_episode_that_had_begun(lists: Callable[..., Lists]) -> None:
    assert ("2020-05-01", "2021-07-01") in _told(lists()["Section47"], "CINreferralDate", "S47ActualStartDate")


def test_sex_is_a_letter_from_2025_and_plans_of_need_are_asked_for_from_2022(lists: Callable[..., Lists]) -> None:
    assert "CINPlanDates" in lists()
    assert "CINPlanDates" not in lists(date(2021, 3, 31))
    assert _told(lists(date(2024, 4, 1))["Child"], "LAchildID", "Sex", "GenderCurrent") == [("c1", "F", "")]
    assert "PreProceedingsandFGDM" in lists(date(2025, 4, 1))


def test_the_file_nests_every_record_in_its_childs_episode_and_is_marked(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = write_census(cin_census(connection, AS_AT), tmp_path / "out" / "census.xml")
    assert MARK in path.read_text(encoding="utf-8")
    root = ET.parse(path).getroot()  # noqa: S314 - a file of our own
    assert root.findtext("Header/CollectionDetails/ReferenceDate") == "2021-11-30"
    first = root.find("Children/Child")
    assert first is not None
    assert [one.text for one in first.findall("ChildCharacteristics/Disabilities/Disability")] == ["AUT", "LD"]
    factors = "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors"
    assert [one.text for one in first.findall(factors)] == ["16A", "2B"]
    assert first.findtext("CINdetails/ChildProtectionPlans/Reviews/CPPreviewDate") == "2021-07-01"
    assert root.find(".//UPN") is None


def test_what_was_written_is_read_back_as_the_same_records(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = write_census(cin_census(connection, AS_AT), tmp_path / "out" / "census.xml")
    with duckdb.connect(":memory:") as again:
        read_extract(path, load_contract(), as_at=AS_AT, connection=again)
        assert {sheet.name: sheet.rows for sheet in cin_census(again, AS_AT) if sheet.name not in _LOSES} == {
            sheet.name: sheet.rows for sheet in cin_census(connection, AS_AT) if sheet.name not in _LOSES
        }


_LOSES = {"ChildProtectionPlans", "Section47"}
"""The number of earlier plans and an enquiry's end cannot be read out of the census again."""
