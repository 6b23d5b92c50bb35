"""What was done to a store is written once, sealed line by line, and any change of it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.store.by import By
from scorecard.store.ledger import Act, Ledger

if TYPE_CHECKING:
    from pathlib import Path

WHO = By("päivi", "LAPTOP-7", "2021-12-03T09:00:00+00:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of three acts."""
    file = tmp_path / "store" / "ledger.jsonl"
    ledger = Ledger(file, WHO)
    ledger.add(Act.TAKEN, "2021-11-30-aaaaaaaa", told={"rows": 7})
    ledger.add(Act.FROZEN, "2021-11/1")
    ledger.add(Act.REVISION_OPENED, "2021-11/2", why="One was missing")
    return file


def test_acts_are_read_back_in_the_order_they_were_done(path: Path) -> None:
    found = Ledger(path).all()
    assert [(one.number, one.act, one.to, one.why, one.by) for one in found] == [
        (1, Act.TAKEN, "2021-11-30-aaaaaaaa", "", WHO),
        (2, Act.FROZEN, "2021-11/1", "", WHO),
        (3, Act.REVISION_OPENED, "2021-11/2", "One was missing", WHO),
    ]
    assert found[0].told == {"rows": 7}
    assert Ledger(path).broken() == ()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_act_that_was_altered_is_named_by_its_line(path: Path, place: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[place] = lines[place].replace("päivi", "paavo")
    lines.append(lines[-1])  # so that the altered one is never the last, which a crash may have cut short
    path.write_text("".join(lines), encoding="utf-8")
    assert place + 1 in Ledger(path).broken()


@pytest.mark.parametrize("place", [0, 1])
def test_an_act_that_was_taken_out_is_missed(path: Path, place: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del lines[place]
    path.write_text("".join(lines), encoding="utf-8")
    assert Ledger(path).broken() == (place + 1,)


def test_a_line_that_a_crash_cut_short_is_passed_over_and_the_next_follows(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write('{"act": "month fro')
    assert len(Ledger(path).all()) == 3
    assert Ledger(path).broken() == ()
    assert Ledger(path, WHO).add(Act.ISSUED, "2021-11/1").number == 4
    assert [one.number for one in Ledger(path).all()] == [1, 2, 3, 4]


def test_any_flipped_bit_of_the_last_line_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(whole.rindex(b"\n", 0, -1) + 1, len(whole)):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            assert Ledger(path).broken() != (), (place, bit)


def test_a_last_line_whose_end_was_lost_is_not_taken_for_one_cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2] + b"x\n")
    assert Ledger(path).broken() == (3,)


def test_lines_cut_short_one_after_the_other_are_passed_over(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write('{"act": "month fro\n{"act": "mon')
    assert Ledger(path).broken() == ()


def test_a_reason_may_hold_what_ends_lines_elsewhere(path: Path) -> None:
    Ledger(path, WHO).add(Act.ISSUED, "2021-11/1", why="one\u2028two\x85three\nfour")
    assert Ledger(path).broken() == ()
    assert Ledger(path).all()[-1].why == "one\u2028two\x85three\nfour"
