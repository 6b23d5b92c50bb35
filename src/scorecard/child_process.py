"""Work given to a process of its own, which is stopped when it takes too long or fills the memory.

With `store.disk` the only room for what differs from one system to another.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

READY = "ready"
"""The file a child leaves in its folder when it has loaded what it needs; its time counts from then."""

_SECONDS_TO_START = 60.0
_SECONDS_BETWEEN_LOOKS = 0.004
_SECONDS_BETWEEN_WEIGHINGS = 0.1
_WAS_REFUSED_MEMORY = -signal.SIGABRT
"""How a library written in Rust or C++ ends its process where the system gives it no more (`limit_own_memory`)."""


class Ending(Enum):
    """How a child came to its end."""

    DONE = auto()
    TOO_SLOW = auto()
    TOO_LARGE = auto()
    BROKEN = auto()


@dataclass(frozen=True)
class Limits:
    """What a child may take: seconds for each of its tasks, bytes of memory in all."""

    seconds: Sequence[float]
    memory: int


def result_of(folder: Path, task: int) -> Path:
    """The file a child puts in place when a task is done; it is there whole or not at all."""
    return folder / f"{task}.json"


def work_off(module: str, folder: Path, limits: Limits) -> tuple[int, Ending]:
    """Have a module of ours do its tasks in a folder, one after another: how many are done, and how it ended."""
    # -P: a file called like a module of ours in the folder one happens to stand in is not run.
    words = [sys.executable, "-P", "-m", module, str(folder)]
    quiet = subprocess.DEVNULL
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, creationflags=no_window) as child:  # noqa: S603 -- ours
        try:
            return _watched(child, folder, limits)
        finally:
            child.kill()


def _watched(child: subprocess.Popen[bytes], folder: Path, limits: Limits) -> tuple[int, Ending]:
    done, waited_for = 0, folder / READY
    until = monotonic() + _SECONDS_TO_START
    weigh_at = monotonic() + _SECONDS_BETWEEN_WEIGHINGS
    started = False
    while True:
        ended = child.poll() is not None  # asked before the file, which is there once the child has ended well
        if waited_for.exists():
            done, started = done + started, True
            if done == len(limits.seconds):
                return done, Ending.DONE
            waited_for, until = result_of(folder, done), monotonic() + limits.seconds[done]
        elif ended:
            return done, Ending.TOO_LARGE if child.returncode == _WAS_REFUSED_MEMORY else Ending.BROKEN
        elif monotonic() > until:
            return done, Ending.TOO_SLOW
        elif monotonic() > weigh_at:
            if _memory_of(child) > limits.memory:
                return done, Ending.TOO_LARGE
            weigh_at = monotonic() + _SECONDS_BETWEEN_WEIGHINGS
        else:
            sleep(_SECONDS_BETWEEN_LOOKS)


def limit_own_memory(most: int) -> None:
    """What a child does first: where the system can, it is stopped by it as well, however fast it grows.

    Addresses are counted here, of which a program takes about twice what it fills.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- Windows has none

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (2 * most, 2 * most))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            ("most_resident", ctypes.c_size_t),
            ("resident", ctypes.c_size_t),
            *((f"pool_{number}", ctypes.c_size_t) for number in range(4)),
            ("committed", ctypes.c_size_t),
            ("most_committed", ctypes.c_size_t),
        )

    def _memory_of(child: subprocess.Popen[bytes]) -> int:
        counters = _Counters()
        counters.size = ctypes.sizeof(counters)
        handle = wintypes.HANDLE(int(child._handle))  # noqa: SLF001 -- the process we started
        ctypes.windll.kernel32.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
        return int(counters.committed)

else:

    def _memory_of(child: subprocess.Popen[bytes]) -> int:
        try:
            pages = int(Path(f"/proc/{child.pid}/statm").read_text(encoding="ascii").split()[1])
        except (OSError, IndexError):
            return _memory_as_told(child.pid)
        return pages * os.sysconf("SC_PAGE_SIZE")


def _memory_as_told(process: int) -> int:
    """What `ps` says, where the system shows its processes in no folder; it counts in kilobytes."""
    words = ["ps", "-o", "rss=", "-p", str(process)]
    told = subprocess.run(words, check=False, capture_output=True, text=True, encoding="ascii")  # noqa: S603 -- ours
    return int(told.stdout.strip() or 0) * 1024
