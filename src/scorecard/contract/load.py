"""The contract as shipped: one TOML file a table, one for the code lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.contract.constraints import KINDS, OnList
from scorecard.contract.types import Code, Column, ColumnType, Contract, Reference, Table
from scorecard.errors import DefinitionError, Place, ScorecardError, raise_together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.contract.constraint import Constraint

FOLDER = Path(str(resources.files("scorecard"))) / "library" / "contract"
_ABOUT, _CODES = "contract.toml", "codes.toml"

_TABLE_KEYS = {"name", "meaning", "one_row_is", "key", "derived", "essential", "columns", "constraint", "volume"}
_COLUMN_KEYS = {
    "type",
    "meaning",
    "required",
    "may_be_empty",
    "planned",
    "personal",
    "outcomes",
    "codes",
    "references",
    "also_named",
}


@cache
def load_contract(folder: Path = FOLDER) -> Contract:
    """The tables, columns and code lists every extract is read by.

    >>> load_contract().tables["ssd_contacts"].key
    ('cont_contact_id', 'cont_person_id')
    """
    problems: list[ScorecardError] = []
    about = _parsed(folder / _ABOUT, problems)
    codes = _code_lists(folder / _CODES, problems)
    tables = [_table(path, codes, problems) for path in sorted(folder.glob("ssd*.toml"))]
    contract = Contract(str(about.get("version", "")), {table.name: table for table in tables if table}, codes)
    if not problems:
        problems.extend(_loose_ends(contract, folder))
    raise_together(problems)
    return contract


def _parsed(path: Path, problems: list[ScorecardError]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        problems.append(
            DefinitionError(f"The file cannot be read: {error}.", remedy="Mend the TOML.", at=Place(path)),
        )
        return {}


def _code_lists(path: Path, problems: list[ScorecardError]) -> dict[str, tuple[Code, ...]]:
    lists: dict[str, tuple[Code, ...]] = {}
    for name, listed in _parsed(path, problems).items():
        try:
            lists[name] = tuple(Code(**code) for code in listed["codes"])
        except (KeyError, TypeError) as error:
            problems.append(_complaint(path, f"[{name}]", f"code list {name}: {error}"))
    return lists


def _table(path: Path, codes: Mapping[str, tuple[Code, ...]], problems: list[ScorecardError]) -> Table | None:
    raw = _parsed(path, problems)
    before = len(problems)
    problems.extend(_complaint(path, key, f"“{key}” means nothing here") for key in raw if key not in _TABLE_KEYS)
    columns = [_column(path, name, column, problems) for name, column in raw.get("columns", {}).items()]
    lists = {column.name: codes.get(column.codes or "", ()) for column in columns if column}
    constraints = tuple(_constraints(path, raw.get("constraint", []), lists, problems))
    if raw.get("name") != path.stem:
        problems.append(_complaint(path, "name", "the table's name is not the file's"))
    if len(problems) > before:
        return None
    return Table(
        name=raw["name"],
        meaning=raw.get("meaning", ""),
        one_row_is=raw.get("one_row_is", ""),
        key=tuple(raw.get("key", ())),
        columns=tuple(column for column in columns if column),
        derived=bool(raw.get("derived", False)),
        essential=bool(raw.get("essential", False)),
        constraints=constraints,
        volume=raw.get("volume", ""),
    )


def _column(path: Path, name: str, raw: Mapping[str, Any], problems: list[ScorecardError]) -> Column | None:
    at = f"[columns.{name}]"
    problems.extend(
        _complaint(path, at, f"{name}: “{key}” means nothing here") for key in raw if key not in _COLUMN_KEYS
    )
    if raw.get("type") not in set(ColumnType):
        problems.append(_complaint(path, at, f"{name}: type is one of {', '.join(ColumnType)}"))
        return None
    return Column(
        name=name,
        type=ColumnType(raw["type"]),
        meaning=raw.get("meaning", ""),
        required=bool(raw.get("required", False)),
        may_be_empty=bool(raw.get("may_be_empty", False)),
        planned=bool(raw.get("planned", False)),
        personal=bool(raw.get("personal", False)),
        outcomes=bool(raw.get("outcomes", False)),
        codes=raw.get("codes"),
        references=Reference(*raw["references"].split(".", 1)) if "references" in raw else None,
        also_named=tuple(raw.get("also_named", ())),
    )


def _constraints(
    path: Path, listed: list[dict[str, Any]], lists: Mapping[str, tuple[Code, ...]], problems: list[ScorecardError]
) -> list[Constraint]:
    """The rules of one table, each of a kind that can check and describe itself; one about codes is given its list."""
    made: list[Constraint] = []
    for number, raw in enumerate(listed, 1):
        fields = dict(raw)
        kind = KINDS.get(fields.pop("kind", ""))
        if kind is None:
            problems.append(
                _complaint(path, "[[constraint]]", f"constraint {number}: kind is one of {', '.join(KINDS)}")
            )
            continue
        if kind is OnList:
            fields["codes"] = tuple(code.code for code in lists.get(fields.get("column", ""), ()))
        try:
            made.append(kind(table=path.stem, **fields))
        except (TypeError, ValueError) as error:
            problems.append(_complaint(path, "[[constraint]]", f"constraint {number}: {error}"))
    return made


def _loose_ends(contract: Contract, folder: Path) -> list[ScorecardError]:
    """Whatever names a table, column or code list that the contract does not have."""
    columns = {name: {column.name for column in table.columns} for name, table in contract.tables.items()}
    found: list[ScorecardError] = []
    rules = [rule for table in contract.tables.values() for rule in table.constraints]
    found.extend(
        _complaint(folder / f"{rule.table}.toml", "[[constraint]]", f"a rule on {rule.column} {fault}")
        for rule in rules
        if (fault := _unnamed(rule, [one.id for one in rules]))
    )
    for table in contract.tables.values():
        path = folder / f"{table.name}.toml"
        found.extend(
            _complaint(path, said, f"the {said} names {name}, which is no column of the table")
            for said, names in (("key", table.key), ("volume", filter(None, (table.volume,))))
            for name in names
            if name not in columns[table.name]
        )
        for column in table.columns:
            at, to = f"[columns.{column.name}]", column.references
            if column.codes and column.codes not in contract.codes:
                found.append(_complaint(path, at, f"{column.name}: there is no code list {column.codes}"))
            if to and to.column not in columns.get(to.table, ()):
                found.append(_complaint(path, at, f"{column.name}: there is no column {to.table}.{to.column}"))
            if not column.meaning:
                found.append(_complaint(path, at, f"{column.name} has no meaning"))
        found.extend(
            _complaint(path, "[[constraint]]", f"a constraint names {there}.{name}, which is no column")
            for constraint in table.constraints
            for there, name in constraint.mentions
            if name not in columns.get(there, ())
        )
    return found


def _unnamed(rule: Constraint, ids: list[str]) -> str:
    """What a rule lacks to be spoken of for ever: an id of its own, and words."""
    if not rule.id or not rule.says:
        return "has no id, or no plain words (says)"
    return f"has the id {rule.id}, and another has it too" if ids.count(rule.id) > 1 else ""


def _complaint(path: Path, at: str, problem: str) -> DefinitionError:
    remedy = "Compare it with another table's file in the same folder."
    return DefinitionError(f"{problem}.", remedy=remedy, at=Place(path, _line(path, at)))


def _line(path: Path, text: str) -> int | None:
    """The first line that begins with a text, so that the editor can go there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.lstrip().startswith(text)), None)
