"""CSV files, as case systems, spreadsheets and people write them."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.piece import HEAD_ROWS, ROW, Cells, UnreadableError, sql_name, sql_text

if TYPE_CHECKING:
    import _csv
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DELIMITERS = ",;\t|"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD_BYTES = 200_000
_BATCH = 20_000
_REFUSED = "\0"
_END = "\0the end\0"
"""A line put after the last: it is a row of its own unless a quotation mark is still open."""
_GLOB = "*?["
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")


def open_delimited(path: Path) -> tuple[DelimitedPiece, list[Finding]]:
    """A CSV file ready to be read, and what is to be said about its encoding."""
    raw = path.read_bytes()
    encoding = _encoding(path.name, raw)
    findings = [] if encoding.startswith("utf") else [_not_utf_8(path.name)]
    return DelimitedPiece(path, raw, encoding), findings


def _encoding(file: str, raw: bytes) -> str:
    """UTF-8 with or without a mark at its beginning, UTF-16 with one, or else Windows-1252."""
    if raw.startswith(_UTF_16):
        return "utf-16"
    if raw.startswith(b"PK\x03\x04") or b"\0" in raw[:_HEAD_BYTES]:
        raise UnreadableError(_no_text(file))
    try:
        codecs.utf_8_decode(raw, "strict", True)
    except UnicodeDecodeError:
        return _windows_1252(file, raw)
    return "utf-8-sig"


def _windows_1252(file: str, raw: bytes) -> str:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(_unknown_encoding(file, row)) from None
    return "cp1252"


@dataclass
class _Spoilt:
    """The numbers of the rows that cannot be taken apart, by what is wrong with them."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)

    def findings(self, file: str) -> list[Finding]:
        return [
            *_ragged(file, self.short, "fewer"),
            *_ragged(file, self.long, "more"),
            *(_unclosed(file, row) for row in self.unclosed),
        ]


@dataclass(frozen=True)
class DelimitedPiece:
    """One CSV file."""

    path: Path
    raw: bytes
    encoding: str

    @property
    def label(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @cached_property
    def _delimiter(self) -> str:
        first = next((line for line in self._text(_HEAD_BYTES).splitlines() if line.strip()), "")
        return max(DELIMITERS, key=first.count)

    @cached_property
    def head(self) -> tuple[Cells, ...]:
        """The first rows."""
        rows = csv.reader(io.StringIO(self._text(_HEAD_BYTES), newline=""), delimiter=self._delimiter)
        head = [tuple(cell.strip() for cell in row) for row, _ in zip(_unspoilt(rows), range(HEAD_ROWS), strict=False)]
        return tuple(head) if any(any(row) for row in head) else ()

    def _text(self, first: int | None = None) -> str:
        return self.raw[:first].decode(self.encoding, errors="ignore" if first else "strict")

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """The engine reads a well-made file by itself; what it stumbles over is read again, row by row."""
        if self._plain(header_row):
            try:
                connection.execute(self._sql(into, columns, header_row))
            except duckdb.Error:
                connection.execute(f"DROP TABLE IF EXISTS {into}")
            else:
                return []
        return self._row_by_row(connection, into, columns, header_row)

    def _plain(self, header_row: int) -> bool:
        """Whether the engine counts the same rows as we do: UTF-8, no blank lines, a header on lines of its own."""
        if self.encoding != "utf-8-sig" or any(blank in self.raw for blank in _BLANK_LINES):
            return False
        if any(mark in str(self.path) for mark in _GLOB):
            return False
        return not any("\n" in cell for row in self.head[:header_row] for cell in row)

    def _sql(self, into: str, columns: Mapping[str, int], header_row: int) -> str:
        width = len(self.head[header_row - 1])
        types = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
        wanted = ", ".join(f"c{place} AS {sql_name(name)}" for name, place in columns.items())
        # Names of the contract and the path of the file; records are read by the engine itself.
        return (
            f"CREATE TEMP TABLE {into} AS SELECT row_number() OVER () + {header_row} AS {ROW}, {wanted}"
            f" FROM read_csv({sql_text(str(self.path))}, header = false, skip = {header_row}, auto_detect = false,"
            f" columns = {{{types}}}, delim = {sql_text(self._delimiter)}, quote = '\"', escape = '\"',"
            f" max_line_size = 16777216)"
        )

    def _row_by_row(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        names = ", ".join(f"{sql_name(name)} VARCHAR" for name in columns)
        connection.execute(f"CREATE TEMP TABLE {into} ({ROW} BIGINT, {names})")
        spoilt = _Spoilt()
        kept = self._whole_rows(len(self.head[header_row - 1]), header_row, spoilt)
        marks = ", ".join("unnest(?)" for _ in range(len(columns) + 1))
        for batch in _batches(kept):
            numbers = [number for number, _ in batch]
            values = [[cells[place] for _, cells in batch] for place in columns.values()]
            connection.execute(f"INSERT INTO {into} SELECT {marks}", [numbers, *values])
        return spoilt.findings(self.label)

    def _whole_rows(self, width: int, header_row: int, spoilt: _Spoilt) -> Iterator[tuple[int, list[str]]]:
        """The rows with as many cells as the header; the numbers of the others are noted."""
        lines = chain(io.StringIO(self._text(), newline=""), (_END,))
        for number, cells in enumerate(_unspoilt(csv.reader(lines, delimiter=self._delimiter)), 1):
            if cells and cells[-1].endswith(_END):
                spoilt.unclosed += [] if cells == [_END] else [number]
                return
            if number <= header_row or not any(cells):
                continue
            if len(cells) < width:
                spoilt.short.append(number)
            elif any(cell.strip() for cell in cells[width:]):
                spoilt.long.append(number)
            else:
                yield number, cells


def _unspoilt(rows: _csv.Reader) -> Iterator[list[str]]:
    """The rows of a CSV file, one that the reader itself refuses as a row of one cell."""
    while True:
        before = rows.line_num
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            # A cell that outgrows the reader over many lines is what an open quotation mark makes of a long file.
            yield [_END + _END if rows.line_num - before > 1 else _REFUSED]


def _batches(rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    batch: list[tuple[int, list[str]]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _ragged(file: str, rows: list[int], than: str) -> list[Finding]:
    if not rows:
        return []
    return [
        Finding(
            "ragged_row",
            Severity.BLOCK,
            f"A row has {than} cells than the header, so its values may stand in the wrong columns.",
            "Put quotation marks round text that holds commas, quotation marks or line breaks, and export again.",
            file,
            Rows(tuple(rows[:SHOWN_ROWS]), len(rows)),
        ),
    ]


def _unclosed(file: str, row: int) -> Finding:
    return Finding(
        "open_quotation",
        Severity.BLOCK,
        f"A quotation mark is opened in row {row} and never closed; the rows after it were not read.",
        "Close the quotation mark or take it out, or export the file again.",
        file,
        Rows((row,), 1),
    )


def _not_utf_8(file: str) -> Finding:
    return Finding(
        "encoding",
        Severity.NOTE,
        "The file is not written in UTF-8; it was read as Windows-1252.",
        "Save it as “CSV UTF-8” if letters with accents come out wrong.",
        file,
    )


def _no_text(file: str) -> Finding:
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The file is called CSV but holds no text.",
        "Export it again as CSV, or give it the ending of what it is (such as .xlsx).",
        file,
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
