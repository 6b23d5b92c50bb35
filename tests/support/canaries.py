"""Extracts whose every id and text is a word found nowhere else, and a search for it in every byte that was written."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from scorecard.contract.types import Column, Table

_TEAMS = "ssd_department"
_SAID = {
    "pers_death_date": "",
    "pers_expected_dob": "",
    "raud_table_name": "ssd_cin_assessments",
    # A breakdown prints it by its own name: an organisation is no child, and stays with the figures.
    "ehas_lead_organisation": "an organisation",
}
_REPEATS = {
    "pbrc_family_id": Reference("ssd_family", "fami_family_id"),
    "raud_record_id": Reference("ssd_cin_assessments", "cina_assessment_id"),
}
"""What these repeat, though the contract cannot say so."""
_BORN = "2012-05-01"


def write_extract(folder: Path, children: Iterable[str], day: date) -> Path:
    """One row a table and child: its ids and texts hold the child's word, those that refer to others agree."""
    folder.mkdir(parents=True)
    for table in load_contract().tables.values():
        columns = [column for column in table.columns if not column.outcomes]
        if not table.derived:
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([column.name for column in columns])
                for child in ("T1",) if table.name == _TEAMS else children:
                    writer.writerow([_cell(table, column, child, day) for column in columns])
    return folder


def _cell(table: Table, column: Column, child: str, day: date) -> str:
    if column.name in _SAID:
        return _SAID[column.name]
    match column.type:
        case ColumnType.ID | ColumnType.TEXT:
            return _word(table, column, child)
        case ColumnType.CODE:
            return load_contract().codes[column.codes][0].code if column.codes else "1"
        case ColumnType.FLAG:
            return "Y"
        case ColumnType.DATE | ColumnType.MOMENT:
            return _BORN if column.name == "pers_dob" else day.isoformat()
        case _:
            return "1"


def _word(table: Table, column: Column, child: str) -> str:
    to = _REPEATS.get(column.name) or column.references or Reference(table.name, column.name)
    if to.table == _TEAMS:
        return "T1"
    if to == Reference("ssd_person", "pers_person_id"):
        return child
    return f"{child if _is_about_a_child(to.table) else nobodys(child)}-{to.column}"


def nobodys(child: str) -> str:
    """The word of the workers, posts and fostering households that came with a child's rows and are not the child's."""
    return child[::-1]


@cache
def _is_about_a_child(name: str) -> bool:
    """Whether a row of a table is about a child, or about a record or a family of one."""
    table = load_contract().tables[name]
    repeated = [_REPEATS.get(column.name) or column.references for column in table.columns]
    named = [to.table for to in repeated if to and to.table not in {name, _TEAMS}]
    return bool(table.naming_children) or any(map(_is_about_a_child, named))


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
