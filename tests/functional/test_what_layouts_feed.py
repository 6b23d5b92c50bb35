"""The page that says what each layout feeds, held to what is counted when the invented council is read back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import ask
from reference_feeds import fed_by_layout
from round_trip import AS_AT, compare, facts_taken

from scorecard.contract.layouts.annex_a import ANNEX_A
from scorecard.contract.layouts.cin_census import CIN_CENSUS
from scorecard.work.coverage import Standing

if TYPE_CHECKING:
    from pathlib import Path

    from round_trip import RoundTrip

    from scorecard.contract.layouts.layout import Layout

FED = fed_by_layout()


@pytest.fixture(scope="module", params=[ANNEX_A, CIN_CENSUS], ids=lambda one: one.id)
def read_back(
    request: pytest.FixtureRequest, demo: Path, november: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Layout, RoundTrip]:
    """A layout, and November's facts from it beside those from the contract's own tables."""
    layout, folder = request.param, tmp_path_factory.mktemp("fed")
    contract = facts_taken(november, folder / "contract", demo)
    out = folder / "written"
    ask("export", "--layout", layout.id, "--as-at", AS_AT, "--out", out, workspace=folder / "contract")
    return layout, compare(contract, facts_taken(out, folder / "layout", demo))


def test_the_page_says_of_every_figure_whether_reading_it_back_gives_it(read_back: tuple[Layout, RoundTrip]) -> None:
    layout, trip = read_back
    known = {key.indicator for key in (*trip.same, *trip.doubted)}
    said = {name for name, one in FED[layout.title].items() if one.standing.is_fed}
    assert said == known
    assert len(said) > 25
    assert not trip.different, str(trip)


def test_a_figure_the_page_calls_fed_is_the_contract_s_own(read_back: tuple[Layout, RoundTrip]) -> None:
    layout, trip = read_back
    wholes = {key.indicator for key in trip.same if key.dimension == "all"}
    fed = {name for name, one in FED[layout.title].items() if one.standing is Standing.FED}
    assert fed <= wholes
