"""Parquet files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW, Cells, UnreadableError, sql_name, sql_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb


MOST_ROWS = 20_000_000
"""How many rows a file may have."""


@dataclass(frozen=True)
class ParquetPiece:
    """One Parquet file: its columns have names and types, so there is no header row; the first record is row 1."""

    path: Path
    columns: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def head(self) -> tuple[Cells, ...]:
        """The names of the columns."""
        return (tuple(name for name, _ in self.columns),)

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """Every value as the text of what it is."""
        del header_row
        wanted = ", ".join(f"{self._as_text(place)} AS {sql_name(name)}" for name, place in columns.items())
        file = sql_text(_no_pattern(self.path))
        # Names of the file's own columns and its path; records are read by the engine itself.
        connection.execute(
            f"CREATE TEMP TABLE {into} AS SELECT row_number() OVER () AS {ROW}, {wanted} FROM read_parquet({file})",
        )
        return []

    def _as_text(self, place: int) -> str:
        name, kind = self.columns[place]
        value = sql_name(name)
        if kind == "TIMESTAMP WITH TIME ZONE":
            value = f"timezone('Europe/London', {value})"
        return f"CAST({value} AS VARCHAR)"


def open_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> ParquetPiece:
    """A Parquet file with the names and types of its columns; a small one can hold more rows than there is memory."""
    rows = connection.execute(
        f"SELECT num_rows FROM parquet_file_metadata({sql_text(_no_pattern(path))})",
    ).fetchall()
    if sum(count for (count,) in rows) > MOST_ROWS:
        raise UnreadableError(_too_large(path.name))
    described = connection.execute(
        f"DESCRIBE SELECT * FROM read_parquet({sql_text(_no_pattern(path))})",
    ).fetchall()
    return ParquetPiece(path, tuple((str(row[0]), str(row[1])) for row in described))


def _too_large(file: str) -> Finding:
    return Finding(
        "too_large",
        Severity.BLOCK,
        f"The file has more than {MOST_ROWS:,} rows, and was not read.",
        "See whether it is one table of one council's records.",
        file,
    )


def _no_pattern(path: Path) -> str:
    """The path with its marks of a pattern made to stand for themselves."""
    return "".join(f"[{mark}]" if mark in "*?[" else mark for mark in str(path))
