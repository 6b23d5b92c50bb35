"""An extract holds what was recorded by its day; the seed decides whose lives are in it, the plan how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType
from scorecard.synthetic import build
from scorecard.synthetic.faults import ENTERED_IN_ERROR
from scorecard.synthetic.plan import MONTHS

from .conftest import opened
from .figures import NOVEMBER, in_care, november, settled, three_placements
from .test_printed_figures import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard.synthetic import World

    Ask = Callable[[str, str], Any]

_PLANNED = {column.name for table in load_contract().tables.values() for column in table.columns if column.planned} | {
    "icpc_icpc_target_date",
    "cppr_cp_review_due",
    "clar_cla_review_due_date",
    "pers_expected_dob",
}


_MID_MONTH = "2021-11-17"


@pytest.mark.parametrize("day", ["2019-04-30", "2021-03-31", _MID_MONTH, NOVEMBER])
def test_an_extract_holds_no_day_after_its_own_but_planned_ones(ask: Ask, day: str) -> None:
    later = {}
    for table in load_contract().tables.values():
        for column in table.columns:
            if column.type in {ColumnType.DATE, ColumnType.MOMENT} and column.name not in _PLANNED:
                query = f"SELECT count(*) FROM {table.name} WHERE {column.name} >= DATE '{day}' + INTERVAL 1 DAY"
                if number := ask(day, query):
                    later[column.name] = number
    assert later == {}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("ssd_cin_visits", "cinv_cin_visit_date"),
        ("ssd_cp_visits", "cppv_cp_visit_date"),
        ("ssd_cla_visits", "clav_cla_visit_date"),
        ("ssd_cp_reviews", "cppr_cp_review_date"),
        ("ssd_cla_reviews", "clar_cla_review_date"),
        ("ssdx_case_supervisions", "csup_supervision_date"),
        ("ssd_care_leavers", "clea_pathway_plan_review_date"),
    ],
)
def test_an_extract_in_the_middle_of_a_month_holds_the_work_done_in_it_so_far(
    ask: Ask, table: str, column: str
) -> None:
    newest, so_far = ask(
        _MID_MONTH, f"SELECT max({column}), count(*) FILTER ({column} >= DATE '2021-11-01') FROM {table}"
    )
    assert str(newest) <= _MID_MONTH
    assert so_far > 0


def test_the_same_seed_gives_the_same_records(world: World) -> None:
    assert build(1).register.tables == world.register.tables


@pytest.mark.slow
def test_another_seed_gives_other_children_and_the_same_figures(
    ask: Ask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = build(2)
    folder: Callable[[str], Path] = tmp_path_factory.mktemp
    databases = {day: opened(other, day, folder(f"other-{day}")) for day in (NOVEMBER, "2021-10-31", "2021-03-31")}

    def ask_other(day: str, query: str) -> Any:
        rows = databases[day].execute(query).fetchall()
        return (rows[0][0] if len(rows[0]) == 1 else rows[0]) if len(rows) == 1 else rows

    assert november(ask_other) == SUMMARY
    born = "SELECT pers_person_id, pers_dob FROM ssd_person ORDER BY 1"
    assert ask_other(NOVEMBER, born) != ask(NOVEMBER, born)


def test_a_record_deleted_as_an_error_is_in_one_extract_and_not_in_the_next(ask: Ask) -> None:
    query = "SELECT count(*) FROM ssd_cin_episodes WHERE cine_referral_date BETWEEN '2022-01-01' AND '2022-01-31'"
    made, entered_late, entered_twice = 240, 3, ENTERED_IN_ERROR.number
    assert ask("2022-01-31", query) == made - entered_late + entered_twice
    assert ask("2022-02-28", query) == made


def test_octobers_children_in_care_fall_when_november_has_caught_up(ask: Ask) -> None:
    october = f"SELECT count(*) FROM {in_care('2021-10-31')}"
    assert (ask("2021-10-31", october), ask(NOVEMBER, october)) == (348, 343)


def test_every_month_from_april_2019_has_something_to_show(ask: Ask) -> None:
    last = "2022-05-31"
    flows = {
        "ssdx_contact_screenings": "cscr_decision_datetime",
        "ssd_cin_episodes": "cine_referral_date",
        "ssd_cin_assessments": "cina_assessment_auth_date",
        "ssd_initial_cp_conference": "icpc_icpc_date",
        "ssd_cp_plans": "cppl_cp_plan_start_date",
        "ssd_cla_episodes": "clae_cla_episode_start_date",
        "ssd_care_leavers": "clea_care_leaver_latest_contact",
    }
    for month in MONTHS[24:62]:
        for table, column in flows.items():
            query = f"SELECT count(*) FROM {table} WHERE {column} BETWEEN '{month.first_day}' AND '{month.last_day}'"
            assert ask(last, query) > 0, (month, table)
        for query in (three_placements(str(month.last_day)), settled(str(month.last_day))):
            assert min(ask(last, query)) > 0, month
