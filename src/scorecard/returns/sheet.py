"""One list of a return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARK = "For reconciliation, not submission"
"""What every file and sheet we write in a return's layout says of itself."""


@dataclass(frozen=True)
class Sheet:
    """One list of a return: its name, its headers as the return spells them, its rows, and whose they are.

    `child` is the header under which the council's own number of the child stands; a list of adults has none. `title`
    is what the return calls the list, where that is more than its name. `key` are the headers that tell two rows of
    one child apart; none where a child has one row. `query` is the file of SQL that makes it, if one does.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    child: str = ""
    title: str = ""
    key: tuple[str, ...] = ()
    query: Path | None = None

    def column(self, header: str) -> tuple[object, ...]:
        """The values under one header."""
        place = self.headers.index(header)
        return tuple(row[place] for row in self.rows)

    @property
    def days(self) -> tuple[str, ...]:
        """The headers under which days stand."""
        return tuple(name for name in self.headers if any(isinstance(value, date) for value in self.column(name)))
