"""The reading of workbooks, done in a process of its own: each sheet becomes a file of text beside it.

`python -m scorecard.contract.sources.workbook_cells FOLDER` reads the workbooks named in FOLDER; nothing else is
written, nothing in a workbook is run, and nothing is fetched.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import fastexcel

from scorecard.child_process import READY, limit_own_memory, result_of
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources import zip_file
from scorecard.contract.sources.formulas import formulas_without_value, reach
from scorecard.contract.sources.piece import MOST_COLUMNS, ROW, UnreadableError, sql_name, sql_text
from scorecard.contract.sources.zip_file import opened_zip, too_large

if TYPE_CHECKING:
    import zipfile

MOST_MEMORY = 2_000_000_000
"""What the process may fill; ten million cells take half of it."""
MOST_CELLS = 50_000_000
"""How far a sheet may reach: the reader makes room for every cell up to the last, also where one stray cell is all."""
MOST_SHEETS = 200
"""How many sheets a workbook may have."""
TASKS = "tasks"
"""The file that names the workbooks to be read."""
BROKEN = (*zip_file.BROKEN, fastexcel.FastExcelError)
"""What a damaged or hostile workbook raises when its parts are read."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_WITH_PARTS = {".xlsx", ".xlsm"}
_CELLS = "_cells"

# The parts of a workbook are read with patterns, not with an XML parser, which a hostile file could exhaust.
_SHEET = re.compile(rb'<sheet\b[^<>]*\bname="([^"]*)"[^<>]*\br:id="([^"]*)"')
_PART = re.compile(rb"<Relationship\b[^<>]*>")
_ERROR_CELL = re.compile(rb'<c\b(?=[^<>]*\bt="e")[^<>]*\br="([A-Z]{1,3})(\d{1,7})"')


def sheet_parts(parts: zipfile.ZipFile) -> dict[str, str]:
    """From the name of each sheet to the part of the workbook it is kept in."""
    targets = {}
    for relation in _PART.findall(parts.read("xl/_rels/workbook.xml.rels")):
        its = dict(re.findall(rb'(\w+)="([^"]*)"', relation))
        target = its.get(b"Target", b"").decode().removeprefix("/xl/")
        targets[its.get(b"Id", b"")] = f"xl/{target}"
    named = _SHEET.findall(parts.read("xl/workbook.xml"))
    known = set(parts.namelist())
    return {html.unescape(name.decode()): targets[at] for name, at in named if targets.get(at) in known}


def read_workbook(path: Path, into: Path, task: int) -> dict[str, Any]:
    """What is in a workbook: its sheets with the file of each, and what is to be said; or why it cannot be read."""
    try:
        about = _look_inside(path) if path.suffix.lower() in _WITH_PARTS else _Inside()
        workbook = fastexcel.read_excel(path)
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            writing = _Writing(path.name, workbook, connection)
            sheets = [
                {**writing.sheet(name, into / f"{task}-{number}.parquet"), "unvalued": about.unvalued[name]}
                for number, name in enumerate(_sheets(path.name, workbook))
            ]
    except UnreadableError as unreadable:
        return {"refused": asdict(unreadable.finding)}
    except MemoryError:
        return {"refused": asdict(too_large(path.name, "more than the memory it may fill"))}
    except BROKEN:
        return {"refused": asdict(no_workbook(path.name))}
    return {"sheets": sheets, "findings": [asdict(finding) for finding in about.errors]}


def _sheets(file: str, workbook: fastexcel.ExcelReader) -> list[str]:
    if len(workbook.sheet_names) > MOST_SHEETS:
        raise UnreadableError(too_large(file, f"more than {MOST_SHEETS} sheets"))
    if not workbook.sheet_names:
        raise UnreadableError(no_workbook(file))
    return workbook.sheet_names


class _Inside:
    """What the reader does not tell: the cells with errors, and by sheet the formulas without a value."""

    def __init__(self) -> None:
        self.errors: list[Finding] = []
        self.unvalued: dict[str, dict[int, list[int]]] = defaultdict(dict)


def _look_inside(path: Path) -> _Inside:
    """Refuse what would fill the memory before it is unpacked; then look at the cells of every sheet."""
    inside = _Inside()
    with opened_zip(path) as parts:
        for name, part in sheet_parts(parts).items():
            sheet = parts.read(part)
            rows, columns = reach(sheet)
            if rows > _MOST_ROWS or columns > _MOST_COLUMNS or rows * columns > MOST_CELLS:
                raise UnreadableError(too_large(path.name, f"a cell of sheet {name} in row {rows} or column {columns}"))
            inside.errors.extend(_error_cells(f"{path.name}, sheet {name}", sheet))
            inside.unvalued[name] = formulas_without_value(sheet)
    return inside


@dataclass(frozen=True)
class _Writing:
    """Writes the sheets of one workbook as text, column for column, every row with its number."""

    file: str
    workbook: fastexcel.ExcelReader
    connection: duckdb.DuckDBPyConnection

    def sheet(self, name: str, into: Path) -> dict[str, Any]:
        """The sheet's name and the file it was written to, none where it has no cells; or why it cannot be read."""
        label = f"{self.file}, sheet {name}"
        try:
            # Without skip_rows the reader drops blank rows at the top, and rows would be counted wrongly.
            sheet = self.workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        except fastexcel.FastExcelError:
            return {"name": name, "refused": asdict(_damaged(label))}
        if sheet.width > MOST_COLUMNS:
            return {"name": name, "refused": asdict(_too_wide(label))}
        if not sheet.width:
            return {"name": name, "file": ""}
        columns = ", ".join(
            f"{sql_name(column.name)} AS c{place}" for place, column in enumerate(sheet.available_columns())
        )
        self.connection.register(_CELLS, sheet)
        # Names of columns and the path of our own file only; records are read by the engine itself.
        self.connection.execute(
            f"COPY (SELECT row_number() OVER () AS {ROW}, {columns} FROM {_CELLS}) TO {sql_text(str(into))}",
        ).fetchall()
        self.connection.unregister(_CELLS)
        return {"name": name, "file": into.name}


def _error_cells(label: str, sheet: bytes) -> list[Finding]:
    by_column: dict[str, list[int]] = {}
    for letters, number in _ERROR_CELL.findall(sheet) if b't="e"' in sheet else ():
        by_column.setdefault(letters.decode(), []).append(int(number))
    return [_error_cell(label, letters, rows) for letters, rows in by_column.items()]


def _error_cell(label: str, letters: str, rows: list[int]) -> Finding:
    return Finding(
        "error_cell",
        Severity.WARN,
        f"A cell in column {letters} of the sheet holds an Excel error such as #N/A; it is taken as empty.",
        "Mend the formula, or paste the values only.",
        label,
        Rows(tuple(rows[:SHOWN_ROWS]), len(rows)),
    )


def _damaged(label: str) -> Finding:
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The sheet is damaged or cut short, and its records cannot be read.",
        "Export it again, or give the table as CSV.",
        label,
    )


def _too_wide(label: str) -> Finding:
    return Finding(
        "too_large",
        Severity.BLOCK,
        f"The sheet has more than {MOST_COLUMNS:,} columns, as no table of records has; it was not read.",
        "See whether a stray cell stands far to the right, and take it out.",
        label,
        Rows((1,), 1),
    )


def no_workbook(file: str) -> Finding:
    """A file that is called a workbook and is none."""
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The file is no Excel workbook that can be read.",
        "Open it in Excel and save it as .xlsx, without a password.",
        file,
    )


def main(folder: Path) -> None:
    """Read the workbooks named in a folder, one after another."""
    limit_own_memory(MOST_MEMORY)
    tasks = json.loads((folder / TASKS).read_text(encoding="utf-8"))
    (folder / READY).touch()
    for task, path in enumerate(tasks):
        aside = folder / "aside"
        aside.write_text(json.dumps(read_workbook(Path(path), folder, task)), encoding="utf-8")
        aside.replace(result_of(folder, task))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
