"""What is to be mended in the records: which rules are broken, how often month by month, and the rows, team by team."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from scorecard.calendar.periods import Period
from scorecard.contract.load import load_contract
from scorecard.contract.rules import BROKEN, count_broken, put_broken, rules_of
from scorecard.contract.volumes import volumes
from scorecard.errors import StoreError
from scorecard.facts.due import ALLOCATED
from scorecard.work.views import first_snapshot_for, months_shown, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from scorecard.contract.constraint import Constraint
    from scorecard.contract.volumes import Volume
    from scorecard.facts.verdicts import Verdicts
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace

NO_TEAM = "No team"


@dataclass(frozen=True)
class ToMend:
    """One record that breaks a rule, and whose it is: the child's worker on the day the extract speaks of."""

    rule: Constraint
    team: str
    worker: str
    child: str
    record: str
    day: date | None


@dataclass(frozen=True)
class Mending:
    """The records of one snapshot that break a rule, and how many did in the months frozen before.

    `before` has the counts of each month, by rule; of a month that is not in it they were not kept.
    """

    snapshot: Snapshot
    rows: tuple[ToMend, ...]
    before: Mapping[Period, Mapping[str, int]]
    verdicts: Verdicts

    @property
    def counts(self) -> Mapping[str, int]:
        """How many records break each rule now."""
        found = dict[str, int]()
        for row in self.rows:
            found[row.rule.id] = found.get(row.rule.id, 0) + 1
        return found

    @property
    def rules(self) -> tuple[Constraint, ...]:
        """The rules that are broken now, or were in a month before."""
        named = {name for counts in (self.counts, *self.before.values()) for name, number in counts.items() if number}
        return tuple(rule for rule in rules_of(load_contract()) if rule.id in named)

    def teams(self) -> dict[str, tuple[ToMend, ...]]:
        """The rows of each team, in order of the teams' names."""
        names = sorted({row.team for row in self.rows})
        return {name: tuple(row for row in self.rows if row.team == name) for name in names}


def mending(workspace: Workspace, period: Period | None = None, as_at: date | None = None) -> Mending:
    """What is to be mended in the snapshot a month is first reported from, that of a day, or else the newest."""
    snapshot = _chosen(workspace, period, as_at)
    engine = open_snapshot(workspace, snapshot)
    put_broken(engine.connection, load_contract(), snapshot.as_at, snapshot.columns_supplied)
    rows = _rows(engine.connection, snapshot.as_at)
    return Mending(snapshot, rows, broken_before(workspace, Period.holding(snapshot.as_at)), workspace.verdicts)


def broken_before(workspace: Workspace, period: Period) -> dict[Period, dict[str, int]]:
    """How many records broke each rule in the months before one, as each was frozen."""
    frozen = filter(None, map(workspace.months.get, months_shown(period)[:-1]))
    return {month.period: counts for month in frozen if (counts := kept_broken(month)) is not None}


def kept_broken(frozen: FrozenMonth) -> dict[str, int] | None:
    """How many records broke each rule when a month was frozen; None of one frozen before that was kept."""
    path = frozen.broken
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def broken_in(workspace: Workspace, snapshot: Snapshot) -> dict[str, int]:
    """How many records break each rule in a snapshot."""
    engine = open_snapshot(workspace, snapshot)
    put_broken(engine.connection, load_contract(), snapshot.as_at, snapshot.columns_supplied)
    return count_broken(engine.connection)


def volumes_in(snapshot: Snapshot, period: Period) -> tuple[Volume, ...]:
    """How many rows a month brought, in one snapshot, to each table that grows month by month."""
    growing = [one for one in load_contract().tables.values() if one.volume and snapshot.file(one.name).exists()]
    with duckdb.connect(":memory:") as connection:
        for table in growing:
            connection.read_parquet(str(snapshot.file(table.name))).create_view(table.name)
        return volumes(connection, growing, period)


def _chosen(workspace: Workspace, period: Period | None, as_at: date | None) -> Snapshot:
    if period:
        return first_snapshot_for(workspace, period)
    found = [one for one in workspace.snapshots.all() if as_at in {None, one.as_at}]
    if not found:
        day = f" that speaks of {as_at.isoformat()}" if as_at else ""
        raise StoreError(f"No extract has been taken{day}.", remedy="`scorecard status` lists what is kept.")
    return found[-1]


def _rows(connection: duckdb.DuckDBPyConnection, day: date) -> tuple[ToMend, ...]:
    """Every row that breaks a rule, by team, worker and rule."""
    rules = {rule.id: rule for rule in rules_of(load_contract())}
    found: Sequence[Any] = connection.execute(
        f"""WITH allocated AS ({ALLOCATED})
        SELECT b.rule, COALESCE(d.dept_team_name, a.team, '{NO_TEAM}'), COALESCE(a.worker, ''),
               COALESCE(b.child_id, ''), b.record, b.day
        FROM {BROKEN} AS b
        LEFT JOIN allocated AS a ON a.child_id = b.child_id AND a.place = 1
        LEFT JOIN ssd_department AS d ON d.dept_team_id = a.team
        ORDER BY 2, 3, 1, 6 DESC, 5""",  # noqa: S608 - the program's own names; the day is bound
        {"day": day},
    ).fetchall()
    return tuple(
        ToMend(rules[name], team, worker, child, record, dated) for name, team, worker, child, record, dated in found
    )
