"""Native tables in Word: headings repeated on each page, widths that fit the page, no row broken in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from scorecard.render.paper import is_wide, status_words, without_control
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from docx.document import Document as Made

    from scorecard.pack.document import Cell, Column, NumberTable

_UPRIGHT_CM, _LYING_CM = 17.0, 25.7
_MANY, _VERY_MANY = 7, 11


def add_table(made: Made, table: NumberTable) -> None:
    """The table at the end of the file."""
    held = made.add_table(rows=1, cols=len(table.columns) + 1, style="Table Grid")
    held.alignment, held.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    widths = _widths(table)
    size = Pt(9 if len(table.columns) < _MANY else 8 if len(table.columns) < _VERY_MANY else 7)
    _head(held.rows[0], table, size)
    for row in table.rows:
        cells = held.add_row().cells
        for place, cell in enumerate((row.heading, *row.cells)):
            _fill(cells[place], cell, size, strong=cell.strong or row.total, right=_is_right(table.columns, place))
    for row in held.rows:
        _whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    made.add_paragraph(style="Small")


def _widths(table: NumberTable) -> list[Any]:
    """The first column as wide as names need; the others share what is left."""
    across = _LYING_CM if is_wide(table) else _UPRIGHT_CM
    first = max(3.2, across * 0.45 - 0.45 * len(table.columns))
    return [Cm(first), *(Cm((across - first) / len(table.columns)) for _ in table.columns)]


def _head(row: Any, table: NumberTable, size: Any) -> None:
    words = [table.corner, *(_heading(column) for column in table.columns)]
    for place, (cell, told) in enumerate(zip(row.cells, words, strict=True)):
        _write(cell, told, size, strong=True, right=_is_right(table.columns, place))
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - the library has no header rows


def _heading(column: Column) -> str:
    marks = f" ({', '.join(column.marks)})" if column.marks else ""
    return f"{column.heading}{marks}" + (f"\n{column.small}" if column.small else "")


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - nor rows that stay whole


def _is_right(columns: tuple[Column, ...], place: int) -> bool:
    return place > 0 and columns[place - 1].numeric


def _fill(held: Any, cell: Cell, size: Any, *, strong: bool, right: bool) -> None:
    marks = f" ({', '.join(cell.marks)})" if cell.marks else ""
    lines = (text_of(cell.phrase) + marks, status_words(cell.status), text_of(cell.small))
    _write(held, "\n".join(line for line in lines if line), size, strong=strong, right=right)


def _write(held: Any, words: str, size: Any, *, strong: bool, right: bool) -> None:
    paragraph = held.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(without_control(words))
    run.font.size, run.bold = size, strong
