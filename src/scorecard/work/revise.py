"""Count a month again after it was issued: a revision waits beside what was reported until somebody lets it count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.errors import RefusedError, StoreError
from scorecard.facts.fact import WHOLE
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.restate import Cause
from scorecard.store.ledger import Act
from scorecard.store.months import Approval, Because, Kind
from scorecard.work.blocking import note_accepted, settled
from scorecard.work.freeze import counted_in, keep_counted, note_kept
from scorecard.work.kept import as_kept
from scorecard.work.views import first_snapshot_for, frozen_month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.calendar.periods import Period
    from scorecard.facts.fact import Fact, FactKey
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.blocking import Acceptance
    from scorecard.work.workspace import Workspace


CAUSES = {
    "error": Cause.ERROR_CORRECTED,
    "mapping": Cause.MAPPING_CORRECTED,
    "definition": Cause.DEFINITION_CHANGED,
}
"""What a revision may put right, as it is typed and as a bridge tells it."""


@dataclass(frozen=True)
class Moved:
    """A figure that two freezes of one month do not agree on; nothing on the side that has no such figure."""

    key: FactKey
    title: str
    before: Fact | None
    after: Fact | None


def revise(
    workspace: Workspace, period: Period, cause: Cause, reason: str, accepting: Iterable[Acceptance] = ()
) -> FrozenMonth:
    """Count a frozen month anew from the newest extract of its own time: its own, or one that was mended since.

    What became known months later is no correction of what was reported: the *now* view has it.
    """
    frozen_month(workspace, period)
    snapshot = first_snapshot_for(workspace, period)
    return open_revision(workspace, period, snapshot, Because(Kind.REVISION, cause, reason), accepting)


def open_revision(
    workspace: Workspace, period: Period, snapshot: Snapshot, because: Because, accepting: Iterable[Acceptance] = ()
) -> FrozenMonth:
    """Count a frozen month anew in a snapshot, and keep it as a revision that does not count until it is approved."""
    frozen_month(workspace, period)
    accepted = settled(workspace, period, snapshot, accepting)
    with counted_in(workspace, period, snapshot) as counted, workspace.store.writing() as ledger:
        kept = keep_counted(workspace, counted, period, workspace.by.at, because, accepted)
        note_accepted(ledger, kept)
        note_kept(ledger, Act.REVISION_OPENED, kept)
    return kept


def open_revisions(workspace: Workspace, period: Period) -> tuple[FrozenMonth, ...]:
    """The revisions of a month that wait for approval: those that came after the one that counts."""
    counts = workspace.months.get(period)
    return tuple(
        one
        for one in workspace.months.revisions(period)
        if counts and one.revision > counts.revision and one.because.kind is Kind.REVISION
    )


def approve(workspace: Workspace, period: Period, approval: Approval, revision: int | None = None) -> FrozenMonth:
    """Let an open revision count, the newest unless one is named; whoever opened it is refused."""
    with workspace.store.writing() as ledger:
        chosen = _waiting(workspace, period, revision)
        opener = opened_by(workspace, chosen)
        if opener is None:
            raise StoreError(
                f"No line of the ledger says who opened revision {chosen.revision} of {period.label}.",
                remedy="Open it again with `scorecard revise`; `scorecard verify` names what does not belong here.",
            )
        if may_be(opener, approval.approved_by):
            raise RefusedError(
                f"{opener} opened revision {chosen.revision} of {period.label}, and may not approve it as well.",
                remedy="Have somebody else look at the figures that move, and name them with --by.",
            )
        told = {"approved_by": approval.approved_by, "snapshot": chosen.snapshot}
        ledger.add(Act.REVISION_APPROVED, chosen.name, why=approval.why, told=told)
        workspace.months.let_count(chosen, approval)
    return chosen


def opened_by(workspace: Workspace, revision: FrozenMonth) -> str | None:
    """The name that whoever opened a revision was signed in with, empty where it has none; none where nobody did."""
    acts = (one for one in workspace.store.ledger.all() if one.act is Act.REVISION_OPENED and one.to == revision.name)
    return next((one.by.person for one in acts), None)


def may_be(signed_in: str, typed: str) -> bool:
    """Whether a name somebody typed, with a role after a comma, is that of whoever is signed in under another.

    >>> may_be("asmith", "Anna Smith, Head of Service"), may_be("anna.smith", "Anna Smith"), may_be("asmith", "B Lee")
    (True, True, False)
    """
    words = re.findall(r"\w+", typed.partition(",")[0].casefold())
    if not signed_in or not words:
        return False
    first, last = words[0], words[-1]
    forms = {"".join(words), first + last, last + first, first[0] + last, last + first[0], first + last[0]}
    return "".join(re.findall(r"\w+", signed_in.casefold())).replace("_", "") in forms


def moved(workspace: Workspace, before: FrozenMonth, after: FrozenMonth) -> tuple[Moved, ...]:
    """The whole figures of a month on which two of its freezes do not agree."""
    of_old, of_new = _whole_figures(before), _whole_figures(after)
    titles = {
        name: one.title for kept in (before, after) for name, one in as_kept(workspace, kept).registry.measures.items()
    }
    keys = sorted(of_old.keys() | of_new.keys(), key=str)
    return tuple(
        Moved(key, titles.get(key.indicator, key.indicator), of_old.get(key), of_new.get(key))
        for key in keys
        if _reported(of_old.get(key)) != _reported(of_new.get(key))
    )


def _reported(fact: Fact | None) -> tuple[object, ...] | None:
    return (fact.value, fact.numerator, fact.denominator, fact.status) if fact else None


def _whole_figures(frozen: FrozenMonth) -> dict[FactKey, Fact]:
    with duckdb.connect(":memory:") as connection:
        connection.read_parquet(str(frozen.facts)).create_view("kept")
        facts = map(to_fact, fact_rows(connection, "kept", [frozen.period]))
        return {fact.key: fact for fact in facts if fact.key.dimension == WHOLE}


def _waiting(workspace: Workspace, period: Period, revision: int | None) -> FrozenMonth:
    waiting = open_revisions(workspace, period)
    found = [one for one in waiting if revision in {None, one.revision}]
    if not found:
        which = f"revision {revision}" if revision else "revision"
        there = ", ".join(str(one.revision) for one in waiting)
        raise StoreError(
            f"There is no open {which} of {period.label}.",
            remedy=f"Open: {there}." if there else f"`scorecard revise {period} --because TEXT` opens one.",
        )
    return found[-1]
