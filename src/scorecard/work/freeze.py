"""Keep a month as first reported, with all that is needed to count it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.registry import LIBRARY
from scorecard.work.views import count, months_shown, snapshot_for

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.views import Counted
    from scorecard.work.workspace import Workspace

_OWN_RULES = ("parameters.toml", "targets.toml", "scorecard.toml", "teams.csv")


def freeze(workspace: Workspace, period: Period, frozen_at: str, snapshot: Snapshot | None = None) -> FrozenMonth:
    """Count a month in the newest snapshot that reaches its end, and keep facts, cases and rules."""
    chosen = snapshot or snapshot_for(workspace, period)
    counted = count(workspace, chosen, months_shown(period))
    registry = workspace.registry
    rules = {one.id: one.fingerprint for one in registry.indicators.values()}
    rules |= {one.id: one.fingerprint for one in registry.dimensions.values()}

    def write(folder: Path) -> None:
        _write_figures(counted, folder)
        _write_rules(workspace, folder)

    kept = workspace.months.keep(period, chosen.id, frozen_at, rules, write)
    counted.engine.close()
    return kept


def _write_figures(counted: Counted, folder: Path) -> None:
    connection = counted.engine.connection
    connection.sql("SELECT * FROM facts ORDER BY ALL").write_parquet(str(folder / "facts.parquet"), compression="zstd")
    (folder / "cases").mkdir()
    first = counted.run.months[-1].rolling_year.first
    for name, cases in counted.cases.items():
        # A year of cases: every window of the month, and nothing older than it needs to be kept.
        rows = connection.sql(
            f"SELECT * FROM {cases.table} WHERE event_date >= DATE '{first.isoformat()}' ORDER BY event_date, case_id"  # noqa: S608 - ids of definitions
        )
        rows.write_parquet(str(folder / "cases" / f"{name}.parquet"), compression="zstd")


def _write_rules(workspace: Workspace, folder: Path) -> None:
    """The definitions, dimensions and dated rules as they stood, word for word."""
    registry = workspace.registry
    for kind, definitions in (("indicators", registry.indicators), ("dimensions", registry.dimensions)):
        (folder / kind).mkdir()
        for name, definition in definitions.items():
            _copy(definition.place.path, folder / kind / f"{name}.md")
    _copy(LIBRARY / "parameters.toml", folder / "library-parameters.toml")
    for name in _OWN_RULES:
        if (workspace.folder / name).exists():
            _copy(workspace.folder / name, folder / name)


def _copy(source: Path | str, target: Path) -> None:
    # Read and written, not linked or copied with its times: a kept file owes nothing to where it came from.
    with open(source, "rb") as file:  # noqa: PTH123 - a place may hold a text path
        target.write_bytes(file.read())
