"""Totals without records: a workbook out to each supplier, and what they filled in kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.sources.folder import files_read
from scorecard.errors import ExtractError, Place, RefusedError, ScorecardError, UsageError, raise_together
from scorecard.store.disk import write_whole
from scorecard.store.ledger import Act
from scorecard.work.supplied_form import cells_of, form
from scorecard.work.supplied_reading import Checking, is_form, read_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.store.supplied import HandOver, Supply
    from scorecard.work.workspace import Workspace

SUPPLIED_COLUMNS = ("month", "supplier", "given by", "on", "figures", "asked for", "revision")
"""The columns of what has been given."""


def write_forms(workspace: Workspace, period: Period, folder: Path) -> tuple[Path, ...]:
    """A workbook for each supplier with its cells of a month; one that lies there, perhaps filled, is left alone."""
    if not workspace.suppliers:
        raise UsageError(
            "No one supplies totals to this council.",
            remedy="Name who does in suppliers.toml; docs/how-to/supply-a-total.md says how.",
        )
    wanted = {
        folder / f"{period}-{one.id}.xlsx": form(one, workspace.registry, period, workspace.authority.name)
        for one in workspace.suppliers.values()
        if cells_of(one, workspace.registry, period)
    }
    for path, data in wanted.items():
        if path.exists() and path.read_bytes() != data:
            raise RefusedError(
                f"{path} is there already.", remedy="Move it away, or name another folder with --out DIR."
            )
    for path, data in wanted.items():
        write_whole(path, data)
    return tuple(wanted)


def forms_in(source: Path) -> tuple[Path, ...]:
    """The suppliers' workbooks a person points at: one, or a folder of nothing else; none where it is an extract."""
    files = files_read(source)
    return tuple(files) if files and all(map(is_form, files)) else ()


def take_forms(workspace: Workspace, forms: Sequence[Path], today: date) -> tuple[Supply, ...]:
    """Keep what suppliers filled in; nothing is kept unless all of it can be."""
    problems, given = list[ScorecardError](), list[tuple["HandOver", "Path"]]()
    for path in forms:
        try:
            checking = Checking(path, read_form(path), workspace.suppliers, workspace.registry, today)
        except ExtractError as error:
            problems.append(error)
            continue
        found = checking.hand_over()
        if found and any((found.period, found.supplier) == (one.period, one.supplier) for one, _ in given):
            remedy = "Leave only the newer of the two."
            problems.append(
                ExtractError("a second workbook of one supplier and month", remedy=remedy, at=Place(path.name))
            )
        elif found:
            given.append((found, path))
        problems += checking.problems
    raise_together(problems)
    with workspace.store.writing() as ledger:
        kept = tuple(workspace.supplies.keep(one, path) for one, path in given)
        for one in kept:
            ledger.add(Act.SUPPLIED, one.id)
    return kept


def asked_of(workspace: Workspace, period: Period, supplier: str) -> int:
    """How many figures a supplier is asked for in a month."""
    one = workspace.suppliers.get(supplier)
    return len(cells_of(one, workspace.registry, period)) if one else 0


def given_rows(workspace: Workspace) -> list[tuple[object, ...]]:
    """What has been given: a row for each month and supplier, as last handed over."""
    return [
        (
            str(one.given.period),
            one.given.title,
            one.given.given_by,
            one.given.given_on,
            len(one.given.figures),
            asked_of(workspace, one.given.period, one.given.supplier),
            one.revision,
        )
        for one in workspace.supplies.all()
    ]
