"""Writing so that a file is whole or absent: aside, flushed, then renamed. The one room for platform differences."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PIECE = 1 << 20


def write_whole(path: Path, data: bytes) -> None:
    """Put bytes in place of a file, so that a reader sees the old or the new and never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def move_into_place(folder: Path, target: Path) -> None:
    """Give a finished folder its name; everything in it is on the disk before it has one."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            _flush(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(target)


def sha256(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    # Windows flushes only a file opened for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
