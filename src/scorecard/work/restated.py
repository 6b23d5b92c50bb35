"""What changed since a month was first reported: its figures then and now, and the records that did it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isclose
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import POPULATION, Statistic
from scorecard.facts.fact import WHOLE, Facts, Status
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.restate import OWN_WINDOWS, BridgeLine, Cause, HowLate, Restatement
from scorecard.store.ledger import Act
from scorecard.store.months import Kind
from scorecard.work.replayed import Between, replay
from scorecard.work.views import count, frozen_month, months_shown, snapshot_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.facts.bridge import Moved
    from scorecard.facts.fact import Fact, FactKey
    from scorecard.store.ledger import Ledger
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.replayed import Step
    from scorecard.work.workspace import Workspace

_NOTHING = 1e-6
"""Cases are counted to six places of decimals."""


@dataclass(frozen=True)
class Asked:
    """Which figures are asked for: some measures or all, parts beside wholes, every window or the month's own.

    `how_late` looks through every snapshot kept in between for the first that knew a record, which takes a second for
    each. `revision` is the one that was first reported, where it is not the one that counts.
    """

    measures: tuple[str, ...] = ()
    parts: bool = False
    every_window: bool = True
    how_late: bool = False
    revision: int | None = None


EVERYTHING = Asked()
THE_MONTH_ITSELF = Asked(every_window=False)


@dataclass(frozen=True)
class ToldApart:
    """A restatement, and each thing behind its lines with the step that moved it. The things name children."""

    restatement: Restatement
    things: tuple[tuple[Step, Moved], ...]


def restatements(
    workspace: Workspace, period: Period, known: date | None = None, asked: Asked = EVERYTHING
) -> dict[FactKey, Restatement]:
    """Every figure of a frozen month that is not what was first reported, with the bridge to what is known now.

    Those that only one of the two can tell are not among them: a figure begun since was never reported, and of one
    whose records are no longer supplied nobody knows more than before.
    """
    return {key: one.restatement for key, one in told_apart(workspace, (period,), known, asked).items()}


def told_apart(
    workspace: Workspace, periods: Sequence[Period], known: date | None = None, asked: Asked = EVERYTHING
) -> dict[FactKey, ToldApart]:
    """The restatements of several frozen months, with the things behind them; each snapshot is counted once."""
    found = dict["FactKey", ToldApart]()
    now = _facts_now(workspace, periods, known, asked)
    for period in periods:
        frozen = _freezes(workspace, period, asked)
        changed = _changed(_facts_first(workspace, frozen[0], asked), now)
        found |= _told_apart(workspace, _between(workspace, frozen, known), changed, how_late=asked.how_late)
    return found


def note_restatements(workspace: Workspace, period: Period, ledger: Ledger) -> None:
    """Write into the ledger what is now known of the months a pack shows: figures, and how many things moved by cause.

    What was noted last and is still so is not noted again. The lines stay when the records are purged.
    """
    months = [month for month in months_shown(period) if workspace.months.get(month)]
    found = told_apart(workspace, months, asked=THE_MONTH_ITSELF)
    with workspace.store.writing():  # only now: counting takes longer than anybody should wait
        last = {entry.to: entry.told["figures"] for entry in ledger.all() if entry.act is Act.RESTATED}
    months = [month for month in months_shown(period) if workspace.months.get(month)]
    now = _facts_now(workspace, months, None, THE_MONTH_ITSELF)
    for month in months:
        frozen = _freezes(workspace, month, THE_MONTH_ITSELF)
        changed = _changed(_facts_first(workspace, frozen[0], THE_MONTH_ITSELF), now)
        noted = {key: (one["first"], one["now"]) for key, one in last.get(str(month), {}).items()}
        if {str(was.key): (was.value, to.value) for was, to in changed} != noted:
            found = _told_apart(workspace, _between(workspace, frozen, None), changed, how_late=False)
            told = {str(key): _told(one.restatement) for key, one in found.items()}
            ledger.add(Act.RESTATED, str(month), told={"figures": told})


def _told(one: Restatement) -> dict[str, object]:
    return {"first": one.first.value, "now": one.now.value, "by_cause": one.by_cause}


def _freezes(workspace: Workspace, period: Period, asked: Asked) -> list[FrozenMonth]:
    """What was first reported, and the revision that took its place where another was asked for.

    A month frozen again before anything was issued was counted anew, and not corrected: then the records alone tell.
    """
    counts = frozen_month(workspace, period)
    if asked.revision is None or asked.revision == counts.revision:
        return [counts]
    first = workspace.months.revision(period, asked.revision)
    return [first, counts] if counts.because.kind is Kind.REVISION and first.revision < counts.revision else [first]


def _facts_first(workspace: Workspace, frozen: FrozenMonth, asked: Asked) -> Facts:
    with duckdb.connect(":memory:") as connection:
        connection.read_parquet(str(frozen.facts)).create_view("kept")
        return _facts(workspace, connection, "kept", [frozen.period], asked)


def _facts_now(workspace: Workspace, periods: Sequence[Period], known: date | None, asked: Asked) -> Facts:
    """The figures of these months as known now, each from the newest snapshot that covers it."""
    wanted = [workspace.registry.of_measure(name) for name in asked.measures] or None
    months = dict[str, list["Period"]]()
    for period in periods:
        months.setdefault(snapshot_for(workspace, period, known).id, []).append(period)
    found = list["Fact"]()
    for name, covered in months.items():
        counted = count(workspace, workspace.snapshots.get(name), tuple(sorted(covered)), wanted, known)
        found += _facts(workspace, counted.engine.connection, "facts", covered, asked)
        counted.engine.close()
    return Facts(found)


def _facts(
    workspace: Workspace, connection: duckdb.DuckDBPyConnection, table: str, periods: Sequence[Period], asked: Asked
) -> Facts:
    rows = workspace.verdicts.graded(fact_rows(connection, table, periods, asked.measures))
    found = Facts(map(to_fact, rows))
    windows = frozenset(Window) if asked.every_window else OWN_WINDOWS
    return Facts(one for one in found if one.key.window in windows and (asked.parts or one.key.dimension == WHOLE))


def _changed(first: Facts, now: Facts) -> list[tuple[Fact, Fact]]:
    pairs = ((was, now.get(was.key)) for was in first)
    return [(was, to) for was, to in pairs if to and _has_figure(was) and _has_figure(to) and _differ(was, to)]


def _has_figure(fact: Fact) -> bool:
    return fact.status is not Status.NOT_AVAILABLE and fact.numerator is not None


def _differ(was: Fact, to: Fact) -> bool:
    mine, its = ((fact.numerator, fact.denominator, fact.value) for fact in (was, to))
    return any(a != b and (a is None or b is None or not isclose(a, b)) for a, b in zip(mine, its, strict=True))


def _between(workspace: Workspace, frozen: Sequence[FrozenMonth], known: date | None) -> Between | None:
    """What is to be told apart; nothing where the records of one of both are no longer there."""
    snapshot, newest = workspace.snapshots.get(frozen[-1].snapshot), snapshot_for(workspace, frozen[0].period, known)
    mapped = workspace.snapshots.remapped(snapshot) or snapshot
    if not (all(one.has_cases for one in frozen) and all(map(_has_records, (snapshot, mapped, newest)))):
        return None
    return Between(frozen, snapshot, mapped, newest)


def _seen(workspace: Workspace, between: Between) -> list[Snapshot]:
    """Every snapshot after the freeze's, up to the newest, that still has its records."""
    first, last = between.mapped.as_at, between.newest.as_at
    after = (one for one in workspace.snapshots.all() if first < one.as_at < last and _has_records(one))
    return [*after, between.newest]


def _has_records(snapshot: Snapshot) -> bool:
    return all(snapshot.file(name).exists() for name, seal in snapshot.tables.items() if seal.rows)


def _told_apart(
    workspace: Workspace, between: Between | None, changed: Sequence[tuple[Fact, Fact]], *, how_late: bool
) -> dict[FactKey, ToldApart]:
    found = _bridged(workspace, between, changed)
    late = {key for key, one in found.items() if Cause.ENTERED_LATE.value in one.restatement.by_cause}
    if how_late and between and late:
        again = replace(between, seen=_seen(workspace, between))
        found |= _bridged(workspace, again, [pair for pair in changed if pair[0].key in late])
    return found


def _bridged(
    workspace: Workspace, between: Between | None, changed: Sequence[tuple[Fact, Fact]]
) -> dict[FactKey, ToldApart]:
    """The bridge of each figure; one line that tells nothing apart where there are no records to tell it by."""
    told = [was.key for was, to in changed if between and not was.supplied_by and not to.supplied_by]
    steps, found = replay(workspace, between, told) if between and told else ([], [])
    moved: Mapping[FactKey, list[tuple[Step, Moved]]] = {key: [] for key in told}
    for one in found:
        moved[told[one.figure]].append((steps[one.step - 1], one))
    return {was.key: _bridge(workspace, was, to, moved.get(was.key)) for was, to in changed}


def _bridge(workspace: Workspace, was: Fact, to: Fact, moved: Sequence[tuple[Step, Moved]] | None) -> ToldApart:
    """The lines of one figure, which add up: what no record tells stands in a line of its own."""
    measure, things = workspace.registry.measure(was.key.indicator), tuple(moved or ())
    adds_up = measure.statistic is not Statistic.MEDIAN
    lines = [_line(cause, of) for cause in Cause if (of := [one for one in things if one[0].cause is cause])]
    top, bottom = (to.numerator or 0) - (was.numerator or 0), (to.denominator or 0) - (was.denominator or 0)
    if measure.of == POPULATION and bottom:
        lines.append(BridgeLine(Cause.POPULATION_CHANGED, 0, 0, bottom))
    top = top - sum(line.numerator for line in lines) if adds_up else 0
    bottom -= sum(line.denominator for line in lines)
    if max(abs(top), abs(bottom)) > _NOTHING:
        lines.append(BridgeLine(Cause.NOT_TOLD_APART, 0, top, bottom))
    return ToldApart(Restatement(was.key, was, to, tuple(lines), moved is not None, adds_up), things)


def _line(cause: Cause, things: Sequence[tuple[Step, Moved]]) -> BridgeLine:
    days = sorted(step.days for step, _ in things if step.days is not None)
    return BridgeLine(
        cause,
        len(things),
        sum(one.n for _, one in things),
        sum(one.d for _, one in things),
        HowLate(days[0], days[(len(days) - 1) // 2], days[-1]) if days else None,
        sum(one.came for _, one in things),
        sum(one.went for _, one in things),
    )
