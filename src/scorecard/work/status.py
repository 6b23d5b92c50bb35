"""Where a month stands, its checklist, and the next command to type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.contract.blocking import ANOTHER_MONTHS
from scorecard.pack.context import View
from scorecard.work.blocking import blocks_of, named
from scorecard.work.pack import is_of
from scorecard.work.revise import open_revisions
from scorecard.work.supplied_form import cells_of
from scorecard.work.views import first_snapshot_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.calendar.periods import Period
    from scorecard.store.issued import Edition
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


class State(StrEnum):
    """Where a month stands: in one of these, and nowhere else."""

    AWAITED = "no extract reaches its end"
    BLOCKED = "something blocks"
    TAKEN = "its extract is taken"
    FROZEN = "kept as first reported"
    ISSUED = "issued"
    REVISED = "a revision counts that was not issued"


FOLLOWING: Mapping[State, frozenset[State]] = {
    State.AWAITED: frozenset({State.BLOCKED, State.TAKEN}),
    State.BLOCKED: frozenset({State.TAKEN, State.FROZEN}),
    State.TAKEN: frozenset({State.BLOCKED, State.FROZEN}),
    State.FROZEN: frozenset({State.ISSUED}),
    State.ISSUED: frozenset({State.REVISED}),
    State.REVISED: frozenset({State.ISSUED}),
}
"""What can become of a month in each state. Nothing leads back before its freeze, nor from issued to not issued."""


@dataclass(frozen=True)
class Step:
    """One thing a month needs: whether it is done, with what, and the command that does it."""

    title: str
    is_done: bool
    detail: str
    command: str


@dataclass(frozen=True)
class _Month:
    """What there is of a month."""

    period: Period
    snapshot: Snapshot | None
    blocks: Mapping[str, int]
    frozen: FrozenMonth | None
    edition: Edition | None
    waiting: tuple[FrozenMonth, ...]


def state_of(workspace: Workspace, period: Period) -> State:
    """Where a month stands."""
    return _state(_look(workspace, period))


def checklist(workspace: Workspace, period: Period) -> tuple[Step, ...]:
    """What a month needs, in order."""
    month, words = _look(workspace, period), workspace.folder / "commentary" / f"{period}.md"
    return (
        _taken(month),
        *_findings(month),
        *_supplied(workspace, period),
        _frozen(workspace, month),
        Step(
            "Commentary written",
            words.exists(),
            words.name if words.exists() else "no file of words",
            f"write {words.relative_to(workspace.folder).as_posix()}",
        ),
        _packed(workspace, month),
        *(
            Step("Revision approved", False, f"revision {one.revision}: {one.because.reason}", _to_approve(one))
            for one in month.waiting
        ),
        _issued(month),
    )


def next_command(steps: tuple[Step, ...]) -> str | None:
    """The command of the first step that is not done."""
    return next((step.command for step in steps if not step.is_done), None)


def _look(workspace: Workspace, period: Period) -> _Month:
    frozen = workspace.months.get(period)
    reached = workspace.snapshots.covering(period.last_day) is not None
    snapshot = first_snapshot_for(workspace, period) if reached else None
    return _Month(
        period,
        snapshot,
        blocks_of(workspace, snapshot) if snapshot and not frozen else {},
        frozen,
        workspace.store.issues.latest(period),
        open_revisions(workspace, period),
    )


def _state(month: _Month) -> State:
    if month.frozen and month.edition:
        return State.ISSUED if month.edition.sent.revision == month.frozen.revision else State.REVISED
    if month.frozen:
        return State.FROZEN
    if month.snapshot is None:
        return State.AWAITED
    return State.BLOCKED if month.blocks else State.TAKEN


def _taken(month: _Month) -> Step:
    one = month.snapshot
    return Step(
        "Extract taken",
        one is not None,
        f"{one.id}, as at {one.as_at.isoformat()}" if one else "none reaches the end of the month",
        f"scorecard take SOURCE --as-at {month.period.last_day.isoformat()}",
    )


def _findings(month: _Month) -> tuple[Step, ...]:
    """Whether what blocks was accepted; no step where nothing does, or did."""
    accepted = [f"{named(one)}, by {one['by']}" for one in (month.frozen.accepted if month.frozen else ())]
    if not month.blocks and not accepted:
        return ()
    said = "; ".join(accepted) or ", ".join(f"{name} ({count:,})" for name, count in month.blocks.items())
    if ANOTHER_MONTHS in month.blocks:
        return (Step("Findings accepted", False, f"{said}; it cannot be accepted", _taken(month).command),)
    accept = " ".join(f"--accept {name}" for name in month.blocks)
    command = f'scorecard freeze {month.period} {accept} --by "Name, role" --because "why"'
    return (Step("Findings accepted", not month.blocks, said, command),)


def _supplied(workspace: Workspace, period: Period) -> tuple[Step, ...]:
    """Whether everyone who supplies totals has given those of a month; no step where nobody does."""
    asked = [one.id for one in workspace.suppliers.values() if cells_of(one, workspace.registry, period)]
    if not asked:
        return ()
    given = sum(workspace.supplies.get(period, name) is not None for name in asked)
    detail = f"{given} of {len(asked)} suppliers"
    return (Step("Totals supplied", given == len(asked), detail, f"scorecard supplied --template {period}"),)


def _frozen(workspace: Workspace, month: _Month) -> Step:
    command, one = f"scorecard freeze {month.period}", month.frozen
    if one is None:
        return Step("Month frozen", False, "not yet kept as first reported", command)
    tries = len(workspace.months.revisions(month.period))
    said = f", of {tries} kept" if tries > 1 else ""
    return Step("Month frozen", True, f"revision {one.revision}{said}, from {one.snapshot}", command)


def _packed(workspace: Workspace, month: _Month) -> Step:
    """A pack counts as made when it is of the freeze that counts; of a month that is not frozen, when there is one."""
    there = sorted((workspace.folder / "packs").glob(f"{month.period}-*.html"))
    first = [one for one in there if one.name == f"{month.period}-{View.FIRST}.html"]
    made = [one for one in first if is_of(one, month.frozen)] if month.frozen else there
    said = made[-1].name if made else f"{first[-1].name} is of another freeze" if first else "none"
    return Step("Pack made", bool(made), said, f"scorecard pack {month.period}")


def _issued(month: _Month) -> Step:
    command, one = f"scorecard issue {month.period} --to RECIPIENT", month.edition
    if one is None:
        return Step("Pack issued", False, "not yet sealed as sent", command)
    to = f", to {'; '.join(one.sent.recipients)}" if one.sent.recipients else ""
    said = f"edition {one.number}, of revision {one.sent.revision}{to}"
    return Step("Pack issued", _state(month) is State.ISSUED, said, f'{command} --because "why"')


def _to_approve(one: FrozenMonth) -> str:
    return f'scorecard approve {one.period} --revision {one.revision} --by "Name, role" --because "why"'
