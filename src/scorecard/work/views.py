"""The two views of a month: *first*, as reported from its own freeze, and *now*, from the newest snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period, months_between
from scorecard.contract.load import load_contract
from scorecard.contract.rules import put_broken
from scorecard.errors import StoreError
from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.fact import Facts, Status
from scorecard.facts.imported import not_told, printed_rows, where_not_counted
from scorecard.facts.known import Held, Known, countable, tell
from scorecard.facts.reading import COLUMNS, fact_rows, to_fact
from scorecard.facts.run import Run
from scorecard.facts.supplied import fill_in
from scorecard.facts.teams import Teams, teams_of_departments
from scorecard.facts.unknown import put_missing
from scorecard.findings.finding import MONTHS_SHOWN
from scorecard.pack.context import View
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scorecard.definitions.indicator import Indicator
    from scorecard.definitions.registry import Registry
    from scorecard.facts.cases import Cases
    from scorecard.sql.engines.duckdb import DuckDBEngine
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace

_STATUS = COLUMNS.index("status")
_MOST_MONTHS_BACK = 48
"""Baselines older than this say little of today, and each month more takes its time."""
_ROWS_WORTH_SHARING = 2_000_000
"""Below so many rows one thread is done before several have shared the work out (measured: a fifth faster)."""


@dataclass(frozen=True)
class Counted:
    """A run of facts on an engine: its table `facts`, and the tables of cases behind them."""

    engine: DuckDBEngine
    run: Run
    cases: dict[str, Cases]


def months_shown(period: Period, count: int = MONTHS_SHOWN) -> tuple[Period, ...]:
    """A month and those before it, in order: all that a pack refers to, from the same month of the year before."""
    return tuple(period.back(step) for step in reversed(range(count)))


def months_for_pack(workspace: Workspace, period: Period) -> tuple[Period, ...]:
    """The months a pack shows, and before them those of the baselines that its limits are made of."""
    shown = months_shown(period)
    first = min((one.first for one in workspace.baselines), default=shown[0])
    return months_between(min(max(first, period.back(_MOST_MONTHS_BACK)), shown[0]), period)


def last_whole_month(day: date) -> Period:
    """The newest month that had ended by a day.

    >>> from datetime import date
    >>> str(last_whole_month(date(2021, 11, 30))), str(last_whole_month(date(2021, 12, 1)))
    ('2021-11', '2021-11')
    """
    month = Period.holding(day)
    return month if month.last_day <= day else month.back(1)


def snapshot_for(workspace: Workspace, period: Period, known: date | None = None) -> Snapshot:
    """The newest snapshot that reaches the end of a month."""
    found = workspace.snapshots.covering(period.last_day, known)
    if found is None:
        for purged in workspace.snapshots.reaching(period.last_day, known)[-1:]:
            raise gone(f"{purged.id}, which reaches the end of {period.label},", purged.purged_on)
        if known and (later := workspace.snapshots.covering(period.last_day)):
            raise StoreError(
                f"On {day_in_words(known)} no extract was known that reaches the end of {period.label}.",
                remedy=f"Ask with a later day: {later.id} speaks up to {later.as_at.isoformat()}.",
            )
        raise StoreError(
            f"No extract has been taken that reaches the end of {period.label}.",
            remedy=f"`scorecard take SOURCE --as-at {period.last_day.isoformat()}` keeps one.",
        )
    return found


def gone(what: str, on: str) -> StoreError:
    """That the records of something were purged on a day, and what is still there."""
    return StoreError(
        f"The records of {what} were purged on {day_in_words(date.fromisoformat(on))}.",
        remedy="What was reported stays: `scorecard facts` with --view first prints it, and `scorecard pack` the pack.",
    )


def first_snapshot_for(workspace: Workspace, period: Period) -> Snapshot:
    """The snapshot a month is first reported from: the newest that reaches its end and not yet the end of the next.

    Where there is none such, the earliest that reaches it: what became known months later was not first reported.
    """
    snapshot_for(workspace, period)
    reaching = [one for one in workspace.snapshots.reaching(period.last_day) if not one.purged_on]
    in_time = [one for one in reaching if one.as_at < period.back(-1).last_day]
    return in_time[-1] if in_time else [one for one in reaching if one.as_at == reaching[0].as_at][-1]


def count(  # noqa: PLR0913, PLR0917 - where, what and by which day
    workspace: Workspace,
    snapshot: Snapshot,
    months: tuple[Period, ...],
    indicators: Iterable[Indicator] | None = None,
    known: date | None = None,
    mend: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
) -> Counted:
    """Count facts for these months in one snapshot, by the rules as they stand.

    What the source cannot know has no value, and says why: a nought would say that there was none. What was supplied
    (by a day, where one is named) stands where there is no record. `mend` changes the tables before they are counted.
    """
    registry = workspace.registry
    engine = open_snapshot(workspace, snapshot)
    if mend:
        mend(engine.connection)
    covers_from = workspace.covers_from or snapshot.covers_from
    teams = workspace.teams or teams_of_departments(engine.connection)
    asked = tuple(registry.indicators.values()) if indicators is None else _with_denominators(registry, indicators)
    told = tell(registry, asked, known_of(snapshot))
    run = Run(months, snapshot.id, snapshot.as_at, workspace.populations, covers_from, teams, workspace.bounds, told)
    engine.report_days(month.last_day for month in months_counted(months))
    engine.confine(workspace.folder / "store")
    put_broken(engine.connection, load_contract(), snapshot.as_at, snapshot.columns_supplied)
    made = make_facts(engine.connection, registry, countable(asked, told), run)
    put_missing(engine.connection, asked, run)
    fill_in(engine.connection, asked, run, made, workspace.supplies.all(known))
    return Counted(engine, run, made)


def teams_known(workspace: Workspace, snapshot: Snapshot) -> Teams:
    """A council's teams: as its own file tells them, or else as a snapshot lists them."""
    if workspace.teams:
        return workspace.teams
    file = snapshot.file("ssd_department")
    with duckdb.connect(":memory:") as connection:
        if not file.exists():
            return Teams()
        connection.read_parquet(str(file)).create_view("ssd_department")
        return teams_of_departments(connection)


def known_of(snapshot: Snapshot) -> Known:
    """What a snapshot's source holds; of one that was taken before that was kept, every column of its tables."""
    seals = snapshot.tables.items()
    return Known({name: Held(frozenset(seal.columns) or None, seal.known_from, seal.as_at) for name, seal in seals})


def _with_denominators(registry: Registry, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The indicators, and those whose measures theirs are set against."""
    asked = tuple(indicators)
    others = {measure.of for one in asked for measure in one.measures} & registry.measures.keys()
    return tuple({one.id: one for one in (*asked, *map(registry.of_measure, sorted(filter(None, others))))}.values())


def open_snapshot(workspace: Workspace, snapshot: Snapshot) -> DuckDBEngine:
    """An engine with a snapshot's tables; those it was taken without are empty."""
    engine = open_duckdb(workspace.registry.rules, workspace.holidays)
    if sum(seal.rows for seal in snapshot.tables.values()) < _ROWS_WORTH_SHARING:
        engine.connection.execute("SET threads = 1")
    put_records(engine.connection, snapshot)
    return engine


def put_records(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Make every table of the contract anew, with a snapshot's records."""
    if snapshot.purged_on:
        raise gone(snapshot.id, snapshot.purged_on)
    for table in load_contract().tables.values():
        columns = ", ".join(f'"{column.name}" {column.type.sql}' for column in table.loaded)
        loaded = "|".join(column.name for column in table.loaded)  # a file may hold texts as they arrived besides
        connection.execute(f'CREATE OR REPLACE TABLE "{table.name}" ({columns})')
        if table.name in snapshot.tables and snapshot.tables[table.name].rows:
            connection.execute(
                f"INSERT INTO \"{table.name}\" BY NAME SELECT COLUMNS('^({loaded})$') FROM read_parquet(?)",  # noqa: S608 - the contract's own names
                [str(snapshot.file(table.name))],
            )


def facts_now(
    workspace: Workspace, period: Period, *, known: date | None = None, indicators: Sequence[str] = ()
) -> list[tuple[object, ...]]:
    """Rows of a month's facts as known now (or on a day)."""
    wanted = [workspace.registry.of_measure(name) for name in indicators] or None
    snapshot = snapshot_for(workspace, period, known)
    counted = count(workspace, snapshot, (period,), wanted, known)
    rows = fact_rows(counted.engine.connection, "facts", [period], indicators)
    rows = workspace.verdicts.graded(where_not_counted(rows, _printed(workspace, (period,), indicators, known)))
    there = {row[0] for row in rows if row[_STATUS] != Status.NOT_AVAILABLE}
    for one in wanted or ():
        lacking = frozenset[tuple[str, str]]().union(
            *(counted.run.told[measure.id].whole.lacking for measure in one.measures)
        )
        if lacking and there.isdisjoint(measure.id for measure in one.measures):
            names = ", ".join(sorted(column or table for table, column in lacking))
            raise StoreError(
                f"{one.title}: the extract {snapshot.id} was taken without {names}.",
                remedy="Add it to the extract and take it again; `scorecard coverage SOURCE` lists what is lacking.",
            )
    return rows


def facts_first(workspace: Workspace, period: Period, *, indicators: Sequence[str] = ()) -> list[tuple[object, ...]]:
    """Rows of a month's facts as first reported; measures begun since have none.

    Of a month that was never frozen, what was printed before the product came.
    """
    printed = [] if workspace.months.get(period) else _printed(workspace, (period,), indicators)
    return workspace.verdicts.graded(printed or _kept_rows(frozen_month(workspace, period), (period,), indicators))


def facts_for_pack(workspace: Workspace, period: Period, view: View, known: date | None = None) -> Facts:
    """All facts a month's pack may refer to.

    *Now*: every month from the one snapshot, and as it was printed where the records do not reach. *First*: each month
    from its own freeze; where it has none, as it was printed; and else as known when this month was frozen.
    """
    months, graded = months_for_pack(workspace, period), workspace.verdicts.graded
    if view is View.NOW:
        counted = count(workspace, snapshot_for(workspace, period, known), months, known=known)
        found = fact_rows(counted.engine.connection, "facts", months)
        return Facts(to_fact(row) for row in graded(where_not_counted(found, _printed(workspace, months, known=known))))
    own = {one.period: one for one in workspace.months.all() if one.period in months}
    since = _kept_rows(frozen_month(workspace, period), months)
    first = [row for earlier, frozen in own.items() for row in _kept_rows(frozen, (earlier,))]
    first += _printed(workspace, [month for month in months if month not in own])
    later = (to_fact(row) for row in graded(not_told(since, first)))
    return Facts([*(replace(fact, known_at=fact.as_at) for fact in later), *map(to_fact, graded(first))])


def _printed(
    workspace: Workspace, months: Sequence[Period], indicators: Sequence[str] = (), known: date | None = None
) -> list[tuple[object, ...]]:
    """Rows of what was printed for these months before the product came."""
    rows = printed_rows(workspace.store.imports.all(known), workspace.registry, months)
    return [row for row in rows if not indicators or row[0] in indicators]


def frozen_month(workspace: Workspace, period: Period) -> FrozenMonth:
    """A month's freeze; a `StoreError` says how to make one."""
    frozen = workspace.months.get(period)
    if frozen is None:
        raise StoreError(
            f"{period.label} has not been frozen.",
            remedy=f"`scorecard freeze {period}` keeps it as first reported; --view now counts it as known now.",
        )
    return frozen


def purged_on(workspace: Workspace, frozen: FrozenMonth) -> str:
    """The day on which the cases of a freeze were purged; empty while they are kept."""
    return workspace.store.purged().get(frozen.name, "")


def _kept_rows(
    frozen: FrozenMonth, periods: tuple[Period, ...], indicators: Sequence[str] = ()
) -> list[tuple[object, ...]]:
    """Rows out of a freeze's file, for these months."""
    with duckdb.connect(":memory:") as connection:
        kept = connection.read_parquet(str(frozen.facts))
        kept.create_view("kept")
        return fact_rows(connection, "kept", periods, indicators)
