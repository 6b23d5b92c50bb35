"""The page of indicators: every figure with its meaning, and the dimensions and dated rules they use."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.definitions.registry import LIBRARY, load_registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.definitions.indicator import Dimension, Indicator, Measure
    from scorecard.definitions.registry import Registry
    from scorecard.sql.rules import CodeList, DatedRules, ListedCode, Parameter

_HEAD = """# Indicators

Every figure the program ships, from the definition files. Each file holds the rule itself: the SQL that says which
records count, and worked examples. An indicator is a subject with its cases; a measure is one figure made of them."""


def page(registry: Registry | None = None) -> str:
    """The whole page: of the library, or of a workspace's registry with the council's own definitions among them."""
    registry = registry or load_registry()
    ordered = sorted(registry.indicators.values(), key=lambda each: (each.section, each.title))
    sections = groupby(ordered, key=lambda each: each.section)
    return markdown.document(
        _HEAD,
        *(_section(name, indicators) for name, indicators in sections),
        "## Dimensions",
        "The ways a figure is split. Each case has one member, or is *not recorded*.",
        *(_dimension(each) for each in registry.dimensions.values()),
        "## Dated rules",
        _rules(registry.rules),
    )


def _section(name: str, indicators: Iterable[Indicator]) -> str:
    return markdown.document(f"## {_in_words(name)}", *(_indicator(each) for each in indicators))


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _file(kind: str, place: object) -> str:
    path = str(place).rpartition(":")[0].replace("\\", "/").rpartition(f"/library/{kind}/")[2]
    if not (LIBRARY / kind / path).is_relative_to(LIBRARY):
        return f"the council's own `{kind}/{Path(path).name}`"
    shown = LIBRARY.relative_to(LIBRARY.parents[2]).as_posix()
    return f"[`{path}`](../../{shown}/{kind}/{path})"


def _indicator(indicator: Indicator) -> str:
    return markdown.document(
        f"### {indicator.title}",
        markdown.table(("measure", "title", "unit", "better", "is"), (_measure(each) for each in indicator.measures)),
        indicator.meaning,
        "\n".join(f"- {caveat}" for caveat in indicator.caveats),
        _facts_about(indicator),
    )


def _measure(measure: Measure) -> tuple[str, ...]:
    return f"`{measure.id}`", measure.title, measure.unit, measure.better, _made_of(measure)


def _made_of(measure: Measure) -> str:
    each = "children" if measure.count_each == "child" else "cases"
    counted = f"`{measure.counts}`" if measure.counts else f"all {each}"
    of = {None: "", "all": f" of all {each}", "population": " of the population"}
    over = of.get(measure.of, f" of `{measure.of}`")
    return f"{measure.statistic}: {counted}{over}" if measure.statistic != "ratio" else f"{counted}{over}"


def _facts_about(indicator: Indicator) -> str:
    about = {
        "Kind": indicator.kind,
        "One case is": indicator.one_case_is,
        "Split by": ", ".join(indicator.breakdowns),
        "Owner": indicator.owner,
        "Source": indicator.source,
        "Standard": "local, not national" if indicator.local_standard else "",
        "Definition": _file("indicators", indicator.place),
    }
    return "\n".join(f"- {name}: {value}" for name, value in about.items() if value)


def _dimension(dimension: Dimension) -> str:
    members = markdown.table(("code", "member"), dimension.members.items()) if dimension.members else ""
    return markdown.document(
        f"### {dimension.title}",
        dimension.meaning,
        members,
        f"- Definition: {_file('dimensions', dimension.place)}, called `{dimension.id}`",
    )


def _rules(rules: DatedRules) -> str:
    return markdown.document(
        "What definitions look up on each case's own day: `param_on('name', day)` and `listed('name', code, day)`.",
        markdown.table(
            ("parameter", "means", "from", "value", "unit", "source"),
            (row for each in rules.parameters.values() for row in _parameter(each)),
        ),
        markdown.table(("list", "means", "codes", "source"), (_code_list(each) for each in rules.code_lists.values())),
    )


def _parameter(parameter: Parameter) -> Iterable[tuple[object, ...]]:
    for value in parameter.values:
        yield f"`{parameter.name}`", parameter.title, value.from_day, f"{value.value:g}", parameter.unit, value.source


def _code_list(listed: CodeList) -> tuple[str, ...]:
    return f"`{listed.name}`", listed.title, ", ".join(_code(each) for each in listed.codes), listed.source


def _code(listed: ListedCode) -> str:
    begun = f" from {listed.from_day}" if listed.from_day else ""
    ended = f" until before {listed.to_day}" if listed.to_day else ""
    return f"{listed.code}{begun}{ended}"
