"""What must hold of facts whatever the records are."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lives import facts_of, records
from rows import CONTRACT, REGISTRY, Records, Row, columns_asked, columns_read, tables_read

from scorecard.calendar.periods import Period
from scorecard.contract.types import ColumnType
from scorecard.definitions.indicator import ALL_CASES, CountEach, Kind, Statistic
from scorecard.sql.engines.duckdb import DuckDBEngine, open_duckdb

if TYPE_CHECKING:
    import random

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@pytest.mark.slow
@thorough
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_fact(engine: DuckDBEngine, found: Records, chance: random.Random) -> None:
    shuffled = {table: chance.sample(rows, len(rows)) for table, rows in found.items()}
    assert facts_of(engine, shuffled) == facts_of(engine, found)


@pytest.mark.slow
@thorough
@given(records())
def test_the_names_of_records_change_no_fact(engine: DuckDBEngine, found: Records) -> None:
    renamed = {table: [_renamed(table, row) for row in rows] for table, rows in found.items()}
    assert facts_of(engine, renamed) == facts_of(engine, found)


def _renamed(table: str, row: Row) -> Row:
    """The row with other ids, but for those of teams, which are printed."""
    ids = {
        column.name
        for column in CONTRACT.tables[table].loaded
        if column.type is ColumnType.ID and not (column.references and column.references.table == "ssd_department")
    }
    return {name: f"renamed-{value}" if name in ids and value is not None else value for name, value in row.items()}


@pytest.mark.slow
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
            assert total == pytest.approx(wholes[key][0]), (key, dimension)


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
def test_every_figure_is_exercised_by_some_generated_records(measure: str, exercised: Exercised) -> None:
    assert measure in exercised.measures


@pytest.mark.parametrize("dimension", REGISTRY.dimensions)
def test_every_member_of_a_dimension_is_counted_in_some_generated_records(dimension: str, exercised: Exercised) -> None:
    assert set(REGISTRY.dimensions[dimension].members or ()) <= exercised.members[dimension]


def test_every_code_that_a_definition_could_meet_came_up_in_generated_records(exercised: Exercised) -> None:
    missing = {
        column.name: wanting
        for table in tables_read()
        for column in columns_read(table)
        if column.codes
        and (wanting := {code.code for code in CONTRACT.codes[column.codes]} - exercised.cells[column.name])
    }
    assert missing == {}


@pytest.mark.parametrize("name", REGISTRY.rules.code_lists)
def test_every_code_of_the_lists_that_definitions_look_up_came_up_in_generated_records(
    name: str, exercised: Exercised
) -> None:
    columns = columns_asked(name)
    assert columns
    came_up = set().union(*(exercised.cells[column] for column in columns))
    assert {code.code for code in REGISTRY.rules.code_lists[name].codes} <= came_up


@dataclass(frozen=True)
class Exercised:
    """What came up in some generated records: figures not nought, members counted, and the values of columns."""

    measures: set[str] = field(default_factory=set)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cells: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))


@pytest.fixture(scope="module")
def exercised(engine: DuckDBEngine) -> Exercised:
    """What a few large councils exercise."""
    seen = Exercised()

    @settings(max_examples=10, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(records(least=90, most=100))
    def look(found: Records) -> None:
        for row in chain.from_iterable(found.values()):
            for column, value in row.items():
                seen.cells[column].add(value)
        for name, _, _, dimension, member, _, top, *_ in facts_of(engine, found):
            if top:
                seen.measures.add(name)
                seen.members[dimension].add(member)

    look()
    return seen
