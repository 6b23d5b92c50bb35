"""Past packs' printed figures brought in, each marked as what it is: first reported, imported."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter

from scorecard.errors import ExtractError, Place, UsageError, raise_together
from scorecard.store.imported import PastFigures
from scorecard.store.ledger import Act
from scorecard.work.imported_checking import Checking, months_of
from scorecard.work.imported_reading import read_past
from scorecard.work.views import last_whole_month

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorecard.errors import ScorecardError
    from scorecard.store.imported import Imported
    from scorecard.work.workspace import Workspace

_MONTHS_BACK = 12
_MOST_TOLD = 40


@dataclass(frozen=True)
class Brought:
    """What was kept of a file, and what is to be said of it."""

    kept: Imported
    notes: tuple[str, ...]


def import_history(workspace: Workspace, path: Path, today: date, by: str = "", document: str = "") -> Brought:
    """Keep the figures of earlier packs; nothing is kept unless all of it can be."""
    if not path.is_file():
        raise UsageError(f"{path} is no file.", remedy="Name a CSV file or a workbook of past figures.")
    who = " ".join((by or workspace.by.person).split())
    if not who:
        raise UsageError("It is not said who enters these figures.", remedy="Add --by with a name or a role.")
    written, notes = read_past(path)
    checking = Checking(workspace.registry, today, document or path.name)
    figures = checking.figures(written)
    _raise_some(checking.problems)
    if not figures:
        raise ExtractError(
            "no figure is filled in", remedy="An empty cell is no figure; 0 is one.", at=Place(path.name)
        )
    given = PastFigures(_slug(path.stem), who, today, figures)
    with workspace.store.writing() as ledger:
        kept = workspace.store.imports.holding(path)
        if kept:
            notes.append("It had been imported before; nothing was added.")
        else:
            kept = workspace.store.imports.keep(given, path)
        if kept.id not in {entry.to for entry in ledger.all() if entry.act is Act.IMPORTED}:
            ledger.add(Act.IMPORTED, kept.id, told={"figures": len(figures), "months": len(months_of(figures))})
    if checking.targets:
        notes.append(f"Cells of rows of targets passed over: {checking.targets}; targets stand in targets.toml.")
    return Brought(kept, (*notes, *_frozen(workspace, kept)))


def _raise_some(problems: list[ScorecardError]) -> None:
    """All problems together; of very many the first, and how many more."""
    if len(problems) > _MOST_TOLD:
        more = ExtractError(f"and {len(problems) - _MOST_TOLD} more problems like these", remedy="Mend these first.")
        problems = [*problems[:_MOST_TOLD], more]
    raise_together(problems)


def _frozen(workspace: Workspace, kept: Imported) -> list[str]:
    """The months whose own freeze stands in first place."""
    return [
        f"{month.label} has been frozen here: what was frozen stands, and its {count} imported figures are only kept."
        for month, count in sorted(months_of(kept.given.figures).items())
        if workspace.months.get(month)
    ]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "figures"


def template(workspace: Workspace, today: date) -> bytes:
    """A workbook to fill in: a row for each measure, a column for each of the twelve months before the first frozen."""
    frozen, made = workspace.months.all(), io.BytesIO()
    last = frozen[0].period.back(1) if frozen else last_whole_month(today)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet, bold = book.add_worksheet("Past figures"), book.add_format({"bold": True})
        heads = ("Indicator", "Title", *(last.back(step).short_label for step in reversed(range(_MONTHS_BACK))))
        sheet.write_row(0, 0, heads, bold)
        for row, measure in enumerate(workspace.registry.measures.values(), 1):
            sheet.write_row(row, 0, (measure.id, f"{measure.title} ({measure.unit})"))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 60)
        sheet.freeze_panes(1, 2)
    return made.getvalue()
