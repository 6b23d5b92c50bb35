"""Run a definition over a snapshot: one row for each thing counted, with its members of every dimension."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb

from scorecard.definitions.indicator import ALL_CASES, NOT_RECORDED, POPULATION
from scorecard.errors import DefinitionError
from scorecard.facts.teams import NO_TEAMS, SERVICE, TEAM
from scorecard.sql.engines.duckdb import said_of_the_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Dimension, Indicator
    from scorecard.definitions.registry import Registry
    from scorecard.facts.teams import Part, Teams

CROSSED = "×"
_JUDGED = "judged_by_"
_DAYS = {"id": "VARCHAR", "first_day": "DATE", "last_day": "DATE"}
SPELLS = {**_DAYS, "line": "VARCHAR", "service": "VARCHAR"}
"""The columns of a team's days: its id, the first and the last of them, its line and its service."""


@dataclass(frozen=True)
class Cases:
    """A table of cases on a connection, and its breakdowns.

    Beside the definition's own columns it has `month_no` (months since year 0), `left_out`, `doubted` (a rule that the
    record of the case breaks), and `dim_<id>` for each dimension, for the team and for the service it belonged to.
    """

    indicator: Indicator
    table: str
    columns: tuple[str, ...]
    breakdowns: tuple[str, ...]

    def narrowed(self, connection: duckdb.DuckDBPyConnection, part: Part, teams: Teams) -> Cases:
        """The cases of one part of the council alone, in a table of their own."""
        table = f"part_of_{self.table}"
        put_rows(connection, "own", _DAYS, list(teams.within(part)))
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS FROM {self.table} AS c WHERE EXISTS"
            f" (FROM own WHERE own.id = c.dim_{part.kind} AND c.event_date BETWEEN own.first_day AND own.last_day)"
        )
        return replace(self, table=table)

    @property
    def judged(self) -> tuple[str, ...]:
        """The columns that hold the value each case was judged by."""
        return tuple(name for name in self.columns if name.startswith(_JUDGED))


def month_number(period: Period) -> int:
    """Months counted from year 0, so that windows are whole-number ranges.

    >>> from scorecard.calendar.periods import Period
    >>> month_number(Period(2021, 12)) - month_number(Period(2021, 4))
    8
    """
    return period.year * 12 + period.month - 1


def make_cases(
    connection: duckdb.DuckDBPyConnection,
    indicators: tuple[Indicator, ...],
    registry: Registry,
    months: tuple[Period, ...],
    teams: Teams = NO_TEAMS,
) -> dict[str, Cases]:
    """Make a table of each indicator's cases in these months; every row is checked to stand once."""
    found = [find_cases(connection, one, registry, months) for one in indicators]
    put_rows(connection, "teams_over_time", SPELLS, list(teams.spells()))
    _look_up_children(connection, found, registry)
    return {cases.indicator.id: _broken_down(connection, cases, registry) for cases in found}


def put_rows(
    connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: Sequence[Sequence[object]]
) -> None:
    """A small table from rows of the program's own, in one statement: row by row is a hundred times slower."""
    lists = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in columns]
    unpacked = ", ".join(f'unnest(CAST(? AS {kind}[])) AS "{name}"' for name, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {unpacked}", lists)


def dimensions_of(breakdowns: tuple[str, ...]) -> tuple[str, ...]:
    """The single dimensions behind breakdowns, crossed ones taken apart.

    >>> dimensions_of(("route", "route×source"))
    ('route', 'source')
    """
    return tuple(dict.fromkeys(one for breakdown in breakdowns for one in breakdown.split(CROSSED)))


def find_cases(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, registry: Registry, months: tuple[Period, ...]
) -> Cases:
    """The cases as the definition returns them, in a table of their own."""
    raw = f"raw_{indicator.id}"
    _run_definition(connection, indicator, raw, months)
    columns = _columns(connection, raw)
    _check_columns(indicator, columns, registry)
    _check_unique(connection, indicator, raw)
    return Cases(indicator, raw, columns, breakdowns_of(indicator, registry))


def _look_up_children(connection: duckdb.DuckDBPyConnection, found: list[Cases], registry: Registry) -> None:
    """Look up once for each child and day what does not depend on the case: most cases of a child share their days."""
    days = "".join(f" UNION SELECT child_id, event_date FROM {cases.table}" for cases in found)  # noqa: S608 - ids of definitions
    connection.execute("CREATE OR REPLACE TEMP TABLE child_days (child_id VARCHAR, event_date DATE)")
    connection.execute(f"INSERT INTO child_days FROM child_days{days}")
    connection.execute("CREATE OR REPLACE TEMP VIEW cases AS SELECT child_id AS case_id, * FROM child_days")
    looked_up = {name for cases in found for name in _members_of(cases, registry) if name not in cases.columns}
    by_child = [registry.dimensions[name] for name in sorted(looked_up) if registry.dimensions[name].by_child]
    selected = "".join(f", m_{one.id}.member AS {one.id}" for one in by_child)
    joins = "".join(_joined(one, "d.child_id", "d") for one in by_child)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE child_members AS SELECT d.*{selected} FROM child_days AS d{joins}"  # noqa: S608 - ids and SQL of definitions
    )


def _members_of(cases: Cases, registry: Registry) -> tuple[str, ...]:
    """The dimensions each case has a member of: its breakdowns, and its team, since any figure is told by it.

    Its service is that of the team, and has no definition of its own.
    """
    team = (TEAM,) if TEAM in registry.dimensions else ()
    wanted = dict.fromkeys((*dimensions_of(cases.breakdowns), *team))
    return tuple(name for name in wanted if name != SERVICE)


def _broken_down(connection: duckdb.DuckDBPyConnection, found: Cases, registry: Registry) -> Cases:
    raw, cases = found.table, replace(found, table=f"cases_{found.indicator.id}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW cases AS SELECT case_id, child_id, event_date FROM {raw}")  # noqa: S608 - ids of definitions
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {cases.table} AS {_with_members(found, registry)}")
    _check_none_gained(connection, found.indicator, raw, cases.table)
    connection.execute(f"DROP TABLE {raw}")
    return cases


def _run_definition(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, raw: str, months: tuple[Period, ...]
) -> None:
    first, last = months[0].first_day.isoformat(), months[-1].last_day.isoformat()
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {raw} AS\n"
            "SELECT *, year(event_date) * 12 + month(event_date) - 1 AS month_no\n"
            f"FROM (\n{indicator.sql}\n) AS found\nWHERE event_date BETWEEN DATE '{first}' AND DATE '{last}'"
        )
    except duckdb.Error as error:
        raise DefinitionError(
            f"the SQL of `{indicator.id}` does not run: {said_of_the_sql(error)}",
            remedy=f"`scorecard sql {indicator.id}` prints it as run.",
            at=indicator.place,
        ) from None


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall())


def _check_columns(indicator: Indicator, columns: tuple[str, ...], registry: Registry) -> None:
    wanted = ["case_id", "child_id", *(measure.counts for measure in indicator.measures if measure.counts)]
    known = {None, ALL_CASES, POPULATION, *registry.measures}
    wanted += [measure.of for measure in indicator.measures if measure.of not in known and measure.of]
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise DefinitionError(
            f"the SQL of `{indicator.id}` returns no column `{missing[0]}`",
            remedy="Return it, or name another column in the measure.",
            at=indicator.place,
        )


def _check_unique(connection: duckdb.DuckDBPyConnection, indicator: Indicator, raw: str) -> None:
    twice = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {raw} GROUP BY case_id, event_date HAVING count(*) > 1)"  # noqa: S608 - ids of definitions
    ).fetchall()[0][0]
    if twice:
        raise DefinitionError(
            f"`{indicator.id}` returns {twice} cases more than once for a day",
            remedy="Each case_id may stand once on an event_date: look for a join that multiplies rows.",
            at=indicator.place,
        )


def breakdowns_of(indicator: Indicator, registry: Registry) -> tuple[str, ...]:
    """What an indicator or any of its measures is broken down by; a `DefinitionError` where one is not defined."""
    wanted = dict.fromkeys([*indicator.breakdowns, *(b for measure in indicator.measures for b in measure.breakdowns)])
    known = {*registry.dimensions, SERVICE}
    for name in dimensions_of(tuple(wanted)):
        if name not in known:
            raise DefinitionError(
                f"`{indicator.id}` is broken down by `{name}`, and there is no such dimension",
                remedy=f"Known: {', '.join(sorted(known))}.",
                at=indicator.place,
            )
    return tuple(wanted)


def _with_members(found: Cases, registry: Registry) -> str:
    of_child = "\nLEFT JOIN child_members AS c ON c.child_id = r.child_id AND c.event_date = r.event_date"
    selected, joins = ["r.*"], [f"FROM {found.table} AS r", of_child]
    missing = [name for name in ("left_out", "doubted") if name not in found.columns]
    selected += [f"CAST(NULL AS VARCHAR) AS {name}" for name in missing]
    for name in _members_of(found, registry):
        if name in found.columns:
            member = f"NULLIF(TRIM(CAST(r.\"{name}\" AS VARCHAR)), '')"
        elif registry.dimensions[name].by_child:
            member = f"CAST(c.{name} AS VARCHAR)"
        else:
            member = f"CAST(m_{name}.member AS VARCHAR)"
            joins.append(_joined(registry.dimensions[name], "r.case_id", "r"))
        if name == TEAM:
            joins.append(
                f"\nLEFT JOIN teams_over_time AS t ON t.id = {member}"
                " AND r.event_date BETWEEN t.first_day AND t.last_day"
            )
            selected.append(f"COALESCE(t.service, '{NOT_RECORDED}') AS dim_{SERVICE}")
            member = f"t.line, {member}"
        selected.append(f"COALESCE({member}, '{NOT_RECORDED}') AS dim_{name}")
    return f"SELECT {', '.join(selected)} {''.join(joins)}"


def _joined(dimension: Dimension, case: str, to: str) -> str:
    """The join that looks up the member of each case of a relation."""
    name = f"m_{dimension.id}"
    on = f"{name}.case_id = {case} AND {name}.event_date = {to}.event_date"
    return f"\nLEFT JOIN (\n{dimension.sql}\n) AS {name} ON {on}"


def _check_none_gained(connection: duckdb.DuckDBPyConnection, indicator: Indicator, raw: str, table: str) -> None:
    before, after = connection.execute(
        f"SELECT (SELECT count(*) FROM {raw}), (SELECT count(*) FROM {table})"  # noqa: S608 - ids of definitions
    ).fetchall()[0]
    if before != after:
        raise DefinitionError(
            f"breaking down `{indicator.id}` makes {after} cases of {before}",
            remedy="A dimension gives each case at most one member: choose one by a stated rule.",
            at=indicator.place,
        )
