"""Dated targets of one council, from its `targets.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

_FORM = "Write [[target]] with measure, from (a day), value and source; tolerance is optional."


@dataclass(frozen=True)
class Target:
    """What a measure should reach from a day on, and how near still counts as near."""

    measure: str
    from_day: date
    value: Fraction
    tolerance: Fraction = Fraction(0)
    source: str = ""

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.measure}/{self.from_day}"


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
        in_force = [target for target in self._targets if target.measure == measure and target.from_day <= day]
        return in_force[-1] if in_force else None


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
    if type(entry["from"]) is not date:
        return f"The day from which the target of {entry['measure']} holds is no day such as 2021-04-01."
    if any(not isinstance(entry.get(name, 0), int | Decimal) for name in ("value", "tolerance")):
        return f"Value and tolerance of the target of {entry['measure']} must be numbers."
    if measures is not None and entry["measure"] not in measures:
        return f"There is a target for {entry['measure']}, but no measure of that name."
    if any((target.measure, target.from_day) == (entry["measure"], entry["from"]) for target in before):
        return f"{entry['measure']} has two targets from {entry['from']}."
    return ""


def _target(entry: dict[str, Any]) -> Target:
    return Target(
        measure=entry["measure"],
        from_day=entry["from"],
        value=Fraction(entry["value"]),
        tolerance=Fraction(entry.get("tolerance", 0)),
        source=entry["source"],
    )
