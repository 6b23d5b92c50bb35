"""Invented rows for any table of the contract: codes dealt like cards, days near edges and near what they refer to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain
from re import findall
from typing import TYPE_CHECKING, Any

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType, Reference
from scorecard.definitions.examples import tables_named
from scorecard.definitions.registry import load_registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from scorecard.contract.types import Column, Table

Row = dict[str, Any]
Records = dict[str, list[Row]]

CONTRACT = load_contract()
REGISTRY = load_registry()
SQL = "\n".join(
    (*(one.sql for one in REGISTRY.indicators.values()), *(one.sql for one in REGISTRY.dimensions.values()))
)
"""Every definition and dimension of the library: what they do not read is not invented."""
_COLUMNS = {column.name for table in CONTRACT.tables.values() for column in table.loaded}
_WORDS = set(findall(r"\w+", SQL))

EDGES = [
    date(2021, 11, 30),
    date(2021, 11, 1),
    date(2021, 10, 31),
    date(2021, 4, 1),
    date(2021, 3, 31),
    date(2020, 11, 30),
    date(2020, 2, 29),
    date(2019, 12, 1),
    date(2019, 11, 30),
    date(2021, 9, 27),
]
FIRST_DAY, JUDGED_FROM, LAST_DAY = date(2019, 9, 1), date(2021, 10, 1), date(2021, 11, 30)
STEPS = (-2, 0, 0, 1, 2, 4, 7, 10, 15, 21, 31, 42, 62, 85, 92, 182, 365, 729, 730, 731, 800)
TIMES = (time(0, 0), time(9, 0), time(23, 59))
_OTHERWISE: Mapping[str, Reference | None] = {
    "clae_cla_placement_id": None,
    "icpc_cp_plan_id": None,
    "outc_record_id": Reference("ssd_s47_enquiry", "s47e_s47_enquiry_id"),
}
"""Where two tables name each other, the column of the one made first; and what the contract cannot state."""
_ELSEWHERE = 2
"""Ids of teams, or of anything else whose own table no definition reads."""
_RELATED, _EMPTY = 0.8, 0.25
_DAYS = {ColumnType.DATE, ColumnType.MOMENT}
_NUMBERS: Mapping[ColumnType, list[Any]] = {
    ColumnType.INTEGER: [5, 14, 20, 42],
    ColumnType.DECIMAL: [0.0, 0.5, 0.8, 1.0],
}


@cache
def tables_read() -> tuple[Table, ...]:
    """The tables that some definition or dimension reads, each after those it refers to."""
    read = tables_named(SQL, CONTRACT)
    before = {
        name: sorted({to.table for column in CONTRACT.tables[name].loaded if (to := refers_to(column))} - {name})
        for name in read
    }
    return tuple(CONTRACT.tables[name] for name in TopologicalSorter(before).static_order() if name in read)


def refers_to(column: Column) -> Reference | None:
    """The column of a table made before whose values this one repeats."""
    return _OTHERWISE.get(column.name, column.references)


def columns_read(table: Table) -> list[Column]:
    """The columns of a table that some definition or dimension reads, and its key."""
    return [column for column in table.loaded if column.name in _WORDS or column.name in table.key]


@cache
def columns_asked(name: str) -> set[str]:
    """The columns whose values are looked up in a list, by their own name or by another that a step gives them."""
    asked = "|".join(findall(rf"listed\('{name}', \w+\.(\w+)", SQL))
    return {column for column in (*findall(rf"\.(\w+) AS (?:{asked})\b", SQL), *asked.split("|")) if column in _COLUMNS}


@cache
def words_of(column: str) -> tuple[str, ...]:
    """The words a definition looks for in a column of text: those of the lists it asks, and those it names itself."""
    lists = (one for one in REGISTRY.rules.code_lists.values() if column in columns_asked(one.name))
    listed = (code.code for one in lists for code in one.codes)
    return tuple(dict.fromkeys((*listed, *findall(rf"\.{column} = '([^']+)'", SQL))))


def dealt(choices: Sequence[Any], count: int, chance: Random) -> list[Any]:
    """So many of the choices, none of them twice as long as another has not come up."""
    rounds = (chance.sample(choices, len(choices)) for _ in range(-(-count // len(choices))))
    return list(chain.from_iterable(rounds))[:count]


def rows_of(table: Table, count: int, found: Mapping[str, Sequence[Row]], chance: Random) -> list[Row]:
    """So many rows of a table, which refer to rows already there."""
    columns = [column for column in columns_read(table) if column.type not in _DAYS]
    cells = {column.name: dealt(_choices(table, column, count, found), count, chance) for column in columns}
    rows = [{name: values[n] for name, values in cells.items()} for n in range(count)]
    for row in rows:
        _relate(table, row, found, chance)
    return rows


def one_for_each_key(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows without those whose key another has, as an extract is taken."""
    return list({tuple(row[name] for name in table.key): row for row in rows}.values())


def _choices(table: Table, column: Column, count: int, found: Mapping[str, Sequence[Row]]) -> list[Any]:
    """What may stand in a column, and nothing at all where the contract allows it."""
    empty = [] if column.required or column.name in table.key else [None]
    return _values(table, column, count, found) + empty


def _values(table: Table, column: Column, count: int, found: Mapping[str, Sequence[Row]]) -> list[Any]:
    to = refers_to(column)
    if to and to.table in found:
        return sorted({row[to.column] for row in found[to.table] if row[to.column] is not None})
    match column.type:
        case ColumnType.ID:
            return [f"{to.table if to else table.name}-{n}" for n in range(_ELSEWHERE if to else count)]
        case ColumnType.FLAG:
            return ["Y", "N"]
        case ColumnType.CODE:
            return [code.code for code in CONTRACT.codes[column.codes]] if column.codes else ["a code"]
        case ColumnType.TEXT:
            return [*words_of(column.name), "other words"]
        case _:
            return _NUMBERS[column.type]


def _relate(table: Table, row: Row, found: Mapping[str, Sequence[Row]], chance: Random) -> None:
    """Most rows are about the child of the row they refer to, and begin near a day of it; each day follows another."""
    near = chance.choice((chance.choice(EDGES), _day_since(FIRST_DAY, chance), _day_since(JUDGED_FROM, chance)))
    other = _referred_to(table, row, found)
    if other and chance.random() < _RELATED:
        theirs, its_row = CONTRACT.tables[other[0]], other[1]
        child, its_child = child_column(table), child_column(theirs)
        if child and its_child:
            row[child] = its_row[its_child]
        days = [day for column in columns_read(theirs) if column.type in _DAYS and (day := its_row[column.name])]
        near = _day(chance.choice(days)) if days else near
    for column in columns_read(table):
        if column.type in _DAYS:
            empty = not column.required and chance.random() < _EMPTY
            near = min(near + timedelta(chance.choice(STEPS)), LAST_DAY)
            at = datetime.combine(near, chance.choice(TIMES)) if column.type is ColumnType.MOMENT else near
            row[column.name] = None if empty else at


def _referred_to(table: Table, row: Row, found: Mapping[str, Sequence[Row]]) -> tuple[str, Row] | None:
    """The first row, not a child, that a row refers to."""
    for column in columns_read(table):
        to = refers_to(column)
        if to and to.table in found and to.table != "ssd_person":
            for other in found[to.table]:
                if row[column.name] is not None and other[to.column] == row[column.name]:
                    return to.table, other
    return None


def child_column(table: Table) -> str | None:
    """The column that says which child a row is about."""
    return next((c.name for c in columns_read(table) if c.references and c.references.table == "ssd_person"), None)


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _day_since(first: date, chance: Random) -> date:
    return first + timedelta(chance.randrange((LAST_DAY - first).days + 1))
