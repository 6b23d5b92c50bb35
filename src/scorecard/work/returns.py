"""An extract's records written in the layout of a return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.errors import StoreError
from scorecard.returns.layouts import return_named
from scorecard.returns.sheet import MARK
from scorecard.work.views import open_snapshot, snapshot_for

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.returns.sheet import Sheet
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Written:
    """What was written: from which snapshot, as at which day, where, and its lists."""

    snapshot: Snapshot
    as_at: date
    path: Path
    sheets: tuple[Sheet, ...]


def snapshot_and_day(workspace: Workspace, period: Period | None, day: date | None) -> tuple[Snapshot, date]:
    """The snapshot to read and the day to read it as at: a month's end, a day, or else the newest snapshot's own."""
    if period:
        return snapshot_for(workspace, period), period.last_day
    every = workspace.snapshots.all()
    found = workspace.snapshots.covering(day) if day else every[-1] if every else None
    if found is None:
        reaching = f" that reaches {day.isoformat()}" if day else ""
        raise StoreError(f"No extract has been taken{reaching}.", remedy="`scorecard take SOURCE --as-at` keeps one.")
    return found, day or found.as_at


def sheets_of(workspace: Workspace, layout: str, snapshot: Snapshot, as_at: date) -> tuple[Sheet, ...]:
    """A snapshot's records as the lists of a return."""
    engine = open_snapshot(workspace, snapshot)
    try:
        return return_named(layout).make(engine.connection, as_at)
    finally:
        engine.close()


def export(workspace: Workspace, layout: str, period: Period | None, day: date | None, out: Path) -> Written:
    """Write a return's lists into a folder, under a name that says what they are for."""
    asked = return_named(layout)
    snapshot, as_at = snapshot_and_day(workspace, period, day)
    sheets = sheets_of(workspace, layout, snapshot, as_at)
    path = out / f"{layout} {as_at.isoformat()} {MARK.lower()}{asked.ending}"
    return Written(snapshot, as_at, asked.write(sheets, path), sheets)
