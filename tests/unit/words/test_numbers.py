"""Rounding happens once, half up, on exact values."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.words.numbers import NO_VALUE, counted, days, difference_worded, exact, percent, plain, rounded, worded

if TYPE_CHECKING:
    from decimal import Decimal

wholes = st.integers(min_value=0, max_value=10**7)
decimals = st.integers(min_value=0, max_value=3)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [(86.95, 1, "87.0"), (2.5, 0, "3"), (0.5, 0, "1"), (1.005, 2, "1.01"), (57.5, 0, "58"), (-2.5, 0, "-3")],
)
def test_a_half_goes_up_as_it_is_written_not_as_the_computer_stores_it(value: float, places: int, printed: str) -> None:
    assert str(rounded(value, places)) == printed


@given(top=wholes, bottom=st.integers(min_value=1, max_value=10**6), places=decimals)
def test_a_rounded_share_is_never_further_than_half_a_last_place_from_the_exact_one(
    top: int, bottom: int, places: int
) -> None:
    share = Fraction(top * 100, bottom)
    assert abs(Fraction(rounded(share, places)) - share) <= Fraction(1, 2 * 10**places)


@given(one=st.fractions(), other=st.fractions(), places=decimals)
def test_rounding_keeps_the_order_of_values(one: Fraction, other: Fraction, places: int) -> None:
    low, high = sorted((one, other))
    assert rounded(low, places) <= rounded(high, places)


@given(value=st.fractions(), places=decimals)
def test_rounding_what_is_rounded_changes_nothing(value: Fraction, places: int) -> None:
    once = rounded(value, places)
    assert rounded(once, places) == once


@given(value=st.fractions(min_value=0), places=decimals)
def test_a_loss_is_rounded_as_its_gain_is(value: Fraction, places: int) -> None:
    assert rounded(-value, places) == rounded(value, places).copy_negate()


@given(value=st.decimals(min_value=0, max_value=100, places=2))
def test_a_float_is_read_as_it_is_written(value: Decimal) -> None:
    assert exact(float(value)) == Fraction(value)


@given(value=wholes)
def test_thousands_are_parted_by_commas_and_the_number_is_kept(value: int) -> None:
    assert counted(value).replace(",", "") == str(value)


def test_no_value_is_a_dash_in_every_unit_and_never_a_nought() -> None:
    said = {worded(None, unit, 0) for unit in ("count", "percent", "rate_per_10000", "days")}
    assert said == {NO_VALUE}
    assert percent(0) == "0%"


def test_a_tiny_negative_that_rounds_to_nought_has_no_sign() -> None:
    assert plain(-0.01) == "0"


def test_one_day_and_one_point_are_singular() -> None:
    assert [days(1), days(2), difference_worded(1, "percent", 0), difference_worded(-2, "percent", 0)] == [
        "1 day",
        "2 days",
        "1 point",
        "2 points",
    ]
