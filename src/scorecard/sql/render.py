"""A definition as an engine runs it, and what has to be said to the engine first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlglot import exp, parse_one

from scorecard.calendar.working_days import FIRST_DAY, LAST_DAY, shipped_bank_holidays, summer_times
from scorecard.errors import DefinitionError
from scorecard.sql.engines.engine import EngineName
from scorecard.sql.looked_up import is_listed, quoted, value_on
from scorecard.sql.offence import did_you_mean
from scorecard.sql.vocabulary import LISTED, PARAM_ON, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.calendar.working_days import BankHolidays
    from scorecard.sql.rules import DatedRules
    from scorecard.sql.word import Word

_Rule = TypeVar("_Rule")

_CALENDAR = """\
CREATE TABLE calendar AS
WITH bank_holidays (day) AS (
  VALUES {holidays}
), summer_time (first_day, last_day) AS (
  VALUES {summer_times}
), days AS (
  SELECT CAST(g.day AS DATE) AS day, {first_year} <= year(g.day) AND year(g.day) <= {last_year} AS holidays_known,
         isodow(g.day) <= 5 AND NOT EXISTS (SELECT 1 FROM bank_holidays AS b WHERE b.day = g.day) AS is_working_day
  FROM generate_series(DATE '{first_day}', DATE '{last_day}', INTERVAL 1 DAY) AS g (day)
)
SELECT d.day,
       CASE WHEN d.holidays_known THEN CAST(SUM(CASE WHEN d.holidays_known AND d.is_working_day THEN 1 ELSE 0 END)
                                            OVER (ORDER BY d.day) AS INTEGER) END AS working_day_number,
       CASE WHEN d.holidays_known THEN d.is_working_day END AS is_working_day,
       last_day(d.day) AS month_end,
       d.holidays_known,
       CASE WHEN s.first_day < d.day THEN 1 ELSE 0 END AS hours_ahead_at_start,
       CASE WHEN d.day < s.last_day THEN 1 ELSE 0 END AS hours_ahead_at_end
FROM days AS d LEFT JOIN summer_time AS s ON s.first_day <= d.day AND d.day <= s.last_day
ORDER BY d.day;
"""


def render(sql: str, engine: EngineName, rules: DatedRules) -> str:
    """A linted definition's SQL as the engine runs it: on DuckDB the text itself, elsewhere the words spelt out."""
    if engine is EngineName.DUCKDB:
        return sql
    tree = parse_one(sql, dialect="duckdb")
    return _spelt_out(tree, engine, rules).sql(dialect=engine.value, pretty=True)


def preamble(engine: EngineName, rules: DatedRules, holidays: BankHolidays | None = None) -> str:
    """What to run once before any definition, so that printed SQL pastes into the engine's own shell."""
    if engine is not EngineName.DUCKDB:
        return ""
    return calendar_sql(holidays or shipped_bank_holidays()) + macros(rules)


def calendar_sql(holidays: BankHolidays) -> str:
    """The calendar as one DuckDB statement: a range of days, less the bank holidays that are listed in it."""
    known = holidays.known_years
    return _CALENDAR.format(
        holidays=", ".join(f"({_day(day)})" for day in sorted(holidays.titles)),
        summer_times=", ".join(f"({_day(first)}, {_day(last)})" for first, last in summer_times()),
        first_year=known[0],
        last_year=known[-1],
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
    )


def macros(rules: DatedRules) -> str:
    """The words as DuckDB macros, with the rules written into the two that look them up."""
    return "".join(
        f"CREATE OR REPLACE MACRO {word.name}({_given(word)}) AS {_body(word, rules)};\n" for word in WORDS.values()
    )


def _body(word: Word, rules: DatedRules) -> str:
    """What the macro says; its arguments have names that no column has, since DuckDB confuses the two."""
    arguments = {name: f"given_{name}" for name in word.arguments}
    if word is PARAM_ON:
        ways = [(name, value_on(one, arguments["day"])) for name, one in rules.parameters.items()]
        return _by_name(arguments["name"], ways, "parameter")
    if word is LISTED:
        ways = [(name, is_listed(one, arguments["code"], arguments["day"])) for name, one in rules.code_lists.items()]
        return _by_name(arguments["list"], ways, "list")
    return word.written(EngineName.DUCKDB, arguments)


def _by_name(name: str, ways: list[tuple[str, str]], what: str) -> str:
    """One way for each name; a name that is not there is an error, since a missing value would only look like a gap."""
    otherwise = f"error('there is no {what} of this name')"
    found = " ".join(f"WHEN {name} = {quoted(key)} THEN {text}" for key, text in ways)
    return f"CASE {found} ELSE {otherwise} END" if found else otherwise


def _spelt_out(tree: exp.Expr, engine: EngineName, rules: DatedRules) -> exp.Expr:
    """The tree with each word, innermost first, replaced by its spelling."""
    calls = [call for call in tree.find_all(exp.Anonymous) if call.name.lower() in WORDS]
    for call in reversed(calls):
        word = WORDS[call.name.lower()]
        arguments = dict(zip(word.arguments, (_bracketed(one, engine) for one in call.expressions), strict=True))
        call.replace(exp.Var(this=_in_place(word, engine, rules, arguments)))
    return tree


def _in_place(word: Word, engine: EngineName, rules: DatedRules, arguments: dict[str, str]) -> str:
    if word is PARAM_ON:
        return value_on(_named(rules.parameters, arguments["name"], "parameter"), arguments["day"])
    if word is LISTED:
        code_list = _named(rules.code_lists, arguments["list"], "list")
        return is_listed(code_list, arguments["code"], arguments["day"])
    return word.written(engine, arguments)


def _bracketed(argument: exp.Expr, engine: EngineName) -> str:
    """An argument as text that may stand beside any operator."""
    text = argument.sql(dialect=engine.value)
    return text if isinstance(argument, exp.Column | exp.Literal) else f"({text})"


def _named(known: Mapping[str, _Rule], name: str, what: str) -> _Rule:
    if name.strip("'") not in known:
        remedy = did_you_mean(name, known, "Add it to parameters.toml.")
        raise DefinitionError(f"there is no {what} {name}", remedy=remedy)
    return known[name.strip("'")]


def _given(word: Word) -> str:
    return ", ".join(f"given_{name}" for name in word.arguments)


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
