"""The invented council's records written as the children in need census, year by year, and read back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from built_once import built_once
from command_line import ask
from round_trip import AS_AT, compare, facts_taken

from scorecard.returns.cin_census import cin_census, write_census
from scorecard.work.views import open_snapshot
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from round_trip import RoundTrip

pytestmark = pytest.mark.slow  # it reads and counts a whole council

CARRIED = {
    "referrals",
    "referrals_nfa_pct",
    "referral_rate",
    "rereferrals_12m_pct",
    "rereferrals_12m_referrals_pct",
    "assessments_completed",
    "assessments_45wd_pct",
    "assessments_due_in_time_pct",
    "s47_started",
    "s47_rate",
    "icpc_held",
    "icpc_rate",
    "icpc_15wd_pct",
    "icpc_to_plan_pct",
    "icpc_to_s47_ratio_pct",
    "cpp_open",
    "cpp_rate",
    "cpp_by_category",
    "cpp_started",
    "cpp_ceased",
    "cpp_2y_open_pct",
    "cpp_2y_ceased_pct",
    "cpp_repeat_new_2y",
    "cpp_repeat_new_ever",
    "cpp_repeat_snap_2y",
    "cpp_repeat_snap_ever",
    "rcpc_up_to_date_pct",
    "rcpc_children_in_time_pct",
}
"""Every measure of referrals, assessments, enquiries, conferences and plans that needs no more than their days."""

UNKNOWN = {
    "s47_completed": "s47e_s47_end_date",
    "rcpc_in_time_pct": "cppr_cp_review_due",
    "child_seen_in_time_pct": "ssdx_assessment_outcomes",
    "cin_plans_open": "ssd_cla_episodes",
    "cin_visits_pct": "ssd_cin_visits",
    "cp_visits_pct": "ssd_cp_visits",
    "contacts_received": "ssd_contacts",
}
"""Measures near at hand that the census cannot feed, and what it lacks for each."""


@pytest.fixture(scope="session")
def round_trip(demo: Path, november: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> RoundTrip:
    """The facts of November beside those from the census of every year since the records begin."""
    folder = tmp_path_factory.mktemp("round-trip")
    contract = facts_taken(november, folder / "contract", demo)

    def write(into: Path) -> None:
        workspace = open_workspace(folder / "contract")
        engine = open_snapshot(workspace, workspace.snapshots.all()[-1])
        first = engine.connection.execute("SELECT min(year(cine_referral_date)) FROM ssd_cin_episodes").fetchone()
        for year in range(first[0] if first else 0, AS_AT.year + 2):
            sheets = cin_census(engine.connection, min(date(year, 3, 31), AS_AT))
            write_census(sheets, into / f"census {year}.xml")
        engine.close()

    files = built_once(shared / "cin-census", write)
    return compare(contract, facts_taken(files, folder / "returns", demo))


def test_every_figure_the_census_can_carry_is_the_same_when_it_is_read_back(round_trip: RoundTrip) -> None:
    assert not round_trip.different, str(round_trip)
    assert round_trip.measures_the_same >= CARRIED


def test_what_the_census_does_not_say_is_not_available_and_the_reason_names_what_is_lacking(
    round_trip: RoundTrip,
) -> None:
    assert round_trip.measures_not_available >= set(UNKNOWN)
    said = {(key.indicator, why) for key, why in round_trip.not_available.items() if key.indicator in UNKNOWN}
    assert {name for name, why in said if UNKNOWN[name] in why} == set(UNKNOWN), said


def test_a_census_that_differs_in_one_day_is_told_to_differ_in_one_row_and_the_pack_is_beside_it(
    taken: Path, tmp_path: Path
) -> None:
    ask("export", "--layout", "cin-census", "--as-at", AS_AT, "--out", tmp_path, workspace=taken)
    (sent,) = tmp_path.glob("*.xml")
    said = sent.read_text(encoding="utf-8")
    day = said.index("<CPPendDate>") + len("<CPPendDate>")
    sent.write_text(f"{said[:day]}2021-04-01{said[day + 10 :]}", encoding="utf-8")
    told = ask("reconcile", sent, "--as-at", AS_AT, workspace=taken).out
    rows = {words[0]: words[3:] for line in told.splitlines() if len(words := line.split()) == 6}
    assert rows["ChildProtectionPlans"] == ["0", "0", "1"]
    assert rows["CINdetails"] == ["0", "0", "0"]
    referrals = next(line for line in told.splitlines() if line.startswith("referrals/"))
    assert referrals.split()[-3:] == ["290", "290", "290"]
