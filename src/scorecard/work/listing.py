"""The registry in lists and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import run_example
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.engines.engine import EngineName
from scorecard.sql.render import preamble, render

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.definitions.registry import Registry

COLUMNS = ("id", "title", "unit", "better", "kind", "section", "definition")


def measures(registry: Registry) -> list[tuple[str, ...]]:
    """Every figure: what it is, which way is good, where it is defined."""
    return [
        (m.id, m.title, m.unit.value, m.better.value, one.kind.value, one.section, one.id)
        for one in registry.indicators.values()
        for m in one.measures
    ]


def indicator_named(registry: Registry, name: str) -> Indicator:
    """The indicator of that id, or the one that makes the measure of that id."""
    return registry.indicators.get(name) or registry.of_measure(name)


def definition(registry: Registry, name: str) -> str:
    """One definition as its file says it."""
    one = indicator_named(registry, name)
    made = [line for m in one.measures for line in _made(m)]
    return "\n".join(
        [
            f"{one.title} ({one.id})",
            f"Defined in {one.place.path}:{one.sql_line}",
            f"One case is: {one.one_case_is}",
            "Figures made of it:",
            *made,
            "",
            one.meaning,
            "",
            one.sql,
        ]
    )


def _made(measure: Measure) -> list[str]:
    """A figure in a line, and under it what it means where its own sentence says it."""
    line = f"  {measure.id}: {measure.title} ({measure.unit}; better: {measure.better})"
    return [line, *([f"    {measure.meaning}"] if measure.meaning else [])]


def examples_run(registry: Registry, name: str) -> str:
    """Whether a definition finds what its own examples expect, and if not, where."""
    one, engine = indicator_named(registry, name), open_duckdb(registry.rules)
    wrong = [found for example in one.examples for found in run_example(one, example, engine, load_contract())]
    engine.close()
    if wrong:
        return "\n".join(["Its examples do not hold:", *(f"  {each}" for each in wrong)])
    return f"Its {len(one.examples)} examples hold."


def sql_as_run(registry: Registry, name: str, engine: str, *, bare: bool) -> str:
    """An indicator's SQL for an engine, with the preamble that makes it paste unless it is asked for bare."""
    one, chosen = indicator_named(registry, name), EngineName(engine)
    text = render(one.sql, chosen, registry.rules)
    return text if bare else f"{preamble(chosen, registry.rules)}\n{text};\n"
