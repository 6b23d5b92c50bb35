"""A first look through a text file, a piece at a time: its encoding, and whether its lines are those of a table."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Rows, Severity
from scorecard.contract.sources.piece import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 1_000_000_000
"""How large a text file may be; the visits of fifteen years in a large county take a fifth of it."""
MOST_IN_A_LINE = 1 << 24
"""How long a line may be, in bytes of UTF-8; what the engine takes as well."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP = b"PK\x03\x04"
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
_LONGEST_BLANK = 3
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Looked:
    """What was seen: the encoding, and whether there are blank lines."""

    encoding: str
    blank_lines: bool


def look_through(path: Path) -> Looked:
    """UTF-8 with or without a mark at its beginning, UTF-16 with one, or else Windows-1252; or it is refused."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(_too_large(path.name))
    with path.open("rb") as file:
        beginning = file.read(len(_ZIP))
    if beginning == _ZIP:
        raise UnreadableError(_no_text(path.name, 1))
    if beginning.startswith(_UTF_16):
        return Looked("utf-16", _Lines(path, "utf-16").blank)
    try:
        return Looked("utf-8-sig", _Lines(path, "utf-8").blank)
    except UnicodeDecodeError:
        return Looked("cp1252", _Lines(path, "cp1252").blank)


class _Lines:
    """The lines of a file in one encoding."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.blank = False
        self._file = path.name
        self._encoding = encoding
        self._passed = 0
        self._unfinished = 0
        self._last = b""
        for chunk in self._chunks(path):
            self._look(chunk)

    def _chunks(self, path: Path) -> Iterator[bytes]:
        """The file as UTF-8 or Windows-1252, once it is seen to be what it is taken for."""
        decoder = codecs.getincrementaldecoder(self._encoding)()
        with path.open("rb") as file:
            while True:
                chunk = file.read(_CHUNK)
                try:
                    text = decoder.decode(chunk, not chunk)
                except UnicodeDecodeError as error:
                    if self._encoding == "utf-8":
                        raise
                    row = self._passed + error.object[: error.start].count(b"\n") + 1
                    raise UnreadableError(_unknown_encoding(self._file, row)) from None
                if not chunk:
                    return
                yield text.encode() if self._encoding == "utf-16" else chunk

    def _look(self, chunk: bytes) -> None:
        if (at := chunk.find(b"\0")) >= 0:
            raise UnreadableError(_no_text(self._file, self._passed + chunk.count(b"\n", 0, at) + 1))
        ends = [end for end in (chunk.find(b"\n"), chunk.find(b"\r")) if end >= 0]
        if self._unfinished + min(ends, default=len(chunk)) > MOST_IN_A_LINE:
            raise UnreadableError(too_long(self._file, self._passed + 1))
        seam = self._last + chunk[:_LONGEST_BLANK]
        self.blank = self.blank or any(blank in seam or blank in chunk for blank in _BLANK_LINES)
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._unfinished = len(chunk) - last - 1 if ends else self._unfinished + len(chunk)
        self._passed += chunk.count(b"\n") or chunk.count(b"\r")
        self._last = chunk[-_LONGEST_BLANK:]


def too_long(file: str, row: int) -> Finding:
    """A line that is longer, or has more cells, than a record can have."""
    return Finding(
        "too_large",
        Severity.BLOCK,
        "A line is longer, or has more columns, than a table of records can have; the file was not read.",
        "Export it again as a table, with a line for each record.",
        file,
        Rows((row,), 1),
    )


def _too_large(file: str) -> Finding:
    return Finding(
        "too_large",
        Severity.BLOCK,
        f"The file is larger than {MOST_BYTES // 1_000_000} megabytes, and was not opened.",
        "Give it in several files with the same header, or as Parquet.",
        file,
    )


def _no_text(file: str, row: int) -> Finding:
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The file is called CSV but holds no text.",
        "Export it again as CSV, or give it the ending of what it is (such as .xlsx).",
        file,
        Rows((row,), 1),
    )


def _unknown_encoding(file: str, row: int) -> Finding:
    return Finding(
        "encoding",
        Severity.BLOCK,
        "The file is written neither in UTF-8 nor in Windows-1252.",
        "Save it as “CSV UTF-8”.",
        file,
        Rows((row,), 1),
    )
