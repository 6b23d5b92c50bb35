"""Figures to compare with, made of published values: England, the region, the council's own, and means of groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from scorecard.benchmarks.groups import GOOD, LAST_OVERALL, OUTSTANDING, JudgedBy, Judgement, standing
from scorecard.benchmarks.published import FINEST, Level, Value
from scorecard.findings.comparators import Area, Comparator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from scorecard.benchmarks.series import Series


@dataclass(frozen=True)
class Council:
    """Whose comparators are made: the department's number of the council, its region, neighbours and all judgements.

    `numbers` are the numbers of all councils by the code of their area, for judgements that name that.
    """

    code: str
    name: str
    region: str
    neighbours: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    judged_by: JudgedBy = JudgedBy.OVERALL
    or_better: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Group:
    """Councils whose mean is taken: what stands over it, and whose it is in the words of the method."""

    area: Area
    label: str
    whose: str
    members: tuple[str, ...]


def comparators_of(series: Series, values: Iterable[Value], council: Council, published: date) -> Iterator[Comparator]:
    """What a series gives a council to compare with, for each year it is published of."""
    by_year: dict[int, list[Value]] = {}
    for value in values:
        by_year.setdefault(value.year, []).append(value)
    for year, held in sorted(by_year.items()):
        if series.days(year)[1] < published:
            yield from _of_year(series, year, held, council, published)


def _of_year(series: Series, year: int, held: list[Value], council: Council, published: date) -> Iterator[Comparator]:
    for one in held:
        area = _area_of(one, council)
        if area and one.value is not None:
            yield _comparator(series, year, area, one.name, one.value, one.made, published)
    councils = {one.code: one.value for one in held if one.level is Level.COUNCIL}
    day = series.days(year)[1]
    neighbours = _Group(Area.NEIGHBOURS, "Statistical neighbours", "the neighbours", council.neighbours)
    for group in (neighbours, *_judged_groups(council, tuple(councils), day)):
        there = [value for code in group.members if (value := councils.get(code)) is not None]
        if there:
            mean = (sum(there, Decimal(0)) / len(there)).quantize(FINEST)
            how = f"mean of the values of {group.whose} that have one"
            members = (len(there), len(group.members))
            yield _comparator(series, year, group.area, group.label, mean, how, published, members)


def _judged_groups(council: Council, councils: tuple[str, ...], day: date) -> Iterator[_Group]:
    """The groups by judgement on a day; none by the overall one once that is given no more."""
    by = council.judged_by
    if by is JudgedBy.OVERALL and day > LAST_OVERALL:
        return
    held = {council.numbers.get(one, one): told for one, told in standing(council.judgements, day).items()}
    near = (GOOD, OUTSTANDING) if council.or_better else (GOOD,)
    better = "good or outstanding" if council.or_better else "good"
    groups = (
        (Area.GOOD_NEIGHBOURS, "neighbours", better, near, council.neighbours),
        (Area.GOOD, "councils", "good", (GOOD,), councils),
        (Area.OUTSTANDING, "councils", "outstanding", (OUTSTANDING,), councils),
    )
    for area, who, judged, grades, among in groups:
        members = tuple(code for code in among if code in held and held[code].grade in grades)
        if members:
            years = sorted({held[code].published.year for code in members})
            since = f"{years[0]} to {years[-1]}" if years[1:] else f"{years[0]}"
            label = f"{who.capitalize()} judged {judged}{by.words}" + (f", {since}" if by.words else "")
            on = f"{day.day} {day:%B %Y}"
            whose = f"the {who} judged {judged}{by.words} on {on} by judgements of {since}"
            yield _Group(area, label, whose, members)


def _area_of(value: Value, council: Council) -> Area | None:
    wanted = {
        (Level.NATIONAL, ""): Area.ENGLAND,
        (Level.REGIONAL, council.region): Area.REGION,
        (Level.COUNCIL, council.code): Area.COUNCIL,
    }
    return wanted.get((value.level, value.code))


def _comparator(  # noqa: PLR0913, PLR0917 - one figure and all that must be known to compare with it
    series: Series,
    year: int,
    area: Area,
    label: str,
    value: Decimal,
    method: str,
    published: date,
    members: tuple[int, int] | None = None,
) -> Comparator:
    start, end = series.days(year)
    used, all_of_them = members or (None, None)
    return Comparator(
        measure=series.measure,
        area=area,
        label=label,
        value=value,
        decimals=series.decimals if members is None else 1,
        unit=series.unit,
        counts=series.counts,
        period_kind=series.period_kind,
        period_start=start,
        period_end=end,
        published=published,
        source=series.source,
        method=method,
        members_used=used,
        members=all_of_them,
        differs=series.differs,
    )
