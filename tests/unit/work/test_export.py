"""A file of figures goes where it is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.work.export import write_parquet, write_workbook

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_of_facts_goes_into_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "for" / "the board" / "facts.parquet"
    assert write_parquet([], path) == path
    assert path.is_file()


def test_a_workbook_goes_into_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "for" / "the board" / "cases.xlsx"
    assert write_workbook(["case_id"], [["A1"]], path) == path
    assert path.is_file()
