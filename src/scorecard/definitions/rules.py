"""Dated parameters and code lists, read from the library's file and a council's own."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.errors import DefinitionError, Place, ScorecardError, raise_together
from scorecard.sql.rules import CodeList, DatedRules, DatedValue, ListedCode, Parameter
from scorecard.text_files import text_of
from scorecard.toml_files import Table, TomlFile, anything, near_or_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

# A pattern finds the names in a hundredth of the time that parsing would take, and every command looks for them.
_LOOKED_UP = re.compile(r"\b(?:param_on|listed)\s*\(\s*'(\w+)'", re.IGNORECASE)


def _table(called: str, *keys: str, **held: Table) -> Table:
    return Table(called, {**dict.fromkeys(keys, anything()), **held}, many=not held)


_VALUE = _table("a value", "from", "value", "source", "reason")
_CODE = _table("a code", "code", "from", "to")
_PARAMETER = _table("a parameter", "title", "unit", "local_standard", values=_VALUE)
_LIST = _table("a list", "title", "source", "reason", codes=_CODE)
_FORM = Table(
    "the file",
    {
        "parameters": Table("the parameters", each=_PARAMETER, is_frame=True),
        "lists": Table("the lists", each=_LIST, is_frame=True),
    },
    is_frame=True,
)


def read_rules(path: Path) -> DatedRules:
    """The parameters and lists of one file."""
    try:
        data = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(
            f"the file is not readable TOML: {error}", remedy="Mend the line it names.", at=Place(path)
        ) from None
    parameters = {name: _parameter(name, entry, path) for name, entry in _entries(data, "parameters", path)}
    lists = {name: _code_list(name, entry, path) for name, entry in _entries(data, "lists", path)}
    return DatedRules(parameters, lists)


def _entries(data: dict[str, Any], kind: str, path: Path) -> Iterable[tuple[str, Any]]:
    entries = data.get(kind, {})
    if not isinstance(entries, dict):
        remedy = f"Write [{kind}.a_name] and under it what it is."
        raise DefinitionError(f"`{kind}` is no table of names", remedy=remedy, at=Place(path))
    return entries.items()


def overridden(library: DatedRules, council: DatedRules, path: Path) -> DatedRules:
    """The library's rules with a council's own in their place; each override gives a reason."""
    problems = list[ScorecardError]()
    for name, parameter in council.parameters.items():
        if name in library.parameters and not all(value.reason for value in parameter.values):
            problems.append(_says_not_why(f"the parameter `{name}`", "each of its values", path))
    for name, codes in council.code_lists.items():
        if name in library.code_lists and not codes.reason:
            problems.append(_says_not_why(f"the list `{name}`", "it", path))
    raise_together(problems)
    return DatedRules(
        {**library.parameters, **council.parameters},
        {**library.code_lists, **council.code_lists},
    )


def slips(path: Path, library: DatedRules, asked: Collection[str]) -> list[ScorecardError]:
    """What a council's file says and nobody reads: keys, and names that no definition asks for.

    A name that is misspelt would leave the library's value in force, and nobody would notice.
    """
    file = TomlFile(path, DefinitionError)
    problems = file.faults(_FORM)
    for kind, known in (("parameters", library.parameters), ("lists", library.code_lists)):
        own = file.data.get(kind, {})
        for name in (name for name in own if name not in known and name not in asked):
            problem = f"no definition asks for `{name}`"
            remedy = near_or_all(
                name, sorted(known), "`py -m scorecard indicators` lists the definitions; take it out."
            )
            problems.append(file.fault(own, name, problem, remedy))
    return problems


def looked_up(sql: str) -> frozenset[str]:
    """The parameters and lists that a definition's SQL names.

    >>> sorted(looked_up("SELECT param_on('limit', day) WHERE listed( 'respite', code, day)"))
    ['limit', 'respite']
    """
    return frozenset(_LOOKED_UP.findall(sql))


def _says_not_why(what: str, to: str, path: Path) -> DefinitionError:
    return DefinitionError(
        f"{what} replaces the library's and does not say why",
        remedy=f'Add reason = "…" to {to}.',
        at=Place(path),
    )


def _parameter(name: str, entry: dict[str, Any], path: Path) -> Parameter:
    try:
        values = tuple(_value(value) for value in entry["values"])
        parameter = Parameter(name, entry["title"], entry["unit"], values, entry.get("local_standard", False))
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable("parameter", name, error, path) from None
    if [value.from_day for value in values] != sorted({value.from_day for value in values}):
        raise DefinitionError(
            f"the values of the parameter `{name}` are not in order of their days, each day once",
            remedy="Put the earliest `from` first.",
            at=Place(path),
        )
    return parameter


def _value(entry: dict[str, Any]) -> DatedValue:
    value = entry["value"]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        message = f"{value!r} is no number"
        raise TypeError(message)
    return DatedValue(_day(entry["from"]), value, entry["source"], entry.get("reason", ""))


def _code_list(name: str, entry: dict[str, Any], path: Path) -> CodeList:
    try:
        codes = tuple(
            ListedCode(str(code["code"]), _optional_day(code.get("from")), _optional_day(code.get("to")))
            for code in entry["codes"]
        )
        return CodeList(name, entry["title"], entry["source"], codes, entry.get("reason", ""))
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable("list", name, error, path) from None


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    return date.fromisoformat(str(value))


def _optional_day(value: Any) -> date | None:
    return None if value is None else _day(value)


def _unreadable(what: str, name: str, error: Exception, path: Path) -> DefinitionError:
    return DefinitionError(
        f"the {what} `{name}` cannot be read ({error})",
        remedy="It needs title, unit and values (from, value, source); a list needs title, source and codes.",
        at=Place(path),
    )
