"""Workbooks of lists for the people who do the work: a sheet for each team, ready for A4; text stays text."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_HEADER_ROW = 3
_A4 = 9
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands over it and at the head of its printed pages, its columns with their widths, its rows.

    `formats` are the number formats of columns that say their numbers in another way.
    """

    title: str
    note: str
    marking: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[object]]
    formats: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def workbook(path: Path, title: str, marking: str) -> Iterator[Any]:
    """A workbook to write sheets into; no text in it becomes a formula or a link. Its folder is made."""
    import xlsxwriter  # noqa: PLC0415 - needed by this form only, and slow to load

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": title, "comments": marking})
        yield book


def write_sheet(book: Any, name: str, told: Sheet) -> None:
    """A sheet with its title, what it is of, and its rows; printed one page wide, the header on each page."""
    sheet = book.add_worksheet(name)
    bold, header = book.add_format({"bold": True}), {"bold": True, "bottom": 1, "align": "left", "bg_color": "#E7E6E6"}
    headed = book.add_format(header)
    sheet.write_string(0, 0, told.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, told.note, bold)
    for column, (head, width) in enumerate(told.columns.items()):
        said = {"num_format": told.formats[head]} if head in told.formats else {}
        sheet.set_column(column, column, width, book.add_format({"align": "left", **said}))
        sheet.write_string(_HEADER_ROW, column, head, headed)
        for place, row in enumerate(told.rows, _HEADER_ROW + 1):
            if row[column] is not None:
                sheet.write(place, column, row[column])
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(len(told.rows), 1), len(told.columns) - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_header(f"&L{told.title.replace('&', '&&')}&R{told.marking.replace('&', '&&')}")
    sheet.set_footer("&LBy the council's own numbers of children; not for publication&RPage &P of &N")


def sheet_names(names: Sequence[str]) -> list[str]:
    """Names a workbook takes for its sheets: short, without its own signs, each once whatever its capitals.

    >>> sheet_names(["North", "north", "Care/16+", "Child Protection and Court Team North"])
    ['North', 'north (2)', 'Care 16+', 'Child Protection and … North']
    """
    found, taken = list[str](), {"history"}
    for name in names:
        plain = _shortened(_NOT_IN_A_NAME.sub(" ", name).split())
        given = next(one for n in range(1, 1000) if (one := _numbered(plain, n)).casefold() not in taken)
        taken.add(given.casefold())
        found.append(given)
    return found


def _shortened(words: list[str]) -> str:
    """What is long loses words from its middle: teams that differ often do so in their last word."""
    left, right = words[: len(words) // 2], words[len(words) // 2 :]
    name = " ".join(words)
    while len(name) > _LONGEST_NAME and len(right) > 1:
        right = right[1:]
        name = " ".join([*left, "…", *right])
    return name


def _numbered(name: str, number: int) -> str:
    last = f" ({number})" if number > 1 else ""
    return name[: _LONGEST_NAME - len(last)].strip() + last
