"""Keep a month as first reported, with all that is needed to count it again."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.contract.rules import count_broken
from scorecard.definitions.registry import LIBRARY
from scorecard.errors import RefusedError
from scorecard.facts.families import FAMILY_OF
from scorecard.facts.teams_file import write_teams
from scorecard.store.by import NOBODY
from scorecard.store.disk import sha256
from scorecard.store.ledger import Act
from scorecard.store.months import Because, Kind
from scorecard.work.blocking import note_accepted, settled
from scorecard.work.views import count, first_snapshot_for, months_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorecard.calendar.periods import Period
    from scorecard.store.ledger import Ledger
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.blocking import Acceptance
    from scorecard.work.views import Counted
    from scorecard.work.workspace import Workspace

_OWN_RULES = (
    "parameters.toml",
    "targets.toml",
    "scorecard.toml",
    "bank_holidays.csv",
    "suppliers.toml",
    "quality.toml",
    "notes.toml",
)


class AlreadyFrozenError(RefusedError):
    """A month was frozen before, and nobody asked to freeze it again."""


def freeze(  # noqa: PLR0913 - what the command line asks for
    workspace: Workspace,
    period: Period,
    frozen_at: str,
    snapshot: Snapshot | None = None,
    *,
    again: bool = False,
    reason: str = "",
    accepting: Iterable[Acceptance] = (),
) -> FrozenMonth:
    """Count a month in the snapshot it is first reported from, keep facts, cases and rules, and let it count.

    A month that is frozen already is refused, unless it is frozen `again` before anything of it was issued: the earlier
    try stays beside the new one. What blocks in the snapshot stops it too, unless it is accepted by name.
    """
    refuse_twice(workspace, period, again=again)
    chosen = snapshot or first_snapshot_for(workspace, period)
    accepted = settled(workspace, period, chosen, accepting)
    with counted_in(workspace, period, chosen) as counted, workspace.store.writing() as ledger:
        # Another may have frozen it while this was counting.
        refuse_twice(workspace, period, again=again)
        kind, act = (Kind.AGAIN, Act.FROZEN_AGAIN) if workspace.months.get(period) else (Kind.FIRST, Act.FROZEN)
        kept = keep_counted(workspace, counted, period, frozen_at, Because(kind, "", reason), accepted)
        note_accepted(ledger, kept)
        note_kept(ledger, act, kept)
        workspace.months.let_count(kept)
    return kept


def refuse_twice(workspace: Workspace, period: Period, *, again: bool) -> None:
    """Say who froze a month and when, unless it is to be frozen again; once it was issued it is not."""
    frozen = workspace.months.get(period)
    if frozen is None:
        return
    if edition := workspace.store.issues.latest(period):
        raise RefusedError(
            f"{period.label} was issued: edition {edition.number}, on {edition.sent.issued_at[:10]}.",
            remedy=f"What was sent stays. `scorecard revise {period} --because TEXT` counts it again as a revision.",
        )
    if not again:
        raise AlreadyFrozenError(
            f"{period.label} is frozen already: revision {frozen.revision}, from {frozen.snapshot},"
            f" on {frozen.frozen_at[:10]}{who_froze(workspace, frozen)}.",
            remedy=f"`scorecard freeze {period} --again` counts it anew and keeps this try beside it.",
        )


def who_froze(workspace: Workspace, frozen: FrozenMonth) -> str:
    """By whom a month was frozen, as the ledger has it; nothing where nobody was named."""
    by = next((one.by for one in workspace.store.ledger.all() if one.to == frozen.name), NOBODY)
    return f" by {by.person}{f' on {by.machine}' if by.machine else ''}" if by.person else ""


@contextmanager
def counted_in(workspace: Workspace, period: Period, snapshot: Snapshot) -> Iterator[Counted]:
    """A month and the months its pack shows, counted in a snapshot by the rules as they stand."""
    counted = count(workspace, snapshot, months_shown(period))
    try:
        yield counted
    finally:
        counted.engine.close()


def keep_counted(  # noqa: PLR0913, PLR0917 - all that is kept of a freeze
    workspace: Workspace,
    counted: Counted,
    period: Period,
    frozen_at: str,
    because: Because,
    accepted: tuple[Mapping[str, str], ...],
) -> FrozenMonth:
    """Keep what was counted as the month's next revision, which does not count yet."""
    rules, write = _keep_rules(workspace), partial(_write_figures, counted)
    return workspace.months.keep(period, counted.run.snapshot, frozen_at, rules, write, because, accepted)


def note_kept(ledger: Ledger, act: Act, kept: FrozenMonth) -> None:
    """Write into the ledger that a revision of a month was kept."""
    told = {"snapshot": kept.snapshot, "manifest": sha256(kept.manifest)}
    ledger.add(act, kept.name, why=kept.because.reason, told=told)


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
    """Keep definitions, dated rules, supplied totals and the plan as they stand, and name the fingerprint of each."""
    registry, rules = workspace.registry, workspace.rules
    files = {f"indicators/{name}.md": Path(one.place.path) for name, one in registry.indicators.items()}
    files |= {f"dimensions/{name}.md": Path(one.place.path) for name, one in registry.dimensions.items()}
    files |= {f"library/{name}": LIBRARY / name for name in ("parameters.toml", "bank_holidays_england.csv")}
    files |= {name: workspace.folder / name for name in _OWN_RULES}
    plan = f"packs/{workspace.layout}.toml"
    files[plan] = workspace.folder / plan
    files |= {f"{one.id}/supplied.json": one.folder / "supplied.json" for one in workspace.supplies.all()}
    return {name: rules.keep(path) for name, path in files.items() if path.exists()}
