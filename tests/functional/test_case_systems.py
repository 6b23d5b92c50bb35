"""The invented council's records as the scripts for two case systems would have left them give the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from case_systems import MOSAIC, SYSTEMC, left_by
from command_line import ask
from round_trip import AS_AT, compare, facts_taken

if TYPE_CHECKING:
    from pathlib import Path

    from round_trip import RoundTrip

pytestmark = pytest.mark.slow  # it reads and counts whole councils

LEAVERS = {"cl_cohort", "cl_eet_pct", "cl_in_touch_pct", "cl_suitable_pct", "pathway_plans_pct"}
"""All that rests on care leavers, of whom Mosaic's script delivers none."""


def _round_trip(quirks: dict[str, str], demo: Path, november: Path, folder: Path) -> tuple[RoundTrip, Path]:
    left = left_by(quirks, november, folder / "left")
    contract = facts_taken(november, folder / "contract", demo)
    return compare(contract, facts_taken(left, folder / "layout", demo)), left


@pytest.fixture(scope="module")
def mosaic(demo: Path, november: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[RoundTrip, Path]:
    return _round_trip(MOSAIC, demo, november, tmp_path_factory.mktemp("mosaic"))


@pytest.fixture(scope="module")
def systemc(demo: Path, november: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[RoundTrip, Path]:
    return _round_trip(SYSTEMC, demo, november, tmp_path_factory.mktemp("systemc"))


def test_what_mosaic_leaves_gives_every_figure_but_those_of_care_leavers(mosaic: tuple[RoundTrip, Path]) -> None:
    trip, _ = mosaic
    assert not trip.different, str(trip)
    assert trip.measures_not_available == LEAVERS


def test_what_systemc_leaves_gives_every_figure(systemc: tuple[RoundTrip, Path]) -> None:
    trip, _ = systemc
    assert not trip.different, str(trip)
    assert not trip.not_available


@pytest.mark.parametrize(
    ("system", "said"),
    [
        ("mosaic", ["as the script for Mosaic leaves them", "the child was found by way of ssd_cp_plans"]),
        ("systemc", ["as the script for SystemC leaves them", "the same visit stands in ssd_cla_visits"]),
    ],
)
def test_check_says_whose_script_it_was_why_and_what_was_mended(
    system: str, said: list[str], request: pytest.FixtureRequest
) -> None:
    _, left = request.getfixturevalue(system)
    out = ask("check", left, "--as-at", AS_AT).out
    assert all(part in " ".join(out.split()) for part in said), out
