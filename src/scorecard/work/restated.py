"""What changed since a month was first reported: its figures then and now, and the records that did it."""

from __future__ import annotations

from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import POPULATION, Statistic
from scorecard.facts.fact import WHOLE, Facts
from scorecard.facts.reading import to_fact
from scorecard.facts.restate import BridgeLine, Cause, HowLate, Restatement
from scorecard.work.replayed import Between, replay
from scorecard.work.views import facts_first, facts_now, frozen_month, snapshot_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Measure
    from scorecard.facts.bridge import Moved
    from scorecard.facts.fact import Fact, FactKey
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.replayed import Step
    from scorecard.work.workspace import Workspace

_NOTHING = 1e-6
"""Cases are counted to six places of decimals."""


def restatements(  # noqa: PLR0913 - of what, as known when, how closely
    workspace: Workspace,
    period: Period,
    known: date | None = None,
    *,
    indicators: Sequence[str] = (),
    parts: bool = False,
    how_late: bool = False,
) -> dict[FactKey, Restatement]:
    """Every figure of a frozen month that is not what was first reported, with the bridge to what is known now.

    Those that only one of the two can tell are not among them: a figure begun since was never reported, and of one
    whose records are no longer supplied nobody knows more than before. `how_late` looks through every snapshot kept in
    between for the first that knew a record, which takes a second for each.
    """
    first = facts_first(workspace, period, indicators=indicators)
    now = facts_now(workspace, period, known=known, indicators=indicators)
    changed = _changed(_facts(first, parts=parts), _facts(now, parts=parts))
    between = _between(workspace, period, known)
    found = _bridged(workspace, between, changed)
    late = {key for key, one in found.items() if any(line.cause is Cause.ENTERED_LATE for line in one.lines)}
    if how_late and between and late:
        again = replace(between, seen=_seen(workspace, between))
        found |= _bridged(workspace, again, [pair for pair in changed if pair[0].key in late])
    return found


def _facts(rows: Iterable[tuple[object, ...]], *, parts: bool) -> Facts:
    found = map(to_fact, rows)
    return Facts(fact for fact in found if parts or fact.key.dimension == WHOLE)


def _changed(first: Facts, now: Facts) -> list[tuple[Fact, Fact]]:
    pairs = ((was, now.get(was.key)) for was in first)
    return [(was, to) for was, to in pairs if to and _told(was) and _told(to) and _differ(was, to)]


def _told(fact: Fact) -> bool:
    return fact.numerator is not None or fact.value is not None


def _differ(was: Fact, to: Fact) -> bool:
    mine, its = ((fact.numerator, fact.denominator, fact.value) for fact in (was, to))
    return any(a != b and (a is None or b is None or not isclose(a, b)) for a, b in zip(mine, its, strict=True))


def _bridged(
    workspace: Workspace, between: Between | None, changed: Sequence[tuple[Fact, Fact]]
) -> dict[FactKey, Restatement]:
    """The bridge of each figure; one line that tells nothing apart where there are no records to tell it by."""
    told = [was.key for was, to in changed if between and not was.supplied_by and not to.supplied_by]
    steps, found = replay(workspace, between, told) if between and told else ([], [])
    moved = dict["FactKey", list[tuple["Moved", "Step"]]]()
    for one in found:
        moved.setdefault(told[one.figure], []).append((one, steps[one.step - 1]))
    measures, has_records = workspace.registry.measures, set(told)
    return {
        was.key: Restatement(
            was.key,
            was,
            to,
            _lines(measures[was.key.indicator], was, to, moved.get(was.key, ())),
            was.key in has_records,
            measures[was.key.indicator].statistic is not Statistic.MEDIAN,
        )
        for was, to in changed
    }


def _between(workspace: Workspace, period: Period, known: date | None) -> Between | None:
    """What is to be told apart; nothing where the records of one of both are no longer there."""
    frozen = frozen_month(workspace, period)
    snapshot, newest = workspace.snapshots.get(frozen.snapshot), snapshot_for(workspace, period, known)
    mapped = workspace.snapshots.remapped(snapshot) or snapshot
    if not (frozen.has_cases and all(map(_has_records, (snapshot, mapped, newest)))):
        return None
    return Between((frozen,), snapshot, mapped, newest)


def _seen(workspace: Workspace, between: Between) -> list[Snapshot]:
    """Every snapshot from the freeze's to the newest that still has its records."""
    first, last = between.mapped.as_at, between.newest.as_at
    return [
        *(one for one in workspace.snapshots.all() if first < one.as_at < last and _has_records(one)),
        between.newest,
    ]


def _has_records(snapshot: Snapshot) -> bool:
    return all(snapshot.file(name).exists() for name, seal in snapshot.tables.items() if seal.rows)


def _lines(measure: Measure, was: Fact, to: Fact, moved: Sequence[tuple[Moved, Step]]) -> tuple[BridgeLine, ...]:
    """The lines of a bridge, which add up: what no record tells stands in a line of its own."""
    lines = [_line(cause, of) for cause in Cause if (of := [one for one in moved if one[1].cause is cause])]
    top, bottom = (to.numerator or 0) - (was.numerator or 0), (to.denominator or 0) - (was.denominator or 0)
    if measure.of == POPULATION and bottom:
        lines.append(BridgeLine(Cause.POPULATION_CHANGED, 0, 0, bottom))
    top = top - sum(line.numerator for line in lines) if measure.statistic is not Statistic.MEDIAN else 0
    bottom -= sum(line.denominator for line in lines)
    if max(abs(top), abs(bottom)) > _NOTHING:
        lines.append(BridgeLine(Cause.NOT_TOLD_APART, 0, top, bottom))
    return tuple(lines)


def _line(cause: Cause, moved: Sequence[tuple[Moved, Step]]) -> BridgeLine:
    days = sorted(step.days for _, step in moved if step.days is not None)
    return BridgeLine(
        cause,
        len(moved),
        sum(one.n for one, _ in moved),
        sum(one.d for one, _ in moved),
        HowLate(days[0], days[(len(days) - 1) // 2], days[-1]) if days else None,
        sum(one.came for one, _ in moved),
        sum(one.went for one, _ in moved),
    )
