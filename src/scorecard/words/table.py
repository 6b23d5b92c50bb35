"""Rows of values as a table of plain text."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 60


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under their headings, columns as wide as they need, numbers to the right; long text goes on below itself.

    >>> print(table(("id", "n"), [("a", 5), ("bb", 12)]))
    id   n
    --  --
    a    5
    bb  12
    """
    cells = [[_lines_of(value) for value in row] for row in rows]
    widths = [
        max(len(name), *(len(line) for row in cells for line in row[n])) if cells else len(name)
        for n, name in enumerate(columns)
    ]
    to_the_right = [bool(rows) and all(_is_number(row[n]) for row in rows) for n in range(len(columns))]
    lines = [_line(columns, widths, to_the_right), "  ".join("-" * width for width in widths)]
    lines += [_line(line, widths, to_the_right) for row in cells for line in zip_longest(*row, fillvalue="")]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int], to_the_right: Sequence[bool]) -> str:
    placed = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, to_the_right, strict=True)
    ]
    return "  ".join(placed).rstrip()


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _lines_of(value: object) -> list[str]:
    """A value in lines of a table; numbers are cut for the eye only, the other formats have them whole."""
    if value is None:
        return [""]
    text = f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return [text] if len(text) <= _WIDEST else textwrap.wrap(text, _WIDEST, break_on_hyphens=False)
