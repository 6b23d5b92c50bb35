"""What must be looked at when the year turns is listed, what is missing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.work.new import new_workspace
from scorecard.work.new_year import ToConfirm, to_confirm
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

_TARGET = '\n[[target]]\nmeasure = "{measure}"\nfrom = {day}\nvalue = {value}\nsource = "Plan"\n'
_POPULATION = '\n[[population]]\nfrom = {day}\npersons = 20000\nsource = "an estimate"\n'
_ASSESSMENTS = "Target: Assessments completed in 45 working days"


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A new council's folder, with a population and no targets."""
    new_workspace(tmp_path / "council")
    _add(tmp_path / "council" / "scorecard.toml", _POPULATION.format(day="2021-04-01"))
    (tmp_path / "council" / "targets.toml").write_text("", encoding="utf-8")
    return tmp_path / "council"


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _found(council: Path, year: int = 2022) -> dict[str, ToConfirm]:
    return {one.what: one for one in to_confirm(open_workspace(council), year)}


def test_a_target_that_goes_on_is_to_be_confirmed(council: Path) -> None:
    _add(council / "targets.toml", _TARGET.format(measure="assessments_45wd_pct", day="2018-04-01", value=95))
    assert _found(council)[_ASSESSMENTS].to_do == "Confirm or set another"


def test_a_target_that_changes_on_the_first_of_april_is_told_with_the_one_before(council: Path) -> None:
    for day, value in (("2018-04-01", 95), ("2022-04-01", 92.5)):
        _add(council / "targets.toml", _TARGET.format(measure="assessments_45wd_pct", day=day, value=value))
    assert _found(council)[_ASSESSMENTS].stands == "92.5 from 1 April 2022, 95 before"


def test_a_target_that_ends_with_the_year_comes_before_what_is_only_confirmed(council: Path) -> None:
    ending = _TARGET.format(measure="assessments_45wd_pct", day="2018-04-01", value=95) + "to = 2022-03-31\n"
    _add(council / "targets.toml", ending)
    found = list(_found(council).values())
    ended = next(one for one in found if one.what == _ASSESSMENTS)
    assert (ended.stands, ended.to_do) == ("95 until 31 March 2022", "Set one for the new year")
    assert all(one.to_do.startswith("Confirm") for one in found[found.index(ended) + 3 :])


def test_a_population_long_in_use_is_to_be_replaced(council: Path) -> None:
    assert _found(council)["Children aged 0 to 17"].to_do.startswith("Confirm")
    assert _found(council, 2024)["Children aged 0 to 17"].to_do == "Add the newest estimate"


def test_bank_holidays_are_asked_for_where_a_clock_of_the_year_would_run_past_them(council: Path) -> None:
    assert "Bank holidays" not in _found(council)
    assert _found(council, 2028)["Bank holidays"].to_do == "Add those of 2029"


def test_local_standards_are_listed_and_national_ones_are_not(council: Path) -> None:
    found = _found(council)
    assert "Working days allowed for a section 47 enquiry" in found
    assert "Working days allowed for a child and family assessment" not in found
