"""Each cause of a restatement is told by its own name, alone and beside others, and the lines always add up."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period, Window
from scorecard.facts.fact import FactKey
from scorecard.facts.restate import Cause, Restatement
from scorecard.store.by import By
from scorecard.store.months import Approval
from scorecard.work.freeze import freeze
from scorecard.work.new import new_workspace
from scorecard.work.restated import Asked, restatements
from scorecard.work.revise import approve, revise
from scorecard.work.take import take
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    Extract = Callable[..., object]

NOVEMBER, DECEMBER = Period(2021, 11), Period(2021, 12)
SHARE = FactKey("assessments_45wd_pct", NOVEMBER, Window.MONTH)
RATE = FactKey("cpp_rate", NOVEMBER, Window.MONTH_END)
PERSONS = "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\nc2,M,2015-06-01\nc3,F,2018-07-01\n"
ASSESSMENTS = "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
IN_TIME, LATE, ALSO_LATE = "A1,c1,2021-11-01,2021-11-12", "A2,c2,2021-07-01,2021-11-15", "A3,c3,2021-06-01,2021-11-30"
PLANS = "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\nP1,c1,2021-05-01,\n"
LONGER = """
[parameters.assessment_limit]
title = "Working days allowed for a child and family assessment"
unit = "working days"
values = [{ from = 2013-04-01, value = 500, source = "A test", reason = "To move one case" }]
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A council of 20,000 children, in which somebody is at work."""
    define_only(("assessments_45wd", "cpp_open"), monkeypatch)
    new_workspace(tmp_path / "council")
    with (tmp_path / "council" / "scorecard.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[population]]\nfrom = 2018-04-01\npersons = 20000\nsource = "an estimate"\n')
    return open_workspace(tmp_path / "council", By("asmith", "LAPTOP-7", "2021-12-03T09:00:00+00:00"))


@pytest.fixture
def extract(workspace: Workspace, tmp_path: Path) -> Extract:
    """Takes an extract of these assessments, and one plan, as at a day."""

    def of(*rows: str, as_at: date = NOVEMBER.last_day) -> object:
        folder = tmp_path / f"extract-{len(list(tmp_path.glob('extract-*')))}"
        folder.mkdir()
        (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
        (folder / "ssd_cin_assessments.csv").write_text(ASSESSMENTS + "\n".join((*rows, "")), encoding="utf-8")
        (folder / "ssd_cp_plans.csv").write_text(PLANS, encoding="utf-8")
        return take(workspace, folder, as_at).snapshot

    return of


def _again(workspace: Workspace) -> Workspace:
    """The workspace as its files say now."""
    return open_workspace(workspace.folder, workspace.by)


def _lines(found: Restatement) -> list[tuple[Cause, int, float, float]]:
    return [(line.cause, line.cases, line.numerator, line.denominator) for line in found.lines]


def _adds_up(found: Restatement) -> bool:
    top = (found.first.numerator or 0) + sum(line.numerator for line in found.lines)
    bottom = (found.first.denominator or 0) + sum(line.denominator for line in found.lines)
    return (top, bottom) == (found.now.numerator or 0, found.now.denominator or 0)


def test_a_rule_that_was_changed_since_is_told_apart_from_what_was_entered_late(
    workspace: Workspace, extract: Extract
) -> None:
    extract(IN_TIME, LATE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract(IN_TIME, LATE, ALSO_LATE, as_at=DECEMBER.last_day)
    (workspace.folder / "parameters.toml").write_text(LONGER, encoding="utf-8")
    found = restatements(_again(workspace), NOVEMBER)[SHARE]
    assert _lines(found) == [(Cause.ENTERED_LATE, 1, 1, 1), (Cause.DEFINITION_CHANGED, 1, 1, 0)]
    assert _adds_up(found)
    assert not found.is_scheduled


def test_another_population_moves_a_rate_and_no_record(workspace: Workspace, extract: Extract) -> None:
    extract(IN_TIME)
    freeze(workspace, NOVEMBER, "2021-12-03")
    settings = workspace.folder / "scorecard.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("20000", "25000"), encoding="utf-8")
    found = restatements(_again(workspace), NOVEMBER)
    assert set(found) == {RATE}
    assert _lines(found[RATE]) == [(Cause.POPULATION_CHANGED, 0, 0, 5000)]
    assert _adds_up(found[RATE])


def test_an_error_that_was_corrected_is_told_from_the_first_revision(workspace: Workspace, extract: Extract) -> None:
    extract(IN_TIME)
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract(IN_TIME, LATE)
    revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "A team was left out.")
    approve(workspace, NOVEMBER, Approval("B. Lee, Director", "Looked at it."))
    assert SHARE not in restatements(workspace, NOVEMBER)
    found = restatements(workspace, NOVEMBER, asked=Asked(revision=1))[SHARE]
    assert _lines(found) == [(Cause.ERROR_CORRECTED, 1, 0, 1)]
    assert _adds_up(found)


def test_where_records_were_purged_the_figures_stay_and_nothing_is_blamed(
    workspace: Workspace, extract: Extract
) -> None:
    extract(IN_TIME)
    frozen = freeze(workspace, NOVEMBER, "2021-12-03")
    extract(IN_TIME, LATE, as_at=DECEMBER.last_day)
    shutil.rmtree(frozen.folder / "cases")
    found = restatements(workspace, NOVEMBER)[SHARE]
    assert not found.has_records
    assert _lines(found) == [(Cause.NOT_TOLD_APART, 0, 0, 1)]


def test_parts_are_told_like_the_whole(workspace: Workspace, extract: Extract) -> None:
    extract(IN_TIME)
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract(IN_TIME, LATE, as_at=DECEMBER.last_day)
    found = restatements(workspace, NOVEMBER, asked=Asked(parts=True))
    parts = [one for key, one in found.items() if replace(key, dimension="all", member="all") == SHARE != key]
    assert parts
    assert all(map(_adds_up, parts))
