"""A stock is followed child by child, and a cohort used twice is one cohort."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scorecard.calendar.periods import Period
from scorecard.findings.ties import Cohort, Held, RollForward, SameCohort

NOVEMBER = Period(2021, 11)
held = st.lists(st.sampled_from("abcdef"), max_size=6).map(Counter)


def _rolled(
    opening: str, started: str | None, ended: str | None, closing: str, reported: str | None = None
) -> RollForward:
    counts = [None if text is None else Counter(text) for text in (reported, opening, started, ended, closing)]
    return RollForward("cla_open", NOVEMBER, *counts)  # type: ignore[arg-type] # opening and closing are given


def test_opening_and_starts_less_ends_make_the_close() -> None:
    rolled = _rolled("abc", "d", "a", "bcd")
    assert rolled.holds
    assert (rolled.came_unexplained, rolled.left_unexplained) == (Counter(), Counter())


def test_two_mistakes_that_cancel_out_are_two_findings() -> None:
    rolled = _rolled("abc", "", "", "abd")
    assert not rolled.holds
    assert (rolled.came_unexplained, rolled.left_unexplained) == (Counter("d"), Counter("c"))


def test_a_start_of_a_child_who_is_counted_already_does_not_tie() -> None:
    rolled = _rolled("ab", "a", "", "ab")
    assert rolled.left_unexplained == Counter("a")


def test_a_child_who_comes_and_goes_within_the_month_ties() -> None:
    assert _rolled("a", "b", "b", "a").holds
    assert _rolled("a", "a", "a", "a").holds


def test_a_record_closed_after_the_child_was_counted_no_longer_is_nobody_who_came() -> None:
    rolled = _rolled("ab", "", "c", "ab")
    assert rolled.holds
    assert (rolled.ended_before, rolled.came_unexplained) == (Counter("c"), Counter())


def test_without_starts_and_ends_nothing_is_tested() -> None:
    assert not _rolled("ab", None, None, "c").is_tested
    assert _rolled("ab", "", "", "ab").is_tested


def test_late_entries_and_removals_are_told_apart_from_starts_and_ends() -> None:
    rolled = _rolled("abc", "e", "", "abce", reported="bcd")
    assert (rolled.entered_late, rolled.removed) == (Counter("a"), Counter("d"))
    assert rolled.holds


def test_without_starts_and_ends_only_who_joined_and_left_is_told() -> None:
    rolled = _rolled("abc", None, None, "bcd")
    assert rolled.holds
    assert (rolled.joined, rolled.left) == (Counter("d"), Counter("a"))


@given(held, held, held, held, held)
def test_the_line_always_adds_up(reported: Held, opening: Held, started: Held, ended: Held, closing: Held) -> None:
    rolled = RollForward("cla_open", NOVEMBER, reported, opening, started, ended, closing)
    line = reported.total() + rolled.entered_late.total() - rolled.removed.total()
    assert line == opening.total()
    line += (
        started.total()
        - ended.total()
        + rolled.ended_before.total()
        + rolled.came_unexplained.total()
        - rolled.left_unexplained.total()
    )
    assert line == closing.total()


def test_one_cohort_on_one_day_is_the_same_children() -> None:
    first, second = date(2021, 11, 29), date(2021, 11, 30)
    for day, children in product((first, second), ("ab", "abc")):
        tie = SameCohort(Cohort("one", second, frozenset("ab")), Cohort("other", day, frozenset(children)))
        assert tie.holds == (day == first or children == "ab")
        assert tie.only_other == frozenset(children) - frozenset("ab")
