"""The examples give identical rows on every engine, in every column, not only in those the examples name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import found_by_example
from scorecard.definitions.registry import load_registry
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.engines.postgres import open_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.definitions.indicator import Indicator
    from scorecard.sql.engines.engine import Engine

REGISTRY = load_registry()
pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def both(postgres_server: str) -> Iterator[tuple[Engine, Engine]]:
    """One engine of each kind."""
    engines = (open_duckdb(REGISTRY.rules), open_postgres(REGISTRY.rules, postgres_server))
    yield engines
    for engine in engines:
        engine.close()


@pytest.mark.parametrize("indicator", REGISTRY.indicators.values(), ids=lambda one: one.id)
def test_an_example_gives_the_same_rows_on_both_engines(indicator: Indicator, both: tuple[Engine, Engine]) -> None:
    for example in indicator.examples:
        ours, theirs = (found_by_example(indicator, example, engine, load_contract()) for engine in both)
        assert sorted(ours, key=str) == sorted(theirs, key=str), example.title
