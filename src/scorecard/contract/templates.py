"""Empty files a council can fill: the contract's tables as CSV and as one workbook."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from scorecard.contract.layouts.own import GUIDE
from scorecard.contract.types import Column, ColumnType, Contract, Table

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOK = "scorecard-template.xlsx"

# A file with no day of its own in it is the same each time it is written.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - written into the workbook as it stands
_WIDTHS = (30, 34, 10, 10, 70, 40)
_TYPES = {
    ColumnType.ID: "identifier",
    ColumnType.TEXT: "text",
    ColumnType.CODE: "code",
    ColumnType.FLAG: "Y or N",
    ColumnType.DATE: "day",
    ColumnType.MOMENT: "day and time",
    ColumnType.INTEGER: "whole number",
    ColumnType.DECIMAL: "number",
}
_FORMATS = {
    ColumnType.DATE: "dd/mm/yyyy",
    ColumnType.MOMENT: "dd/mm/yyyy hh:mm",
    ColumnType.INTEGER: "0",
    ColumnType.DECIMAL: "General",
}


def write_templates(contract: Contract, folder: Path) -> tuple[Path, ...]:
    """An empty CSV file for every table, and a workbook with a sheet for each and a guide; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = [table for table in contract.tables.values() if not table.derived]
    written = [_write_csv(table, folder) for table in tables]
    return (*written, _write_workbook(contract, tables, folder))


def supplied(table: Table) -> tuple[Column, ...]:
    """The columns a council is asked for: all but the personal ones."""
    return tuple(column for column in table.columns if not column.personal)


def type_in_words(column: Column) -> str:
    """What a column holds, in a word or two."""
    return _TYPES[column.type]


def _write_csv(table: Table, folder: Path) -> Path:
    path = folder / f"{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([column.name for column in supplied(table)])
    return path


def _write_workbook(contract: Contract, tables: list[Table], folder: Path) -> Path:
    path = folder / WORKBOOK
    # Text is written as text: nothing in the contract is to become a formula or a link.
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": f"Template for {contract.version}", "created": _MADE})
        bold = book.add_format({"bold": True, "bottom": 1})
        _write_guide(book, contract, tables, bold)
        formats = {kind: book.add_format({"num_format": _FORMATS.get(kind, "@")}) for kind in ColumnType}
        for table in tables:
            _write_sheet(book.add_worksheet(table.name), contract, table, bold, formats)
    return path


def _write_guide(book: Any, contract: Contract, tables: list[Table], bold: Any) -> None:
    """One line for each column: what it holds and means."""
    sheet = book.add_worksheet(GUIDE)
    sheet.write_row(0, 0, ("Table", "Column", "Holds", "Required", "Meaning", "Codes"), bold)
    sheet.freeze_panes(1, 0)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    lines = [(table, column) for table in tables for column in supplied(table)]
    for row, (table, column) in enumerate(lines, 1):
        required = "yes" if column.required else ""
        said = (table.name, column.name, type_in_words(column), required, column.meaning, _codes(contract, column))
        sheet.write_row(row, 0, said)


def _write_sheet(sheet: Any, contract: Contract, table: Table, bold: Any, formats: dict[ColumnType, Any]) -> None:
    """The header row, each column explained by a comment and formatted for what it holds."""
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(supplied(table)):
        sheet.set_column(place, place, max(len(column.name) + 2, 12), formats[column.type])
        sheet.write(0, place, column.name, bold)
        codes = _codes(contract, column)
        comment = f"{column.meaning} ({type_in_words(column)})" + (f" {codes}" if codes else "")
        sheet.write_comment(0, place, comment, {"x_scale": 2})


def _codes(contract: Contract, column: Column) -> str:
    return ", ".join(code.code for code in contract.codes[column.codes]) if column.codes else ""
