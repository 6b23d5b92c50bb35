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
    from scorecard.sql.rules import CodeList, DatedValue
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
        *_teams(workspace, begins),
        *_end_of_year(workspace),
        *_rules(workspace, begins),
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
    """What each measure is held to by month, and what a whole year of it should come to."""
    day_before, targets = begins - timedelta(1), workspace.targets
    for measure in workspace.registry.measures.values():
        for what, in_force in (("Target", targets.on), ("Target of the year", targets.of_year)):
            before, after = (in_force(measure.id, day) for day in (day_before, begins))
            if found := _target(before, after, begins):
                yield ToConfirm(f"{what}: {measure.title}", *found, "targets.toml")


def _target(before: Target | None, after: Target | None, begins: date) -> tuple[str, str] | None:
    """How a target stands when the year turns, and what to do; nothing where there is none, or a new one begins."""
    if before and not after:
        return (
            f"{_plain(before)} until {day_in_words(before.to_day or begins - timedelta(1))}",
            "Set one for the new year",
        )
    if after and after.from_day < begins:
        return f"{_plain(after)} since {day_in_words(after.from_day)} ({after.source})", "Confirm or set another"
    if after and before:
        return f"{_plain(after)} from {day_in_words(begins)}, {_plain(before)} before", "Confirm the change"
    return None


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


def _teams(workspace: Workspace, begins: date) -> Iterator[ToConfirm]:
    stands, teams = "those the records list", workspace.teams
    if teams:
        stay = {team.line for team in teams.rows if team.to_day is None or team.to_day >= begins}
        stands = f"{len(stay)} teams and services go on"
    yield ToConfirm("Teams and services", stands, "Confirm, or date what changes", "teams.csv")


def _end_of_year(workspace: Workspace) -> Iterator[ToConfirm]:
    stands = f'end_of_year = "{workspace.end_of_year}"'
    yield ToConfirm("The End of Year column", stands, "Confirm or set another", "scorecard.toml")


def _rules(workspace: Workspace, begins: date) -> Iterator[ToConfirm]:
    """Every number and list that definitions look up: the council's own and local ones, then those as shipped."""
    rules = workspace.registry.rules
    found = list[tuple[bool, str, str]]()
    for parameter in rules.parameters.values():
        if held := parameter.on(begins):
            is_own = parameter.local_standard or bool(held.reason)
            found.append(
                (is_own, parameter.title, f"{_amount(held, parameter.unit)} since {day_in_words(held.from_day)}")
            )
    for codes in rules.code_lists.values():
        found.append((bool(codes.reason), codes.title, f"{_codes(codes, begins)} ({codes.source})"))
    for is_own, what, stands in sorted(found, key=lambda one: not one[0]):
        to_do = "Confirm or set another" if is_own else "Confirm, or set your own"
        yield ToConfirm(what, stands, to_do, "parameters.toml")


def _amount(held: DatedValue, unit: str) -> str:
    """A value with its unit; of one, a single one.

    >>> from scorecard.sql.rules import DatedValue
    >>> [_amount(DatedValue(date(2022, 4, 1), 1, ""), unit) for unit in ("working days", "yes or no")]
    ['1 working day', 'yes']
    """
    if unit == "yes or no":
        return "yes" if held.value else "no"
    return f"{held.value:g} {unit.removesuffix('s') if held.value == 1 else unit}"


def _codes(codes: CodeList, day: date) -> str:
    """The codes of a list on a day; one that ends is listed until the day before."""
    return ", ".join(
        one.code
        for one in codes.codes
        if (one.from_day is None or one.from_day <= day) and (one.to_day is None or day < one.to_day)
    )


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
