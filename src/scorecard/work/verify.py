"""Whether all that a workspace keeps is as it was kept, and each frozen month is still what its records come to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.calendar.working_days import bank_holidays_with, shipped_bank_holidays
from scorecard.errors import Place, ScorecardError, StoreError
from scorecard.facts.reading import all_facts
from scorecard.facts.teams_file import read_teams
from scorecard.store.ledger import Act
from scorecard.store.retention import changes
from scorecard.store.seals import Fault, Sealed, Seals
from scorecard.work.kept import as_kept
from scorecard.work.views import count, months_shown
from scorecard.work.workspace import SETTINGS, Workspace, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.store.months import FrozenMonth
    from scorecard.store.retention import Change
    from scorecard.store.supplied import Supply
    from scorecard.work.progress import Progress

WHOLE, DAMAGED = "as it was kept", "not as it was kept"


@dataclass(frozen=True)
class Verified:
    """What was found of each kept thing by its place in the store, how many files were compared, and what is wrong."""

    rows: tuple[tuple[str, str], ...]
    files: int
    faults: tuple[Fault, ...]

    @property
    def problems(self) -> list[ScorecardError]:
        """What is wrong, as it is told all at once."""
        return [
            StoreError(fault.problem, remedy=fault.remedy, at=Place(Path("store") / fault.path))
            for fault in self.faults
        ]


def verify(workspace: Workspace, progress: Progress, *, quick: bool = False) -> Verified:
    """Compare every file with its seal and, unless it is to be `quick`, count every frozen month again."""
    seals, found, rows = Seals(workspace.store), Sealed(), dict[str, str]()
    altered = changes(workspace.store.ledger)
    progress.begin(len(seals.things) + 1)
    for name, found in seals.compare():
        progress.step(f"Compared {name}")
        rows[name] = _state(name, found, altered)
    months = [] if quick else [name for name in rows if _can_be_counted(name, rows)]
    progress.begin(len(months))
    for name in months:
        _, period, revision = name.split("/")
        frozen = workspace.months.revision(Period.parse(period), int(revision))
        progress.step(f"Counting {frozen.period.label} again, revision {revision}")
        if rows.get(f"snapshots/{frozen.snapshot}") == WHOLE:
            different = differences(workspace, frozen)
            rows[name] += f"; counted again: {different} facts differ"
            found.faults += [Fault(f"{name}/facts.parquet", *_not_the_same(different))] if different else []
    return Verified(tuple(rows.items()), found.files, tuple(found.faults))


def differences(workspace: Workspace, frozen: FrozenMonth) -> int:
    """How many facts of a freeze are not what its snapshot comes to by the rules it was counted by."""
    then = _as_it_stood(workspace, frozen)
    counted = count(then, workspace.snapshots.get(frozen.snapshot), months_shown(frozen.period))
    try:
        connection = counted.engine.connection
        connection.execute("CREATE TABLE kept AS FROM read_parquet(?)", [str(frozen.facts)])
        now, kept = all_facts("facts"), all_facts("kept")
        one_way, other_way = (
            connection.sql(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchall()[0][0]  # noqa: S608 - queries of ours
            for one, other in ((now, kept), (kept, now))
        )
        return max(int(one_way), int(other_way))
    finally:
        counted.engine.close()


def _state(name: str, found: Sealed, altered: Mapping[str, Change]) -> str:
    if any(fault.path.startswith(f"{name}/") for fault in found.faults):
        return DAMAGED
    changed = next((change for path, change in altered.items() if path.startswith(f"{name}/")), None)
    return f"sealed, {changed.act} on {changed.on}" if changed else WHOLE


def _can_be_counted(name: str, rows: Mapping[str, str]) -> bool:
    """Whether a thing is a freeze that is whole, and so is what every freeze is counted by."""
    rules = [state for thing, state in rows.items() if thing.startswith(("rules", "supplied/"))]
    return name.startswith("months/") and {rows[name], *rules} == {WHOLE}


def _not_the_same(different: int) -> tuple[str, str]:
    problem = f"{different} facts are not what the month's records come to by its own rules"
    return problem, "Its files are as they were kept: this version of the program counts otherwise. Tell its makers."


def _as_it_stood(workspace: Workspace, frozen: FrozenMonth) -> Workspace:
    """The workspace as a freeze was counted in it: its settings, definitions, teams, holidays and hand-overs."""
    kept = as_kept(workspace, frozen)
    settings = read_settings(workspace.folder, _rule(workspace, frozen, SETTINGS), strict=False)
    then = _Then(**{one.name: getattr(settings, one.name) for one in fields(settings)})
    own = _rule(workspace, frozen, "bank_holidays.csv") if "bank_holidays.csv" in frozen.rules else None
    # What a workspace reads once and keeps is put where it keeps it.
    vars(then).update(
        registry=kept.registry,
        teams=read_teams(frozen.teams) if frozen.teams.exists() else None,
        holidays=bank_holidays_with(own) if own else shipped_bank_holidays(),
        supplies=_Given(_supplied_before(workspace, frozen)),
    )
    return then


def _rule(workspace: Workspace, frozen: FrozenMonth, name: str) -> Path:
    return workspace.rules.path(name, frozen.rules[name])


def _supplied_before(workspace: Workspace, frozen: FrozenMonth) -> tuple[Supply, ...]:
    """The latest hand-over of each supplier and month that the ledger tells of before it tells of a freeze."""
    entries = workspace.store.ledger.all()
    until = next((one.number for one in entries if one.to == frozen.name), len(entries))
    given = [one.to for one in entries if one.act is Act.SUPPLIED and one.number < until]
    latest = {name.rpartition("/")[0]: name for name in given}
    return tuple(workspace.supplies.named(name) for name in sorted(latest.values()))


@dataclass(frozen=True)
class _Given:
    """Hand-overs of the past, to be asked for as a store's are."""

    latest: tuple[Supply, ...]

    def all(self, _known: date | None = None) -> tuple[Supply, ...]:
        """The latest of each supplier and month."""
        return self.latest


class _Then(Workspace):
    """A workspace of the past."""

    @cached_property
    def supplies(self) -> _Given:  # type: ignore[override] # counting asks for the latest alone
        """The hand-overs there were."""
        return _Given(())
