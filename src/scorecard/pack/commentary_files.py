"""A month's commentary as a file: a heading for each slot that speaks, its fields under it, then its words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.pack.commentary import NO_COMMENTARY, Comment, Commentary, slot_name
from scorecard.pack.tokens import token_fault, tokens_in
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_HEADING = re.compile(r"##\s+(?P<section>[\w-]+)(?:\s*/\s*(?P<slot>[\w-]+))?\s*$")
_FIELD = re.compile(r"(?P<name>Author|Role|State|Date|Personal):\s*(?P<words>.*?)\s*$")
_YES, _NO = frozenset({"yes", "true"}), frozenset({"", "no", "false"})


def load_commentary(
    path: Path, slots: Iterable[str] | None = None, measures: Collection[str] | None = None
) -> Commentary:
    """Read a month's commentary; no file is no commentary, a heading nobody asked for is a fault.

    Where the `measures` are given, a `{token}` that names none of them is a fault too.
    """
    if not path.exists():
        return NO_COMMENTARY
    found: list[tuple[int, str, str, list[str]]] = []
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if heading := _HEADING.match(line):
            found.append((number, heading["section"], heading["slot"] or "", []))
        elif found:
            found[-1][3].append(line)
    headings = [(number, slot_name(section, slot)) for number, section, slot, _ in found]
    problems = list(_unasked(path, headings, None if slots is None else set(slots)))
    comments = list[Comment]()
    for number, section, slot, lines in found:
        try:
            comments.append(_comment(section, slot, lines, Place(path, number)))
        except WorkspaceError as error:
            problems.append(error)
        if measures is not None:
            problems += _unknown_tokens(path, number, lines, measures)
    raise_together(problems)
    return Commentary.of(comments)


def comment_as_text(comment: Comment) -> str:
    """A comment as it stands in the file.

    >>> comment_as_text(Comment("contacts", "More came in.", "Sam", slot="partners", personal=True)).splitlines()
    ['## contacts / partners', 'Author: Sam', 'Personal: yes', '', 'More came in.']
    """
    heading = f"## {comment.section} / {comment.slot}" if comment.slot else f"## {comment.section}"
    fields = {
        "Author": comment.author,
        "Role": comment.role,
        "State": comment.state,
        "Date": str(comment.date or ""),
        "Personal": "yes" if comment.personal else "",
    }
    stated = [f"{name}: {words}" for name, words in fields.items() if words]
    return "\n".join([heading, *stated, "", comment.text, ""])


def _unasked(path: Path, headings: list[tuple[int, str]], known: set[str] | None) -> Iterator[ScorecardError]:
    seen: set[str] = set()
    for number, name in headings:
        if known is not None and name not in known:
            remedy = f"Sections that take commentary: {', '.join(sorted(known))}."
            yield WorkspaceError(f"The pack has no section “{name}”.", remedy=remedy, at=Place(path, number))
        if name in seen:
            remedy = "Put the words under one heading."
            yield WorkspaceError(f"“{name}” stands twice.", remedy=remedy, at=Place(path, number))
        seen.add(name)


def _unknown_tokens(path: Path, heading: int, lines: list[str], measures: Collection[str]) -> Iterator[ScorecardError]:
    for number, line in enumerate(lines, heading + 1):
        for token in tokens_in(line):
            if fault := token_fault(token, measures):
                remedy = "Write {measure}, {measure/2021-10} or {measure/2021-10/month_end}, or take the braces away."
                yield WorkspaceError(fault, remedy=remedy, at=Place(path, number))


def _comment(section: str, slot: str, lines: list[str], at: Place) -> Comment:
    # The fields end at the first empty line after them: words that begin like a field stay words.
    fields: dict[str, str] = {}
    text: list[str] = []
    for line in lines:
        field = _FIELD.match(line) if not (any(text) or (fields and text)) else None
        if field:
            fields[field["name"].lower()] = field["words"]
        else:
            text.append(line)
    personal = fields.pop("personal", "").casefold()
    if personal not in _YES | _NO:
        raise WorkspaceError(f"“Personal: {personal}” is neither yes nor no.", remedy="Write Personal: yes.", at=at)
    day = _day(fields.pop("date", ""), at)
    words = "\n".join(text).strip()
    return Comment(section, words, **fields, slot=slot, date=day, personal=personal in _YES)


def _day(words: str, at: Place) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        remedy = "Write it as Date: 2021-12-03."
        raise WorkspaceError(f"“Date: {words}” is no day.", remedy=remedy, at=at) from None
