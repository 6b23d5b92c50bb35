"""Who did what to a store is written once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.store.journal import Journal, Step

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Step("extract taken", "2021-11-30-aaaaaaaa", "päivi", "2021-12-01T09:00+00:00")
SECOND = Step("month frozen", "2021-11, revision 1", "", "2021-12-03T09:00+00:00")


def test_steps_are_read_back_in_the_order_they_were_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "store" / "journal.jsonl")
    assert journal.all() == ()
    journal.add(FIRST)
    journal.add(SECOND)
    assert Journal(tmp_path / "store" / "journal.jsonl").all() == (FIRST, SECOND)


def test_a_line_that_was_cut_short_or_is_of_another_kind_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.add(FIRST)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"done": "month fro\n["a list"]\n{"else": 1}\n')
    journal.add(SECOND)
    assert journal.all() == (FIRST, SECOND)
