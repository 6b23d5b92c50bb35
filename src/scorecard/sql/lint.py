"""Whether a definition's SQL means the same on every engine, told before it runs, with what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import TokenType

from scorecard.sql.offence import Offence, Told
from scorecard.sql.queries import Queries
from scorecard.sql.scope import CASES, REPORT_DAYS, Columns, columns_of
from scorecard.sql.subset import check_shape
from scorecard.sql.word import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scorecard.sql.rules import DatedRules

__all__ = ["Lookups", "Offence", "lint", "lookups"]

_CASE_COLUMNS = ("case_id", "child_id", "event_date")
_MEMBER_COLUMNS = ("case_id", "event_date", "member")


@dataclass(frozen=True)
class Lookups:
    """What a definition asks for by name."""

    parameters: frozenset[str]
    code_lists: frozenset[str]
    tables: frozenset[str]


def lint(
    sql: str,
    *,
    kind: str,
    tables: Mapping[str, Collection[str]],
    rules: DatedRules,
    first_line: int = 1,
) -> tuple[Offence, ...]:
    """All that a definition of this kind (flow, stock, dimension or cases) may not say, in order of lines.

    `tables` maps each table to its columns; where it maps the columns to their types, kinds of values are checked too.
    """
    told = Told(sql, first_line)
    tree = _parsed(sql, told)
    if tree is not None:
        check_shape(tree, told)
        returned = Queries(_in_reach(tables, kind), rules, told).read(tree, {})
        _check_returned(tree, kind, returned, told)
        _check_relations(tree, kind, told)
        if not told.offences:
            _check_as_duckdb_reads(sql, told)
    return tuple(sorted(told.offences))


def lookups(sql: str) -> Lookups:
    """The names of the parameters, code lists and tables that a definition uses; none where it cannot be read."""
    tree = _parsed(sql, Told(sql))
    if tree is None:
        return Lookups(frozenset(), frozenset(), frozenset())
    steps = {step.alias for step in tree.find_all(exp.CTE)}
    tables = frozenset(table.name for table in tree.find_all(exp.Table)) - steps
    return Lookups(_named(tree, "param_on"), _named(tree, "listed"), tables)


def _named(tree: exp.Expr, word: str) -> frozenset[str]:
    calls = (call for call in tree.find_all(exp.Anonymous) if call.name.lower() == word and call.expressions)
    return frozenset(call.expressions[0].name for call in calls)


def _parsed(sql: str, told: Told) -> exp.Expr | None:
    if "{{" in sql or "{%" in sql:
        line = 1 + sql.count("\n", 0, min(at for at in (sql.find("{{"), sql.find("{%")) if at >= 0))
        told.say_on(line, "a template", "Definitions are plain SQL: what is shown is what runs.")
        return None
    try:
        statements = sqlglot.parse(sql, dialect="duckdb")
    except SqlglotError as error:
        told.say_on(*_not_read(error))
        return None
    return _one_select(sql, statements, told)


def _not_read(error: SqlglotError) -> tuple[int, str, str]:
    """Line, problem and remedy of SQL that cannot be read."""
    found = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    near = f" near “{found['highlight']}”" if found.get("highlight") else ""
    remedy = "Look for a missing comma, bracket, quote or END. Placeholders such as :day are not part of a definition."
    return int(found.get("line") or 1), f"this cannot be read as SQL{near}", remedy


def _one_select(sql: str, statements: list[exp.Expr | None], told: Told) -> exp.Expr | None:
    """The definition's one SELECT, if that is what it is."""
    tree = statements[0] if statements else None
    if len(statements) != 1 or tree is None or _has_semicolon(sql):
        told.say_on(
            1, "a definition is one SELECT, without a semicolon", "Leave one statement, and take the semicolon out."
        )
    elif not isinstance(tree, exp.Select | exp.Union):
        told.say(tree, f"a definition only reads: {told.text(tree)}", "Write one SELECT that returns the cases.")
    else:
        return tree
    return None


def _has_semicolon(sql: str) -> bool:
    """Whether there is one outside texts and comments, where it would do no harm."""
    return any(token.token_type is TokenType.SEMICOLON for token in sqlglot.tokenize(sql, dialect="duckdb"))


def _check_as_duckdb_reads(sql: str, told: Told) -> None:
    """DuckDB, not the parser, runs the text, so it is asked how it reads it."""
    try:
        read = [statement.type for statement in duckdb.extract_statements(sql)]
    except duckdb.Error:
        read = []
    if read != [duckdb.StatementType.SELECT]:
        told.say_on(1, "DuckDB does not read this as one SELECT", "Look for a stray quote, bracket or comment sign.")


def _in_reach(tables: Mapping[str, Collection[str]], kind: str) -> dict[str, Columns]:
    own: dict[str, Columns] = {"cases": CASES} if kind == "dimension" else {"report_days": REPORT_DAYS}
    return {name: columns_of(columns) for name, columns in tables.items()} | own


def _check_returned(tree: exp.Expr, kind: str, returned: Columns, told: Told) -> None:
    asked = _MEMBER_COLUMNS if kind == "dimension" else _CASE_COLUMNS
    for name in asked:
        if name not in returned and returned:
            told.say(tree, f"the column {name} is not returned", f"Return {', '.join(asked)}; name columns with AS.")
    if kind == "dimension" and set(returned) - set(asked):
        told.say(tree, "a dimension returns more than its members", f"Return {', '.join(asked)} and nothing else.")
    if returned.get("event_date", Kind.ANY) not in (Kind.DAY, Kind.ANY):
        told.say(tree, "event_date is no day", "Write day_of(moment) AS event_date where the source is a moment.")


def _check_relations(tree: exp.Expr, kind: str, told: Told) -> None:
    """A flow knows no report days, so that months add up to years; a stock is counted on each, once."""
    days = [table for table in tree.find_all(exp.Table) if table.name == "report_days"]
    if kind == "flow" and days:
        remedy = "Return all cases with their event_date; the days wanted are chosen outside."
        told.say(days[0], "a flow does not speak of report_days", remedy)
    if kind == "stock" and len(days) != 1:
        remedy = "Write FROM report_days AS d JOIN … ON open_on(…, d.day), and return d.day AS event_date."
        told.say(days[1] if days else tree, f"a stock joins report_days once, not {len(days)} times", remedy)
    elif kind == "stock" and days[0].alias != "d":
        told.say(days[0], "report_days has another alias than d", "Write report_days AS d.")
    if kind == "dimension" and not any(table.name == "cases" for table in tree.find_all(exp.Table)):
        told.say(tree, "a dimension reads the relation cases", "Write FROM cases AS c.")
