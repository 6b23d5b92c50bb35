"""What was done to a store, by whom and why: one line an act, each sealed with the one before, never altered.

It holds counts and references (ids of snapshots, months, figures), never a child's id nor any cell of a record.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from json import JSONDecoder
from re import findall
from typing import TYPE_CHECKING, Any

from scorecard.store.by import NOBODY, By
from scorecard.store.disk import append_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEGINNING = "0" * 64
"""What stands before the first line."""


class Act(StrEnum):
    """What can be done to a store."""

    TAKEN = "extract taken"
    SUPPLIED = "totals supplied"
    IMPORTED = "past figures imported"
    ACCEPTED = "finding accepted"
    FROZEN = "month frozen"
    FROZEN_AGAIN = "month frozen again"
    REVISION_OPENED = "revision opened"
    REVISION_APPROVED = "revision approved"
    ISSUED = "pack issued"
    RESTATED = "restatement noted"
    REMAPPED = "extract mapped again"
    PURGED = "records purged"
    ERASED = "a child's records erased"
    MERGED = "two records of one child merged"
    TAKEN_OVER = "lease taken over"


@dataclass(frozen=True)
class Entry:
    """One act: to what, by whom, why, and what else is to be known of it in counts and references."""

    number: int
    act: Act
    to: str
    by: By
    why: str
    told: Mapping[str, Any]
    before: str
    seal: str = field(compare=False)


class Ledger:
    """The acts of one store, in a file of lines."""

    def __init__(self, path: Path, by: By = NOBODY) -> None:
        self._path, self._by = path, by

    def add(self, act: Act, to: str, *, why: str = "", told: Mapping[str, Any] | None = None) -> Entry:
        """Write one act at the end, on the disk before this returns. Whoever writes holds the lease."""
        last = next(reversed(self.all()), None)
        number, before = (last.number + 1, last.seal) if last else (1, BEGINNING)
        kept = {"number": number, "act": act, "to": to, "by": asdict(self._by), "why": why, "told": dict(told or {})}
        kept = json.loads(json.dumps({**kept, "before": before}, default=str))
        kept["seal"] = _seal(kept)
        append_line(self._path, _written(kept))
        return _entry(kept)

    def all(self) -> tuple[Entry, ...]:
        """Every act in order; a line that a crash cut short is passed over."""
        return tuple(entry for line in self._lines() if (entry := _read(line.rstrip("\n"))))

    def broken(self) -> tuple[int, ...]:
        """The lines of the file, from 1, that are not as they were written or do not follow the one before.

        A line that a crash cut short is not counted, since nothing was said to be done by it: it lacks its end, and
        either nothing follows it or what follows stands on the line before it.
        """
        found, before, number = list[int](), BEGINNING, 0
        lines = self._lines()
        for place, line in enumerate(lines, 1):
            entry = _read(line.rstrip("\n"))
            if entry is None:
                was_ended = place == len(lines) and line.endswith("\n")
                found += [place] if was_ended or not _is_cut_short(line.rstrip("\n")) else []
                continue
            if (entry.before, entry.number) != (before, number + 1):
                found.append(place)
            before, number = entry.seal, entry.number
        return tuple(found)

    def _lines(self) -> list[str]:
        """Each line with its end. Only one sign ends it: a reason may hold others that Python would split at."""
        text = self._path.read_bytes().decode(errors="replace") if self._path.exists() else ""
        return findall(r"[^\n]*\n|[^\n]+", text)


def _is_cut_short(line: str) -> bool:
    """Whether it is the beginning of a line and no more."""
    try:
        JSONDecoder().raw_decode(line)
    except ValueError:
        return not line.endswith("}")
    return False


def _read(line: str) -> Entry | None:
    """The act of a line; nothing where it cannot be read, or is not as it was written."""
    try:
        kept = json.loads(line)
        seal = kept.pop("seal")
        entry = _entry({**kept, "seal": seal})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return entry if seal == _seal(kept) and line == _written({**kept, "seal": seal}) else None


def _written(kept: Mapping[str, Any]) -> str:
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _seal(kept: Mapping[str, Any]) -> str:
    return hashlib.sha256(_written(kept).encode()).hexdigest()


def _entry(kept: dict[str, Any]) -> Entry:
    return Entry(**{**kept, "act": Act(kept["act"]), "by": By(**kept["by"])})
