"""What past months gained after they were first reported, read from the freezes of the months after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Kind, Statistic, Unit
from scorecard.facts.cases import month_number
from scorecard.facts.counting import is_additive, numerator
from scorecard.facts.fact import WHOLE, FactKey, Status
from scorecard.findings.completeness import HORIZON, Past, Provisional, provisional
from scorecard.findings.finding import MONTHS_SHOWN
from scorecard.work.kept import as_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Indicator, Measure
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace

_SAME_POINT = 7
"""Months first reported so many days earlier or later than this one, after their end, were at the same point."""


@dataclass(frozen=True)
class _Count:
    """A month's count as one freeze has it, the definition it was made by, and the day it speaks up to."""

    number: int
    definition: str
    as_at: date


@dataclass(frozen=True)
class _LookedAtTwice:
    """A past month as it was first reported, and as it was known three months later."""

    period: Period
    first: FrozenMonth
    later: FrozenMonth
    first_counts: Mapping[str, _Count]
    later_counts: Mapping[str, _Count]

    def counts(self, measure: Measure) -> tuple[int, int] | None:
        """The month's count both times; none where it was counted once only, or by another definition since."""
        first, later = self.first_counts.get(measure.id), self.later_counts.get(measure.id)
        same = first and later and first.definition == later.definition
        return (first.number, later.number) if first and later and same else None


def provisional_counts(workspace: Workspace, period: Period) -> dict[FactKey, Provisional]:
    """What may still come to each count of a frozen month, where past months tell."""
    frozen = workspace.months.get(period)
    if frozen is None:
        return {}
    with duckdb.connect(":memory:") as connection:
        own = _counts(connection, frozen, period)
        months = tuple(_looked_at_twice(connection, workspace, period, _days_after_the_end(own, period)))
        found = dict[FactKey, Provisional]()
        for indicator in as_kept(workspace, frozen).registry.indicators.values():
            for measure in filter(is_plain_flow, indicator.measures) if indicator.kind is Kind.FLOW else ():
                key, counted = FactKey(measure.id, period, Window.MONTH), own.get(measure.id)
                past = _past(connection, indicator, measure, months)
                if counted and (said := provisional(key, counted.number, past)):
                    found[key] = said
    return found


def is_plain_flow(measure: Measure) -> bool:
    """Whether a measure counts things, so that one entered late adds one."""
    counted = (measure.of, measure.unit, measure.statistic) == (None, Unit.COUNT, Statistic.RATIO)
    return counted and is_additive(measure)


def _looked_at_twice(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, period: Period, days_after: int
) -> Iterator[_LookedAtTwice]:
    """The past months that were first reported at the same point after their end, and looked at again since."""
    for back in range(HORIZON, MONTHS_SHOWN + HORIZON):
        month = period.back(back)
        first, later = workspace.months.get(month), workspace.months.get(month.back(-HORIZON))
        if first and later and first.has_cases and later.has_cases:
            counts = _counts(connection, first, month)
            if abs(_days_after_the_end(counts, month) - days_after) <= _SAME_POINT:
                yield _LookedAtTwice(month, first, later, counts, _counts(connection, later, month))


def _counts(connection: duckdb.DuckDBPyConnection, frozen: FrozenMonth, month: Period) -> dict[str, _Count]:
    """The whole counts of a month by measure; those alone, since a freeze holds a hundred times as many figures."""
    rows = connection.execute(
        'SELECT indicator, numerator, definition, as_at FROM read_parquet(?) WHERE period = ? AND "window" = ?'
        " AND dimension = ? AND numerator IS NOT NULL AND status <> ?",
        [str(frozen.facts), str(month), Window.MONTH, WHOLE, Status.NOT_AVAILABLE],
    ).fetchall()
    return {measure: _Count(int(number), definition, as_at) for measure, number, definition, as_at in rows}


def _days_after_the_end(counts: Mapping[str, _Count], month: Period) -> int:
    """How many days after its end a month was first reported."""
    return max(((one.as_at - month.last_day).days for one in counts.values()), default=0)


def _past(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, measure: Measure, months: tuple[_LookedAtTwice, ...]
) -> list[Past]:
    """A measure's past months; only those whose count moved are looked at case by case."""
    found = list[Past]()
    for month in months:
        if both := month.counts(measure):
            first, later = both
            moved = _moved(connection, indicator, measure, month) if first != later else (0, 0)
            found.append(Past(first, *moved))
    return found


def _moved(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, measure: Measure, month: _LookedAtTwice
) -> tuple[int, int]:
    """How many cases came into a month's count since it was first reported, and how many went."""
    files = [str(frozen.cases(indicator.id)) for frozen in (month.first, month.later)]
    columns = tuple(connection.read_parquet(files[0]).columns)
    counted = f"SELECT case_id, SUM({numerator(measure, columns)}) AS n FROM read_parquet(?) WHERE month_no = ?"  # noqa: S608 - ids of definitions
    difference = "COALESCE(l.n, 0) - COALESCE(f.n, 0)"
    rows = connection.execute(
        f"SELECT COALESCE(SUM(GREATEST({difference}, 0)), 0), COALESCE(SUM(GREATEST(-({difference}), 0)), 0)"  # noqa: S608 - the words of the program
        f" FROM ({counted} GROUP BY ALL) AS f FULL JOIN ({counted} GROUP BY ALL) AS l USING (case_id)",
        [files[0], month_number(month.period), files[1], month_number(month.period)],
    ).fetchall()
    return int(rows[0][0]), int(rows[0][1])
