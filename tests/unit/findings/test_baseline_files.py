"""What a council records of its baselines is read whole, and every fault in it is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.errors import ScorecardError
from scorecard.findings.baseline_files import load_baselines
from scorecard.findings.baselines import Baseline

if TYPE_CHECKING:
    from pathlib import Path

MEASURES = ("cpp_open", "cla_open")
SOUND = '[[baseline]]\nmeasure = "cpp_open"\nfrom = "2021-04"\nto = "2021-10"\ncause = "Two teams were joined."\n'


def test_a_baseline_is_read_with_its_months_and_cause(tmp_path: Path) -> None:
    path = tmp_path / "baselines.toml"
    path.write_text(SOUND, encoding="utf-8")
    held = Baseline("cpp_open", Period(2021, 4), "Two teams were joined.", Period(2021, 10))
    assert tuple(load_baselines(path, MEASURES)) == (held,)


def test_a_council_without_the_file_has_no_baselines(tmp_path: Path) -> None:
    assert not tuple(load_baselines(tmp_path / "baselines.toml", MEASURES))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (SOUND.replace("cpp_open", "cpp_opened"), "no measure of that name"),
        (SOUND.replace("2021-04", "April 2021"), "is not a month written YYYY-MM"),
        (SOUND.replace("2021-10", "2021-03"), "ends before it begins"),
        (SOUND.replace("Two teams were joined.", " "), "has no cause"),
        (SOUND + SOUND, "has two baselines from 2021-04"),
        (SOUND.replace("cause", "because"), "because"),
    ],
)
def test_a_fault_is_told_with_what_to_write_instead(tmp_path: Path, wrong: str, told: str) -> None:
    path = tmp_path / "baselines.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ScorecardError, match=told):
        load_baselines(path, MEASURES)
