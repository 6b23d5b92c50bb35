"""Something slow to build, built by whichever test process wants it first and shared with the others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PATIENCE = 400.0
_PAUSE = 0.2


def built_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """The folder, once it has been built; the processes that come second wait for the first."""
    begun, done, failed = (folder.with_suffix(end) for end in (".begun", ".done", ".failed"))
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        _wait(done, failed)
        return folder
    try:
        build(folder)
    except BaseException as error:
        failed.write_text(str(error), encoding="utf-8")
        raise
    done.touch()
    return folder


def _wait(done: Path, failed: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not done.exists():
        if failed.exists():
            raise RuntimeError("building failed in another test process: " + failed.read_text(encoding="utf-8"))
        if time.monotonic() > until:
            message = f"{done} did not come about within {_PATIENCE:g} seconds"
            raise TimeoutError(message)
        time.sleep(_PAUSE)
