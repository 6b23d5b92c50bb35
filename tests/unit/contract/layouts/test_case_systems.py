"""The dataset's tables as the scripts for Mosaic and SystemC leave them: known, mended and counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Reads = Callable[..., Any]

PERSON = "pers_person_id,pers_legacy_id\n1,901\n2,902\n"
MOSAIC = {
    "ssd_person": PERSON,
    "ssd_contacts": (
        "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_desc,cont_contact_outcome_json\n"
        '7,1,2021-11-01,Police,"New Referral, Advice"\n7,2,2021-11-01,Somebody at the door,\n'
    ),
    "ssd_cp_plans": (
        "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_initial_category\n"
        "P1,1,2021-09-01,NEG\nP2,2,2021-09-01,MUL\n"
    ),
    "ssd_cp_reviews": "cppr_cp_review_id,cppr_cp_plan_id,cppr_cp_review_date\n50,P1,2021-11-03\n50,P2,2021-11-03\n",
    "ssd_cp_visits": (
        "cppv_cp_visit_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen\n"
        ",P1,2021-11-02,Y\n,P1,2021-11-02,N\n,P2,2021-11-02,Y\n,,2021-11-04,Y\n"
    ),
    "ssd_cin_episodes": (
        "cine_referral_id,cine_person_id,cine_referral_date\nR1,1,2021-08-01\nR2,1,2021-08-09\nR2,2,2021-08-09\n"
    ),
    "ssd_cin_visits": "cinv_cin_visit_id,cinv_cin_plan_id,cinv_cin_visit_date\nV1,R1,2021-11-05\nV2,R2,2021-11-05\n",
}
SYSTEMC = {
    "ssd_person": PERSON,
    "ssd_contacts": (
        "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_source_desc\n"
        "7,1,2021-11-01,4711,Police\n8,1,2021-11-01,4712,Somebody at the door\n"
    ),
    "ssd_early_help_episodes": (
        "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_worker_id\n3,2,2021-06-01,SSD_PH\n"
    ),
    "ssd_cp_plans": (
        "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_initial_category\n"
        'P1,1,2021-09-01,Neglect\nP2,2,2021-09-01,"Multiple: Neglect, Physical abuse"\n'
    ),
}


@pytest.fixture
def given(tmp_path: Path, read: Reads) -> Reads:
    """Reads tables given as text by their names."""

    def read_them(tables: dict[str, str], **more: str) -> Any:
        for name, text in {**tables, **more}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return read(tmp_path)

    return read_them


def _layouts(told: Any) -> set[str]:
    return {one.layout for one in told.report.recognised}


def test_tables_without_children_in_several_places_are_taken_for_mosaics_and_it_is_said_why(given: Reads) -> None:
    told = given(MOSAIC)
    assert _layouts(told) == {"ssd-mosaic"}
    assert all("ssd_cp_visits has no cppv_person_id" in one.why for one in told.report.recognised)
    assert not told.report.blocks


def test_one_column_left_out_makes_no_mosaic(given: Reads) -> None:
    told = given({name: MOSAIC[name] for name in ("ssd_person", "ssd_cp_plans", "ssd_cp_reviews")})
    assert _layouts(told) == {"contract"}


def test_a_required_column_that_no_mend_can_fill_still_blocks(given: Reads) -> None:
    told = given(MOSAIC, ssd_cin_visits="cinv_cin_visit_id,cinv_cin_visit_date\nV1,2021-11-05\n")
    assert [said.column for said in told.found("missing_column")] == ["cinv_person_id"]


def test_a_review_and_a_visit_have_the_child_of_their_plan(given: Reads) -> None:
    told = given(MOSAIC)
    assert told.rows("SELECT cppr_cp_plan_id, cppr_person_id FROM ssd_cp_reviews ORDER BY 1") == [
        ("P1", "1"),
        ("P2", "2"),
    ]
    found = told.rows(
        "SELECT cppv_cp_visit_id, cppv_person_id FROM ssd_cp_visits WHERE cppv_cp_plan_id <> '' ORDER BY 1"
    )
    assert found == [("P1/2021-11-02/1", "1"), ("P1/2021-11-02/2", "1"), ("P2/2021-11-02/1", "2")]


def test_a_visit_without_a_plan_stays_without_a_child_and_is_counted(given: Reads) -> None:
    told = given(MOSAIC)
    assert told.rows("SELECT cppv_person_id FROM ssd_cp_visits WHERE cppv_cp_plan_id IS NULL") == [(None,)]
    lost = {said.table: said.rows.count for said in told.found("child_not_found")}
    assert lost == {"ssd_cp_visits": 1, "ssd_cin_visits": 1}


def test_a_referral_of_several_children_does_not_tell_whom_a_visit_was_to(given: Reads) -> None:
    found = given(MOSAIC).rows("SELECT cinv_cin_visit_id, cinv_person_id FROM ssd_cin_visits ORDER BY 1")
    assert found == [("V1", "1"), ("V2", None)]


def test_a_source_told_in_words_becomes_its_code_and_words_no_one_knows_become_none(given: Reads) -> None:
    found = given(MOSAIC).rows(
        "SELECT cont_contact_source_code, cont_contact_source_code__arrived FROM ssd_contacts ORDER BY cont_person_id"
    )
    assert found == [("6", "Police"), (None, None)]


def test_next_actions_in_a_list_are_outcomes_of_the_child_who_shares_the_step(given: Reads) -> None:
    found = given(MOSAIC).rows("SELECT outc_person_id, outc_outcome_code FROM ssdx_outcomes ORDER BY 2")
    assert found == [("1", "Advice"), ("1", "New Referral")]


def test_a_yes_among_mosaics_outcomes_of_an_assessment_is_its_mark_for_no_further_action(given: Reads) -> None:
    told = given(
        MOSAIC,
        ssd_cin_assessments=(
            "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date,"
            "cina_assessment_outcome_json,cina_assessment_outcome_nfa\n"
            "1A,1,2021-10-01,2021-11-01,Y,\n2A,2,2021-11-20,,,\n"
        ),
    )
    assert told.rows("SELECT cina_assessment_outcome_nfa FROM ssd_cin_assessments ORDER BY 1") == [("Y",), (None,)]
    assert told.rows("SELECT count(*) FROM ssdx_outcomes WHERE outc_table_name = 'ssd_cin_assessments'") == [(0,)]
    assert [said.rows.count for said in told.found("not_told_apart")] == [1]


def test_a_table_mosaic_never_fills_counts_as_not_supplied(given: Reads) -> None:
    told = given(
        MOSAIC, ssd_care_leavers="clea_table_id,clea_person_id\n", ssd_missing="miss_table_id,miss_person_id\n"
    )
    there = {table.table for table in told.report.tables}
    assert "ssd_care_leavers" not in there
    assert "ssd_missing" in there


def test_siblings_who_share_a_review_in_care_are_told_apart_by_their_periods_of_care(given: Reads) -> None:
    reviews = (
        "clar_cla_review_id,clar_cla_id,clar_cla_review_date\n60,L1,2021-11-01\n60,L2,2021-11-01\n61,L1,2021-05-01\n"
    )
    told = given(MOSAIC, ssd_cla_reviews=reviews)
    assert told.rows("SELECT clar_cla_review_id FROM ssd_cla_reviews ORDER BY 1") == [("60/L1",), ("60/L2",), ("61",)]
    assert not told.report.blocks


def test_workers_of_mosaic_are_named_by_their_staff_number(given: Reads) -> None:
    told = given(MOSAIC, ssd_professionals="prof_professional_id,prof_staff_id\n,S1\n")
    assert told.rows("SELECT prof_professional_id FROM ssd_professionals") == [("S1",)]


def test_numbers_of_its_own_lists_and_placeholders_tell_systemc(given: Reads) -> None:
    told = given(SYSTEMC)
    assert _layouts(told) == {"ssd-systemc"}
    (why,) = {one.why.partition("; ")[2] for one in told.report.recognised}
    assert "earl_episode_worker_id holds SSD_PH" in why
    assert "cont_contact_source_code holds numbers of a list" in why


def test_days_in_1900_alone_make_no_systemc(given: Reads) -> None:
    told = given(
        {"ssd_person": PERSON},
        ssd_permanence="perm_table_id,perm_person_id,perm_placed_foster_carer_date\n1,1,1900-01-01\n",
        ssd_care_leavers="clea_table_id,clea_person_id,clea_pathway_plan_review_date\n1,1,1900-01-01\n",
    )
    assert _layouts(told) == {"contract"}


@pytest.mark.parametrize("code", ["10", "8", "1A"])
def test_a_source_code_of_the_sector_is_no_number_of_systemcs(given: Reads, code: str) -> None:
    told = given({**SYSTEMC, "ssd_cp_plans": MOSAIC["ssd_cp_plans"]} | {
        "ssd_contacts": (
            "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_source_desc\n"
            f"7,1,2021-11-01,{code},Police\n"
        )
    })  # fmt: skip
    assert _layouts(told) == {"contract"}
    assert told.rows("SELECT cont_contact_source_code FROM ssd_contacts") == [(code,)]


def test_systemcs_number_of_a_source_is_replaced_with_the_code_its_description_stands_for(given: Reads) -> None:
    found = given(SYSTEMC).rows("SELECT cont_contact_source_code FROM ssd_contacts ORDER BY cont_contact_id")
    assert found == [("6",), ("4712",)]


def test_a_category_in_words_becomes_its_code_and_several_become_multiple(given: Reads) -> None:
    found = given(SYSTEMC).rows("SELECT cppl_cp_plan_initial_category FROM ssd_cp_plans ORDER BY cppl_cp_plan_id")
    assert found == [("NEG",), ("MUL",)]


def test_permanence_by_former_numbers_is_joined_to_the_children_who_had_them(given: Reads) -> None:
    told = given(SYSTEMC, ssd_permanence="perm_table_id,perm_person_id,perm_matched_date\n1,901,2021-01-01\n2,999,\n")
    found = told.rows("SELECT perm_table_id, perm_person_id FROM ssd_permanence ORDER BY 1")
    assert found == [("1", "1"), ("2", "999")]
    assert [said.rows.count for said in told.found("former_number")] == [1]
    assert [said.rows.count for said in told.found("child_not_found")] == [1]


def test_permanence_by_todays_numbers_is_left_as_it_is(given: Reads) -> None:
    person = "pers_person_id,pers_legacy_id\n1,2\n2,3\n3,4\n"
    rows = "perm_table_id,perm_person_id\n1,1\n2,2\n3,3\n"
    told = given(SYSTEMC, ssd_person=person, ssd_permanence=rows)
    assert told.rows("SELECT perm_person_id FROM ssd_permanence ORDER BY 1") == [("1",), ("2",), ("3",)]


def test_of_a_care_leavers_rows_of_one_contact_the_latest_is_left_and_one_without_contact_yields(given: Reads) -> None:
    told = given(
        SYSTEMC,
        ssd_care_leavers=(
            "clea_table_id,clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_latest_contact,"
            "clea_pathway_plan_review_date\n"
            "A,1,Relevant,2021-10-01,2021-01-01\nB,1,Former relevant,2021-10-01,2021-06-01\n"
            "A,1,Relevant,2021-03-01,1900-01-01\nC,1,Eligible,,\nD,2,Qualifying,,\n"
        ),
    )
    assert told.rows("SELECT clea_table_id FROM ssd_care_leavers ORDER BY 1") == [("B",), ("D",)]


def test_a_visit_to_a_child_on_a_plan_is_not_one_to_a_child_in_need_as_well(given: Reads) -> None:
    told = given(
        SYSTEMC,
        ssd_cin_visits="cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nV1,1,2021-11-05\nV2,1,2021-11-06\n",
        ssd_cp_visits="cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date\nV2,1,2021-11-06\n",
    )
    assert told.rows("SELECT cinv_cin_visit_id FROM ssd_cin_visits") == [("V1",)]
    assert [said.rows.count for said in told.found("visit_twice")] == [1]


def test_a_day_in_1900_stands_for_none_and_the_unfinished_that_are_lost_are_told_of(given: Reads) -> None:
    told = given(
        SYSTEMC,
        ssd_cin_assessments=(
            "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
            "1,1,2021-11-01,1900-01-01 00:00:00\n2,2,2021-10-01,2021-11-01\n"
        ),
    )
    found = told.rows("SELECT cina_assessment_auth_date FROM ssd_cin_assessments ORDER BY cina_assessment_id")
    assert found == [(None,), (date(2021, 11, 1),)]
    assert {said.rows.count for said in told.found("placeholder") if said.table == "ssd_cin_assessments"} == {1}
    assert told.found("unfinished_left_out")
