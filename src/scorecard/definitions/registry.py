"""Everything defined: indicators, measures, dimensions and dated rules, the library's and a council's own."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.definitions.allowed import offences
from scorecard.definitions.parse import parse_dimension, parse_indicator
from scorecard.definitions.rules import looked_up, overridden, read_rules, slips
from scorecard.errors import DefinitionError, ScorecardError, UsageError, raise_together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from scorecard.definitions.indicator import Dimension, Indicator, Measure
    from scorecard.sql.rules import DatedRules

    Defined = TypeVar("Defined", Indicator, Dimension)

LIBRARY = Path(str(files("scorecard"))) / "library"


@dataclass(frozen=True)
class Registry:
    """All definitions by id."""

    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    rules: DatedRules

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by its id."""
        return {measure.id: measure for indicator in self.indicators.values() for measure in indicator.measures}

    def measure(self, name: str) -> Measure:
        """A measure by id; a `UsageError` offers the nearest."""
        measures = self.measures
        if name in measures:
            return measures[name]
        near = get_close_matches(name, measures, n=1)
        remedy = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(
            f"There is no figure called “{name}”.", remedy=remedy + "`scorecard indicators` lists them all."
        )

    def of_measure(self, name: str) -> Indicator:
        """The indicator whose cases make a measure."""
        self.measure(name)
        return next(
            indicator
            for indicator in self.indicators.values()
            if any(measure.id == name for measure in indicator.measures)
        )


def load_registry(workspace: Path | None = None) -> Registry:
    """The library's definitions with a workspace's own beside them, or in their place where they say why.

    All that is wrong in any file is raised together. A workspace's SQL is linted each time it is read, since anyone who
    can write to the folder can change it; the library's is linted by its tests.
    """
    problems = list[ScorecardError]()
    indicators = _read_all(LIBRARY / "indicators", parse_indicator, problems)
    dimensions = _read_all(LIBRARY / "dimensions", parse_dimension, problems)
    rules = read_rules(LIBRARY / "parameters.toml")
    if workspace:
        own_rules = workspace / "parameters.toml"
        own_indicators = _own_indicators(workspace, indicators, problems)
        own_dimensions = _read_all(workspace / "dimensions", parse_dimension, problems)
        if own_rules.exists():
            sql = [one.sql for one in (indicators | own_indicators).values()]
            sql += [one.sql for one in (dimensions | own_dimensions).values()]
            rules = _own_rules(own_rules, rules, looked_up("\n".join(sql)), problems)
        for indicator in own_indicators.values():
            problems += offences(indicator, rules)
        for dimension in own_dimensions.values():
            problems += offences(dimension, rules)
        indicators |= own_indicators
        dimensions |= own_dimensions
    problems += _names_used_twice(indicators)
    raise_together(problems)
    return Registry(indicators, dimensions, rules)


def _read_all(folder: Path, parse: Callable[[Path], Defined], problems: list[ScorecardError]) -> dict[str, Defined]:
    found = dict[str, "Defined"]()
    for path in sorted(folder.rglob("*.md")):
        try:
            one = parse(path)
        except ScorecardError as error:
            problems.append(error)
        else:
            found[one.id] = one
    return found


def _own_rules(path: Path, library: DatedRules, asked: frozenset[str], problems: list[ScorecardError]) -> DatedRules:
    """The library's rules with a council's own; names are doubted only where every definition can be read."""
    try:
        rules = overridden(library, read_rules(path), path)
        problems += [] if problems else slips(path, library, asked)
    except ScorecardError as error:
        raise_together([*problems, error])
        raise
    return rules


def _own_indicators(
    workspace: Path, library: Mapping[str, Indicator], problems: list[ScorecardError]
) -> dict[str, Indicator]:
    own = _read_all(workspace / "indicators", parse_indicator, problems)
    for indicator in own.values():
        if indicator.id in library and not (indicator.replaces == indicator.id and indicator.reason):
            remedy = f"Write `replaces: {indicator.id}` and `reason: …` in its front matter, or give it another id."
            problem = f"`{indicator.id}` is already in the library and this file does not say why it replaces it"
            problems.append(DefinitionError(problem, remedy=remedy, at=indicator.place))
    return own


def _names_used_twice(indicators: Mapping[str, Indicator]) -> list[ScorecardError]:
    owners, problems = dict[str, str](), list[ScorecardError]()
    for indicator in indicators.values():
        named = [f"the measure `{measure.id}`" for measure in indicator.measures]
        named += [f"the duty “{indicator.duty.title}”"] if indicator.duty else []
        for name in named:
            first = owners.setdefault(name, indicator.id)
            if first != indicator.id:
                problem = f"{name} is also one of `{first}`"
                remedy = "Give one of them another id, or a duty another title."
                problems.append(DefinitionError(problem, remedy=remedy, at=indicator.place))
    return problems
