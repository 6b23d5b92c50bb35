"""Published figures to set beside a council's own, and the refusal to set unlike things side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from scorecard.definitions.indicator import Measure


class Area(StrEnum):
    """Whose figure it is, in the order of a table's columns."""

    NEIGHBOURS = "statistical_neighbours"
    REGION = "region"
    ENGLAND = "england"
    GOOD_NEIGHBOURS = "good_neighbours"
    GOOD = "judged_good"
    OUTSTANDING = "judged_outstanding"
    COUNCIL = "council"


HEADLINE = (Area.NEIGHBOURS, Area.REGION, Area.ENGLAND)
"""The areas of the summary, the charts and the sentences; the others stand in the tables of comparison."""

_LABELS = {
    Area.NEIGHBOURS: "Statistical neighbours",
    Area.REGION: "Region",
    Area.ENGLAND: "England",
    Area.GOOD_NEIGHBOURS: "Neighbours judged good",
    Area.GOOD: "Councils judged good",
    Area.OUTSTANDING: "Councils judged outstanding",
    Area.COUNCIL: "This council, as published",
}


class PeriodKind(StrEnum):
    """Whether a figure counts what happened in a year, who was there on a day, or people by birthdays in a year."""

    YEAR = "year"
    SNAPSHOT = "snapshot"
    BIRTHDAYS_IN_YEAR = "birthdays_in_year"


@dataclass(frozen=True)
class Comparator:
    """One published or derived figure with all one must know to compare with it."""

    measure: str
    area: Area
    label: str
    value: Decimal
    decimals: int
    unit: Unit
    counts: str
    period_kind: PeriodKind
    period_start: date
    period_end: date
    published: date
    source: str
    method: str
    members_used: int | None = None
    members: int | None = None
    differs: str = ""

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.measure}/{self.area}/{self.period_end}/{self.period_kind}/{self.published}"

    @property
    def period_words(self) -> str:
        """The period as printed.

        A year from April is written as the field writes it, 2020/21; a snapshot by its day.
        """
        if self.period_kind is PeriodKind.SNAPSHOT:
            return f"at {self.period_end.day} {self.period_end:%B %Y}"
        return f"{self.period_start.year}/{self.period_end.year % 100:02d}"

    @property
    def period_in_few_words(self) -> str:
        """The period for a narrow cell."""
        if self.period_kind is PeriodKind.SNAPSHOT:
            return f"{self.period_end:%b %Y}"
        return self.period_words


@dataclass(frozen=True)
class Refusal:
    """Comparators that count something else, and the reason they are not set beside the figure."""

    comparators: tuple[Comparator, ...]
    reason: str


@dataclass(frozen=True)
class LikeForLike:
    """What may be set beside a measure, and what may not."""

    used: Mapping[Area, Comparator]
    refused: tuple[Refusal, ...]


class Comparators:
    """All published figures at hand, several vintages side by side."""

    def __init__(self, comparators: Iterable[Comparator] = ()) -> None:
        self._comparators = tuple(comparators)

    def __iter__(self) -> Iterator[Comparator]:
        """Every comparator, in the order it was given."""
        return iter(self._comparators)

    def latest(self, measure: str, day: date) -> tuple[Comparator, ...]:
        """The latest vintage published by a day, for each area, kind and period that ended before it."""
        published = self.published(measure, day)
        places = {(one.area, one.period_kind, one.period_end): one for one in sorted(published, key=_vintage)}
        return tuple(places.values())

    def published(self, measure: str, day: date) -> tuple[Comparator, ...]:
        """Every figure of a measure published by a day, of a period that ended before it."""
        mine = (one for one in self._comparators if one.measure == measure)
        return tuple(one for one in mine if one.period_end < day and one.published <= day)

    def known(self, measure: str, day: date) -> tuple[Comparator, ...]:
        """Of those, the latest period of each area and kind."""
        return tuple({(one.area, one.period_kind): one for one in self.latest(measure, day)}.values())

    def like(self, measure: Measure, kind: Kind, window: Window, day: date) -> LikeForLike:
        """What may be set beside a measure's figure over a window, as known on a day."""
        used: dict[Area, Comparator] = {}
        refused: dict[str, list[Comparator]] = {}
        for comparator in self.known(measure.id, day):
            reason = unlike(measure, kind, window, comparator)
            if reason:
                refused.setdefault(reason, []).append(comparator)
            else:
                used[comparator.area] = comparator
        in_order = {area: used[area] for area in Area if area in used}
        return LikeForLike(in_order, tuple(Refusal(tuple(held), reason) for reason, held in refused.items()))

    def label(self, area: Area) -> str:
        """What the area is called in print, as its latest figure has it."""
        held = max((one for one in self._comparators if one.area is area), key=_vintage, default=None)
        label = held.label if held else _LABELS[area]
        return label if area is not Area.COUNCIL or label == _LABELS[area] else f"{label}, as published"


def _vintage(comparator: Comparator) -> tuple[date, date]:
    return (comparator.period_end, comparator.published)


def unlike(measure: Measure, kind: Kind, window: Window, comparator: Comparator) -> str:
    """Why a comparator may not stand beside a figure; empty where it may.

    A month's percentage may stand beside a year's, its period in words; a month's rate may not, being a twelfth of it.
    """
    if comparator.unit != measure.unit:
        return "the published figure is in another unit"
    if kind is Kind.STOCK and comparator.period_kind is PeriodKind.YEAR:
        return "the published figure counts what happened in a year, this one who was there on a day"
    if kind is Kind.FLOW and comparator.period_kind is PeriodKind.SNAPSHOT:
        return "the published figure counts who was there on a day, this one what happened in a period"
    of_a_year = window in {Window.ROLLING_YEAR, Window.YEAR_TO_DATE_ANNUALISED}
    if kind is Kind.FLOW and measure.unit is Unit.RATE_PER_10000 and not of_a_year:
        return "the published rate is for a whole year, this one for part of one"
    return ""
