"""R3: a disk that is full or broken at any step refuses cleanly, and what was kept before stays as it was."""

from __future__ import annotations

import errno
import re
import shutil
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from kept import freeze, hand_over, left, present, stands, take, workspace_in
from ring import DEEP

from scorecard.store import disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard.work.workspace import Workspace

_LAST = "the pointer's name is flushed"
_POINTER = re.compile(r"current\.json|\d{4}-\d\d-\d\d\.json|supplied\.json")
"""What says which of several stands; its name is given last."""
EACH = 1 if DEEP else 5
"""After so many steps the next writer goes on: that takes the longest."""
ACTS: dict[str, Callable[[Workspace], str]] = {
    "take": lambda workspace: take(workspace.store, 2),
    "take again": lambda workspace: take(workspace.store, 1),
    "freeze": lambda workspace: freeze(workspace, 2),
    "hand over": lambda workspace: hand_over(workspace.store, 2, workspace.folder),
}


class Failing(disk.System):
    """Fails at one step, or from it on; what it was writing is then there by half."""

    def __init__(self, step: int, code: int, *, stays: bool) -> None:
        self._left, self._code, self._stays = step, code, stays
        self.failed: list[str] = []
        self._named = ""

    def _step(self, what: str = "") -> None:
        self._left -= 1
        if self._left == 0 or (self._left < 0 and self._stays):
            self.failed.append(what)
            raise OSError(self._code, "The disk refuses")

    def make(self, folder: Path) -> None:
        """Fail, or make it."""
        self._step()
        super().make(folder)

    def create(self, path: Path, data: bytes) -> None:
        """Fail with half of it there, or create it."""
        super().create(path, data[: len(data) // 2])
        self._step()
        super().write(path, data)

    def write(self, path: Path, data: bytes) -> None:
        """Fail with half of it there, or write it."""
        super().write(path, data[: len(data) // 2])
        self._step()
        super().write(path, data)

    def append(self, path: Path, data: bytes) -> None:
        """Fail with half of it there, or append it."""
        super().append(path, data[: len(data) // 2])
        self._step()
        super().append(path, data[len(data) // 2 :])

    def cut(self, path: Path, size: int) -> None:
        """Fail, or cut it."""
        self._step()
        super().cut(path, size)

    def flush(self, path: Path) -> None:  # noqa: ARG002 - as it is called
        """Fail, or have it flushed, which takes no time here."""
        self._step()

    def flush_folder(self, folder: Path) -> None:  # noqa: ARG002 - as it is called
        """Fail, or have it flushed, which takes no time here."""
        self._step(_LAST if _POINTER.fullmatch(self._named) else "")

    def rename(self, path: Path, target: Path) -> None:
        """Fail, or rename it."""
        self._step()
        super().rename(path, target)
        self._named = target.name

    def remove(self, path: Path) -> None:
        """Fail, or remove it."""
        self._step()
        super().remove(path)


def _kept_before(folder: Path) -> Workspace:
    workspace = workspace_in(folder)
    for number in (1, 3):
        take(workspace.store, number)
    freeze(workspace, 1)
    hand_over(workspace.store, 1, workspace.folder)
    return workspace


@pytest.mark.deep
@pytest.mark.parametrize(("code", "stays"), [(errno.EIO, False), (errno.ENOSPC, True)], ids=["broken once", "full"])
@pytest.mark.parametrize("act", ACTS)
def test_a_failure_at_any_step_is_refused_and_changes_nothing(
    act: str, code: int, tmp_path: Path, *, stays: bool
) -> None:
    with patch.object(disk, "system", Failing(0, 0, stays=False)):
        before = _kept_before(tmp_path / "before")
    there, standing = present(before.store), stands(before.store)
    refused, step = list[int | None](), 0
    while True:
        step += 1
        folder = tmp_path / str(step)
        shutil.copytree(before.folder, folder)
        workspace, failing = workspace_in(folder), Failing(step, code, stays=stays)
        done = set[str]()
        with patch.object(disk, "system", failing):
            try:
                done = {ACTS[act](workspace)}
            except OSError as error:
                refused.append(error.errno)
        if not failing.failed:
            break
        found = present(workspace.store)
        assert there | done <= found
        # Where only the very last flush of a name fails, all of it may be there: whole, and known to the ledger.
        assert done or stands(workspace.store) == standing or failing.failed[0] == _LAST
        if step % EACH == 0:
            _goes_on(workspace, found)
        shutil.rmtree(folder)
    assert len(refused) > 5
    assert set(refused) == {code}


def _goes_on(workspace: Workspace, found: set[str]) -> None:
    """The next writer, on a disk that is well again, finishes and leaves nothing of this one."""
    with patch.object(disk, "system", Failing(0, 0, stays=False)):
        workspace.store.take_over()
        new = {take(workspace.store, 99), freeze(workspace, 99)}
    assert found | new <= present(workspace.store)
    assert stands(workspace.store) == new
    assert left(workspace.store) == []
