"""Nothing of a child is left once the records are purged or the child is erased, in any byte that was written."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
from canaries import found_in, nobodys, write_extract
from command_line import ask, say

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER, NOVEMBER = date(2021, 10, 31), date(2021, 11, 30)
KEY = "assessments_45wd_pct/2021-10/month"
OF_NOBODY = ("/ssd_professionals.parquet", "/ssdx_foster_carers.parquet", "/worker_supervision_pct.parquet")
DEEP = 20 if os.environ.get("SCORECARD_DEEP") else 1


@pytest.fixture(params=range(DEEP))
def council(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, tuple[str, str, str]]:
    """A council through two months: of October two children, of November another; each has a word of its own."""
    words = tuple(f"{bird}{request.param}" for bird in ("wagtail", "goldcrest", "siskin"))
    folder = tmp_path / "council"
    ask("new", folder)
    for day, children in ((OCTOBER, words[:2]), (NOVEMBER, words[2:])):
        extract = write_extract(tmp_path / day.isoformat(), children, day)
        ask("take", extract, "--as-at", day, workspace=folder)
        ask("freeze", f"{day:%Y-%m}", workspace=folder)
        ask("pack", f"{day:%Y-%m}", workspace=folder)
    return folder, (words[0], words[1], words[2])


@pytest.mark.slow
def test_after_a_purge_no_child_is_left_in_any_byte_and_figures_stay(
    council: tuple[Path, tuple[str, str, str]], tmp_path: Path
) -> None:
    folder, (one, other, newest) = council
    facts = ask("facts", "2021-10", "--view", "first", "--format", "csv", workspace=folder).out
    held = found_in(folder, one)
    assert {name.split("/")[1] for name in held} == {"snapshots", "months"}
    said = ask("purge", "--before", "2021-11", workspace=folder)
    assert "Nothing was changed" in said.out
    assert found_in(folder, one) == held

    ask("purge", "--before", "2021-11", "--yes", workspace=folder)

    assert [found_in(folder, word) for word in (one, other, nobodys(one), nobodys(other))] == [{}] * 4
    assert {name.split("/")[1] for name in found_in(folder, newest)} == {"snapshots", "months"}
    assert ask("facts", "2021-10", "--view", "first", "--format", "csv", workspace=folder).out == facts
    said = ask("explain", KEY, workspace=folder)
    assert "The records of October 2021 were purged on" in said.out
    assert one not in said.out
    assert "were purged on" in ask("cases", KEY, workspace=folder).err
    assert ask("pack", "2021-10", "--out", tmp_path / "again", workspace=folder).code == 0
    assert "records purged" in ask("verify", workspace=folder).out
    refused = say("facts", "2021-10", "--known", "2021-11-01", workspace=folder)
    assert (refused.code, "were purged on" in refused.err) == (12, True)


@pytest.mark.slow
def test_an_erased_child_is_in_no_byte_and_every_other_child_is_as_before(
    council: tuple[Path, tuple[str, str, str]], tmp_path: Path
) -> None:
    folder, (one, other, _) = council
    before, workers = _rows(folder, other), found_in(folder, nobodys(one))
    facts = ask("facts", "2021-10", "--view", "first", "--format", "csv", workspace=folder)
    (tmp_path / "id.txt").write_text(f"{one}\n", encoding="utf-8")

    said = ask("erase", "--from", tmp_path / "id.txt", "--why", "request 17", workspace=folder)
    assert "would be erased" in said.out
    assert found_in(folder, one)
    said = ask("erase", "--from", tmp_path / "id.txt", "--why", "request 17", "--yes", workspace=folder)

    assert one not in said.out + said.err
    assert found_in(folder, one) == {}
    assert {name: times for name, times in workers.items() if name.endswith(OF_NOBODY)}.items() <= found_in(
        folder, nobodys(one)
    ).items()
    assert _rows(folder, other) == before
    assert ask("facts", "2021-10", "--view", "first", "--format", "csv", workspace=folder).out == facts.out
    told = json.loads((folder / "store" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (told["act"], told["why"]) == ("a child's records erased", "request 17")
    assert "erased on" in ask("explain", KEY, workspace=folder).out
    assert "erased" in ask("verify", workspace=folder).out


@pytest.mark.slow
def test_a_merged_child_has_one_id_and_no_row_of_another_child_moves(
    council: tuple[Path, tuple[str, str, str]], tmp_path: Path
) -> None:
    folder, (gone, kept, newest) = council
    before = _rows(folder, newest)
    (tmp_path / "ids.txt").write_text(f"{gone}\n{kept}\n", encoding="utf-8")
    ask("merge", "--from", tmp_path / "ids.txt", "--yes", workspace=folder)
    assert gone not in {cell for row in _cells(folder, "snapshots/*/*.parquet", "person_id") for cell in row}
    assert gone not in {cell for row in _cells(folder, "months/*/*/cases/*.parquet", "child_id") for cell in row}
    persons = _cells(folder, "snapshots/2021-10-31*/ssd_person.parquet", "pers_person_id")
    assert persons == [(kept,)]
    assert _rows(folder, newest) == before


def _rows(folder: Path, word: str) -> dict[str, list[str]]:
    """Every row of every file of the store that holds a word."""
    found = dict[str, list[str]]()
    with duckdb.connect(":memory:") as connection:
        for path in sorted((folder / "store").rglob("*.parquet")):
            rows = [repr(row) for row in connection.read_parquet(str(path)).fetchall()]
            found[path.relative_to(folder).as_posix()] = [row for row in rows if word in row]
    return found


def _cells(folder: Path, files: str, column: str) -> list[tuple[str, ...]]:
    """The cells of the columns whose name ends so."""
    found = list[tuple[str, ...]]()
    with duckdb.connect(":memory:") as connection:
        for path in sorted((folder / "store").glob(files)):
            named = [name for name in connection.read_parquet(str(path)).columns if name.endswith(column)]
            if named:
                found += connection.read_parquet(str(path)).select(*named).fetchall()
    return found
