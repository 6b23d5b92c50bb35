"""Past figures held to what can be true of them; all that is wrong is gathered, and nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import NOT_RECORDED, Unit
from scorecard.facts.counting import windows_of
from scorecard.facts.fact import WHOLE, FactKey
from scorecard.facts.supplied import value_of
from scorecard.findings.finding import headline_window
from scorecard.store.imported import PrintedFigure
from scorecard.work.imported_reading import in_plain_words, month_as_written
from scorecard.work.supplied_form import MOST, is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Measure
    from scorecard.definitions.registry import Registry
    from scorecard.errors import ScorecardError
    from scorecard.work.imported_reading import Written

_NUMBER = re.compile(r"-?\d{1,12}(\.(?P<decimals>\d+))?")
_NOTHING = {"", "-", "–", "—", "n/a", "na", ".."}
_MOST_LETTERS = 200
_HUNDRED = 100
_WINDOWS = {"ytd": Window.YEAR_TO_DATE, "rolling 12 months": Window.ROLLING_YEAR}
_LIST = "`scorecard indicators` lists them all."


@dataclass
class Checking:
    """The figures of one file, read one after another; what is wrong gathers in `problems`."""

    registry: Registry
    today: date
    document: str
    problems: list[ScorecardError] = field(default_factory=list)
    targets: int = 0
    _unknown: set[str] = field(default_factory=set)
    _found: dict[str, tuple[PrintedFigure, Written]] = field(default_factory=dict)

    def figures(self, written: Sequence[Written]) -> tuple[PrintedFigure, ...]:
        """The figures that may be kept: all of them, or nothing where there are problems."""
        for one in written:
            self._take(one)
        self._refuse_shares()
        return tuple(figure for figure, _ in self._found.values())

    def _say(self, one: Written, problem: str, remedy: str) -> None:
        self.problems.append(one.fault(problem, remedy))

    def _take(self, one: Written) -> None:
        if "target" in in_plain_words(one.text("indicator")).split() and not self._named(one):
            self.targets += 1
            return
        measure, month = self._measure(one), self._month(one)
        key = self._key(one, measure, month) if measure and month else None
        figure = self._figure(one, measure, key) if measure and key else None
        if figure is None:
            return
        before = self._found.setdefault(figure.key, (figure, one))
        if before[0].value != figure.value:
            self._say(
                one, f"this figure stands in row {before[1].row} as well, with another value", "Leave one of them."
            )

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """The measures by id and by title, as they are compared."""
        names = dict[str, set[str]]()
        for measure in self.registry.measures.values():
            for name in (measure.id, measure.title):
                names.setdefault(in_plain_words(name), set()).add(measure.id)
        return names

    def _named(self, one: Written) -> set[str]:
        return self._names.get(in_plain_words(one.text("indicator")), set())

    def _measure(self, one: Written) -> Measure | None:
        name, found = in_plain_words(one.text("indicator")), self._named(one)
        if len(found) == 1:
            return self.registry.measure(next(iter(found)))
        if name not in self._unknown:  # a name is told once, in the first of its rows
            self._unknown.add(name)
            near = sorted(found) or sorted({min(self._names[one]) for one in get_close_matches(name, self._names, 4)})
            problem = "the measure of this row could be several" if found else "no measure has the name of this row"
            remedy = f"Write an id; near it are: {', '.join(near)}. {_LIST}" if near else f"Write an id. {_LIST}"
            self._say(replace(one, column="indicator"), problem, remedy)
        return None

    def _month(self, one: Written) -> Period | None:
        month = month_as_written(one.text("month"))
        if month is None:
            self._say(one, "the month of this figure cannot be read", "Write it as 2021-11 or Nov 2021.")
        elif month.last_day > self.today:
            self._say(
                one, f"{month.label} has not ended", "Only what was printed of a month that has ended is history."
            )
        else:
            return month
        return None

    def _key(self, one: Written, measure: Measure, month: Period) -> FactKey | None:
        indicator = self.registry.of_measure(measure.id)
        allowed = windows_of(indicator, measure)
        said = in_plain_words(one.text("window"))
        named = {**_WINDOWS, **{in_plain_words(window): window for window in Window}}
        window = named.get(said) if said else headline_window(indicator)
        if window not in allowed:
            self._say(one, f"{measure.id} has no such window", f"It has: {', '.join(allowed)}.")
            return None
        part = self._part(one, measure)
        return FactKey(measure.id, month, window, *part) if window and part else None

    def _part(self, one: Written, measure: Measure) -> tuple[str, str] | None:
        """Dimension and member, the member by its code or its words."""
        dimension, member = one.text("dimension"), one.text("member")
        if not dimension and not member:
            return WHOLE, WHOLE
        allowed = {*self.registry.of_measure(measure.id).breakdowns, *measure.breakdowns}
        if dimension not in allowed or not member:
            broken = f"Its parts are by: {', '.join(sorted(allowed))}." if allowed else "It has no parts."
            self._say(one, f"{measure.id} has no such part", f"{broken} Write dimension and member.")
            return None
        held = self.registry.dimensions.get(dimension)
        codes = {
            in_plain_words(words): code
            for code, label in (held.members if held else {}).items()
            for words in (code, label)
        }
        if not codes or member == NOT_RECORDED:
            return dimension, member
        if in_plain_words(member) not in codes:
            self._say(one, f"{dimension} has no such member", f"It has: {', '.join(held.members if held else ())}.")
            return None
        return dimension, codes[in_plain_words(member)]

    def _figure(self, one: Written, measure: Measure, key: FactKey) -> PrintedFigure | None:
        problems = len(self.problems)
        texts = [one.text(name).casefold() for name in ("value", "numerator", "denominator")]
        value, top, bottom = (None if text in _NOTHING else self._number(one, text) for text in texts)
        made = None if top is None else value_of(key, measure, top, bottom)
        value = made if value is None else value
        if len(self.problems) > problems or value is None:
            return None
        self._check(one, measure, value, top, bottom)
        if made is not None and abs(made - value) > _half_a_step(texts[0]):
            self._say(one, "the value does not agree with its numerator and denominator", "Write what was printed.")
        if measure.of is None:
            top = value
        document = one.text("document") or self.document
        if len(document) > _MOST_LETTERS:
            self._say(one, "the name of the document is too long", f"Write it in {_MOST_LETTERS} letters.")
        return PrintedFigure(str(key), value if made is None else made, top, bottom, document)

    def _number(self, one: Written, text: str) -> float | None:
        plain = text.replace(",", "").replace("£", "").removesuffix("%").strip()
        if not _NUMBER.fullmatch(plain):
            self._say(one, "there is no number where one is meant", "Write digits, or leave the cell empty.")
            return None
        return float(plain)

    def _check(self, one: Written, measure: Measure, value: float, top: float | None, bottom: float | None) -> None:
        is_share = measure.unit is Unit.PERCENT and measure.of not in self.registry.measures
        if any(not 0 <= number <= MOST for number in (value, top, bottom) if number is not None):
            self._say(one, "a number of this figure is below 0 or beyond belief", "Write the number itself.")
        elif measure.unit is Unit.COUNT and is_whole(measure) and not value.is_integer():
            self._say(one, "a count is not whole", "Write how many.")
        elif is_share and (value > _HUNDRED or (top or 0) > (bottom or MOST)):
            self._say(one, "a percentage is greater than 100", "Write a percentage from 0 to 100.")

    def _refuse_shares(self) -> None:
        """A workbook keeps 85% as 0.85; whole columns of such are told, since nobody can see which was meant."""
        of_each = dict[str, list[tuple[PrintedFigure, "Written"]]]()
        for figure, one in self._found.values():
            name = FactKey.parse(figure.key).indicator
            if self.registry.measure(name).unit is Unit.PERCENT and figure.denominator is None:
                of_each.setdefault(name, []).append((figure, one))
        for name, held in of_each.items():
            values = [figure.value for figure, _ in held]
            if max(values) <= 1 and any(0 < value < 1 for value in values):
                remedy = "Write 85, not 0.85; or give numerator and denominator where it is below 1%."
                self._say(held[0][1], f"every percentage of {name} is below 1", remedy)


def _half_a_step(text: str) -> float:
    """How far a printed number may lie from the exact one: half of its last digit, and a hair."""
    found = _NUMBER.fullmatch(text.replace(",", "").replace("£", "").removesuffix("%").strip())
    decimals = len((found and found["decimals"]) or "")
    return 0.5 * 10.0**-decimals + 1e-6


def months_of(figures: Sequence[PrintedFigure]) -> Counter[Period]:
    """How many figures each month has."""
    return Counter(FactKey.parse(figure.key).period for figure in figures)
