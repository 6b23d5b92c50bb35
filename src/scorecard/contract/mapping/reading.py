"""Mapping files read, and all that is wrong with them told at once, each fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.contract.mapping.forms import PARTS, Constant, DayTime, Filled, FirstOf, From, Key
from scorecard.contract.mapping.mapping import Condition, Heading, Mapping, RecognisedBy, RowRules, TableMap
from scorecard.contract.mapping.plain import plain
from scorecard.contract.types import ColumnType
from scorecard.errors import WorkspaceError, raise_together
from scorecard.toml_files import Key as Holds
from scorecard.toml_files import Table as Grammar
from scorecard.toml_files import TomlFile, flag, near_or_all, text, texts, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Map
    from pathlib import Path

    from scorecard.contract.mapping.forms import Form
    from scorecard.contract.types import Column, Contract, Table
    from scorecard.errors import ScorecardError

DRAFT = ".draft.toml"
"""How the name of a mapping ends that was drafted and that nobody has looked at yet; it is not read."""

_EACH = "each."
_FORMS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "from": (frozenset({"from"}), frozenset({"values", "part"})),
    "constant": (frozenset({"constant"}), frozenset()),
    "key": (frozenset({"key"}), frozenset()),
    "first_of": (frozenset({"first_of"}), frozenset({"values"})),
    "day": (frozenset({"day", "time"}), frozenset()),
    "filled": (frozenset({"filled", "then"}), frozenset({"otherwise"})),
}
"""The forms by the word that tells them: what each must say, and what it may."""

_MUST_BE = (
    "a header, or one of { from, values, part }, { constant }, { key }, { first_of, values }, { day, time }"
    " and { filled, then, otherwise }"
)


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
    wrong = file.faults(_grammar())
    if not wrong:
        wrong = [*_loose_ends(file, contract)]
    faults += wrong
    return [] if wrong else [_mapping(path, file.data)]


def _grammar() -> Grammar:
    condition: dict[str, Holds | Grammar] = {
        "column": text(required=True),
        "is": texts(),
        "is_not": texts(),
        "starts_with": texts(),
        "filled": flag(),
    }
    conditions = Grammar('a list of conditions, such as { column = "Route", is = ["DA hub"] }', condition, many=True)
    table: dict[str, Holds | Grammar] = {
        "into": text(required=True),
        "each": Grammar('a list of entries, such as { date = "Visit 1" }', each=text(), many=True),
        "only": conditions,
        "columns": Grammar("the columns", each=Holds(_MUST_BE, _is_form), required=True),
    }
    heading: dict[str, Holds | Grammar] = {"column": text(required=True), "into": text(required=True)}
    rows: dict[str, Holds | Grammar] = {
        "header": whole_number(4),
        "without": conditions,
        "heading": Grammar("the heading", heading),
        "carry_down": texts(),
        "only": conditions,
    }
    return Grammar(
        "the mapping",
        {
            "report": text(required=True),
            "about": text(),
            "recognised_by": Grammar("what it is recognised by", {"name": texts(), "headers": texts(required=True)}),
            "headers": Grammar("the headers", each=texts()),
            "rows": Grammar("the rows", rows),
            "table": Grammar("a table it fills", table, many=True),
            "values": Grammar("the values", each=Grammar("a list of values", each=text())),
        },
        is_frame=True,
    )


def _is_form(value: Any) -> bool:
    """Whether something may stand for a value."""
    if isinstance(value, str):
        return bool(plain(value))
    if not isinstance(value, dict):
        return False
    needed, more = next((of for word, of in _FORMS.items() if word in value), (frozenset(), frozenset()))
    if not needed or not needed <= set(value) <= needed | more:
        return False
    if not all(isinstance(said, str) for name, said in value.items() if name not in {"key", "first_of"}):
        return False
    lists = [value[name] for name in ("key", "first_of") if name in value]
    return value.get("part", "before ,") in PARTS and all(map(_is_list_of_cells, lists))


def _is_list_of_cells(value: Any) -> bool:
    held = value if isinstance(value, list) else []
    constants = [one for one in held if isinstance(one, dict)]
    return (
        bool(held)
        and all(isinstance(one, str) or (set(one) == {"constant"} and isinstance(one["constant"], str)) for one in held)
        and len(constants) < len(held)
    )


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
    for conditions, entry in _conditions(file.data):
        for condition in conditions:
            if len(condition) != 2:  # noqa: PLR2004 - the column and what is asked of it
                problem = "a condition asks one thing of one column: is, is_not, starts_with or filled"
                yield file.fault(entry, "only", problem, "Write two conditions where you ask two things.")
    if not file.data["recognised_by"]["headers"]:
        remedy = "Name the headers by which a person would know it."
        yield file.fault(file.data["recognised_by"], "headers", "it is recognised by no header", remedy)
    if not file.data.get("table") and not file.data.get("about"):
        remedy = "Add a [[table]] with `into` and `columns`, or say in `about` what it is read for."
        yield file.fault(file.data, "report", "the mapping fills no table", remedy)


def _fillable(contract: Contract) -> list[str]:
    return [table.name for table in contract.tables.values() if not table.derived]


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
        if codes and text_ and not text_.startswith(_EACH) and text_ not in codes:
            problem = f"“{text_}” is no code of {name}"
            yield file.fault(entry, key, problem, near_or_all(text_, codes, "The contract's page lists its codes."))


def _words_of_entry(said: Any) -> Iterator[str]:
    if isinstance(said, str) and said.startswith(_EACH):
        yield said.removeprefix(_EACH)
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
    return words.get(text_.removeprefix(_EACH), text_) if text_.startswith(_EACH) else text_


def _form(said: Any, words: Map[str, str]) -> Form:
    if isinstance(said, str):
        return From(_word(said, words))
    its = {name: _word(one, words) if isinstance(one, str) else one for name, one in said.items()}
    kind = next(word for word in _FORMS if word in its)
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
