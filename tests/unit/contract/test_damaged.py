"""Files that open well and turn out to be damaged, or without their values, when their records are read."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import duckdb
import pytest
import xlsxwriter

from scorecard.contract.report import Severity
from scorecard.contract.sources.formulas import formulas_without_value

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


@pytest.mark.parametrize("first_column", [0, 2])
def test_formulas_whose_values_were_not_saved_are_told_and_block_where_the_column_is_required(
    read: Callable[[Path], Read],
    tmp_path: Path,
    first_column: int,
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "extract.xlsx")) as book:
        people = book.add_worksheet("ssd_person")
        people.write_row(0, first_column, ["pers_person_id", "pers_sex", "pers_dob"])
        people.write_row(1, first_column, ["c1", "F", "2010-01-01"])
        people.write_formula(2, first_column, '="c"&2', value="")
        people.write_formula(2, first_column + 1, '="F"', value="F")
        people.write_formula(2, first_column + 2, "=DATE(2010,1,1)", value="")
    read_back = read(tmp_path / "extract.xlsx")
    assert [(one.severity, one.column, str(one.rows)) for one in read_back.found("formula_without_value")] == [
        (Severity.BLOCK, "pers_person_id", "row 3"),
        (Severity.WARN, "pers_dob", "row 3"),
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (b"<f>1+1</f>", True),
        (b"<f>1+1</f><v/>", True),
        (b'<f t="shared" si="0"/><v></v>', True),
        (b"<f>1+1</f><v>2</v>", False),
        (b"<v>2</v>", False),
        (b"", False),
    ],
)
def test_only_a_formula_without_a_value_is_told(cell: bytes, told: bool) -> None:  # noqa: FBT001 - a case of the table
    sheet = b'<c r="A1"><v>1</v></c><c r="A2" s="3"/><c r="B2" s="3">' + cell + b"</c>"
    assert formulas_without_value(sheet) == ({1: [2]} if told else {})


def test_columns_are_counted_from_the_first_with_a_value_and_an_empty_text_is_one() -> None:
    rest = b'<c r="B1"><v>1</v></c><c r="C2"><f>B1</f></c>'
    assert formulas_without_value(b'<c r="A1"><v></v></c>' + rest) == {1: [2]}
    assert formulas_without_value(b'<c r="A1" t="str"><f>D1</f><v></v></c>' + rest) == {2: [2]}
