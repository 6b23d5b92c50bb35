"""The field's invented files of the return, as far as they lie beside the repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parents[5] / "shared/data/samples/ssda903_csc-validator-be-903/tests/fake_data"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not in the repository")

REPORTS = {
    "header.csv": "Header",
    "episodes.csv": "Episodes",
    "reviews.csv": "Reviews",
    "uasc.csv": "UASC",
    "oc2.csv": "OC2",
    "oc3.csv": "OC3",
    "ad1.csv": "AD1",
    "placed_for_adoption.csv": "PlacedAdoption",
    "placed_for_adoption_errors.csv": "PlacedAdoption",
    "previous_permanence.csv": "PrevPerm",
    "missing.csv": "Missing",
    "sw_episodes.csv": "SWEpisodes",
    "DoLo.csv": "DoLo",
    "fake_903.xml, records HEADER": "Children of the XML return",
    "fake_903.xml, records EPISODE": "Episodes",
}


@pytest.fixture
def samples(read: Callable[[Path], Any]) -> Any:
    """All files of the set and the XML, read as one source."""
    return read(SAMPLES)


def test_every_file_is_told_by_its_headers_and_nothing_keeps_the_set_from_being_taken(samples: Any) -> None:
    told = {one.label: one.report for one in samples.report.recognised}
    assert {label: report for label, report in told.items() if not report.startswith(REPORTS.get(label, ""))} == {}
    assert told.keys() >= REPORTS.keys()
    assert not samples.report.blocks


def test_no_episode_is_lost_and_every_one_belongs_to_a_period_and_a_placement(samples: Any) -> None:
    text = (SAMPLES / "episodes.csv").read_text(encoding="utf-8-sig")
    children = {line.partition(",")[0] for line in text.splitlines()[1:]}
    there = {child for (child,) in samples.rows("SELECT DISTINCT clae_person_id FROM ssd_cla_episodes")}
    assert children <= there
    without = (
        "SELECT count(*) FROM ssd_cla_episodes AS e"
        " LEFT JOIN ssd_cla_placement AS p ON p.clap_cla_placement_id = e.clae_cla_placement_id"
        " WHERE e.clae_cla_id IS NULL OR p.clap_cla_id IS DISTINCT FROM e.clae_cla_id"
    )
    assert samples.rows(without) == [(0,)]


def test_what_is_wrong_on_purpose_is_told_and_the_rest_is_read(samples: Any) -> None:
    unmapped = {(one.file, one.column) for one in samples.found("unmapped_values")}
    assert unmapped >= {
        ("oc3.csv", "clea_care_leaver_accommodation"),
        ("placed_for_adoption.csv", "perm_decision_reversed_reason"),
        ("sw_episodes.csv", "invo_worker_change_reason"),
    }
    outside = {one.file: one.rows.count for one in samples.found("ssda903_not_looked_after")}
    reviews = samples.rows("SELECT count(*) FROM ssd_cla_reviews")[0][0]
    assert reviews > 0
    assert set(outside) == {"reviews.csv", "fake_903.xml, records AREVIEW"}
