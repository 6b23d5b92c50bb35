"""Files that open well and turn out to be damaged, or without their values, when their records are read."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import duckdb
import pytest
import xlsxwriter

from scorecard.contract.report import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.contract.conftest import Read

_SHEET = "xl/worksheets/sheet1.xml"


def _people(folder: Path) -> Path:
    with xlsxwriter.Workbook(str(folder / "whole.xlsx")) as book:
        people = book.add_worksheet("ssd_person")
        people.write_row(0, 0, ["pers_person_id", "pers_sex", "pers_ethnicity", "pers_dob"])
        for row in range(1, 60):
            people.write_row(row, 0, [f"c{row}", "F", "WBRI", "2010-01-01"])
    return folder / "whole.xlsx"


def _with_sheet(whole: Path, at: Path, change: Callable[[bytes], bytes]) -> None:
    """The same workbook with something done to its first sheet."""
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(at, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == _SHEET else content)


def _contacts(folder: Path) -> None:
    (folder / "ssd_contacts.csv").write_text(
        "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,soon\n",
        encoding="utf-8",
    )


def _blocks_beside_others(read: Read, file: str) -> bool:
    found = [(finding.severity, finding.file) for finding in read.found("wrong_format")]
    return found == [(Severity.BLOCK, file)] and [finding.file for finding in read.found("bad_date")] == [
        "ssd_contacts.csv",
    ]


def test_a_parquet_file_with_a_damaged_page_blocks_and_the_others_are_still_read(
    read: Callable[[Path], Read],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    _contacts(folder)
    path = folder / "ssd_person.parquet"
    with duckdb.connect() as writer:
        writer.execute(
            "COPY (SELECT 'c' || i AS pers_person_id, 'F' AS pers_sex FROM range(5000) AS t(i)) TO $path",
            {"path": str(path)},
        )
    raw = bytearray(path.read_bytes())
    raw[10:400] = bytes(byte ^ 0xFF for byte in raw[10:400])
    path.write_bytes(raw)
    assert _blocks_beside_others(read(folder), "ssd_person.parquet")


@pytest.mark.parametrize(
    "change",
    [lambda sheet: sheet[: len(sheet) // 2], lambda _: b"", lambda sheet: sheet.replace(b'r="A2"', b'r="??"')],
    ids=["cut", "empty", "garbled"],
)
def test_a_sheet_that_is_damaged_blocks_and_the_other_files_are_still_read(
    read: Callable[[Path], Read],
    tmp_path: Path,
    change: Callable[[bytes], bytes],
) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    _contacts(folder)
    _with_sheet(_people(tmp_path), folder / "people.xlsx", change)
    assert _blocks_beside_others(read(folder), "people.xlsx, sheet ssd_person")


def test_a_workbook_whose_parts_cannot_be_unpacked_blocks(read: Callable[[Path], Read], tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    _contacts(folder)
    whole = _people(tmp_path)
    with zipfile.ZipFile(whole) as parts:
        part = parts.getinfo(_SHEET)
    raw = bytearray(whole.read_bytes())
    begin = part.header_offset + 40 + len(part.filename)
    raw[begin : begin + 60] = bytes(byte ^ 0x5A for byte in raw[begin : begin + 60])
    (folder / "people.xlsx").write_bytes(raw)
    assert _blocks_beside_others(read(folder), "people.xlsx")
