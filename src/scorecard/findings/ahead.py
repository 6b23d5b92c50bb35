"""What is to be expected before it happens: a year at its own pace, and next month's timeliness of what is open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import Quality
from scorecard.findings.printing import exact_value
from scorecard.words.numbers import rounded, worded
from scorecard.words.phrase import Number, Source

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Measure
    from scorecard.facts.fact import Fact

_MONTHS_IN_A_YEAR = 12


def at_this_pace(so_far: Fraction, months: int, to_month: int) -> Fraction:
    """What a sum comes to after `to_month` months, if it goes on as in the first ones.

    >>> at_this_pace(Fraction(135), 8, 12)
    Fraction(405, 2)
    """
    return so_far * Fraction(to_month, months)


def year_at_this_pace(to_date: Fact | None, measure: Measure) -> Number | None:
    """The year to date carried on to March at its own pace; none where it is no sum, or the year is over.

    It is a pace and no forecast: it knows of no season, and of nothing that is under way.
    """
    value = exact_value(to_date)
    if to_date is None or value is None or measure.unit not in {Unit.COUNT, Unit.POUNDS} or measure.of is not None:
        return None
    period = to_date.key.period
    months = (period.year - period.april.year) * _MONTHS_IN_A_YEAR + period.month - period.april.month + 1
    if months == _MONTHS_IN_A_YEAR:
        return None
    projected = at_this_pace(value, months, _MONTHS_IN_A_YEAR)
    march = period.april.back(1 - _MONTHS_IN_A_YEAR)
    text = worded(rounded(projected, measure.decimals), measure.unit, measure.decimals)
    return Number(text, f"{measure.id}/{march}#projected", Source.FINDING)


@dataclass(frozen=True)
class NextMonth:
    """What is open at a month's end, and what of it can be in time if so many of it are `finished` in the next month.

    `late` are those that no day of it finds in time, `due` those that some days do and others do not; the rest are in
    time on any day. What is only begun in the month is not asked about.

    >>> november = NextMonth(open=477, late=165, due=120, finished=221)
    >>> [round(float(one) * 100) for one in (november.worst, november.best, november.best_when_cleared)]
    [0, 100, 25]
    """

    open: int
    late: int
    due: int
    finished: int

    @property
    def worst(self) -> Fraction:
        """The share in time where as many as can be are late."""
        return Fraction(max(0, self.finished - self.late - self.due), self.finished)

    @property
    def best(self) -> Fraction:
        """The share in time where as few as can be are late."""
        return Fraction(min(self.finished, self.open - self.late), self.finished)

    @property
    def can_be_cleared(self) -> bool:
        """Whether all that are late already are few enough to be finished."""
        return self.late <= self.finished

    @property
    def best_when_cleared(self) -> Fraction:
        """The same where all that are late already are among the finished."""
        return Fraction(max(0, self.finished - self.late), self.finished)


def next_month_of(
    still_open: Fact | None, late: Fact | None, due: Fact | None, finished: Fact | None
) -> NextMonth | None:
    """What next month can be, if as many are finished as in this one; none where a figure is missing or a nought."""
    facts = [fact for fact in (still_open, late, due, finished) if fact]
    counts = [
        int(fact.numerator) for fact in facts if fact.numerator is not None and fact.quality is not Quality.UNRELIABLE
    ]
    if len(counts) < len((still_open, late, due, finished)):
        return None
    held, past, soon, done = counts
    return NextMonth(held, past, soon, min(done, held)) if held and done else None
