"""ZIP files, as workbooks are: refused before anything is unpacked if they would grow too large."""

from __future__ import annotations

import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_FILE_BYTES = 200_000_000
"""How large a workbook may be as it is."""
MOST_BYTES = 1_000_000_000
"""How large a workbook may be when unpacked."""
MOST_PARTS = 1_000
"""How many parts it may have."""
MOST_RATIO = 100
"""How many times a part of it may grow when unpacked, once it is large."""
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, RuntimeError, ValueError)
"""What a damaged or hostile file raises when its parts are read."""
_LARGE = 20_000_000
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_LONGEST_NAME = 60


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The parts of a ZIP file, none of which is unpacked yet."""
    if path.stat().st_size > MOST_FILE_BYTES:
        raise UnreadableError(too_large(path.name, f"more than {MOST_FILE_BYTES // 1_000_000} megabytes"))
    if _parts_told(path) > MOST_PARTS:
        raise UnreadableError(too_large(path.name, f"more than {MOST_PARTS:,} parts"))
    with zipfile.ZipFile(path) as parts:
        _refuse_bombs(path.name, parts)
        yield parts


def _parts_told(path: Path) -> int:
    """How many parts the file says it has, which is asked before the library makes room for each of them."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LONGEST_COMMENT - _END_BYTES))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        return 0
    (parts, list_bytes) = struct.unpack_from("<HI", tail, at + 10)
    # The list may hold more than is told; a part takes 46 bytes of it, and its name some more.
    return max(int(parts), int(list_bytes) // 1_000)


def _refuse_bombs(file: str, parts: zipfile.ZipFile) -> None:
    whole = 0
    for part in parts.infolist():
        whole += part.file_size
        grows = part.file_size > _LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        if grows or whole > MOST_BYTES:
            raise UnreadableError(too_large(file, f"with its part {part.filename[:_LONGEST_NAME]}"))


def too_large(file: str, why: str) -> Finding:
    """A workbook that was not opened."""
    return Finding(
        "too_large",
        Severity.BLOCK,
        f"The workbook is too large, or would grow too large when unpacked ({why}); it was not read.",
        "Give the tables as CSV files, one each.",
        file,
    )
