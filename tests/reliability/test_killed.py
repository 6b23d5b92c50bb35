"""R1: a program that is killed at any moment loses nothing it called done, and leaves nothing half-written."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kept import left, present, stands, workspace_in
from ring import size

PROGRAM = Path(__file__).resolve().parents[1] / "support" / "keeps_on.py"
KILLED, IN_ONE_STORE, AT_ONCE = size(50, 1_000), 25, 100
LONGEST = 0.15
"""Within so many seconds it takes, freezes and is handed over something, so that any of its steps is met."""


def _kept_until_killed(folder: Path, first: int, seconds: float) -> tuple[set[str], list[str]]:
    """What a program said it tried, and what it said was done, before it was killed."""
    command = [sys.executable, str(PROGRAM), str(folder), str(first), str(first + AT_ONCE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as program:  # noqa: S603 - our own
        assert program.stdout
        assert program.stdout.readline() == "BEGUN\n"
        time.sleep(seconds)
        program.kill()
        said = [line.split() for line in program.stdout]
    # A line may be cut short too: its word is then not yet given.
    tried, done = ([one[1] for one in said if one[0] == word and len(one) > 1] for word in ("TRY", "DONE"))
    return set(tried), done


@pytest.mark.deep
@pytest.mark.parametrize("store_number", range(KILLED // IN_ONE_STORE))
def test_a_writer_killed_at_random_loses_nothing_that_was_done_and_leaves_nothing_half(
    store_number: int, tmp_path: Path
) -> None:
    chosen = random.Random(store_number)  # noqa: S311 - moments, no secrets
    workspace = workspace_in(tmp_path / "workspace")
    store, tried, done = workspace.store, set[str](), list[str]()
    leases = 0
    for kill in range(IN_ONE_STORE):
        now_tried, now_done = _kept_until_killed(workspace.folder, kill * AT_ONCE, chosen.uniform(0, LONGEST))
        tried |= now_tried
        done += now_done
        leases += store.lease.exists()
        there = present(store)
        assert set(done) <= there <= tried
        if kill and now_done:
            _nothing_earlier_stands(stands(store), now_done)
    assert leases > 0, "Nobody was killed while writing: the test tells nothing"
    assert any(entry.act == "lease taken over" for entry in store.ledger.all())
    store.take_over()
    with store.writing():
        assert left(store) == ["lease.json"]
    assert left(store) == []


def _nothing_earlier_stands(standing: set[str], done: list[str]) -> None:
    """What was done last counts, or what was tried after it."""
    for room in ("2021-11-30-", "2021-10/"):
        last = max((name for name in done if name.startswith(room)), key=_number, default=None)
        counts = next((name for name in standing if name.startswith(room)), "")
        assert last is None or _number(counts) >= _number(last)


def _number(name: str) -> int:
    return int(name.replace("/", "-").rpartition("-")[2])
