"""Dated targets of one council, from its `targets.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_FORM = (
    "Write [[target]] with measure, from (a day), value and source; tolerance, to (the last day) and "
    "of_the_year = true (a target for a whole financial year) are optional."
)


@dataclass(frozen=True)
class Target:
    """What a measure should reach from a day on, and how near still counts as near.

    One `of_the_year` is what a financial year should come to; no month is judged against it.
    """

    measure: str
    from_day: date
    value: Fraction
    tolerance: Fraction = Fraction(0)
    source: str = ""
    to_day: date | None = None
    of_the_year: bool = False

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.measure}/{self.from_day}{'/of_the_year' if self.of_the_year else ''}"

    @property
    def day_after(self) -> date | None:
        """The first day on which it no longer holds."""
        return self.to_day + timedelta(days=1) if self.to_day else None


class Targets:
    """All targets; a later one replaces an earlier one of the same measure from its day on."""

    def __init__(self, targets: Iterable[Target] = ()) -> None:
        self._targets = tuple(sorted(targets, key=lambda target: (target.measure, target.from_day)))

    def __iter__(self) -> Iterator[Target]:
        """Every target, by measure and day."""
        return iter(self._targets)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._targets)

    def on(self, measure: str, day: date) -> Target | None:
        """The target in force on a day."""
        return self._in_force(measure, day, of_the_year=False)

    def of_year(self, measure: str, day: date) -> Target | None:
        """What the financial year of that day should come to."""
        return self._in_force(measure, day, of_the_year=True)

    def ended(self, day: date) -> tuple[Target, ...]:
        """The targets that ended before a day and that no other has followed."""
        last = {(target.measure, target.of_the_year): target for target in self._begun(day)}
        return tuple(target for target in last.values() if target.to_day and target.to_day < day)

    def _begun(self, day: date) -> tuple[Target, ...]:
        return tuple(target for target in self._targets if target.from_day <= day)

    def _in_force(self, measure: str, day: date, *, of_the_year: bool) -> Target | None:
        """The latest that had begun, unless it has ended."""
        mine = (measure, of_the_year)
        begun = [target for target in self._begun(day) if (target.measure, target.of_the_year) == mine]
        return begun[-1] if begun and (begun[-1].to_day is None or day <= begun[-1].to_day) else None


def load_targets(path: Path, measures: Collection[str] | None = None) -> Targets:
    """Read a council's targets; every fault in the file is told at once.

    With `measures`, a target for a measure nobody defines is a fault too.
    """
    text = text_of(path)
    try:
        entries = tomllib.loads(text, parse_float=Decimal).get("target", [])
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(f"The targets cannot be read: {error}.", remedy=_FORM, at=Place(path)) from None
    problems: list[ScorecardError] = []
    targets = _read_each(entries, measures, path, text, problems)
    raise_together(problems)
    return Targets(targets)


def _read_each(
    entries: list[dict[str, Any]],
    measures: Collection[str] | None,
    path: Path,
    text: str,
    problems: list[ScorecardError],
) -> list[Target]:
    lines: list[int | None] = [
        number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[target]]"
    ]
    targets: list[Target] = []
    for entry, line in zip(entries, lines + [None] * len(entries), strict=False):
        fault = _fault(entry, measures, targets)
        if fault:
            problems.append(WorkspaceError(fault, remedy=_FORM, at=Place(path, line)))
        else:
            targets.append(_target(entry))
    return targets


def _fault(entry: dict[str, Any], measures: Collection[str] | None, before: list[Target]) -> str:
    missing = [name for name in ("measure", "from", "value", "source") if name not in entry]
    if missing:
        return f"A target has no {', no '.join(missing)}."
    if fault := _fault_of_form(entry):
        return fault
    if measures is not None and entry["measure"] not in measures:
        return f"There is a target for {entry['measure']}, but no measure of that name."
    of_the_year = entry.get("of_the_year", False)
    same = (entry["measure"], entry["from"], of_the_year)
    if any((target.measure, target.from_day, target.of_the_year) == same for target in before):
        return f"{entry['measure']} has two targets from {entry['from']}."
    return ""


def _fault_of_form(entry: dict[str, Any]) -> str:
    """What is wrong with the days, the numbers or the mark of a target."""
    name, first, last = entry["measure"], entry["from"], entry.get("to")
    if type(first) is not date:
        return f"The day from which the target of {name} holds is no day such as 2021-04-01."
    if last is not None and (type(last) is not date or last < first):
        return f"The last day of the target of {name} is no day on or after its first."
    if any(not isinstance(entry.get(field, 0), int | Decimal) for field in ("value", "tolerance")):
        return f"Value and tolerance of the target of {name} must be numbers."
    if type(entry.get("of_the_year", False)) is not bool:
        return f"of_the_year of the target of {name} is neither true nor false."
    return ""


def _target(entry: dict[str, Any]) -> Target:
    return Target(
        measure=entry["measure"],
        from_day=entry["from"],
        value=Fraction(entry["value"]),
        tolerance=Fraction(entry.get("tolerance", 0)),
        source=entry["source"],
        to_day=entry.get("to"),
        of_the_year=entry.get("of_the_year", False),
    )
