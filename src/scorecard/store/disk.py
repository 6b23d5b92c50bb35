"""Writing so that a file or a folder is whole or absent, also after a power cut. The one room for platform differences.

Whatever is kept goes aside, is flushed, gets its name, and the folder that holds the name is flushed: only then is it
there. docs/explanation/what-is-kept-stays.md says why, and what a network share adds to it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

if sys.platform == "darwin":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Answer = TypeVar("Answer")

_PIECE = 1 << 20
_WINDOWS = os.name == "nt"
_opened_folder = os.open
_PAUSES = (0.01, 0.05, 0.2, 0.5, 1.0)
"""How long Windows is given each time to let go of a file that a reader or a virus scanner holds open."""
_NO_FOLDERS_FLUSHED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EISDIR}
"""How file systems, those of some shares among them, say that they flush no folder."""


class System:
    """All that writing asks of the machine: one place where tests let it fail, stop or be written down."""

    def make(self, folder: Path) -> None:
        """Make one folder."""
        folder.mkdir(exist_ok=True)

    def create(self, path: Path, data: bytes) -> None:
        """Make a file that must not be there yet; a `FileExistsError` where it is."""
        with path.open("xb") as file:
            file.write(data)

    def write(self, path: Path, data: bytes) -> None:
        """Write a file, not yet safely."""
        path.write_bytes(data)

    def append(self, path: Path, data: bytes) -> None:
        """Write at the end of a file, not yet safely."""
        with path.open("ab") as file:
            file.write(data)

    def cut(self, path: Path, size: int) -> None:
        """Take away what is behind the first bytes of a file."""
        os.truncate(path, size)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name."""
        target.hardlink_to(source)

    def copy(self, source: Path, target: Path) -> None:
        """Write a file's bytes once more, not yet safely."""
        shutil.copyfile(source, target)

    def flush(self, path: Path) -> None:
        """Have a file's bytes on the disk; Windows does that only for a file opened for writing."""
        with path.open("rb+") as file:
            _flush(file.fileno())

    def flush_folder(self, folder: Path) -> None:
        """Have the names in a folder on the disk. Windows offers no such thing: its own journal keeps their order."""
        if _WINDOWS:
            return
        opened = _opened_folder(folder, os.O_RDONLY)
        try:
            _flush(opened)
        except OSError as error:
            if error.errno not in _NO_FOLDERS_FLUSHED:
                raise
        finally:
            os.close(opened)

    def rename(self, path: Path, target: Path) -> None:
        """Give a file or folder another name; a file of that name is replaced, a folder that holds something is not."""
        _patiently(lambda: path.replace(target))

    def remove(self, path: Path) -> None:
        """Take a file, or a folder with all it holds, away."""
        _patiently(lambda: shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True))


system = System()


def write_whole(path: Path, data: bytes, beside: Path | None = None) -> None:
    """Put bytes in place of a file, so that a reader sees the old or the new and never a part.

    Each writer has an aside of its own, in the same folder or `beside` it: two that write the same file at once must
    not take each other's away.
    """
    make_folder(path.parent)
    aside = (beside or path.parent) / f".{path.name}.{uuid4().hex[:8]}"
    try:
        system.write(aside, data)
        system.flush(aside)
        system.rename(aside, path)
    except BaseException:
        with suppress(OSError):
            system.remove(aside)
        raise
    system.flush_folder(path.parent)


def write_once(path: Path, data: bytes, beside: Path | None = None) -> None:
    """Put a file in place that always holds the same bytes, unless it is there already."""
    if path.exists():
        return
    try:
        write_whole(path, data, beside)
    except PermissionError:
        # Windows does not replace a file that another writer has just put there and still holds open.
        if not path.exists():
            raise


def read_whole(path: Path) -> bytes | None:
    """A small file that others replace as a whole; nothing where there is none."""
    try:
        return _patiently(path.read_bytes)
    except FileNotFoundError:
        return None


def create(path: Path, data: bytes) -> bool:
    """Make a file only if nobody else has; whether it was us."""
    make_folder(path.parent)
    try:
        system.create(path, data)
    except FileExistsError:
        return False
    except OSError as error:
        if _WINDOWS and isinstance(error, PermissionError) and path.exists():
            return False  # somebody is just taking theirs away
        with suppress(OSError):
            system.remove(path)
        raise
    return True


def append_line(path: Path, line: str) -> None:
    """Put a line at the end of a file, on the disk before this returns; a line cut short before it ends there.

    A line that cannot be written whole is taken back: nothing is said to be done that was not.
    """
    make_folder(path.parent)
    size = path.stat().st_size if path.exists() else None
    begun = "\n" if size and _last_byte(path) != b"\n" else ""
    try:
        system.append(path, f"{begun}{line}\n".encode())
        system.flush(path)
        if size is None:
            system.flush_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            system.cut(path, size or 0)
        raise


@contextmanager
def aside_for(target: Path) -> Iterator[Path]:
    """A folder to write into beside what it will become; gone afterwards, unless it was given its name."""
    make_folder(target.parent)
    aside = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        system.make(aside)
        yield aside
    finally:
        if aside.exists():
            with suppress(OSError):
                system.remove(aside)


def keep_folder(aside: Path, target: Path, manifest: str, data: bytes) -> None:
    """Give a finished folder its name, and then its manifest: a folder without one is nothing, wherever it comes from.

    So it does not matter whether a share moves a folder at once or file by file.
    """
    move_into_place(aside, target)
    try:
        write_whole(target / manifest, data)
    except BaseException:
        with suppress(OSError):
            system.remove(target / manifest)
            system.remove(target)
        raise


def move_into_place(folder: Path, target: Path) -> None:
    """Give a finished folder its name; everything in it is on the disk before it has one."""
    held = sorted(folder.rglob("*"))
    for path in held:
        if not path.is_dir():
            system.flush(path)
    for path in (*(path for path in reversed(held) if path.is_dir()), folder):
        system.flush_folder(path)
    make_folder(target.parent)
    system.rename(folder, target)
    system.flush_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Have a folder, and those above it, on the disk."""
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        system.make(missing)
        system.flush_folder(missing.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """Have a file that never changes under another name too, at no cost where the file system knows how."""
    try:
        system.link(source, target)
    except OSError:  # FAT, and many a network share
        system.copy(source, target)


def machine_name() -> str:
    """What this machine is called on its network."""
    return platform.node()


def is_open_to_others(path: Path) -> bool | None:
    """Whether others of this machine may read or enter it; not known on Windows, where lists of rights say so."""
    return None if _WINDOWS else bool(path.stat().st_mode & 0o077)


def free_bytes(folder: Path) -> int:
    """How much may still be written where a folder lies."""
    return shutil.disk_usage(folder).free


def file_system(folder: Path) -> str:
    """The kind of file system a folder lies on, such as ext4 or cifs; empty where the system does not tell."""
    if str(folder.resolve()).startswith("\\\\"):
        return "share"
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    mounts = {fields[1].replace("\\040", " "): fields[2] for fields in map(str.split, lines)}
    above = (str(path) for path in (folder.resolve(), *folder.resolve().parents))
    return next((mounts[path] for path in above if path in mounts), "")


def is_encrypted(folder: Path) -> bool | None:
    """Whether the disk below a folder is encrypted by Linux; nothing where that cannot be told without more rights."""
    device = folder.stat().st_dev
    try:
        below = [Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}").resolve(strict=True)]
        while below:
            block = below.pop()
            name = block / "dm" / "uuid"
            if name.exists() and name.read_text(encoding="utf-8").startswith("CRYPT-"):
                return True
            below += [one.resolve() for one in (block / "slaves").glob("*")]
    except (OSError, AttributeError):  # neither Windows nor macOS has these
        return None
    return None  # a drive, a host or a storage may encrypt by itself


def sha256(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":
        # There fsync stops at the drive's own memory; a share knows only fsync.
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _patiently(act: Callable[[], Answer]) -> Answer:
    for pause in _PAUSES:
        try:
            return act()
        except PermissionError:
            if not _WINDOWS:
                raise
            time.sleep(pause)
    return act()
