"""A report's rows as rows of the contract's tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.layouts.poured import ARRIVED, Poured, Raw
from scorecard.contract.mapping import remarks
from scorecard.contract.mapping.matching import is_matched, match_texts
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.contract.values.match import Sureness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Map

    import duckdb

    from scorecard.contract.mapping.forms import Form
    from scorecard.contract.mapping.mapping import Mapping, TableMap
    from scorecard.contract.types import Column, Contract, Table
    from scorecard.contract.values.match import Match

LONGEST_ARRIVED = 100
"""How much of a text is kept as it arrived beside its code."""

_MAP, _MATCHES = "_map", "_matches"


@dataclass(frozen=True)
class _Filling:
    """One table that a report fills, by one or by several rows for each of the report's."""

    table: Table
    maps: tuple[TableMap, ...]
    columns: tuple[str, ...]

    def matched(self, column: str) -> dict[int, Form]:
        """By number, the rows whose text is the report's own and is matched to a code or to the mapping's values."""
        sort = self.table.column(column)
        forms = {number: one.columns[column] for number, one in enumerate(self.maps) if column in one.columns}
        return {n: form for n, form in forms.items() if form.from_file and (is_matched(sort) or form.values)}


def map_rows(
    connection: duckdb.DuckDBPyConnection, contract: Contract, mapping: Mapping, raw: Raw, into: str
) -> tuple[dict[str, Poured], list[Finding]]:
    """Make one table of text for each table of the contract that a report fills, named `into` and the table's name.

    Every row keeps the number of the row it was made from, though several may be made from one. Codes are matched;
    what matches none is NULL, and beside every matched code `<column>__arrived` keeps the text as it arrived.
    """
    poured: dict[str, Poured] = {}
    findings: list[Finding] = []
    for filling in _fillings(contract, mapping, raw):
        relation = sql_name(f"{into.strip(chr(34))}_{filling.table.name}")
        text = sql_name(f"{into.strip(chr(34))}_{filling.table.name}_text")
        connection.execute(f"CREATE TEMP TABLE {text} AS {_texts(mapping, raw, filling)}")
        matches = _match(connection, mapping, filling, text)
        findings += _said(connection, raw.label, filling, matches, text)
        arrived = _make(connection, filling, matches, text, relation)
        connection.execute(f"DROP TABLE {text}")
        poured[filling.table.name] = Poured(raw.label, relation, frozenset((*filling.columns, *arrived)))
    return poured, findings


@dataclass(frozen=True)
class Spellings:
    """The texts of one column as they arrived: the name of its list of values, what each stands for and its rows."""

    name: str
    column: Column
    matches: Map[str, Match]
    rows: Map[str, int]


def spellings(
    connection: duckdb.DuckDBPyConnection, contract: Contract, mapping: Mapping, raw: Raw
) -> Iterator[Spellings]:
    """Every text of a report that is matched to a code or to a value, by column."""
    for filling in _fillings(contract, mapping, raw):
        text = sql_name(f"_spellings_{filling.table.name}")
        connection.execute(f"CREATE TEMP TABLE {text} AS {_texts(mapping, raw, filling)}")
        for name, of in _match(connection, mapping, filling, text).items():
            column = sql_name(name)
            rows = connection.execute(f"SELECT {column}, count(*) FROM {text} GROUP BY {column}").fetchall()
            lists = {form.values for form in filling.matched(name).values()}
            own = next(filter(None, sorted(lists)), name)
            matches = {said: match for (_, said), match in of.items()}
            yield Spellings(own, filling.table.column(name), matches, dict(rows))
        connection.execute(f"DROP TABLE {text}")


def _fillings(contract: Contract, mapping: Mapping, raw: Raw) -> Iterator[_Filling]:
    """What the report can fill: a table, or one row of an `each`, none of whose headers it has is left alone."""
    by_table = defaultdict[str, list["TableMap"]](list)
    for one in mapping.tables:
        if any(form.headers and _supplied(mapping, form, raw) for form in one.columns.values()):
            by_table[one.into].append(one)
    for name, maps in by_table.items():
        supplied = {column for one in maps for column, form in one.columns.items() if _supplied(mapping, form, raw)}
        columns = tuple(column.name for column in contract.tables[name].columns if column.name in supplied)
        yield _Filling(contract.tables[name], tuple(maps), columns)


def _supplied(mapping: Mapping, form: Form, raw: Raw) -> bool:
    there = raw.headers | {header for header in form.headers if mapping.called(header) in raw.headers}
    return form.supplied_by(there)


def _texts(mapping: Mapping, raw: Raw, filling: _Filling) -> str:
    """Every row of the table as text, as it arrived."""

    def cell(header: str) -> str:
        called = mapping.called(header)
        return sql_name(called) if called in raw.headers else "CAST(NULL AS VARCHAR)"

    parts = []
    for number, one in enumerate(filling.maps):
        values = [
            f"{one.columns[name].sql(cell) if name in one.columns else 'CAST(NULL AS VARCHAR)'} AS {sql_name(name)}"
            for name in filling.columns
        ]
        only = " AND ".join(condition.sql(cell) for condition in one.only) or "true"
        # Names of the contract and of our own tables, and what a mapping says; every value stays in the engine.
        parts.append(f"SELECT {number} AS {_MAP}, {ROW}, {', '.join(values)} FROM {raw.relation} WHERE {only}")
    return " UNION ALL ".join(parts)


def _match(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, filling: _Filling, text: str
) -> dict[str, dict[tuple[int, str], Match]]:
    """By column, what each text of each row stands for."""
    matches: dict[str, dict[tuple[int, str], Match]] = {}
    for name in filling.columns:
        for number, form in filling.matched(name).items():
            found = connection.execute(
                f"SELECT DISTINCT {sql_name(name)} FROM {text} WHERE {_MAP} = ? AND {sql_name(name)} IS NOT NULL",
                [number],
            ).fetchall()
            own: Map[str, str] = mapping.values.get(form.values, {})
            matched = match_texts(filling.table.column(name), own, (one for (one,) in found))
            matches.setdefault(name, {}).update({(number, one): match for one, match in matched.items()})
    return matches


def _make(
    connection: duckdb.DuckDBPyConnection,
    filling: _Filling,
    matches: Map[str, Map[tuple[int, str], Match]],
    text: str,
    relation: str,
) -> tuple[str, ...]:
    """The table with its codes in place of texts, and the columns that keep the texts."""
    rows = [(c, number, one, match.code) for c, of in matches.items() for (number, one), match in of.items()]
    columns: list[list[object]] = [list(values) for values in zip(*rows, strict=True)] or [[], [], [], []]
    connection.execute(f"CREATE TEMP TABLE {_MATCHES} (col VARCHAR, {_MAP} INTEGER, said VARCHAR, code VARCHAR)")
    connection.execute(f"INSERT INTO {_MATCHES} SELECT unnest(?), unnest(?), unnest(?), unnest(?)", columns)
    values, joins = [f"t.{ROW}"], []
    arrived = tuple(f"{name}{ARRIVED}" for name in matches if is_matched(filling.table.column(name)))
    for place, name in enumerate(filling.columns):
        said = f"t.{sql_name(name)}"
        if name not in matches:
            values.append(said)
            continue
        whose = f"t.{_MAP} IN ({', '.join(map(str, filling.matched(name)))})"
        joins.append(
            f" LEFT JOIN {_MATCHES} AS m{place} ON m{place}.col = '{name}'"
            f" AND m{place}.{_MAP} = t.{_MAP} AND m{place}.said = {said}"
        )
        values.append(f"CASE WHEN {whose} THEN m{place}.code ELSE {said} END AS {sql_name(name)}")
        if f"{name}{ARRIVED}" in arrived:
            values.append(f"CASE WHEN {whose} THEN left({said}, {LONGEST_ARRIVED}) END AS {sql_name(name + ARRIVED)}")
    connection.execute(
        f"CREATE TEMP TABLE {relation} AS SELECT {', '.join(values)} FROM {text} AS t{''.join(joins)}"
        f" ORDER BY t.{ROW}, t.{_MAP}"
    )
    connection.execute(f"DROP TABLE {_MATCHES}")
    return arrived


def _said(
    connection: duckdb.DuckDBPyConnection,
    label: str,
    filling: _Filling,
    matches: Map[str, Map[tuple[int, str], Match]],
    text: str,
) -> Iterator[Finding]:
    """What was not matched, and what was only likely."""
    for name, of in matches.items():
        for sureness, remark in ((Sureness.NONE, remarks.unmapped), (Sureness.LIKELY, remarks.likely)):
            such = {one for (_, one), match in of.items() if match.sureness is sureness}
            if such:
                rows = _rows(connection, text, filling.table.column(name), list(such))
                yield remark(label, filling.table.name, name, len(such), rows)


def _rows(connection: duckdb.DuckDBPyConnection, text: str, column: Column, such: list[str]) -> Rows:
    first, count = connection.execute(
        f"SELECT min({ROW}, {SHOWN_ROWS}), count(*) FROM {text} WHERE list_contains(?, {sql_name(column.name)})",
        [such],
    ).fetchall()[0]
    return Rows(tuple(first), count)
