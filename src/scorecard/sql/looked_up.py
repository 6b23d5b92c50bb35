"""Dated rules as SQL: the two words that look a parameter or a code list up, spelt out with their days and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from scorecard.sql.rules import CodeList, DatedValue, ListedCode, Parameter

NOTHING = "CAST(NULL AS DOUBLE PRECISION)"


def quoted(text: str) -> str:
    """A text as SQL writes it.

    >>> quoted("child's")
    "'child''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def value_on(parameter: Parameter, day: str) -> str:
    """The value in force on a day; nothing before the first. Always the same type, whatever its values are."""
    newest_first = sorted(parameter.values, key=_first_day, reverse=True)
    cases = " ".join(f"WHEN {day} >= {_written(one.from_day)} THEN {one.value!r}" for one in newest_first)
    return f"CAST(CASE {cases} END AS DOUBLE PRECISION)" if cases else NOTHING


def is_listed(code_list: CodeList, code: str, day: str) -> str:
    """Whether a code is on the list on a day: true or false, never unknown."""
    always = [quoted(one.code) for one in code_list.codes if not (one.from_day or one.to_day)]
    dated = [_while_listed(one, code, day) for one in code_list.codes if one.from_day or one.to_day]
    ways = [f"{code} IN ({', '.join(always)})"] * bool(always) + dated
    return f"({code} IS NOT NULL AND ({' OR '.join(ways) or '1 = 0'}))"


def _while_listed(one: ListedCode, code: str, day: str) -> str:
    """Until before the day it leaves the list; a missing day is in no stretch."""
    bounds = [f"{code} = {quoted(one.code)}", f"{day} IS NOT NULL"]
    bounds += [f"{day} >= {_written(one.from_day)}"] if one.from_day else []
    bounds += [f"{day} < {_written(one.to_day)}"] if one.to_day else []
    return f"({' AND '.join(bounds)})"


def _first_day(value: DatedValue) -> date:
    return value.from_day


def _written(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
