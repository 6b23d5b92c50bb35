"""What is damaged, missing, unknown or counted otherwise is named; what was purged passes."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
from command_line import say
from kept_store import NOVEMBER, OCTOBER, kept_store

from scorecard.store import retention
from scorecard.store.ledger import Act, Ledger
from scorecard.work.progress import Silence
from scorecard.work.purge import case_files
from scorecard.work.verify import differences, verify

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.work.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Something of every kind, kept."""
    return kept_store(tmp_path, monkeypatch)


def _faults(workspace: Workspace) -> dict[str, str]:
    return {fault.path: fault.problem for fault in verify(workspace, Silence(), quick=True).faults}


def test_a_store_that_nobody_touched_is_as_it_was_kept_and_counts_to_the_same_facts(workspace: Workspace) -> None:
    found = verify(workspace, Silence())
    assert found.faults == ()
    months = {name: state for name, state in found.rows if name.startswith("months/")}
    assert months == dict.fromkeys(
        ("months/2021-10/1", "months/2021-11/1", "months/2021-11/2"), "as it was kept; counted again: 0 facts differ"
    )


def test_what_was_handed_in_after_a_freeze_does_not_count_in_it_again(workspace: Workspace) -> None:
    before, after = workspace.months.revisions(NOVEMBER)
    used = "SELECT count(*) FROM read_parquet(?) WHERE supplied_by <> ''"
    with duckdb.connect(":memory:") as connection:
        told = [connection.execute(used, [str(one.facts)]).fetchall()[0][0] for one in (before, after)]
    assert told[0] == 0
    assert told[1] > 0
    assert [differences(workspace, one) for one in (before, after)] == [0, 0]


def test_a_rule_that_is_not_the_one_of_then_makes_facts_differ(workspace: Workspace) -> None:
    frozen = workspace.months.get(OCTOBER)
    assert frozen is not None
    rule = workspace.rules.path("assessments_45wd.md", frozen.rules["indicators/assessments_45wd.md"])
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("auth_date IS NOT NULL", "auth_date IS NULL"), encoding="utf-8")
    assert differences(workspace, frozen) > 0


def test_what_is_taken_away_or_put_in_is_named(workspace: Workspace) -> None:
    store = workspace.store.folder
    rule = min((store / "rules").rglob("*.toml"))
    rule.unlink()
    shutil.rmtree(store / "months" / "2021-10" / "1")
    (store / "snapshots" / "notes.txt").write_text("mine", encoding="utf-8")
    (store / "months" / ".aside").mkdir()
    (store / "months" / ".aside" / "facts.parquet").write_bytes(b"half")
    assert _faults(workspace) == {
        rule.relative_to(store).as_posix(): "is not there",
        "months/2021-10/1/manifest.json": "is not there, though the ledger says that it was kept",
        "months/2021-10/current.json": "does not say what manifests and ledger say",
        "snapshots/notes.txt": "is not of the store",
    }


def test_a_ledger_that_lost_its_last_lines_is_told_by_what_they_kept(workspace: Workspace) -> None:
    path = workspace.store.folder / "ledger.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2]), encoding="utf-8")
    named = _faults(workspace)
    assert named["issued/2021-11/1/manifest.json"] == "was kept, and no line of the ledger says so"
    assert named["months/2021-11/2/manifest.json"] == "was kept, and no line of the ledger says so"


def test_records_that_were_purged_are_said_and_pass_and_what_comes_back_is_named(workspace: Workspace) -> None:
    october = workspace.months.get(OCTOBER)
    assert october is not None
    snapshot, cases = workspace.snapshots.get(october.snapshot), case_files(october)
    rows = sorted(snapshot.folder.glob("*.parquet"))
    back = {path: path.read_bytes() for path in (*rows, *cases)}
    retention.purge(workspace.store, snapshot.id, rows, 4, date(2024, 1, 8))
    retention.purge(workspace.store, october.name, cases, 1, date(2024, 1, 8))
    found = verify(workspace, Silence())
    assert found.faults == ()
    assert dict(found.rows)[f"snapshots/{snapshot.id}"] == "sealed, records purged on 2024-01-08"
    assert dict(found.rows)["months/2021-10/1"] == "sealed, records purged on 2024-01-08"
    for path, data in back.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert set(_faults(workspace)) == {path.relative_to(workspace.store.folder).as_posix() for path in back}


def test_the_command_names_all_that_is_damaged_and_ends_as_the_store_errors_do(workspace: Workspace) -> None:
    assert say("verify", "--quick", workspace=workspace.folder).code == 0
    damaged = [path for room in ("snapshots", "rules") for path in sorted((workspace.store.folder / room).rglob("*.*"))]
    files = [next(path for path in damaged if path.suffix == end) for end in (".parquet", ".toml")]
    for path in files:
        path.write_bytes(path.read_bytes() + b" ")
    said = say("verify", "--quick", workspace=workspace.folder)
    assert said.code == 12
    assert all(path.relative_to(workspace.folder).as_posix() in said.err.replace("\\", "/") for path in files)
    told = say("verify", "--quick", "--format", "json", workspace=workspace.folder).data
    assert [row["is"] for row in told if row["to do"]] == ["is not as it was kept"] * 2


def test_the_ledger_is_listed_with_who_and_why(workspace: Workspace) -> None:
    rows = say("ledger", "--format", "csv", workspace=workspace.folder).rows
    assert len(rows) == len(Ledger(workspace.store.folder / "ledger.jsonl").all())
    opened = next(row for row in rows if row["what"] == Act.REVISION_OPENED)
    assert (opened["to"], opened["who"], opened["when"]) == ("2021-11/2", "päivi", "2021-12-03 09:00")
