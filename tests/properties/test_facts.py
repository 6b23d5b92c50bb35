"""What must hold of facts whatever the records are."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lives import REGISTRY, Records, facts_of, records

from scorecard.calendar.periods import Period
from scorecard.definitions.indicator import ALL_CASES, CountEach, Kind, Statistic
from scorecard.sql.engines.duckdb import DuckDBEngine, open_duckdb

if TYPE_CHECKING:
    import random

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID_ENDINGS = ("_id", "_enquiry_id")
thorough = settings(
    max_examples=int(os.environ.get("SCORECARD_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    """One engine serves all examples: each replaces every table."""
    opened = open_duckdb(REGISTRY.rules)
    yield opened
    opened.close()


@thorough
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_fact(engine: DuckDBEngine, found: Records, chance: random.Random) -> None:
    shuffled = {table: chance.sample(rows, len(rows)) for table, rows in found.items()}
    assert facts_of(engine, shuffled) == facts_of(engine, found)


@thorough
@given(records())
def test_the_names_of_records_change_no_fact(engine: DuckDBEngine, found: Records) -> None:
    renamed = {
        table: [
            {name: f"renamed-{value}" if _is_id(name) and value is not None else value for name, value in row.items()}
            for row in rows
        ]
        for table, rows in found.items()
    }
    assert facts_of(engine, renamed) == facts_of(engine, found)


def _is_id(column: str) -> bool:
    return column.endswith(_ID_ENDINGS) and not column.endswith("team_id")


@thorough
@given(records())
def test_a_child_with_no_events_changes_no_fact(engine: DuckDBEngine, found: Records) -> None:
    more = {**found, "ssd_person": [*found["ssd_person"], {"pers_person_id": "elsewhere", "pers_sex": "F"}]}
    assert facts_of(engine, more) == facts_of(engine, found)


@thorough
@given(records())
def test_parts_add_up_to_the_whole_and_numerators_lie_within_denominators(engine: DuckDBEngine, found: Records) -> None:
    wholes: dict[tuple[str, ...], tuple[float, float | None]] = {}
    parts: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in facts_of(engine, found):
        name, period, window, dimension, _, _, top, bottom = row[:8]
        measure = REGISTRY.measures[name]
        if measure.of == ALL_CASES and measure.statistic is Statistic.RATIO:
            assert 0 <= top <= bottom, row
        if measure.count_each is CountEach.CHILD:
            continue
        if dimension == ALL_CASES:
            wholes[name, period, window] = (top, bottom)
        else:
            parts[name, period, window][dimension] += top
    for key, by_dimension in parts.items():
        for dimension, total in by_dimension.items():
            assert total == wholes[key][0], (key, dimension)


@thorough
@given(records())
def test_the_months_of_a_flow_add_up_to_its_year_to_date(engine: DuckDBEngine, found: Records) -> None:
    rows = facts_of(engine, found)
    value = {tuple(row[:5]): row[6] for row in rows}
    flows = {m.id for one in REGISTRY.indicators.values() if one.kind is Kind.FLOW for m in one.measures if _adds(m)}
    for name in flows:
        november, october = (value[name, f"2021-{month}", "year_to_date", "all", "all"] for month in ("11", "10"))
        assert november == october + value[name, str(Period(2021, 11)), "month", "all", "all"], name


def _adds(measure: Any) -> bool:
    return measure.count_each is CountEach.CASE and measure.statistic is Statistic.RATIO


@pytest.mark.parametrize("measure", REGISTRY.measures)
def test_every_figure_is_exercised_by_some_generated_records(measure: str, exercised: set[str]) -> None:
    assert measure in exercised


@pytest.fixture(scope="module")
def exercised(engine: DuckDBEngine) -> set[str]:
    """The figures that counted something in some of the generated records."""
    seen: set[str] = set()

    @settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(records(least=12, most=16))
    def look(found: Records) -> None:
        seen.update(row[0] for row in facts_of(engine, found) if row[6])

    look()
    return seen
