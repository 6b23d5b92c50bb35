"""Which figures of the pack a source can feed, which need another report and which one, before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period, Window
from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.reach import newest_day
from scorecard.definitions.registry import load_registry
from scorecard.facts.counting import windows_of
from scorecard.facts.fact import Quality
from scorecard.facts.known import Known, Told, known_by, tell
from scorecard.facts.run import Run
from scorecard.facts.unknown import ended, said_of
from scorecard.pack.plan import shipped_plan
from scorecard.work.pack import plan_of
from scorecard.work.sources import reading_of
from scorecard.work.take import must_be_there
from scorecard.work.views import last_whole_month
from scorecard.work.workspace import SETTINGS, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.contract.reading import Source
    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.definitions.registry import Registry
    from scorecard.pack.plan import PackPlan
    from scorecard.sql.needed import Needs


class Standing(StrEnum):
    """What a source can do for a figure."""

    FED = "yes"
    CAUTION = "with caution"
    UNRELIABLE = "not reliable"
    SUPPLIED = "supplied"
    LACKS = "no"

    @property
    def is_fed(self) -> bool:
        """Whether there is a figure from the records at all."""
        return self in {Standing.FED, Standing.CAUTION, Standing.UNRELIABLE}


@dataclass(frozen=True)
class Covered:
    """One figure: where it stands in the pack, what the source can do for it and why, and what it lacks.

    `parts` are the breakdowns that cannot be told, with what they lack. `year_needs` is how many more months of the
    source have to be kept before the year to date is whole.
    """

    section: str
    indicator: Indicator
    measure: Measure
    standing: Standing
    why: tuple[str, ...]
    lacking: Needs
    parts: Mapping[str, Needs]
    year_needs: int = 0


@dataclass(frozen=True)
class Coverage:
    """All figures of the pack in its order, for one month of a source judged as at a day; `newest` is its last."""

    period: Period
    figures: tuple[Covered, ...]
    as_at: date
    newest: date | None = None
    blocks: int = 0

    def count(self, *standings: Standing) -> int:
        """How many figures stand so."""
        return sum(one.standing in standings for one in self.figures)

    @property
    def lacking(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Each table or column that is lacking, with the figures that wait for it, the most awaited first."""
        found = dict[tuple[str, str], list[str]]()
        for one in self.figures:
            for need in one.lacking:
                found.setdefault(need, []).append(one.measure.title)
        ordered = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
        return {need: tuple(titles) for need, titles in ordered}


def coverage(
    sources: Sequence[Source],
    as_at: date | None,
    today: date,
    folder: Path,
    as_at_of: Mapping[str, date] | None = None,
) -> Coverage:
    """What sources can feed, read as one extract by what a workspace has settled; nothing is kept.

    It is judged as at a day, and tables as at days of their own. Where none is said, that is the end of the month in
    which the records end.
    """
    must_be_there(sources)
    contract, how = load_contract(), replace(reading_of(folder), as_at_of=as_at_of or {})
    with duckdb.connect(":memory:") as connection:
        day = as_at or today
        report = read_extract(sources, contract, as_at=day, connection=connection, how=how).report
        newest = newest_day(connection, contract, day)
        if as_at is None and newest and (ended := Period.holding(newest).last_day) < day:
            # How far back a source reaches may depend on its day.
            day, report = ended, read_extract(sources, contract, as_at=ended, connection=connection, how=how).report
    workspace = open_workspace(folder) if (folder / SETTINGS).exists() else None
    registry = workspace.registry if workspace else load_registry()
    suppliers = workspace.suppliers.values() if workspace else ()
    plan = plan_of(workspace) if workspace else shipped_plan()
    known = known_by(report)
    run = Run((last_whole_month(day),), "", day, covers_from=workspace.covers_from if workspace else None)
    supplied = frozenset(cell.measure for one in suppliers for cell in one.cells)
    figures = tuple(_covered(plan, registry, known, run, supplied))
    blocks = sum(one.severity.value == "block" for one in report.findings)
    return Coverage(run.months[0], figures, day, newest, blocks)


def covered_by(known: Known, registry: Registry, as_at: date) -> dict[str, Covered]:
    """What can be fed from a source that holds so much, by measure."""
    run = Run((last_whole_month(as_at),), "", as_at)
    return {one.measure.id: one for one in _covered(shipped_plan(), registry, known, run, frozenset())}


def _covered(plan: PackPlan, registry: Registry, known: Known, run: Run, supplied: frozenset[str]) -> Iterator[Covered]:
    told = tell(registry, registry.indicators.values(), known)
    for section, name in _placed(plan, registry):
        one = (registry.of_measure(name), registry.measure(name))
        yield _figure(section, one, told[name], run, is_supplied=name in supplied)


def _placed(plan: PackPlan, registry: Registry) -> Iterator[tuple[str, str]]:
    """Every measure once, with the section that tells of it, in the order of the pack; those of none at the end."""
    rest = dict.fromkeys(registry.measures)
    for section in plan.sections:
        named = [name for topic in section.topics for name in (*topic.measures, *sorted(topic.named))]
        shown = [one for one in registry.indicators.values() if one.section in section.shows]
        loose = [measure.id for one in shown for measure in one.measures if measure.id not in plan.placed]
        for name in (*named, *loose):
            if name in rest:
                del rest[name]
                yield section.title, name
    yield from (("Other figures", name) for name in rest)


def _figure(section: str, one: tuple[Indicator, Measure], told: Told, run: Run, *, is_supplied: bool) -> Covered:
    indicator, measure = one
    period, windows = run.months[0], windows_of(indicator, measure)
    said = [*said_of(told, indicator.kind, period, run), *ended(told, period)]
    grades = {grade for grade, _ in said}
    if told.whole.lacking or "" in grades:
        standing = Standing.SUPPLIED if is_supplied else Standing.LACKS
    elif Quality.UNRELIABLE in grades:
        standing = Standing.UNRELIABLE
    else:
        standing = Standing.CAUTION if grades else Standing.FED
    why = (told.whole.reason,) if told.whole.lacking else tuple(dict.fromkeys(reason for _, reason in said))
    parts = {name: verdict.lacking for name, verdict in told.parts.items() if verdict.lacking}
    missing = _months_missing(told, period) if Window.YEAR_TO_DATE in windows and standing.is_fed else 0
    return Covered(section, indicator, measure, standing, why, told.whole.lacking, parts, missing)


def _months_missing(told: Told, period: Period) -> int:
    """How many months of the year so far lie before the first that is whole."""
    begins, april = told.whole.known_from, period.april
    if begins is None or begins <= april.first_day:
        return 0
    first = Period.holding(begins)
    first = first if first.first_day == begins else first.back(-1)
    return (first.year - april.year) * 12 + first.month - april.month
