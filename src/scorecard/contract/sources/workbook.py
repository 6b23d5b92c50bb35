"""Workbooks, every cell as text: Excel's, old and new, and OpenDocument's.

They are taken apart by a process of its own (`workbook_cells`), which is stopped when one takes more time or memory
than any extract needs; what it could read comes back as rows of text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scorecard.child_process import Ending, Limits, result_of, work_off
from scorecard.contract.report import Finding, Rows, Severity
from scorecard.contract.sources import workbook_cells
from scorecard.contract.sources.formulas import without_value
from scorecard.contract.sources.piece import HEAD_ROWS, ROW, Cells, UnreadableError, sql_name, sql_text
from scorecard.contract.sources.workbook_cells import BROKEN, MOST_MEMORY, TASKS, no_workbook, sheet_parts
from scorecard.contract.sources.zip_file import MOST_FILE_BYTES, opened_zip, too_large

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

_SECONDS = 4.0
_BYTES_A_SECOND = 1_000_000
_NUMBERS = count(1)


@dataclass(frozen=True)
class SheetPiece:
    """One sheet of a workbook, standing in the database as text; a sheet without cells stands nowhere."""

    file: str
    name: str
    connection: duckdb.DuckDBPyConnection
    relation: str
    unvalued: Mapping[int, Sequence[int]]

    @property
    def label(self) -> str:
        """The file and the sheet."""
        return f"{self.file}, sheet {self.name}"

    @cached_property
    def head(self) -> tuple[Cells, ...]:
        """The first rows."""
        if not self.relation:
            return ()
        rows = self.connection.execute(
            f"SELECT * EXCLUDE ({ROW}) FROM {self.relation} WHERE {ROW} <= {HEAD_ROWS} ORDER BY {ROW}",
        ).fetchall()
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
        wanted = ", ".join(f"c{place} AS {sql_name(name)}" for name, place in columns.items())
        filled = " OR ".join(f"c{place} IS NOT NULL" for place in columns.values())
        # Names of columns only; records are read by the engine itself.
        connection.execute(
            f"CREATE TEMP TABLE {into} AS SELECT {ROW}, {wanted} FROM {self.relation}"
            f" WHERE {ROW} > {header_row} AND ({filled})",
        ).fetchall()
        return without_value(self.label, self.unvalued, columns, header_row)


Opened = tuple[list[SheetPiece], list[Finding]]
"""The sheets of a workbook, and what is to be said of those cells and sheets that cannot be read."""


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets, none of which is read; no names where it is no workbook."""
    try:
        with opened_zip(path) as parts:
            return tuple(sheet_parts(parts))
    except (UnreadableError, *BROKEN):
        return ()


def cells_of_sheet(path: Path, sheet: str) -> bytes:
    """The part of a workbook that holds a sheet's cells, unread."""
    with opened_zip(path) as parts:
        return parts.read(sheet_parts(parts)[sheet])


def open_workbook(path: Path, connection: duckdb.DuckDBPyConnection) -> Opened:
    """The sheets of one workbook."""
    return taken(open_workbooks([path], connection)[path])


def taken(opened: Opened | Finding) -> Opened:
    """What was opened; what was refused is raised."""
    if isinstance(opened, Finding):
        raise UnreadableError(opened)
    return opened


def open_workbooks(paths: Sequence[Path], connection: duckdb.DuckDBPyConnection) -> dict[Path, Opened | Finding]:
    """The sheets of each workbook, or why it cannot be read; one process reads as many as it can."""
    opened: dict[Path, Opened | Finding] = {
        path: too_large(path.name, f"more than {MOST_FILE_BYTES // 1_000_000} megabytes")
        for path in paths
        if path.stat().st_size > MOST_FILE_BYTES
    }
    waiting = [path for path in paths if path not in opened]
    while waiting:
        with TemporaryDirectory(prefix="scorecard-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            done, ending = _read(waiting, folder)
            for task, path in enumerate(waiting[:done]):
                opened[path] = _taken(path, folder, task, connection)
        if done < len(waiting):
            opened[waiting[done]] = _stopped(waiting[done].name, ending)
        waiting = waiting[done + 1 :]
    return opened


def _read(paths: Sequence[Path], folder: Path) -> tuple[int, Ending]:
    """Have the workbooks read: how many of them were, and what became of the next."""
    (folder / TASKS).write_text(json.dumps([str(path.resolve()) for path in paths]), encoding="utf-8")
    seconds = [_SECONDS + path.stat().st_size / _BYTES_A_SECOND for path in paths]
    return work_off(workbook_cells.__name__, folder, Limits(seconds, MOST_MEMORY))


def _taken(path: Path, folder: Path, task: int, connection: duckdb.DuckDBPyConnection) -> Opened | Finding:
    """Take over what was read of one workbook."""
    said = json.loads(result_of(folder, task).read_text(encoding="utf-8"))
    if "refused" in said:
        return _finding(said["refused"])
    sheets, findings = [], [_finding(each) for each in said["findings"]]
    for sheet in said["sheets"]:
        if "refused" in sheet:
            findings.append(_finding(sheet["refused"]))
            continue
        unvalued = {int(place): rows for place, rows in sheet["unvalued"].items()}
        relation = _table(folder / sheet["file"], connection) if sheet["file"] else ""
        sheets.append(SheetPiece(path.name, sheet["name"], connection, relation, unvalued))
    return sheets, findings


def _table(file: Path, connection: duckdb.DuckDBPyConnection) -> str:
    relation = sql_name(f"_sheet_{next(_NUMBERS)}")
    # The path of our own file only.
    connection.execute(f"CREATE TEMP TABLE {relation} AS FROM read_parquet({sql_text(str(file))})").fetchall()
    return relation


def _finding(said: Mapping[str, Any]) -> Finding:
    rows = Rows(tuple(said["rows"]["first"]), said["rows"]["count"])
    return Finding(**{**said, "severity": Severity(said["severity"]), "rows": rows})


def _stopped(file: str, ending: Ending) -> Finding:
    """What is said of a workbook over which its reader was stopped, or broke down."""
    if ending is Ending.BROKEN:
        return no_workbook(file)
    slow = ending is Ending.TOO_SLOW
    return Finding(
        "too_large",
        Severity.BLOCK,
        f"Reading the workbook took more {'time' if slow else 'memory'} than it may, and was stopped.",
        "Give the tables as CSV files, one each, or the sheets as workbooks of their own.",
        file,
    )
