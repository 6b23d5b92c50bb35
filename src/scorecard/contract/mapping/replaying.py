"""A mended mapping replayed over rows that were mapped before: their texts stand beside the codes, to be matched anew.

Only what decides for a code can be replayed: a mapping's lists of values and the shipped vocabularies. Which rows and
cells a report's rows were made from is not kept, and whatever else changed in a mapping asks for the extract again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from scorecard.contract.layouts.poured import ARRIVED
from scorecard.contract.mapping.matching import is_matched, match_texts
from scorecard.contract.sources.piece import sql_name
from scorecard.contract.types import ColumnType
from scorecard.contract.values.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from collections.abc import Mapping as Map
    from pathlib import Path

    import duckdb

    from scorecard.contract.mapping.forms import Form
    from scorecard.contract.mapping.mapping import Mapping
    from scorecard.contract.types import Column, Contract, Table
    from scorecard.contract.values.vocabulary import Vocabulary

_ANEW = "_anew"


class Readers:
    """What the reports of an extract were read by: mappings by their files, and the vocabularies as they then stood."""

    def __init__(self, mappings: Map[str, Mapping], values: Callable[[str], Path]) -> None:
        self.mappings = mappings
        self.vocabulary: Callable[[str], Vocabulary] = cache(lambda name: read_vocabulary(name, values))

    def ways(self, table: str, column: str) -> dict[tuple[str, int], Map[str, str]]:
        """Each way in which the texts of a column are read, and the values that a mapping gives them itself."""
        return {
            (file, place): mapping.values.get(one.columns[column].values, {})
            for file, mapping in self.mappings.items()
            for place, one in enumerate(mapping.tables)
            if one.into == table and column in one.columns and one.columns[column].from_file
        }

    def code(self, column: Column, own: Map[str, str], texts: Collection[str]) -> dict[str, str | None]:
        """The code of each text, as it is kept: a flag is yes, no or nothing."""
        found = match_texts(column, own, texts, self.vocabulary)
        kept = {"Y", "N", None} if column.type is ColumnType.FLAG else {match.code for match in found.values()}
        return {text: match.code if match.code in kept else None for text, match in found.items()}


@dataclass(frozen=True)
class Recoded:
    """One text of a column whose code changes, in so many rows. The text is a record's: it is shown to nobody."""

    column: str
    said: str
    before: str | None
    after: str | None
    rows: int


@dataclass(frozen=True)
class Replay:
    """What changes in one table, and by column how many rows would change in a way that cannot be told."""

    recoded: tuple[Recoded, ...]
    unclear: Map[str, int]


def replay(  # noqa: PLR0913, PLR0917 - which table, read by what before and now
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    file: Path,
    old: Readers,
    new: Readers,
    without: Collection[str] = (),
) -> Replay:
    """Match the texts of a kept table anew, but for those that mappings `without` read.

    A text was read in the way that gives the code that stands beside it, of those there were; it changes to what that
    way gives now. Where none gives it (the code was made otherwise), or where two do that now differ, nobody can tell.
    """
    recoded: list[Recoded] = []
    unclear: Counter[str] = Counter()
    kept = connection.read_parquet(str(file))
    for column in table.loaded:
        if not is_matched(column) or f"{column.name}{ARRIVED}" not in kept.columns:
            continue
        ways = old.ways(table.name, column.name)
        now = {
            way: own for way, own in new.ways(table.name, column.name).items() if way in ways and way[0] not in without
        }
        found = kept.aggregate(f"{sql_name(column.name + ARRIVED)}, {sql_name(column.name)}, count(*)").fetchall()
        found = [row for row in found if row[0] is not None]
        texts = {said for said, _, _ in found}
        before = {way: old.code(column, ways[way], texts) for way in now}
        after = {way: new.code(column, own, texts) for way, own in now.items()}
        for said, code, rows in found:
            could = {after[way][said] for way in now if before[way][said] == code}
            if len(could) == 1 and could != {code}:
                recoded.append(Recoded(column.name, said, code, could.pop(), rows))
            elif len(could) > 1 or (not could and any(before[way][said] != after[way][said] for way in now)):
                unclear[column.name] += rows
    return Replay(tuple(recoded), dict(unclear))


def recode(connection: duckdb.DuckDBPyConnection, file: Path, recoded: Collection[Recoded], into: str) -> None:
    """Make a table of a kept one with its codes changed, in the order of its rows."""
    # Names of the contract and of our own tables; every text stays in the engine.
    connection.execute(f"CREATE TEMP TABLE {into} AS SELECT * FROM read_parquet(?)", [str(file)])
    for name in sorted({one.column for one in recoded}):
        rows = [(one.said, one.before, one.after) for one in recoded if one.column == name]
        connection.execute(f"CREATE TEMP TABLE {_ANEW} (said VARCHAR, code VARCHAR, becomes VARCHAR)")
        connection.executemany(f"INSERT INTO {_ANEW} VALUES (?, ?, ?)", rows)
        column, arrived = sql_name(name), sql_name(name + ARRIVED)
        connection.execute(
            f"UPDATE {into} SET {column} = a.becomes FROM {_ANEW} AS a"
            f" WHERE {arrived} = a.said AND {column} IS NOT DISTINCT FROM a.code"
        )
        connection.execute(f"DROP TABLE {_ANEW}")


def changed_otherwise(old: Readers, new: Readers, contract: Contract) -> tuple[str, ...]:
    """The mapping files that changed in more than can be replayed, in order of name."""
    both = old.mappings.keys() & new.mappings.keys()
    differ = {name for name in both if _fixed(old.mappings[name], contract) != _fixed(new.mappings[name], contract)}
    return tuple(sorted(differ | (old.mappings.keys() ^ new.mappings.keys())))


def _fixed(mapping: Mapping, contract: Contract) -> tuple[Mapping, tuple[object, ...]]:
    """A mapping without what can be replayed; values of a column that has no codes are kept without their texts."""
    tables = tuple(
        replace(one, columns={name: _without_values(form) for name, form in one.columns.items()})
        for one in mapping.tables
    )
    uncoded = tuple(_uncoded(mapping, contract))
    return replace(mapping, tables=tables, values={}, path=None, about=""), uncoded


def _without_values(form: Form) -> Form:
    changes: dict[str, Any] = {"values": ""} if "values" in {one.name for one in fields(form)} else {}
    return replace(form, **changes)


def _uncoded(mapping: Mapping, contract: Contract) -> Iterator[object]:
    for table in mapping.tables:
        for name, form in table.columns.items():
            if form.values and not is_matched(contract.tables[table.into].column(name)):
                yield table.into, name, dict(mapping.values[form.values])
