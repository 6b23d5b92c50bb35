"""What a supplier gave is kept as it was given: revisions stand beside each other, and an altered one is refused."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.errors import StoreError
from scorecard.store.store import Store
from scorecard.store.supplied import HandOver, SuppliedFigure, Supplies

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER = Period(2021, 11)
GIVEN = HandOver(
    NOVEMBER,
    "fostering",
    "Fostering team",
    "Panel administrator",
    date(2021, 12, 3),
    (SuppliedFigure("things/2021-11/month", 12, None), SuppliedFigure("ok_pct/2021-11/month", 8, 9.5)),
)
WRITERS = 6


def _workbook(folder: Path, text: str = "as it was filled in") -> Path:
    path = folder / f"{text}.xlsx"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_given_is_read_back_as_it_was(tmp_path: Path) -> None:
    supplies = Supplies(tmp_path / "store")
    kept = supplies.keep(GIVEN, _workbook(tmp_path))
    assert supplies.get(NOVEMBER, "fostering") == kept
    assert (kept.given, kept.revision, kept.id) == (GIVEN, 1, "supplied/2021-11/fostering/1")
    assert kept.workbook.read_text(encoding="utf-8") == "as it was filled in"


def test_the_same_workbook_twice_is_kept_once_and_another_beside_it(tmp_path: Path) -> None:
    supplies = Supplies(tmp_path / "store")
    first = supplies.keep(GIVEN, _workbook(tmp_path))
    assert supplies.keep(GIVEN, _workbook(tmp_path)) == first
    second = supplies.keep(replace(GIVEN, given_on=date(2021, 12, 9)), _workbook(tmp_path, "mended"))
    assert second.revision == 2
    assert supplies.all() == (second,)
    assert first.workbook.read_text(encoding="utf-8") == "as it was filled in"


def test_an_earlier_workbook_handed_in_again_counts_again(tmp_path: Path) -> None:
    supplies = Supplies(tmp_path / "store")
    for text in ("as it was filled in", "mended", "as it was filled in"):
        kept = supplies.keep(GIVEN, _workbook(tmp_path, text))
    assert (kept.revision, supplies.get(NOVEMBER, "fostering")) == (3, kept)


def test_what_was_given_later_was_not_known_before(tmp_path: Path) -> None:
    supplies = Supplies(tmp_path / "store")
    first = supplies.keep(GIVEN, _workbook(tmp_path))
    supplies.keep(replace(GIVEN, given_on=date(2021, 12, 9)), _workbook(tmp_path, "mended"))
    assert supplies.all(date(2021, 12, 8)) == (first,)
    assert supplies.all(date(2021, 12, 2)) == ()


def test_a_figure_altered_in_the_store_is_refused(tmp_path: Path) -> None:
    supplies = Supplies(tmp_path / "store")
    record = supplies.keep(GIVEN, _workbook(tmp_path)).folder / "supplied.json"
    held = json.loads(record.read_text(encoding="utf-8"))
    held["figures"][0]["numerator"] = 13
    record.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(StoreError, match="altered since it was kept"):
        supplies.all()


def test_a_hand_over_that_fails_leaves_nothing(tmp_path: Path) -> None:
    supplies = Supplies(tmp_path / "store")
    with pytest.raises(FileNotFoundError):
        supplies.keep(GIVEN, tmp_path / "not there.xlsx")
    assert supplies.all() == ()
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_writers_at_once_each_get_a_revision(tmp_path: Path) -> None:
    supplies, begun = Supplies(tmp_path / "store"), Barrier(WRITERS)
    workbooks = [_workbook(tmp_path, str(number)) for number in range(WRITERS)]

    def keep(path: Path) -> int:
        begun.wait()
        with Store(tmp_path).writing():
            return supplies.keep(GIVEN, path).revision

    with ThreadPoolExecutor(WRITERS) as writers:
        assert sorted(writers.map(keep, workbooks)) == list(range(1, WRITERS + 1))
