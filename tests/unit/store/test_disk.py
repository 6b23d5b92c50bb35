"""A file or folder is whole or absent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

import pytest

from scorecard.store import disk
from scorecard.store.disk import move_into_place, sha256, write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    write_whole(path, b"old and longer")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_a_write_that_fails_leaves_the_old_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scorecard.store.disk.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_folder_gets_its_name_only_once_its_files_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, target = tmp_path / ".aside", tmp_path / "deep" / "target"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "file").write_bytes(b"x")

    class Watched(disk.System):
        done: ClassVar[list[tuple[str, str]]] = []

        def flush(self, path: Path) -> None:
            self.done.append(("flush", path.name))

        def flush_folder(self, folder: Path) -> None:
            self.done.append(("flush", folder.name))

        def rename(self, path: Path, target: Path) -> None:
            self.done.append(("rename", target.name))
            super().rename(path, target)

    monkeypatch.setattr(disk, "system", Watched())
    move_into_place(folder, target)
    inside = [("flush", "file"), ("flush", "inner"), ("flush", ".aside")]
    assert Watched.done == [*inside, ("flush", tmp_path.name), ("rename", "target"), ("flush", "deep")]
    assert (target / "inner" / "file").read_bytes() == b"x"
    assert not folder.exists()


def test_a_fingerprint_is_that_of_the_bytes_however_long(tmp_path: Path) -> None:
    for data in (b"", b"x", b"long" * 1_000_000):
        (tmp_path / "file").write_bytes(data)
        assert sha256(tmp_path / "file") == hashlib.sha256(data).hexdigest()
