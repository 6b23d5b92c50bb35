"""A supplier's workbook read back: never trusted, and all that is wrong with it said at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period
from scorecard.contract.sources.formulas import formula_rows, reach
from scorecard.contract.sources.piece import UnreadableError
from scorecard.contract.sources.workbook import cells_of_sheet, open_workbook, sheet_names
from scorecard.contract.sources.workbook_cells import BROKEN
from scorecard.definitions.indicator import Unit
from scorecard.errors import ExtractError, Place, ScorecardError
from scorecard.store.supplied import HandOver, SuppliedFigure
from scorecard.work.supplied_form import (
    FIRST_ROW,
    GIVEN_BY,
    GIVEN_ON,
    HEADINGS,
    MONTH,
    MOST,
    SHEET,
    SUPPLIER,
    cells_of,
    has_two,
    is_whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorecard.definitions.indicator import Measure
    from scorecard.definitions.registry import Registry
    from scorecard.facts.suppliers import Supplier

MOST_BYTES = 2_000_000
"""A filled form is some ten thousand bytes; what is much larger is none."""

_MOST_ROWS, _MOST_COLUMNS = 5_000, 50
_MOST_LETTERS = 100
_FRESH = "Write the form anew with `scorecard supplied --template`, fill it, and give that."
_NUMBER = re.compile(r"-?\d{1,12}(\.\d+)?")
_SERIAL = re.compile(r"\d{5}")
_SERIAL_BEGINS = date(1899, 12, 30)
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?: 00:00:00)?|(?P<d2>\d\d?)/(?P<m2>\d\d?)/(?P<y2>\d{4})")


@dataclass(frozen=True)
class Line:
    """One row of a form as it was filled, texts untouched."""

    row: int
    number: str
    of: str
    key: str


@dataclass(frozen=True)
class Filled:
    """A form as text: what its head says, and its lines."""

    head: Mapping[str, str]
    lines: tuple[Line, ...]


def is_form(path: Path) -> bool:
    """Whether a file is a workbook for supplied figures, by the name of a sheet; nothing of it is read."""
    return path.suffix.lower() == ".xlsx" and path.is_file() and SHEET in sheet_names(path)


def read_form(path: Path) -> Filled:
    """The texts of a form; an `ExtractError` says why a file cannot be one as it was written."""
    if path.stat().st_size > MOST_BYTES or sheet_names(path) != (SHEET,):
        raise _refused(path, "the workbook holds more than the form that was written", _FRESH)
    try:
        cells = cells_of_sheet(path, SHEET)
        rows, columns = reach(cells)
        if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
            raise _refused(path, "the sheet holds more than the form that was written", _FRESH)
        if found := formula_rows(cells):
            raise _refused(path, "there is a formula in the sheet", "Write the number itself.", found[0] or None)
        return _texts(path)
    except UnreadableError as unreadable:
        raise _refused(path, unreadable.finding.problem, unreadable.finding.remedy) from None
    except (duckdb.Error, *BROKEN):
        raise _refused(path, "the workbook is damaged and cannot be read", _FRESH) from None


def _refused(path: Path, problem: str, remedy: str, row: int | None = None) -> ExtractError:
    return ExtractError(problem, remedy=remedy, at=Place(path.name, row))


def _texts(path: Path) -> Filled:
    with duckdb.connect(":memory:") as connection:
        (sheet,), findings = open_workbook(path, connection)
        if findings:
            raise _refused(path, findings[0].problem, findings[0].remedy)
        head = sheet.head[:FIRST_ROW]
        if len(head) < FIRST_ROW or head[-1][: len(HEADINGS)] != HEADINGS:
            raise _refused(path, "the form's headings are not where they were written", _FRESH)
        sheet.pour(connection, "given", {"number": 2, "of": 3, "key": 4}, FIRST_ROW)
        rows = connection.execute("SELECT * FROM given ORDER BY 1").fetchall()
    lines = tuple(Line(row, *((cell or "").strip() for cell in cells)) for row, *cells in rows)
    return Filled({cells[0]: cells[1] for cells in head}, lines)


@dataclass
class Checking:
    """One form held to what was asked of its supplier; what is wrong gathers in `problems`."""

    path: Path
    filled: Filled
    suppliers: Mapping[str, Supplier]
    registry: Registry
    today: date
    problems: list[ScorecardError] = field(default_factory=list)

    def hand_over(self) -> HandOver | None:
        """Who gave what and when; nothing where anything is wrong."""
        by, day, period = self._given_by(), self._given_on(), self._period()
        supplier = self.suppliers.get(self.filled.head.get(SUPPLIER, ""))
        if supplier is None:
            self._say("the form's supplier is none of those in suppliers.toml", _FRESH, SUPPLIER)
        if supplier is None or period is None:
            return None
        if day and day < period.first_day:
            self._say(f"the day lies before {period.label}", "Write the day on which the form was filled in.", GIVEN_ON)
        figures = self._figures(supplier, period)
        if not figures and not self.problems:
            self._say("no figure is filled in", "Fill in the yellow cells; 0 is a figure.")
        if self.problems or day is None:
            return None
        return HandOver(period, supplier.id, supplier.title, by, day, figures)

    def _say(self, problem: str, remedy: str, at: str | int = 0) -> None:
        """`at` is a row, or a label of the head."""
        labels = list(self.filled.head)
        row = at if isinstance(at, int) else labels.index(at) + 1 if at in labels else 0
        self.problems.append(_refused(self.path, problem, remedy, row or None))

    def _given_by(self) -> str:
        said = " ".join(self.filled.head.get(GIVEN_BY, "").split())
        if not said or len(said) > _MOST_LETTERS or not any(letter.isalpha() for letter in said):
            self._say("it is not said who supplies the figures", f"Fill in “{GIVEN_BY}”, in a few words.", GIVEN_BY)
        return said

    def _given_on(self) -> date | None:
        day = day_as_written(self.filled.head.get(GIVEN_ON, ""))
        if day is None or day > self.today:
            remedy = "Fill in “Date”: the day, such as 03/12/2021, on which the form was filled in."
            self._say(
                "it has no day that has come" if day else "it is not said when it was filled in", remedy, GIVEN_ON
            )
            return None
        return day

    def _period(self) -> Period | None:
        try:
            return Period.parse(self.filled.head.get(MONTH, ""))
        except ValueError:
            self._say("the form's month has been changed", _FRESH, MONTH)
            return None

    def _figures(self, supplier: Supplier, period: Period) -> tuple[SuppliedFigure, ...]:
        theirs = {str(cell.key(period)): cell for cell in cells_of(supplier, self.registry, period)}
        found = dict[str, SuppliedFigure | None]()
        for line in self.filled.lines:
            if line.key not in theirs:
                problem = f"the figure of this row is none that {supplier.title} supplies for {period.label}"
                self._say(problem, _FRESH, line.row)
            elif line.key in found:
                self._say("the figure of this row stands in the form twice", _FRESH, line.row)
            else:
                found[line.key] = self._figure(line, self.registry.measure(theirs[line.key].measure))
        return tuple(figure for figure in found.values() if figure)

    def _figure(self, line: Line, measure: Measure) -> SuppliedFigure | None:
        if not line.number and not line.of:
            return None
        if has_two(measure) and not (line.number and line.of):
            self._say("one of two numbers is missing", "Write both: how many, of how many; or neither.", line.row)
            return None
        if line.of and not has_two(measure):
            self._say("there is a second number, and this figure has one", "Leave the column “Of” empty.", line.row)
            return None
        top = self._number(line.number, measure, line.row)
        bottom = self._number(line.of, measure, line.row) if line.of else None
        is_share = measure.unit is Unit.PERCENT and measure.of not in self.registry.measures
        if is_share and None not in {top, bottom} and (top or 0) > (bottom or 0):
            self._say("the number is greater than what it is of", "Write how many, then of how many.", line.row)
        return None if top is None else SuppliedFigure(line.key, top, bottom)

    def _number(self, text: str, measure: Measure, row: int) -> float | None:
        number = float(text) if _NUMBER.fullmatch(text) else None
        if number is None:
            self._say("there is no number in this row where one is asked for", "Write digits only, such as 12.", row)
        elif number < 0 or number > MOST:
            self._say("the number of this row is below 0 or beyond belief", "Write the number itself.", row)
        elif is_whole(measure) and not number.is_integer():
            self._say("the number of this row is not whole", "Write how many: never a percentage.", row)
        else:
            return number
        return None


def day_as_written(text: str) -> date | None:
    """A day as Excel keeps it, or as people write it."""
    if _SERIAL.fullmatch(text):
        return _SERIAL_BEGINS + timedelta(days=int(text))
    if found := _DAY.fullmatch(text):
        year, month, day = (found[name] or found[name + "2"] for name in "ymd")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            return None
    return None
