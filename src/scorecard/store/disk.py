"""Writing so that a file is whole or absent: aside, flushed, then renamed. The one room for platform differences."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from pathlib import Path

_PIECE = 1 << 20


def write_whole(path: Path, data: bytes) -> None:
    """Put bytes in place of a file, so that a reader sees the old or the new and never a part.

    Each writer has an aside of its own: two that write the same file at once must not take each other's away.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_once(path: Path, data: bytes) -> None:
    """Put a file in place that always holds the same bytes, unless it is there already."""
    if path.exists():
        return
    try:
        write_whole(path, data)
    except PermissionError:
        # Windows does not replace a file that another writer has just put there and still holds open.
        if not path.exists():
            raise


def append_line(path: Path, line: str) -> None:
    """Put a line at the end of a file, on the disk before this returns; a line cut short before it ends there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell() and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n":
            line = f"\n{line}"
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def move_into_place(folder: Path, target: Path) -> None:
    """Give a finished folder its name; everything in it is on the disk before it has one."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            _flush(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(target)


def link_or_copy(source: Path, target: Path) -> None:
    """Have a file that never changes under another name too, at no cost where the file system knows how."""
    try:
        target.hardlink_to(source)
    except OSError:  # FAT, and many a network share
        shutil.copyfile(source, target)


def machine_name() -> str:
    """What this machine is called on its network."""
    return platform.node()


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
