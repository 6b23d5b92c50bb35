"""Dated targets of one council, from its `targets.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scorecard.definitions.indicator import Unit
from scorecard.errors import WorkspaceError, raise_together
from scorecard.toml_files import Table, TomlFile, anything, near_or_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scorecard.definitions.indicator import Measure

_FORM = (
    "Write [[target]] with measure, from (a day), value and source; tolerance, to (the last day) and "
    "of_the_year = true (a target for a whole financial year) are optional."
)

_KEYS = ("measure", "from", "value", "source", "tolerance", "to", "of_the_year")
_SHAPE = Table(
    "the file",
    {"target": Table("a target", dict.fromkeys(_KEYS, anything()), many=True)},
    is_frame=True,
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


def load_targets(path: Path, measures: Mapping[str, Measure] | None = None, *, strict: bool = True) -> Targets:
    """Read a council's targets; every fault in the file is told at once.

    With `measures`, a target for a measure nobody defines is a fault too, and where the reading is `strict` so is what
    nobody reads, and less than one per cent: months that were frozen are told by the targets of their day, slips and
    all.
    """
    file = TomlFile(path, WorkspaceError)
    problems, targets = file.faults(_SHAPE) if strict else [], list[Target]()
    held = file.data.get("target", [])
    for entry in held if isinstance(held, list) else ():
        fault = _fault(entry, measures, targets)
        if not fault and strict and measures and _is_a_share(entry, measures):
            meant = f"{float(entry['value']) * 100:g}"
            fault = f"{entry['value']} is less than 1 %: write {meant} for {meant} %."
        if fault:
            problems.append(file.fault(entry, "", fault, _FORM))
        else:
            targets.append(_target(entry))
    raise_together(problems)
    return Targets(targets)


def _is_a_share(entry: dict[str, Any], measures: Mapping[str, Measure]) -> bool:
    """Whether a percentage is to reach less than one, which is a share written where a percentage belongs."""
    return measures[entry["measure"]].unit is Unit.PERCENT and 0 < entry["value"] < 1


def _fault(entry: dict[str, Any], measures: Mapping[str, Measure] | None, before: list[Target]) -> str:
    missing = [name for name in ("measure", "from", "value", "source") if name not in entry]
    if missing:
        return f"A target has no {', no '.join(missing)}."
    if fault := _fault_of_form(entry):
        return fault
    if measures is not None and entry["measure"] not in measures:
        near = near_or_all(entry["measure"], measures, "`py -m scorecard indicators` lists them all.")
        return f"There is a target for {entry['measure']}, but no measure of that name. {near}"
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
