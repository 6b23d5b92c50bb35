"""Records older than a council keeps them: which they are, taking them away, and what the program cannot take away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period
from scorecard.errors import UsageError
from scorecard.store import retention
from scorecard.work.workspace import FEWEST_MONTHS_KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace

_OURS = ("store", "benchmarks", "supplied", "teams.csv", "bank_holidays.csv")
"""What may lie in a workspace and holds no records: totals, teams, days. The store is looked after by itself."""
_DATA = frozenset(
    {".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods", ".xml", ".json", ".zip", ".gz", ".tmp"}
)


@dataclass(frozen=True)
class Old:
    """An extract, or the cases of a freeze, that are older than they may be kept; `to` names it in the ledger."""

    to: str
    what: str
    files: tuple[Path, ...]

    @property
    def rows(self) -> int:
        """How many rows they hold together."""
        with duckdb.connect(":memory:") as connection:
            counted = connection.execute(
                "SELECT sum(num_rows) FROM parquet_file_metadata(?)", [[str(file) for file in self.files]]
            )
            return int(counted.fetchall()[0][0])


def kept_from(workspace: Workspace, today: date, before: Period | None = None) -> Period:
    """The first month whose records stay: by the setting, or as it is asked for."""
    newest = Period.holding(today).back(FEWEST_MONTHS_KEPT)
    if before and before > newest:
        raise UsageError(
            f"Records are kept for {FEWEST_MONTHS_KEPT} months at least: a pack looks back to the month a year before.",
            remedy=f"Name a month no later than {newest}.",
        )
    return before or Period.holding(today).back(workspace.keep_months)


def older(workspace: Workspace, first: Period) -> tuple[Old, ...]:
    """What holds records from before a month, the oldest first. The newest extract stays, however old it is."""
    extracts = [
        Old(one.id, f"extract as at {one.as_at.isoformat()}", tuple(sorted(one.folder.glob("*.parquet"))))
        for one in workspace.snapshots.all()[:-1]
        if one.as_at < first.first_day
    ]
    cases = [
        Old(one.name, f"cases of {one.period.label}, revision {one.revision}", case_files(one))
        for one in freezes(workspace)
        if one.period < first
    ]
    return tuple(one for one in (*extracts, *cases) if one.files)


def freezes(workspace: Workspace) -> Iterator[FrozenMonth]:
    """Every freeze there is, those among them that never counted."""
    for folder in sorted((workspace.store.folder / "months").glob("[0-9]*")):
        yield from workspace.months.revisions(Period.parse(folder.name))


def case_files(frozen: FrozenMonth) -> tuple[Path, ...]:
    """The files of a freeze that tell of single children."""
    return tuple(sorted((frozen.folder / "cases").glob("*.parquet")))


def purge(workspace: Workspace, first: Period, today: date) -> tuple[Old, ...]:
    """Take the records from before a month away, and say so in the ledger; what a crash left undone is done too."""
    store = workspace.store
    with store.writing():
        retention.finish(store)
        found = older(workspace, first)
        for one in found:
            retention.purge(store, one.to, one.files, one.rows, today)
    return found


def lying_beside(workspace: Workspace) -> tuple[tuple[str, int], ...]:
    """Folders of the workspace with files of data that are not the store's, and how many: a person must look at them.

    They are what people put there: extracts, lists of cases, workbooks of what is due or to be mended.
    """
    return tuple(sorted(Counter(_folders(workspace.folder)).items()))


def _folders(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        within = path.relative_to(folder)
        if within.parts[0] not in _OURS and path.suffix.lower() in _DATA and path.is_file():
            yield within.parent.as_posix()
