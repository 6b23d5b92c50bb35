"""The part of SQL that means the same on every engine: what is not listed here is refused.

Why so strict: translators pass on what one engine takes and another refuses, or worse, takes and means otherwise
(`date_diff('year', …)` counts New Years on one engine and birthdays on the next).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from scorecard.sql.offence import did_you_mean
from scorecard.sql.vocabulary import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.sql.offence import Told

_TWO_SIDES = ("this", "expression")
_COMPARED = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.Like)
_WITH_TWO_SIDES = (exp.And, exp.Or, *_COMPARED, exp.Nullif, exp.Add, exp.Sub, exp.Mul)
# Each part of SQL that is allowed, with those of its own parts that are.
_ALLOWED: dict[type[exp.Expr], tuple[str, ...]] = {
    exp.Select: ("expressions", "from_", "joins", "where", "group", "having", "with_", "distinct"),
    exp.Union: ("this", "expression", "with_"),
    exp.With: ("expressions",),
    exp.CTE: ("this", "alias"),
    exp.TableAlias: ("this",),
    exp.Table: ("this", "alias"),
    exp.From: ("this",),
    exp.Join: ("this", "on", "side", "kind"),
    exp.Where: ("this",),
    exp.Having: ("this",),
    exp.Group: ("expressions",),
    exp.Column: ("this", "table"),
    exp.Identifier: ("this",),
    exp.Alias: ("this", "alias"),
    exp.Not: ("this",),
    exp.Paren: ("this",),
    exp.In: ("this", "expressions"),
    exp.Between: ("this", "low", "high"),
    exp.Exists: ("this",),
    exp.Case: ("this", "ifs", "default"),
    exp.If: ("this", "true"),
    exp.Coalesce: ("this", "expressions"),
    exp.Anonymous: ("this", "expressions"),
    exp.Literal: ("this", "is_string"),
    exp.Null: (),
    exp.Neg: ("this",),
    exp.DPipe: (*_TWO_SIDES, "safe"),
    exp.Cast: ("this", "to"),
    exp.DataType: ("this",),
    exp.Count: ("this", "big_int"),
    exp.Sum: ("this",),
    exp.Min: ("this",),
    exp.Max: ("this",),
    exp.Distinct: ("expressions",),
    exp.Star: (),
    exp.Window: ("this", "partition_by", "order", "over"),
    exp.RowNumber: (),
    exp.Order: ("expressions",),
    exp.Ordered: ("this", "desc", "nulls_first"),
} | dict.fromkeys(
    _WITH_TWO_SIDES,
    _TWO_SIDES,
)

_WORDS_FOR_DAYS = (
    "Use a word: days_between, working_days_between, days_after, months_before, months_after, day_of or age_on."
)
_NO_TODAY = "A definition does not know today: use the case's own dates, or d.day of report_days."
_ONE_JOIN = "Write JOIN … ON … or LEFT JOIN … ON …"
_FROM_STEP = "Name it in a WITH step first, and join the step."
_NO_PLACEHOLDERS = "Definitions have no placeholders: a flow returns all its cases; a stock joins report_days AS d."
_NO_LISTS = "Write out each value, or put codes in a list of parameters.toml and use listed('list', code, day)."

_REMEDIES: dict[object, tuple[str, str]] = {
    exp.Star: ("SELECT * hides which columns are read", "Name the columns."),
    exp.Interval: ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
    exp.DateDiff: ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
    exp.Extract: ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
    exp.TimestampTrunc: ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
    exp.DateTrunc: ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
    exp.CurrentDate: ("the answer would change with the day it is asked", _NO_TODAY),
    exp.CurrentTimestamp: ("the answer would change with the day it is asked", _NO_TODAY),
    exp.Filter: ("FILTER is not known to every engine", "Write SUM(flag(condition)) or SUM(CASE WHEN … THEN … END)."),
    exp.ILike: ("ILIKE is not known to every engine", "Codes are compared as written: use =, IN or listed(…)."),
    exp.Div: (
        "division of whole numbers differs from engine to engine",
        "Return both numbers; a measure divides them.",
    ),
    exp.IntDiv: ("division differs from engine to engine", "Return both numbers; a measure divides them."),
    exp.Mod: ("% differs from engine to engine", "Say it with comparisons, or with a word."),
    exp.Boolean: ("TRUE and FALSE are not known to every engine", "Write 1 and 0, or flag(condition)."),
    exp.TryCast: ("only CAST is known to every engine", "Write CAST(x AS INTEGER) or CAST(x AS VARCHAR)."),
    exp.Subquery: ("a query in brackets", _FROM_STEP),
    exp.Lateral: ("LATERAL is not known to every engine", _FROM_STEP),
    exp.Unnest: ("UNNEST is not known to every engine", _FROM_STEP),
    exp.Intersect: ("INTERSECT is not in the subset", "Write EXISTS (…)."),
    exp.Except: ("EXCEPT is not in the subset", "Write NOT EXISTS (…)."),
    exp.Placeholder: ("a placeholder", _NO_PLACEHOLDERS),
    exp.Parameter: ("a placeholder", _NO_PLACEHOLDERS),
    exp.Struct: ("a template or a structure in braces", _NO_PLACEHOLDERS),
    exp.Array: ("a list in square brackets", _NO_LISTS),
    exp.Tuple: ("several values in brackets", "Compare each value with AND between them."),
    exp.RawString: ("a text in dollar signs", "Write texts 'in single quotes'."),
    exp.ByteString: ("a text with a letter before its quotes", "Write texts 'in single quotes'."),
    exp.NullSafeEQ: (
        "IS NOT DISTINCT FROM is not known to every engine",
        "Write (a = b OR (a IS NULL AND b IS NULL)).",
    ),
    exp.NullSafeNEQ: ("IS DISTINCT FROM is not known to every engine", "Write (a <> b OR a IS NULL)."),
    exp.Collate: ("COLLATE differs from engine to engine", "Codes are compared as written."),
    exp.AtTimeZone: ("time zones differ from engine to engine", "Moments are local: use hours_between."),
    (exp.Select, "order"): ("the order of cases means nothing", "Take ORDER BY out; inside OVER (…) it is right."),
    (exp.Select, "limit"): ("LIMIT makes the cases depend on chance", "Use ROW_NUMBER() OVER (…) and keep the first."),
    (exp.Select, "offset"): ("OFFSET makes the cases depend on chance", "Use ROW_NUMBER() OVER (…)."),
    (exp.Select, "qualify"): (
        "QUALIFY is not known to every engine",
        "Number the rows in a WITH step, then use WHERE.",
    ),
    (exp.Select, "windows"): ("WINDOW is not known to every engine", "Write OVER (…) out."),
    (exp.Union, "order"): ("the order of cases means nothing", "Take ORDER BY out."),
    (exp.Union, "limit"): ("LIMIT makes the cases depend on chance", "Take it out."),
    (exp.Union, "distinct"): ("UNION drops rows that are alike", "Write UNION ALL."),
    (exp.Union, "by_name"): ("BY NAME is not known to every engine", "Put the columns in the same order."),
    (exp.Group, "all"): ("GROUP BY ALL is not known to every engine", "Name the columns to group by."),
    (exp.Distinct, "on"): ("DISTINCT ON is not known to every engine", "Use ROW_NUMBER() OVER (…) and keep the first."),
    (exp.With, "recursive"): ("WITH RECURSIVE is not in the subset", "Say it without following rows step by step."),
    (exp.Join, "using"): ("USING leaves open whose column it is", _ONE_JOIN),
    (exp.Join, "method"): ("this kind of join is not known to every engine", _ONE_JOIN),
    (exp.In, "query"): ("IN (SELECT …) goes wrong where a value is missing", "Write EXISTS (…) or NOT EXISTS (…)."),
    (exp.TableAlias, "columns"): ("columns are renamed in brackets", "Rename each column with AS in the SELECT."),
    (exp.Table, "db"): ("the table is named with its schema", "Write the table's name alone."),
    (exp.Table, "sample"): ("a sample makes the cases depend on chance", "Take it out."),
    (exp.Column, "db"): ("the column is named with three names", "Write alias.column."),
    (exp.Identifier, "quoted"): ("a name in double quotes", "Use lower-case letters, digits and _ without quotes."),
    (exp.Window, "spec"): (
        "a frame of rows is not in the subset",
        "Write ROW_NUMBER() OVER (PARTITION BY … ORDER BY …).",
    ),
    (exp.Cast, "format"): ("CAST with a format is not known to every engine", "Write CAST(x AS VARCHAR)."),
}

_FUNCTIONS_FOR = {
    "now": ("the answer would change with the day it is asked", _NO_TODAY),
    "getdate": ("the answer would change with the day it is asked", _NO_TODAY),
    "age": ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
    "date_sub": ("date arithmetic differs from engine to engine", _WORDS_FOR_DAYS),
}


def check_shape(tree: exp.Expr, told: Told) -> None:
    """Tell of every part that is not in the subset."""
    for node in tree.walk():
        if isinstance(node, exp.Star) and isinstance(node.parent, exp.Count):
            continue
        if type(node) not in _ALLOWED or isinstance(node, exp.Star):
            _refuse_part(node, told)
        else:
            _check_parts(node, told)
            _check_place(node, told)


def _refuse_part(node: exp.Expr, told: Told) -> None:
    if _within_refused(node):
        return
    known = _REMEDIES.get(type(node))
    if known:
        told.say(node, f"{known[0]}: {told.text(node)}", known[1])
    elif isinstance(node, exp.Func):
        refuse_function(node.sql_name(), node, told)
    else:
        told.say(node, f"this is not in the subset: {told.text(node)}", _subset_is())


def refuse_function(name: str, node: exp.Expr, told: Told) -> None:
    """Tell of a function that is neither plain SQL of the subset nor a word."""
    problem, remedy = _FUNCTIONS_FOR.get(name.lower(), (f"{name.lower()} is not a word of the vocabulary", ""))
    told.say(node, f"{problem}: {told.text(node)}", remedy or did_you_mean(name, WORDS, _words_are()))


def _check_parts(node: exp.Expr, told: Told) -> None:
    allowed = _ALLOWED[type(node)]
    for part, value in node.args.items():
        if value and part not in allowed:
            problem, remedy = _REMEDIES.get((type(node), part), (f"{part} is not in the subset", _subset_is()))
            told.say(node, f"{problem}: {told.text(node)}", remedy)


def _check_place(node: exp.Expr, told: Told) -> None:
    check = _PLACES.get(type(node))
    if check:
        check(node, told)


def _check_join(node: exp.Expr, told: Told) -> None:
    side, kind = str(node.args.get("side") or ""), str(node.args.get("kind") or "")
    if side not in ("", "LEFT") or kind not in ("", "INNER", "OUTER"):
        told.say(node, f"{f'{side} {kind}'.strip()} JOIN is not in the subset: {told.text(node)}", _ONE_JOIN)
    elif not (node.args.get("on") or node.args.get("using") or node.args.get("method")):
        told.say(node, f"a join says on what: {told.text(node)}", _ONE_JOIN)


def _check_window(node: exp.Expr, told: Told) -> None:
    right = "Write ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) in a WITH step."
    if not isinstance(node.this, exp.RowNumber):
        told.say(node, f"only ROW_NUMBER() may have OVER: {told.text(node)}", right)
    elif not node.args.get("order"):
        told.say(node, f"rows numbered without an order are numbered by chance: {told.text(node)}", right)


def _check_row_number(node: exp.Expr, told: Told) -> None:
    if not isinstance(node.parent, exp.Window):
        told.say(node, "ROW_NUMBER() has no OVER", "Write ROW_NUMBER() OVER (PARTITION BY … ORDER BY …).")


def _check_cast(node: exp.Expr, told: Told) -> None:
    to = node.args["to"].this
    written_day = to == exp.DType.DATE and isinstance(node.this, exp.Literal)
    if not written_day and to not in (exp.DType.INT, exp.DType.VARCHAR, exp.DType.TEXT):
        told.say(
            node,
            f"only CAST to INTEGER and VARCHAR is in the subset: {told.text(node)}",
            "For the day of a moment write day_of(moment). Types are the contract's; write a day as DATE '2021-11-30'.",
        )


def _check_is(node: exp.Expr, told: Told) -> None:
    if not isinstance(node.args["expression"], exp.Null):
        told.say(node, f"IS goes with NULL only: {told.text(node)}", "Write x IS NULL, x IS NOT NULL or x = 1.")


def _check_if(node: exp.Expr, told: Told) -> None:
    if not isinstance(node.parent, exp.Case):
        told.say(node, f"IF is not known to every engine: {told.text(node)}", "Write CASE WHEN … THEN … ELSE … END.")


def _check_distinct(node: exp.Expr, told: Told) -> None:
    if isinstance(node.parent, exp.Count) and len(node.expressions) != 1:
        told.say(node, f"COUNT takes one thing: {told.text(node)}", "Make one column of them in a WITH step with ||.")


def _check_count(node: exp.Expr, told: Told) -> None:
    if not node.this:
        told.say(node, "COUNT() does not say what it counts", "Write COUNT(*).")


def _check_ordered(node: exp.Expr, told: Told) -> None:
    if isinstance(node.this, exp.Literal):
        told.say(node, "a number stands for a column", "Name the column to order by.")


def _check_group(node: exp.Expr, told: Told) -> None:
    if any(isinstance(one, exp.Literal) for one in node.expressions):
        told.say(node, "a number stands for a column", "Name the columns to group by.")


def _check_identifier(node: exp.Expr, told: Told) -> None:
    if node.name != node.name.lower():
        told.say(node, f"“{node.name}” has capitals; some engines mind, some do not", f"Write {node.name.lower()}.")


_PLACES: dict[object, Callable[[exp.Expr, Told], None]] = {
    exp.Join: _check_join,
    exp.Window: _check_window,
    exp.RowNumber: _check_row_number,
    exp.Cast: _check_cast,
    exp.Is: _check_is,
    exp.If: _check_if,
    exp.Distinct: _check_distinct,
    exp.Count: _check_count,
    exp.Ordered: _check_ordered,
    exp.Group: _check_group,
    exp.Identifier: _check_identifier,
}


def _within_refused(node: exp.Expr) -> bool:
    """Whether what stands around it was refused already, so that one mistake is told once."""
    return node.parent is not None and type(node.parent) not in _ALLOWED


def _words_are() -> str:
    return f"The words are {', '.join(sorted(WORDS))}; of SQL's functions COALESCE, NULLIF, COUNT, SUM, MIN and MAX."


def _subset_is() -> str:
    return "Allowed are SELECT, JOIN … ON, EXISTS, CASE, COALESCE, WITH, UNION ALL, GROUP BY, ROW_NUMBER and the words."
