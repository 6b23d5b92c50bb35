"""Charts as data: what is drawn and what is said in its place to a reader who does not see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import Quality
from scorecard.findings.comparators import HEADLINE
from scorecard.findings.printing import exact_value, value_number
from scorecard.findings.sentences import comparator_number, target_number
from scorecard.findings.titles import title_of
from scorecard.findings.wording import shipped_wording
from scorecard.words.grammar import day_in_words, joined
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Number, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.findings.targets import Targets
    from scorecard.findings.wording import Wording
    from scorecard.pack.context import View
    from scorecard.words.phrase import Phrase

FEWEST_MONTHS = 2
_HIGH = 55
_HALF = 50


class Shape(StrEnum):
    """Bars for how many, lines for what share or rate, stacks for parts of a whole, rows for parts of one month."""

    BARS = "bars"
    LINE = "line"
    PAIRS = "pairs"
    STACKS = "stacks"
    ROWS = "rows"


class Origin(StrEnum):
    """Where a point comes from: counted in the view of its chart, known to a later freeze only, or imported."""

    COUNTED = "counted"
    KNOWN_LATER = "counted later"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Point:
    """One month of a series, or one part; drawn hollow where it is not reliable, and with a mark by its origin.

    `known_at` is the day up to which the later freeze knew that it was counted from.
    """

    label: str
    period: str
    value: float | None
    number: Number
    hollow: bool = False
    origin: Origin = Origin.COUNTED
    known_at: date | None = None


@dataclass(frozen=True)
class ReferenceLine:
    """A target or a published figure across the months: for each month what held then, None where nothing did."""

    kind: str
    label: str
    values: tuple[float | None, ...]
    numbers: tuple[Number | None, ...]


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour under one name; broken where it is not counted but projected."""

    label: str
    points: tuple[Point, ...]
    projected: bool = False

    @property
    def last(self) -> Point | None:
        """The last point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True)
class Break:
    """Where a rule changed: figures from this month on are not quite like those before it.

    `label` is the month's, as at its point; `told` says on which day, from what to what.
    """

    label: str
    day: date
    told: str

    @property
    def words(self) -> str:
        """What stands at it in the drawing."""
        return f"Rule changed {day_in_words(self.day)}"


@dataclass(frozen=True)
class Chart:
    """One or more series along the same months (or parts), with what they are compared with.

    The title is a message, and `message` the same with its numbers bound; `subject` is what the chart is of.
    """

    id: str
    title: str
    subtitle: str
    shape: Shape
    unit: Unit
    series: tuple[Series, ...]
    lines: tuple[ReferenceLine, ...]
    alternative: str
    floor: float = 0
    along: str = "Month"
    low: bool = False
    message: Phrase = ()
    subject: str = ""
    breaks: tuple[Break, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """The first series, which says what the chart runs along."""
        return self.series[0].points

    @property
    def marks(self) -> dict[Origin, str]:
        """What each mark of its points stands for; nothing where all were counted in the view it shows."""
        drawn = [point for one in self.series for point in one.points if point.value is not None]
        days = {point.known_at for point in drawn if point.known_at}
        said = {
            Origin.COUNTED: "counted",
            Origin.IMPORTED: "imported, not counted here",
            Origin.KNOWN_LATER: f"as known at {day_in_words(max(days))}" if days else "",
        }
        origins = {point.origin for point in drawn}
        return (
            {origin: words for origin, words in said.items() if origin in origins} if origins - {Origin.COUNTED} else {}
        )


@dataclass(frozen=True)
class Panels:
    """Charts of the same months, one above the other under one title."""

    id: str
    title: str
    charts: tuple[Chart, ...]


def chart_of(
    reading: Reading,
    targets: Targets,
    view: View,
    breaks: tuple[Break, ...] = (),
    wording: Wording | None = None,
) -> Chart | None:
    """The chart of a measure's months in one view; none where there are too few to draw."""
    months, points = months_drawn(reading), month_points(reading)
    if sum(point.value is not None for point in points) < FEWEST_MONTHS:
        return None
    lines = (*target_line(reading, months, targets), *_comparator_lines(reading))
    shape = Shape.BARS if reading.measure.unit in {Unit.COUNT, Unit.POUNDS} else Shape.LINE
    floor = floor_of(reading.measure.unit, (points,), lines) if shape is Shape.LINE else 0
    begins = f" (the scale begins at {floor}%)" if floor else ""
    message = title_of(reading, wording or shipped_wording())
    return Chart(
        id=f"chart-{reading.measure.id}",
        title=text_of(message),
        subtitle=subtitle_of(reading, view) + begins + breaks_noted(breaks),
        shape=shape,
        unit=reading.measure.unit,
        series=(Series(reading.measure.title, points),),
        lines=lines,
        alternative=_alternative(reading, points, lines, shape) + begins + breaks_said(breaks),
        floor=floor,
        message=message,
        subject=reading.measure.title,
        breaks=breaks,
    )


def breaks_noted(breaks: tuple[Break, ...]) -> str:
    """A rule's change in a few words under the title, where every renderer prints it."""
    return "".join(f"; the rule changed on {day_in_words(one.day)}" for one in breaks)


def breaks_said(breaks: tuple[Break, ...]) -> str:
    """What changed, for a reader who does not see the rule that is drawn."""
    return "".join(f" {one.told} Months before and since are not alike." for one in breaks)


def months_drawn(reading: Reading) -> tuple[Period, ...]:
    """The months of a reading's trend, the newest last."""
    count = len(reading.trend)
    return tuple(reading.period.back(count - 1 - step) for step in range(count))


def month_points(reading: Reading) -> tuple[Point, ...]:
    """A reading's trend as points."""
    return tuple(
        month_point(month, fact, reading) for month, fact in zip(months_drawn(reading), reading.trend, strict=True)
    )


def floor_of(unit: Unit, drawn: Iterable[tuple[Point, ...]], lines: tuple[ReferenceLine, ...]) -> int:
    """Where the scale of lines begins: at nought, but at half for percentages that never come near it."""
    values = [point.value for points in drawn for point in points] + [value for line in lines for value in line.values]
    high = min((value for value in values if value is not None), default=0) >= _HIGH
    return _HALF if unit is Unit.PERCENT and high else 0


def unit_words(reading: Reading) -> str:
    """What the scale of a chart counts, and when."""
    when = "at each month end" if reading.is_stock else "each month"
    if reading.is_of_a_year:
        when = "in the twelve months ending with each month"
    words = {
        Unit.COUNT: "Number",
        Unit.POUNDS: "Pounds",
        Unit.PERCENT: "Percentage",
        Unit.RATE_PER_10000: "Rate for every 10,000 children",
    }
    return f"{words.get(reading.measure.unit, 'Days')} {when}"


def subtitle_of(reading: Reading, view: View) -> str:
    """What a chart of a reading's months shows, of which months, and in which view."""
    months = months_drawn(reading)
    return f"{unit_words(reading)}, {months[0].label} to {months[-1].label}, {view.words}"


def month_point(month: Period, fact: Fact | None, reading: Reading) -> Point:
    """A fact as a point of its month."""
    value = exact_value(fact)
    number = Number(NO_VALUE, "") if fact is None else value_number(fact, reading.measure)
    hollow = fact is not None and fact.quality is Quality.UNRELIABLE
    drawn = None if value is None else float(value)
    if fact is None:
        return Point(month.short_label, str(month), drawn, number)
    return Point(month.short_label, str(month), drawn, number, hollow, origin_of(fact), fact.known_at)


def origin_of(fact: Fact) -> Origin:
    """Whether a fact was imported, known to a later freeze only, or counted in the view it stands in."""
    if fact.is_imported:
        return Origin.IMPORTED
    return Origin.KNOWN_LATER if fact.known_at else Origin.COUNTED


def origins_said(series: Iterable[Series]) -> str:
    """The months of each mark, for a reader who does not see it; nothing where all were counted."""
    drawn = {point.label: point.origin for one in series for point in one.points if point.value is not None}
    if set(drawn.values()) <= {Origin.COUNTED}:
        return ""
    months = {origin: [label for label, own in drawn.items() if own is origin] for origin in Origin}
    return "".join(f" {origin.capitalize()}: {joined(labels)}." for origin, labels in months.items() if labels)


def target_line(reading: Reading, months: tuple[Period, ...], targets: Targets) -> tuple[ReferenceLine, ...]:
    """The target in force in each month, also one that has ended since; none for a measure without one.

    Beside a month that is not reliable there is none, and none at all where the newest is not.
    """
    if not reading.is_reliable:
        return ()
    judged = zip(months, _reliable(reading), strict=True)
    in_force = [targets.on(reading.measure.id, month.last_day) if sound else None for month, sound in judged]
    if not any(in_force):
        return ()
    values = tuple(None if target is None else float(target.value) for target in in_force)
    numbers = tuple(None if target is None else target_number(target, reading) for target in in_force)
    return (ReferenceLine("target", "Target", values, numbers),)


def _comparator_lines(reading: Reading) -> tuple[ReferenceLine, ...]:
    if reading.compared is not reading.now:  # a year's rate does not belong among months' rates
        return ()
    judged = _reliable(reading)
    return tuple(
        ReferenceLine(
            str(area),
            beside.comparator.label,
            tuple(float(beside.comparator.value) if sound else None for sound in judged),
            tuple(comparator_number(beside.comparator) if sound else None for sound in judged),
        )
        for area, beside in reading.beside.items()
        if area in HEADLINE
    )


def _reliable(reading: Reading) -> list[bool]:
    """Of each month drawn, whether it may be set beside anything."""
    return [fact is None or fact.quality is not Quality.UNRELIABLE for fact in reading.trend]


def _alternative(reading: Reading, points: tuple[Point, ...], lines: tuple[ReferenceLine, ...], shape: Shape) -> str:
    drawn = [point for point in points if point.value is not None]
    kind = "Bar chart" if shape is Shape.BARS else "Line chart"
    judged = [point for point in drawn if not point.hollow] or drawn
    highest = max(judged, key=lambda point: point.value or 0)
    lowest = min(judged, key=lambda point: point.value or 0)
    ends = f"; highest {highest.number.text} ({highest.label}), lowest {lowest.number.text} ({lowest.label})"
    said = [
        f"{kind} of {reading.measure.title}, {points[0].label} to {points[-1].label}.",
        (
            f"It begins at {drawn[0].number.text} ({drawn[0].label}) and ends at {drawn[-1].number.text} "
            f"({drawn[-1].label})" + (ends if reading.is_reliable else "") + "."
        ),
    ]
    if hollow := [point.label for point in drawn if point.hollow]:
        said.append(f"Hollow, because not reliable: {joined(hollow)}.")
    if lines:
        said.append(f"Also drawn: {joined([f'{line.label} {_course(line, points)}' for line in lines])}.")
    return " ".join(said) + origins_said([Series(reading.measure.title, points)])


def _course(line: ReferenceLine, points: tuple[Point, ...]) -> str:
    """What a line stands at, and from which month at something else or at nothing any more."""
    said: list[str] = []
    standing = ""
    for number, point in zip(line.numbers, points, strict=True):
        stands = number.text if number else "none" if said else ""
        if stands != standing:
            said.append(f"then {stands} from {point.label}" if said else stands)
            standing = stands
    return ", ".join(said)
