"""Phrases keep each number's key, and sentences join as people write them."""

from __future__ import annotations

import pytest

from scorecard.words.grammar import capital, joined_phrases
from scorecard.words.phrase import Label, Number, fill, text_of


def test_a_filled_template_keeps_the_key_of_every_number() -> None:
    said = fill("{n} of {d} in time", {"n": Number("24", "k"), "d": Number("60", "k")})
    assert text_of(said) == "24 of 60 in time"
    assert [piece.key for piece in said if isinstance(piece, Number)] == ["k", "k"]


def test_a_slot_nobody_fills_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        fill("{n} of {d}", {"n": "24"})


def test_three_phrases_are_joined_with_a_comma_and_an_and() -> None:
    assert text_of(joined_phrases([("a",), ("b",), ("c",)])) == "a, b and c"


def test_a_sentence_begins_with_a_capital_even_where_it_begins_with_a_name() -> None:
    assert text_of(capital((Label("plans started"), ": 3"))) == "Plans started: 3"
