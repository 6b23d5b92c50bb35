"""The workbook a supplier fills: its own cells of one month, on a page or two of A4, everything else locked."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import ALL_CASES, NOT_RECORDED, POPULATION, Statistic
from scorecard.facts.cases import CROSSED
from scorecard.facts.fact import WHOLE

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Measure
    from scorecard.definitions.registry import Registry
    from scorecard.facts.suppliers import SuppliedCell, Supplier

SHEET = "Supplied figures"
"""The one sheet of such a workbook, by which it is known."""

HEADINGS = ("Figure", "Part", "Number", "Of", "Key")
GIVEN_BY, GIVEN_ON, MONTH, SUPPLIER = "Supplied by (name or role)", "Date", "Month", "Supplier"
MOST = 10_000_000
"""No figure of a council's is larger."""

_WORDS = (
    "Fill in the yellow cells only. Write 0 where there were none, and leave a figure empty where you do not know it. "
    "A figure with two cells needs both: how many, of how many. Say who you are and the day, and never name a child."
)
_WIDTHS = (38, 22, 12, 12, 24)
_LINE, _SMALL_LINE = 15, 11.5
_SMALL_LETTERS_IN_A_LINE = 50
FIRST_ROW = 9
"""How many rows stand above the figures, the headings the last of them."""
_A4 = 9
_SLOT = re.compile(r"\{\w+\}")
# A file with no day of its own in it is the same each time it is written.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - written into the workbook as it stands

_BORDER = {"border": 1, "border_color": "#b1b4b6", "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "words": {"text_wrap": True, "valign": "top"},
    "label": {"bold": True},
    "fixed": {"align": "left"},
    "heading": {"bold": True, "bottom": 2, "text_wrap": True},
    "heading_number": {"bold": True, "bottom": 2, "align": "right"},
    "figure": {**_BORDER, "text_wrap": True},
    "strong": {"bold": True},
    "small": {"font_size": 8, "font_color": "#505a5f"},
    "none": {**_BORDER, "bg_color": "#f3f2f1"},
    "key": {"font_size": 7, "font_color": "#b1b4b6", "valign": "top"},
    "number": {**_BORDER, "bg_color": "#fff7bf", "locked": False, "num_format": "#,##0.##"},
    "whole": {**_BORDER, "bg_color": "#fff7bf", "locked": False, "num_format": "#,##0"},
    "text": {**_BORDER, "bg_color": "#fff7bf", "locked": False, "align": "left"},
    "day": {**_BORDER, "bg_color": "#fff7bf", "locked": False, "align": "left", "num_format": "dd/mm/yyyy"},
}


def has_two(measure: Measure) -> bool:
    """Whether a figure is given as how many of how many; the population of a rate is known without."""
    return measure.of not in {None, POPULATION}


def is_whole(measure: Measure) -> bool:
    """Whether its numbers are of things counted one by one."""
    return (measure.counts is None or measure.of == ALL_CASES) and measure.statistic is not Statistic.MEDIAN


def cells_of(supplier: Supplier, registry: Registry, period: Period) -> tuple[SuppliedCell, ...]:
    """The supplier's cells of a month: those of figures that are in force on its last day."""
    return tuple(cell for cell in supplier.cells if _is_in_force(cell, registry, period))


def _is_in_force(cell: SuppliedCell, registry: Registry, period: Period) -> bool:
    indicator = registry.of_measure(cell.measure)
    begun = indicator.from_day is None or indicator.from_day <= period.last_day
    return begun and (indicator.to_day is None or indicator.to_day >= period.last_day)


def form(supplier: Supplier, registry: Registry, period: Period, council: str) -> bytes:
    """The workbook of a supplier for a month."""
    made = io.BytesIO()
    # Text is written as text: nothing in a definition is to become a formula or a link.
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{supplier.title}, {period.label}", "author": council, "created": _MADE})
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        sheet = book.add_worksheet(SHEET)
        _set_up_page(sheet, f"{council}: {supplier.title}, {period.label}")
        _write_head(sheet, looks, supplier, period)
        before = ""
        cells = cells_of(supplier, registry, period)
        for row, cell in enumerate(cells, FIRST_ROW):
            _write_figure(sheet, looks, row, cell, registry, explained=cell.measure != before)
            sheet.write(row, 4, str(cell.key(period)), looks["key"])
            before = cell.measure
        sheet.print_area(0, 0, FIRST_ROW + len(cells) - 1, len(HEADINGS) - 2)
        sheet.protect("", {"select_locked_cells": False, "format_columns": True, "format_rows": True})
        sheet.set_selection(2, 1, 2, 1)
    return made.getvalue()


def _set_up_page(sheet: Any, footer: str) -> None:
    """A4 upright, one page wide; the keys are beside the paper, not on it."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8&P of &N")
    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST_ROW, 0)


def _write_head(sheet: Any, looks: dict[str, Any], supplier: Supplier, period: Period) -> None:
    sheet.merge_range(0, 0, 0, 3, f"{supplier.title}: figures for {period.label}", looks["title"])
    sheet.merge_range(1, 0, 1, 3, _WORDS, looks["words"])
    sheet.set_row(0, 24)
    sheet.set_row(1, 4 * _LINE)
    sheet.write(2, 0, GIVEN_BY, looks["label"])
    sheet.merge_range(2, 1, 2, 3, "", looks["text"])
    sheet.write(3, 0, GIVEN_ON, looks["label"])
    sheet.write_blank(3, 1, None, looks["day"])
    sheet.data_validation(3, 1, 3, 1, _DAY)
    for row, name, said in ((5, MONTH, str(period)), (6, SUPPLIER, supplier.id)):
        sheet.write(row, 0, name, looks["label"])
        sheet.write_string(row, 1, said, looks["fixed"])
    for place, heading in enumerate(HEADINGS):
        sheet.write(FIRST_ROW - 1, place, heading, looks["heading_number" if place in {2, 3} else "heading"])


def _write_figure(  # noqa: PLR0913 - one row needs the whole sheet's setting
    sheet: Any, looks: dict[str, Any], row: int, cell: SuppliedCell, registry: Registry, *, explained: bool
) -> None:
    """What is asked, once in the words it will be printed with, and a yellow cell for each number."""
    measure, part = registry.measure(cell.measure), _part(cell, registry)
    words = _in_words(measure, cell.window) if explained else ""
    small = (looks["small"], f"\n{words}") if words else (" ",)
    sheet.write_rich_string(row, 0, looks["strong"], measure.title, *small, looks["figure"])
    sheet.write(row, 1, part, looks["figure"])
    inputs = 2 if has_two(measure) else 1
    for place in range(2):
        look = "none" if place >= inputs else "whole" if is_whole(measure) else "number"
        sheet.write_blank(row, 2 + place, None, looks[look])
    sheet.data_validation(row, 2, row, 1 + inputs, _number(measure))
    left = _LINE * _lines(measure.title, _WIDTHS[0] - 4) + _SMALL_LINE * _lines(words, _SMALL_LETTERS_IN_A_LINE)
    sheet.set_row(row, max(left, _LINE * _lines(part, _WIDTHS[1] - 2)) + 4)


def _lines(words: str, letters: int) -> int:
    return -(-len(words) // letters)


def _in_words(measure: Measure, window: Window) -> str:
    said = _SLOT.sub("…", measure.in_words)
    return f"{said}, at the end of the month" if said and window is Window.MONTH_END else said


def _part(cell: SuppliedCell, registry: Registry) -> str:
    """The members in words, as the pack prints them."""
    if cell.dimension == WHOLE:
        return "All"
    pairs = zip(cell.dimension.split(CROSSED), cell.member.split(CROSSED), strict=True)
    return ", ".join(_label(registry.dimensions[dimension].members.get(code, code), code) for dimension, code in pairs)


def _label(label: str, code: str) -> str:
    return "Not recorded" if code == NOT_RECORDED else label


_DAY = {
    "validate": "date",
    "criteria": "between",
    "minimum": datetime(2000, 1, 1),  # noqa: DTZ001 - a bound of the workbook
    "maximum": datetime(2100, 12, 31),  # noqa: DTZ001 - a bound of the workbook
    "error_title": "No day",
    "error_message": "Write the day you fill this in, such as 03/12/2021.",
}


def _number(measure: Measure) -> dict[str, object]:
    kind = "a whole number" if is_whole(measure) else "a number"
    return {
        "validate": "integer" if is_whole(measure) else "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": MOST,
        "error_title": "No number",
        "error_message": f"Write {kind}, 0 or more; leave the cell empty where you do not know it.",
    }
