"""A query read from its tables to its columns: every name it uses is known, every column it returns is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from scorecard.sql.expressions import Expressions
from scorecard.sql.offence import did_you_mean, place_of
from scorecard.sql.scope import RESERVED, Columns, Scope
from scorecard.sql.word import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.sql.offence import Told
    from scorecard.sql.rules import DatedRules

_NAME_IT = "Give it a name with AS."


@dataclass
class Queries:
    """Reads one definition."""

    tables: Mapping[str, Columns]
    rules: DatedRules
    told: Told

    def read(self, query: exp.Expr, steps: Mapping[str, Columns], around: Scope | None = None) -> Columns:
        """Read a SELECT, or several with UNION ALL; returns its columns."""
        reach = dict(steps)
        with_ = query.args.get("with_")
        for step in with_.expressions if with_ else []:
            self._name_step(step, reach)
            reach[step.alias] = self.read(step.this, reach)
        if isinstance(query, exp.Union):
            return self._union(query, reach, around)
        return self._select(query, reach, around) if isinstance(query, exp.Select) else {}

    def _name_step(self, step: exp.Expr, reach: Mapping[str, Columns]) -> None:
        if step.alias in reach or step.alias in self.tables or step.alias == "calendar":
            self.told.say(
                step.args["alias"], f"“{step.alias}” is the name of something else", "Give the step another name."
            )
        self._check_alias(step)

    def _union(self, union: exp.Expr, reach: Mapping[str, Columns], around: Scope | None) -> Columns:
        first = self.read(union.args["this"], reach, around)
        second = self.read(union.args["expression"], reach, around)
        if list(first) != list(second):
            problem = f"UNION ALL of unlike columns: {', '.join(first)} and {', '.join(second)}"
            self.told.say(union, problem, "Return the same columns, by the same names, in the same order.")
        for name in first.keys() & second.keys():
            if first[name] is not second[name] and Kind.ANY not in (first[name], second[name]):
                problem = f"UNION ALL of a {first[name]} and a {second[name]}, both named {name}"
                self.told.say(union, problem, "Return the same kind of value from each part.")
        return {**second, **{name: kind for name, kind in first.items() if kind is not Kind.ANY or name not in second}}

    def _select(self, select: exp.Select, reach: Mapping[str, Columns], around: Scope | None) -> Columns:
        scope = Scope(around)
        reader = Expressions(scope, self.rules, self.told, lambda inner, outer: self.read(inner, reach, outer))
        self._sources(select, reach, scope, reader)
        for part in ("where", "having"):
            if select.args.get(part):
                reader.condition(select.args[part].this)
        for one in select.args["group"].expressions if select.args.get("group") else []:
            reader.value(one)
        return self._returned(select, reader)

    def _sources(self, select: exp.Select, reach: Mapping[str, Columns], scope: Scope, reader: Expressions) -> None:
        """The first table, then each join, whose condition may name what came before it."""
        from_ = select.args.get("from_")
        if not from_:
            return
        self._source(from_.this, reach, scope)
        for join in select.args.get("joins") or []:
            self._source(join.this, reach, scope)
            if join.args.get("on"):
                reader.condition(join.args["on"])

    def _source(self, source: exp.Expr, reach: Mapping[str, Columns], scope: Scope) -> None:
        if isinstance(source, exp.Subquery):
            scope.tables[source.alias] = self.read(source.this, reach)
            return
        if not isinstance(source.this, exp.Identifier):
            if isinstance(source.this, exp.Anonymous):
                # glob, read_text, query: sqlglot has no class for them, and they could read any file of the machine.
                problem = f"a function stands in the place of a table: {self.told.text(source)}"
                self.told.say(source, problem, "Name a table of the contract, or a step of WITH.")
            return
        known = {**self.tables, **reach}
        if source.name not in known:
            remedy = did_you_mean(source.name, known, "Tables are named as in the contract.")
            self.told.say(source, f"there is no table or step “{source.name}”", remedy)
        self._check_source_alias(source, scope)
        scope.tables[source.alias_or_name] = known.get(source.name)

    def _check_source_alias(self, source: exp.Expr, scope: Scope) -> None:
        if not source.alias:
            self.told.say(source, f"the table {source.name} has no alias", f"Write {source.name} AS {source.name[:1]}.")
            return
        if not self._has_as(source):
            problem = f"AS is missing before the alias “{source.alias}”"
            self.told.say(source, problem, f"Write {source.name} AS {source.alias}.")
        if source.alias in scope.aliases:
            problem = f"the alias “{source.alias}” is taken"
            self.told.say(
                source.args["alias"], problem, "Give each table of a query, and of what is inside it, its own alias."
            )
        self._check_alias(source)

    def _check_alias(self, named: exp.Expr) -> None:
        if named.alias.startswith(RESERVED) or named.alias == "calendar":
            self.told.say(named.args["alias"], f"the name “{named.alias}” is the program's own", "Choose another.")

    def _has_as(self, source: exp.Expr) -> bool:
        start, alias = source.this.meta.get("end"), place_of(source.args["alias"].this)
        if start is None or alias is None:
            return True
        return self.told.source[start + 1 : alias].split()[:1] in (["AS"], ["as"], ["As"])

    def _returned(self, select: exp.Select, reader: Expressions) -> Columns:
        if any(column.is_star for column in select.expressions):
            return {}  # told of already
        returned: dict[str, Kind] = {}
        inside_exists = isinstance(select.parent, exp.Exists)
        for column in select.expressions:
            kind = reader.value(column.this if isinstance(column, exp.Alias) else column)
            name = column.alias_or_name if isinstance(column, exp.Alias | exp.Column) else ""
            if not name and not inside_exists:
                self.told.say(column, f"a column without a name: {self.told.text(column)}", _NAME_IT)
            if name in returned:
                self.told.say(column, f"two columns are named “{name}”", "Give one of them another name.")
            returned[name] = kind
        return returned
