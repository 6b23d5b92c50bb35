"""Figures of one team or one service: the same facts, from those cases alone that were its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb

from scorecard.definitions.indicator import NOT_RECORDED
from scorecard.facts.aggregate import count_facts
from scorecard.facts.cases import CROSSED, SPELLS, Cases, breakdowns_of, put_rows
from scorecard.facts.doubts import DOUBTED
from scorecard.facts.fact import WHOLE, Facts
from scorecard.facts.known import tell
from scorecard.facts.reading import COLUMNS, all_facts, fact_rows, to_fact
from scorecard.facts.run import Run
from scorecard.facts.supplied import settle_part
from scorecard.facts.teams import NO_TEAMS, SERVICE, TEAM, Part
from scorecard.facts.teams_file import read_teams
from scorecard.pack.context import View
from scorecard.work.kept import as_kept
from scorecard.work.views import (
    count,
    frozen_month,
    gone,
    known_of,
    months_shown,
    purged_on,
    snapshot_for,
    teams_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.registry import Registry
    from scorecard.facts.teams import Teams
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace

    Rows = list[tuple[object, ...]]


_COUNCIL = "facts_of_council"
_DIMENSION, _MEMBER = COLUMNS.index("dimension"), COLUMNS.index("member")


_TOLD_BY = f"""
SELECT c.* REPLACE (COALESCE(l.line, c.dim_{TEAM}) AS dim_{TEAM}, COALESCE(l.service, c.dim_{SERVICE}) AS dim_{SERVICE})
FROM (FROM read_parquet(?) UNION ALL BY NAME SELECT CAST(NULL AS VARCHAR) AS {DOUBTED} WHERE FALSE) AS c
LEFT JOIN lines_since AS l ON l.id = c.dim_{TEAM} AND c.event_date BETWEEN l.first_day AND l.last_day
"""  # noqa: S608 - the program's own names


@dataclass(frozen=True)
class _Made:
    """Cases that are made, on a connection that also holds the council's facts, and the run they were made for."""

    connection: duckdb.DuckDBPyConnection
    registry: Registry
    cases: tuple[Cases, ...]
    run: Run

    def rows(self, part: Part, indicators: Sequence[str]) -> Rows:
        """Rows of the facts of a part; of a figure whose cases belong to no team there are none."""
        own = [cases.narrowed(self.connection, part, self.run.teams) for cases in self.cases if self._has_teams(cases)]
        # Nobody knows how many children live in the area of a team: its rates have no population to stand on.
        count_facts(self.connection, self.registry, own, replace(self.run, populations=()))
        settle_part(self.connection, _COUNCIL, part)
        return fact_rows(self.connection, "facts", self.run.months, indicators)

    def _has_teams(self, cases: Cases) -> bool:
        found = self.connection.execute(
            f"SELECT 1 FROM {cases.table} WHERE '{NOT_RECORDED}' <> ANY([dim_{TEAM}, dim_{SERVICE}]) LIMIT 1"  # noqa: S608 - ids of definitions
        )
        return bool(found.fetchall())


def teams_of(workspace: Workspace, period: Period, view: View, known: date | None = None) -> Teams:
    """The teams a month's figures are told by: those kept with its freeze, or as they are known now."""
    if view is View.NOW:
        return teams_known(workspace, snapshot_for(workspace, period, known))
    kept = frozen_month(workspace, period).teams
    return read_teams(kept) if kept.exists() else NO_TEAMS


def part_beside(teams: Teams, part: Part, day: date) -> Part | None:
    """The service a team belongs to on a day; a service stands beside none."""
    service = teams.service_of(part.id, day) if part.kind == TEAM else ""
    return Part(SERVICE, service) if service else None


def part_rows(  # noqa: PLR0913 - each is an option of `scorecard facts`
    workspace: Workspace,
    period: Period,
    part: Part,
    view: View,
    *,
    known: date | None = None,
    indicators: Sequence[str] = (),
) -> Rows:
    """Rows of a month's facts of one part of the council, which stands in them as their first dimension."""
    teams = teams_of(workspace, period, view, known)
    teams.title_of(part)
    _must_have_cases(workspace, period, view)
    if view is View.FIRST:
        rows = _kept_rows(workspace, frozen_month(workspace, period), [part], teams, indicators)[part]
    else:
        rows = _rows_now(workspace, (period,), [part], known, indicators)[part]
    graded = workspace.verdicts.graded(rows)
    return [_told_for(part, row) for row in graded if part.kind not in str(row[_DIMENSION]).split(CROSSED)]


def facts_of_parts(
    workspace: Workspace, period: Period, parts: Sequence[Part], view: View, known: date | None = None
) -> list[Facts]:
    """For each part, all facts that a pack may refer to.

    *Now*: every month from the one snapshot. *First*: each month from its own freeze, by the teams of this month's: a
    team was joined to its line after some had been kept. A month without a freeze has no figures.
    """
    months = months_shown(period)
    if view is View.NOW:
        rows = _rows_now(workspace, months, parts, known)
    else:
        _must_have_cases(workspace, period, view)
        rows, teams = {part: [] for part in parts}, teams_of(workspace, period, view)
        for frozen in filter(None, map(workspace.months.get, months)):
            for part, found in _kept_rows(workspace, frozen, parts, teams).items():
                rows[part] += found
    facts = {part: [to_fact(row) for row in workspace.verdicts.graded(rows[part])] for part in parts}
    return [Facts(replace(one, key=replace(one.key, told_for=part)) for one in facts[part]) for part in parts]


def _must_have_cases(workspace: Workspace, period: Period, view: View) -> None:
    """What a part was first reported as is counted from the cases of the freeze: a facts file is of the whole."""
    on = purged_on(workspace, frozen_month(workspace, period)) if view is View.FIRST else ""
    if on:
        raise gone(f"{period.label}, by which a team or service is told apart,", on)


def _told_for(part: Part, row: tuple[object, ...]) -> tuple[object, ...]:
    cells = list(row)
    whole = row[_DIMENSION] == WHOLE
    cells[_DIMENSION] = part.kind if whole else f"{part.kind}{CROSSED}{row[_DIMENSION]}"
    cells[_MEMBER] = part.id if whole else f"{part.id}{CROSSED}{row[_MEMBER]}"
    return tuple(cells)


def _rows_now(
    workspace: Workspace,
    months: tuple[Period, ...],
    parts: Iterable[Part],
    known: date | None = None,
    indicators: Sequence[str] = (),
) -> Mapping[Part, Rows]:
    wanted = [workspace.registry.of_measure(name) for name in indicators] or None
    counted = count(workspace, snapshot_for(workspace, months[-1], known), months, wanted, known)
    counted.engine.connection.execute(f"ALTER TABLE facts RENAME TO {_COUNCIL}")
    made = _Made(counted.engine.connection, workspace.registry, tuple(counted.cases.values()), counted.run)
    return {part: made.rows(part, indicators) for part in parts}


def _kept_rows(
    workspace: Workspace, frozen: FrozenMonth, parts: Iterable[Part], teams: Teams, indicators: Sequence[str] = ()
) -> Mapping[Part, Rows]:
    """From the cases of a freeze alone, by its own definitions, told by these teams."""
    kept_by, snapshot = as_kept(workspace, frozen), workspace.snapshots.get(frozen.snapshot)
    covers_from = workspace.covers_from or snapshot.covers_from
    told = tell(workspace.registry, workspace.registry.indicators.values(), known_of(snapshot))
    months, registry = (frozen.period,), kept_by.registry
    run = Run(months, frozen.snapshot, snapshot.as_at, (), covers_from, teams, kept_by.bounds, told)
    with duckdb.connect(":memory:") as connection:
        connection.read_parquet(str(frozen.facts)).create_view("kept")
        connection.execute(f"CREATE TEMP TABLE {_COUNCIL} AS {all_facts('kept')}")
        made = _Made(connection, registry, tuple(kept_cases(connection, registry, frozen, teams)), run)
        return {part: made.rows(part, indicators) for part in parts}


def kept_cases(
    connection: duckdb.DuckDBPyConnection, registry: Registry, frozen: FrozenMonth, teams: Teams | None = None
) -> Iterator[Cases]:
    """The cases a freeze keeps, told by its own teams or by these; none of one made before cases had a team."""
    kept = read_teams(frozen.teams) if frozen.teams.exists() else NO_TEAMS
    put_rows(connection, "lines_since", SPELLS, list((teams or kept).since(kept)))
    for indicator in registry.indicators.values() if frozen.teams.exists() else ():
        path, table = frozen.cases(indicator.id), f"cases_{indicator.id}"
        if path.exists():
            connection.execute(f"CREATE TEMP TABLE {table} AS {_TOLD_BY}", [str(path)])
            columns = tuple(row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall())
            yield Cases(indicator, table, columns, breakdowns_of(indicator, registry))
