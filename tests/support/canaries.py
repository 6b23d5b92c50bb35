"""Extracts whose every id and text is a word found nowhere else, and a search for it in every byte that was written."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from scorecard.contract.types import Column, Table

_TEAMS = "ssd_department"
_EMPTY = {"pers_death_date", "pers_expected_dob"}
_PRINTED = {"ehas_lead_organisation"}
"""What a breakdown prints by its own name: an organisation is no child, and stays with the figures."""
_BORN = "2012-05-01"


def write_extract(folder: Path, children: Iterable[str], day: date) -> Path:
    """One row a table and child: its ids and texts hold the child's word, those that refer to others agree."""
    folder.mkdir(parents=True)
    for table in load_contract().tables.values():
        rows = [_row(table, child, day) for child in (children if table.name != _TEAMS else ("T1",))]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.name for column in table.columns if not column.outcomes])
            writer.writerows(rows if not table.derived else [])
    for table in load_contract().tables.values():
        if table.derived:
            (folder / f"{table.name}.csv").unlink()
    return folder


def _row(table: Table, child: str, day: date) -> list[str]:
    return [_cell(table, column, child, day) for column in table.columns if not column.outcomes]


def _cell(table: Table, column: Column, child: str, day: date) -> str:  # noqa: PLR0911, C901 - one line a kind of column
    to = column.references
    if to and to.table == _TEAMS:
        return "T1"
    if column.name in _EMPTY:
        return ""
    if column.name in _PRINTED:
        return "an organisation"
    match column.type:
        case ColumnType.ID if (to.table if to else table.name) == "ssd_person" and not column.personal:
            return child if to or column.name in table.key else f"{child}-legacy"
        case ColumnType.ID | ColumnType.TEXT:
            return child if table.name == _TEAMS else f"{child}-{to.column if to else column.name}"
        case ColumnType.CODE:
            return load_contract().codes[column.codes][0].code if column.codes else "1"
        case ColumnType.FLAG:
            return "Y"
        case ColumnType.DATE | ColumnType.MOMENT:
            return _BORN if column.name == "pers_dob" else day.isoformat()
        case _:
            return "1"


def found_in(folder: Path, word: str) -> dict[str, int]:
    """The files under a folder that hold a word in their bytes, in what is packed in them, or in a value of a table."""
    found = {
        path.relative_to(folder).as_posix(): sum(piece.count(word.encode()) for piece in _pieces(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    named = {path.relative_to(folder).as_posix(): 1 for path in folder.rglob("*") if word in path.name}
    return {name: times for name, times in (found | named).items() if times}


def _pieces(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    if data.startswith(b"PAR1"):
        with duckdb.connect(":memory:") as connection:
            rows = connection.read_parquet(str(path)).fetchall()
        yield "\n".join(repr(row) for row in rows).encode()
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield packed.read(name)
