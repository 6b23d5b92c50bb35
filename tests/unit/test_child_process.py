"""A child process does its tasks, or is stopped; what it is told to do is ours and nothing that lies about."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from scorecard import child_process
from scorecard.child_process import Ending, Limits, work_off

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, Ending]]
_BEGIN = """
import sys, time
from pathlib import Path
folder = Path(sys.argv[1])
(folder / "ready").touch()
def done(task):
    (folder / f"{task}.json").touch()
"""
_MEGABYTES = 1_000_000


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a few lines as the child's module, with three tasks of two seconds each."""
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def run_it(lines: str, memory: int = 500 * _MEGABYTES, begin: str = _BEGIN) -> tuple[int, Ending]:
        (tmp_path / "lines.py").write_text(begin + lines, encoding="utf-8")
        return work_off("lines", tmp_path / "work", Limits((2.0, 2.0, 2.0), memory))

    return run_it


def test_a_child_that_does_its_tasks_is_done(run: Run) -> None:
    assert run("done(0); done(1); time.sleep(0.2); done(2)") == (3, Ending.DONE)


def test_a_child_that_takes_too_long_over_one_task_is_stopped_there(run: Run) -> None:
    assert run("done(0); time.sleep(60)") == (1, Ending.TOO_SLOW)


def test_each_task_has_time_of_its_own(run: Run) -> None:
    assert run("time.sleep(1.2); done(0); time.sleep(1.2); done(1); time.sleep(1.2); done(2)") == (3, Ending.DONE)


def test_a_child_that_never_gets_ready_is_stopped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "_SECONDS_TO_START", 0.5)
    assert run("import time; time.sleep(60)", begin="") == (0, Ending.TOO_SLOW)


def test_a_child_that_fills_the_memory_is_stopped(run: Run) -> None:
    lines = "done(0); kept = bytearray(700_000_000); kept[::4096] = b'x' * len(kept[::4096]); time.sleep(60)"
    assert run(lines, memory=300 * _MEGABYTES) == (1, Ending.TOO_LARGE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts what is taken, not what may be")
def test_a_child_that_asks_for_more_memory_than_it_may_have_breaks_down_by_itself(run: Run) -> None:
    own = "from scorecard.child_process import limit_own_memory; limit_own_memory(150_000_000)\n"
    assert run(f"{own}done(0); bytearray(2_000_000_000); done(1)") == (1, Ending.BROKEN)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit that a library could meet")
def test_a_child_that_gives_up_where_it_is_refused_memory_was_too_large(run: Run) -> None:
    # What a library does that grows faster than it is weighed: it meets the system's own limit, and aborts.
    assert run("import os; done(0); os.abort()") == (1, Ending.TOO_LARGE)


def test_a_child_that_breaks_down_is_told_from_one_that_is_done(run: Run) -> None:
    assert run("done(0); raise SystemExit(3)") == (1, Ending.BROKEN)


def test_a_module_in_the_folder_one_stands_in_is_not_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "extract"
    here.mkdir()
    (here / "json.py").write_text("open('run', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(here)
    assert run("import json; done(0); done(1); done(2)") == (3, Ending.DONE)
    assert [path.name for path in here.iterdir()] == ["json.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no ps")
def test_the_memory_of_a_process_is_told_where_the_system_has_no_folder_of_them() -> None:
    assert child_process._memory_as_told(os.getpid()) > 10 * _MEGABYTES  # noqa: SLF001 -- used where /proc is not
