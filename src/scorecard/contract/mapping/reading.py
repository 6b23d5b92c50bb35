"""Mapping files read, and all that is wrong with them told at once, each fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.contract.mapping.forms import Constant, DayTime, Filled, FirstOf, From, Key
from scorecard.contract.mapping.grammar import EACH, FORMS, GRAMMAR
from scorecard.contract.mapping.mapping import Condition, Heading, Mapping, RecognisedBy, RowRules, TableMap
from scorecard.contract.mapping.plain import plain
from scorecard.contract.types import ColumnType
from scorecard.errors import WorkspaceError, raise_together
from scorecard.toml_files import TomlFile, near_or_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Map
    from pathlib import Path

    from scorecard.contract.mapping.forms import Form
    from scorecard.contract.types import Column, Contract, Table
    from scorecard.errors import ScorecardError

DRAFT = ".draft.toml"
"""How the name of a mapping ends that was drafted and that nobody has looked at yet; it is not read."""


def read_mappings(folder: Path, contract: Contract) -> tuple[Mapping, ...]:
    """Every mapping of a folder in order of name, drafts aside; none where there is no folder."""
    found: list[Mapping] = []
    faults: list[ScorecardError] = []
    for path in sorted(folder.glob("*.toml")):
        if not path.name.endswith(DRAFT):
            try:
                found += _read(path, contract, faults)
            except WorkspaceError as fault:
                faults.append(fault)
    raise_together(faults)
    return tuple(found)


def read_mapping(path: Path, contract: Contract) -> Mapping:
    """One mapping."""
    faults: list[ScorecardError] = []
    found = _read(path, contract, faults)
    raise_together(faults)
    return found[0]


def _read(path: Path, contract: Contract, faults: list[ScorecardError]) -> list[Mapping]:
    """The mapping of a file, if there is nothing wrong with it."""
    file = TomlFile(path, WorkspaceError)
    wrong = file.faults(GRAMMAR)
    if not wrong:
        wrong = [*_loose_ends(file, contract)]
    faults += wrong
    return [] if wrong else [_mapping(path, file.data)]


def _loose_ends(file: TomlFile, contract: Contract) -> Iterator[ScorecardError]:
    """What names a table, column, code, list of values or word of an entry that is not there."""
    for one in file.data.get("table", []):
        table = contract.tables.get(one["into"])
        if table is None or table.derived:
            problem = f"there is no table “{one['into']}” to fill"
            remedy = near_or_all(one["into"], _fillable(contract), "The contract's page lists the tables.")
            yield file.fault(one, "into", problem, remedy)
            continue
        for name, said in one["columns"].items():
            yield from _wrong_column(file, one, table, name)
            if name in {column.name for column in table.columns}:
                yield from _wrong_value(file, one, table.column(name), said, contract)
    yield from _wrong_conditions(file)
    yield from _judged_too_early(file)
    if not file.data["recognised_by"]["headers"]:
        remedy = "Name the headers by which a person would know it."
        yield file.fault(file.data["recognised_by"], "headers", "it is recognised by no header", remedy)
    if not file.data.get("table") and not file.data.get("about"):
        remedy = "Add a [[table]] with `into` and `columns`, or say in `about` what it is read for."
        yield file.fault(file.data, "report", "the mapping fills no table", remedy)


def _fillable(contract: Contract) -> list[str]:
    return [table.name for table in contract.tables.values() if not table.derived]


def _wrong_conditions(file: TomlFile) -> Iterator[ScorecardError]:
    for conditions, entry in _conditions(file.data):
        for condition in conditions:
            asked = [value for word, value in condition.items() if word != "column"]
            if len(asked) != 1:
                problem = "a condition asks one thing of one column: is, is_not, starts_with or filled"
                yield file.fault(entry, "only", problem, "Write two conditions where you ask two things.")
            elif isinstance(asked[0], list) and not all(map(plain, asked[0])):
                problem = "a condition names a text without a letter or digit, and would be true of any such text"
                yield file.fault(entry, "only", problem, "Ask whether the cell is filled, or name another text.")


def _judged_too_early(file: TomlFile) -> Iterator[ScorecardError]:
    """Totals are left out before headings are read, or a total would be one."""
    rows = file.data.get("rows", {})
    made = plain(rows["heading"]["into"]) if "heading" in rows else None
    if made in [plain(condition["column"]) for condition in rows.get("without", [])]:
        problem = "`without` asks about the column that is made of headings, which is not yet there"
        yield file.fault(rows, "without", problem, "Ask about it in `only`.")


def _conditions(data: Map[str, Any]) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any]]]:
    rows = data.get("rows", {})
    yield from ((rows.get(name, []), rows) for name in ("without", "only"))
    yield from ((one.get("only", []), one) for one in data.get("table", []))


def _wrong_column(file: TomlFile, one: Map[str, Any], table: Table, name: str) -> Iterator[ScorecardError]:
    """A column the table lacks, or one that is never loaded."""
    takes = {column.name for column in (*table.loaded, *table.packed)}
    if name in takes:
        return
    if any(column.name == name for column in table.columns):
        problem = f"{table.name}.{name} is personal and is never loaded"
        yield file.fault(one["columns"], name, problem, "Take the line out.")
    else:
        yield file.fault(one["columns"], name, f"{table.name} has no column “{name}”", near_or_all(name, takes))


def _wrong_value(
    file: TomlFile, one: Map[str, Any], column: Column, said: Any, contract: Contract
) -> Iterator[ScorecardError]:
    """A code that is not in the column's list, values or a word of an entry that nobody wrote."""
    columns, name = one["columns"], column.name
    words = [set(entry) for entry in one.get("each", [])]
    for word in _words_of_entry(said):
        if not words or not all(word in of for of in words):
            remedy = "Write it into every entry of `each`."
            yield file.fault(columns, name, f"`each.{word}` is not in every entry of `each`", remedy)
    values = said.get("values") if isinstance(said, dict) else None
    lists = file.data.get("values", {})
    if values is not None and values not in lists:
        remedy = near_or_all(values, lists, f"Add a [values.{values}] table.") if lists else f"Add [values.{values}]."
        yield file.fault(columns, name, f"there is no [values.{values}]", remedy)
    codes = _codes_of(contract, column)
    for text_, entry, key in _texts_of_codes(said, lists.get(values, {}), columns, name):
        if codes and text_ and not text_.startswith(EACH) and text_ not in codes:
            problem = f"“{text_}” is no code of {name}"
            yield file.fault(entry, key, problem, near_or_all(text_, codes, "The contract's page lists its codes."))


def _words_of_entry(said: Any) -> Iterator[str]:
    if isinstance(said, str) and said.startswith(EACH):
        yield said.removeprefix(EACH)
    elif isinstance(said, (dict, list)):
        for inner in said.values() if isinstance(said, dict) else said:
            yield from _words_of_entry(inner)


def _codes_of(contract: Contract, column: Column) -> list[str]:
    if column.type is ColumnType.FLAG:
        return ["Y", "N"]
    return [code.code for code in contract.codes[column.codes]] if column.codes else []


def _texts_of_codes(
    said: Any, values: dict[str, str], columns: dict[str, Any], name: str
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every text that is to be a code, with where it stands."""
    yield from ((code, values, key) for key, code in values.items())
    if isinstance(said, dict):
        yield from ((said[word], columns, name) for word in ("constant", "then", "otherwise") if word in said)


def _mapping(path: Path, data: Map[str, Any]) -> Mapping:
    """The mapping of a file in which nothing is wrong."""
    by, rows = data["recognised_by"], data.get("rows", {})
    return Mapping(
        id=path.stem,
        report=data["report"],
        recognised_by=RecognisedBy(tuple(by["headers"]), tuple(by.get("name", ()))),
        tables=tuple(table for one in data.get("table", ()) for table in _tables(one)),
        rows=RowRules(
            rows.get("header"),
            tuple(_condition(one, {}) for one in rows.get("without", [])),
            Heading(**rows["heading"]) if "heading" in rows else None,
            tuple(rows.get("carry_down", ())),
            tuple(_condition(one, {}) for one in rows.get("only", [])),
        ),
        spellings={name: tuple(others) for name, others in data.get("headers", {}).items()},
        values=data.get("values", {}),
        path=path,
        about=data.get("about", "").strip(),
    )


def _tables(one: Map[str, Any]) -> Iterator[TableMap]:
    """A table once, or once for each entry."""
    for words in one.get("each", [{}]):
        columns = {name: _form(said, words) for name, said in one["columns"].items()}
        yield TableMap(one["into"], columns, tuple(_condition(only, words) for only in one.get("only", [])))


def _condition(said: Map[str, Any], words: Map[str, str]) -> Condition:
    sort = next(word for word in said if word != "column")
    column = _word(said["column"], words)
    return (
        Condition(column, sort, filled=said[sort]) if sort == "filled" else Condition(column, sort, tuple(said[sort]))
    )


def _word(text_: str, words: Map[str, str]) -> str:
    """A text, or what an entry says for it."""
    return words.get(text_.removeprefix(EACH), text_) if text_.startswith(EACH) else text_


def _form(said: Any, words: Map[str, str]) -> Form:
    if isinstance(said, str):
        return From(_word(said, words))
    its = {name: _word(one, words) if isinstance(one, str) else one for name, one in said.items()}
    kind = next(word for word in FORMS if word in its)
    return _MAKE[kind](its, words)


def _key(its: Map[str, Any], words: Map[str, str]) -> Key:
    return Key(
        tuple(
            From(_word(one, words)) if isinstance(one, str) else Constant(_word(one["constant"], words))
            for one in its["key"]
        )
    )


_MAKE: dict[str, Callable[[Map[str, Any], Map[str, str]], Form]] = {
    "from": lambda its, _: From(its["from"], its.get("part", ""), its.get("values", "")),
    "constant": lambda its, _: Constant(its["constant"]),
    "key": _key,
    "first_of": lambda its, words: FirstOf(tuple(_word(one, words) for one in its["first_of"]), its.get("values", "")),
    "day": lambda its, _: DayTime(its["day"], its["time"]),
    "filled": lambda its, _: Filled(its["filled"], its["then"], its.get("otherwise")),
}
