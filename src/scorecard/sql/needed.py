"""What a definition is made of: the columns that decide its rows, and those of each of its results."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sqlglot import exp, parse_one

if TYPE_CHECKING:
    from collections.abc import Mapping

Need = tuple[str, str]
"""A table and a column of it; the column is empty where only the table's rows are looked at."""

Needs = frozenset[Need]

_MAKES = re.compile(r"^CREATE OR REPLACE TEMP (?:VIEW|TABLE) (\w+) AS\n(.*?)(?:;$|\Z)", re.DOTALL | re.MULTILINE)

NOT_SUPPLIED = frozenset({"report_days", "cases"})
"""Relations that the program makes itself."""


@dataclass(frozen=True)
class Made:
    """What decides which rows a query returns, and what each of its columns is made of besides."""

    rows: Needs
    columns: Mapping[str, Needs]

    def of(self, *names: str) -> Needs:
        """What these results need, and every row."""
        return self.rows.union(*(self.columns.get(name, frozenset()) for name in names))


@cache
def made_of(sql: str) -> Made:
    """Read a definition from its tables to its results.

    What is joined from the left, and what only stands in a result, is needed by that result alone: a figure that does
    not use it stands without it.

    >>> found = made_of("SELECT a.id, b.y AS team FROM a AS a LEFT JOIN b AS b ON b.id = a.b_id WHERE a.day > 1")
    >>> sorted(found.of("id"))
    [('a', ''), ('a', 'day'), ('a', 'id')]
    >>> sorted(found.of("team") - found.of("id"))
    [('a', 'b_id'), ('b', ''), ('b', 'id'), ('b', 'y')]
    """
    return _Reading({}).query(parse_one(sql, dialect="duckdb"))


@cache
def made_after(script: str, sql: str) -> Made:
    """Read a query that stands on the views and tables a script makes before it; what else it makes is passed over."""
    steps: dict[str, Made] = {}
    for name, query in _MAKES.findall(script):
        steps[name] = _Reading(steps).query(parse_one(query, dialect="duckdb"))
    return _Reading(steps).query(parse_one(sql, dialect="duckdb"))


@dataclass(frozen=True)
class _Source:
    """A table or step as one query sees it: what its columns are made of, and what each use of it needs besides."""

    table: str = ""
    columns: Mapping[str, Needs] = field(default_factory=dict)
    with_it: Needs = frozenset()

    def column(self, name: str) -> Needs:
        found = (
            frozenset({(self.table, name)})
            if self.table
            else self.columns.get(name, self.columns.get("*", frozenset()))
        )
        return found | self.with_it


@dataclass(frozen=True)
class _Reading:
    """The steps in reach, and the sources of the queries around."""

    steps: Mapping[str, Made]
    around: Mapping[str, _Source] = field(default_factory=dict)

    def query(self, query: exp.Expr) -> Made:
        if isinstance(query, exp.Subquery):
            return self.query(query.this)
        steps = dict(self.steps)
        with_ = query.args.get("with_")
        for step in with_.expressions if with_ else ():
            steps[step.alias] = _Reading(steps).query(step.this)
        within = _Reading(steps, self.around)
        if isinstance(query, exp.Union):
            return _together(within.query(query.args["this"]), within.query(query.args["expression"]))
        return within._select(query)

    def _select(self, select: exp.Expr) -> Made:
        reach, rows = dict(self.around), frozenset[Need]()
        from_ = select.args.get("from_")
        joins = select.args.get("joins") or []
        for join in [*([from_] if from_ else []), *joins]:
            source, its_rows = self._source(join.this)
            reach[join.this.alias_or_name] = source
            on = join.args.get("on")
            its_rows |= self._used(on, reach) if on else frozenset()
            if join.args.get("side") == "LEFT":
                # It adds no row and takes none away: only where a column of it is used does it matter.
                reach[join.this.alias_or_name] = _Source(source.table, source.columns, its_rows)
            else:
                rows |= its_rows
        for part in ("where", "having", "qualify"):
            if select.args.get(part):
                rows |= self._used(select.args[part].this, reach)
        columns: dict[str, Needs] = {}
        for one in select.expressions:
            if one.is_star:
                starred = [reach[one.table]] if isinstance(one, exp.Column) else reach.values()
                for source in starred:
                    columns |= {name: source.column(name) for name in source.columns or ("*",)}
            else:
                columns[one.alias_or_name] = self._used(one.this if isinstance(one, exp.Alias) else one, reach)
        return Made(rows, columns)

    def _source(self, source: exp.Expr) -> tuple[_Source, Needs]:
        """A source, and what its own rows are decided by."""
        if isinstance(source, exp.Table) and source.name not in self.steps:
            if source.name in NOT_SUPPLIED:
                return _Source(), frozenset()
            return _Source(source.name), frozenset({(source.name, "")})
        made = self.steps[source.name] if isinstance(source, exp.Table) else self.query(source)
        return _Source("", made.columns), made.rows

    def _used(self, expression: exp.Expr, reach: Mapping[str, _Source]) -> Needs:
        """The columns an expression names, and all that a query inside it needs."""
        found = frozenset[Need]()
        for node in expression.walk(prune=lambda one: isinstance(one, exp.Query)):
            if isinstance(node, exp.Query):
                inner = _Reading(self.steps, reach).query(node)
                found |= inner.of(*inner.columns)
            elif isinstance(node, exp.Column):
                found |= _owner(node, reach).column(node.name)
        return found


def _owner(column: exp.Column, reach: Mapping[str, _Source]) -> _Source:
    """The source a column is of; one without an alias is of the only source there is."""
    return reach.get(column.table) or next(iter(reach.values())) if reach else _Source()


def _together(first: Made, second: Made) -> Made:
    """The parts of a UNION: a row may be of either."""
    return Made(first.rows | second.rows, {name: first.of(name) | second.of(name) for name in first.columns})
