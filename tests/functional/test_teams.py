"""One team at a time, by the demo: what adds up, what is renamed or split, and a pack of one team."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from command_line import ask

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import NOT_RECORDED
from scorecard.definitions.registry import Registry
from scorecard.facts.counting import is_additive
from scorecard.facts.fact import FactKey
from scorecard.facts.reading import fact_rows
from scorecard.facts.teams import SERVICE, TEAM, Part
from scorecard.pack.context import View
from scorecard.work.parts import facts_of_parts, teams_of
from scorecard.work.views import count, facts_for_pack, snapshot_for
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.work.workspace import Workspace

FIRST_MONTH, NOVEMBER, MAY = Period(2020, 11), Period(2021, 11), Period(2022, 5)


@pytest.fixture(scope="module")
def council(demo: Path) -> Workspace:
    """The demo's workspace."""
    return open_workspace(demo)


@pytest.mark.parametrize("kind", [TEAM, SERVICE])
def test_teams_or_services_and_what_is_of_none_add_up_to_every_whole(council: Workspace, kind: str) -> None:
    teams = teams_of(council, FIRST_MONTH, View.FIRST)
    named = teams.lines if kind == TEAM else teams.services
    parts = [*(Part(kind, name) for name in named), Part(kind, NOT_RECORDED)]
    found = facts_of_parts(council, FIRST_MONTH, parts, View.FIRST)
    top, bottom = defaultdict[str, float](float), defaultdict[str, float](float)
    for facts in found:
        for fact in facts:
            plain = str(replace(fact.key, told_for=None))
            top[plain] += fact.numerator or 0
            bottom[plain] += fact.denominator or 0
    wholes = [one for one in facts_for_pack(council, FIRST_MONTH, View.FIRST) if one.key.period == FIRST_MONTH]
    compared = 0
    for whole in wholes:
        measure = council.registry.measure(whole.key.indicator)
        if whole.supplied_by or not is_additive(measure) or str(whole.key) not in top:
            continue
        compared += 1
        assert top[str(whole.key)] == pytest.approx(whole.numerator), whole.key
        if measure.of == "all":
            assert bottom[str(whole.key)] == whole.denominator, whole.key
    assert compared > 1500


def test_a_renamed_hub_is_one_line_with_both_names(council: Workspace) -> None:
    hubs = {line: name for line, name in teams_of(council, NOVEMBER, View.FIRST).lines.items() if "Support Hub" in name}
    assert len(hubs) == 1
    assert "CWB Improvement Hub" in next(iter(hubs.values()))


def test_a_split_team_ends_and_two_others_begin(council: Workspace) -> None:
    old, *new = facts_of_parts(council, MAY, [Part(TEAM, name) for name in ("T06", "T14", "T15")], View.NOW)
    before, after = (FactKey("assessments_completed", month, Window.MONTH) for month in (NOVEMBER, Period(2022, 2)))
    assert [bool(facts.get(before) and facts.get(before).numerator) for facts in (old, *new)] == [True, False, False]  # type: ignore[union-attr]
    assert [bool(facts.get(after) and facts.get(after).numerator) for facts in (old, *new)] == [False, True, True]  # type: ignore[union-attr]


def test_members_looked_up_by_child_are_those_looked_up_by_case(council: Workspace, demo: Path) -> None:
    by_case = open_workspace(demo)
    known = council.registry
    slowly = {name: replace(one, by_child=False) for name, one in known.dimensions.items()}
    assert slowly != known.dimensions
    by_case.__dict__["registry"] = Registry(known.indicators, slowly, known.rules)
    found = [
        fact_rows(count(one, snapshot_for(one, NOVEMBER), (NOVEMBER,)).engine.connection, "facts", [NOVEMBER])
        for one in (council, by_case)
    ]
    assert found[0] == found[1]


@pytest.mark.slow
def test_a_pack_of_one_team_tells_its_own_figures_beside_those_of_its_service(demo: Path, tmp_path: Path) -> None:
    ask("pack", "2021-11", "--for", "team/T04", "--out", tmp_path, workspace=demo)
    page = (tmp_path / "2021-11-first-team-T04.html").read_text(encoding="utf-8")
    keys = set(re.findall(r'data-fact="([^"]+)"', page))
    own = {key for key in keys if "/team/T04" in key}
    assert len(own) > 500
    assert keys - own == {key for key in keys if "/service/S1" in key} != set()
    assert "Assessment Team North" in page
    key = "assessments_45wd_pct/2021-11/month/team/T04/age_band/from_5_to_9"
    told = ("--view", "first", "--for", "team/T04", "--indicator", "assessments_45wd_pct", "--format", "csv")
    named = ("month", "team×age_band", "T04×from_5_to_9")
    rows = ask("facts", "2021-11", *told, workspace=demo).rows
    row = next(row for row in rows if (row["window"], row["dimension"], row["member"]) == named)
    cases = ask("cases", key, "--format", "csv", workspace=demo).rows
    assert len(cases) == float(row["denominator"])
    assert sum(int(case["in_numerator"]) for case in cases) == float(row["numerator"])
    assert {case["dim_team"] for case in cases} == {"T04"}
