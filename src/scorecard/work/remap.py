"""Replay a mended mapping over kept extracts: what would move is told first, and then kept as revisions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.layouts.layout import nothing_to_finish
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.replaying import changed_otherwise, recode, replay
from scorecard.contract.sources.piece import sql_name
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.restate import Cause
from scorecard.store.disk import sha256 as file_sha256
from scorecard.store.ledger import Act
from scorecard.store.months import Because, Kind
from scorecard.store.snapshots import TableSame, TableTaken, Taken
from scorecard.work.read_by import read_by, readers_kept
from scorecard.work.revise import Moved, open_revision
from scorecard.work.sources import SOURCES
from scorecard.work.views import count, facts_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scorecard.calendar.periods import Period
    from scorecard.contract.mapping.replaying import Recoded
    from scorecard.facts.fact import Fact, FactKey
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot, TableSeal
    from scorecard.work.workspace import Workspace

Recodes = dict[str, tuple["Recoded", ...]]
"""By table, the texts whose codes change."""


@dataclass(frozen=True)
class Remapped:
    """A kept extract some of whose codes change, and the rules it is then read by: of all, and of each table."""

    snapshot: Snapshot
    recoded: Recodes
    mapping: Mapping[str, str]
    of_tables: Mapping[str, str]

    @property
    def rows(self) -> dict[str, int]:
        """How many rows change, by table and column."""
        counted = defaultdict[str, int](int)
        for table, texts in self.recoded.items():
            for one in texts:
                counted[f"{table}.{one.column}"] += one.rows
        return dict(sorted(counted.items()))

    def mend(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Change the tables of an engine that holds the extract."""
        for table, texts in self.recoded.items():
            recode(connection, self.snapshot.file(table), texts, _anew(table))
            loaded = {column.name for column in load_contract().tables[table].loaded}
            columns = ", ".join(sql_name(name) for name in connection.table(f"_anew_{table}").columns if name in loaded)
            connection.execute(f"DELETE FROM {sql_name(table)}")  # noqa: S608 - names of the contract, here and below
            connection.execute(f"INSERT INTO {sql_name(table)} BY NAME SELECT {columns} FROM {_anew(table)}")  # noqa: S608
            connection.execute(f"DROP TABLE {_anew(table)}")


@dataclass(frozen=True)
class MovedMonth:
    """A frozen month whose figures move, and the extract that the revision is to be counted in once it is remapped."""

    frozen: FrozenMonth
    extract: Snapshot
    figures: tuple[Moved, ...]


@dataclass(frozen=True)
class Plan:
    """What a mended mapping changes, and in plain words what it cannot change without the extracts themselves."""

    snapshots: tuple[Remapped, ...]
    months: tuple[MovedMonth, ...]
    cannot: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """The extracts that were mapped again, and the revisions that wait for approval."""

    snapshots: tuple[Snapshot, ...]
    revisions: tuple[FrozenMonth, ...]


def plan(workspace: Workspace, since: Period | None = None) -> Plan:
    """What the mapping as it stands would change in the extracts from a month on; nothing is kept."""
    frozen = [one for one in workspace.months.all() if since is None or one.period >= since]
    told = defaultdict[str, list[str]](list)
    found = (_remapped(workspace, one, told) for one in _standing(workspace, frozen, since))
    changed = {one.snapshot.id: one for one in found if one}
    months = (_moved_month(workspace, one, changed, told) for one in frozen)
    cannot = tuple(f"{said} ({', '.join(dict.fromkeys(names))})" for said, names in told.items())
    return Plan(tuple(changed.values()), tuple(one for one in months if one and one.figures), cannot)


def carry_out(workspace: Workspace, planned: Plan, reason: str) -> Done:
    """Keep each extract that changes as one that supersedes it, and open a revision of each month that moves."""
    made = dict[str, "Snapshot"]()
    with workspace.store.writing() as ledger:
        for one in planned.snapshots:
            made[one.snapshot.id] = kept = _keep(workspace, one)
            told = {"from": one.snapshot.id, "manifest": file_sha256(kept.manifest), "rows": one.rows}
            ledger.add(Act.REMAPPED, kept.id, why=reason, told=told)
    because = Because(Kind.REVISION, Cause.MAPPING_CORRECTED, reason)
    revisions = tuple(
        open_revision(workspace, one.frozen.period, made.get(one.extract.id, one.extract), because)
        for one in planned.months
    )
    return Done(tuple(made.values()), revisions)


def _standing(workspace: Workspace, frozen: list[FrozenMonth], since: Period | None) -> Iterator[Snapshot]:
    """The extracts that are counted in: the last of each day, and what became of those that months were frozen from."""
    every = workspace.snapshots.all()
    ids = {one.id for one in {one.as_at: one for one in every}.values()} | {
        _latest(workspace, workspace.snapshots.get(one.snapshot)).id for one in frozen
    }
    yield from (one for one in every if one.id in ids and (since is None or one.as_at >= since.last_day))


def _latest(workspace: Workspace, snapshot: Snapshot) -> Snapshot:
    return workspace.snapshots.remapped(snapshot) or snapshot


def _remapped(workspace: Workspace, snapshot: Snapshot, told: dict[str, list[str]]) -> Remapped | None:
    """What changes in one extract, if anything; what cannot be told is added to what is said of it."""
    if not snapshot.mapping:
        if any(seal.mapping or _has_texts(seal) for seal in snapshot.tables.values()):
            told["Taken before the mapping was kept with it: take the extract again"].append(snapshot.id)
        return None
    if not _is_there(snapshot):
        told["Its records were purged, so that nothing can be mapped again"].append(snapshot.id)
        return None
    by = read_by([(one["layout"], one["report"]) for one in snapshot.files], workspace.folder)
    old, contract = readers_kept(snapshot, workspace.rules), load_contract()
    otherwise = list(changed_otherwise(old, by.readers, contract))
    if snapshot.mapping.get(SOURCES) != by.prints.get(SOURCES):
        otherwise.append(SOURCES)
    for name in otherwise:
        told[f"{name} changed in more than its values: take the extract again"].append(snapshot.id)
    files = by.prints | {name: snapshot.mapping[name] for name in otherwise if name in snapshot.mapping}
    of_tables, recoded = by.of_tables(files), Recodes()
    with duckdb.connect(":memory:") as connection:
        for name, seal in snapshot.tables.items():
            if seal.rows and seal.mapping != of_tables.get(name, ""):
                found = replay(connection, contract.tables[name], snapshot.file(name), old, by.readers, otherwise)
                for column, rows in found.unclear.items():
                    said = f"{name}.{column}: {rows:,} rows were coded by more than their own text; take it again"
                    told[said].append(snapshot.id)
                if found.recoded:
                    recoded[name] = found.recoded
                    _say_what_does_not_follow(seal, snapshot, told)
    return Remapped(snapshot, recoded, files, of_tables) if recoded else None


def _has_texts(seal: TableSeal) -> bool:
    return any(name.endswith("__arrived") for name in seal.columns)


def _is_there(snapshot: Snapshot) -> bool:
    """Whether its records are: they are purged before its manifest is."""
    return all(snapshot.file(name).exists() for name, seal in snapshot.tables.items() if seal.rows)


def _say_what_does_not_follow(seal: TableSeal, snapshot: Snapshot, told: dict[str, list[str]]) -> None:
    for layout in SHIPPED:
        if layout.id in seal.layouts and layout.finish is not nothing_to_finish:
            said = f"What the layout {layout.id} makes of several codes together stays as it is; take the extract again"
            told[said].append(snapshot.id)


def _moved_month(
    workspace: Workspace, frozen: FrozenMonth, changed: Mapping[str, Remapped], told: dict[str, list[str]]
) -> MovedMonth | None:
    """The figures of a month that move between the extract it was frozen from and the same extract mapped again."""
    origin = workspace.snapshots.get(frozen.snapshot)
    latest = _latest(workspace, origin)
    one = changed.get(latest.id)
    if one is None and (latest == origin or _has_revision(workspace, frozen, latest)):
        return None
    if not _is_there(origin):
        told["Its records were purged, so that nothing can be counted again"].append(origin.id)
        return None
    before, after = (
        _facts(workspace, origin, frozen.period),
        _facts(workspace, latest, frozen.period, one.mend if one else None),
    )
    first = {fact.key: fact for fact in map(to_fact, facts_first(workspace, frozen.period))}
    titles = {name: measure.title for name, measure in workspace.registry.measures.items()}
    moved = tuple(
        Moved(key, titles.get(key.indicator, key.indicator), first.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys(), key=str)
        if _said(before.get(key)) != _said(after.get(key))
    )
    return MovedMonth(frozen, latest, moved)


def _has_revision(workspace: Workspace, frozen: FrozenMonth, snapshot: Snapshot) -> bool:
    """Whether a month was counted in an extract already, later than its freeze that counts."""
    later = (one for one in workspace.months.revisions(frozen.period) if one.revision > frozen.revision)
    return any(one.snapshot == snapshot.id for one in later)


def _facts(
    workspace: Workspace,
    snapshot: Snapshot,
    period: Period,
    mend: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
) -> dict[FactKey, Fact]:
    counted = count(workspace, snapshot, (period,), mend=mend)
    rows = fact_rows(counted.engine.connection, "facts", [period])
    counted.engine.close()
    return {fact.key: fact for fact in map(to_fact, rows)}


def _said(fact: Fact | None) -> tuple[object, ...]:
    return (fact.numerator, fact.denominator, fact.value, fact.status) if fact else ()


def _anew(table: str) -> str:
    return sql_name(f"_anew_{table}")


def _keep(workspace: Workspace, one: Remapped) -> Snapshot:
    """The extract with its codes changed; of the tables that did not change there is one file for both."""
    base = one.snapshot
    read_by([(piece["layout"], piece["report"]) for piece in base.files], workspace.folder).keep(workspace.rules)
    said = f"{base.id} {sorted(one.mapping.items())}"
    taken = Taken(
        base.as_at,
        base.source,
        sha256(said.encode()).hexdigest(),
        base.contract_version,
        base.covers_from,
        base.findings,
        base.files,
        base.severities,
        one.mapping,
        remapped_from=base.id,
        in_place_of=base.place,
    )
    tables = dict[str, TableTaken | TableSame]()
    with duckdb.connect(":memory:") as connection:
        for name, seal in base.tables.items():
            mapping = one.of_tables.get(name, seal.mapping)
            if name not in one.recoded:
                tables[name] = TableSame(base.file(name), replace(seal, mapping=mapping))
                continue
            recode(connection, base.file(name), one.recoded[name], _anew(name))
            tables[name] = TableTaken(
                f"_anew_{name}", seal.columns, seal.layouts, seal.known_from, seal.as_at, mapping, seal.out_of_step
            )
        return workspace.snapshots.keep(taken, tables, connection)
