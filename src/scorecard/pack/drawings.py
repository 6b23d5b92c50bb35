"""Charts of several measures, or of the parts of one: as the plan of a topic asks for them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import FactKey
from scorecard.findings.ahead import at_this_pace
from scorecard.findings.printing import exact_value, share_number, share_of, value_number
from scorecard.findings.sentences import target_number
from scorecard.findings.titles import Named, title_of_parts, title_of_several, title_of_year
from scorecard.pack.breaks import breaks_of
from scorecard.pack.charts import Chart, Panels, Point, ReferenceLine, Series, Shape
from scorecard.pack.month_charts import (
    FEWEST_MONTHS,
    breaks_noted,
    breaks_said,
    chart_of,
    floor_of,
    month_point,
    month_points,
    months_drawn,
    origin_of,
    origins_said,
    subtitle_of,
    target_line,
)
from scorecard.pack.plan import ChartKind
from scorecard.words.grammar import joined
from scorecard.words.numbers import NO_VALUE, plain
from scorecard.words.phrase import Number, Source, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.calendar.periods import Period
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.pack.context import View
    from scorecard.pack.desk import Desk
    from scorecard.pack.plan import ChartPlan
    from scorecard.words.phrase import Phrase

_MONTHS_IN_A_YEAR = 12


def drawing(desk: Desk, name: str, plan: ChartPlan) -> Chart | Panels | None:
    """The drawing a topic asks for; none where there are too few figures to draw."""
    readings = desk.told(plan.measures)
    if not readings:
        return None
    makers = {
        ChartKind.LINES: _lines,
        ChartKind.PAIRS: _pairs,
        ChartKind.SHARES: _shares,
        ChartKind.PARTS: _parts,
        ChartKind.YEAR_SO_FAR: _year_so_far,
    }
    if plan.kind is ChartKind.SHARE_OVER_COUNT:
        return _share_over_count(desk, name, plan, readings)
    return makers[plan.kind](desk, name, plan, readings)


def _label(plan: ChartPlan, reading: Reading) -> str:
    return dict(zip(plan.measures, plan.labels, strict=False)).get(reading.measure.id, reading.measure.title)


def _drawn(series: tuple[Series, ...]) -> bool:
    return any(sum(point.value is not None for point in one.points) >= FEWEST_MONTHS for one in series)


def _share_over_count(desk: Desk, name: str, plan: ChartPlan, readings: tuple[Reading, ...]) -> Chart | Panels | None:
    """Lines of percentages above, bars of how many below: two scales are never laid over each other."""
    held = desk.context
    made = (chart_of(one, held.targets, held.view, breaks_of(desk, (one,)), held.wording) for one in readings)
    charts = tuple(replace(chart, low=True) for chart in made if chart)
    if len(charts) <= 1:
        return charts[0] if charts else None
    return Panels(name, plan.title, tuple(sorted(charts, key=lambda chart: chart.unit is Unit.COUNT)))


def _series(plan: ChartPlan, readings: tuple[Reading, ...]) -> tuple[Series, ...]:
    return tuple(Series(_label(plan, reading), month_points(reading)) for reading in readings)


def _lines(desk: Desk, name: str, plan: ChartPlan, readings: tuple[Reading, ...]) -> Chart | None:
    """Several measures of one unit; a target is drawn where all that have one have the same and may be judged."""
    series = _series(plan, readings)
    if not _drawn(series):
        return None
    months, unit = months_drawn(readings[0]), readings[0].measure.unit
    targets = [line for one in readings for line in target_line(one, months, desk.context.targets)]
    judged = all(one.is_reliable for one in readings) and len({line.values for line in targets}) == 1
    lines = tuple(targets[:1]) if judged else ()
    floor = floor_of(unit, (one.points for one in series), lines)
    begins = f" (the scale begins at {floor}%)" if floor else ""
    breaks = breaks_of(desk, readings)
    subtitle = subtitle_of(readings[0], desk.context.view) + begins + breaks_noted(breaks)
    said = f"Line chart of {plan.title}. {_ends_said(series)}{breaks_said(breaks)}"
    drawn = Chart(name, plan.title, subtitle, Shape.LINE, unit, series, lines, said, floor, breaks=breaks)
    return _titled(drawn, plan, title_of_several(plan.title, _ends(series), desk.context.wording))


def _titled(chart: Chart, plan: ChartPlan, message: Phrase) -> Chart:
    """A chart whose title is its message, and whose subject is what the plan calls it."""
    return replace(chart, title=text_of(message), message=message, subject=plan.title)


def _ends(series: tuple[Series, ...]) -> list[Named]:
    """The newest value of each series that has one in the newest month."""
    last = ((one.label, one.points[-1]) for one in series)
    return [(label, point.value, point.number) for label, point in last if point.value is not None]


def _pairs(desk: Desk, name: str, plan: ChartPlan, readings: tuple[Reading, ...]) -> Chart | None:
    series = _series(plan, readings)
    if not _drawn(series):
        return None
    subtitle = subtitle_of(readings[0], desk.context.view)
    said = f"Bar chart of {plan.title}. {_ends_said(series)}"
    drawn = Chart(name, plan.title, subtitle, Shape.PAIRS, readings[0].measure.unit, series, (), said)
    return _titled(drawn, plan, title_of_several(plan.title, _ends(series), desk.context.wording))


def _ends_said(series: tuple[Series, ...]) -> str:
    """Where each series begins and ends, for a reader who does not see it."""
    said = []
    for one in series:
        first = next((point for point in one.points if point.value is not None), None)
        if first and one.last:
            course = f"from {first.number.text} ({first.label}) to {one.last.number.text} ({one.last.label})"
            said.append(f"{one.label}: {course}.")
    return " ".join(said) + origins_said(series)


def _members(desk: Desk, dimension: str, parts: list[Mapping[str, Fact]]) -> dict[str, str]:
    """The members that count at least one thing, in the order and words of their dimension."""
    held = {code for one in parts for code, fact in one.items() if fact.value}
    return {code: label for code, label in desk.members(dimension, held).items() if code in held}


def _shares(desk: Desk, name: str, plan: ChartPlan, readings: tuple[Reading, ...]) -> Chart | None:
    """The parts of a whole, month beside month from the first that has any; or, crossed, member beside member."""
    columns = _crossed(desk, plan, readings[0]) if plan.across else _by_month(desk, plan, readings[0])
    members = _members(desk, plan.dimension, [parts for _, parts, _ in columns])
    if sum(whole > 0 for _, _, whole in columns) < FEWEST_MONTHS:
        return None
    series = tuple(
        Series(label, tuple(_share_point(at, parts.get(code), whole) for at, parts, whole in columns))
        for code, label in members.items()
    )
    last = columns[-1][0]
    said = f"Stacked bars of {plan.title}. In {last}: {joined(_last_said(series))}.{origins_said(series)}"
    along = desk.title_of(plan.across) if plan.across else "Month"
    subtitle = _shares_subtitle(plan, readings[0], columns[0][0], desk.context.view)
    drawn = Chart(name, plan.title, subtitle, Shape.STACKS, Unit.PERCENT, series, (), said, along=along)
    return _titled(drawn, plan, title_of_parts(plan.title, _ends(series), desk.context.wording))


def _shares_subtitle(plan: ChartPlan, reading: Reading, first: str, view: View) -> str:
    """What the stacks are shares of, and over which months."""
    if plan.across:
        return f"Percentage of each, {reading.period.label}"
    begun = next(month.label for month in months_drawn(reading) if month.short_label == first)
    when = "at each month end" if reading.is_stock else "each month"
    return f"Percentage of the whole {when}, {begun} to {reading.period.label}, {view.words}"


def _last_said(series: tuple[Series, ...]) -> list[str]:
    return [f"{one.label} {one.points[-1].number.text}" for one in series if one.points[-1].value is not None]


_Column = tuple[str, dict[str, "Fact"], Fraction]


def _by_month(desk: Desk, plan: ChartPlan, reading: Reading) -> list[_Column]:
    key = FactKey(reading.measure.id, reading.period, reading.window)
    columns: list[_Column] = []
    for month in months_drawn(reading):
        parts = desk.parts(key.in_month(month), plan.dimension)
        columns.append((month.short_label, parts, _sum(parts)))
    begun = next((place for place, (_, _, whole) in enumerate(columns) if whole), len(columns))
    return columns[begun:]


def _crossed(desk: Desk, plan: ChartPlan, reading: Reading) -> list[_Column]:
    """A column for each member of the dimension across, with its parts by the other."""
    whole = FactKey(reading.measure.id, reading.period, reading.window)
    columns: list[_Column] = []
    for code, label in desk.members(plan.across, desk.parts(whole, plan.across)).items():
        parts = desk.crossed(whole, plan.across, code, plan.dimension)
        columns.append((label, parts, _sum(parts)))
    together = desk.parts(whole, plan.dimension)
    return [column for column in (*columns, ("All", together, _sum(together))) if column[2]]


def _sum(parts: Mapping[str, Fact]) -> Fraction:
    return sum((exact_value(fact) or Fraction(0) for fact in parts.values()), Fraction(0))


def _share_point(label: str, part: Fact | None, whole: Fraction) -> Point:
    if part is None:
        return Point(label, label, None, Number(NO_VALUE, ""))
    share = share_of(part, whole)
    drawn = None if share is None else float(share)
    return Point(label, label, drawn, share_number(part, whole), origin=origin_of(part), known_at=part.known_at)


def _parts(desk: Desk, name: str, plan: ChartPlan, readings: tuple[Reading, ...]) -> Chart | None:
    """The parts of one month's figure as rows, each with its count."""
    reading = readings[0]
    whole = FactKey(reading.measure.id, reading.period, reading.window)
    parts = desk.parts(whole, plan.dimension)
    members = _members(desk, plan.dimension, [parts])
    if not members:
        return None
    points = tuple(
        Point(label, code, float(exact_value(parts[code]) or 0), value_number(parts[code], reading.measure))
        for code, label in members.items()
    )
    said = f"Bar chart of {plan.title}. {', '.join(f'{point.label} {point.number.text}' for point in points)}."
    when = f"at the end of {reading.period.label}" if reading.is_stock else f"in {reading.period.label}"
    series = (Series(reading.measure.title, points),)
    along = desk.title_of(plan.dimension)
    drawn = Chart(name, plan.title, f"Number {when}", Shape.ROWS, Unit.COUNT, series, (), said, along=along)
    counted = [(point.label, point.value, point.number) for point in points if point.value]
    return _titled(drawn, plan, title_of_parts(plan.title, counted, desk.context.wording))


def _year_so_far(desk: Desk, name: str, plan: ChartPlan, readings: tuple[Reading, ...]) -> Chart | None:
    """What a financial year has come to month by month, the pace kept to its end, and the year's target."""
    reading = readings[0]
    months = tuple(reading.period.april.back(-step) for step in range(_MONTHS_IN_A_YEAR))
    counted = _reached(desk, reading, months)
    reached = [point for point in counted if point.value is not None]
    if not reached:
        return None
    ahead = (Series("At this pace", _projected(reading, months, reached), projected=True),)
    series = (Series(_label(plan, reading), counted), *(ahead if reading.is_reliable else ()))
    lines = _year_target(desk, reading, months)
    said = f"Line chart of {plan.title}. {_ends_said(series)}" + "".join(
        f" Target for the year: {line.numbers[-1].text}." for line in lines if line.numbers[-1]
    )
    subtitle = f"Number since April, {months[0].label} to {months[-1].label}, {desk.context.view.words}"
    drawn = Chart(name, plan.title, subtitle, Shape.LINE, reading.measure.unit, series, lines, said)
    pace = ahead[0].points[-1].number if reading.is_reliable and len(reached) < len(months) else None
    target = next((line.numbers[-1] for line in lines), None)
    return _titled(drawn, plan, title_of_year(plan.title, reached[-1].number, pace, target, desk.context.wording))


def _reached(desk: Desk, reading: Reading, months: tuple[Period, ...]) -> tuple[Point, ...]:
    """Each month's own year to date, as it is printed beside; nothing after a month that has none."""
    points: list[Point] = []
    to_date = FactKey(reading.measure.id, reading.period, Window.YEAR_TO_DATE)
    goes_on = True
    for month in months:
        fact = desk.facts.get(to_date.in_month(month)) if goes_on and month <= reading.period else None
        goes_on = fact is not None and fact.value is not None
        if fact and goes_on:
            points.append(month_point(month, fact, reading))
        else:
            points.append(_nothing(month))
    return tuple(points)


def _nothing(month: Period) -> Point:
    return Point(month.short_label, str(month), None, Number(NO_VALUE, ""))


def _projected(reading: Reading, months: tuple[Period, ...], reached: list[Point]) -> tuple[Point, ...]:
    """From the last month reached to March, the same number a month as so far."""
    value, done = Fraction(reached[-1].value or 0), len(reached)
    return tuple(
        _nothing(month) if place < done else _projected_point(reading, month, at_this_pace(value, done, place))
        for place, month in enumerate(months, 1)
    )


def _projected_point(reading: Reading, month: Period, value: Fraction) -> Point:
    number = Number(plain(value, reading.measure.decimals), f"{reading.measure.id}/{month}#projected", Source.FINDING)
    return Point(month.short_label, str(month), float(value), number)


def _year_target(desk: Desk, reading: Reading, months: tuple[Period, ...]) -> tuple[ReferenceLine, ...]:
    target = desk.context.targets.of_year(reading.measure.id, reading.period.last_day)
    if target is None or not reading.is_reliable:
        return ()
    number = target_number(target, reading)
    return (
        ReferenceLine("target", "Target for the year", (float(target.value),) * len(months), (number,) * len(months)),
    )
