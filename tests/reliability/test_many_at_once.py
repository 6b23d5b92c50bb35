"""R5 and R6: of many who freeze a month at once one does and the rest are told; who reads meanwhile sees it whole."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from kept import OCTOBER, freeze, hand_over, present, take, workspace_in
from ring import size

from scorecard.store.disk import sha256
from scorecard.store.lease import holding

SUPPORT = Path(__file__).resolve().parents[1] / "support"
WRITERS, ROUNDS = size(8, 20), size(20, 200)
READERS, MONTHS = size(4, 40), size(30, 300)


def _program(name: str, *given: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(SUPPORT / name), *given]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")  # noqa: S603 - our own


@pytest.mark.deep
def test_of_many_who_freeze_a_month_at_once_one_does_and_the_rest_are_told(tmp_path: Path) -> None:
    with ExitStack() as opened:
        writers = [opened.enter_context(_program("wants_to_freeze.py")) for _ in range(WRITERS)]
        assert [one.stdout and one.stdout.readline() for one in writers] == ["BEGUN\n"] * WRITERS
        for number in range(ROUNDS):
            workspace = workspace_in(tmp_path / str(number))
            take(workspace.store, 1)
            for one in writers:
                assert one.stdin
                one.stdin.write(f"{workspace.folder}\n")
                one.stdin.flush()
            said = sorted(one.stdout.readline().strip() for one in writers if one.stdout)
            assert said == ["2021-10/1", *["AlreadyFrozenError"] * (WRITERS - 1)]
            assert present(workspace.store) == {"2021-11-30-00000001", "2021-10/1"}
        assert [one.communicate()[1] for one in writers] == [""] * WRITERS


@pytest.mark.deep
def test_readers_see_whole_months_while_one_after_another_is_frozen(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path / "workspace")
    take(workspace.store, 0)
    freeze(workspace, 0)
    hand_over(workspace.store, 0, workspace.folder)
    with _program("keeps_on.py", str(workspace.folder), "1", str(MONTHS)) as writer:

        def read(_: int) -> list[int]:
            seen = list[int]()
            while writer.poll() is None:
                month = workspace.months.get(OCTOBER)
                assert month is not None
                assert {name: sha256(month.folder / name) for name in month.seals} == month.seals
                seen.append(month.revision)
            return seen

        with ThreadPoolExecutor(READERS) as readers:
            seen = list(readers.map(read, range(READERS)))
        assert writer.communicate()[1] == ""
    assert all(one == sorted(one) for one in seen)
    assert max(len(set(one)) for one in seen) > 1
    assert len(workspace.months.revisions(OCTOBER)) == MONTHS
    present(workspace.store)


def test_who_reads_waits_for_nobody_who_writes(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path / "workspace")
    names = {take(workspace.store, 1), freeze(workspace, 1)}
    with holding(workspace.store.lease, workspace.by), ThreadPoolExecutor(1) as another:
        assert another.submit(present, workspace.store).result() == names
