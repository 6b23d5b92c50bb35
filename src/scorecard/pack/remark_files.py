"""Reading a council's notes and notices from its `notes.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.pack.context import View
from scorecard.pack.remarks import NO_REMARKS, SUMMARY_COLUMNS, Note, NoticeKind, Remarks, StandingNotice
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_NOTE_FORM = (
    "Write [[note]] with text, owner, and measures or column or both; from and to (days) and view are optional."
)
_NOTICE_FORM = "Write [[notice]] with kind, text, owner, since, review_by, and topics or measures."


def load_remarks(path: Path, measures: Collection[str], topics: Collection[str]) -> Remarks:
    """Read a council's notes and notices; no file is none, and every fault in it is told at once."""
    if not path.exists():
        return NO_REMARKS
    text = text_of(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(f"The notes cannot be read: {error}.", remedy=_NOTE_FORM, at=Place(path)) from None
    if any(kind not in {"note", "notice"} or not isinstance(held, list) for kind, held in data.items()):
        problem = "Something in it is neither a [[note]] nor a [[notice]]."
        raise WorkspaceError(problem, remedy=f"{_NOTE_FORM} {_NOTICE_FORM}", at=Place(path))
    problems: list[ScorecardError] = []

    def sound(kind: str, fault_of: Callable[[dict[str, Any]], str], remedy: str) -> list[dict[str, Any]]:
        lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{kind}]]"]
        faults = [fault_of(entry) for entry in data.get(kind, [])]
        problems.extend(
            WorkspaceError(fault, remedy=remedy, at=Place(path, lines[place] if place < len(lines) else None))
            for place, fault in enumerate(faults)
            if fault
        )
        return [entry for entry, fault in zip(data.get(kind, []), faults, strict=True) if not fault]

    notes = sound("note", lambda entry: _note_fault(entry, measures), _NOTE_FORM)
    notices = sound("notice", lambda entry: _notice_fault(entry, measures, topics), _NOTICE_FORM)
    raise_together(problems)
    return Remarks(tuple(map(_note, notes)), tuple(map(_notice, notices)))


def _note_fault(entry: dict[str, Any], measures: Collection[str]) -> str:
    column = str(entry.get("column", ""))
    if fault := _missing("note", entry, "text", "owner") or _unlike_days("note", entry, "from", "to"):
        return fault
    if not column and not entry.get("measures"):
        return "A note is bound to nothing."
    if column and column not in SUMMARY_COLUMNS and not _is_month(column):
        return f"A note is bound to the column “{column}”; columns are {', '.join(SUMMARY_COLUMNS)} or a month 2021-10."
    if entry.get("from") and entry.get("to") and entry["to"] < entry["from"]:
        return f"The note from {entry['from']} ends before it begins."
    if entry.get("view", View.FIRST) not in list(View):
        return f"A note is for the view “{entry['view']}”; views are {' and '.join(View)}."
    return _unknown("note", "measure", entry.get("measures", ()), measures)


def _notice_fault(entry: dict[str, Any], measures: Collection[str], topics: Collection[str]) -> str:
    days = ("since", "review_by")
    if fault := _missing("notice", entry, "kind", "text", "owner", *days) or _unlike_days("notice", entry, *days):
        return fault
    if entry["kind"] not in list(NoticeKind):
        return f"A notice is of the kind “{entry['kind']}”; kinds are {', '.join(NoticeKind)}."
    if not entry.get("topics") and not entry.get("measures"):
        return "A notice is bound to nothing."
    wrong = _unknown("notice", "measure", entry.get("measures", ()), measures)
    return wrong or _unknown("notice", "topic", entry.get("topics", ()), topics)


def _missing(kind: str, entry: dict[str, Any], *names: str) -> str:
    missing = [name for name in names if not entry.get(name)]
    return f"A {kind} has no {', no '.join(missing)}." if missing else ""


def _unlike_days(kind: str, entry: dict[str, Any], *names: str) -> str:
    wrong = [name for name in names if name in entry and type(entry[name]) is not date]
    return f"A {kind}'s {wrong[0]} is no day such as 2021-11-01." if wrong else ""


def _unknown(kind: str, noun: str, named: Collection[str], known: Collection[str]) -> str:
    if not isinstance(named, list | tuple):
        return f'A {kind}\'s {noun}s are no list such as ["one"].'
    unknown = [name for name in named if name not in known]
    return f"A {kind} is bound to {unknown[0]}, but there is no {noun} of that name." if unknown else ""


def _is_month(column: str) -> bool:
    try:
        Period.parse(column)
    except ValueError:
        return False
    return True


def _note(entry: dict[str, Any]) -> Note:
    return Note(
        entry["text"],
        measures=tuple(entry.get("measures", ())),
        column=entry.get("column", ""),
        owner=entry["owner"],
        from_day=entry.get("from"),
        to_day=entry.get("to"),
        view=entry.get("view", ""),
    )


def _notice(entry: dict[str, Any]) -> StandingNotice:
    return StandingNotice(
        NoticeKind(entry["kind"]),
        entry["text"],
        entry["owner"],
        since=entry["since"],
        review_by=entry["review_by"],
        topics=tuple(entry.get("topics", ())),
        measures=tuple(entry.get("measures", ())),
    )
