"""A council with report exports and mapping files has the same figures as one with the contract's tables."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
from built_once import built_once
from command_line import ask, say
from report_exports import write_reports

from scorecard.calendar.periods import Period
from scorecard.contract.check import read_extract
from scorecard.contract.load import FOLDER, load_contract
from scorecard.contract.mapping.reading import read_mapping, read_mappings
from scorecard.work.views import facts_now
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.slow  # it reads and counts a whole council

EXAMPLES = FOLDER.parent / "examples" / "mappings"
AS_AT = date(2021, 11, 30)

Told = tuple[object, ...]
"""A fact's numerator, denominator, value and status."""

CANNOT_BE_FED = """
adoption_a10_days adoption_a20_days adoption_a2_days agency_rate_pct assessments_due_next_month
assessments_incoming assessments_incomplete assessments_overdue assessments_past_limit
case_supervision_matrix case_supervision_new_pct case_supervision_none_pct
case_supervision_over_3m_pct case_supervision_overdue case_supervision_within_1m_pct case_supervision_within_2m_pct
case_supervision_within_3m_pct caseload_avg caseload_over_20_pct cin_plans_open cin_visits_pct cl_cohort cl_eet_pct
cl_in_touch_pct cl_suitable_pct cla_reviews_up_to_date_pct cla_visits_pct cp_visits_pct eh_stepped_up eha_closed
eha_open eha_started establishment_mix foster_approved foster_ceased foster_households_by_type foster_panel_activity
foster_pipeline foster_reapproved icpc_incomplete icpc_overdue pathway_plans_pct pbr_claims pbr_value pf_ceased pf_open
pf_started pf_visits_n pf_visits_pct s47_incoming s47_incomplete stepped_down_to_eh strategy_incoming
strategy_incomplete vacancy_rate_pct worker_supervision_pct
"""
"""The measures whose records are in none of the eight reports: plans, visits, care leavers, early help, fostering,
adoption, private fostering, supervision, workflow and the workforce."""


@pytest.fixture(scope="session")
def reports(shared: Path, november: Path) -> Path:
    """The invented council's November as eight reports: to be read only."""

    def build(folder: Path) -> None:
        with duckdb.connect(":memory:") as connection:
            read_extract(november, load_contract(), as_at=AS_AT, connection=connection)
            write_reports(connection, folder)

    return built_once(shared / "reports", build)


@pytest.fixture(scope="session")
def by_reports(shared: Path, reports: Path) -> Path:
    """A workspace that took the reports by the mapping files that are shipped as examples."""

    def build(folder: Path) -> None:
        ask("new", folder)
        shutil.copytree(EXAMPLES, folder / "mappings", dirs_exist_ok=True)
        ask("take", reports, "--as-at", AS_AT, workspace=folder)

    return built_once(shared / "by-reports", build)


def _facts(workspace: Path) -> dict[Told, tuple[Told, str]]:
    """By measure, period, window, dimension and member: what was counted, and the reason beside it."""
    rows = facts_now(open_workspace(workspace), Period(2021, 11))
    return {row[:5]: ((*row[6:9], row[10]), str(row[-1])) for row in rows}


@pytest.fixture(scope="session")
def told(by_reports: Path, shared: Path, november: Path) -> tuple[Mapping[Told, tuple[Told, str]], ...]:
    """The facts of the contract's tables, and those of the reports."""

    def build(folder: Path) -> None:
        ask("new", folder)
        ask("take", november, "--as-at", AS_AT, workspace=folder)

    return _facts(built_once(shared / "by-contract", build)), _facts(by_reports)


def test_every_figure_the_reports_hold_the_records_of_is_the_contracts(
    told: tuple[Mapping[Told, tuple[Told, str]], ...],
) -> None:
    contract, reports = told
    known = {key: fact for key, (fact, why) in reports.items() if not why.startswith("Cannot be known")}
    assert len(known) > 3_000
    assert {key: fact for key, fact in known.items() if contract[key][0] != fact} == {}


def test_the_figures_they_cannot_feed_are_these_and_say_so(
    told: tuple[Mapping[Told, tuple[Told, str]], ...],
) -> None:
    contract, reports = told
    unfed = {key[0] for key, (_, why) in reports.items() if why.startswith("Cannot be known") and key[3] == "all"}
    assert unfed == set(CANNOT_BE_FED.split())
    assert {key[0] for key in contract.keys() - reports.keys()} <= unfed


def test_each_report_is_taken_for_the_mapping_written_for_it_and_nothing_blocks(
    by_reports: Path, reports: Path
) -> None:
    checked = ask("check", reports, "--as-at", AS_AT, "--format", "json", workspace=by_reports).data
    names = {mapping.report for mapping in read_mappings(EXAMPLES, load_contract())}
    assert {one["report"] for one in checked["recognised"]} == names
    assert len(checked["recognised"]) == len(names)


def test_without_mappings_each_report_is_drafted_for_the_table_most_of_it_fills(
    reports: Path, workspace: Path, tmp_path: Path
) -> None:
    say("check", reports, "--write-mapping", tmp_path, workspace=workspace)
    filled = [read_mapping(path, load_contract()).tables[0].into for path in sorted(tmp_path.glob("*.toml"))]
    assert filled == [
        "ssdx_contact_screenings",
        "ssdx_contact_screenings",
        "ssd_cin_episodes",
        "ssd_cin_assessments",
        "ssd_s47_enquiry",
        "ssd_cp_plans",
        "ssd_cla_episodes",
        "ssd_person",
    ]
    assert not [path for path in tmp_path.glob("*.toml") if "Invented" in path.read_text(encoding="utf-8")]


def test_no_name_of_a_child_comes_into_a_snapshot(by_reports: Path) -> None:
    files = sorted((by_reports / "store" / "snapshots").rglob("*.parquet"))
    sql = "SELECT count(*) FROM read_parquet(?) AS t WHERE contains(CAST(t AS VARCHAR), 'Invented')"
    with duckdb.connect(":memory:") as connection:
        held = {path.stem: connection.execute(sql, [str(path)]).fetchone() for path in files}
    assert set(held.values()) == {(0,)}
    assert len(files) > 10


def test_the_text_of_a_mapped_code_is_kept_as_it_arrived(by_reports: Path) -> None:
    (screenings,) = (by_reports / "store" / "snapshots").rglob("ssdx_contact_screenings.parquet")
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            "SELECT DISTINCT cscr_route, cscr_route__arrived FROM read_parquet(?) ORDER BY ALL", [str(screenings)]
        ).fetchall()
    assert found == [("DAHUB", None), ("EHHUB", "EH front door"), ("MASH", "MASH")]
