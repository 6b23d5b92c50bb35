"""The tables without which a definition cannot count anything."""

from __future__ import annotations

from functools import cache

from sqlglot import exp, parse_one


@cache
def needed_tables(sql: str) -> frozenset[str]:
    """The tables a query begins from or must match; those it only looks into (LEFT JOIN, EXISTS) it can do without.

    >>> sorted(needed_tables("SELECT a.x FROM cases AS a JOIN days AS d ON d.x = a.x LEFT JOIN more AS m ON m.x = a.x"))
    ['cases', 'days']
    """
    tree = parse_one(sql, dialect="duckdb")
    steps = {step.alias for step in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table) if _must_match(table)) - steps


def _must_match(table: exp.Table) -> bool:
    above = table.parent
    if isinstance(above, exp.Join) and above.side == "LEFT":
        return False
    return table.find_ancestor(exp.Exists) is None
