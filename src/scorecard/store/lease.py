"""One writer at a time: a small file that says who is writing, on which machine and since when."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from scorecard.errors import StoreError
from scorecard.store.by import NOBODY, By

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT, _EVERY = 10.0, 0.02
"""How many seconds another's writing is waited for, and how often it is looked."""

_held: set[Path] = set()
"""The leases this process holds: a command that holds one may call on work that asks for it again."""


class LeaseError(StoreError):
    """Another is writing into the store, or was when their program ended."""


@contextmanager
def holding(path: Path, by: By) -> Iterator[None]:
    """Be the one writer while this lasts; a `LeaseError` names who is. Readers need no lease and never wait."""
    if path in _held:
        yield
        return
    _acquire(path, by)
    _held.add(path)
    try:
        yield
    finally:
        _held.discard(path)
        path.unlink(missing_ok=True)


def take_over(path: Path) -> By:
    """Break a lease whose holder is gone, and say whose it was; `NOBODY` where there is none."""
    holder = _holder(path)
    path.unlink(missing_ok=True)
    return holder


def _acquire(path: Path, by: By) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + _WAIT
    while True:
        try:
            made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except (FileExistsError, PermissionError) as error:  # Windows denies what another is just taking away
            if time.monotonic() < until:
                time.sleep(_EVERY)
                continue
            raise LeaseError(
                f"{_holder(path)} is writing into this workspace.",
                remedy="Wait until they have finished. Where their program no longer runs, add --take-over.",
            ) from error
        os.write(made, json.dumps(asdict(by)).encode())
        os.close(made)
        return


def _holder(path: Path) -> By:
    try:
        return By(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return NOBODY
