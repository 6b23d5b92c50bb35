"""Keep a month as first reported, with all that is needed to count it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.contract.rules import count_broken
from scorecard.definitions.registry import LIBRARY
from scorecard.facts.families import FAMILY_OF
from scorecard.facts.teams_file import write_teams
from scorecard.store.disk import sha256
from scorecard.store.ledger import Act
from scorecard.work.views import count, first_snapshot_for, months_shown

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.views import Counted
    from scorecard.work.workspace import Workspace

_OWN_RULES = ("parameters.toml", "targets.toml", "scorecard.toml", "bank_holidays.csv")


def freeze(workspace: Workspace, period: Period, frozen_at: str, snapshot: Snapshot | None = None) -> FrozenMonth:
    """Count a month in the snapshot it is first reported from, and keep facts, cases and rules."""
    chosen = snapshot or first_snapshot_for(workspace, period)
    counted = count(workspace, chosen, months_shown(period))
    with workspace.store.writing() as ledger:
        kept = workspace.months.keep(
            period, chosen.id, frozen_at, _keep_rules(workspace), lambda folder: _write_figures(counted, folder)
        )
        ledger.add(Act.FROZEN, kept.name, told={"snapshot": kept.snapshot, "manifest": sha256(kept.manifest)})
        workspace.months.let_count(kept)
    counted.engine.close()
    return kept


def _write_figures(counted: Counted, folder: Path) -> None:
    connection = counted.engine.connection
    connection.sql("SELECT * FROM facts ORDER BY ALL").write_parquet(str(folder / "facts.parquet"), compression="zstd")
    write_teams(counted.run.teams, folder / "teams.csv")
    (folder / "broken_rules.json").write_text(json.dumps(count_broken(connection), indent=1), encoding="utf-8")
    (folder / "cases").mkdir()
    first = counted.run.months[-1].rolling_year.first
    for name, cases in counted.cases.items():
        # A year of cases: every window of the month, and nothing older than it needs to be kept.
        rows = connection.sql(
            f"SELECT * FROM {cases.table} WHERE event_date >= DATE '{first.isoformat()}' ORDER BY event_date, case_id"  # noqa: S608 - ids of definitions
        )
        rows.write_parquet(str(folder / "cases" / f"{name}.parquet"), compression="zstd")
    links = connection.sql(
        f"FROM ({FAMILY_OF}) WHERE fami_person_id IN"  # noqa: S608 - the contract's own names
        f" (SELECT child_id FROM child_days WHERE event_date >= DATE '{first.isoformat()}') ORDER BY ALL"
    )
    links.write_parquet(str(folder / "cases" / "_families.parquet"), compression="zstd")


def _keep_rules(workspace: Workspace) -> dict[str, str]:
    """Keep the definitions, dimensions and dated rules as they stand, and name the fingerprint of each."""
    registry, rules = workspace.registry, workspace.rules
    files = {f"indicators/{name}.md": Path(one.place.path) for name, one in registry.indicators.items()}
    files |= {f"dimensions/{name}.md": Path(one.place.path) for name, one in registry.dimensions.items()}
    files |= {f"library/{name}": LIBRARY / name for name in ("parameters.toml", "bank_holidays_england.csv")}
    files |= {name: workspace.folder / name for name in _OWN_RULES}
    return {name: rules.keep(path) for name, path in files.items() if path.exists()}
