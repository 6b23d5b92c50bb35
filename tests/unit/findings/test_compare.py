"""Movement, judgement and position against target are three facts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.definitions.indicator import Better
from scorecard.findings.compare import Judgement, Movement, Position, Side, judgement, movement, position, side

UP, DOWN, SAME, NONE = Movement.UP, Movement.DOWN, Movement.SAME, Movement.NONE


@pytest.mark.parametrize(
    ("moved", "better", "meaning"),
    [
        (UP, Better.HIGHER, Judgement.BETTER),
        (DOWN, Better.HIGHER, Judgement.WORSE),
        (UP, Better.LOWER, Judgement.WORSE),
        (DOWN, Better.LOWER, Judgement.BETTER),
        (UP, Better.NEITHER, Judgement.NEUTRAL),
        (DOWN, Better.NEITHER, Judgement.NEUTRAL),
        (SAME, Better.HIGHER, Judgement.SAME),
        (SAME, Better.LOWER, Judgement.SAME),
        (SAME, Better.NEITHER, Judgement.NEUTRAL),
        (NONE, Better.HIGHER, Judgement.NONE),
        (NONE, Better.NEITHER, Judgement.NONE),
    ],
)
def test_what_a_movement_means_depends_on_which_way_is_good(
    moved: Movement, better: Better, meaning: Judgement
) -> None:
    assert judgement(moved, better) is meaning


@pytest.mark.parametrize(
    ("value", "target", "better", "tolerance", "stands"),
    [
        ("50", 95, Better.HIGHER, 0, Position.NOT_MET),
        ("95", 95, Better.HIGHER, 0, Position.MET),
        ("94.999", 95, Better.HIGHER, 0, Position.NOT_MET),
        ("94", 95, Better.HIGHER, 1, Position.WITHIN_TOLERANCE),
        ("93.999", 95, Better.HIGHER, 1, Position.NOT_MET),
        ("9", 10, Better.LOWER, 0, Position.MET),
        ("10", 10, Better.LOWER, 0, Position.MET),
        ("10.001", 10, Better.LOWER, 0, Position.NOT_MET),
        ("11", 10, Better.LOWER, 1, Position.WITHIN_TOLERANCE),
        ("2.5", 19, Better.LOWER, 0, Position.MET),
        ("50", 95, Better.NEITHER, 0, Position.NOT_JUDGED),
    ],
)
def test_where_a_figure_stands_depends_on_polarity_and_tolerance(
    value: str, target: int, better: Better, tolerance: int, stands: Position
) -> None:
    assert position(Fraction(value), Fraction(target), better, Fraction(tolerance)) is stands


def test_nine_under_a_target_of_ten_lies_below_and_is_met_where_low_is_good() -> None:
    value, target = Fraction(9), Fraction(10)
    assert side(value, target) is Side.BELOW
    assert position(value, target, Better.LOWER, Fraction(0)) is Position.MET


@given(now=st.fractions(), before=st.fractions())
def test_a_movement_turned_round_is_the_other_movement(now: Fraction, before: Fraction) -> None:
    other = {UP: DOWN, DOWN: UP, SAME: SAME}
    assert movement(before, now) is other[movement(now, before)]


def test_no_movement_without_two_values() -> None:
    assert movement(None, Fraction(1)) is NONE
    assert movement(Fraction(1), None) is NONE


@given(value=st.fractions(), target=st.fractions(), tolerance=st.fractions(min_value=0))
def test_a_wider_tolerance_never_makes_a_figure_worse(value: Fraction, target: Fraction, tolerance: Fraction) -> None:
    order = [Position.NOT_MET, Position.WITHIN_TOLERANCE, Position.MET]
    narrow = position(value, target, Better.HIGHER, tolerance)
    wide = position(value, target, Better.HIGHER, tolerance + 1)
    assert order.index(wide) >= order.index(narrow)
