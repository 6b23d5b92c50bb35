"""CSV files, as case systems, spreadsheets and people write them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.piece import HEAD_ROWS, MOST_COLUMNS, ROW, Cells, UnreadableError, sql_name, sql_text
from scorecard.contract.sources.text_look import look_through, too_long

if TYPE_CHECKING:
    import _csv
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

DELIMITERS = ",;\t|"
_HEAD_BYTES = 200_000
_BATCH = 20_000
_REFUSED = "\0"
_END = "\0the end\0"
"""A line put after the last: it is a row of its own unless a quotation mark is still open."""
_GLOB = "*?["
_COPIED = 1 << 20
_Row = tuple[object, ...]
"""The number of a row, and its wanted cells."""


def open_delimited(path: Path) -> tuple[DelimitedPiece, list[Finding]]:
    """A CSV file ready to be read, and what is to be said about its encoding."""
    looked = look_through(path)
    piece = DelimitedPiece(path, looked.encoding, looked.blank_lines)
    if piece.is_too_wide:
        raise UnreadableError(too_long(path.name, 1))
    return piece, [_not_utf_8(path.name)] if looked.encoding == "cp1252" else []


@dataclass
class _Noted:
    """Rows that something is wrong with: the first few, and how many."""

    first: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, row: int) -> None:
        self.count += 1
        if self.count <= SHOWN_ROWS:
            self.first.append(row)

    @property
    def rows(self) -> Rows:
        return Rows(tuple(self.first), self.count)


@dataclass
class _Spoilt:
    """The rows that cannot be taken apart, by what is wrong with them."""

    short: _Noted = field(default_factory=_Noted)
    long: _Noted = field(default_factory=_Noted)
    unclosed: _Noted = field(default_factory=_Noted)

    def findings(self, file: str) -> list[Finding]:
        return [
            *_ragged(file, self.short.rows, "fewer"),
            *_ragged(file, self.long.rows, "more"),
            *(_unclosed(file, row) for row in self.unclosed.first),
        ]


@dataclass(frozen=True)
class DelimitedPiece:
    """One CSV file."""

    path: Path
    encoding: str
    blank_lines: bool
    may_be_short: Callable[[Sequence[str]], bool] = lambda _: False
    """Whether a row with fewer cells than the header is meant so, as a total or the heading of a group is."""

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
        lines = [line for line in self._beginning.splitlines() if line.strip()][:HEAD_ROWS]
        return max(DELIMITERS, key=lambda mark: _regularly([line.count(mark) for line in lines]))

    @cached_property
    def head(self) -> tuple[Cells, ...]:
        """The first rows."""
        rows = csv.reader(io.StringIO(self._beginning, newline=""), delimiter=self._delimiter)
        head = [tuple(cell.strip() for cell in row) for row, _ in zip(_unspoilt(rows), range(HEAD_ROWS), strict=False)]
        return tuple(head) if any(any(row) for row in head) else ()

    @property
    def is_too_wide(self) -> bool:
        """Whether a row of the head has more cells than a record can have, or has no end in sight."""
        endless = len(self._beginning.splitlines()) <= 1 and self.path.stat().st_size > _HEAD_BYTES
        return endless or max(map(len, self.head), default=0) > MOST_COLUMNS

    @cached_property
    def _beginning(self) -> str:
        with self.path.open("rb") as file:
            return file.read(_HEAD_BYTES).decode(self.encoding, errors="ignore")

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
                with self._as_utf_8() as path:
                    connection.execute(self._sql(path, into, columns, header_row)).fetchall()
            except duckdb.Error:
                connection.execute(f"DROP TABLE IF EXISTS {into}")
            else:
                return []
        return self._row_by_row(connection, into, columns, header_row)

    def _plain(self, header_row: int) -> bool:
        """Whether the engine counts the same rows as we do: no blank lines, a header on lines of its own."""
        return not self.blank_lines and not any("\n" in cell for row in self.head[:header_row] for cell in row)

    @contextmanager
    def _as_utf_8(self) -> Iterator[Path]:
        """The file, or else a copy the engine can read and that is gone when it has been; its name may be a pattern."""
        if self.encoding == "utf-8-sig" and not any(mark in str(self.path) for mark in _GLOB):
            yield self.path
            return
        with TemporaryDirectory(prefix="scorecard-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy"
            with (
                self.path.open(encoding=self.encoding, newline="") as given,
                copy.open("w", encoding="utf-8", newline="") as made,
            ):
                copyfileobj(given, made, _COPIED)
            yield copy

    def _sql(self, path: Path, into: str, columns: Mapping[str, int], header_row: int) -> str:
        width = len(self.head[header_row - 1])
        types = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
        wanted = ", ".join(f"c{place} AS {sql_name(name)}" for name, place in columns.items())
        # Names of the contract and the path of the file; records are read by the engine itself.
        return (
            f"CREATE TEMP TABLE {into} AS SELECT row_number() OVER () + {header_row} AS {ROW}, {wanted}"
            f" FROM read_csv({sql_text(str(path))}, header = false, skip = {header_row}, auto_detect = false,"
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
        rows = self._whole_rows(len(self.head[header_row - 1]), header_row, spoilt)
        kept = ((number, *(cells[place] for place in columns.values())) for number, cells in rows)
        marks = ", ".join("unnest(?)" for _ in range(len(columns) + 1))
        for batch in _batches(kept):
            connection.execute(
                f"INSERT INTO {into} SELECT {marks}", [list(column) for column in zip(*batch, strict=True)]
            )
        return spoilt.findings(self.label)

    def _whole_rows(self, width: int, header_row: int, spoilt: _Spoilt) -> Iterator[tuple[int, list[str]]]:
        """The rows with as many cells as the header; the numbers of the others are noted."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            yield from self._whole_rows_of(chain(file, (_END,)), width, header_row, spoilt)

    def _whole_rows_of(
        self, lines: Iterable[str], width: int, header_row: int, spoilt: _Spoilt
    ) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(_unspoilt(csv.reader(lines, delimiter=self._delimiter)), 1):
            if cells and cells[-1].endswith(_END):
                if cells != [_END]:
                    spoilt.unclosed.add(number)
                return
            if number <= header_row or not any(cells):
                continue
            if len(cells) < width and self.may_be_short(cells):
                yield number, [*cells, *[""] * (width - len(cells))]
            elif len(cells) < width:
                spoilt.short.add(number)
            elif any(cell.strip() for cell in cells[width:]):
                spoilt.long.add(number)
            else:
                yield number, cells


def _regularly(counts: Sequence[int]) -> int:
    """How much speaks for a mark between cells: how often it stands in a line, and in how many lines that often.

    A title above the header has none of them, and a comma in a name is not in every line as often.
    """
    return max((often * times for often, times in Counter(counts).items()), default=0)


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


def _batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    batch: list[_Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _ragged(file: str, rows: Rows, than: str) -> list[Finding]:
    if not rows.count:
        return []
    return [
        Finding(
            "ragged_row",
            Severity.BLOCK,
            f"A row has {than} cells than the header, so its values may stand in the wrong columns.",
            "Put quotation marks round text that holds commas, quotation marks or line breaks, and export again.",
            file,
            rows,
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
