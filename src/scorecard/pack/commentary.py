"""What the services say of the month: one Markdown file, a heading for each section that speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_HEADING = re.compile(r"##\s+(?P<id>[\w-]+)\s*$")
_FIELD = re.compile(r"(?P<name>Author|Role|State):\s*(?P<words>.*?)\s*$")
_FEWEST_WORDS = 3


@dataclass(frozen=True)
class Comment:
    """One service's words on one section."""

    section: str
    text: str
    author: str = ""
    role: str = ""
    state: str = ""

    @property
    def says_something(self) -> bool:
        """Whether it is more than a dash, a full stop or a name somebody left to be filled in.

        >>> [Comment("a", text).says_something for text in ("-", "Sam", "We are late.")]
        [False, False, True]
        """
        return len(re.findall(r"\w+", self.text)) >= _FEWEST_WORDS


@dataclass(frozen=True)
class Commentary:
    """All comments of a month, by section."""

    comments: Mapping[str, Comment]

    @classmethod
    def of(cls, comments: Iterable[Comment]) -> Commentary:
        """The comments, each under its section."""
        return cls({comment.section: comment for comment in comments})

    def on(self, section: str) -> Comment | None:
        """What was said on a section, if anything was."""
        comment = self.comments.get(section)
        return comment if comment and comment.says_something else None


NO_COMMENTARY = Commentary({})


def load_commentary(path: Path, sections: Iterable[str] | None = None) -> Commentary:
    """Read a month's commentary; no file is no commentary, a heading nobody asked for is a fault."""
    if not path.exists():
        return NO_COMMENTARY
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if heading := _HEADING.match(line):
            found.append((number, heading["id"], []))
        elif found:
            found[-1][2].append(line)
    _check(path, found, None if sections is None else set(sections))
    return Commentary.of(_comment(section, lines) for _, section, lines in found)


def _check(path: Path, found: list[tuple[int, str, list[str]]], known: set[str] | None) -> None:
    problems: list[ScorecardError] = []
    seen: set[str] = set()
    for number, section, _ in found:
        if known is not None and section not in known:
            remedy = f"Sections that take commentary: {', '.join(sorted(known))}."
            problem = f"The pack has no section “{section}”."
            problems.append(WorkspaceError(problem, remedy=remedy, at=Place(path, number)))
        if section in seen:
            remedy = "Put the words under one heading."
            problems.append(WorkspaceError(f"“{section}” stands twice.", remedy=remedy, at=Place(path, number)))
        seen.add(section)
    raise_together(problems)


def _comment(section: str, lines: list[str]) -> Comment:
    fields: dict[str, str] = {}
    text: list[str] = []
    for line in lines:
        field = _FIELD.match(line) if not any(text) else None
        if field:
            fields[field["name"].lower()] = field["words"]
        else:
            text.append(line)
    return Comment(section, "\n".join(text).strip(), **fields)
