"""One writer at a time: a small file that says who is writing, on which machine and since when."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scorecard.errors import StoreError
from scorecard.store import disk
from scorecard.store.by import NOBODY, By

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT, _EVERY = 10.0, 0.02
"""How many seconds another's writing is waited for, and how often it is looked."""
_KEY = "key"


class LeaseError(StoreError):
    """Another is writing into the store, or was when their program ended."""


@dataclass
class _Turn:
    """Whose turn it is within this process: threads wait for each other, and one that holds a lease may ask again."""

    lock: Any = field(default_factory=RLock)
    key: str = ""


_turns: dict[Path, _Turn] = {}


@contextmanager
def holding(path: Path, by: By) -> Iterator[bool]:
    """Be the one writer while this lasts; a `LeaseError` names who is. Readers need no lease and never wait.

    It says whether the lease is new: work that holds one may call on work that asks for it again.
    """
    turn = _turns.setdefault(path.resolve(), _Turn())
    if not turn.lock.acquire(timeout=_WAIT):
        raise _busy(path)
    is_new = not turn.key
    try:
        if is_new:
            turn.key = _acquire(path, by)
        yield is_new
    finally:
        if is_new:
            _release(path, turn.key)
            turn.key = ""
        turn.lock.release()


def must_hold(path: Path) -> None:
    """A `LeaseError` where the lease was taken over while its holder slept: they may not go on."""
    if _read(path).get(_KEY, "") != _turns[path.resolve()].key:
        raise LeaseError(
            f"Your lease was taken over; {_holder(path)} may be writing now.",
            remedy="Nothing of this command counts. Look at what is kept, and give the command again if it is needed.",
        )


def take_over(path: Path) -> By | None:
    """Break the lease of a holder who is gone, and say whose it was; nothing where there is none but ours."""
    if not path.exists() or _turns.get(path.resolve(), _Turn()).key:
        return None
    holder = _holder(path)
    disk.system.remove(path)
    return holder


def _acquire(path: Path, by: By) -> str:
    key = uuid4().hex
    until = time.monotonic() + _WAIT
    while not disk.create(path, json.dumps({**asdict(by), _KEY: key}).encode()):
        if time.monotonic() >= until:
            raise _busy(path)
        time.sleep(_EVERY)
    return key


def _release(path: Path, key: str) -> None:
    # What was written stays written, even where the lease cannot be put back; and another's lease is not ours to take.
    if key and _read(path).get(_KEY, "") == key:
        with suppress(OSError):
            disk.system.remove(path)


def _busy(path: Path) -> LeaseError:
    return LeaseError(
        f"{_holder(path)} is writing into this workspace.",
        remedy="Wait until they have finished. Where their program no longer runs, add --take-over.",
    )


def _holder(path: Path) -> By:
    try:
        return By(**{name: value for name, value in _read(path).items() if name != _KEY})
    except TypeError:
        return NOBODY


def _read(path: Path) -> dict[str, str]:
    """What a lease says; nothing where it is not there, or its holder stopped before writing it."""
    try:
        kept = json.loads(disk.read_whole(path) or b"{}")
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
