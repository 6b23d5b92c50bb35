"""Counting the invented council's records gives the example pack's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorecard.synthetic.plan import load_plan

from .figures import (
    MARCH,
    NOVEMBER,
    OCTOBER,
    YEAR_TO_DATE,
    assessed,
    between,
    conferred,
    discussed,
    enquired,
    homes,
    leavers,
    november,
    on_plans,
    percent,
    screened,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[str, str], Any]

_MONTH = ("2021-11-01", NOVEMBER)

# Lines 10 to 22 of the pack: March 2021, year to date, October as first reported, November.
SUMMARY = {
    "MASH in 24 hours": ["86", "67", "45", "50"],
    "domestic abuse hub in 48 hours": ["94", "88", "73", "88"],
    "early help hub in 72 hours": ["99", "98", "99"],
    "contacts progressed": ["41", "47", "43"],
    "re-referred": ["24", "8", "7.2", "2.5"],
    "assessments in 45 working days": ["89", "63", "45", "58"],
    "conferences in 15 working days": ["89", "55", "68", "40"],
    "on protection plans": [105, 149, 194],
    "in care": [317, 348, 345],
    "three placements": ["10", "9", "9"],
    "settled": ["67", "67", "68"],
    "care leavers": [["87", "84", "57"], ["93", "86", "58"], ["95", "87", "56"]],
}


def test_the_summary_page_is_what_the_records_of_each_month_end_give(ask: Ask) -> None:
    assert november(ask) == SUMMARY


def test_november_contacts_are_as_printed(ask: Ask) -> None:
    assert ask(NOVEMBER, screened("MASH", 24, *_MONTH)) == (615, 308, 290)
    assert ask(NOVEMBER, screened("DAHUB", 48, *_MONTH))[:2] == (178, 157)
    assert ask(NOVEMBER, screened("EHHUB", 72, *_MONTH))[:2] == (499, 494)
    received = f"SELECT count(*) FROM ssd_contacts WHERE {between('cont_contact_date', *_MONTH)}"
    assert ask(NOVEMBER, received) == 1292


def test_november_contacts_by_source_are_as_printed(ask: Ask) -> None:
    counted = ask(
        NOVEMBER,
        "SELECT cont_contact_source_code, count(*) FILTER (cscr_route = 'EHHUB'),"
        " count(*) FILTER (cscr_route = 'MASH'), count(*) FILTER (cscr_outcome_code = 'REFERRAL')"
        " FROM ssdx_contact_screenings JOIN ssd_contacts ON cont_contact_id = cscr_contact_id"
        f" WHERE cscr_route <> 'DAHUB' AND {between('cscr_decision_datetime', *_MONTH)} GROUP BY 1",
    )
    printed = load_plan().exact["sources"]["2021-11"]
    assert {source: numbers for source, *numbers in counted} == {
        source: list(row.values()) for source, row in printed.items() if any(row.values())
    }


def test_nobody_was_in_two_hubs_in_november_and_some_were_in_october(ask: Ask) -> None:
    query = "SELECT count(*) FROM ssdx_contact_screenings WHERE cscr_parent_screening_id IS NOT NULL AND "
    assert ask(NOVEMBER, query + between("cscr_decision_datetime", *_MONTH)) == 0
    assert ask(OCTOBER, query + between("cscr_decision_datetime", "2021-10-01", OCTOBER)) > 0


def test_the_early_help_hub_opened_in_april_2021(ask: Ask) -> None:
    assert ask(MARCH, "SELECT count(*) FROM ssdx_contact_screenings WHERE cscr_route = 'EHHUB'") == 0


def test_referrals_by_month_are_the_published_ones(ask: Ask) -> None:
    counted = ask(
        "2022-05-31",
        "SELECT count(*) FROM ssd_cin_episodes WHERE cine_referral_date BETWEEN '2020-04-01' AND '2022-03-31'"
        " GROUP BY date_trunc('month', cine_referral_date) ORDER BY date_trunc('month', cine_referral_date)",
    )
    published = [79, 126, 118, 108, 112, 73, 80, 62, 72, 73, 97, 80]
    published += [93, 70, 136, 209, 82, 212, 186, 308, 236, 240, 232, 304]
    assert [number for (number,) in counted] == published


@pytest.mark.parametrize(("day", "first", "number"), [(NOVEMBER, "2021-11-01", 290), (OCTOBER, "2021-10-01", 184)])
def test_some_referrals_were_entered_after_their_month(ask: Ask, day: str, first: str, number: int) -> None:
    query = f"SELECT count(*) FROM ssd_cin_episodes WHERE {between('cine_referral_date', first, day)}"
    assert ask(day, query) == number


@pytest.mark.parametrize(
    ("first", "last", "in_time", "seen"),
    [
        ("2021-05-01", "2021-05-31", "74", "90"),
        ("2021-06-01", "2021-06-30", "81", "87"),
        ("2021-07-01", "2021-07-31", "70", "78"),
        ("2021-08-01", "2021-08-31", "70", "75"),
        ("2021-09-01", "2021-09-30", "44", "22"),
        ("2021-10-01", "2021-10-31", "45", "42"),
        ("2021-11-01", "2021-11-30", "58", "76"),
        (*YEAR_TO_DATE, "63", "67"),
    ],
)
def test_assessments_by_month_are_as_printed(ask: Ask, first: str, last: str, in_time: str, seen: str) -> None:
    number, timely, seen_in_time = ask(NOVEMBER, assessed(first, last))
    assert (percent(timely, number), percent(seen_in_time, number)) == (in_time, seen)


def test_november_assessments_are_as_printed(ask: Ask) -> None:
    assert ask(NOVEMBER, assessed(*_MONTH)) == (221, 128, 168)
    assert ask(OCTOBER, assessed("2021-10-01", OCTOBER))[:2] == (150, 68)
    assert ask(NOVEMBER, "SELECT count(*) FROM ssd_cin_assessments WHERE cina_assessment_auth_date IS NULL") == 477
    outcomes = ask(
        NOVEMBER,
        "SELECT asmo_outcome_code, count(*) FROM ssdx_assessment_outcomes JOIN ssd_cin_assessments"
        f" ON cina_assessment_id = asmo_assessment_id WHERE {between('cina_assessment_auth_date', *_MONTH)} GROUP BY 1",
    )
    assert dict(outcomes) == load_plan().exact["assessment_outcomes"]["2021-11"]


@pytest.mark.parametrize(
    ("first", "last", "in_time", "to_enquiry"),
    [
        ("2021-05-01", "2021-05-31", "92", "81"),
        ("2021-06-01", "2021-06-30", "82", "76"),
        ("2021-07-01", "2021-07-31", "69", "64"),
        ("2021-08-01", "2021-08-31", "64", "60"),
        ("2021-09-01", "2021-09-30", "62", "70"),
        ("2021-10-01", "2021-10-31", "50", "78"),
        ("2021-11-01", "2021-11-30", "46", "64"),
        (*YEAR_TO_DATE, "64", "71"),
    ],
)
def test_strategy_discussions_by_month_are_as_printed(
    ask: Ask, first: str, last: str, in_time: str, to_enquiry: str
) -> None:
    number, timely, led_to_enquiry = ask(NOVEMBER, discussed(first, last))
    assert (percent(timely, number), percent(led_to_enquiry, number)) == (in_time, to_enquiry)


def test_november_discussions_enquiries_and_conferences_are_as_printed(ask: Ask) -> None:
    assert ask(NOVEMBER, discussed(*_MONTH))[:2] == (189, 86)
    assert ask(NOVEMBER, enquired(*_MONTH)) == (106, 65, 60, 38)
    number, timely, *_ = ask(NOVEMBER, enquired(*YEAR_TO_DATE))
    assert percent(timely, number) == "63"
    assert ask("2020-11-30", enquired("2020-11-01", "2020-11-30"))[0] == 39
    assert ask(NOVEMBER, conferred(*_MONTH)) == (60, 24)
    started = f"SELECT count(*) FROM ssd_s47_enquiry WHERE {between('s47e_s47_start_date', *YEAR_TO_DATE)}"
    assert ask(NOVEMBER, started) == 574


def test_work_left_open_in_november_is_as_printed(ask: Ask) -> None:
    assert ask(NOVEMBER, "SELECT count(*) FROM ssdx_strategy_discussions WHERE strd_completed_date IS NULL") == 48
    assert ask(NOVEMBER, "SELECT count(*) FROM ssd_s47_enquiry WHERE s47e_s47_end_date IS NULL") == 98
    assert ask(NOVEMBER, "SELECT count(*) FROM ssd_initial_cp_conference WHERE icpc_icpc_date IS NULL") == 12


@pytest.mark.parametrize(
    ("day", "categories"),
    [
        ("2021-03-31", (57, 34, 6, 8, 0)),
        ("2021-04-30", (76, 33, 6, 9, 0)),
        ("2021-05-31", (66, 43, 7, 9, 0)),
        ("2021-06-30", (64, 46, 6, 2, 0)),
        ("2021-07-31", (77, 43, 2, 2, 1)),
        ("2021-08-31", (78, 44, 2, 5, 1)),
        ("2021-09-30", (82, 45, 3, 9, 0)),
        ("2021-10-31", (90, 47, 6, 6, 0)),
        ("2021-11-30", (111, 67, 6, 10, 0)),
    ],
)
def test_plans_by_category_are_as_first_reported(ask: Ask, day: str, categories: tuple[int, ...]) -> None:
    assert ask(day, on_plans(day)) == categories


@pytest.mark.parametrize(
    ("day", "number"), [("2020-08-31", 0), ("2020-09-30", 3), ("2021-05-31", 3), ("2021-06-30", 0), (NOVEMBER, 1)]
)
def test_a_family_of_three_and_then_one_child_were_on_plans_for_two_years(ask: Ask, day: str, number: int) -> None:
    families = ask(
        NOVEMBER,
        f"SELECT count(*), count(DISTINCT fami_family_id) FROM ssd_cp_plans JOIN ssd_family"
        f" ON fami_person_id = cppl_person_id WHERE cppl_cp_plan_start_date <= DATE '{day}' - 729"
        f" AND (cppl_cp_plan_end_date IS NULL OR cppl_cp_plan_end_date > DATE '{day}')",
    )
    assert families == (number, min(number, 1))


def test_eight_percent_of_novembers_plans_follow_an_earlier_one(ask: Ask) -> None:
    started = ask(
        NOVEMBER,
        "SELECT count(*), count(*) FILTER (EXISTS (SELECT 1 FROM ssd_cp_plans AS b"
        " WHERE b.cppl_person_id = a.cppl_person_id AND b.cppl_cp_plan_end_date <= a.cppl_cp_plan_start_date"
        " AND b.cppl_cp_plan_end_date >= a.cppl_cp_plan_start_date - INTERVAL 24 MONTH))"
        f" FROM ssd_cp_plans AS a WHERE {between('a.cppl_cp_plan_start_date', *_MONTH)}",
    )
    assert started == (50, 4)


def test_five_came_into_care_and_nobody_left_as_november_was_first_reported(ask: Ask) -> None:
    started = between("clae_cla_episode_start_date", *_MONTH)
    ended = between("clae_cla_episode_ceased_date", *_MONTH)
    query = "SELECT count(*) FROM ssd_cla_episodes WHERE "
    assert ask(NOVEMBER, f"{query} clae_cla_episode_start_reason = 'S' AND {started}") == 5
    assert ask(NOVEMBER, f"{query} clae_cla_episode_ceased_reason <> 'X1' AND {ended}") == 0
    assert ask("2022-05-31", f"{query} clae_cla_episode_ceased_reason <> 'X1' AND {ended}") == 7


def test_homes_and_care_leavers_are_as_printed(ask: Ask) -> None:
    assert ask(NOVEMBER, homes(NOVEMBER)) == (104, 83, 79, 45, 7, 27)
    assert ask(NOVEMBER, leavers(NOVEMBER)) == [(19, 41, 40, 38, 22), (20, 33, 30, 27, 18), (21, 42, 40, 36, 25)]


def test_novembers_two_panels_heard_twenty_three_items_of_twenty_cases(ask: Ask) -> None:
    query = (
        "SELECT count(*), count(DISTINCT coalesce(fpan_household_id, fpan_item_id)), count(DISTINCT fpan_panel_date)"
        " FROM ssdx_fostering_panel WHERE "
    )
    assert ask(NOVEMBER, query + between("fpan_panel_date", *_MONTH)) == (23, 20, 2)


def test_reviews_in_november_are_as_printed(ask: Ask) -> None:
    number, timely = ask(
        NOVEMBER,
        "SELECT count(*), count(*) FILTER (cppr_cp_review_date <= cppr_cp_review_due) FROM ssd_cp_reviews"
        f" WHERE {between('cppr_cp_review_date', *_MONTH)}",
    )
    assert percent(timely, number) == "86"


def test_visits_at_the_end_of_november_are_as_printed(ask: Ask) -> None:
    in_need = (
        "SELECT count(*) FROM ssd_cin_plans WHERE cinp_cin_plan_end_date IS NULL AND EXISTS (SELECT 1"
        " FROM ssd_cin_visits WHERE cinv_person_id = cinp_person_id AND cinv_cin_visit_seen = 'Y'"
        " AND cinv_cin_visit_date >= cinp_cin_plan_start_date AND wd(cinv_cin_visit_date, DATE '2021-11-30') <= 20)"
    )
    protection = (
        "SELECT count(*) FROM ssd_cp_plans WHERE cppl_cp_plan_end_date IS NULL AND EXISTS (SELECT 1"
        " FROM ssd_cp_visits WHERE cppv_cp_plan_id = cppl_cp_plan_id AND cppv_cp_visit_seen = 'Y'"
        " AND wd(cppv_cp_visit_date, DATE '2021-11-30') <= 10)"
    )
    assert ask(NOVEMBER, "SELECT count(*) FROM ssd_cin_plans WHERE cinp_cin_plan_end_date IS NULL") == 276
    assert (ask(NOVEMBER, in_need), ask(NOVEMBER, protection)) == (225, 172)
