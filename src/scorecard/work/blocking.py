"""Findings that stop a month from being frozen, and those that somebody let stand: by name, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.blocking import ANOTHER_MONTHS, blocking
from scorecard.contract.last_time import held_against_last
from scorecard.contract.report import Severity
from scorecard.errors import RefusedError, UsageError
from scorecard.facts.known import measure_needs
from scorecard.store.ledger import Act
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.contract.report import Finding
    from scorecard.definitions.registry import Registry
    from scorecard.store.ledger import Ledger
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Acceptance:
    """A finding somebody lets stand: its code, with its table or for all, who answers for it and why."""

    finding: str
    by: str
    because: str

    def concerns(self, name: str) -> bool:
        """Whether a finding, named by its code and table, is meant."""
        return self.finding in {name, name.partition(":")[0]}


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding that was let stand when a month was frozen, and what it touches; every figure where it has no table."""

    code: str
    table: str
    count: int
    by: str
    because: str
    indicators: frozenset[str]


class BlockedMonthError(RefusedError):
    """A month has findings that must be mended, or accepted by name, before it is frozen."""


def blocks_of(workspace: Workspace, snapshot: Snapshot) -> dict[str, int]:
    """What blocks a snapshot's months, by code and table, with how much it concerns: as taken, and beside the last."""
    found = dict(snapshot.severities.get(Severity.BLOCK, {}))
    found |= {name: count for name, count in snapshot.findings.items() if name == ANOTHER_MONTHS}
    with duckdb.connect(":memory:") as connection:
        if snapshot.file("ssd_person").exists():
            connection.read_parquet(str(snapshot.file("ssd_person"))).create_view("ssd_person")
        rows = {name: seal.rows for name, seal in snapshot.tables.items()}
        return found | blocking(beside_last(workspace, connection, rows, snapshot.as_at))


def beside_last(
    workspace: Workspace, connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int], as_at: date
) -> tuple[Finding, ...]:
    """What is said of tables that stand in a connection, by those of the newest extract of an earlier day."""
    earlier = [one for one in workspace.snapshots.all() if one.as_at < as_at and not one.purged_on]
    if not earlier:
        return ()
    last = earlier[-1]
    before = {name: file for name, seal in last.tables.items() if seal.rows and (file := last.file(name)).exists()}
    return tuple(held_against_last(connection, rows, before, last.as_at))


def settled(
    workspace: Workspace, period: Period, snapshot: Snapshot, accepting: Iterable[Acceptance]
) -> tuple[dict[str, str], ...]:
    """What is let stand of a snapshot, as a freeze keeps it; a `BlockedMonthError` where something is not.

    What was accepted when the month was frozen from the same snapshot before, or from the one that it was mapped anew
    from, still holds.
    """
    found, given = blocks_of(workspace, snapshot), tuple(accepting)
    if ANOTHER_MONTHS in found:
        raise BlockedMonthError(
            f"{period.label} cannot be frozen from {snapshot.id}: it has nothing of the month before its day.",
            remedy="Take the month's own extract, or this one as at the day it speaks of. This cannot be accepted.",
        )
    if idle := [one.finding for one in given if not any(map(one.concerns, found))]:
        there = f"There are: {', '.join(found)}." if found else "Nothing blocks: leave --accept out."
        raise UsageError(f"Nothing blocks {period.label} by the name of {joined(tuple(idle))}.", remedy=there)
    before = [
        Acceptance(named(one), one["by"], one["because"])
        for kept in workspace.months.revisions(period)
        if kept.snapshot in {snapshot.id, snapshot.remapped_from}
        for one in kept.accepted
    ]
    chosen = {name: next((one for one in (*given, *reversed(before)) if one.concerns(name)), None) for name in found}
    if left := [f"{name} ({found[name]:,})" for name, one in chosen.items() if one is None]:
        raise BlockedMonthError(
            f"{period.label} cannot be frozen from {snapshot.id} yet: {', '.join(left)}.",
            remedy="Mend them and take the extract again; or let one stand, which prints on the pages it touches:"
            f' `scorecard freeze {period} --accept {left[0].partition(" ")[0]} --by "Name, role" --because "why"`.',
        )
    return tuple(_as_kept(name, found[name], one) for name, one in chosen.items() if one)


def named(kept: Mapping[str, str]) -> str:
    """The name of an accepted finding as a freeze keeps it."""
    return f"{kept['code']}:{kept['table']}" if kept["table"] else kept["code"]


def note_accepted(ledger: Ledger, frozen: FrozenMonth) -> None:
    """Write into the ledger what a freeze was kept in spite of."""
    for one in frozen.accepted:
        told = {"finding": named(one), "count": one["count"], "accepted_by": one["by"]}
        ledger.add(Act.ACCEPTED, frozen.name, why=one["because"], told=told)


def accepted_of(frozen: FrozenMonth, registry: Registry) -> tuple[AcceptedFinding, ...]:
    """What was let stand when a month was frozen, with the indicators whose figures need the table it is about."""
    return tuple(
        AcceptedFinding(
            one["code"], one["table"], int(one["count"]), one["by"], one["because"], _touched(one["table"], registry)
        )
        for one in frozen.accepted
    )


def _touched(table: str, registry: Registry) -> frozenset[str]:
    """The indicators of which a measure is made of a table; all of them where no table is named."""
    return frozenset(
        one.id
        for one in registry.indicators.values()
        if not table
        or any(table == name for measure in one.measures if one.sql for name, _ in measure_needs(one, measure))
    )


def _as_kept(name: str, count: int, one: Acceptance) -> dict[str, str]:
    code, _, table = name.partition(":")
    return {"code": code, "table": table, "count": str(count), "by": one.by, "because": one.because}
