"""A piece of an extract: one file or one sheet, seen as rows of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from scorecard.contract.report import Finding

HEAD_ROWS = 20
"""How many rows are looked at to find the header."""

MOST_COLUMNS = 2_000
"""How many columns a file or sheet may have; no table of records has as many."""

ROW = "_row"
"""The column that keeps a record's row in its file, counted from 1 with the header."""

Cells = tuple[str, ...]


class UnreadableError(Exception):
    """A file that cannot be read at all; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.problem)
        self.finding = finding


class Piece(Protocol):
    """One file or sheet. `label` is what a message calls it, `name` what the table may be recognised by."""

    @property
    def label(self) -> str:
        """The file, and the sheet if there are several."""

    @property
    def name(self) -> str:
        """The file's or the sheet's own name, without ending."""

    @property
    def head(self) -> tuple[Cells, ...]:
        """The first rows as text, blank cells as empty text; none if there is nothing in it."""

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """Make a temporary table of text from the wanted columns (name: place in the file) below the header row.

        Only these columns are kept. Rows that cannot be taken apart are not in the table but among the findings.
        """


def sql_name(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def sql_text(text: str) -> str:
    """A text of ours (a path, a code) as SQL writes it; never used for a record's value."""
    return "'" + text.replace("'", "''") + "'"
