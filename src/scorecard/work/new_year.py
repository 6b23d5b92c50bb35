"""What to confirm when the financial year turns: all that goes on unless somebody says otherwise, and all that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.facts.run import population_on
from scorecard.findings.comparator_files import SHIPPED, load_comparators
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.findings.targets import Target
    from scorecard.work.workspace import Workspace

_YEARS_FOR_A_POPULATION = 3
"""Estimates come every summer: one in use for longer has been forgotten."""


@dataclass(frozen=True)
class ToConfirm:
    """One thing that holds in the new year, or does not: what, how it stands, what to do, in which file."""

    what: str
    stands: str
    to_do: str
    file: str


def to_confirm(workspace: Workspace, year: int) -> tuple[ToConfirm, ...]:
    """Everything to look at before 1 April of a year, what is missing first."""
    begins = date(year, 4, 1)
    found = (
        *_bank_holidays(workspace, year),
        *_targets(workspace, begins),
        *_population(workspace, begins),
        *_local_standards(workspace, begins),
        *_ending(workspace, begins),
        *_published(workspace),
    )
    return tuple(sorted(found, key=lambda one: one.to_do.startswith("Confirm")))


def _bank_holidays(workspace: Workspace, year: int) -> Iterator[ToConfirm]:
    """Clocks run past the year's end: the bank holidays of the year after must be known too."""
    known = workspace.holidays.known_years
    missing = [str(one) for one in (year, year + 1) if one not in known]
    if missing:
        stands = f"known up to {known[-1]}" if known else "none is known"
        yield ToConfirm("Bank holidays", stands, f"Add those of {' and '.join(missing)}", "bank_holidays.csv")


def _targets(workspace: Workspace, begins: date) -> Iterator[ToConfirm]:
    day_before = begins - timedelta(1)
    for measure in workspace.registry.measures.values():
        before, after = (workspace.targets.on(measure.id, day) for day in (day_before, begins))
        if before and not after:
            stands = f"{_plain(before)} until {day_in_words(before.to_day or day_before)}"
            yield ToConfirm(f"Target: {measure.title}", stands, "Set one for the new year", "targets.toml")
        elif after and after.from_day < begins:
            stands = f"{_plain(after)} since {day_in_words(after.from_day)} ({after.source})"
            yield ToConfirm(f"Target: {measure.title}", stands, "Confirm or set another", "targets.toml")
        elif after and before:
            stands = f"{_plain(after)} from {day_in_words(begins)}, {_plain(before)} before"
            yield ToConfirm(f"Target: {measure.title}", stands, "Confirm the change", "targets.toml")


def _plain(target: Target) -> str:
    return f"{float(target.value):g}"


def _population(workspace: Workspace, begins: date) -> Iterator[ToConfirm]:
    held = population_on(workspace.populations, begins)
    if held is None:
        yield ToConfirm("Children aged 0 to 17", "none", "Add the newest estimate", "scorecard.toml")
        return
    stands = f"{held.persons:,} since {day_in_words(held.from_day)} ({held.source})"
    is_old = begins.year - held.from_day.year >= _YEARS_FOR_A_POPULATION
    to_do = "Add the newest estimate" if is_old else "Confirm, or add a newer estimate"
    yield ToConfirm("Children aged 0 to 17", stands, to_do, "scorecard.toml")


def _local_standards(workspace: Workspace, begins: date) -> Iterator[ToConfirm]:
    for parameter in workspace.registry.rules.parameters.values():
        held = parameter.on(begins)
        if held and (parameter.local_standard or held.reason):
            stands = f"{held.value:g} {parameter.unit} since {day_in_words(held.from_day)}"
            yield ToConfirm(parameter.title, stands, "Confirm or set another", "parameters.toml")


def _ending(workspace: Workspace, begins: date) -> Iterator[ToConfirm]:
    """Figures that are no longer counted from a day in the year or just before it."""
    for indicator in workspace.registry.indicators.values():
        last = indicator.to_day
        if last and begins - timedelta(1) <= last < begins.replace(year=begins.year + 1):
            yield ToConfirm(
                indicator.title,
                f"counted until {day_in_words(last)}",
                "Confirm that it ends, or take the day out",
                str(indicator.place.path),
            )


def _published(workspace: Workspace) -> Iterator[ToConfirm]:
    own = workspace.folder / "benchmarks"
    newest = max((one.period_end for one in load_comparators(SHIPPED, *([own] if own.is_dir() else []))), default=None)
    if newest:
        stands = f"the newest are of the year to {day_in_words(newest)}"
        yield ToConfirm("Published figures to compare with", stands, "Add newer ones where they are out", "benchmarks/")
