"""Reading comparators from CSV files, one published figure a line."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.findings.comparators import Area, Comparator, Comparators, PeriodKind
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SHIPPED = Path(str(files("scorecard"))) / "library" / "benchmarks"

_COLUMNS = (
    *("measure", "area", "label", "value", "decimals", "unit", "counts", "period_kind", "period_start", "period_end"),
    *("published", "source", "method", "members_used", "members", "differs"),
)
_REMEDY = "Days are written 2021-03-31, values with a point; area, unit and period_kind as in the shipped file."


def load_comparators(*places: Path) -> Comparators:
    """Read comparators from CSV files, or from every CSV file of a folder; all faults are told at once."""
    problems: list[ScorecardError] = []
    found: list[Comparator] = []
    for place in places:
        for path in sorted(place.glob("*.csv")) if place.is_dir() else [place]:
            found.extend(_read_file(path, problems))
    raise_together(problems)
    return Comparators(found)


def shipped_comparators() -> Comparators:
    """The published figures that come with the program."""
    return load_comparators(SHIPPED)


def comparators_as_text(comparators: Iterable[Comparator]) -> str:
    """Comparators as a file that `load_comparators` reads."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in comparators:
        held = (getattr(one, column) for column in _COLUMNS)
        writer.writerow("" if value is None else str(value) for value in held)
    return lines.getvalue()


def _read_file(path: Path, problems: list[ScorecardError]) -> list[Comparator]:
    found = []
    with io.StringIO(text_of(path), newline="") as lines:
        reader = csv.DictReader(lines)
        if missing := [column for column in _COLUMNS if column not in (reader.fieldnames or ())]:
            remedy = f"Its first line must name {', '.join(_COLUMNS)}."
            problems.append(
                WorkspaceError(f"There is no column {', '.join(missing)}.", remedy=remedy, at=Place(path, 1))
            )
            return []
        for row in reader:
            try:
                found.append(_comparator(row))
            except (ValueError, InvalidOperation) as error:
                at = Place(path, reader.line_num)
                problems.append(WorkspaceError(f"The comparator cannot be read: {error}.", remedy=_REMEDY, at=at))
    return found


def _comparator(row: dict[str, str]) -> Comparator:
    return Comparator(
        measure=row["measure"],
        area=Area(row["area"]),
        label=row["label"],
        value=Decimal(row["value"]),
        decimals=int(row["decimals"]),
        unit=Unit(row["unit"]),
        counts=row["counts"],
        period_kind=PeriodKind(row["period_kind"]),
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        published=date.fromisoformat(row["published"]),
        source=row["source"],
        method=row["method"],
        members_used=int(row["members_used"]) if row["members_used"] else None,
        members=int(row["members"]) if row["members"] else None,
        differs=row["differs"],
    )
