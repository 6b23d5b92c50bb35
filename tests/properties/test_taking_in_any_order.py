"""R4: what a store holds and its figures come to depends only on which files were accepted (reliability.md)."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import Mock

import pytest
from few_definitions import define_only
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from kept_store import ASSESSMENTS, PERSONS

from scorecard.calendar.periods import Period
from scorecard.facts.reading import COLUMNS
from scorecard.store import snapshots
from scorecard.work.new import new_workspace
from scorecard.work.take import take
from scorecard.work.views import facts_now
from scorecard.work.workspace import Workspace, open_workspace

EXAMPLES = 2_000 if os.environ.get("SCORECARD_DEEP") else 10
NOVEMBER, DAYS = Period(2021, 11), (date(2021, 11, 30), date(2021, 12, 31))
ROWS = ("A1,c1,2021-11-01,2021-11-12", "A2,c2,2021-07-01,2021-11-15", "A3,c3,2021-06-01,2021-11-30")

days, counts, orders = st.sampled_from(DAYS), st.integers(1, 3), st.booleans()


class ProgramEndedError(Exception):
    """As when somebody closes the window."""


def _extract(folder: Path, count: int, *, backwards: bool) -> Path:
    """An extract of the first so many assessments, in the one order or the other."""
    folder.mkdir(exist_ok=True)
    rows = ROWS[:count][:: -1 if backwards else 1]
    (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
    (folder / "ssd_cin_assessments.csv").write_text(ASSESSMENTS + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _workspace(folder: Path) -> Workspace:
    new_workspace(folder)
    return open_workspace(folder)


@cache
def _figures_of(day: date, count: int) -> list[tuple[object, ...]]:
    """November's, in a workspace that took nothing else."""
    with tempfile.TemporaryDirectory() as at:
        alone = _workspace(Path(at) / "alone")
        take(alone, _extract(Path(at) / "extract", count, backwards=False), day)
        return _figures(alone)


def _figures(workspace: Workspace) -> list[tuple[object, ...]]:
    snapshot = COLUMNS.index("snapshot")
    return [(*row[:snapshot], *row[snapshot + 1 :]) for row in facts_now(workspace, NOVEMBER)]


class Taking(RuleBasedStateMachine):
    """Extracts are taken, taken again, out of a renamed folder, with their rows in another order, and given up."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Path(tempfile.mkdtemp())
        self.workspace = _workspace(self.at / "council")
        self.accepted = list[tuple[date, int, bool]]()

    @rule(day=days, count=counts, backwards=orders, folder=st.sampled_from(("extract", "another")))
    def take(self, day: date, count: int, backwards: bool, folder: str) -> None:  # noqa: FBT001 - drawn by name
        """Take an extract, for the first time or not."""
        take(self.workspace, _extract(self.at / folder, count, backwards=backwards), day)
        self.accepted.append((day, count, backwards and count > 1))  # one row has one order

    @rule(day=days, count=counts)
    def give_up(self, day: date, count: int) -> None:
        """End while an extract is being kept."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(snapshots, "keep_folder", Mock(side_effect=ProgramEndedError))
            with suppress(ProgramEndedError):
                take(self.workspace, _extract(self.at / "extract", count, backwards=False), day)

    def teardown(self) -> None:
        """Whatever was done, the store holds what was accepted, and of the newest day the one taken last counts."""
        assert len(self.workspace.snapshots.all()) == len(set(self.accepted))
        if self.accepted:
            newest = max(day for day, _, _ in self.accepted)
            last = next(count for day, count, _ in reversed(self.accepted) if day == newest)
            assert _figures(self.workspace) == _figures_of(newest, last)
        shutil.rmtree(self.at)


def test_a_store_holds_what_was_accepted_whatever_the_order_and_what_was_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    define_only(("assessments_45wd",), monkeypatch)
    _figures_of.cache_clear()
    how = settings(max_examples=EXAMPLES, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Taking, settings=how)
