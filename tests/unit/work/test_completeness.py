"""What past months gained is read from the freezes of the months after them, case by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period, Window, months_between
from scorecard.facts.fact import FactKey
from scorecard.work.completeness import provisional_counts
from scorecard.work.freeze import freeze
from scorecard.work.new import new_workspace
from scorecard.work.take import take
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

LATEST = Period(2021, 11)
MONTHS = tuple(months_between(Period(2021, 2), LATEST))
KEY = FactKey("cpp_started", LATEST, Window.MONTH)
PERSONS = "pers_person_id,pers_sex,pers_dob\n" + "".join(f"c{n},F,2012-05-01\n" for n in range(30))
PLANS = "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date\n"
LATE = {month: 1 + month.month % 3 for month in MONTHS}
"""How many of a month's ten plans are written down a month late: one to three."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A council that has taken and frozen ten months."""
    define_only(("cpp_started",), monkeypatch)
    folder = tmp_path / "council"
    new_workspace(folder)
    opened = open_workspace(folder)
    for month in MONTHS:
        kept = take(opened, _extract(tmp_path / str(month), month), month.last_day)
        freeze(opened, month, month.last_day.isoformat(), kept.snapshot)
    return opened


def _extract(folder: Path, as_at: Period, *also: str) -> Path:
    folder.mkdir()
    rows = [
        f"{month}-{n},c{n},{month.first_day}\n"
        for month in MONTHS
        for n in range(10)
        if month < as_at or (month == as_at and n >= LATE[month])
        if not (month < as_at and n == 9 and month.month == 4)  # one of April's is taken out again as an error
    ]
    (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
    (folder / "ssd_cp_plans.csv").write_text(PLANS + "".join((*rows, *also)), encoding="utf-8")
    return folder


def test_what_past_months_gained_is_counted_case_by_case(workspace: Workspace) -> None:
    found = provisional_counts(workspace, LATEST)[KEY]
    assert found.months == 7  # February to August: later ones have not been looked at three months on
    assert (found.least, found.most) == (1, 3)  # April gained two and lost one
    assert 7 <= found.low < found.high


def test_nothing_is_said_of_a_month_with_too_little_before_it(workspace: Workspace) -> None:
    assert provisional_counts(workspace, Period(2021, 9)) == {}
    assert provisional_counts(workspace, Period(2022, 1)) == {}


def test_a_month_first_reported_at_another_point_is_not_learnt_from(workspace: Workspace, tmp_path: Path) -> None:
    december = LATEST.back(-1)
    late = take(workspace, _extract(tmp_path / "late", december, "new,c1,2022-01-04\n"), december.back(-1).last_day)
    freeze(workspace, december, "2022-01-31", late.snapshot)
    assert provisional_counts(workspace, december) == {}
