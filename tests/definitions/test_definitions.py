"""Every definition does what its page says, on every engine that is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.definitions.allowed import offences
from scorecard.definitions.examples import run_example
from scorecard.definitions.registry import load_registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.definitions.indicator import Dimension, Indicator
    from scorecard.sql.engines.engine import Engine
    from scorecard.sql.rules import DatedRules

REGISTRY = load_registry()
FEWEST_EXAMPLES = 2


@pytest.mark.parametrize("indicator", REGISTRY.indicators.values(), ids=lambda one: one.id)
def test_a_definition_does_what_its_page_says(
    indicator: Indicator, open_engine: Callable[[DatedRules], Engine]
) -> None:
    engine = open_engine(REGISTRY.rules)
    problems = [
        str(difference)
        for example in indicator.examples
        for difference in run_example(indicator, example, engine, load_contract())
    ]
    assert problems == []


@pytest.mark.parametrize("indicator", REGISTRY.indicators.values(), ids=lambda one: one.id)
def test_a_definition_is_written_in_the_words_and_the_subset(indicator: Indicator) -> None:
    assert offences(indicator, REGISTRY.rules) == []


@pytest.mark.parametrize("dimension", REGISTRY.dimensions.values(), ids=lambda one: one.id)
def test_a_dimension_is_written_in_the_words_and_the_subset(dimension: Dimension) -> None:
    assert offences(dimension, REGISTRY.rules) == []


@pytest.mark.parametrize("indicator", REGISTRY.indicators.values(), ids=lambda one: one.id)
def test_a_definition_has_two_examples_and_a_case_that_must_not_count(indicator: Indicator) -> None:
    assert len(indicator.examples) >= FEWEST_EXAMPLES
    rows = sum(len(table.rows) for example in indicator.examples for table in example.given)
    assert sum(len(example.expected) for example in indicator.examples) < rows


def test_every_measure_has_a_title_that_no_other_has() -> None:
    titles = [measure.title for measure in REGISTRY.measures.values()]
    assert len(titles) == len(set(titles))


def test_the_registry_holds_the_summary_table_of_the_pack() -> None:
    assert {
        "eh_hub_72h_pct",
        "mash_24h_pct",
        "da_hub_48h_pct",
        "rereferrals_12m_pct",
        "assessments_45wd_pct",
        "icpc_15wd_pct",
        "cpp_rate",
        "cla_rate",
        "cla_3plus_placements_pct",
        "cla_long_term_stability_pct",
        "cl_in_touch_pct",
        "cl_suitable_pct",
        "cl_eet_pct",
    } <= set(REGISTRY.measures)
