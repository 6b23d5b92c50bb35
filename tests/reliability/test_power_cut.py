"""R2: wherever the power goes, the store is found as it was before or as it is after, and never half."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from kept import OCTOBER, TornError, freeze, hand_over, left, present, stands, take, workspace_in
from power_cuts import Recording, lay_out, recorded
from ring import DEEP

from scorecard.store import disk, months, snapshots
from scorecard.store.ledger import Act, Ledger
from scorecard.store.months import Months
from scorecard.work import freeze as freezing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from power_cuts import Cut

    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace

ONE_OF = 1 if DEEP else 20
"""Of so many states the next writer goes on from one: that takes the longest."""
ROOMS = ("2021-11-30-", "2021-10/")


class Forgetful(disk.System):
    """A disk whose flushing costs nothing: for the writer who goes on after a cut, which is not what is tried."""

    def flush(self, path: Path) -> None:
        """Nothing."""

    def flush_folder(self, folder: Path) -> None:
        """Nothing."""


def _cuts(tmp_path: Path, takes: tuple[int, ...] = (1, 2, 1), freezes: tuple[int, ...] = (1, 2)) -> list[Cut]:
    """Every state that a cut can leave while extracts come, the first once more, and freezes with a workbook each."""
    workspace = workspace_in(tmp_path / "workspace")
    store = workspace.store
    store.folder.mkdir()
    with recorded(store.folder) as recording:
        for number in takes:
            recording.trying(f"2021-11-30-{number:08d}")
            recording.done(take(store, number))
        for number in freezes:
            recording.trying(f"2021-10/{number}")
            recording.done(freeze(workspace, number))
            recording.trying(f"supplied/2021-10/fostering/{number}")
            recording.done(hand_over(store, number, tmp_path))
    return list(recording.cuts.values())


def _faults(cuts: list[Cut], tmp_path: Path, one_of: int = 0) -> Iterator[str]:
    for number, cut in enumerate(cuts):
        found = workspace_in(tmp_path / f"found-{number}")
        lay_out(cut.tree, found.store.folder)
        try:
            there, standing = present(found.store), stands(found.store)
        except (TornError, OSError, ValueError, KeyError) as error:
            yield repr(error)
            continue
        if not set(cut.done) <= there <= set(cut.tried):
            yield f"{sorted(there)} are there, {cut.done} were done, {cut.tried} tried"
        for room in ROOMS:
            if (last := _last(cut.done, room)) and not standing & {last, _last(cut.tried, room)}:
                yield f"{standing} counts, {last} was done last"
        if one_of and number % one_of == 0:
            _goes_on(found, there)


def _last(names: tuple[str, ...], room: str) -> str | None:
    return next((name for name in reversed(names) if name.startswith(room)), None)


def _goes_on(found: Workspace, there: set[str]) -> None:
    """The next writer finishes, keeps what was there and leaves nothing of the one before."""
    with patch.object(disk, "system", Forgetful()):
        found.store.take_over()
        new = {take(found.store, 99), freeze(found, 99)}
    assert present(found.store) == there | new
    assert stands(found.store) == new
    assert left(found.store) == []


@pytest.mark.deep
def test_every_state_a_power_cut_can_leave_is_whole_and_the_next_writer_goes_on(tmp_path: Path) -> None:
    cuts = _cuts(tmp_path)
    assert len(cuts) > 900
    assert list(_faults(cuts, tmp_path, ONE_OF)) == []


# Protocols that are wrong, each by one step: that the test finds each of them is why it can be believed.


def _nothing(*_: object) -> None:
    pass


def _name_before_bytes(path: Path, data: bytes, beside: Path | None = None) -> None:
    aside = (beside or path.parent) / f".{path.name}"
    disk.make_folder(path.parent)
    disk.system.write(aside, data)
    disk.system.rename(aside, path)
    disk.system.flush(path)
    disk.system.flush_folder(path.parent)


def _no_folder_after_name(path: Path, data: bytes, beside: Path | None = None) -> None:
    aside = (beside or path.parent) / f".{path.name}"
    disk.make_folder(path.parent)
    disk.system.write(aside, data)
    disk.system.flush(aside)
    disk.system.rename(aside, path)


def _manifest_with_the_rest(aside: Path, target: Path, manifest: str, data: bytes) -> None:
    (aside / manifest).write_bytes(data)
    disk.system.rename(aside, target)
    for path in target.rglob("*"):
        disk.system.flush_folder(path) if path.is_dir() else disk.system.flush(path)
    disk.system.flush_folder(target)
    disk.system.flush_folder(target.parent)


def _manifest_before_bytes(aside: Path, target: Path, manifest: str, data: bytes) -> None:
    disk.system.rename(aside, target)
    disk.system.flush_folder(target.parent)
    disk.write_whole(target / manifest, data)


def _pointer_before_month(aside: Path, target: Path, manifest: str, data: bytes) -> None:
    kept = {"revision": int(target.name), "manifest": hashlib.sha256(data).hexdigest(), "approved_by": "", "why": ""}
    disk.write_whole(target.parent / "current.json", json.dumps(kept).encode())
    disk.keep_folder(aside, target, manifest, data)


def _ledger_before_month(aside: Path, target: Path, manifest: str, data: bytes) -> None:
    told = {"manifest": hashlib.sha256(data).hexdigest()}
    Ledger(target.parents[2] / "ledger.jsonl").add(Act.FROZEN, f"{OCTOBER}/{target.name}", told=told)
    disk.keep_folder(aside, target, manifest, data)


def _pointer_before_ledger(ledger: Ledger, act: Act, kept: FrozenMonth) -> None:
    Months(kept.folder.parents[1]).let_count(kept)
    ledger.add(act, kept.name, told={"manifest": disk.sha256(kept.manifest)})


def _line_not_flushed(path: Path, line: str) -> None:
    disk.system.append(path, f"{line}\n".encode())


def _pointer_in_place(path: Path, data: bytes, _beside: Path | None = None) -> None:
    disk.make_folder(path.parent)
    disk.system.write(path, data)
    disk.system.flush(path)
    disk.system.flush_folder(path.parent)


def _wrong() -> dict[str, AbstractContextManager[Any]]:
    return {
        "no file is flushed": patch.object(Recording, "flush", _nothing),
        "no folder is flushed": patch.object(Recording, "flush_folder", _nothing),
        "a file has its name before its bytes": patch.object(disk, "write_whole", _name_before_bytes),
        "a name is not flushed": patch.object(disk, "write_whole", _no_folder_after_name),
        "a manifest lies among what is not flushed": patch.object(snapshots, "keep_folder", _manifest_with_the_rest),
        "a manifest comes before the bytes it seals": patch.object(months, "keep_folder", _manifest_before_bytes),
        "a month counts before it is there": patch.object(months, "keep_folder", _pointer_before_month),
        "the ledger tells of a month before it is there": patch.object(months, "keep_folder", _ledger_before_month),
        "a month counts before the ledger tells of it": patch.object(freezing, "note_kept", _pointer_before_ledger),
        "the ledger's line is not flushed": patch("scorecard.store.ledger.append_line", _line_not_flushed),
        "a pointer is written over": patch.object(months, "write_whole", _pointer_in_place),
    }


@pytest.mark.parametrize("wrong", _wrong())
def test_a_wrong_protocol_is_caught(wrong: str, tmp_path: Path) -> None:
    with _wrong()[wrong]:
        cuts = _cuts(tmp_path, (1, 2), (1,))
    assert next(_faults(cuts, tmp_path), None)
