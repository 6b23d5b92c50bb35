"""What Python says of a text and what SQL says of it are the same: a total is a total wherever it is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.contract.mapping.mapping import Condition
from scorecard.contract.mapping.plain import plain, plain_sql
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    import duckdb

LETTERS = [letter for letter in map(chr, range(32, 0x3000)) if letter.isprintable()]
TEXTS = ["Total", "TOTAL: 12", " grand-total", "Tötal", "Route", "DA hub", "da_hub", "12", "", "£", "Totally"]


def test_every_letter_is_compared_alike(connection: duckdb.DuckDBPyConnection) -> None:
    told = connection.execute(f"SELECT t, {plain_sql('t')} FROM (SELECT unnest(?) AS t)", [LETTERS]).fetchall()
    assert [letter for letter, said in told if plain(letter) != said] == []
    assert len({said for _, said in told}) > 36


@pytest.mark.parametrize(
    "condition",
    [
        Condition("t", "is", ("total", "DA hub")),
        Condition("t", "is_not", ("total", "DA hub")),
        Condition("t", "starts_with", ("Total", "Grand total")),
        Condition("t", "filled", filled=True),
        Condition("t", "filled", filled=False),
    ],
    ids=lambda condition: f"{condition.sort} {condition.filled}",
)
def test_a_condition_holds_of_the_same_texts(condition: Condition, connection: duckdb.DuckDBPyConnection) -> None:
    sql = f"SELECT coalesce(t, ''), {condition.sql(sql_name)} FROM (SELECT nullif(unnest(?), '') AS t)"
    told = dict(connection.execute(sql, [TEXTS]).fetchall())
    assert told == {text: condition.holds(text) for text in TEXTS}
    assert set(told.values()) == {True, False}
