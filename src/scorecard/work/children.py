"""One child's records in everything that is kept: taken out of it, or put under another of the child's ids.

The id is handed to the engine as a value and goes nowhere else: into no SQL, message, ledger or name of a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.load import load_contract
from scorecard.contract.types import Reference
from scorecard.store import retention
from scorecard.store.ledger import Act
from scorecard.work.purge import case_files, freezes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from scorecard.work.workspace import Workspace

    Rewrite = Callable[[duckdb.DuckDBPyConnection, Iterable[str]], "Iterator[_Rewritten]"]

_OF_A_FREEZE = ("child_id", "fami_person_id")
"""The columns that name a child in the files of a freeze."""
_UNSAID = {"pbrc_family_id": Reference("ssd_family", "fami_family_id")}
"""What a column repeats though the contract cannot say so: a claim is for a family, and a family is many rows."""
_NAMES_A_RECORD = {
    "ssdx_outcomes": ("outc_table_name", "outc_record_id"),
    "ssdx_record_audit": ("raud_table_name", "raud_record_id"),
}
"""Tables whose rows name a table and a record of it."""
_CHILD, _OTHER = "(SELECT child FROM ids)", "(SELECT other FROM ids)"


@dataclass(frozen=True)
class Changed:
    """The files of the store that were made again, and how many of their rows left or changed."""

    files: tuple[Path, ...]
    rows: int


@dataclass(frozen=True)
class _Rewritten:
    """A table some of whose rows leave or change: how many do, and what stands in its place."""

    table: str
    rows: int
    query: str


def find(workspace: Workspace, child: str) -> Changed:
    """The files that hold records of a child, and how many of their rows; nothing is changed."""
    return _made_again(workspace, (child, ""), _without, writes=False)


def erase(workspace: Workspace, child: str, on: date, why: str = "") -> Changed:
    """Take every record of a child out of every extract and every freeze; figures that were reported stay."""
    return _put(workspace, Act.ERASED, (child, ""), _without, on, why)


def merge(workspace: Workspace, gone: str, kept: str, on: date, why: str = "") -> Changed:
    """Put the records of one id of a child under another of the same child's.

    Where both had a row under what is now one key, that of the kept id stays. The cases of a freeze stay as many as
    they were: they were counted so.
    """
    return _put(workspace, Act.MERGED, (gone, kept), _under_the_other, on, why)


def _put(workspace: Workspace, act: Act, ids: tuple[str, str], rewrite: Rewrite, on: date, why: str) -> Changed:  # noqa: PLR0913, PLR0917 - whose, how, and what is said of it
    with workspace.store.writing():
        retention.finish(workspace.store)
        found = _made_again(workspace, ids, rewrite, writes=True)
        if found.files:
            retention.replace(workspace.store, act, found.files, found.rows, on, why)
    return found


def _made_again(workspace: Workspace, ids: tuple[str, str], rewrite: Rewrite, *, writes: bool) -> Changed:
    files, rows = list[Path](), 0
    for tables in _kept(workspace):
        with duckdb.connect(":memory:", config={"temp_directory": ""}) as connection:
            connection.execute("CREATE TABLE ids AS SELECT ? AS child, ? AS other", list(ids))
            for name, path in tables.items():
                connection.read_parquet(str(path)).create_view(name)
            for one in rewrite(connection, tables):
                files.append(tables[one.table])
                rows += one.rows
                if writes:
                    made = retention.made_again(workspace.store, tables[one.table])
                    connection.sql(one.query).write_parquet(str(made), compression="zstd")
    return Changed(tuple(files), rows)


def _kept(workspace: Workspace) -> Iterator[dict[str, Path]]:
    """The tables of each extract, and the cases of each freeze, by name."""
    for snapshot in workspace.snapshots.all():
        yield {path.stem: path for path in sorted(snapshot.folder.glob("*.parquet"))}
    for frozen in freezes(workspace):
        yield {path.stem: path for path in case_files(frozen)}


def _naming(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, ...]:
    """The columns of a table, or of the cases of a freeze, that name a child."""
    table = load_contract().tables.get(name)
    named = tuple(column.name for column in table.naming_children) if table else _OF_A_FREEZE
    return tuple(column for column in connection.view(name).columns if column in named)


def _without(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> Iterator[_Rewritten]:
    """What stays of each table: all but the rows that name the child, and those that hang on them alone."""
    leaving = dict[str, str]()
    for name in _in_order(tables):
        found = [f'"{column}" = {_CHILD}' for column in _naming(connection, name)]
        found += [_hanging(column, to, leaving[to.table]) for column, to in _hangs_on(name) if to.table in leaving]
        found += _of_records(name, leaving)
        leaves = _any_of(found)
        rows = _count(connection, name, leaves) if found else 0
        if rows:
            leaving[name] = leaves
            yield _Rewritten(name, rows, f'SELECT * FROM "{name}" WHERE NOT {leaves}')  # noqa: S608 - names of tables and columns


def _in_order(tables: Iterable[str]) -> tuple[str, ...]:
    """The tables, each after those its rows hang on."""
    before = {name: {to.table for _, to in _hangs_on(name)} for name in tables}
    for name in _NAMES_A_RECORD.keys() & before.keys():
        before[name] = set(before) - _NAMES_A_RECORD.keys()
    return tuple(name for name in TopologicalSorter(before).static_order() if name in before)


def _hangs_on(name: str) -> tuple[tuple[str, Reference], ...]:
    """Of a table that names no child, the columns that repeat one of another table, and which."""
    table = load_contract().tables.get(name)
    if table is None or table.naming_children:
        return ()
    repeated = ((column.name, column.references or _UNSAID.get(column.name)) for column in table.loaded)
    return tuple((column, to) for column, to in repeated if to and to.table != name)


def _hanging(column: str, to: Reference, leaves: str) -> str:
    """That a record named in a column leaves, and that no row of it stays: a record may be of several children."""
    of = f'SELECT "{to.column}" FROM "{to.table}" WHERE "{to.column}" IS NOT NULL AND'  # noqa: S608 - as above
    return f'("{column}" IN ({of} {leaves}) AND "{column}" NOT IN ({of} NOT {leaves}))'


def _of_records(name: str, leaving: Mapping[str, str]) -> list[str]:
    """The same where the table of the record is named in a column too."""
    if name not in _NAMES_A_RECORD:
        return []
    of, record = _NAMES_A_RECORD[name]
    keys = {one: Reference(one, load_contract().tables[one].key[0]) for one in leaving}
    return [f"(\"{of}\" = '{one}' AND {_hanging(record, key, leaving[one])})" for one, key in keys.items()]


def _under_the_other(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> Iterator[_Rewritten]:
    """Each table that names the child, with the other id in place of the child's."""
    for name in tables:
        naming = _naming(connection, name)
        changes = _any_of(f'"{column}" = {_CHILD}' for column in naming)
        rows = _count(connection, name, changes) if naming else 0
        if rows:
            new = {column: f'CASE "{column}" WHEN {_CHILD} THEN {_OTHER} ELSE "{column}" END' for column in naming}
            if "case_id" in connection.view(name).columns:
                new["case_id"] = _case_id(changes)
            replaced = ", ".join(f'{made} AS "{column}"' for column, made in new.items())
            stays = _stays(connection, name, changes, new)
            yield _Rewritten(name, rows, f'SELECT * REPLACE ({replaced}) FROM "{name}" WHERE {stays}')  # noqa: S608 - as above


def _case_id(changes: str) -> str:
    """The id of a case ends with that of its child, or is no more than it."""
    cut = f"left(case_id, length(case_id) - length({_CHILD})) || {_OTHER}"
    return f"CASE WHEN {changes} AND ends_with('/' || case_id, '/' || {_CHILD}) THEN {cut} ELSE case_id END"


def _stays(connection: duckdb.DuckDBPyConnection, name: str, changes: str, new: Mapping[str, str]) -> str:
    """That a row does not come under a key that a row of the other id has; a key that is not complete is none."""
    table = load_contract().tables.get(name)
    key = table.key if table else ()
    if not key or not set(key) <= set(connection.view(name).columns):
        return "TRUE"
    cells = ", ".join(f'"{column}"' for column in key)
    own = ", ".join(new.get(column, f'"{column}"') for column in key)
    there = f'SELECT {cells} FROM "{name}" WHERE NOT {changes}'  # noqa: S608 - as above
    return f"NOT coalesce({changes} AND ({own}) IN ({there}), FALSE)"


def _any_of(conditions: Iterable[str]) -> str:
    return f"coalesce({' OR '.join(conditions)}, FALSE)"


def _count(connection: duckdb.DuckDBPyConnection, name: str, condition: str) -> int:
    counted = connection.execute(f'SELECT count(*) FROM "{name}" WHERE {condition}')  # noqa: S608 - as above
    return int(counted.fetchall()[0][0])
