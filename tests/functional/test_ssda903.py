"""The invented council's records written as the return of children looked after, year by year, and read back."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask
from round_trip import AS_AT, compare, facts_taken

from scorecard.returns.files import write_folder
from scorecard.returns.ssda903 import ssda903
from scorecard.work.views import open_snapshot
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from round_trip import RoundTrip

    from scorecard.facts.fact import FactKey, Facts

pytestmark = pytest.mark.slow

CARRIED = {
    "cla_open",
    "cla_rate",
    "cla_started",
    "cla_ceased",
    "cla_by_placement",
    "cla_3plus_placements_pct",
    "cla_long_term_stability_pct",
    "cla_reviews_up_to_date_pct",
    "adoption_a2_days",
    "adoption_a10_days",
    "adoption_a20_days",
}
"""Every measure of children in care that needs no visit, plan or worker."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workspaces of this module stand."""
    return tmp_path_factory.mktemp("round-trip")


@pytest.fixture(scope="module")
def contract(demo: Path, november: Path, folder: Path) -> Facts:
    """The facts of November from the contract's own tables."""
    return facts_taken(november, folder / "contract", demo)


@pytest.fixture(scope="module")
def sets(contract: Facts, folder: Path) -> Path:
    """The returns of every year since the records begin, written from what the contract's facts were counted from."""
    assert contract
    workspace = open_workspace(folder / "contract")
    engine = open_snapshot(workspace, workspace.snapshots.all()[-1])
    found = engine.connection.execute("SELECT min(clae_cla_episode_start_date) FROM ssd_cla_episodes").fetchone()
    for year in range(found[0].year if found else AS_AT.year, AS_AT.year + 2):
        sheets = ssda903(engine.connection, min(date(year, 3, 31), AS_AT))
        write_folder(sheets, folder / "sets" / f"{year - 1}-{year % 100:02}")
    engine.close()
    return folder / "sets"


@pytest.fixture(scope="module")
def round_trip(contract: Facts, sets: Path, folder: Path, demo: Path) -> RoundTrip:
    """The facts of November beside those from the returns of every year."""
    return compare(contract, facts_taken(sets, folder / "returns", demo))


def test_every_figure_the_return_can_carry_is_the_same_when_it_is_read_back(round_trip: RoundTrip) -> None:
    assert not round_trip.different, str(round_trip)
    assert round_trip.measures_the_same >= CARRIED


def test_what_the_return_does_not_say_is_not_available_with_a_reason(round_trip: RoundTrip) -> None:
    unknown = {"cla_visits_pct", "pathway_plans_pct", "cl_cohort", "cpp_open", "referrals"}
    assert unknown <= round_trip.measures_not_available
    said = {why for key, why in round_trip.not_available.items() if key.indicator in unknown and not key.dimension}
    assert all("Cannot be known from this source" in why for why in said), said


def test_two_years_of_returns_give_no_other_figure_but_for_the_time_in_care_that_is_not_recorded(
    contract: Facts, sets: Path, folder: Path, demo: Path
) -> None:
    for name in ("2020-21", "2021-22"):
        shutil.copytree(sets / name, folder / "two" / name)
    facts = facts_taken(folder / "two", folder / "of-two", demo)
    two = compare(contract, facts)
    assert {key.dimension for key in two.different} == {"care_duration"}, str(two)
    assert len(two.same) > len(two.different)
    gained = {key.member: _number(facts, key) - _number(contract, key) for key in two.different}
    assert gained["not_recorded"] > 0
    assert sum(gained.values()) == 0
    assert max(number for member, number in gained.items() if member != "not_recorded") < 0


def _number(facts: Facts, key: FactKey) -> float:
    fact = facts.get(key)
    return (fact.numerator if fact else 0) or 0


def test_the_set_a_council_sent_is_laid_beside_its_records(demo: Path, tmp_path: Path) -> None:
    ask("export", "--layout", "ssda903", "--month", "2021-11", "--out", tmp_path, workspace=demo)
    sent = next(tmp_path.iterdir())
    episodes = sent / "Episodes.csv"
    header, moved, gone, *others = episodes.read_text(encoding="utf-8-sig").splitlines()
    elsewhere = moved.replace(",U6,", ",K2,", 1) if ",U6," in moved else moved.replace(moved.split(",")[5], "Z1", 1)
    episodes.write_text("\n".join((header, elsewhere, *others)), encoding="utf-8-sig")
    said = ask("reconcile", sent, "--month", "2021-11", "--now", "--out", tmp_path / "differs.xlsx", workspace=demo)
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Episodes", str(len(others) + 1), str(len(others) + 2), "0", "1", "1"] in lines
    assert ["Episodes", "PLACE", "1"] in lines
    same = {line[0] for line in lines if line[-3:] == ["0", "0", "0"]}
    assert same >= {"Header", "Reviews", "OC2", "OC3", "AD1", "PlacedAdoption"}
    with zipfile.ZipFile(tmp_path / "differs.xlsx") as book:
        told = book.read("xl/sharedStrings.xml").decode()
    assert all(f">{row.split(',')[0]}<" in told for row in (moved, gone))
