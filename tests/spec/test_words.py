"""Every word means on every engine what its table of examples says."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.types import ColumnType
from scorecard.sql.examples import EXAMPLE_RULES, WordExample, examples_of
from scorecard.sql.vocabulary import WORDS
from scorecard.sql.word import Kind, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.sql.engines.engine import Engine
    from scorecard.sql.rules import DatedRules

_TYPES = {Kind.DAY: ColumnType.DATE, Kind.MOMENT: ColumnType.MOMENT, Kind.NUMBER: ColumnType.INTEGER}
_READ: dict[ColumnType, Callable[[str], object]] = {
    ColumnType.DATE: date.fromisoformat,
    ColumnType.MOMENT: datetime.fromisoformat,
    ColumnType.INTEGER: int,
    ColumnType.TEXT: lambda text: text.strip("'"),
}


@pytest.mark.parametrize("word", WORDS.values(), ids=str)
def test_a_word_means_the_same_on_every_engine(word: Word, open_engine: Callable[[DatedRules], Engine]) -> None:
    engine = open_engine(EXAMPLE_RULES)
    examples = examples_of(word)
    found = [_answer(engine, word, example, f"t{number}") for number, example in enumerate(examples)]
    assert found == [example.gives for example in examples]


def _answer(engine: Engine, word: Word, example: WordExample, table: str) -> str:
    """The word asked about columns of a table, as definitions ask it; conditions and names stand in the SQL itself."""
    columns = {name: _type(word, kind) for name, kind in zip(word.arguments, word.takes, strict=True)}
    row = [_value(given, columns[name]) for name, given in zip(word.arguments, example.given, strict=True)]
    engine.put(table, {f"{name}_": type_ for name, type_ in columns.items()}, [row])
    asked = ", ".join(
        given or "NULL" if kind in (Kind.CONDITION, Kind.NAME) else f"t.{name}_"
        for name, kind, given in zip(word.arguments, word.takes, example.given, strict=True)
    )
    call = f"{word.name}({asked})"
    wrapped = f"flag({call})" if word.gives is Kind.CONDITION else call
    (answer,) = engine.query(f"SELECT {wrapped} AS answer FROM {table} AS t").rows[0]
    return "" if answer is None else str(answer)


def _type(word: Word, kind: Kind) -> ColumnType:
    if kind is Kind.ANY and word.gives is Kind.ANY:
        return ColumnType.DATE
    return _TYPES.get(kind, ColumnType.TEXT)


def _value(given: str, type_: ColumnType) -> object:
    return _READ[type_](given) if given else None
