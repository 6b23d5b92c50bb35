"""What is promised is found with its day, kept as a file, and followed by what the figure did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.errors import ScorecardError
from scorecard.pack.promise_files import load_promises, promises_as_text
from scorecard.pack.promises import Promise, promises_in

if TYPE_CHECKING:
    from pathlib import Path

ONE = Promise(
    "2021-11-a-1", "a", "cla_number", 'We will "act" \\ by May.', "Sam", Period(2021, 11), date(2022, 5, 31), "done"
)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("We will act by 14 January.", date(2022, 1, 14)),
        ("We’ll act by the 3rd of December 2022.", date(2022, 12, 3)),
        ("We will act by 2022-02-01.", date(2022, 2, 1)),
        ("We shall act by 01/02/2022.", date(2022, 2, 1)),
        ("We will act by the end of December.", date(2021, 12, 31)),
        ("We will act by the end of February 2024.", date(2024, 2, 29)),
        ("We will act by 31 June.", None),
        ("We will act soon.", None),
    ],
)
def test_the_day_of_a_promise_is_found_and_a_day_there_is_not_is_none(words: str, due: date | None) -> None:
    assert [one.due for one in promises_in(words, date(2021, 11, 30))] == [due]


def test_what_was_done_is_no_promise() -> None:
    assert not list(promises_in("Both posts were filled by 14 November.", date(2021, 11, 30)))


def test_promises_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "actions.toml"
    path.write_text(promises_as_text([ONE]), encoding="utf-8")
    assert load_promises(path, ["cla_number"]) == (ONE,)
    assert not ONE.is_open


def test_a_promise_on_a_figure_nobody_defines_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "actions.toml"
    path.write_text(promises_as_text([ONE]), encoding="utf-8")
    with pytest.raises(ScorecardError, match=r"actions\.toml:\d+: .*“cla_number”, which nobody defines"):
        load_promises(path, ["referrals"])
