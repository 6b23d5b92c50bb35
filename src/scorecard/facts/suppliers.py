"""Who supplies which totals: the cells a council has no records for, from its `suppliers.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from scorecard.errors import Place, UsageError, WorkspaceError, raise_together
from scorecard.facts.cases import CROSSED
from scorecard.facts.counting import windows_of
from scorecard.facts.fact import WHOLE, FactKey
from scorecard.text_files import text_of
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.calendar.periods import Period, Window
    from scorecard.definitions.registry import Registry

_FORM = "Write [[supplier]] with id, title, and a [[supplier.cell]] for each figure: measure; dimension and members."
_ID = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True)
class SuppliedCell:
    """A figure, or one part of it, that a supplier gives each month."""

    measure: str
    window: Window
    dimension: str = WHOLE
    member: str = WHOLE

    @property
    def in_words(self) -> str:
        """Its name in a message."""
        return f"`{self.measure}`" if self.dimension == WHOLE else f"`{self.measure}` ({self.dimension} {self.member})"

    def key(self, period: Period) -> FactKey:
        """The key of the fact it fills in a month."""
        return FactKey(self.measure, period, self.window, self.dimension, self.member)


@dataclass(frozen=True)
class Supplier:
    """A team that gives totals."""

    id: str
    title: str
    cells: tuple[SuppliedCell, ...]


def load_suppliers(path: Path, registry: Registry) -> dict[str, Supplier]:
    """Read a council's suppliers by their ids; every fault in the file is told at once."""
    reading = _Reading(registry)
    try:
        held = tomllib.loads(text_of(path))
        reading.check_keys("the file", held, {"supplier"})
        found = [reading.supplier(entry) for entry in held.get("supplier", [])]
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise WorkspaceError(f"the suppliers cannot be read: {error}", remedy=_FORM, at=Place(path)) from None
    reading.check_each_has_one_owner(found)
    raise_together([WorkspaceError(problem, remedy=_FORM, at=Place(path)) for problem in reading.problems])
    return {one.id: one for one in found}


@dataclass
class _Reading:
    """One reading of the file; what is wrong gathers in `problems`."""

    registry: Registry
    problems: list[str] = field(default_factory=list)

    def supplier(self, entry: dict[str, Any]) -> Supplier:
        """One supplier with all its cells."""
        name, title = str(entry.get("id", "")), str(entry.get("title", "")).strip()
        self.check_keys(f"`{name}`", entry, {"id", "title", "cell"})
        if not _ID.fullmatch(name):
            self.problems.append("a supplier has no id of small letters, digits and underscores")
        if not title:
            self.problems.append(f"the supplier `{name}` has no title")
        cells = [cell for one in entry.get("cell", ()) for cell in self._cells(name, one)]
        if "cell" not in entry:
            self.problems.append(f"the supplier `{name}` has no figure to supply")
        return Supplier(name, title, tuple(dict.fromkeys(cells)))

    def check_keys(self, of: str, entry: dict[str, Any], known: set[str]) -> None:
        """What is written and means nothing is a slip of the pen."""
        self.problems += [f"{of} has an unknown key `{key}`" for key in entry if key not in known]

    def check_each_has_one_owner(self, suppliers: list[Supplier]) -> None:
        """An id names one supplier, and a cell is one supplier's."""
        owners = dict[SuppliedCell, str]()
        for place, one in enumerate(suppliers):
            if any(one.id == other.id for other in suppliers[:place]):
                self.problems.append(f"two suppliers have the id `{one.id}`")
            for cell in one.cells:
                if (first := owners.setdefault(cell, one.id)) != one.id:
                    self.problems.append(f"{cell.in_words} is given to `{first}` and to `{one.id}`")

    def _cells(self, supplier: str, entry: dict[str, Any]) -> list[SuppliedCell]:
        self.check_keys(f"`{supplier}`", entry, {"measure", "window", "dimension", "members"})
        name, dimension = str(entry.get("measure", "")), str(entry.get("dimension", WHOLE))
        try:
            measure, indicator = self.registry.measure(name), self.registry.of_measure(name)
        except UsageError as error:
            self.problems.append(f"`{supplier}`: {error.problem} {error.remedy}")
            return []
        window = windows_of(indicator, measure)[0]
        if entry.get("window", window) != window:
            self.problems.append(f"`{supplier}`: the window of `{name}` is {window}, not {entry['window']}")
        if dimension == WHOLE:
            return [SuppliedCell(name, window)]
        breakdowns = measure.breakdowns or indicator.breakdowns
        if dimension not in breakdowns:
            known = joined(breakdowns) or "nothing"
            self.problems.append(f"`{supplier}`: `{name}` is broken down by {known}, not by {dimension}")
            return []
        members = self._members(f"`{supplier}`, `{name}`", dimension, entry.get("members"))
        return [SuppliedCell(name, window, dimension, member) for member in members]

    def _members(self, of: str, dimension: str, asked: list[str] | None) -> list[str]:
        """The members asked for, or all that are listed; where the records decide (teams), any may be asked for."""
        lists = [self.registry.dimensions[part].members for part in dimension.split(CROSSED)]
        members = [CROSSED.join(codes) for codes in product(*lists)] if asked is None else list(map(str, asked))
        if not members:
            self.problems.append(f"{of}: the members of {dimension} must be named")
        for member in members:
            codes = member.split(CROSSED)
            if len(codes) != len(lists) or any(known and code not in known for code, known in zip(codes, lists)):  # noqa: B905 - just compared
                self.problems.append(f"{of}: {dimension} has no member {member}")
        return members
