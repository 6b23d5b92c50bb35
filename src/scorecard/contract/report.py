"""What was found when an extract was read: each finding with its place and its remedy, and never a record's value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from scorecard.contract.layouts.poured import Recognised

SHOWN_ROWS = 3
"""How many rows a finding names before it says how many more there are."""


class Severity(StrEnum):
    """How much a finding matters: it blocks the extract or its month, it may move a figure, or it is good to know."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True)
class Rows:
    """The rows a finding is about: the first few, and how many in all. The first row of a file is row 1.

    >>> str(Rows((3, 7), 14))
    'rows 3, 7 and 12 more'
    >>> str(Rows((2,), 1))
    'row 2'
    """

    first: tuple[int, ...] = ()
    count: int = 0

    def __str__(self) -> str:
        """In words, nothing where no rows are meant."""
        if not self.first:
            return ""
        numbers = [str(row) for row in self.first]
        more = self.count - len(numbers)
        if more > 0:
            return f"rows {', '.join(numbers)} and {more} more"
        if len(numbers) == 1:
            return f"row {numbers[0]}"
        return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"


@dataclass(frozen=True)
class Finding:
    """One thing found: what kind, how grave, where, what is wrong and what to do about it."""

    code: str
    severity: Severity
    problem: str
    remedy: str
    file: str = ""
    rows: Rows = Rows()
    column: str = ""
    table: str = ""
    rule: str = ""

    @property
    def place(self) -> str:
        """Where it was found, as far as it has a place.

        >>> Finding("bad_date", Severity.WARN, "", "", "a.csv", Rows((4,), 1), "cont_contact_date").place
        'a.csv, row 4, column cont_contact_date'
        """
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file or self.table, str(self.rows), column) if part)

    def __str__(self) -> str:
        """Place and problem on one line, the remedy on the next."""
        rule = f" ({self.rule})" if self.rule else ""
        return f"{self.place or 'the extract'}: {self.problem}{rule}\n  {self.remedy}"


@dataclass(frozen=True)
class TableCount:
    """What became of one table: the files it was read from, its rows, and what the files hold of it.

    Rows that cannot count lack their key, their child or the day they would be counted by; they are among those kept.
    `known_from` is the first day from which every such record is there, and `known_to` the last day they tell of, where
    the layout tells.
    """

    table: str
    files: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rows_that_cannot_count: int
    columns: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    known_from: date | None = None
    known_to: date | None = None


@dataclass(frozen=True)
class CheckReport:
    """All that was found in an extract, the rows of each table that was supplied, and what each file was taken for."""

    findings: tuple[Finding, ...]
    tables: tuple[TableCount, ...]
    recognised: tuple[Recognised, ...] = ()

    @property
    def rows(self) -> dict[str, int]:
        """The rows kept of each table that was supplied."""
        return {one.table: one.rows_kept for one in self.tables}

    @property
    def blocks(self) -> bool:
        """Whether anything found keeps the extract from being taken, or its month from being frozen."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity, in the order of files and rows."""
        return tuple(finding for finding in self.findings if finding.severity is severity)
