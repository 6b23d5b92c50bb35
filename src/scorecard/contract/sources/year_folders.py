"""A folder whose sub-folders are years: every year's set of files is read with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.contract.sources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from scorecard.contract.report import Finding
    from scorecard.contract.sources.piece import Cells, Piece

_YEAR = re.compile(r"(?<!\d)20\d\d([-_ ]?(20)?\d\d)?(?!\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def pieces_of(source: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[Piece], list[Finding]]:
    """Every file and sheet of a source, and of its sub-folders that are named after a year, called by their folder."""
    years = year_folders(source)
    if not years:
        return folder.pieces_of(source, connection)
    pieces, findings = folder.pieces_of(source, connection) if folder.files_read(source) else ([], [])
    for year in years:
        inside, said = folder.pieces_of(year, connection)
        pieces += [InFolder(year.name, piece) for piece in inside]
        findings += [_called(year.name, finding) for finding in said]
    return pieces, findings


def files_read(source: Path) -> list[Path]:
    """The files that tables are read from, those of the years' folders among them."""
    return [file for one in (source, *year_folders(source)) for file in folder.files_read(one)]


def year_folders(source: Path) -> list[Path]:
    """The sub-folders named after a year, such as 2020-21 or “903 2021”; one named after a day is an extract's own."""
    if not source.is_dir():
        return []
    inside = (path for path in source.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(path for path in inside if _YEAR.search(path.name) and not _DAY.search(path.name))


@dataclass(frozen=True)
class InFolder:
    """A piece that is called by its folder as well."""

    folder: str
    piece: Piece

    @property
    def label(self) -> str:
        """The folder, and what the piece is called."""
        return f"{self.folder}/{self.piece.label}"

    @property
    def name(self) -> str:
        """Its own name."""
        return self.piece.name

    @property
    def head(self) -> tuple[Cells, ...]:
        """Its first rows."""
        return self.piece.head

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """As the piece does, findings called by the folder too."""
        found = self.piece.pour(connection, into, columns, header_row)
        return [_called(self.folder, finding) for finding in found]


def _called(name: str, finding: Finding) -> Finding:
    return replace(finding, file=f"{name}/{finding.file}")
