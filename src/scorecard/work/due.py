"""Lists for the people who do the work: what is due and overdue on a day. Nothing is frozen, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.calendar.working_days import shipped_bank_holidays
from scorecard.contract.blocking import stops_taking
from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.reading import AS_IT_COMES
from scorecard.definitions.registry import load_registry
from scorecard.errors import StoreError, UsageError
from scorecard.facts.due import duty_of, make_due
from scorecard.facts.known import Known, known_by, of_measure
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.work.sources import reading_of
from scorecard.work.take import BlockedExtractError, must_be_there
from scorecard.work.views import known_of, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.definitions.indicator import Indicator
    from scorecard.definitions.registry import Registry
    from scorecard.facts.due import Due
    from scorecard.sql.engines.duckdb import DuckDBEngine
    from scorecard.work.workspace import Workspace

MARKING = "OFFICIAL-SENSITIVE"
"""What is printed on lists made outside a workspace."""

_DONE_ON = {
    "ssd_contacts": "cont_contact_date",
    "ssd_cin_episodes": "cine_referral_date",
    "ssd_cin_assessments": "cina_assessment_auth_date",
}
"""Days that are never planned ahead: the newest says how far an extract reaches that does not say so itself."""


@dataclass(frozen=True)
class Lists:
    """What is owed on a day, and the duties that could not be listed, each with what the extract lacks.

    `reaches` is the day up to which the extract speaks, as far as it is known.
    """

    day: date
    read_from: str
    duties: tuple[str, ...]
    rows: tuple[Due, ...]
    not_listed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    marking: str = MARKING
    shown: str = "Due or overdue"
    reaches: date | None = None

    def of_teams(self, names: Sequence[str]) -> Lists:
        """Those of some teams only, by their names or parts of them."""
        teams = _chosen(names, self.teams(), "team")
        return replace(self, rows=tuple(row for row in self.rows if row.team in teams))

    def within(self, days: int) -> Lists:
        """What is overdue, or due in so many days."""
        shown = f"Due within {days} {'day' if days == 1 else 'days'} or overdue" if days else self.shown
        return replace(self, rows=tuple(row for row in self.rows if row.falls_due_within(days)), shown=shown)

    def overdue(self) -> Lists:
        """What is overdue alone."""
        return replace(self, rows=tuple(row for row in self.rows if row.is_overdue), shown="Overdue")

    def teams(self) -> dict[str, tuple[Due, ...]]:
        """The rows of each team, in order of the teams' names."""
        names = sorted({row.team for row in self.rows})
        return {name: tuple(row for row in self.rows if row.team == name) for name in names}


@dataclass(frozen=True)
class _Records:
    """An extract's tables on an engine, what it is called, what it is listed by, and the day up to which it speaks."""

    engine: DuckDBEngine
    known: Known
    name: str
    registry: Registry
    marking: str
    reaches: date | None


def due_in_extract(source: Path, day: date, workspace: Workspace | None, duties: Sequence[str] = ()) -> Lists:
    """Lists from an extract read for them alone, by a workspace's definitions or else the library's."""
    must_be_there((source,))
    registry = workspace.registry if workspace else load_registry()
    engine = open_duckdb(registry.rules, workspace.holidays if workspace else shipped_bank_holidays())
    how = reading_of(workspace.folder) if workspace else AS_IT_COMES
    report = read_extract(source, load_contract(), connection=engine.connection, how=how).report
    if any(map(stops_taking, report.findings)):
        raise BlockedExtractError(report, source.name)
    engine.confine(source)
    known, marking = known_by(report), workspace.authority.marking if workspace else MARKING
    return _lists(_Records(engine, known, source.name, registry, marking, _newest(engine, known.tables)), day, duties)


def due_in_workspace(workspace: Workspace, day: date | None, duties: Sequence[str] = ()) -> Lists:
    """Lists from the first snapshot that reaches the day, or else the newest; without a day, as at its own."""
    every = workspace.snapshots.all()
    if not every:
        remedy = "`scorecard due SOURCE` reads an extract without keeping it; `scorecard take` keeps one."
        raise StoreError(f"{workspace.folder} has taken no extract yet.", remedy=remedy)
    reaching = [one for one in every if day and one.as_at >= day]
    read = [one for one in reaching if one.as_at == reaching[0].as_at][-1] if reaching else every[-1]
    engine = open_snapshot(workspace, read)
    engine.confine(workspace.folder / "store")
    known, marking = known_of(read), workspace.authority.marking
    return _lists(_Records(engine, known, read.id, workspace.registry, marking, read.as_at), day or read.as_at, duties)


def _newest(engine: DuckDBEngine, tables: Collection[str]) -> date | None:
    """The newest day on which something was recorded as done, of what is never planned ahead."""
    newest = [
        engine.connection.table(table).aggregate(f"max({column})").fetchall()[0][0]
        for table, column in _DONE_ON.items()
        if table in tables
    ]
    return max(filter(None, newest), default=None)


def _lists(records: _Records, day: date, duties: Sequence[str]) -> Lists:
    every = records.registry.indicators.values()
    owed = {duty_of(one).title: one for one in every if one.duty and _is_in_force(one, day)}
    asked = {title: owed[title] for title in _chosen(duties, owed, "duty")}
    lacking = {title: _lacking(records, one) for title, one in asked.items()}
    listed = {title: one for title, one in asked.items() if not lacking[title]}
    records.engine.report_days([day])
    rows = make_due(records.engine.connection, records.registry, tuple(listed.values()), day)
    records.engine.close()
    not_listed = tuple((title, names) for title, names in lacking.items() if names)
    return Lists(day, records.name, tuple(listed), tuple(rows), not_listed, records.marking, reaches=records.reaches)


def _lacking(records: _Records, indicator: Indicator) -> tuple[str, ...]:
    """The tables and columns that a duty's figure cannot do without and the extract does not hold."""
    measure = records.registry.measure(duty_of(indicator).measure)
    found = of_measure(indicator, measure, records.registry, records.known).lacking
    return tuple(sorted(column or table for table, column in found))


def _is_in_force(indicator: Indicator, day: date) -> bool:
    return (indicator.from_day is None or indicator.from_day <= day) and (
        indicator.to_day is None or day <= indicator.to_day
    )


def _chosen(words: Sequence[str], known: Iterable[str], what: str) -> list[str]:
    """The names that hold one of the words, in order; without words all. A word that is in no name is an error."""
    names = sorted(known)
    for word in words:
        if not any(word.casefold() in name.casefold() for name in names):
            raise UsageError(f"There is no {what} “{word}”.", remedy=f"There are: {'; '.join(names) or 'none here'}.")
    return [name for name in names if not words or any(word.casefold() in name.casefold() for word in words)]
