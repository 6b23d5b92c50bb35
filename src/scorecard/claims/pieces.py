"""A text in the pieces that claim something: its sentences, and the cells of the tables that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELLS = re.compile(r"\t|\s\|\s")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9{“\"'])")
_A_CELL = re.compile(r"\t|\s\|\s")
_FIGURE = re.compile(r"\s*[−-]?£?\d[\d,.]*\s*%?\*?\s*(?:\([^)]*\))?\s*")
_YEAR = re.compile(r"20\d\d")
_A_ROW = 2


@dataclass(frozen=True)
class Piece:
    """A sentence or a cell of the n-th line: `row` and `column` head a cell, `caption` stands over it."""

    text: str
    place: int
    row: str = ""
    column: str = ""
    caption: str = ""

    @property
    def is_cell(self) -> bool:
        """Whether it stands in a table."""
        return bool(self.row or self.column)

    @property
    def words(self) -> str:
        """As it is quoted."""
        return ": ".join(part for part in (self.row, self.column, self.text) if part) if self.is_cell else self.text


def pieces_of(text: str) -> Iterator[Piece]:
    r"""Every sentence and every cell that has a number; a table is lines with cells.

    >>> [one.words for one in pieces_of("It rose. It fell.\nIn time %\tOct\tNov\nNorth\t45%\t58%")]
    ['It rose.', 'It fell.', 'North: Oct: 45%', 'North: Nov: 58%']
    """
    lines = [line.strip(" \r") for line in text.split("\n")]
    lines = [line.removeprefix("- ") if " | " in line else line for line in lines]
    lines = [line if _A_CELL.search(line.rstrip("\t")) else line.strip("\t ") for line in lines]
    caption, place = "", 0
    while place < len(lines):
        table = _table(lines, place)
        if table:
            yield from _cells(table, place, caption)
            place += len(table)
            continue
        if lines[place]:
            is_item = lines[place].startswith(("-", "•", "* "))
            line = lines[place].lstrip("-•* ")
            yield from (Piece(one.strip(), place, caption=caption) for one in _SENTENCE.split(line) if one.strip())
            caption = caption if is_item else line
        place += 1


def _table(lines: list[str], place: int) -> list[list[str]]:
    rows = list[list[str]]()
    for line in lines[place:]:
        cells = [cell.strip() for cell in _CELLS.split(line)]
        if len(cells) < _A_ROW:
            break
        rows.append(cells)
    return rows


def _cells(rows: list[list[str]], place: int, caption: str) -> Iterator[Piece]:
    """The cells of a table under its headings; a first column of numbers is a column like the others."""
    headed = not any(_is_figure(cell) and not _YEAR.fullmatch(cell) for cell in rows[0][1:])
    heads = rows[0] if headed else []
    above = ""
    for down, row in enumerate(rows[1:] if headed else rows, 1 if headed else 0):
        labels = [cell for cell in row if cell and not _is_figure(cell)]
        above = row[0] if row[0] and not _is_figure(row[0]) else above
        label = " ".join(labels if row[0] in labels else [above, *labels]) if not _is_figure(row[0]) else ""
        is_whole = len(row) == len(heads)
        for across, cell in enumerate(row):
            if _is_figure(cell):
                column = heads[across] if is_whole else ""
                over = caption if is_whole or not heads else f"{caption} {' '.join(heads)}"
                yield Piece(cell, place + down, label, column or "-", over)


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell))
