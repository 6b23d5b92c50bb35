"""The chart of a measure's months: its points, what they are compared with, and what is said in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import Quality
from scorecard.findings.comparators import HEADLINE
from scorecard.findings.printing import exact_value, value_number
from scorecard.findings.sentences import comparator_number, target_number
from scorecard.findings.titles import title_of
from scorecard.findings.wording import shipped_wording
from scorecard.pack.charts import Break, Chart, Origin, Point, ReferenceLine, Series, Shape
from scorecard.pack.limit_lines import limit_lines, limits_noted, limits_said, with_signals
from scorecard.words.grammar import day_in_words, joined
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Number, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.calendar.periods import Period
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.findings.targets import Targets
    from scorecard.findings.wording import Wording
    from scorecard.pack.context import View

FEWEST_MONTHS = 2
_HIGH = 55
_HALF = 50


def chart_of(
    reading: Reading,
    targets: Targets,
    view: View,
    breaks: tuple[Break, ...] = (),
    wording: Wording | None = None,
) -> Chart | None:
    """The chart of a measure's months in one view; none where there are too few to draw."""
    months, points = months_drawn(reading), with_signals(month_points(reading), reading)
    if sum(point.value is not None for point in points) < FEWEST_MONTHS:
        return None
    compared, limits = (*target_line(reading, months, targets), *_comparator_lines(reading)), limit_lines(reading)
    shape = Shape.BARS if reading.measure.unit in {Unit.COUNT, Unit.POUNDS} else Shape.LINE
    floor = floor_of(reading.measure.unit, (points,), compared) if shape is Shape.LINE else 0
    begins = f" (the scale begins at {floor}%)" if floor else ""
    message = title_of(reading, wording or shipped_wording())
    return Chart(
        id=f"chart-{reading.measure.id}",
        title=text_of(message),
        subtitle=subtitle_of(reading, view) + limits_noted(reading, limits) + begins + breaks_noted(breaks),
        shape=shape,
        unit=reading.measure.unit,
        series=(Series(reading.measure.title, points),),
        lines=(*compared, *limits),
        alternative=_alternative(reading, points, compared, shape)
        + limits_said(points, limits)
        + begins
        + breaks_said(breaks),
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
