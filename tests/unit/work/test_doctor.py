"""What is unsafe about a workspace is named, with what to do; what is safe is not."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from command_line import say

from scorecard.store.by import By
from scorecard.store.ledger import Act
from scorecard.work.doctor import examine
from scorecard.work.new import new_workspace
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

NOW = By("päivi", "LAPTOP-7", "2021-12-03T09:00:00+00:00")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new workspace nobody else may read."""
    folder = tmp_path / "council"
    new_workspace(folder)
    folder.chmod(0o700)
    return open_workspace(folder, NOW)


def _unsafe(workspace: Workspace) -> list[str]:
    return [note.of for note in examine(workspace) if note.is_unsafe]


def test_a_new_workspace_of_ones_own_is_safe(workspace: Workspace) -> None:
    assert _unsafe(workspace) == []
    assert [note.of for note in examine(workspace)] == ["encryption", "space", "versions"] or sys.platform == "win32"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps lists of rights instead")
def test_a_folder_others_may_read_is_unsafe_and_the_command_says_so(workspace: Workspace) -> None:
    workspace.folder.chmod(0o755)
    assert _unsafe(workspace) == ["rights"]
    said = say("doctor", "--format", "csv", workspace=workspace.folder)
    assert said.code == 12
    assert said.rows[0]["to do"].startswith("chmod -R go= ")


def test_a_synchronised_folder_is_unsafe(workspace: Workspace, tmp_path: Path) -> None:
    moved = tmp_path / "OneDrive - Merrowshire" / "council"
    moved.parent.mkdir()
    workspace.folder.rename(moved)
    assert _unsafe(open_workspace(moved, NOW)) == ["place"]


def test_a_repository_that_does_not_ignore_the_store_is_unsafe(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert _unsafe(workspace) == ["place"]
    (tmp_path / ".gitignore").write_text("/council/store/\n", encoding="utf-8")
    assert _unsafe(workspace) == []


def test_a_line_of_the_ledger_that_is_still_to_come_is_a_clock_gone_wrong(workspace: Workspace) -> None:
    later = replace(workspace, by=replace(NOW, at="2021-12-03T09:00:01+00:00"))
    with later.store.writing() as ledger:
        ledger.add(Act.TAKEN, "2021-11-30-aaaaaaaa")
    assert _unsafe(workspace) == ["clock"]
    assert _unsafe(later) == []


@pytest.mark.parametrize(
    ("since", "unsafe"), [("2021-12-03T08:59:00+00:00", []), ("2021-12-02T09:00:00+00:00", ["lease"])]
)
def test_a_lease_held_since_yesterday_is_unsafe(workspace: Workspace, since: str, unsafe: list[str]) -> None:
    workspace.store.lease.write_text(f'{{"person": "olga", "machine": "", "at": "{since}"}}', encoding="utf-8")
    assert _unsafe(workspace) == unsafe
    assert "olga is writing, since" in next(note.found for note in examine(workspace) if note.of == "lease")


def test_extracts_left_beside_the_store_are_unsafe(workspace: Workspace) -> None:
    (workspace.folder / "extracts" / "november").mkdir(parents=True)
    (workspace.folder / "extracts" / "november" / "ssd_person.csv").write_text("pers_person_id\n", encoding="utf-8")
    found = next(note for note in examine(workspace) if note.is_unsafe)
    assert found.found == "1 files of data in extracts"


def test_what_a_writer_left_behind_is_told_and_safe(workspace: Workspace) -> None:
    (workspace.store.folder / "months" / "2021-11" / ".1.ab").mkdir(parents=True)
    assert _unsafe(workspace) == []
    assert [note.found[:1] for note in examine(workspace) if note.of == "leftovers"] == ["1"]


def test_a_machine_of_another_time_zone_is_told(workspace: Workspace) -> None:
    away = replace(workspace, by=replace(NOW, at="2021-12-03T09:00:00+05:30"))
    assert "time zone" in [note.of for note in examine(away)]
