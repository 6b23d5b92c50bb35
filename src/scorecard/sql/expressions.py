"""What an expression gives (a condition, a number, a day, …), told where its parts do not fit together.

Engines differ in what they convert unasked: one compares a day with a moment, or text with a number, where the next
refuses or answers otherwise. So nothing is converted unasked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from scorecard.sql.offence import did_you_mean
from scorecard.sql.subset import refuse_function
from scorecard.sql.vocabulary import DAY_OF, LISTED, WORDS
from scorecard.sql.word import Kind, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.sql.offence import Told
    from scorecard.sql.rules import DatedRules
    from scorecard.sql.scope import Scope

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_LOOKS_LIKE_A_DAY = re.compile(r"(^|_)(day|date|datetime|dob|on|at)$")
_USE_DAY_OF = "Write day_of(moment) for the day on which a moment lies."


@dataclass
class Expressions:
    """Reads the expressions of one SELECT."""

    scope: Scope
    rules: DatedRules
    told: Told
    read_inner: Callable[[exp.Expr, Scope], object]

    def condition(self, node: exp.Expr) -> None:
        """Read what must be true or false."""
        kind = self.kind(node)
        if kind not in (Kind.CONDITION, Kind.ANY) or isinstance(node, exp.Column | exp.Literal):
            text = self.told.text(node)
            self.told.say(
                node,
                f"this is a value, where a condition is asked for: {text}",
                "Compare it: … = 1, … > 0. A CASE gives 1 or 0, too.",
            )

    def value(self, node: exp.Expr) -> Kind:
        """Read what must be a value; conditions are values on some engines only."""
        kind = self.kind(node)
        if kind is Kind.CONDITION:
            text = self.told.text(node)
            self.told.say(node, f"a condition where a value is asked for: {text}", "Put flag(…) around it.")
            return Kind.NUMBER
        return kind

    def kind(self, node: exp.Expr) -> Kind:
        """Read a part, whatever it is."""
        for types, read in self._readers():
            if isinstance(node, types):
                return read(node)
        return Kind.ANY

    def _readers(self) -> Sequence[tuple[tuple[type[exp.Expr], ...], Callable[[exp.Expr], Kind]]]:
        return (
            ((exp.Column,), self._column),
            ((exp.Literal,), _literal),
            ((exp.Paren, exp.Alias), lambda node: self.kind(node.this)),
            ((exp.And, exp.Or), self._both),
            ((exp.Not,), self._not),
            (_COMPARISONS, self._compared),
            ((exp.In, exp.Between), self._among),
            ((exp.Is,), self._is),
            ((exp.Like,), self._like),
            ((exp.Exists,), self._exists),
            ((exp.Add, exp.Sub, exp.Mul, exp.Neg), self._reckoned),
            ((exp.DPipe,), self._joined),
            ((exp.Case,), self._case),
            ((exp.Coalesce, exp.Nullif), lambda node: self._alike(node, list(node.iter_expressions()))),
            ((exp.Cast,), self._cast),
            ((exp.Count,), self._count),
            ((exp.Sum,), lambda node: self._number(node.this)),
            ((exp.Min, exp.Max), lambda node: self.value(node.this)),
            ((exp.Window,), self._window),
            ((exp.Anonymous,), self._call),
        )

    def _column(self, node: exp.Expr) -> Kind:
        return self.scope.kind_of(node, self.told) if isinstance(node, exp.Column) else Kind.ANY

    def _both(self, node: exp.Expr) -> Kind:
        self.condition(node.args["this"])
        self.condition(node.args["expression"])
        return Kind.CONDITION

    def _not(self, node: exp.Expr) -> Kind:
        self.condition(node.this)
        return Kind.CONDITION

    def _compared(self, node: exp.Expr) -> Kind:
        sides = [node.args["this"], node.args["expression"]]
        if any(isinstance(side, exp.Null) for side in sides):
            self.told.say(node, f"nothing equals NULL: {self.told.text(node)}", "Write IS NULL or IS NOT NULL.")
        if _asks_for_midnight(sides):
            self.kind(sides[0])
        else:
            self._alike(node, sides)
        return Kind.CONDITION

    def _among(self, node: exp.Expr) -> Kind:
        self._alike(node, [one for one in node.iter_expressions() if not isinstance(one, exp.Query)])
        return Kind.CONDITION

    def _is(self, node: exp.Expr) -> Kind:
        self.value(node.this)
        return Kind.CONDITION

    def _like(self, node: exp.Expr) -> Kind:
        self._text(node.this)
        self._text(node.args["expression"])
        return Kind.CONDITION

    def _exists(self, node: exp.Expr) -> Kind:
        self.read_inner(node.this, self.scope)
        return Kind.CONDITION

    def _reckoned(self, node: exp.Expr) -> Kind:
        for operand in node.iter_expressions():
            self._number(operand)
        return Kind.NUMBER

    def _joined(self, node: exp.Expr) -> Kind:
        self._text(node.args["this"])
        self._text(node.args["expression"])
        return Kind.TEXT

    def _case(self, node: exp.Expr) -> Kind:
        subject = node.args.get("this")
        if subject:
            self._alike(node, [subject, *(one.this for one in node.args["ifs"])])
        else:
            for one in node.args["ifs"]:
                self.condition(one.this)
        results = [one.args["true"] for one in node.args["ifs"]]
        return self._alike(node, [*results, *([node.args["default"]] if node.args.get("default") else [])])

    def _cast(self, node: exp.Expr) -> Kind:
        self.value(node.this)
        to = node.args["to"].this
        return {exp.DType.INT: Kind.NUMBER, exp.DType.DATE: Kind.DAY}.get(to, Kind.TEXT)

    def _count(self, node: exp.Expr) -> Kind:
        counted = node.this.expressions if isinstance(node.this, exp.Distinct) else [node.this]
        for one in counted:
            self.value(one)
        return Kind.NUMBER

    def _window(self, node: exp.Expr) -> Kind:
        order = node.args.get("order")
        for one in [*node.args.get("partition_by", []), *([o.this for o in order.expressions] if order else [])]:
            self.value(one)
        return Kind.NUMBER

    def _number(self, node: exp.Expr) -> Kind:
        kind = self.value(node)
        is_day = kind in (Kind.DAY, Kind.MOMENT) or (
            kind is Kind.ANY and isinstance(node, exp.Column) and bool(_LOOKS_LIKE_A_DAY.search(node.name))
        )
        if is_day:
            problem = f"date arithmetic differs from engine to engine: {self.told.text(node.parent or node)}"
            self.told.say(
                node, problem, "Use days_between, working_days_between, days_after, months_before, months_after."
            )
        elif kind is Kind.TEXT:
            self.told.say(node, f"a text is reckoned with: {self.told.text(node)}", "Write CAST(x AS INTEGER).")
        return Kind.NUMBER

    def _text(self, node: exp.Expr) -> None:
        if self.value(node) not in (Kind.TEXT, Kind.ANY):
            self.told.say(node, f"this is no text: {self.told.text(node)}", "Write CAST(x AS VARCHAR).")

    def _alike(self, node: exp.Expr, parts: list[exp.Expr]) -> Kind:
        """Parts that are compared, or that stand for one another: all of one kind."""
        kinds = [kind for part in parts if (kind := self.value(part)) is not Kind.ANY]
        unlike = sorted(set(kinds))
        if len(unlike) > 1:
            remedy = _USE_DAY_OF if Kind.MOMENT in unlike else "Write a day as DATE '2021-11-30', a code 'in quotes'."
            problem = f"a {unlike[0]} and a {unlike[1]} are taken for alike: {self.told.text(node)}"
            self.told.say(node, problem, remedy)
        return kinds[0] if kinds else Kind.ANY

    def _call(self, node: exp.Expr) -> Kind:
        word = WORDS.get(node.name.lower())
        if word is None:
            refuse_function(node.name, node, self.told)
            return Kind.ANY
        if len(node.expressions) != len(word.arguments):
            problem = f"{word.name} takes {len(word.arguments)} argument(s), not {len(node.expressions)}"
            self.told.say(node, problem, f"Write {word.signature}.")
            return word.gives
        return self._word(word, node)

    def _word(self, word: Word, node: exp.Expr) -> Kind:
        given = dict(zip(word.arguments, node.expressions, strict=True))
        for (name, argument), takes in zip(given.items(), word.takes, strict=True):
            self._argument(word, name, argument, takes)
        return self._alike(node, node.expressions) if word.gives is Kind.ANY else word.gives

    def _argument(self, word: Word, name: str, argument: exp.Expr, takes: Kind) -> None:
        if name in word.looks_up:
            self._must_be_plain(word, argument)
        if takes is Kind.NAME:
            self._must_be_known(word, argument)
        elif takes is Kind.CONDITION:
            self.condition(argument)
        elif takes is not Kind.ANY or word.gives is not Kind.ANY:
            self._must_fit(word, argument, takes, self.value(argument))

    def _must_fit(self, word: Word, argument: exp.Expr, takes: Kind, kind: Kind) -> None:
        if Kind.ANY in (takes, kind) or takes is kind:
            return
        remedy = _USE_DAY_OF if kind is Kind.MOMENT else f"{word.signature} takes a {takes} here."
        self.told.say(argument, f"{word.name} is given a {kind}, not a {takes}: {self.told.text(argument)}", remedy)

    def _must_be_plain(self, word: Word, argument: exp.Expr) -> None:
        """A looked-up day becomes a join on some engines, so it belongs to one table; a bare name could be misread."""
        if not isinstance(argument, exp.Column):
            problem = f"{word.name} is given more than a plain column: {self.told.text(argument)}"
            self.told.say(argument, problem, "Name this day in a WITH step first, and give the word the step's column.")
        elif not argument.table:
            problem = f"{word.name} is given a column without its table: {argument.name}"
            self.told.say(argument, problem, f"Write alias.{argument.name}.")

    def _must_be_known(self, word: Word, argument: exp.Expr) -> None:
        known, what = (self.rules.code_lists, "list") if word is LISTED else (self.rules.parameters, "parameter")
        if not (isinstance(argument, exp.Literal) and argument.is_string):
            problem = f"{word.name} is asked for a {what} that is not named outright: {self.told.text(argument)}"
            self.told.say(argument, problem, f"Write {word.signature} with the name in single quotes.")
        elif argument.name not in known:
            remedy = did_you_mean(argument.name, known, f"Add it to parameters.toml under [{what}s.{argument.name}].")
            self.told.say(argument, f"there is no {what} “{argument.name}”", remedy)


def _asks_for_midnight(sides: list[exp.Expr]) -> bool:
    """Whether a moment is compared with its own day: the way to ask whether a time was recorded with it."""
    for moment, day in (sides, sides[::-1]):
        if isinstance(day, exp.Anonymous) and day.name.lower() == DAY_OF.name and day.expressions == [moment]:
            return True
    return False


def _literal(node: exp.Expr) -> Kind:
    return Kind.TEXT if node.is_string else Kind.NUMBER
