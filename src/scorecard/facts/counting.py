"""What one case adds to a measure's numerator and denominator, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import ALL_CASES, POPULATION, CountEach, Kind, Measure, Statistic
from scorecard.facts.cases import month_number

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Indicator
    from scorecard.facts.cases import Cases
    from scorecard.facts.fact import FactKey


def numerator(measure: Measure, columns: tuple[str, ...]) -> str:
    """What a case adds to the numerator. One that is left out adds to plain counts and rates of the population only."""
    counted = _exactly(measure.counts) if measure.counts else "1"
    return f"CASE WHEN left_out IS NULL THEN {counted} ELSE 0 END" if has_cases_below(measure, columns) else counted


def denominator(measure: Measure, columns: tuple[str, ...]) -> str:
    """What a case adds to the denominator; nothing (NULL) where that is not made of cases."""
    if not has_cases_below(measure, columns):
        return "CAST(NULL AS INTEGER)"
    if measure.statistic is not Statistic.RATIO:
        counted = f'CASE WHEN "{measure.counts}" IS NULL THEN 0 ELSE 1 END'
    else:
        counted = "1" if measure.of is None or measure.of == ALL_CASES else _exactly(measure.of)
    return f"CASE WHEN left_out IS NULL THEN {counted} ELSE 0 END"


def _exactly(column: str) -> str:
    """A column to be added up: as a decimal, since a sum of binary fractions depends on the order of the rows."""
    return f'COALESCE(CAST("{column}" AS DECIMAL(18, 6)), 0)'


def has_cases_below(measure: Measure, columns: tuple[str, ...]) -> bool:
    """Whether the denominator is counted from the measure's own cases."""
    return measure.of == ALL_CASES or (measure.of is not None and measure.of in columns)


def other_measure(measure: Measure, columns: tuple[str, ...]) -> str | None:
    """The id of the measure this one is set against, if it is."""
    if measure.of is None or measure.of == POPULATION or has_cases_below(measure, columns):
        return None
    return measure.of


def is_additive(measure: Measure) -> bool:
    """Whether its months add up to its windows: not so for medians and distinct children."""
    return measure.statistic is not Statistic.MEDIAN and measure.count_each is CountEach.CASE


def windows_of(indicator: Indicator, measure: Measure) -> tuple[Window, ...]:
    """The windows a measure has. A stock has a year to date only where it says that month ends are pooled."""
    if indicator.kind is Kind.STOCK:
        pooled = indicator.pooled_month_ends and measure.of is not None and measure.of != POPULATION
        return (Window.MONTH_END, Window.YEAR_TO_DATE) if pooled else (Window.MONTH_END,)
    annualised = (Window.YEAR_TO_DATE_ANNUALISED,) if measure.annualised else ()
    return (Window.MONTH, Window.YEAR_TO_DATE, Window.ROLLING_YEAR, *annualised)


def months_of(window: Window, period: Period) -> tuple[Period, Period]:
    """The first and the last month of a window that ends with a period."""
    match window:
        case Window.YEAR_TO_DATE | Window.YEAR_TO_DATE_ANNUALISED:
            return period.april, period
        case Window.ROLLING_YEAR:
            return Period.holding(period.rolling_year.first), period
        case _:
            return period, period


def rows_behind(measure: Measure, cases: Cases, key: FactKey) -> tuple[str, list[object]]:
    """The query, with its values, for the rows behind a fact, marked `in_numerator`.

    One row for each thing in its denominator; where that is not made of cases, one for each thing counted. A measure of
    children gives each child once.
    """
    counted, base = numerator(measure, cases.columns), denominator(measure, cases.columns)
    first, last = months_of(key.window, key.period)
    values: list[object] = [month_number(first), month_number(last)]
    within = ["month_no BETWEEN ? AND ?"]
    if key.dimension != ALL_CASES:
        for dimension, member in zip(key.dimension.split("×"), key.member.split("×"), strict=True):
            within.append(f"dim_{dimension} = ?")
            values.append(member)
    within.append(f"({base if has_cases_below(measure, cases.columns) else counted}) > 0")
    once = ""
    if measure.count_each is CountEach.CHILD:
        once = " QUALIFY ROW_NUMBER() OVER (PARTITION BY child_id ORDER BY in_numerator DESC, event_date, case_id) = 1"
    query = (
        f"SELECT CAST(({counted}) > 0 AS INTEGER) AS in_numerator, * EXCLUDE (month_no) FROM {cases.table}"  # noqa: S608 - ids of definitions; values are bound
        f" WHERE {' AND '.join(within)}{once} ORDER BY event_date, case_id"
    )
    return query, values
