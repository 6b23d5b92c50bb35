"""A workspace as it stood when a month was frozen: a first view is told by the rules it was counted by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.definitions.parse import parse_dimension, parse_indicator
from scorecard.definitions.registry import Registry
from scorecard.definitions.rules import overridden, read_rules
from scorecard.findings.targets import Targets, load_targets
from scorecard.work.workspace import SETTINGS, read_settings

if TYPE_CHECKING:
    from scorecard.facts.run import Bounds, Population
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class AsKept:
    """What a frozen month was counted by."""

    registry: Registry
    targets: Targets
    populations: tuple[Population, ...]
    bounds: Bounds


def as_kept(workspace: Workspace, frozen: FrozenMonth) -> AsKept:
    """Read back the definitions, dated rules, targets, populations and bounds of a freeze."""
    files = {name: workspace.rules.path(Path(name).name, seal) for name, seal in frozen.rules.items()}
    indicators = [parse_indicator(path) for name, path in files.items() if name.startswith("indicators/")]
    dimensions = [parse_dimension(path) for name, path in files.items() if name.startswith("dimensions/")]
    rules, own = read_rules(files["library/parameters.toml"]), files.get("parameters.toml")
    registry = Registry(
        {one.id: one for one in indicators},
        {one.id: one for one in dimensions},
        overridden(rules, read_rules(own), own) if own else rules,
    )
    targets = (
        load_targets(files["targets.toml"], registry.measures, strict=False) if "targets.toml" in files else Targets()
    )
    settings = read_settings(workspace.folder, files[SETTINGS], strict=False)
    return AsKept(registry, targets, settings.populations, settings.bounds)
