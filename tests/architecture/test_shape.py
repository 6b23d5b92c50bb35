"""The house rules on size and shape: one file one noun, short functions, a meaning on every public name."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "scorecard"
MODULES = sorted(SOURCE.rglob("*.py"))
CODE = [*MODULES, *sorted((ROOT / "scripts").glob("*.py"))]

LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
NO_CLOCK = {"today", "now", "utcnow", "time", "localtime", "gmtime"}
CLOCK_OWNERS = {"date", "datetime", "time", "dt"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(_tree(path)) if isinstance(node, Function)]


def _where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {_where(path, 1): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {where: lines for where, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_forty_five_lines() -> None:
    long = {
        f"{_where(path, function.lineno)} {function.name}": length
        for path in CODE
        for function in _functions(path)
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def _public(body: list[ast.stmt]) -> list[Function | ast.ClassDef]:
    found: list[Function | ast.ClassDef] = []
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            found.extend(_public(node.body) if isinstance(node, ast.ClassDef) else [])
    return found


def _is_overload_or_override(node: Function | ast.ClassDef) -> bool:
    names = {each.id for each in node.decorator_list if isinstance(each, ast.Name)}
    return bool(names & {"overload", "override"})


def test_every_public_name_says_what_it_means() -> None:
    silent = [
        f"{_where(path, node.lineno)} {node.name}"
        for path in CODE
        for node in _public(_tree(path).body)
        if not ast.get_docstring(node) and not _is_overload_or_override(node)
    ]
    assert silent == []


def test_every_module_says_what_it_is() -> None:
    assert [_where(path, 1) for path in CODE if not ast.get_docstring(_tree(path))] == []


def _asks_the_clock(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NO_CLOCK):
        return False
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in CLOCK_OWNERS


def _is_command_line(path: Path) -> bool:
    room = path.relative_to(SOURCE).parts[0]
    return room.removesuffix(".py") in {"cli", "web"}


def test_only_the_command_line_knows_what_day_it_is() -> None:
    asked = [
        _where(path, node.lineno)
        for path in MODULES
        if not _is_command_line(path)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and _asks_the_clock(node)
    ]
    assert asked == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("date.today()", True),
        ("datetime.datetime.now(tz)", True),
        ("time.time()", True),
        ("snapshot.now()", False),
        ("datetime.combine(day, noon)", False),
    ],
)
def test_the_clock_is_recognised(text: str, asks: bool) -> None:  # noqa: FBT001 -- a table's column
    assert _asks_the_clock(ast.parse(text, mode="eval").body) is asks
