"""A council's own bounds and its owners' grades, over a tiny extract half of whose assessments cannot be right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period, Window
from scorecard.facts.fact import FactKey, Quality
from scorecard.facts.reading import to_fact
from scorecard.pack.context import View
from scorecard.work.freeze import freeze
from scorecard.work.mending import broken_in, kept_broken
from scorecard.work.new import new_workspace
from scorecard.work.take import take
from scorecard.work.views import facts_first, facts_for_pack, facts_now
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.facts.fact import Fact

NOVEMBER = Period(2021, 11)
KEY = FactKey("assessments_45wd_pct", NOVEMBER, Window.MONTH)
OVERRIDE = """
[[override]]
indicator = "assessments_45wd"
from = "2021-11"
grade = "sound"
by = "Head of Assessment"
note = "The day of authorising was mistyped and has been checked on paper."
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A council that has taken an extract of ten assessments, one of which ended before it began, and frozen it."""
    define_only(("assessments_45wd",), monkeypatch)
    folder, extract = tmp_path / "council", tmp_path / "extract"
    new_workspace(folder)
    extract.mkdir()
    people = "".join(f"c{n},F,2012-05-01\n" for n in range(10))
    (extract / "ssd_person.csv").write_text(f"pers_person_id,pers_sex,pers_dob\n{people}", encoding="utf-8")
    heads = "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
    rows = "".join(f"A{n},c{n},2021-11-{'01' if n else '20'},2021-11-12\n" for n in range(10))
    (extract / "ssd_cin_assessments.csv").write_text(heads + rows, encoding="utf-8")
    opened = open_workspace(folder)
    freeze(opened, NOVEMBER, "2021-12-03", take(opened, extract, date(2021, 11, 30)).snapshot)
    return opened


def _graded(workspace: Workspace, view: View = View.NOW) -> Fact:
    rows = (facts_now if view is View.NOW else facts_first)(open_workspace(workspace.folder), NOVEMBER)
    return next(fact for row in rows if (fact := to_fact(row)).key == KEY)


def test_a_tenth_in_doubt_is_to_be_read_with_caution(workspace: Workspace) -> None:
    assert _graded(workspace).quality is Quality.CAUTION
    assert "1 of 10 cases" in _graded(workspace).reason


@pytest.mark.parametrize(
    ("bounds", "quality"),
    [
        ("caution_above_percent = 10", Quality.SOUND),
        ("caution_above_percent = 9.5", Quality.CAUTION),
        ("unreliable_above_percent = 9.5", Quality.UNRELIABLE),
    ],
)
def test_a_council_sets_its_own_bounds(workspace: Workspace, bounds: str, quality: Quality) -> None:
    with (workspace.folder / "scorecard.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[quality]\n{bounds}\n")
    assert _graded(workspace).quality is quality
    assert _graded(workspace, View.FIRST).quality is Quality.CAUTION, "what was frozen stays as it was counted"


def test_an_owner_s_grade_stands_in_both_views_and_in_the_pack_until_it_is_taken_out(workspace: Workspace) -> None:
    path = workspace.folder / "quality.toml"
    path.write_text(OVERRIDE, encoding="utf-8")
    opened = open_workspace(workspace.folder)
    of_pack = [facts_for_pack(opened, NOVEMBER, view).get(KEY) for view in View]
    for fact in (_graded(workspace), _graded(workspace, View.FIRST), *of_pack):
        assert fact
        assert (fact.quality, fact.reason.startswith("Graded sound by Head of Assessment: ")) == (Quality.SOUND, True)
    path.unlink()
    assert {_graded(workspace, view).quality for view in View} == {Quality.CAUTION}


def test_a_freeze_keeps_how_many_records_broke_each_rule(workspace: Workspace) -> None:
    frozen = workspace.months.get(NOVEMBER)
    assert frozen
    found = kept_broken(frozen)
    assert found == broken_in(workspace, workspace.snapshots.get(frozen.snapshot))
    assert found["assessment-authorised-before-start"] == 1


def test_of_a_freeze_made_before_that_was_kept_nothing_is_known(workspace: Workspace) -> None:
    frozen = workspace.months.get(NOVEMBER)
    assert frozen
    frozen.broken.unlink()
    assert kept_broken(frozen) is None
