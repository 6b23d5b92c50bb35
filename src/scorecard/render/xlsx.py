"""A document as an Excel workbook: numbers as numbers, native charts, and no text that becomes a formula or a link."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from scorecard.render.grids import Amount, Grid, covered, grids_of
from scorecard.render.xlsx_charts import place_charts
from scorecard.render.zipped import same_bytes

if TYPE_CHECKING:
    from scorecard.pack.document import Document
    from scorecard.render.grids import Held
    from scorecard.render.style import Style

_A4, _LANDSCAPE_FROM = 9, 5
_WRAPPED_FROM, _LETTERS_ACROSS = 40, 260
_NEITHER_FORMULA_NOR_LINK = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def render_xlsx(document: Document, style: Style) -> bytes:
    """The document as a workbook, the same bytes for the same document."""
    import xlsxwriter  # noqa: PLC0415 - slow to load, and needed by this form only

    held = io.BytesIO()
    grids = grids_of(document)
    with xlsxwriter.Workbook(held, {"in_memory": True, **_NEITHER_FORMULA_NOR_LINK}) as book:
        said = {"title": f"{document.title}, {document.period}", "author": document.council}
        book.set_properties({**said, "comments": document.marking, "created": _midnight(document)})
        formats = _Formats(book, style)
        for grid in (*covered(document, grids), *grids):
            _write(book, formats, grid, document)
    return same_bytes(held.getvalue())


def _midnight(document: Document) -> Any:
    from datetime import datetime, time  # noqa: PLC0415 - a day of the document, not of the run

    return datetime.combine(document.produced_on, time())


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any, style: Style) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}
        self._font = {"font_name": style.office_font, "font_size": 11, "valign": "top"}
        self.title = self.get(bold=True, font_size=16)
        self.words = self.get()
        self.wrapped = self.get(text_wrap=True)
        self.heading = self.get(bold=True, text_wrap=True, bottom=1)

    def get(self, **more: object) -> Any:
        """A format, made if it has not been."""
        wanted = {**self._font, **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def of(self, amount: Amount) -> Any:
        """The format of a number: the decimals and signs it is printed with."""
        return self.get(num_format=number_format(amount), align="right")


def number_format(amount: Amount) -> str:
    """How a spreadsheet is told to show a number.

    >>> number_format(Amount(58.2, 0, "", "%")), number_format(Amount(1292.0)), number_format(Amount(5.0, 1, "£"))
    ('#,##0"%"', '#,##0', '"£"#,##0.0')
    """
    before, after = (f'"{sign}"' if sign else "" for sign in (amount.before, amount.after))
    return f"{before}#,##0{'.' + '0' * amount.decimals if amount.decimals else ''}{after}"


def _write(book: Any, formats: _Formats, grid: Grid, document: Document) -> None:
    """One sheet: its title in the first cell, what is said under it, its table, and then the charts beside that."""
    sheet = book.add_worksheet(grid.name)
    sheet.write_string(0, 0, grid.title, formats.title)
    for line, words in enumerate(grid.said, 1):
        sheet.write_string(line, 0, words, formats.words)
    top = len(grid.said) + 1
    for column, heading in enumerate(grid.headings):
        sheet.set_column(column, column, heading.width)
        for line, row in enumerate(grid.rows, top + 1):
            words = formats.wrapped if heading.width >= _WRAPPED_FROM else formats.words
            _write_cell(sheet, (line, column), row[column], formats, words)
    sheet.add_table(top, 0, top + len(grid.rows), len(grid.headings) - 1, _table(grid, formats))
    sheet.freeze_panes(top + 1, 1)
    if grid.charts:
        place_charts(book, sheet, grid, top)
    _set_page(sheet, grid, top, document)


def _table(grid: Grid, formats: _Formats) -> dict[str, Any]:
    """What marks the cells as a table with a name, so that a screen reader finds it and its headings."""
    columns = [{"header": heading.words, "header_format": formats.heading} for heading in grid.headings]
    return {"name": grid.name.replace(" ", "_"), "columns": columns, "style": None, "autofilter": grid.name == "Facts"}


def _write_cell(sheet: Any, place: tuple[int, int], held: Held, formats: _Formats, words: Any) -> None:
    if isinstance(held, Amount):
        sheet.write_number(*place, held.value, formats.of(held))
    elif held:
        sheet.write_string(*place, held, words)


def _set_page(sheet: Any, grid: Grid, top: int, document: Document) -> None:
    if len(grid.headings) >= _LANDSCAPE_FROM:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    if sum(heading.width for heading in grid.headings) <= _LETTERS_ACROSS:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.repeat_columns(0, 1)  # too wide to be read on one page: its names stand on each
    sheet.repeat_rows(top)
    council, marking = (words.replace("&", "&&") for words in (document.council, document.marking))
    sheet.set_header(f"&L{council}&R{marking}")
    sheet.set_footer(f"&L{document.period}&RPage &P of &N")
