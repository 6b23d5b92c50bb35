"""The records in every state between a month's freeze and now, and what each case adds to its figures in each.

Between two snapshots the records change in three ways, each a step of its own: some are gone (the first snapshot
without them), some say something else (the records of the first as the second has them), some are new (the second
whole). A case is not looked up by its id: the definition itself says what it makes of each state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.calendar.periods import months_between
from scorecard.contract.load import load_contract
from scorecard.facts.bridge import begin, moved, put_state
from scorecard.facts.cases import Cases, breakdowns_of, find_cases, make_cases
from scorecard.facts.counting import months_of, other_measure
from scorecard.facts.fact import WHOLE
from scorecard.facts.restate import Cause
from scorecard.facts.teams import teams_of_departments
from scorecard.work.kept import as_kept
from scorecard.work.views import open_snapshot, put_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.definitions.registry import Registry
    from scorecard.facts.bridge import Moved
    from scorecard.facts.fact import FactKey
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """From one state of the records to the next: why they differ, and at most how many days after the month's end.

    The days are those of records entered late, where it was looked how late.
    """

    cause: Cause
    days: int | None = None


@dataclass(frozen=True)
class Between:
    """What is to be told apart: the freezes of a month, the first reported first, and the newest snapshot.

    `snapshot` is what the last of them was counted in, and `mapped` what was since made of it by mapping it anew.
    `seen` are the snapshots after that up to the newest, by which it is told how late a record was entered.
    """

    frozen: Sequence[FrozenMonth]
    snapshot: Snapshot
    mapped: Snapshot
    newest: Snapshot
    seen: Sequence[Snapshot] = ()


def replay(workspace: Workspace, between: Between, figures: Sequence[FactKey]) -> tuple[list[Step], list[Moved]]:
    """The steps from the first freeze to the newest snapshot, and what each of them moved in these figures."""
    engine, wanted = open_snapshot(workspace, between.snapshot), _Wanted.of(figures)
    period = between.frozen[0].period
    months = months_between(min(months_of(key.window, period)[0] for key in figures), period)
    engine.report_days(month.last_day for month in months)
    begin(engine.connection)
    steps = list[Step]()
    for frozen in between.frozen:
        steps += [_revised(frozen)] if frozen is not between.frozen[0] else []
        registry = as_kept(workspace, frozen).registry
        kept = _kept(engine.connection, frozen, registry, wanted.needed(registry))
        wanted.put(engine.connection, len(steps), registry, kept)
    registry = workspace.registry
    for step in _through(engine.connection, between):
        steps.append(step)
        indicators = wanted.needed(registry)
        if wanted.parts:
            teams = workspace.teams or teams_of_departments(engine.connection)
            cases = make_cases(engine.connection, indicators, registry, months, teams)
        else:
            cases = {one.id: find_cases(engine.connection, one, registry, months) for one in indicators}
        wanted.put(engine.connection, len(steps), registry, cases)
    found = moved(engine.connection, figures, len(steps) + 1)
    engine.close()
    return steps, found


@dataclass(frozen=True)
class _Wanted:
    """The measures of the figures to be told apart, and whether parts of them are asked for."""

    measures: frozenset[str]
    parts: bool

    @classmethod
    def of(cls, figures: Sequence[FactKey]) -> _Wanted:
        return cls(frozenset(key.indicator for key in figures), any(key.dimension != WHOLE for key in figures))

    def needed(self, registry: Registry) -> tuple[Indicator, ...]:
        """The indicators that make these measures, and those they are set against."""
        known = registry.measures
        names = self.measures & known.keys()
        names |= {of for name in names if (of := known[name].of) and of in known}
        return tuple({(one := registry.of_measure(name)).id: one for name in sorted(names)}.values())

    def put(
        self, connection: duckdb.DuckDBPyConnection, state: int, registry: Registry, made: Mapping[str, Cases]
    ) -> None:
        """Note what each case adds to these measures in one state of the records."""
        against = dict[str, list[tuple[str, "Measure"]]]()
        for cases in made.values():
            for measure in self._of(cases):
                if (other := other_measure(measure, cases.columns)) in registry.measures:
                    base = registry.measure(other or "")
                    against.setdefault(registry.of_measure(base.id).id, []).append((measure.id, base))
        for name, cases in made.items():
            parts = cases.breakdowns if self.parts else ()
            put_state(connection, state, cases, self._of(cases), parts, against.get(name, ()))

    def _of(self, cases: Cases) -> list[Measure]:
        return [measure for measure in cases.indicator.measures if measure.id in self.measures]


def _revised(frozen: FrozenMonth) -> Step:
    """Why a revision took the place of what was reported before: as it says itself, or else an error."""
    told = frozen.because.cause
    return Step(Cause(told) if told in {cause.value for cause in Cause} else Cause.ERROR_CORRECTED)


def _kept(
    connection: duckdb.DuckDBPyConnection, frozen: FrozenMonth, registry: Registry, indicators: Sequence[Indicator]
) -> dict[str, Cases]:
    """The cases that were kept with a freeze."""
    found = dict[str, Cases]()
    for indicator in indicators:
        path, table = frozen.cases(indicator.id), f"kept_{indicator.id}"
        if path.exists():
            connection.read_parquet(str(path)).create_view(table, replace=True)
            columns = tuple(row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall())
            found[indicator.id] = Cases(indicator, table, columns, breakdowns_of(indicator, registry))
    return found


def _through(connection: duckdb.DuckDBPyConnection, between: Between) -> Iterator[Step]:
    """Bring the records into one state after another, and say each time what led to it."""
    yield Step(Cause.DEFINITION_CHANGED)
    if between.mapped != between.snapshot:
        put_records(connection, between.mapped)
        yield Step(Cause.MAPPING_CORRECTED)
    if between.newest == between.mapped:
        return
    _keep_known(connection, [between.newest])
    yield Step(Cause.REMOVED)
    known = [between.mapped]
    put_records(connection, between.newest)
    _keep_known(connection, known)
    yield Step(Cause.CHANGED)
    for seen in between.seen:
        known.append(seen)
        put_records(connection, between.newest)
        _keep_known(connection, known)
        yield Step(Cause.ENTERED_LATE, (seen.as_at - between.frozen[0].period.last_day).days)
    if not between.seen:
        put_records(connection, between.newest)
        yield Step(Cause.ENTERED_LATE)


def _keep_known(connection: duckdb.DuckDBPyConnection, snapshots: Sequence[Snapshot]) -> None:
    """Take away the records that none of these snapshots has under the same key; the rest stay as they are."""
    for table in load_contract().tables.values():
        files = [str(one.file(table.name)) for one in snapshots if one.file(table.name).exists()]
        # What is unpacked from a record is part of it: another outcome is a record changed, and not a record entered.
        key = table.key[:-1] if table.derived else table.key
        same = " AND ".join(f'k."{name}" IS NOT DISTINCT FROM "{table.name}"."{name}"' for name in key)
        known = f"EXISTS (FROM read_parquet(?) AS k WHERE {same})" if files else "FALSE"
        connection.execute(f'DELETE FROM "{table.name}" WHERE NOT {known}', [files] if files else [])  # noqa: S608 - the contract's own names
