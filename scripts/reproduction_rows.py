"""The numbers printed in the example pack, one a row, and what we hold in the place of each.

`reproduction.csv` names for each number its line and place, and a key. A key names a fact, a comparator, a target or a
parameter; facts may be joined (`a + b`) and set against a whole (`a of b`), and of one its `#numerator` or
`#denominator` may be meant, or its `#rise` or `#fall` since the month before.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import WHOLE, FactKey
from scorecard.findings.comparator_files import SHIPPED, load_comparators
from scorecard.findings.finding import printed_difference
from scorecard.findings.printing import exact_value
from scorecard.pack.context import View
from scorecard.words.numbers import NO_VALUE, exact, rounded, worded
from scorecard.work.views import facts_for_pack
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from scorecard.facts.fact import Facts
    from scorecard.work.workspace import Workspace

ROWS = Path(__file__).with_name("reproduction.csv")
MONTH = Period(2021, 11)
NUMBER = re.compile(r"£?\d+(?:[.,/]\d+)*%?|\b(?:one|two|three|four|twice|double)\b", re.IGNORECASE)
"""What counts as a number printed: digits with their signs, and the numbers written as words."""

_IN_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4"}
_NOT_FIGURES = {"date or code", "words only"}


@dataclass(frozen=True)
class Row:
    """One printed number. `ours` is what we print instead, where not the same; `setting` what was set for the month."""

    line: int
    nth: int
    printed: str
    about: str
    kind: str
    key: str
    contradiction: str
    ours: str
    setting: str

    @property
    def expected(self) -> str:
        """The text our value must round to."""
        return self.ours or self.printed


@dataclass(frozen=True)
class Figure:
    """An exact value of ours with the one format of its measure."""

    value: Fraction
    unit: str
    decimals: int = 0

    @property
    def text(self) -> str:
        """As our pages print it."""
        return worded(self.value, self.unit, self.decimals)

    def prints(self, text: str) -> bool:
        """Whether it rounds to a printed number, as finely as that is printed and in the same unit."""
        number = _IN_WORDS.get(text.lower(), text).strip("£%").replace(",", "")
        decimals = len(number.partition(".")[2])
        same_unit = text.endswith("%") == (self.unit == Unit.PERCENT)
        return same_unit and rounded(self.value, decimals) == Decimal(number)


def read_rows() -> tuple[Row, ...]:
    """Every row of the data file, in the order of the pages."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return tuple(Row(int(cells.pop("line")), int(cells.pop("nth")), **cells) for cells in csv.DictReader(lines))


def verdict(row: Row, figure: Figure | None) -> str:
    """`same`, `explained` or `different`; nothing to say of a number that is no figure."""
    if row.kind in _NOT_FIGURES and not row.key:
        return NO_VALUE
    if figure is None or not figure.prints(row.expected):
        return "different"
    if row.contradiction:
        return f"explained {row.contradiction}"
    return f"same, by {row.setting}" if row.setting else "same"


def held_in(folder: Path) -> Held:
    """What a workspace holds for its November 2021 pack, as first reported."""
    workspace = open_workspace(folder)
    return Held(workspace, facts_for_pack(workspace, MONTH, View.FIRST))


class Held:
    """A workspace and its facts, where figures are looked up."""

    def __init__(self, workspace: Workspace, facts: Facts) -> None:
        self.workspace = workspace
        self._facts = facts

    @cached_property
    def _published(self) -> dict[str, Figure]:
        own = self.workspace.folder / "benchmarks"
        held = load_comparators(SHIPPED, *([own] if own.is_dir() else []))
        return {each.key: Figure(Fraction(each.value), each.unit, each.decimals) for each in held}

    @cached_property
    def _targets(self) -> dict[str, Figure]:
        measures = self.workspace.registry.measures
        return {each.key: Figure(each.value, measures[each.measure].unit) for each in self.workspace.targets}

    def figure(self, row: Row) -> Figure | None:
        """Our figure for a row with a key; none where there is none."""
        if row.kind == "counted here":
            return self._counted(row.key)
        if row.kind == "comparator":
            return self._published.get(row.key)
        first, *others = [self._targets.get(name) or self._parameter(name) for name in row.key.split(" × ")]
        for other in others:
            first = Figure(first.value * other.value, first.unit) if first and other else None
        return first

    def _parameter(self, name: str) -> Figure | None:
        parameter = self.workspace.registry.rules.parameters.get(name)
        value = parameter and parameter.on(MONTH.last_day)
        return Figure(exact(value.value), Unit.COUNT) if value else None

    def _counted(self, key: str) -> Figure | None:
        named, _, whole = key.partition(" of ")
        parts = [self._part(one) for one in named.split(" + ")]
        known = [each for each in parts if each]
        if len(known) < len(parts):
            return None
        total = sum((each.value for each in known), Fraction(0))
        if whole:
            against = self._part(whole)
            return Figure(total * 100 / against.value, Unit.PERCENT) if against and against.value else None
        return known[0] if len(known) == 1 else Figure(total, Unit.COUNT)

    def _part(self, key: str) -> Figure | None:
        name, _, part = key.partition("#")
        told = FactKey.parse(name)
        measure = self.workspace.registry.measure(told.indicator)
        fact = self._facts.get(told)
        if fact is None:
            return Figure(Fraction(0), Unit.COUNT) if self._is_nought(told) else None
        value, before = exact_value(fact), exact_value(self._facts.get(told.in_month(told.period.back(1))))
        if part in {"rise", "fall"}:
            if value is None or before is None:
                return None
            rise = Fraction(printed_difference(value, before, measure))
            value = rise if part == "rise" else -rise
        elif part:
            count = {"numerator": fact.numerator, "denominator": fact.denominator}[part]
            return None if count is None else Figure(exact(count), Unit.COUNT)
        return None if value is None else Figure(value, measure.unit, measure.decimals)

    def _is_nought(self, key: FactKey) -> bool:
        """Whether a crossing of two known members has merely no cases: only those that have any are facts."""
        if "×" not in key.dimension:
            return False
        pairs = zip(key.dimension.split("×"), key.member.split("×"), strict=True)
        place = (key.indicator, key.period, key.window)
        return all(self._facts.get(FactKey(*place, *pair)) for pair in ((WHOLE, WHOLE), *pairs))
