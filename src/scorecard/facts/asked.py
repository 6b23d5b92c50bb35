"""What a run asks for: its measures, their windows, and the members that are printed even where nothing is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Statistic, Unit
from scorecard.facts.cases import month_number, put_rows
from scorecard.facts.counting import has_cases_below, months_of, windows_of
from scorecard.facts.fact import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from scorecard.definitions.registry import Registry
    from scorecard.facts.cases import Cases
    from scorecard.facts.run import Run

CASES_BELOW = "cases"
"""What a measure is set against where that is counted from its own cases; else `population`, or another measure."""

_PER = {Unit.PERCENT: 100.0, Unit.RATE_PER_10000: 10_000.0}

_WINDOWS = {
    "window_no": "INTEGER",
    "period": "VARCHAR",
    "window": "VARCHAR",
    "first_no": "INTEGER",
    "last_no": "INTEGER",
    "first_day": "DATE",
    "last_day": "DATE",
    "population": "INTEGER",
    "days": "INTEGER",
}
_MEMBERS = {"dimension": "VARCHAR", "member": "VARCHAR"}
_ASKED = {
    "measure": "VARCHAR",
    "window": "VARCHAR",
    "dimension": "VARCHAR",
    "below": "VARCHAR",
    "per": "DOUBLE",
    "is_median": "BOOLEAN",
    "unit": "VARCHAR",
    "definition": "VARCHAR",
    "from_day": "DATE",
    "to_day": "DATE",
}


def put_asked(connection: duckdb.DuckDBPyConnection, registry: Registry, counted: Iterable[Cases], run: Run) -> None:
    """Make the tables `windows`, `members` and `asked`, one row of which is a measure, a window and a dimension."""
    put_rows(connection, "windows", _WINDOWS, [(number, *row) for number, row in enumerate(_windows(run))])
    members = [(name, code) for name, one in registry.dimensions.items() for code in one.members]
    put_rows(connection, "members", _MEMBERS, [(WHOLE, WHOLE), *members])
    put_rows(connection, "asked", _ASKED, [row for cases in counted for row in _asked(cases)])


def _windows(run: Run) -> Iterator[tuple[object, ...]]:
    """Every window of every month that the records reach back to."""
    for period in run.months:
        population = run.population(period)
        for window in Window:
            first, last = months_of(window, period)
            if run.covers(first):
                days = (last.last_day - first.first_day).days + 1
                persons = population.persons if population else None
                ends = (month_number(first), month_number(last), first.first_day, last.last_day)
                yield (str(period), window.value, *ends, persons, days)


def _asked(cases: Cases) -> Iterator[tuple[object, ...]]:
    indicator = cases.indicator
    for measure in indicator.measures:
        below = CASES_BELOW if has_cases_below(measure, cases.columns) else measure.of
        told = (below, _PER.get(measure.unit, 1.0), measure.statistic is Statistic.MEDIAN, measure.unit.value)
        days = (measure.from_day or indicator.from_day, measure.to_day or indicator.to_day)
        for window in windows_of(indicator, measure):
            for dimension in (WHOLE, *(measure.breakdowns or indicator.breakdowns)):
                yield (measure.id, window.value, dimension, *told, indicator.fingerprint, *days)
