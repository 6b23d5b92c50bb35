"""R7: one flipped bit in any kept file is named by `verify` (reliability.md)."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING

from kept_store import kept_store

from scorecard.work.progress import Silence
from scorecard.work.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from scorecard.work.workspace import Workspace

FLIPS = 10_000 if os.environ.get("SCORECARD_DEEP") else 500


def test_one_flipped_bit_in_any_kept_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, chance = kept_store(tmp_path, monkeypatch), Random(7)  # noqa: S311 - any bit will do
    store = workspace.store.folder
    files = [path for path in sorted(store.rglob("*")) if path.is_file() and path.stat().st_size]
    rooms = {path.relative_to(store).parts[0] for path in files}
    assert rooms == {"snapshots", "months", "rules", "supplied", "imported", "issued", "ledger.jsonl"}
    assert verify(workspace, Silence(), quick=True).faults == ()
    # Each small file, the pointers and manifests among them, comes up as often as a large one.
    tried = [files[number % len(files)] for number in range(FLIPS)]
    missed = [(path, place) for path in tried if (place := _missed(workspace, path, chance)) is not None]
    assert missed == []
    assert verify(workspace, Silence(), quick=True).faults == ()


def _missed(workspace: Workspace, path: Path, chance: Random) -> int | None:
    """Flip one bit, and put it back; its place, where no fault names the file."""
    whole = path.read_bytes()
    place = chance.randrange(len(whole) * 8)
    path.write_bytes(whole[: place // 8] + bytes([whole[place // 8] ^ 1 << place % 8]) + whole[place // 8 + 1 :])
    try:
        named = {fault.path for fault in verify(workspace, Silence(), quick=True).faults}
    finally:
        path.write_bytes(whole)
    return None if path.relative_to(workspace.store.folder).as_posix() in named else place
