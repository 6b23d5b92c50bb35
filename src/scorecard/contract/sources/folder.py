"""What a person points at: a folder of files, a workbook or a single file, taken apart into pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.delimited import open_delimited
from scorecard.contract.sources.parquet import open_parquet
from scorecard.contract.sources.piece import UnreadableError
from scorecard.contract.sources.workbook import open_workbooks, taken
from scorecard.contract.sources.xml_file import open_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scorecard.contract.sources.piece import Piece

DELIMITED = {".csv", ".txt", ".tsv"}
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
PARQUET = {".parquet"}
XML = {".xml"}
READ = DELIMITED | WORKBOOKS | PARQUET | XML
_OLD = {".xlsb", ".zip", ".mdb", ".accdb", ".json"}
_NAMED = 5
"""How many folders are named where there is no file beside them."""
_NUMBERS = re.compile(r"(\d+)")


def pieces_of(source: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[Piece], list[Finding]]:
    """Every file and sheet of a source that may hold a table, and what is to be said about those that cannot."""
    pieces: list[Piece] = []
    findings: list[Finding] = []
    files = _files(source)
    if not files:
        findings.append(_nothing_there(source))
    workbooks = open_workbooks([path for path in files if _is_workbook(path)], connection)
    for path in files:
        try:
            opened, said = taken(workbooks[path]) if path in workbooks else _opened(path, connection)
        except UnreadableError as unreadable:
            findings.append(unreadable.finding)
        except OSError:
            findings.append(_cannot_open(path.name))
        else:
            pieces.extend(opened)
            findings.extend(said)
    return pieces, findings


def files_read(source: Path) -> list[Path]:
    """The files of a source that tables are read from, in order; a letter or a picture beside them is none."""
    return [path for path in _files(source) if path.suffix.lower() in READ]


def _files(source: Path) -> list[Path]:
    """The files in order of their names, numbers by size; what programs leave lying about is passed over."""
    if source.is_file():
        return [source]
    if not source.is_dir():
        return []
    shown = (path for path in source.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    return sorted((path for path in shown if path.name.lower() not in {"thumbs.db", "desktop.ini"}), key=_natural)


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBERS.split(path.name.lower())]


def _opened(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[Iterable[Piece], list[Finding]]:
    ending = path.suffix.lower()
    if ending in READ and not path.stat().st_size:
        return [], [empty(path.name)]
    if ending in DELIMITED:
        piece, findings = open_delimited(path)
        return [piece], findings
    if ending in XML:
        return open_xml(path, connection)
    if ending in PARQUET:
        return [_parquet(path, connection)], []
    return [], [_not_read(path.name, blocks=ending in _OLD)]


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in WORKBOOKS and path.stat().st_size > 0


def _parquet(path: Path, connection: duckdb.DuckDBPyConnection) -> Piece:
    try:
        return open_parquet(connection, path)
    except duckdb.Error:
        raise UnreadableError(_no_parquet(path.name)) from None


def empty(file: str) -> Finding:
    """A file or sheet with nothing in it."""
    return Finding(
        "empty_file",
        Severity.BLOCK,
        "There is nothing in it.",
        "Export it again, or take it out if the table is not meant to be supplied.",
        file,
    )


def _nothing_there(source: Path) -> Finding:
    inside = sorted(path.name for path in source.iterdir() if path.is_dir()) if source.is_dir() else []
    several = f"{', '.join(inside[:_NAMED])}{', …' if len(inside) > _NAMED else ''}"
    if inside:
        said = f"There is no file in it, only folders ({several}).", "Give the folder that holds the files."
    else:
        said = (
            "There is no such folder or file, or no file in it.",
            "Give a folder of CSV or Parquet files, or one workbook.",
        )
    return Finding(
        "no_files",
        Severity.BLOCK,
        *said,
        source.name,
    )


def _cannot_open(file: str) -> Finding:
    return Finding(
        "cannot_open",
        Severity.BLOCK,
        "The file cannot be opened.",
        "Close it in other programs and see that you may read it.",
        file,
    )


def _no_parquet(file: str) -> Finding:
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The file is no Parquet file that can be read.",
        "Export it again, or give the table as CSV.",
        file,
    )


def _not_read(file: str, *, blocks: bool) -> Finding:
    packed = file.lower().endswith(".zip")
    return Finding(
        "wrong_format" if blocks else "not_read",
        Severity.BLOCK if blocks else Severity.NOTE,
        "Files of this kind are not read.",
        "Unpack it, and give the folder."
        if packed
        else "If it holds a table, save it as CSV (UTF-8), Parquet or .xlsx; otherwise take it out of the folder.",
        file,
    )
