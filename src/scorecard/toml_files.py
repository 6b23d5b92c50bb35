"""TOML files that people write by hand: what their tables may say, and each fault with its line and the nearest word.

A key nobody reads is a slip of the pen: it would change nothing, and nobody would notice.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from scorecard.errors import Place, ScorecardError
from scorecard.text_files import text_of
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_HEAD = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")

_MEND = "Mend that line: a text stands in quotation marks, a list in [ ], and a day or a number in neither."


@dataclass(frozen=True)
class Key:
    """What one key of a table holds: what it must be, said in words, and whether a value is that."""

    must_be: str
    fits: Callable[[Any], bool]
    required: bool = False
    choices: tuple[str, ...] = ()

    def fault(self, name: str, value: Any) -> tuple[str, str]:
        """What is wrong with a value, and what to write; both empty where nothing is."""
        if self.fits(value):
            return "", ""
        if self.choices and isinstance(value, str):
            return f"there is no {self.must_be} “{value}”", near_or_all(value, self.choices)
        must_be = joined(self.choices, "or") if self.choices else self.must_be
        return f"`{name}` must be {must_be}", f"Write {name} as {must_be}."


@dataclass(frozen=True)
class Table:
    """What a table may hold: its keys, or, where `each` is given, names of the writer's own that hold such.

    One that is a frame, such as the whole file, is not named when what is in it is told of.
    """

    called: str
    keys: Mapping[str, Key | Table] = field(default_factory=dict)
    many: bool = False
    required: bool = False
    is_frame: bool = False
    each: Key | Table | None = None

    def of(self, name: str) -> Key | Table | None:
        """What stands under a key."""
        return self.keys.get(name, self.each)


def text(*, required: bool = False) -> Key:
    """A text."""
    return Key('a text in quotation marks, such as "this"', lambda value: isinstance(value, str), required)


def texts(*, required: bool = False) -> Key:
    """A list of texts."""
    return Key('a list of texts, such as ["one", "two"]', _are_texts, required)


def whole_number(example: int, *, required: bool = False) -> Key:
    """A whole number."""
    return Key(f"a whole number without commas, such as {example}", lambda value: type(value) is int, required)


def whole_number_between(least: int, most: int) -> Key:
    """A whole number within bounds, both allowed."""
    return Key(f"a whole number from {least} to {most}", lambda value: type(value) is int and least <= value <= most)


def number(*, required: bool = False) -> Key:
    """A number."""
    return Key("a number, such as 95", lambda value: type(value) in {int, float, Decimal}, required)


def flag() -> Key:
    """True or false."""
    return Key("true or false, without quotation marks", lambda value: type(value) is bool)


def day(*, required: bool = False) -> Key:
    """A day."""
    return Key("a day, such as 2021-04-01, without quotation marks", lambda value: type(value) is date, required)


def one_of(noun: str, choices: Iterable[str], *, required: bool = False) -> Key:
    """One of a few words."""
    known = tuple(map(str, choices))
    return Key(noun, lambda value: value in known, required, known)


def some_of(noun: str, choices: Iterable[str]) -> Key:
    """A list of a few words."""
    known = tuple(map(str, choices))
    return Key(f"a list of {noun}: {joined(known)}", lambda value: _are_texts(value) and set(value) <= set(known))


def anything() -> Key:
    """What whoever reads it judges."""
    return Key("", lambda _: True)


def near_or_all(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A remedy: the nearest of what is known, or else all of it, or where all is too much another sentence.

    >>> near_or_all("tolerence", ["source", "tolerance"]), near_or_all("x", ["source", "tolerance"])
    ('Did you mean “tolerance”?', 'There are source and tolerance.')
    """
    names = tuple(known)
    near = get_close_matches(name, names, n=1)
    return f"Did you mean “{near[0]}”?" if near else otherwise or f"There are {joined(names)}."


class TomlFile:
    """A file read, with the line each of its tables begins on; its faults are errors of one kind."""

    def __init__(self, path: Path, error: type[ScorecardError]) -> None:
        self.path = path
        self._error = error
        self._text = text_of(path).splitlines()
        try:
            self.data = tomllib.loads("\n".join(self._text) + "\n", parse_float=Decimal)
        except tomllib.TOMLDecodeError as fault:
            problem = f"the file cannot be read: {fault}"
            raise error(problem, remedy=_MEND, at=Place(path)) from None
        self._lines = dict[int, int]()
        heads = defaultdict[str, deque[int]](deque)
        for number_, line in enumerate(self._text, 1):
            if found := _HEAD.match(line):
                heads[found[1]].append(number_)
        self._walk(self.data, "", 0, heads)

    def faults(self, table: Table, *, strict: bool = True) -> list[ScorecardError]:
        """All that is wrong in it; what nobody reads is passed over where the reading is not `strict`."""
        return list(self._faults(self.data, table, "", strict=strict))

    def fault(self, entry: Mapping[str, Any], key: str, problem: str, remedy: str) -> ScorecardError:
        """A fault found at a key of one of its tables."""
        return self._error(problem, remedy=remedy, at=Place(self.path, self._line(entry, key)))

    def _walk(self, entry: dict[str, Any], name: str, line: int, heads: Mapping[str, deque[int]]) -> None:
        self._lines[id(entry)] = line
        for key, value in entry.items():
            under = f"{name}.{key}" if name else key
            for held in value if isinstance(value, list) else [value]:
                if isinstance(held, dict):
                    self._walk(held, under, heads[under].popleft() if heads.get(under) else line, heads)

    def _line(self, entry: Mapping[str, Any], key: str) -> int | None:
        """Where a key is set; a table's own line; where neither is known, the line of the table it is in."""
        value = entry.get(key)
        inner = value[0] if isinstance(value, list) and value else value
        start = self._lines.get(id(entry), 0)
        if isinstance(inner, dict) and self._lines.get(id(inner), start) != start:
            return self._lines[id(inner)]
        wanted = re.compile(rf"\s*(?:[\w-]+\.)*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        for line, written in enumerate(self._text[start:], start + 1):
            if wanted.match(written):
                return line
            if _HEAD.match(written):
                break
        under = re.compile(rf"\s*\[\[?\s*{re.escape(key)}\b")
        return start or next((line for line, written in enumerate(self._text, 1) if under.match(written)), None)

    def _faults(
        self, entry: Mapping[str, Any], table: Table, within: str, own_name: str = "", *, strict: bool
    ) -> Iterator[ScorecardError]:
        what = " of ".join(filter(None, (_called(entry, table, own_name), within)))
        for name in table.keys:
            if table.keys[name].required and name not in entry:
                yield self.fault(entry, name, f"{what} has no `{name}`", f"Add {name} to it.")
        for name, value in entry.items():
            held = table.of(name)
            if held is None and strict:
                yield self.fault(entry, name, f"{what} has no “{name}”", near_or_all(name, table.keys))
            elif isinstance(held, Table):
                under = within if table.is_frame else what
                own = "" if name in table.keys else name
                yield from self._within(entry, name, held, under, own, strict=strict)
            elif held:
                problem, remedy = held.fault(name, value)
                if problem:
                    yield self.fault(entry, name, f"{problem}, in {what}", remedy)

    def _within(  # noqa: PLR0913 - where it stands, what it may hold, and how it is told of
        self, entry: Mapping[str, Any], name: str, table: Table, within: str, own_name: str, *, strict: bool
    ) -> Iterator[ScorecardError]:
        value = entry[name]
        held = value if isinstance(value, list) and table.many else [value]
        if (table.many and not isinstance(value, list)) or not all(isinstance(one, dict) for one in held):
            head = f"[[{name}]]" if table.many else f"[{name}]"
            problem = f"`{name}` must be {table.called}, not a value"
            yield self.fault(entry, name, problem, f"Write it as a table of its own, under the heading {head}.")
            return
        for one in held:
            yield from self._faults(one, table, within, own_name, strict=strict)


def _called(entry: Mapping[str, Any], table: Table, own_name: str) -> str:
    """A table by its name, where it has one."""
    names = (entry[key] for key in ("id", "title", "caption", "measure") if isinstance(entry.get(key), str))
    name = own_name or next(names, "")
    return table.called.replace("a ", "the ", 1) + f" “{name}”" if name and not table.is_frame else table.called


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
