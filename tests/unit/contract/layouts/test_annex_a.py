"""Ofsted's Annex A: what its lists say becomes records, what they imply is drawn out, and the rest stays empty."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.layouts.annex_a import ANNEX_A
from scorecard.contract.layouts.pouring import mappings_of
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

CONTACTS = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n"
REFERRALS = (
    "Child Unique ID,Gender,Ethnicity,Date of Birth,Date of referral,Referral Source,Referral NFA?,Allocated Team,"
    "Allocated Worker\n"
)
NEEDS = (
    "Child Unique ID,Gender,Ethnicity,Date of Birth,CIN Start Date,Primary Need Code,CIN Closure Date,"
    "Reason for Closure,Case status,Allocated Team,Allocated Worker\n"
)
PLANS = (
    "Child Unique ID,Child Protection Plan Start Date,Latest Category of Abuse,Child Protection Plan End Date,"
    "Date of latest review conference\n"
)
CARE = (
    "Child Unique ID,Date Started to be Looked After,Date Ceased to be Looked After ,Reason Ceased to be Looked After,"
    "Start Date of Most Recent Placement,Placement Type,Start date of current legal status,Child's Legal Status\n"
)
SHARED = Path(__file__).parents[4].parent / "shared"
UNREAD = {"Age of Child (Years)", "Does the Child have a Disability"}
EPISODES = (
    "SELECT clae_cla_episode_start_date, clae_cla_episode_start_reason, clae_cla_episode_ceased_date,"
    " clae_cla_episode_ceased_reason, clae_cla_placement_id FROM ssd_cla_episodes ORDER BY 1"
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def lists(read_files: Callable[..., Any]) -> Callable[..., Any]:
    """Reads lists, each named by its number and given as a header and rows, as at 30 November 2021."""

    def read_lists(**of: str) -> Any:
        files = {f"List {name.removeprefix('list_')}.csv": text for name, text in of.items()}
        return read_files({"ssd_person.csv": "", **files})

    return read_lists


def test_two_contacts_of_a_child_on_one_day_are_two_and_the_same_row_twice_is_one(lists: Callable[..., Any]) -> None:
    rows = "7,a) Male,a) WBRI,01/02/2012,9,03/11/2021,{}\n"
    read = lists(list_1=CONTACTS + rows.format("q) 6: Police") * 2 + rows.format("e) 2A: Schools"))
    assert read.rows("SELECT cont_contact_id, cont_contact_source_code FROM ssd_contacts ORDER BY 1") == [
        ("7/2021-11-03", "2A"),
        ("7/2021-11-03/2", "6"),
    ]
    assert [finding.rows.count for finding in read.found("repeated_rows")] == [1]


def test_a_day_makes_the_same_identifier_however_it_is_written(lists: Callable[..., Any]) -> None:
    written = ("03/11/2021", "2021-11-03 00:00:00", "44503", "3 November 2021")
    rows = "".join(f"{child},,,,,{text},6\n" for child, text in enumerate(written, 1))
    found = lists(list_1=CONTACTS + rows).rows("SELECT cont_contact_id FROM ssd_contacts ORDER BY 1")
    assert found == [(f"{child}/2021-11-03",) for child in range(1, 5)]


def test_a_title_above_the_headers_and_headers_spelt_otherwise_are_known(lists: Callable[..., Any]) -> None:
    odd = "List 1: Contacts,,\nCHILD ID,Date  of contact,CONTACT SOURCE?\n1,03/11/2021,Police\n"
    assert lists(list_1=odd).rows("SELECT cont_person_id FROM ssd_contacts") == [("1",)]


def test_a_child_of_several_lists_is_one_person_with_what_any_list_says(lists: Callable[..., Any]) -> None:
    read = lists(
        list_1=CONTACTS + "1,a) Male,,01/02/2012,9,03/11/2021,6\n",
        list_3=REFERRALS + "1,,a) WBRI,02/02/2012,04/11/2021,6,b) No,,\n2,b) Female,,,04/11/2021,6,b) No,,\n",
    )
    people = read.rows("SELECT pers_person_id, pers_sex, pers_ethnicity, pers_dob FROM ssd_person ORDER BY 1")
    assert people == [("1", "M", "WBRI", day("2012-02-01")), ("2", "F", None, None)]
    assert [finding.rows.count for finding in read.found("lists_differ")] == [1]


def test_a_day_of_birth_still_to_come_is_expected(lists: Callable[..., Any]) -> None:
    read = lists(list_1=CONTACTS + "1,,,12/01/2022,-1,03/11/2021,6\n2,,,30/11/2021,0,03/11/2021,6\n")
    found = read.rows("SELECT pers_dob, pers_expected_dob FROM ssd_person ORDER BY pers_person_id")
    assert found == [(None, day("2022-01-12")), (day("2021-11-30"), None)]


def test_a_workers_name_is_kept_nowhere_and_a_number_is(lists: Callable[..., Any]) -> None:
    rows = "1,,,,04/11/2021,6,b) No,North,Ola Nordmann\n2,,,,04/11/2021,6,b) No,North,W123\n"
    read = lists(list_3=REFERRALS + rows)
    workers = read.rows("SELECT cine_referral_worker_id FROM ssd_cin_episodes ORDER BY cine_person_id")
    assert workers == [("team: North",), ("W123",)]
    assert read.found("names_left_out")[0].rows.count == 1
    assert not [
        name for (name,) in read.rows("SELECT prof_professional_id FROM ssd_professionals") if "Nordmann" in name
    ]


@pytest.mark.parametrize("worker", ["Nordmann.J(CSW2)", "jo.nordmann2@council.example", "Nordmann:2", "Jo Nordmann 2"])
def test_a_name_with_a_digit_in_it_is_not_taken_for_a_number(lists: Callable[..., Any], worker: str) -> None:
    read = lists(list_3=REFERRALS + f"1,,,,04/10/2021,6,b) No,North,{worker}\n")
    assert read.rows("SELECT cine_referral_worker_id FROM ssd_cin_episodes") == [("team: North",)]
    assert read.rows("SELECT prof_professional_id FROM ssd_professionals") == [("team: North",)]


def test_the_need_and_its_end_belong_to_the_referral_it_began_with(lists: Callable[..., Any]) -> None:
    read = lists(
        list_3=REFERRALS
        + "1,,,,04/10/2021,6,b) No,,\n"  # the need begins the same day
        + "2,,,,04/10/2021,6,b) No,,\n"  # it begins days later
        + "3,,,,04/10/2021,6,a) Yes,,\n",  # nothing was done, so that a later need began otherwise
        list_6=NEEDS
        + "1,,,,04/10/2021,N1,20/11/2021,RC7,e) Closed episode,,\n"
        + "2,,,,08/10/2021,N5,,,c) Child in need plan,,\n"
        + "3,,,,08/11/2021,N5,,,c) Child in need plan,,\n"
        + "4,,,,08/01/2020,N8,,,c) Child in need plan,,\n",
    )
    sql = (
        "SELECT cine_referral_id, cine_cin_primary_need_code, cine_close_date, cine_referral_source_code"
        " FROM ssd_cin_episodes ORDER BY 1"
    )
    assert read.rows(sql) == [
        ("1/2021-10-04", "N1", day("2021-11-20"), "6"),
        ("2/2021-10-04", "N5", None, "6"),
        ("3/2021-10-04", None, None, "6"),
        ("4/2020-01-08", "N8", None, None),
    ]
    assert [finding.rows.count for finding in read.found("need_without_referral")] == [1]


def test_of_two_needs_that_one_referral_could_have_begun_the_latest_is_followed_and_it_is_said(
    lists: Callable[..., Any],
) -> None:
    again, before = "1,,,,01/11/2021,N5,,,c) Child in need plan,,\n", "1,,,,04/10/2021,N1,20/10/2021,RC7,,,\n"
    for needs in (again + before, before + again):
        read = lists(list_3=REFERRALS + "1,,,,04/10/2021,6,b) No,,\n", list_6=NEEDS + needs)
        told = read.rows("SELECT cine_referral_id, cine_cin_primary_need_code, cine_close_date FROM ssd_cin_episodes")
        assert told == [("1/2021-10-04", "N5", None)]
        assert [finding.rows.count for finding in read.found("need_again")] == [1]


def test_without_list_3_the_children_in_need_are_not_taken_for_referrals(lists: Callable[..., Any]) -> None:
    read = lists(list_6=NEEDS + "1,,,,04/10/2021,N1,,,c) Child in need plan,,\n")
    assert read.rows("SELECT * FROM ssd_cin_episodes") == []
    assert read.rows("SELECT pers_person_id FROM ssd_person") == [("1",)]


def test_care_before_the_latest_placement_is_an_episode_whose_placement_is_not_known(lists: Callable[..., Any]) -> None:
    read = lists(list_8=CARE + "1,01/02/2020,30/10/2021,E4A,05/06/2021,f) U6: Foster placement,01/02/2020,V2\n")
    assert read.rows(EPISODES) == [
        (day("2020-02-01"), "S", day("2021-06-05"), "X1", None),
        (day("2021-06-05"), "P", day("2021-10-30"), "E4A", "1/2021-06-05"),
    ]


@pytest.mark.parametrize("placed", ["01/02/2020", ""])
def test_care_in_one_placement_or_in_none_that_is_told_is_one_episode(lists: Callable[..., Any], placed: str) -> None:
    read = lists(list_8=CARE + f"1,01/02/2020,,,{placed},f) U6: Foster placement,01/02/2020,V2\n")
    assert [(row[0], row[1], row[2], row[3]) for row in read.rows(EPISODES)] == [(day("2020-02-01"), "S", None, None)]


def test_a_list_of_the_fewest_columns_it_is_known_by_is_read(lists: Callable[..., Any]) -> None:
    leavers = "Child Unique ID,Eligibility Category,LA In Touch,Activity Status\n1,b) Former relevant child,a) Yes,G5\n"
    read = lists(list_9=leavers, list_7="Child Unique ID,Child Protection Plan Start Date,Latest Category of Abuse\n")
    sql = "SELECT clea_care_leaver_eligibility, clea_care_leaver_in_touch FROM ssd_care_leavers"
    assert read.rows(sql) == [("Former relevant", "YES")]


def test_a_plan_that_is_not_the_childs_first_and_began_in_the_window_is_warned_of(lists: Callable[..., Any]) -> None:
    header = PLANS.rstrip() + ",Number of Previous Child Protection Plans\n"
    rows = ("1,04/10/2021,a) Neglect,,,1", "2,04/10/2021,a) Neglect,,,0", "3,04/05/2021,a) Neglect,,,2")
    found = lists(list_7=header + "\n".join(rows) + "\n").found("earlier_not_listed")
    assert [finding.rows.first for finding in found] == [(2,)]


def test_each_table_says_from_which_day_it_holds_everything(lists: Callable[..., Any]) -> None:
    plan = "1,04/10/2021,a) Neglect,,20/10/2021\n"
    read = lists(list_1=CONTACTS + "1,,,,,03/11/2021,6\n", list_7=PLANS + plan)
    known = {table.table: table.known_from for table in read.report.tables}
    assert known["ssd_contacts"] == known["ssd_cp_plans"] == day("2021-05-30")
    assert known["ssd_cp_reviews"] == day("2021-11-30"), "only the latest review is told"
    assert known["ssd_person"] is None


def test_without_a_day_nothing_is_said_of_who_is_allocated_or_of_how_far_back_it_reaches(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "List 6.csv").write_text(
        NEEDS + "1,,,,04/10/2021,N1,,,c) Child in need plan,North,W1\n", encoding="utf-8"
    )
    report = read_extract(tmp_path, load_contract(), connection=connection).report
    assert not any(table.known_from for table in report.tables)
    assert "ssd_involvements" not in {table.table for table in report.tables}


def test_who_is_allocated_is_told_once_a_child_and_only_while_the_case_is_open(lists: Callable[..., Any]) -> None:
    read = lists(
        list_3=REFERRALS + "1,,,,04/10/2021,6,b) No,,\n2,,,,04/10/2021,6,b) No,,\n",
        list_6=NEEDS
        + "1,,,,04/10/2021,N1,,,c) Child in need plan,North,W1\n"
        + "2,,,,04/10/2021,N1,20/11/2021,RC7,e) Closed episode,North,W1\n",
    )
    sql = "SELECT invo_person_id, invo_professional_team, invo_involvement_start_date FROM ssd_involvements"
    assert read.rows(sql) == [("1", "North", day("2021-11-30"))]


@pytest.mark.skipif(not SHARED.exists(), reason="the notes of the field are not here")
def test_every_header_of_the_template_is_read_or_named_in_the_mapping_or_known_to_be_left() -> None:
    left: dict[str, set[str]] = {}
    mappings = {one.id: one for one in mappings_of(ANNEX_A)}
    with (SHARED / "design" / "annexa_columns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            mapping = mappings[row["list"].lower().replace(" ", "-")]
            if plain(row["header"]) not in {plain(header) for header in mapping.headers}:
                left.setdefault(row["list"], set()).add(row["header"].strip())
    assert {header for name, headers in left.items() if name != "List 11" for header in headers} == {
        *UNREAD,
        "Number of Referrals in Last 12 Months",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "What is the permanence plan for this child?",
        "Number of Placements in the Last 12 months",
        "Placement postcode",
        "Placement Location",
        "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
        "Allocated Personal Advisor",
        "Family identifier",
    }


@pytest.mark.skipif(not SHARED.exists(), reason="the samples of the field are not here")
@pytest.mark.parametrize(
    "name",
    [
        "annexa_liia-tools/Annex_A.xlsx",
        "annexa_sfdata-annexa-clean/examples/annex_a/2015-01-sample.xlsx",
        "annexa_sfdata-annexa-clean/examples/annex_a/2016-02-sample.xlsx",
        "annexa_sfdata-annexa-clean/examples/example-B-2004.xlsx",
    ],
)
def test_all_eleven_lists_of_a_workbook_of_the_field_are_recognised(read: Callable[[Path], Any], name: str) -> None:
    report = read(SHARED / "data" / "samples" / name).report
    known = {one.report.partition(":")[0] for one in report.recognised if one.layout == "annex-a"}
    assert known == {f"List {number}" for number in range(1, 12)}
    assert {one.code for one in report.findings if one.severity == "block"} <= {"no_rows"}, "some hold no row at all"
