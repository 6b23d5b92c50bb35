"""A month's checklist, and the next command to type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.work.supplied_form import cells_of

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """One thing a month needs: whether it is done, with what, and the command that does it."""

    title: str
    is_done: bool
    detail: str
    command: str


def checklist(workspace: Workspace, period: Period) -> tuple[Step, ...]:
    """What a month needs, in order."""
    day = period.last_day
    snapshot = workspace.snapshots.covering(day)
    frozen = workspace.months.get(period)
    packs = sorted((workspace.folder / "packs").glob(f"{period}-*.html"))
    words = workspace.folder / "commentary" / f"{period}.md"
    return (
        Step(
            "Extract taken",
            snapshot is not None,
            f"{snapshot.id}, as at {snapshot.as_at.isoformat()}" if snapshot else "none reaches the end of the month",
            f"scorecard take SOURCE --as-at {day.isoformat()}",
        ),
        *_supplied(workspace, period),
        Step(
            "Month frozen",
            frozen is not None,
            f"revision {frozen.revision}, from {frozen.snapshot}" if frozen else "not yet kept as first reported",
            f"scorecard freeze {period}",
        ),
        Step(
            "Commentary written",
            words.exists(),
            words.name if words.exists() else "no file of words",
            f"write {words.relative_to(workspace.folder).as_posix()}",
        ),
        Step(
            "Pack made",
            bool(packs),
            packs[-1].name if packs else "none",
            f"scorecard pack {period}",
        ),
    )


def _supplied(workspace: Workspace, period: Period) -> tuple[Step, ...]:
    """Whether everyone who supplies totals has given those of a month; no step where nobody does."""
    asked = [one.id for one in workspace.suppliers.values() if cells_of(one, workspace.registry, period)]
    if not asked:
        return ()
    given = sum(workspace.supplies.get(period, name) is not None for name in asked)
    detail = f"{given} of {len(asked)} suppliers"
    return (Step("Totals supplied", given == len(asked), detail, f"scorecard supplied --template {period}"),)


def next_command(steps: tuple[Step, ...]) -> str | None:
    """The command of the first step that is not done."""
    return next((step.command for step in steps if not step.is_done), None)
