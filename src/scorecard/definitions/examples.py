"""The worked examples of a definition, run on an engine and compared with what its page says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.contract.types import ColumnType
from scorecard.definitions.indicator import Kind
from scorecard.errors import DefinitionError
from scorecard.sql.rules import DatedValue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.contract.types import Contract, Table
    from scorecard.definitions.indicator import Example, ExpectedCase, GivenTable, Indicator
    from scorecard.sql.engines.engine import Engine
    from scorecard.sql.rules import DatedRules

_Case = dict[str, str | None]


@dataclass(frozen=True)
class Difference:
    """One way in which the cases found are not those expected."""

    example: Example
    case_id: str
    problem: str

    def __str__(self) -> str:
        """Where, which case, and what differs."""
        return f"{self.example.place}: “{self.example.title}”: {self.case_id}: {self.problem}"


def tables_named(sql: str, contract: Contract) -> tuple[str, ...]:
    """The contract's tables that a definition reads."""
    words = set(re.findall(r"\w+", sql))
    return tuple(name for name in contract.tables if name in words)


def run_example(indicator: Indicator, example: Example, engine: Engine, contract: Contract) -> tuple[Difference, ...]:
    """What the definition finds that its example does not expect, and the reverse; nothing when they agree."""
    return tuple(_differences(example, found_by_example(indicator, example, engine, contract)))


def found_by_example(indicator: Indicator, example: Example, engine: Engine, contract: Contract) -> list[_Case]:
    """The cases a definition finds in an example's tables, within its days, every value as text."""
    _put_tables(indicator, example, engine, contract)
    if indicator.kind is Kind.STOCK:
        engine.report_days(_report_days(example))
    if not example.settings:
        return _found(engine, indicator, example)
    usual = engine.rules
    engine.judge_by(_with_settings(usual, example))
    try:
        return _found(engine, indicator, example)
    finally:
        engine.judge_by(usual)


def _with_settings(usual: DatedRules, example: Example) -> DatedRules:
    """The rules with an example's own values, in force on every day."""
    unknown = [name for name in example.settings if name not in usual.parameters]
    if unknown:
        remedy = "Name one of parameters.toml."
        raise DefinitionError(f"there is no parameter `{unknown[0]}`", remedy=remedy, at=example.place)
    own = {
        name: replace(usual.parameters[name], values=(DatedValue(date.min, value, example.title),))
        for name, value in example.settings.items()
    }
    return replace(usual, parameters={**usual.parameters, **own})


def _put_tables(indicator: Indicator, example: Example, engine: Engine, contract: Contract) -> None:
    given = {table.name: table for table in example.given}
    for name in given:
        if name not in contract.tables:
            raise DefinitionError(f"there is no table `{name}`", remedy="See the contract page.", at=example.place)
    for name in tables_named(indicator.sql, contract):
        table = contract.tables[name]
        columns = {column.name: column.type for column in table.loaded}
        engine.put(name, columns, _rows(table, given.get(name), example))


def _rows(table: Table, given: GivenTable | None, example: Example) -> list[tuple[object, ...]]:
    if given is None:
        return []
    types = {column.name: column.type for column in table.loaded}
    unknown = [column for column in given.columns if column not in types]
    if unknown:
        problem = f"`{table.name}` has no loaded column `{unknown[0]}`"
        raise DefinitionError(problem, remedy="See the contract page.", at=example.place)
    rows = list[tuple[object, ...]]()
    for row in given.rows:
        cells = dict(zip(given.columns, row, strict=True))
        rows.append(tuple(_cell(cells.get(name), kind, name, example) for name, kind in types.items()))
    return rows


def _cell(cell: str | None, kind: ColumnType, column: str, example: Example) -> object:
    try:
        return _value(cell, kind)
    except ValueError:
        remedy = "Days are written 2021-11-30, moments 2021-11-30 09:00, numbers with a point."
        raise DefinitionError(f"“{cell}” is no value of `{column}`", remedy=remedy, at=example.place) from None


def _value(cell: str | None, kind: ColumnType) -> object:
    if cell is None:
        return None
    match kind:
        case ColumnType.DATE:
            return date.fromisoformat(cell)
        case ColumnType.MOMENT:
            return datetime.fromisoformat(cell)
        case ColumnType.INTEGER:
            return int(cell)
        case ColumnType.DECIMAL:
            return float(cell)
        case _:
            return cell


def _report_days(example: Example) -> tuple[date, ...]:
    first, last = example.days
    if first == last:
        return (first,)
    ends = (month.last_day for month in months_between(Period.holding(first), Period.holding(last)))
    return tuple(day for day in ends if first <= day <= last)


def _found(engine: Engine, indicator: Indicator, example: Example) -> list[_Case]:
    answer = engine.query(indicator.sql)
    first, last = example.days
    cases = list[_Case]()
    for row in answer.rows:
        case = dict(zip(answer.columns, row, strict=True))
        day = case.get("event_date")
        if isinstance(day, date) and first <= day <= last:
            cases.append({name: _text(value) for name, value in case.items()})
    return cases


def _text(value: object) -> str | None:
    """A value as an example writes it: whole numbers without a point, days as YYYY-MM-DD."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, str)):
        return str(value)
    try:
        number = float(value)  # type: ignore[arg-type] # decimals of any library; anything else goes by its text
    except TypeError:
        return str(value)
    return str(int(number)) if number == int(number) else str(number)


def _differences(example: Example, found: list[_Case]) -> list[Difference]:
    keyed: dict[tuple[str | None, str | None], _Case] = {}
    problems = list[Difference]()
    for case in found:
        key = (case["case_id"], case["event_date"])
        if key in keyed:
            problems.append(Difference(example, str(key[0]), "stands twice on one day"))
        keyed[key] = case
    for expected in example.expected:
        problems += _compare(example, expected, keyed)
    problems += [Difference(example, str(name), "was found and is not expected") for name, _ in keyed]
    return problems


def _compare(
    example: Example, expected: ExpectedCase, keyed: dict[tuple[str | None, str | None], _Case]
) -> list[Difference]:
    """Take the expected case out of what was found, saying what differs."""
    name = expected.values.get("case_id")
    match = next((key for key in keyed if key[0] == name and _agrees_on_day(expected.values, key[1])), None)
    if match is None:
        return [Difference(example, str(name), f"was not found, though {expected.because}")]
    case = keyed.pop(match)
    return [
        Difference(example, str(name), f"{column} is {case.get(column)}, not {value}, though {expected.because}")
        for column, value in expected.values.items()
        if case.get(column) != value
    ]


def _agrees_on_day(values: Mapping[str, str | None], day: str | None) -> bool:
    return "event_date" not in values or values["event_date"] == day
