"""Two thousand mutated files of each format: every one is read, or refused with its code, its name and its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import duckdb
import pytest
from mutated_files import FORMATS, mutated

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.contract.sources.piece import Piece

pytestmark = pytest.mark.slow

FILES, SHARDS = 2_000, 8
WHOLE = 20
"""How many of a share are also checked to the end, which takes a hundred times as long as reading them."""
LONGEST = 5.0
"""Seconds of one processor."""


def _read(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[Piece], list[Finding]]:
    """The pieces of a source, each poured to its last column, and what is said of it."""
    pieces, findings = pieces_of(path, connection)
    for piece in pieces:
        columns = {f"column {place}": place for place in range(len(piece.head[0]) if piece.head else 0)}
        if columns:
            findings += piece.pour(connection, "poured", columns, 1)
            connection.execute("DROP TABLE poured")
    return pieces, findings


def _files(pieces: list[Piece], findings: list[Finding]) -> set[str]:
    """The files that something came of, or was said of."""
    labels = (*(piece.label for piece in pieces), *(finding.file for finding in findings))
    return {label.partition(",")[0] for label in labels}


@pytest.fixture(params=range(SHARDS), ids=lambda shard: f"shard {shard}")
def folder(request: pytest.FixtureRequest, tmp_path: Path, ending: str) -> Path:
    """A share of the files of one format."""
    for number, content in enumerate(mutated(ending, request.param, FILES // SHARDS)):
        (tmp_path / f"{number}{ending}").write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("ending", FORMATS)
def test_a_mutated_file_is_read_or_refused_with_its_place(folder: Path, ending: str) -> None:
    together = ending == ".xlsx"  # one process reads them all, and keeps its own time for each
    with duckdb.connect(":memory:") as connection:
        for path in [folder] if together else sorted(folder.iterdir()):
            began = sum(os.times()[:4])
            pieces, findings = _read(path, connection)
            assert together or sum(os.times()[:4]) - began < LONGEST, path.name
            assert _files(pieces, findings) == {each.name for each in (path.iterdir() if together else [path])}
            refused = [finding for finding in findings if finding.severity is Severity.BLOCK]
            assert all(finding.code and finding.problem and finding.remedy for finding in refused)
            assert all(together or finding.rows.first or finding.code == "empty_file" for finding in refused)


@pytest.mark.parametrize("ending", FORMATS)
def test_an_extract_of_mutated_files_is_checked_to_its_end(folder: Path, ending: str) -> None:
    for path in sorted(folder.iterdir())[WHOLE:]:
        path.unlink()
    with duckdb.connect(":memory:") as connection:
        report = read_extract(folder, load_contract(), connection=connection).report
    named = {finding.file.partition(",")[0] for finding in report.findings}
    taken = {file.partition(",")[0] for count in report.tables for file in count.files}
    assert {path.name for path in folder.iterdir()} <= named | taken, ending
