"""Published tables as they are downloaded: a value for each area and year, or why there is none."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from scorecard.errors import Place, WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.benchmarks.series import Series


class Level(StrEnum):
    """What an area is."""

    NATIONAL = "National"
    REGIONAL = "Regional"
    COUNCIL = "Local authority"


class Missing(StrEnum):
    """Why a cell holds no number."""

    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not applicable"
    NOT_AVAILABLE = "not available"
    NEGLIGIBLE = "rounds to nothing"
    UNRELIABLE = "of low reliability"


SYMBOLS = {
    "c": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
    "x": Missing.NOT_AVAILABLE,
    ":": Missing.NOT_AVAILABLE,
    "..": Missing.NOT_AVAILABLE,
    "-": Missing.NOT_AVAILABLE,
    "": Missing.NOT_AVAILABLE,
    "low": Missing.NEGLIGIBLE,
    "k": Missing.NEGLIGIBLE,
    "~": Missing.NEGLIGIBLE,
    "u": Missing.UNRELIABLE,
}
"""The signs that stand instead of a number in the releases of 2013 to 2025."""

FINEST = Decimal("0.001")
"""As finely as a figure is kept that is made of published ones."""

_FIXED = ("time_period", "geographic_level", "region_code", "old_la_code", "la_name")


@dataclass(frozen=True)
class Value:
    """One published value, or one `made` of published ones.

    `code` is the department's number of a council, the region's code, or empty for England.
    """

    level: Level
    code: str
    name: str
    year: int
    value: Decimal | None
    missing: Missing | None = None
    made: str = "as published"


@dataclass(frozen=True)
class Table:
    """A published table, every cell as it is written."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def is_published(columns: tuple[str, ...]) -> bool:
    """Whether a table is laid out as the department's are."""
    return set(_FIXED) <= set(columns)


def table_of(name: str, text: str) -> Table:
    """A table read as text, whatever it holds; a `ValueError` where it is no table."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    rows = tuple({key: (value or "").strip() for key, value in row.items() if key} for row in reader)
    return Table(name, tuple(reader.fieldnames or ()), rows)


def cell(text: str, path: Path, line: int, column: str) -> Decimal | Missing:
    """A number, or why there is none; anything else is a fault, and never a nought."""
    if text in SYMBOLS:
        return SYMBOLS[text]
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        remedy = "See the release's own guidance for what the sign means, and tell us: it is in none we know."
        raise WorkspaceError(f"{column} holds “{text}”, which is no number", remedy=remedy, at=Place(path, line))
    return number


Populations = Mapping[tuple[str, int], Decimal]
"""Children aged 0 to 17 by area (a council's number, a region's code, or nothing for England) and mid-year."""


def populations_of(table: Table, path: Path) -> dict[tuple[str, int], Decimal]:
    """The children of every area, where a table is the estimates of the Office for National Statistics."""
    if not {"age_group", "population_estimate"} <= set(table.columns):
        return {}
    found = {}
    for line, row in enumerate(table.rows, 2):
        if row["geographic_level"] in set(Level) and row["age_group"] == "Children aged 0 to 17 years":
            number = cell(row["population_estimate"], path, line, "population_estimate")
            if isinstance(number, Decimal) and number:
                found[_area(row)[1], _year(row, path, line)] = number
    return found


def values_of(
    series: Series, table: Table, path: Path, populations: Populations = MappingProxyType({})
) -> Iterator[Value]:
    """What a table publishes of a series; Inner and Outer London stand beside London and are left out."""
    for line, row in enumerate(table.rows, 2):
        is_part = row["geographic_level"] == Level.REGIONAL and row["region_code"].startswith("E13")
        if not is_part and row["geographic_level"] in set(Level) and series.holds(row):
            level, code, name = _area(row)
            year = _year(row, path, line)
            found, made = _figure(series, _Row(row, path, line), populations.get((code, year - 1)))
            value, missing = (None, found) if isinstance(found, Missing) else (found, None)
            yield Value(level, code, name, year, value, missing, made)


def _area(row: dict[str, str]) -> tuple[Level, str, str]:
    level = Level(row["geographic_level"])
    code = {Level.NATIONAL: "", Level.REGIONAL: row["region_code"], Level.COUNCIL: row["old_la_code"].split(" / ")[0]}
    name = {Level.NATIONAL: "England", Level.REGIONAL: row.get("region_name", ""), Level.COUNCIL: row["la_name"]}
    return level, code[level], name[level]


def _year(row: dict[str, str], path: Path, line: int) -> int:
    """The year a row is of: the one it ends in, also where both are written (202021)."""
    written = row["time_period"]
    if not (written.isascii() and written.isdigit() and len(written) in {4, 6}):
        remedy = "Years are written 2021, or 202021 for one that ends in 2021."
        raise WorkspaceError(f"time_period holds “{written}”, which is no year.", remedy=remedy, at=Place(path, line))
    return int(written) if len(written) == len("2021") else int(written[:4]) + 1


@dataclass(frozen=True)
class _Row:
    """A line of a table, and where it stands."""

    cells: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> Decimal | Missing:
        """The number of a column, or why there is none."""
        return cell(self.cells[column], self.path, self.line, column)


def _figure(series: Series, row: _Row, population: Decimal | None) -> tuple[Decimal | Missing, str]:
    """The published figure, or where none is a share or a rate of published counts; and how it was made."""
    if column := series.column(series.value, row.cells):
        return row[column], "as published"
    if series.per_10000:
        return _rate(row[series.per_10000], population), "the published count, for each 10,000 children of the estimate"
    return _share(series, row), "a share of published counts"


def _rate(count: Decimal | Missing, population: Decimal | None) -> Decimal | Missing:
    """A rate of the children of the mid-year before, as the department reckons it."""
    if isinstance(count, Missing):
        return count
    return (count * 10_000 / population).quantize(FINEST) if population else Missing.NOT_AVAILABLE


def _share(series: Series, row: _Row) -> Decimal | Missing:
    whole = row[series.column(series.whole, row.cells)]
    if isinstance(whole, Missing) or not whole:
        return whole if isinstance(whole, Missing) else Missing.NOT_APPLICABLE
    if series.less:
        late = [row[column] for column in series.less]
        return (whole - sum(one for one in late if isinstance(one, Decimal))) * 100 / whole
    parts = [row[column] for column in series.parts]
    missing = next((one for one in parts if isinstance(one, Missing)), None)
    return missing or sum((one for one in parts if isinstance(one, Decimal)), Decimal(0)) * 100 / whole
