"""A Markdown page in parts: front matter, headings, SQL blocks and tables, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from scorecard.errors import DefinitionError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*$")
_RULE_OF_A_TABLE = re.compile(r"\|?[\s:|-]+\|?$")
# Every command reads every page: the loader in C is nine times as fast, and not every machine has it.
_SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Line:
    """A line of text and its number in the file."""

    number: int
    text: str


@dataclass(frozen=True)
class Part:
    """A heading with the lines under it, down to the next heading of any level."""

    level: int
    title: str
    line: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    """A definition file taken apart."""

    path: Path
    front: dict[str, Any]
    front_text: str
    parts: tuple[Part, ...]

    def at(self, line: int | None = None) -> Place:
        """A place in this page."""
        return Place(self.path, line)

    def line_of(self, key: str, under: str = "") -> int:
        """The line of the front matter that sets a key, of those under another; where it is not set, that other's."""
        lines = [Line(n, text) for n, text in enumerate(self.front_text.splitlines(), 2)]
        head = next((line for line in lines if under and line.text.strip().startswith(f"{under}:")), None)
        within = _deeper(lines, head) if head else [line for line in lines if not _indent(line)]
        above = head.number if head else 1
        return next((line.number for line in within if line.text.strip().startswith(f"{key}:")), above)

    def part(self, title: str) -> Part | None:
        """The part under a heading, if the page has it."""
        return next((part for part in self.parts if part.title.lower() == title.lower()), None)


def _deeper(lines: list[Line], head: Line) -> list[Line]:
    """The lines that follow one and are set in deeper than it."""
    after = [line for line in lines if line.number > head.number]
    end = next((n for n, line in enumerate(after) if _indent(line) <= _indent(head)), len(after))
    return after[:end]


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def read_page(path: Path) -> Page:
    """Take a definition file apart; a `DefinitionError` says what of it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise DefinitionError(
            "the file cannot be read as UTF-8 text", remedy="Save it as UTF-8.", at=Place(path)
        ) from None
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise DefinitionError(
            "the page has no front matter",
            remedy="Begin the file with a line ---, then `id: …`, `title: …`, and a closing line ---.",
            at=Place(path, 1),
        )
    end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "---")
    front_text = "\n".join(lines[1:end])
    body = [Line(n, line) for n, line in enumerate(lines[end + 1 :], end + 2)]
    return Page(path, _front_matter(front_text, path), front_text, tuple(_parts(body)))


class _Loader(_SAFE_LOADER):  # type: ignore[misc] # whichever of the two safe loaders there is
    """Keys are names: a code 01 or NO stays as it is written, and is no number or truth value."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as PyYAML has it
        """The names with their values."""
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                key.tag = "tag:yaml.org,2002:str"
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def _front_matter(text: str, path: Path) -> dict[str, Any]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        _check_once(node, path)
        front = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise DefinitionError(
            "the front matter is not readable YAML",
            remedy="Write one `key: value` a line; put a value that holds a colon in quotation marks.",
            at=Place(path, line),
        ) from None
    if not isinstance(front, dict):
        raise DefinitionError("the front matter is empty", remedy="Write `id:`, `title:` …", at=Place(path, 1))
    return front


def _check_once(node: yaml.Node | None, path: Path) -> None:
    """YAML keeps the last of two keys of one name and says nothing: a measure would be lost."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set[str]()
    for key, value in node.value:
        if key.value in seen:
            raise DefinitionError(
                f"`{key.value}` is written twice",
                remedy="Keep one of them, or give one another name.",
                at=Place(path, key.start_mark.line + 2),
            )
        seen.add(key.value)
        _check_once(value, path)


def _parts(body: list[Line]) -> Iterator[Part]:
    title, level, at, lines = "", 0, body[0].number if body else 1, list[Line]()
    fenced = False
    for line in body:
        fenced ^= line.text.lstrip().startswith("```")
        heading = None if fenced else _HEADING.match(line.text)
        if heading:
            yield Part(level, title, at, tuple(lines))
            title, level, at, lines = heading[2], len(heading[1]), line.number, []
        else:
            lines.append(line)
    yield Part(level, title, at, tuple(lines))


def prose(part: Part) -> str:
    """The words under a heading, without tables and code."""
    kept, fenced = list[str](), False
    for line in part.lines:
        fence = line.text.lstrip().startswith("```")
        fenced ^= fence
        if not (fenced or fence or line.text.lstrip().startswith("|")):
            kept.append(line.text)
    return "\n".join(kept).strip()


def sql_block(part: Part) -> tuple[str, int] | None:
    """The one SQL block of a part and its first line; nothing where there is none."""
    starts = [n for n, line in enumerate(part.lines) if line.text.strip() == "```sql"]
    if not starts:
        return None
    inside = list[Line]()
    for line in part.lines[starts[0] + 1 :]:
        if line.text.strip() == "```":
            break
        inside.append(line)
    return "\n".join(line.text for line in inside).rstrip(), inside[0].number if inside else part.line


@dataclass(frozen=True)
class PipeTable:
    """A Markdown table: its header and its rows of trimmed cells, empty ones as nothing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    line: int


def pipe_table(lines: tuple[Line, ...], path: Path) -> PipeTable | None:
    """The first table among the lines."""
    start = next((n for n, line in enumerate(lines) if line.text.lstrip().startswith("|")), None)
    if start is None:
        return None
    block = list[Line]()
    for line in lines[start:]:
        if not line.text.lstrip().startswith("|"):
            break
        block.append(line)
    header = tuple(cell or "" for cell in _cells(block[0].text))
    rows = tuple(
        _row(line, len(header), path) for line in block[1:] if not _RULE_OF_A_TABLE.fullmatch(line.text.strip())
    )
    return PipeTable(header, rows, block[0].number)


def _row(line: Line, width: int, path: Path) -> tuple[str | None, ...]:
    cells = _cells(line.text)
    if len(cells) != width:
        raise DefinitionError(
            f"this row has {len(cells)} cells and its table {width} columns",
            remedy="Give every row as many cells as the header; leave a cell empty where there is no value.",
            at=Place(path, line.number),
        )
    return cells


def _cells(text: str) -> tuple[str | None, ...]:
    inner = text.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip() or None for cell in inner.split("|"))
