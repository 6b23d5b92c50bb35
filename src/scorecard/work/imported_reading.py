"""A file of past figures as text: a row a figure, or a row a measure and a column a month."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period
from scorecard.contract.sources.delimited import open_delimited
from scorecard.contract.sources.piece import UnreadableError
from scorecard.contract.sources.workbook import open_workbook
from scorecard.contract.sources.workbook_cells import BROKEN
from scorecard.errors import ExtractError, Place
from scorecard.work.supplied_reading import day_as_written

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.contract.report import Finding
    from scorecard.contract.sources.piece import Cells, Piece

MOST_BYTES = 10_000_000
"""Ten years of every figure are a tenth of it."""

HEADINGS = ("indicator", "month", "window", "value", "numerator", "denominator", "dimension", "member", "document")
"""The columns of a file with a row a figure; `indicator`, `month` and `value` (or its two parts) are enough."""

_SAID = {"measure": "indicator", "figure": "indicator", "performance measure": "indicator", "period": "month"}
_SAID |= {"source document": "document", "source": "document"}
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_WORDS = re.compile(r"(?P<name>[a-z]{3,9})\W{0,2}(?P<year>\d{4}|\d{2})")
_NUMBERS = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<month2>\d{1,2})[-/.](?P<year2>\d{4})")
_MONTHS = [Period(2000, number).first_day.strftime("%B").casefold() for number in range(1, 13)]
_CENTURY, _FEWEST_COLUMNS, _FEWEST_LETTERS = 2000, 2, 3


@dataclass(frozen=True)
class Written:
    """One figure as it stands in a file, its texts untouched; `row` and `column` say where."""

    file: str
    row: int
    column: str
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands under a heading; nothing where there is no such column."""
        return self.texts.get(name, "")

    def fault(self, problem: str, remedy: str) -> ExtractError:
        """What is wrong with it, with its place; the text itself is not repeated."""
        return ExtractError(f"{problem} (column “{self.column}”)", remedy=remedy, at=Place(self.file, self.row))


def in_plain_words(text: str) -> str:
    """A name without what people write differently: case, punctuation, spaces.

    >>> in_plain_words("% of Assessments, within 45 days")
    'percent of assessments within 45 days'
    """
    return _NOT_A_WORD.sub(" ", text.casefold().replace("%", " percent ")).strip()


def month_as_written(text: str) -> Period | None:
    """A month as people and spreadsheets write it; a day stands for its month.

    >>> [str(month_as_written(one)) for one in ("Nov-21", "November 2021", "Sept '21", "2021-11", "11/2021", "44501")]
    ['2021-11', '2021-11', '2021-09', '2021-11', '2021-11', '2021-11']
    >>> month_as_written("2021-13"), month_as_written("Target 20")
    (None, None)
    """
    text = text.strip().casefold()
    if found := _WORDS.fullmatch(text):
        year, number = int(found["year"]), _number_of(found["name"])
        return Period(year if year > _CENTURY else _CENTURY + year, number) if number else None
    if found := _NUMBERS.fullmatch(text):
        year, number = int(found["year"] or found["year2"]), int(found["month"] or found["month2"])
        return Period(year, number) if 1 <= number <= len(_MONTHS) else None
    day = day_as_written(text)
    return Period.holding(day) if day else None


def _number_of(name: str) -> int:
    """The number of a month by its first letters; nought where they are none's."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name) or name == month[:4]), 0)


def read_past(path: Path) -> tuple[list[Written], list[str]]:
    """Every figure a file holds, and what is to be said of what was passed over; an `ExtractError` where it is none."""
    if path.stat().st_size > MOST_BYTES:
        raise ExtractError(
            f"the file is larger than {MOST_BYTES // 1_000_000} megabytes",
            remedy="Give a CSV file or a workbook of figures, not of records.",
            at=Place(path.name),
        )
    with duckdb.connect(":memory:") as connection:
        try:
            pieces, findings = _opened(path, connection)
            _refuse(findings)
            read = [_figures(piece, connection, place) for place, piece in enumerate(pieces)]
        except UnreadableError as unreadable:
            raise _fault(unreadable.finding) from None
        except (duckdb.Error, *BROKEN):
            raise ExtractError(
                "the file is damaged and cannot be read", remedy="Save it anew.", at=Place(path.name)
            ) from None
    found = [one for figures in read if figures is not None for one in figures]
    passed = [piece.label for piece, figures in zip(pieces, read, strict=True) if figures is None and piece.head]
    if not found:
        raise ExtractError(
            "no row of headings with months was found, or nothing stands below it",
            remedy="`scorecard import-history --template` writes a workbook to fill in.",
            at=Place(path.name),
        )
    return found, [f"{label}: passed over, since it has no headings with months." for label in passed]


def _opened(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[Piece], list[Finding]]:
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        piece, said = open_delimited(path)
        return [piece], [one for one in said if one.severity != "warn"]
    sheets, findings = open_workbook(path, connection)
    return list(sheets), findings


def _fault(finding: Finding) -> ExtractError:
    return ExtractError(
        finding.problem, remedy=finding.remedy, at=Place(finding.file, next(iter(finding.rows.first), None))
    )


def _refuse(findings: list[Finding]) -> None:
    """What could not be read is not passed over: a figure that is missing would not be missed."""
    for finding in findings:
        raise _fault(finding)


def _figures(piece: Piece, connection: duckdb.DuckDBPyConnection, place: int) -> list[Written] | None:
    """The figures of one file or sheet; none where it has no headings."""
    for row, cells in enumerate(piece.head, 1):
        if columns := _columns(cells):
            table = f"past_{place}"
            _refuse(piece.pour(connection, table, columns, row))
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - a name of our own
            heads = {name: cells[at] for name, at in columns.items()}
            return [one for number, *texts in rows for one in _of_row(piece.label, number, heads, texts)]
    return None


def _columns(cells: Cells) -> dict[str, int] | None:
    """The columns that are read, by name: those of known headings, and each month's under its own name."""
    known = {at: _SAID.get(words, words) for at, cell in enumerate(cells) if (words := in_plain_words(cell))}
    found = {name: at for at, name in reversed(known.items()) if name in HEADINGS}
    if {"indicator", "month"} <= found.keys():
        return found
    months = {str(month): at for at, cell in enumerate(cells) if (month := month_as_written(cell))}
    if len(months) < (1 if "indicator" in found else _FEWEST_COLUMNS) or not min(months.values()):
        return None
    named = {name: at for name, at in found.items() if name not in {"month", "value", "numerator", "denominator"}}
    return {"indicator": 0, **named, **months}


def _of_row(file: str, row: int, heads: dict[str, str], texts: list[str | None]) -> list[Written]:
    """The one figure of a row, or one for each month that has a text in it."""
    held = {name: (text or "").strip() for name, text in zip(heads, texts, strict=True)}
    if "month" in heads:
        return [Written(file, row, heads.get("value", "value"), held)]
    own = {name: text for name, text in held.items() if name in HEADINGS}
    return [
        Written(file, row, Period.parse(name).short_label, {**own, "month": name, "value": text})
        for name, text in held.items()
        if name not in HEADINGS and text
    ]
