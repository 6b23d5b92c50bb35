"""Formulas in a sheet whose results were never stored, so that a reader shows empty cells where values are meant."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WITHOUT_VALUE = "formula_without_value"
"""The kind of finding."""

_FORMULA = rb"<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>"
_FORMULA_CELL = re.compile(
    rb"<c\b(?P<about>[^<>]*)>\s*(?:" + _FORMULA + rb")\s*(?P<value><v\s*/>|<v\b[^<>]*>\s*</v>|<v\b)?",
)
_FILLED_CELL = re.compile(
    rb"<c\b(?P<about>[^<>]*)>\s*(?:" + _FORMULA + rb")?\s*(?P<value><is\b|<v\b[^<>]*>[^<\s]|<v\b)",
)
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*\br\s*=\s*[\"'](\d{1,10})")
# As programs write them; a sheet written otherwise is measured by what its reading takes.
_LETTERS = re.compile(rb' r="([A-Za-z]{1,6})')
_NUMBER = re.compile(rb' r="[A-Za-z]{0,6}(\d{1,10})')
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_TEXT = b't="str"'


def formulas_without_value(sheet: bytes) -> dict[int, list[int]]:
    """The rows of such formulas, by the place of their column among those the reader gives.

    A program that writes formulas without working them out leaves the value away, or an empty one; Excel itself marks
    a result that is an empty text as text, and that is a value.

    >>> formulas_without_value(b'<c r="B1"><v>1</v></c><c r="C2"><f>B1</f><v></v></c>')
    {1: [2]}
    >>> formulas_without_value(b'<c r="A1"><f>B1</f><v>1</v></c><c r="A2" t="str"><f>B2</f><v></v></c>')
    {}
    """
    rows: dict[bytes, list[int]] = {}
    for cell in _FORMULA_CELL.finditer(sheet) if b"<f" in sheet else ():
        at = _AT.search(cell["about"])
        if at and not _is_stored(cell):
            rows.setdefault(at[1], []).append(int(at[2]))
    first = _first_column(sheet) if rows else 0
    return {_number(letters) - first: numbers for letters, numbers in rows.items()}


def formula_rows(sheet: bytes) -> tuple[int, ...]:
    """The rows of a sheet that hold a formula, in order; 0 where the row does not say its number.

    >>> formula_rows(b'<row r="2"><c r="C2"><f>B1</f><v>3</v></c></row><row r="3"><c r="C3"><v>3</v></c></row>')
    (2,)
    """
    rows = [(row.start(), int(row[1])) for row in _ROW.finditer(sheet)]
    starts = [start for start, _ in rows]
    places = (bisect(starts, found.start()) for found in _ANY_FORMULA.finditer(sheet))
    return tuple(dict.fromkeys(rows[place - 1][1] if place else 0 for place in places))


def reach(sheet: bytes) -> tuple[int, int]:
    """The last row and the last column that a sheet names: a reader makes room for every cell before them.

    >>> reach(b'<row r="9"><c r="B9"><v>1</v></c></row>')
    (9, 2)
    """
    rows = max(map(int, set(_NUMBER.findall(sheet))), default=0)
    return rows, max((_number(letters.upper()) for letters in set(_LETTERS.findall(sheet))), default=0)


def _is_stored(cell: re.Match[bytes]) -> bool:
    return cell["value"] == b"<v" or (cell["value"] is not None and _TEXT in cell["about"])


def _first_column(sheet: bytes) -> int:
    """The reader leaves away the columns before the first that has a value."""
    filled = (cell for cell in _FILLED_CELL.finditer(sheet) if cell["value"] != b"<v" or _TEXT in cell["about"])
    places = {at[1] for cell in filled if (at := _AT.search(cell["about"]))}
    return min(map(_number, places), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def without_value(
    label: str,
    formulas: Mapping[int, Sequence[int]],
    columns: Mapping[str, int],
    header_row: int,
) -> list[Finding]:
    """What is to be said about the columns that are wanted."""
    found = {name: tuple(row for row in formulas.get(place, ()) if row > header_row) for name, place in columns.items()}
    return [
        Finding(
            WITHOUT_VALUE,
            Severity.WARN,
            "The cell holds a formula whose value was not saved; it is taken as empty.",
            "Open it in Excel, save it, and give it again.",
            label,
            Rows(rows[:SHOWN_ROWS], len(rows)),
            column=name,
        )
        for name, rows in found.items()
        if rows
    ]
