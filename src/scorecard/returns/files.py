"""Sheets into the files a return is made of: one workbook, or a folder of CSV files. Each says what it is for."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.returns.sheet import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.returns.sheet import Sheet

_TITLE, _HEADER, _FIRST = 0, 1, 2
_WIDTH = 16
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_OF_DAYS = "dd/mm/yyyy"


def write_workbook(sheets: Sequence[Sheet], path: Path) -> Path:
    """One sheet a list: title in row 1, headers in row 2, true dates; text stays text, never a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 - needed by this form only, and slow to load

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {**_AS_TEXT, "default_date_format": _OF_DAYS}) as book:
        book.set_properties({"title": MARK, "comments": MARK})
        for sheet in sheets:
            _fill(book, sheet)
    return path


def _fill(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    title = f"{sheet.title or sheet.name}. {MARK}."
    page.write_string(_TITLE, 0, title, book.add_format({"bold": True, "font_size": 14}))
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E7E6E6"})
    page.set_column(0, len(sheet.headers) - 1, _WIDTH)
    for place, name in enumerate(sheet.headers):
        page.write_string(_HEADER, place, name, header)
    for number, row in enumerate(sheet.rows, _FIRST):
        for place, value in enumerate(row):
            if value is not None:
                page.write(number, place, value)
    page.freeze_panes(_FIRST, 1)
    page.set_landscape()
    page.repeat_rows(_HEADER)
    page.set_header(f"&L{sheet.title or sheet.name}&R{MARK}")


def write_folder(sheets: Sequence[Sheet], folder: Path) -> Path:
    """One CSV file a list, days as dd/mm/yyyy. They hold nothing but records: what they are for is said beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{MARK}.txt").write_text(f"{MARK}.\n", encoding="utf-8")
    for sheet in sheets:
        with (folder / f"{sheet.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(sheet.headers)
            rows.writerows([_as_text(value) for value in row] for row in sheet.rows)
    return folder


def _as_text(value: object) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
