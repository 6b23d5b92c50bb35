"""A hostile file is read, or refused with its code, its name and its place; in five seconds, and nothing is left."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from hostile_files import HOSTILE, NAMES, ROWS, good_ods, good_xls, two_gigabytes_in_a_line, workbook

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources import text_look
from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 5.0
"""Seconds of one processor, those of the process that reads workbooks among them where the system tells."""
MOST = 250
"""Megabytes that the program itself may take while it reads one of them."""

READ = {
    *("a cell of a megabyte.csv", "ninety thousand columns.csv", "only commas.csv", "only line ends.csv"),
    *("only carriage returns.csv", "half a letter at the end.csv", "only a mark.csv", "formulas of a spreadsheet.csv"),
    *("a page of the web.csv", "it's [1] a 'name'; DROP TABLE.csv", "an inclusion.xml", "a style sheet of the web.xml"),
    *("names that lead outside.xlsx", "a dimension that lies.xlsx", "a document type in a sheet.xlsx"),
    *("a name of evil.xlsx", "macros beside it.xlsm", "a formula that calls a program.xlsx", "a chain without end.xls"),
}
"""Files whose rows can be told apart, or that hold no table; what they say is for the contract to judge."""


@pytest.fixture(autouse=True)
def _own_place_for_what_is_passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))


def _blocks(path: Path) -> list[Finding]:
    """What keeps a file from being taken, but that it holds no children."""
    with duckdb.connect(":memory:") as connection:
        report = read_extract(path, load_contract(), connection=connection).report
    return [finding for finding in report.of(Severity.BLOCK) if finding.code != "missing_table"]


def _processor() -> float:
    """The time taken so far; the clock on the wall would tell of other programs too."""
    return sum(os.times()[:4])


def _peak() -> int:
    """The most memory taken since it was last asked, in megabytes; nothing where the system does not tell."""
    try:
        told = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return 0
    return int(told[1]) // 1024 if told else 0


def test_the_corpus_is_as_large_as_was_promised() -> None:
    assert len(HOSTILE) >= 100
    assert set(HOSTILE) >= READ


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_time_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "extract" / name
    path.parent.mkdir()
    path.write_bytes(HOSTILE[name]())
    _peak()
    before, began = _peak(), _processor()
    found = _blocks(path)
    assert _processor() - began < LONGEST
    assert _peak() - before < MOST
    assert bool(found) is (name not in READ)
    assert all(finding.code and finding.file.startswith(name) and finding.remedy for finding in found)
    assert all(finding.rows.first for finding in found if path.suffix in {".csv", ".xml"})
    assert [each.name for each in tmp_path.rglob("*")] == ["passing", "extract", name]


def test_a_line_of_two_gigabytes_is_refused_by_its_size_and_otherwise_by_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "line.csv"
    two_gigabytes_in_a_line(path)
    for most, rows in ((text_look.MOST_BYTES, ()), (4_000_000_000, (1,))):
        monkeypatch.setattr(text_look, "MOST_BYTES", most)
        began = _processor()
        assert [(one.code, one.rows.first) for one in _blocks(path)] == [("too_large", rows)]
        assert _processor() - began < LONGEST


@pytest.mark.parametrize(
    ("name", "whole"), [("sheet.xlsx", workbook), ("sheet.ods", good_ods), ("sheet.xls", good_xls)]
)
def test_what_the_corpus_is_made_from_is_read(tmp_path: Path, name: str, whole: Callable[[], bytes]) -> None:
    (tmp_path / name).write_bytes(whole())
    with duckdb.connect(":memory:") as connection:
        (piece,), findings = pieces_of(tmp_path / name, connection)
        assert (piece.head, findings) == ((NAMES, ROWS), [])


def test_one_workbook_that_is_stopped_takes_no_other_with_it(tmp_path: Path) -> None:
    for name in ("a.xlsx", "c.xlsx"):
        (tmp_path / name).write_bytes(workbook())
    (tmp_path / "b.xls").write_bytes(HOSTILE["a circle of sectors.xls"]())
    with duckdb.connect(":memory:") as connection:
        pieces, findings = pieces_of(tmp_path, connection)
    assert [piece.label for piece in pieces] == ["a.xlsx, sheet ssd_contacts", "c.xlsx, sheet ssd_contacts"]
    assert [(one.code, one.file) for one in findings] == [("too_large", "b.xls")]


def test_a_workbook_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scorecard.contract.sources.workbook._SECONDS", 0.0)
    (tmp_path / "slow.xlsx").write_bytes(workbook())
    with duckdb.connect(":memory:") as connection:
        pieces, (finding,) = pieces_of(tmp_path, connection)
    assert (pieces, finding.code, "time" in finding.problem) == ([], "too_large", True)


def test_a_small_file_of_very_many_rows_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "many.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY (SELECT true AS pers_sex FROM range(20_000_001)) TO '{path.as_posix()}'")
    assert path.stat().st_size < 10_000_000
    assert [finding.code for finding in _blocks(path)] == ["too_large"]


def test_a_packed_folder_is_to_be_unpacked_first(tmp_path: Path) -> None:
    (tmp_path / "extract.zip").write_bytes(HOSTILE["a folder packed.zip"]())
    assert [finding.remedy for finding in _blocks(tmp_path / "extract.zip")] == ["Unpack it, and give the folder."]
