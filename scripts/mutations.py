"""Small wrong changes to a definition's SQL and its dated rules, one at a time: what a slip would look like.

Those to the SQL are made on sqlglot's tree and written out again for DuckDB; nothing here runs anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlglot import exp, parse_one

from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scorecard.contract.types import Contract

_DIALECT = "duckdb"
_LONGEST_PLACE = 90
_DATES = ("date", "moment")

Change = tuple[str, exp.Expr]
"""What was done, in few words, and the node that takes the place of the old one."""


@dataclass(frozen=True)
class Mutant:
    """A definition's SQL with one change."""

    change: str
    sql: str


def mutants_of(sql: str, contract: Contract) -> Iterator[Mutant]:
    """Every single change to a definition's SQL, each once."""
    tree = parse_one(sql, dialect=_DIALECT)
    swaps = _date_swaps(tree, contract)
    told = dict[str, int]()
    seen = {written(tree)}
    for number, node in enumerate(tree.walk()):
        for what, place in _described(node, swaps):
            mutated = tree.copy()
            _replace(list(mutated.walk())[number], what, swaps)
            text = written(mutated)
            if text not in seen:
                seen.add(text)
                yield Mutant(_numbered(f"{what}: {place}", told), text)


def written(tree: exp.Expr) -> str:
    """A tree as DuckDB reads it."""
    return tree.sql(dialect=_DIALECT)


def _described(node: exp.Expr, swaps: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    place = _place(node)
    for what, _ in _changes(node, swaps):
        yield what, place


def _replace(node: exp.Expr, wanted: str, swaps: Mapping[str, tuple[str, ...]]) -> None:
    for what, change in _changes(node, swaps):
        if what == wanted:
            change()
            return


def _place(node: exp.Expr) -> str:
    """The words around a node, enough to find it again."""
    around = node
    while around.parent and len(written(around)) < _LONGEST_PLACE // 3 and not isinstance(around.parent, exp.Select):
        around = around.parent
    text = written(around)
    return text if len(text) <= _LONGEST_PLACE else text[:_LONGEST_PLACE] + "…"


def _numbered(change: str, told: dict[str, int]) -> str:
    """The same words a second time get a number."""
    told[change] = told.get(change, 0) + 1
    return change if told[change] == 1 else f"{change} ({told[change]})"


def _changes(node: exp.Expr, swaps: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Callable[[], object]]]:
    """All changes to one node: what it is called, and how it is done in place."""
    for maker in _MAKERS:
        for what, new in maker(node):
            yield what, _putter(node, new)
    yield from _removals(node)
    if isinstance(node, exp.Column) and not _is_day_of_a_list(node):
        for other in swaps.get(f"{node.table}.{node.name}", ()):
            yield f"{node.name} → {other}", _putter(node, exp.column(other, table=node.table))


def _is_day_of_a_list(node: exp.Expr) -> bool:
    """The day a list is asked for: it matters only to dated codes, whose days `rule_mutants` moves."""
    around: exp.Expr | None = node
    while around is not None and not isinstance(around, exp.Select):
        if isinstance(around, exp.Anonymous) and around.name.lower() == "listed":
            return True
        around = around.parent
    return False


def _putter(node: exp.Expr, new: exp.Expr) -> Callable[[], object]:
    return lambda: node.replace(new)


_OPPOSITES: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.And: exp.Or,
    exp.Or: exp.And,
}


def _opposite(node: exp.Expr) -> Iterator[Change]:
    other = _OPPOSITES.get(type(node))
    if other:
        yield f"{node.key} → {other.key}", other(this=node.this.copy(), expression=node.expression.copy())


def _one_side(node: exp.Expr) -> Iterator[Change]:
    """A filter forgotten."""
    if isinstance(node, exp.And | exp.Or):
        yield "only the right side", node.expression.copy()
        yield "only the left side", node.this.copy()
    if isinstance(node, exp.Coalesce):
        yield "only the first", node.this.copy()
        yield "only the second", node.expressions[0].copy()


def _number(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Literal) and not node.is_string and not isinstance(node.parent, exp.Select):
        yield "one more", exp.Literal.number(int(node.this) + 1)
        yield "one less", exp.paren(exp.Literal.number(int(node.this) - 1))


def _parameter(node: exp.Expr) -> Iterator[Change]:
    asked_whether_known = isinstance(node.parent, exp.Is)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "param_on" and not asked_whether_known:
        yield "one more", exp.paren(exp.Add(this=node.copy(), expression=exp.Literal.number(1)))
        yield "one less", exp.paren(exp.Sub(this=node.copy(), expression=exp.Literal.number(1)))


def _code(node: exp.Expr) -> Iterator[Change]:
    compared = isinstance(node.parent, exp.EQ | exp.NEQ)
    if isinstance(node, exp.Literal) and node.is_string and compared:
        yield "another code", exp.Literal.string(f"{node.this} or another")


def _negated(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Exists) and not isinstance(node.parent, exp.Not):
        yield "not", exp.Not(this=node.copy())
    if isinstance(node, exp.Not):
        yield "without not", node.this.copy()
    if isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        yield "not", exp.Not(this=exp.paren(node.copy()))


def _flag(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Anonymous) and node.name.lower() == "flag":
        condition = exp.Not(this=exp.paren(node.expressions[0].copy()))
        yield "flag negated", exp.Anonymous(this="flag", expressions=[condition])


_WORDS = {"working_days_between": "days_between", "months_before": "months_after"}


def _word(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Anonymous) and (other := _WORDS.get(node.name.lower())):
        yield f"{node.name} → {other}", exp.Anonymous(this=other, expressions=[one.copy() for one in node.expressions])


def _extreme(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Max):
        yield "max → min", exp.Min(this=node.this.copy())
    if isinstance(node, exp.Min):
        yield "min → max", exp.Max(this=node.this.copy())


def _order(node: exp.Expr) -> Iterator[Change]:
    if isinstance(node, exp.Ordered):
        yield "the other way round", exp.Ordered(this=node.this.copy(), desc=not node.args.get("desc"))


_MAKERS = (_opposite, _one_side, _number, _parameter, _code, _negated, _flag, _word, _extreme, _order)


def _removals(node: exp.Expr) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is simply taken away."""
    if isinstance(node, exp.Join) and node.side == "LEFT":
        yield "LEFT JOIN → JOIN", lambda: node.set("side", None)
    elif isinstance(node, exp.Join):
        yield "JOIN → LEFT JOIN", lambda: node.set("side", "LEFT")
    if isinstance(node, exp.Where) and not isinstance(node.this, exp.And | exp.Or):
        yield "no WHERE", node.pop
    if isinstance(node, exp.Select) and node.args.get("distinct"):
        yield "no DISTINCT", lambda: node.set("distinct", None)
    if isinstance(node, exp.Case) and len(node.args["ifs"]) > 1:
        for number, branch in enumerate(node.args["ifs"]):
            kept = [one for place, one in enumerate(node.args["ifs"]) if place != number]
            yield f"without WHEN {written(branch.this)[:50]}", _setter(node, "ifs", kept)
    if isinstance(node, exp.Window) and len(node.args.get("partition_by") or ()) > 1:
        for number, part in enumerate(node.args["partition_by"]):
            kept = [one for place, one in enumerate(node.args["partition_by"]) if place != number]
            yield f"not by {written(part)[:50]}", _setter(node, "partition_by", kept)


def _setter(node: exp.Expr, key: str, kept: list[exp.Expr]) -> Callable[[], object]:
    return lambda: node.set(key, kept)


def _date_swaps(tree: exp.Expr, contract: Contract) -> dict[str, tuple[str, ...]]:
    """For each date column as the SQL names it, the other dates of its table."""
    swaps = dict[str, tuple[str, ...]]()
    for table in tree.find_all(exp.Table):
        known = contract.tables.get(table.name)
        dates = [one for one in known.loaded if one.type in _DATES] if known else []
        for column in dates:
            others = tuple(one.name for one in dates if one.type == column.type and one is not column)
            swaps[f"{table.alias_or_name}.{column.name}"] = others
    return swaps


def rule_mutants(rules: DatedRules) -> Iterator[tuple[str, DatedRules]]:
    """The dated rules with one code missing, or one later value a day early or late."""
    for name, listed in rules.code_lists.items():
        for code in listed.codes:
            kept = tuple(one for one in listed.codes if one is not code)
            lists = {**rules.code_lists, name: replace(listed, codes=kept)}
            yield f"{name} without {code.code}", DatedRules(rules.parameters, lists)
    for name, parameter in rules.parameters.items():
        for number, value in enumerate(parameter.values[1:], 1):
            for days, what in ((-1, "early"), (1, "late")):
                moved = replace(value, from_day=value.from_day + timedelta(days))
                values = (*parameter.values[:number], moved, *parameter.values[number + 1 :])
                parameters = {**rules.parameters, name: replace(parameter, values=values)}
                yield f"{name} from {value.from_day} a day {what}", DatedRules(parameters, rules.code_lists)
