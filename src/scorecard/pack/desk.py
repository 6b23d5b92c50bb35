"""The desk a pack is laid out on: facts at hand, each measure read once, footnotes gathered."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import NOT_RECORDED
from scorecard.facts.fact import WHOLE, Fact, FactKey, Facts, Quality, Status
from scorecard.findings.finding import Evidence, Reading, headline_window, read_measure
from scorecard.findings.printing import denominator_number, numerator_number, value_number
from scorecard.findings.sums import broken_sums
from scorecard.pack.context import View
from scorecard.pack.document import Cell, Footnote
from scorecard.pack.remarks import Remarks
from scorecard.words.numbers import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.pack.context import PackContext
    from scorecard.words.phrase import Phrase

_GRADED = {
    Quality.SOUND: "",
    Quality.CAUTION: "Read this figure with caution.",
    Quality.UNRELIABLE: "This figure is not reliable; it is shown without judgement.",
}
_MIXED = "A rule changed within this period; each case is judged by the rule of its own day."


class Desk:
    """Facts, definitions and readings of one pack.

    What the source cannot know is laid aside: a figure that is not there is told as one that is not there, and why.
    """

    def __init__(self, context: PackContext, everything: Facts) -> None:
        self.context = context
        self.facts = facts = Facts(fact for fact in everything if not _cannot_be_known(fact))
        self._unknown = {fact.key: fact.reason for fact in everything if _cannot_be_known(fact)}
        self.indicators: dict[str, Indicator] = {}
        self.measures: dict[str, Measure] = {}
        for indicator in context.indicators.values():
            for measure in indicator.measures:
                self.indicators[measure.id] = indicator
                self.measures[measure.id] = measure
        own = context.remarks
        self.remarks = Remarks((*context.plan.notes, *own.notes), own.notices).told(self.measures, context.view)
        self.broken_sums = broken_sums(facts, context.indicators.values(), context.period)
        self._readings: dict[str, Reading] = {}
        self._parts = _by_whole(facts)
        day = max(context.as_at, context.period.last_day)
        self._evidence = Evidence(
            context.period,
            facts,
            context.targets,
            context.comparators,
            day,
            _looked_at(context),
            context.baselines,
            context.parameters,
            context.judged_from,
        )

    def reading(self, measure: str) -> Reading | None:
        """What the month says of a measure; none if nobody defines it."""
        if measure not in self.measures:
            return None
        if measure not in self._readings:
            held, indicator = self.measures[measure], self.indicators[measure]
            found = read_measure(held, indicator, self._evidence, self.window(measure))
            self._readings[measure] = self._with_since(self._not_yet_lowest(found))
        return self._readings[measure]

    def _not_yet_lowest(self, reading: Reading) -> Reading:
        """A count that is still to rise, as past months did, is not called the lowest."""
        is_lowest = reading.extreme and not reading.extreme.highest
        late = reading.now and reading.now.key in self.context.provisional
        return replace(reading, extreme=None) if is_lowest and late else reading

    def _with_since(self, reading: Reading) -> Reading:
        """With what the month before is now, where the page tells it as first reported."""
        told_as_first = reading.moved and self.context.view is View.FIRST
        one = self.context.restated.get(reading.moved.before.key) if told_as_first and reading.moved else None
        return replace(reading, before_since=one.now) if one else reading

    def window(self, measure: str) -> Window:
        """The window of a measure's own figure, which the plan may make a year's."""
        of_a_year = measure in self.context.plan.of_a_year
        return Window.ROLLING_YEAR if of_a_year else headline_window(self.indicators[measure])

    def told(self, measures: tuple[str, ...]) -> tuple[Reading, ...]:
        """The readings of those measures that have a figure in any month shown."""
        readings = (self.reading(measure) for measure in measures)
        return tuple(one for one in readings if one and any(one.trend) and not self.ended(one.measure.id))

    def noted(self, notes: Footnotes, measure: str = "", column: str = "") -> tuple[str, ...]:
        """The marks of what the council remarks on a row, on a column, or on the cell where they meet."""
        return tuple(notes.mark(words) for words in self.remarks.bound(self.context.period, measure, column))

    def noted_cell(self, cell: Cell, notes: Footnotes, measure: str, column: str) -> Cell:
        """A cell with the marks of its own remarks."""
        return replace(cell, marks=(*cell.marks, *self.noted(notes, measure, column)))

    def figure(
        self, key: FactKey, measure: Measure, notes: Footnotes, *, parts: bool = False, strong: bool = False
    ) -> Cell:
        """A figure in a table; of one that cannot be known, why."""
        cell = value_cell(self.facts.get(key), measure, notes, parts=parts, strong=strong)
        return replace(cell, marks=(notes.mark(self._unknown[key]),)) if key in self._unknown else cell

    def is_unknown(self, key: FactKey) -> bool:
        """Whether a figure has no value because the source cannot know it."""
        return key in self._unknown

    def why_unknown(self, measures: Iterable[str], dimension: str = WHOLE) -> dict[str, tuple[str, ...]]:
        """Why the month's figures, or their parts by a dimension, cannot be known; and by each reason, which."""
        why = dict[str, list[str]]()
        for measure in measures:
            keys = (key for key in self._unknown if (key.indicator, key.dimension) == (measure, dimension))
            key = next((key for key in keys if key.period == self.context.period), None)
            if key:
                why.setdefault(self._unknown[key], []).append(self.measures[measure].title)
        return {reason: tuple(titles) for reason, titles in why.items()}

    def ended(self, measure: str) -> date | None:
        """The last day a measure was counted, where that lies before the month."""
        last = self.indicators[measure].to_day if measure in self.indicators else None
        return last if last and last < self.context.period.first_day else None

    def parts(self, whole: FactKey, dimension: str) -> dict[str, Fact]:
        """The parts of a figure by one dimension, by member."""
        return self._parts.get((whole, dimension), {})

    def crossed(self, whole: FactKey, dimension: str, member: str, other: str) -> dict[str, Fact]:
        """Of one member of a dimension the parts by another, where the two were crossed either way round."""
        pairs = {**self.parts(whole, f"{dimension}×{other}"), **self._turned(whole, other, dimension)}
        return {pair.split("×")[1]: fact for pair, fact in pairs.items() if pair.split("×")[0] == member}

    def _turned(self, whole: FactKey, other: str, dimension: str) -> dict[str, Fact]:
        pairs = self.parts(whole, f"{other}×{dimension}")
        return {"×".join(reversed(pair.split("×"))): fact for pair, fact in pairs.items()}

    def members(self, dimension: str, codes: Iterable[str]) -> dict[str, str]:
        """Members by code, in the order and words of their dimension; those it does not name after them."""
        held = self.context.dimensions.get(dimension)
        labels, found = dict(held.members) if held else {}, set(codes)
        ordered = [code for code in labels if code in found] + sorted(found - labels.keys())
        ordered.sort(key=lambda code: code == NOT_RECORDED)
        return {code: labels.get(code, "Not recorded" if code == NOT_RECORDED else code) for code in ordered}

    def title_of(self, dimension: str) -> str:
        """What a dimension is called at the corner of a table."""
        held = self.context.dimensions.get(dimension)
        return held.title if held else dimension.replace("_", " ").capitalize()


def _cannot_be_known(fact: Fact) -> bool:
    return fact.status is Status.NOT_AVAILABLE and bool(fact.reason)


def _looked_at(context: PackContext) -> dict[str, date]:
    """The indicators whose cases were looked at before the month's end, with the day."""
    looked = (tie.other for tie in context.ties.cohorts)
    return {one.measure: one.day for one in looked if one.day < context.period.last_day}


def _by_whole(facts: Facts) -> dict[tuple[FactKey, str], dict[str, Fact]]:
    parts: dict[tuple[FactKey, str], dict[str, Fact]] = {}
    for fact in facts:
        key = fact.key
        whole = FactKey(key.indicator, key.period, key.window)
        if key != whole:
            parts.setdefault((whole, key.dimension), {})[key.member] = fact
    return parts


class Footnotes:
    """The footnotes of one table: each remark once, under its own mark.

    A table of many months tells the reasons of one of them, its grade alone of the others: each has its own pack.
    """

    def __init__(self, told_of: Period | None = None) -> None:
        self.told_of = told_of
        self._marks: dict[Phrase, str] = {}

    def mark(self, *remark: str) -> str:
        """The mark of a remark made of plain words."""
        return self.mark_phrase(tuple(remark))

    def mark_phrase(self, remark: Phrase) -> str:
        """The mark of a remark."""
        return self._marks.setdefault(remark, _letters(len(self._marks)))

    def all(self) -> tuple[Footnote, ...]:
        """Every remark with its mark, in the order they came."""
        return tuple(Footnote(mark, remark) for remark, mark in self._marks.items())


def _letters(place: int) -> str:
    """Letters in order: a to z, then aa, ab and on."""
    round_, letter = divmod(place, len(ascii_lowercase))
    return (_letters(round_ - 1) if round_ else "") + ascii_lowercase[letter]


def value_cell(
    fact: Fact | None, measure: Measure, notes: Footnotes, *, parts: bool = False, strong: bool = False
) -> Cell:
    """A figure in a table, its caution bound to it; "24 of 60" under a percentage where asked."""
    if fact is None:
        return Cell((NO_VALUE,), strong=strong)
    in_full = notes.told_of in {None, fact.key.period}
    marks = tuple(notes.mark(remark) for remark in cautions(fact, in_full=in_full))
    small = _out_of(fact) if parts and measure.unit == "percent" else ()
    return Cell((value_number(fact, measure),), small=small, marks=marks, strong=strong)


def cautions(fact: Fact, *, in_full: bool = True) -> tuple[str, ...]:
    """What a reader must be told beside a figure; in full, why it has its grade."""
    remark = f"{_GRADED[fact.quality]} {fact.reason if in_full else ''}".strip()
    said = [remark] if remark else []
    if fact.status is Status.MIXED:
        said.append(_MIXED)
    if fact.supplied_by:
        how = "Imported from" if fact.is_imported else "Supplied by"
        said.append(f"{how} {fact.supplied_by}; not counted from records.")
    return tuple(said)


def _out_of(fact: Fact) -> Phrase:
    if fact.denominator is None:
        return ()
    return (numerator_number(fact), " of ", denominator_number(fact))
