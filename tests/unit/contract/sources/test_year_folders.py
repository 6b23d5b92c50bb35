"""A folder of years is read with its years; a folder of extracts is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.contract.sources.year_folders import files_read, pieces_of

if TYPE_CHECKING:
    from pathlib import Path


def _labels(source: Path) -> list[str]:
    with duckdb.connect(":memory:") as connection:
        pieces, _ = pieces_of(source, connection)
        return [piece.label for piece in pieces]


@pytest.mark.parametrize("name", ["2020-21", "2020_21", "202021", "903 2021", "SSDA903 2020-2021"])
def test_a_folder_named_after_a_year_is_read_with_the_one_it_stands_in(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    assert _labels(tmp_path) == ["b.csv", f"{name}/a.csv"]
    assert [path.name for path in files_read(tmp_path)] == ["b.csv", "a.csv"]


@pytest.mark.parametrize("name", ["2021-11-30", "903 to 2021-11-30", "older", ".2021", "r120210"])
def test_any_other_folder_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    assert _labels(tmp_path) == ["b.csv"]
    assert [path.name for path in files_read(tmp_path)] == ["b.csv"]


def test_what_is_found_in_a_years_folder_is_told_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "2020-21").mkdir()
    (tmp_path / "2020-21" / "empty.csv").write_bytes(b"")
    with duckdb.connect(":memory:") as connection:
        _, findings = pieces_of(tmp_path, connection)
    assert [(one.code, one.file) for one in findings] == [("empty_file", "2020-21/empty.csv")]
