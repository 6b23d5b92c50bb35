"""Excel workbooks, every cell as text."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import fastexcel

from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.formulas import formulas_without_value, reach, without_value
from scorecard.contract.sources.piece import HEAD_ROWS, ROW, Cells, UnreadableError, sql_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

MOST_BYTES = 2_000_000_000
"""How large a workbook may be when unpacked."""
MOST_RATIO = 200
"""How many times a part of it may grow when unpacked, once it is large."""
MOST_CELLS = 50_000_000
"""How far a sheet may reach: the reader makes room for every cell up to the last, also where one stray cell is all."""
_LARGE = 20_000_000
_CELLS = "_cells"
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, RuntimeError, ValueError),
    fastexcel.FastExcelError,
)
"""What a damaged or hostile file raises when its parts are read."""

# The parts of a workbook are read with patterns, not with an XML parser, which a hostile file could exhaust.
_SHEET = re.compile(rb'<sheet\b[^>]*\bname="([^"]*)"[^>]*\br:id="([^"]*)"')
_PART = re.compile(rb"<Relationship\b[^>]*>")
_ERROR_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"')


@dataclass(frozen=True)
class SheetPiece:
    """One sheet of a workbook."""

    file: str
    name: str
    workbook: fastexcel.ExcelReader
    connection: duckdb.DuckDBPyConnection
    unvalued: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The file and the sheet."""
        return f"{self.file}, sheet {self.name}"

    @cached_property
    def _sheet(self) -> Any:
        # Without skip_rows the reader drops blank rows at the top, and rows would be counted wrongly.
        return self.workbook.load_sheet(self.name, header_row=None, skip_rows=0, dtypes="string")

    @cached_property
    def head(self) -> tuple[Cells, ...]:
        """The first rows."""
        first = self.workbook.load_sheet(self.name, header_row=None, skip_rows=0, dtypes="string", n_rows=HEAD_ROWS)
        if not first.width:
            return ()
        with _registered(self.connection, first):
            rows = self.connection.execute(f"SELECT * FROM {_CELLS}").fetchall()
        cells = tuple(tuple("" if cell is None else str(cell).strip() for cell in row) for row in rows)
        return cells if any(any(row) for row in cells) else ()

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """The wanted columns of every row that has anything in them."""
        names = [column.name for column in self._sheet.available_columns()]
        wanted = ", ".join(f"{sql_name(names[place])} AS {sql_name(name)}" for name, place in columns.items())
        filled = " OR ".join(f"{sql_name(names[place])} IS NOT NULL" for place in columns.values())
        with _registered(connection, self._sheet):
            # Names of columns only; records are read by the engine itself.
            connection.execute(
                f"CREATE TEMP TABLE {into} AS SELECT {ROW}, {wanted}"
                f" FROM (SELECT row_number() OVER () AS {ROW}, * FROM {_CELLS})"
                f" WHERE {ROW} > {header_row} AND ({filled})",
            ).fetchall()
        return without_value(self.label, self.unvalued, columns, header_row)


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, sheet: Any) -> Iterator[None]:
    """The sheet as a table of the engine, for a moment."""
    connection.execute("SELECT 1").fetchall()  # the engine takes no new table while an older result is half read
    connection.register(_CELLS, sheet)
    try:
        yield
    finally:
        connection.unregister(_CELLS)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets, none of which is read; no names where it is no workbook."""
    try:
        with zipfile.ZipFile(path) as parts:
            _refuse_bombs(path.name, parts)
            return tuple(_sheet_parts(parts))
    except (UnreadableError, *BROKEN):
        return ()


def cells_of_sheet(path: Path, sheet: str) -> bytes:
    """The part of a workbook that holds a sheet's cells, unread."""
    with zipfile.ZipFile(path) as parts:
        return parts.read(_sheet_parts(parts)[sheet])


def open_workbook(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[SheetPiece], list[Finding]]:
    """The sheets of a workbook, and the cells that hold an error, which the reader would show as empty."""
    inside = _look_inside(path)
    try:
        workbook = fastexcel.read_excel(path)
    except fastexcel.FastExcelError:
        raise UnreadableError(_no_workbook(path.name)) from None
    sheets = [
        SheetPiece(path.name, name, workbook, connection, inside.unvalued.get(name, {}))
        for name in workbook.sheet_names
    ]
    return sheets, inside.errors


@dataclass(frozen=True)
class _Inside:
    """What the reader does not tell: the cells with errors, and by sheet the formulas without a value."""

    errors: list[Finding] = field(default_factory=list)
    unvalued: dict[str, Mapping[int, Sequence[int]]] = field(default_factory=dict)


def _look_inside(path: Path) -> _Inside:
    """Refuse what would fill the memory before it is unpacked; then look at the cells of every sheet."""
    try:
        with zipfile.ZipFile(path) as parts:
            _refuse_bombs(path.name, parts)
            return _cells_inside(path.name, parts)
    except BROKEN:
        raise UnreadableError(_no_workbook(path.name)) from None


def _refuse_bombs(file: str, parts: zipfile.ZipFile) -> None:
    whole = 0
    for part in parts.infolist():
        whole += part.file_size
        grows = part.file_size > _LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        if grows or whole > MOST_BYTES:
            raise UnreadableError(_too_large(file))


def _cells_inside(file: str, parts: zipfile.ZipFile) -> _Inside:
    inside = _Inside()
    for name, part in _sheet_parts(parts).items():
        sheet = parts.read(part)
        rows, columns = reach(sheet)
        if rows * columns > MOST_CELLS:
            raise UnreadableError(_too_large(file))
        inside.errors.extend(_error_cells(f"{file}, sheet {name}", sheet))
        inside.unvalued[name] = formulas_without_value(sheet)
    return inside


def _error_cells(label: str, sheet: bytes) -> list[Finding]:
    by_column: dict[str, list[int]] = {}
    for letters, number in _ERROR_CELL.findall(sheet):
        by_column.setdefault(letters.decode(), []).append(int(number))
    return [_error_cell(label, letters, rows) for letters, rows in by_column.items()]


def _sheet_parts(parts: zipfile.ZipFile) -> dict[str, str]:
    """From the name of each sheet to the part of the workbook it is kept in."""
    targets = {}
    for relation in _PART.findall(parts.read("xl/_rels/workbook.xml.rels")):
        its = dict(re.findall(rb'(\w+)="([^"]*)"', relation))
        target = its.get(b"Target", b"").decode().removeprefix("/xl/")
        targets[its.get(b"Id", b"")] = f"xl/{target}"
    named = _SHEET.findall(parts.read("xl/workbook.xml"))
    known = set(parts.namelist())
    return {html.unescape(name.decode()): targets[at] for name, at in named if targets.get(at) in known}


def _error_cell(label: str, letters: str, rows: list[int]) -> Finding:
    return Finding(
        "error_cell",
        Severity.WARN,
        f"A cell in column {letters} of the sheet holds an Excel error such as #N/A; it is taken as empty.",
        "Mend the formula, or paste the values only.",
        label,
        Rows(tuple(rows[:SHOWN_ROWS]), len(rows)),
    )


def _no_workbook(file: str) -> Finding:
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The file is no Excel workbook that can be read.",
        "Open it in Excel and save it as .xlsx, without a password.",
        file,
    )


def _too_large(file: str) -> Finding:
    return Finding(
        "too_large",
        Severity.BLOCK,
        "The workbook would grow too large when unpacked, and was not opened.",
        "Give the tables as CSV files, one each.",
        file,
    )
