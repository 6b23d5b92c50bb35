"""The ties of a month, over tiny extracts: what came late, what left without an end, who is in one cohort only."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period
from scorecard.definitions.registry import load_registry
from scorecard.pack.context import View
from scorecard.work.freeze import freeze
from scorecard.work.new import new_workspace
from scorecard.work.take import take
from scorecard.work.ties import children_of, rows_of, ties
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER, NOVEMBER = Period(2021, 10), Period(2021, 11)
DEFINITIONS = ("cpp_open", "cpp_started", "cpp_ceased", "cpp_2y_open", "cla_open", "cla_started", "cla_ceased")
PLANS = "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\n"
EPISODES = (
    "clae_cla_episode_id,clae_person_id,clae_cla_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason\n"
)
CHILDREN = ["c1", "c2", "c3", "c4", "c5", "c6"]


@pytest.fixture(autouse=True)
def _few_definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The definitions these tests ask for."""
    define_only(DEFINITIONS, monkeypatch)


@pytest.fixture
def council(tmp_path: Path) -> Workspace:
    """Two months of a council: October first with c1 to c3 on a plan, November with what became known."""
    new_workspace(tmp_path / "council")
    workspace = open_workspace(tmp_path / "council")
    october = ["P1,c1,2021-06-01,", "P2,c2,2021-06-01,", "P3,c3,2021-06-01,"]
    november = ["P1,c1,2021-06-01,", "P2,c2,2021-06-01,2021-11-10", "P4,c4,2021-10-20,", "P5,c5,2021-11-05,"]
    # Of c1 October knew that care had ended and November knows it of c2; c3's was put in by mistake.
    care_in_october = ["E1,c1,K1,2021-06-01,S,2021-10-12,E11", "E2,c2,K2,2021-06-01,S,,", "E3,c3,K3,2021-06-01,S,,"]
    care_in_november = ["E1,c1,K1,2021-06-01,S,,", "E2,c2,K2,2021-06-01,S,2021-10-12,E11"]
    both = ["E6,c6,K6,2021-06-01,S,,"]
    for period, plans, care in (
        (OCTOBER, october, [*both, *care_in_october]),
        (NOVEMBER, november, [*both, *care_in_november]),
    ):
        kept = take(workspace, _extract(tmp_path / str(period), plans, care), period.last_day)
        freeze(workspace, period, period.last_day.isoformat(), kept.snapshot)
    return workspace


def _extract(folder: Path, plans: list[str], care: list[str]) -> Path:
    folder.mkdir()
    # c6 turns eighteen in November and nobody has closed the record.
    born = {child: "2003-11-15" if child == "c6" else "2012-05-01" for child in CHILDREN}
    people = "pers_person_id,pers_sex,pers_dob\n" + "".join(f"{child},F,{day}\n" for child, day in born.items())
    (folder / "ssd_person.csv").write_text(people, encoding="utf-8")
    (folder / "ssd_cp_plans.csv").write_text(PLANS + "\n".join(plans) + "\n", encoding="utf-8")
    (folder / "ssd_cla_episodes.csv").write_text(EPISODES + "\n".join(care) + "\n", encoding="utf-8")
    status = "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date\nL1,c6,C2,2021-06-01\n"
    (folder / "ssd_legal_status.csv").write_text(status, encoding="utf-8")
    return folder


@pytest.mark.parametrize("view", View)
def test_a_stock_is_followed_child_by_child_from_the_month_before_as_first_reported(
    council: Workspace, view: View
) -> None:
    rolled = ties(council, NOVEMBER, view).roll_forwards["cpp_open"]
    assert rolled.reported == Counter(["c1", "c2", "c3"])
    assert (rolled.entered_late, rolled.removed) == (Counter(["c4"]), Counter(["c3"]))
    assert (rolled.started, rolled.ended) == (Counter(["c5"]), Counter(["c2"]))
    assert rolled.closing == Counter(["c1", "c4", "c5"])
    assert rolled.holds


@pytest.mark.parametrize("view", View)
def test_an_end_entered_late_is_no_record_taken_out_and_one_taken_back_is_no_late_entry(
    council: Workspace, view: View
) -> None:
    rolled = ties(council, NOVEMBER, view).roll_forwards["cla_open"]
    assert (rolled.ended_late, rolled.removed) == (Counter(["c2"]), Counter(["c3"]))
    assert (rolled.end_undone, rolled.entered_late) == (Counter(["c1"]), Counter())
    assert [line.text for line in rolled.lines] == ["3", "+1", "−1", "−1", "2", "0", "0", "−1", "1"]


@pytest.mark.parametrize("view", View)
def test_who_left_by_turning_eighteen_is_named_with_the_reason(council: Workspace, view: View) -> None:
    found = ties(council, NOVEMBER, view)
    care = "Children and young people in care"
    assert (care, "Turned 18, no end recorded", "c6", 1) in children_of(found, council.registry)
    assert (care, "The end of November 2021", "1", "yes") in rows_of(found, council.registry)


def test_a_child_who_left_without_an_end_breaks_the_tie_and_is_named(council: Workspace) -> None:
    # Once the records themselves are no longer kept nobody can say who turned eighteen.
    frozen = council.months.get(NOVEMBER)
    assert frozen is not None
    council.snapshots.get(frozen.snapshot).file("ssd_person").unlink()
    found = ties(council, NOVEMBER, View.FIRST)
    assert not found.roll_forwards["cla_open"].holds
    care = "Children and young people in care"
    assert (care, "Left without an end", "c6", 1) in children_of(found, council.registry)
    assert (care, "The end of November 2021", "1", "no") in rows_of(found, council.registry)


def test_a_rule_changed_between_two_months_is_said_where_it_may_have_moved_the_count(council: Workspace) -> None:
    rolled = ties(council, NOVEMBER, View.NOW).roll_forwards["cla_open"]
    assert rolled.is_same_rule
    own = council.folder / "parameters.toml"
    own.write_text(
        '[lists.cla_respite_legal_status]\ntitle = "Short breaks"\nsource = "here"\nreason = "tried"\ncodes = []\n',
        encoding="utf-8",
    )
    changed = ties(open_workspace(council.folder), NOVEMBER, View.NOW).roll_forwards
    assert not changed["cla_open"].is_same_rule
    assert changed["cpp_open"].is_same_rule


def test_a_month_whose_month_before_was_not_frozen_has_no_late_entries(council: Workspace) -> None:
    rolled = ties(council, OCTOBER, View.FIRST).roll_forwards["cpp_open"]
    assert rolled.reported is None
    assert (rolled.entered_late, rolled.removed) == (Counter(), Counter())


def test_a_cohort_used_twice_is_the_same_children(council: Workspace) -> None:
    (tie,) = ties(council, NOVEMBER, View.FIRST).cohorts
    assert tie.holds
    assert (tie.one.measure, tie.other.measure) == ("cpp_open", "cpp_2y_open")
    assert tie.one.children == {"c1", "c4", "c5"}
    assert tie.one.day == date(2021, 11, 30)


def test_what_a_definition_is_tied_to_is_defined() -> None:
    registry = load_registry()
    named = {name for one in registry.indicators.values() for name in (*one.rolls_forward.values(), *one.cohort_of)}
    assert named
    assert named <= registry.measures.keys()
