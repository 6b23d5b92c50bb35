"""Targets are dated, and a fault in their file is told with its line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from scorecard.definitions.registry import load_registry
from scorecard.errors import ScorecardError
from scorecard.findings.targets import load_targets

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[[target]]
measure = "mash_24h_pct"
from = 2020-04-01
value = 90
source = "Improvement plan"

[[target]]
measure = "mash_24h_pct"
from = 2021-04-01
value = 95.5
tolerance = 2.5
source = "Improvement plan, second year"
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "targets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_target_in_force_is_the_last_that_began_by_the_day(tmp_path: Path) -> None:
    targets = load_targets(_file(tmp_path, GOOD))
    days = (date(2020, 3, 31), date(2021, 3, 31), date(2021, 4, 1))
    assert [target and target.value for target in (targets.on("mash_24h_pct", day) for day in days)] == [
        None,
        Fraction(90),
        Fraction(191, 2),
    ]
    second = targets.on("mash_24h_pct", date(2021, 4, 1))
    assert second
    assert second.tolerance == Fraction(5, 2)
    assert second.key == "mash_24h_pct/2021-04-01"


YEARS = """
[[target]]
measure = "pbr_claims"
from = 2021-04-01
to = 2022-03-31
value = 190
of_the_year = true
source = "Plan"

[[target]]
measure = "icpc_15wd_pct"
from = 2020-04-01
to = 2021-03-31
value = 90
source = "Plan"

[[target]]
measure = "icpc_15wd_pct"
from = 2021-05-01
value = 95
source = "Plan"
"""


def test_a_target_holds_to_its_last_day_and_none_holds_between_two(tmp_path: Path) -> None:
    targets = load_targets(_file(tmp_path, YEARS))
    days = (date(2021, 3, 31), date(2021, 4, 1), date(2021, 4, 30), date(2021, 5, 1))
    assert [target and target.value for target in (targets.on("icpc_15wd_pct", day) for day in days)] == [
        90,
        None,
        None,
        95,
    ]
    assert [target.measure for target in targets.ended(date(2021, 4, 30))] == ["icpc_15wd_pct"]
    assert not targets.ended(date(2021, 5, 1))


def test_a_target_of_the_year_is_no_months_target(tmp_path: Path) -> None:
    targets = load_targets(_file(tmp_path, YEARS))
    assert targets.on("pbr_claims", date(2021, 11, 30)) is None
    yearly = targets.of_year("pbr_claims", date(2022, 3, 31))
    assert yearly
    assert (yearly.value, yearly.day_after) == (Fraction(190), date(2022, 4, 1))
    assert targets.of_year("pbr_claims", date(2022, 4, 1)) is None


def test_a_target_of_the_year_may_stand_beside_a_months_target_from_the_same_day(tmp_path: Path) -> None:
    yearly = (
        '[[target]]\nmeasure = "mash_24h_pct"\nfrom = 2021-04-01\nof_the_year = true\nvalue = 92\nsource = "Plan"\n'
    )
    day = date(2021, 4, 1)
    targets = load_targets(_file(tmp_path, GOOD + yearly))
    both = [targets.on("mash_24h_pct", day), targets.of_year("mash_24h_pct", day)]
    assert [target and target.value for target in both] == [Fraction(191, 2), 92]
    assert len({target.key for target in targets}) == 3
    with pytest.raises(ScorecardError, match="two targets"):
        load_targets(_file(tmp_path, GOOD + yearly + yearly))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('value = 90\nsource = "Improvement plan"\n', ""), "no value, no source"),
        (("from = 2020-04-01", 'from = "April"'), "no day"),
        (("value = 90", 'value = "high"'), "must be numbers"),
        (("from = 2021-04-01", "from = 2020-04-01"), "two targets"),
        (("mash_24h_pct", "mash_pct"), "no measure of that name"),
        (("value = 90", "to = 2020-03-31\nvalue = 90"), "no day on or after its first"),
        (("mash_24h_pct", "mash_24_pct"), "Did you mean “mash_24h_pct”"),
        (("value = 90", "value = 0.9"), "0.9 is less than 1 %: write 90 for 90 %"),
        (("value = 90", "value = 90\ntolerence = 2"), "has no “tolerence”\n  Did you mean “tolerance”"),
        ((GOOD, "[target]\nvalue = 1\n"), "`target` must be a target, not a value"),
        (("[[target]]", "[pack2]\n[[target]]"), "the file has no “pack2”"),
        (("value = 90", 'of_the_year = "yes"\nvalue = 90'), "neither true nor false"),
    ],
)
def test_a_fault_is_told_with_the_line_of_its_target(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = _file(tmp_path, GOOD.replace(*change, 1))
    with pytest.raises(ScorecardError, match=told) as caught:
        load_targets(path, load_registry().measures)
    assert f"{path}:" in str(caught.value)


def test_a_file_that_is_no_toml_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(ScorecardError, match="cannot be read"):
        load_targets(_file(tmp_path, "[[target]\n"))


def test_a_file_that_was_kept_is_read_with_its_slips(tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD.replace("value = 90", "value = 0.9\ntolerence = 2", 1))
    assert len(load_targets(path, load_registry().measures, strict=False)) == len(load_targets(_file(tmp_path, GOOD)))
