"""The engine counts, from the invented council's records, every figure of the council that the example pack prints."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from printed_figures import differing, printed

from scorecard.calendar.periods import Period
from scorecard.definitions.registry import LIBRARY
from scorecard.facts.fact import Facts
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.synthetic import build, write_extract
from scorecard.work.take import take
from scorecard.work.views import count, facts_first
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.work.workspace import Workspace

_DAYS = sorted({day for day, _, _ in printed()})


def test_every_printed_figure_of_the_council_is_what_the_demos_records_give(demo: Path) -> None:
    workspace = open_workspace(demo)
    first = {day: Facts(to_fact(row) for row in facts_first(workspace, _month(day))) for day in _DAYS}
    assert differing(first) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_another_councils_lives_give_the_same_printed_figures(seed: int, tmp_path: Path) -> None:
    shutil.copytree(LIBRARY / "demo", tmp_path / "council")
    workspace, world = open_workspace(tmp_path / "council"), build(seed)
    facts = {}
    for day in _DAYS:
        write_extract(world, date.fromisoformat(day), tmp_path / day)
        facts[day] = _counted(workspace, tmp_path / day, day)
    assert differing(facts) == []


def _counted(workspace: Workspace, extract: Path, day: str) -> Facts:
    kept = take(workspace, extract, date.fromisoformat(day))
    counted = count(workspace, kept.snapshot, (_month(day),))
    rows = fact_rows(counted.engine.connection, "facts", [_month(day)])
    counted.engine.close()
    return Facts(to_fact(row) for row in rows)


def _month(day: str) -> Period:
    return Period.holding(date.fromisoformat(day))
