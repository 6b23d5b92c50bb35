"""What stands behind a fact: its definition, the rules it was judged by, its SQL, its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.errors import StoreError, UsageError
from scorecard.facts.cases import CROSSED, Cases
from scorecard.facts.counting import months_of, rows_behind
from scorecard.facts.reading import to_fact
from scorecard.facts.teams import SERVICE, TEAM, Part
from scorecard.pack.context import View
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.store.ledger import Act
from scorecard.store.retention import changes
from scorecard.words.grammar import day_in_words
from scorecard.work.kept import as_kept
from scorecard.work.parts import part_rows, teams_of
from scorecard.work.views import count, facts_first, facts_now, last_whole_month, months_shown, snapshot_for

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.definitions.registry import Registry
    from scorecard.facts.fact import Fact, FactKey
    from scorecard.facts.teams import Teams
    from scorecard.sql.rules import DatedRules, DatedValue
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace


_PREVIEWED = 13


@dataclass(frozen=True)
class CaseRows:
    """The records behind a fact: columns, and a row for each thing in its denominator (or each thing counted)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


NO_CASES = CaseRows(("in_numerator", "case_id", "child_id", "event_date"), ())
"""Where there are none to show."""


@dataclass(frozen=True)
class Behind:
    """Everything about one fact."""

    fact: Fact
    view: View
    measure: Measure
    indicator: Indicator
    rules: DatedRules
    cases: CaseRows
    gone: str = ""
    """What to know of records that were behind it and are no longer kept; empty where all are."""

    @property
    def judged_by(self) -> dict[str, list[DatedValue]]:
        """The values of each parameter that were in force within the fact's window."""
        first, last = months_of(self.fact.key.window, self.fact.key.period)
        found = dict[str, list["DatedValue"]]()
        for name, parameter in self.rules.parameters.items():
            if f"'{name}'" in self.indicator.sql:
                at_start = parameter.on(first.first_day)
                later = [v for v in parameter.values if first.first_day < v.from_day <= last.last_day]
                found[name] = ([at_start] if at_start else []) + later
        return found


def chosen_view(workspace: Workspace, key: FactKey, asked: View | None) -> View:
    """The view asked for; else first where the month has been frozen or the figure was printed before, and else now."""
    printed = (figure.key for one in workspace.store.imports.all() for figure in one.given.figures)
    return asked or (View.FIRST if workspace.months.get(key.period) or str(key) in printed else View.NOW)


def behind(workspace: Workspace, key: FactKey, asked: View | None = None) -> Behind:
    """Everything about a fact; a `UsageError` says where there is none of that name."""
    view = chosen_view(workspace, key, asked)
    rows = (facts_first if view is View.FIRST else facts_now)(workspace, key.period, indicators=[key.indicator])
    fact = next((fact for row in rows if (fact := to_fact(row)).key == key), None)
    told_for, part = None, Part(key.dimension.partition(CROSSED)[0], key.member.partition(CROSSED)[0])
    if fact is None and part.kind in {TEAM, SERVICE}:
        rows, told_for = part_rows(workspace, key.period, part, view, indicators=[key.indicator]), part
        fact = next((fact for row in rows if (fact := to_fact(row)).key == key), None)
    if fact is None:
        raise _no_such_fact(key, [to_fact(row).key for row in rows])
    if view is View.NOW:
        return _supplied(fact, view, workspace.registry) if fact.supplied_by else _again(workspace, fact, told_for)
    if fact.is_imported:
        return _supplied(fact, view, workspace.registry)
    frozen = workspace.months.get(key.period)
    if frozen is None:
        raise StoreError(f"{key.period} has not been frozen.", remedy="Ask with --view now.")
    if fact.supplied_by:
        return _supplied(fact, view, as_kept(workspace, frozen).registry)
    return _as_kept(workspace, fact, frozen, told_for)


def _supplied(fact: Fact, view: View, registry: Registry) -> Behind:
    """What was supplied or imported has no cases."""
    name = fact.key.indicator
    return Behind(fact, view, registry.measure(name), registry.of_measure(name), registry.rules, NO_CASES)


def _again(workspace: Workspace, fact: Fact, part: Part | None) -> Behind:
    registry = workspace.registry
    indicator = registry.of_measure(fact.key.indicator)
    snapshot = snapshot_for(workspace, fact.key.period)
    counted = count(workspace, snapshot, (fact.key.period,), [indicator])
    measure = registry.measure(fact.key.indicator)
    cases = _rows(counted.engine.connection, measure, counted.cases[indicator.id], fact.key, part, counted.run.teams)
    return Behind(fact, View.NOW, measure, indicator, registry.rules, cases)


def _as_kept(workspace: Workspace, fact: Fact, frozen: FrozenMonth, part: Part | None) -> Behind:
    """From the freeze alone: its definitions, its rules, its cases."""
    registry = as_kept(workspace, frozen).registry
    indicator, measure = registry.of_measure(fact.key.indicator), registry.measure(fact.key.indicator)
    rules, left = registry.rules, _gone(workspace, frozen, frozen.cases(indicator.id))
    if not frozen.cases(indicator.id).exists():
        return Behind(fact, View.FIRST, measure, indicator, rules, NO_CASES, left)
    engine = open_duckdb(rules)
    table = f"cases_{indicator.id}"
    engine.connection.execute(
        f"CREATE TEMP TABLE {table} AS SELECT * FROM read_parquet(?)",  # noqa: S608 - the id of a definition
        [str(frozen.cases(indicator.id))],
    )
    columns = tuple(row[0] for row in engine.connection.execute(f"DESCRIBE {table}").fetchall())
    teams = teams_of(workspace, frozen.period, View.FIRST)
    cases = _rows(engine.connection, measure, Cases(indicator, table, columns, ()), fact.key, part, teams)
    return Behind(fact, View.FIRST, measure, indicator, rules, cases, left)


def _gone(workspace: Workspace, frozen: FrozenMonth, file: Path) -> str:
    """What the ledger says of the cases of a figure, where they are not as they were kept."""
    change = changes(workspace.store.ledger).get(file.relative_to(workspace.store.folder).as_posix())
    if change is None:
        return ""
    on = day_in_words(date.fromisoformat(change.on))
    if change.act is Act.PURGED:
        return f"The records of {frozen.period.label} were purged on {on}: the figure stays, its cases are not kept."
    what = "A child's records were erased" if change.act is Act.ERASED else "Two records of one child were merged"
    return f"{what} on {on}: the figure stays as it was reported, and its cases may say otherwise."


def _rows(  # noqa: PLR0913, PLR0917 - of what, out of what, for whom
    connection: duckdb.DuckDBPyConnection, measure: Measure, cases: Cases, key: FactKey, part: Part | None, teams: Teams
) -> CaseRows:
    if part:
        cases, key = cases.narrowed(connection, part, teams), key.within(part.kind, part.id) or key
    answer = connection.execute(*rows_behind(measure, cases, key))
    return CaseRows(tuple(column[0] for column in answer.description), tuple(answer.fetchall()))


def _no_such_fact(key: FactKey, known: list[FactKey]) -> UsageError:
    near = [str(one) for one in known if one.dimension in {"all", key.dimension}][:6]
    remedy = f"There are: {', '.join(near)}." if near else "`scorecard facts` lists those of a month."
    return UsageError(f"There is no fact {key}.", remedy=remedy)


@dataclass(frozen=True)
class Preview:
    """What a definition counts in the newest thirteen months, and ten of its cases."""

    columns: tuple[str, ...]
    months: tuple[tuple[object, ...], ...]
    cases: CaseRows


def thirteen_months(workspace: Workspace, name: str) -> Preview | None:
    """A definition tried on the newest snapshot; nothing before an extract is taken."""
    every = workspace.snapshots.all()
    if not every:
        return None
    registry = workspace.registry
    indicator = registry.indicators.get(name) or registry.of_measure(name)
    months = months_shown(last_whole_month(every[-1].as_at), _PREVIEWED)
    counted = count(workspace, every[-1], months, [indicator])
    connection = counted.engine.connection
    rows = connection.execute(
        'SELECT indicator, period, "window", numerator, denominator, value FROM facts'
        " WHERE dimension = 'all' AND \"window\" IN ('month', 'month_end') ORDER BY indicator, period"
    ).fetchall()
    table = counted.cases[indicator.id].table
    answer = connection.execute(
        f"SELECT * EXCLUDE (month_no) FROM {table} ORDER BY event_date DESC, case_id LIMIT 10"  # noqa: S608 - the id of a definition
    )
    ten = CaseRows(tuple(column[0] for column in answer.description), tuple(answer.fetchall()))
    return Preview(("figure", "month", "window", "numerator", "denominator", "value"), tuple(rows), ten)
