"""Who did what to a store, and when: one line a step, added to and never altered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One thing done: what it was (a snapshot taken, a month frozen), to which, by whom and when."""

    done: str
    to: str
    by: str
    at: str


class Journal:
    """The steps of one store, in a file of lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, step: Step) -> None:
        """Write one step at the end."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(asdict(step), ensure_ascii=False) + "\n")

    def all(self) -> tuple[Step, ...]:
        """Every step in the order it was done; a line that a crash cut short is passed over."""
        if not self._path.exists():
            return ()
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return tuple(step for line in lines if (step := _read(line)))


def _read(line: str) -> Step | None:
    try:
        return Step(**json.loads(line))
    except (ValueError, TypeError):
        return None
