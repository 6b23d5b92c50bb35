"""Cases into facts: by calendar month first, windows as sums of months; one aggregation for every indicator.

Only what months do not add up to (distinct children, medians) goes back to the cases for each window. All of it is
SQL on one connection; the facts of a run stand in its table `facts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import POPULATION, Measure, Statistic, Unit
from scorecard.facts.cases import CROSSED, Cases, dimensions_of, make_cases, month_number
from scorecard.facts.counting import (
    denominator,
    is_additive,
    months_of,
    numerator,
    other_measure,
    windows_of,
)
from scorecard.facts.fact import WHOLE, Quality, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Indicator
    from scorecard.definitions.registry import Registry
    from scorecard.facts.run import Run

CAUTION_SHARE = 0.05
"""A figure of whose cases more than this share is left out is to be read with caution."""

UNRELIABLE_SHARE = 0.25
"""And beyond this share it is unreliable."""

_FACTS = """CREATE OR REPLACE TEMP TABLE facts (
    indicator VARCHAR, period VARCHAR, "window" VARCHAR, dimension VARCHAR, member VARCHAR, as_at DATE,
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, unit VARCHAR, status VARCHAR, quality VARCHAR,
    snapshot VARCHAR, definition VARCHAR, supplied_by VARCHAR)"""

_WINDOW_COLUMNS = {
    "window_no": "INTEGER",
    "period": "VARCHAR",
    "window": "VARCHAR",
    "first_no": "INTEGER",
    "last_no": "INTEGER",
    "population": "INTEGER",
    "days": "INTEGER",
}

_PER = {Unit.PERCENT: 100.0, Unit.RATE_PER_10000: 10_000.0}


def make_facts(
    connection: duckdb.DuckDBPyConnection, registry: Registry, indicators: Iterable[Indicator], run: Run
) -> dict[str, Cases]:
    """Fill the table `facts` for these indicators, and give back their tables of cases."""
    connection.execute(_FACTS)
    counted = months_counted(run.months)
    made = {one.id: make_cases(connection, one, registry, counted) for one in indicators}
    for cases in made.values():
        _facts_of(connection, cases, registry, run)
    for cases in made.values():
        for measure in cases.indicator.measures:
            _set_against(connection, cases, measure)
    return made


def months_counted(months: tuple[Period, ...]) -> tuple[Period, ...]:
    """Every month whose cases some window of these months needs, in order."""
    first = min(min(month.april, month.back(11)) for month in months)
    count = month_number(months[-1]) - month_number(first) + 1
    return tuple(months[-1].back(step) for step in reversed(range(count)))


def _facts_of(connection: duckdb.DuckDBPyConnection, cases: Cases, registry: Registry, run: Run) -> None:
    measures = cases.indicator.measures
    _make_grid(connection, cases, registry, run)
    additive = tuple(measure for measure in measures if is_additive(measure))
    if additive:
        _sum_months(connection, cases, additive)
        _insert(connection, cases, additive, run)
    for measure in measures:
        if measure not in additive:
            _count_windows(connection, cases, measure)
            _insert(connection, cases, (measure,), run)


def _make_grid(connection: duckdb.DuckDBPyConnection, cases: Cases, registry: Registry, run: Run) -> None:
    """The windows of the run, and every whole and declared member: nothing counted is a nought, not a gap."""
    wanted = {window for measure in cases.indicator.measures for window in windows_of(cases.indicator, measure)}
    rows = list[tuple[object, ...]]()
    for period in run.months:
        population = run.population(period)
        for window in sorted(wanted):
            first, last = months_of(window, period)
            if _is_in_force(cases.indicator, first, last) and run.covers(first):
                days = (last.last_day - first.first_day).days + 1
                persons = population.persons if population else None
                ends = (month_number(first), month_number(last))
                rows.append((len(rows), str(period), window.value, *ends, persons, days))
    members = [(WHOLE, WHOLE)]
    for name in cases.breakdowns:
        if CROSSED not in name:
            members += [(name, code) for code in registry.dimensions[name].members]
    _put(connection, "windows", _WINDOW_COLUMNS, rows)
    _put(connection, "members", {"dimension": "VARCHAR", "member": "VARCHAR"}, members)


def _put(
    connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: Sequence[Sequence[object]]
) -> None:
    """A small table from rows of the program's own, in one statement: row by row is a hundred times slower."""
    lists = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in columns]
    unpacked = ", ".join(f'unnest(CAST(? AS {kind}[])) AS "{name}"' for name, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {unpacked}", lists)


def _is_in_force(indicator: Indicator, first: Period, last: Period) -> bool:
    began = indicator.from_day is None or indicator.from_day <= first.first_day
    return began and (indicator.to_day is None or indicator.to_day >= last.last_day)


def _grouping_sets(cases: Cases, base: str) -> str:
    sets = [f"({base})"]
    sets += [f"({base}, {', '.join('dim_' + name for name in dimensions_of((one,)))})" for one in cases.breakdowns]
    return "GROUPING SETS (" + ", ".join(sets) + ")"


def _dimension_and_member(cases: Cases) -> str:
    """The names of a grouping's dimension and member; crossed ones first, since they fill both their parts."""
    whens_dimension, whens_member = list[str](), list[str]()
    for breakdown in sorted(cases.breakdowns, key=lambda name: name.count(CROSSED), reverse=True):
        parts = dimensions_of((breakdown,))
        test = " AND ".join(f"GROUPING(dim_{name}) = 0" for name in parts)
        whens_dimension.append(f"WHEN {test} THEN '{breakdown}'")
        whens_member.append(f"WHEN {test} THEN " + f" || '{CROSSED}' || ".join(f"dim_{name}" for name in parts))
    if not whens_dimension:
        return f"'{WHOLE}' AS dimension, '{WHOLE}' AS member"
    return (
        f"CASE {' '.join(whens_dimension)} ELSE '{WHOLE}' END AS dimension,"
        f" CASE {' '.join(whens_member)} ELSE '{WHOLE}' END AS member"
    )


def _judged(cases: Cases) -> str:
    """The least and the greatest value of each parameter that cases were judged by."""
    return "".join(f', MIN("{name}") AS least_{name}, MAX("{name}") AS most_{name}' for name in cases.judged)


def _is_mixed(cases: Cases) -> str:
    """Whether the cases of a fact were judged by two values of one parameter."""
    return " OR ".join(f"least_{name} <> most_{name}" for name in cases.judged) or "FALSE"


def _sum_months(connection: duckdb.DuckDBPyConnection, cases: Cases, measures: tuple[Measure, ...]) -> None:
    sums = ", ".join(
        f"SUM({numerator(m, cases.columns)}) AS n_{m.id}, SUM({denominator(m, cases.columns)}) AS d_{m.id}"
        for m in measures
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE monthly AS SELECT month_no, {_dimension_and_member(cases)}, {sums},"  # noqa: S608 - ids of definitions
        f" COUNT(*) AS cases, COUNT(left_out) AS left_out{_judged(cases)}"
        f" FROM {cases.table} GROUP BY {_grouping_sets(cases, 'month_no')}"
    )
    judged = "".join(f", MIN(least_{n}) AS least_{n}, MAX(most_{n}) AS most_{n}" for n in cases.judged)
    again = ", ".join(f"SUM(n_{m.id}) AS n_{m.id}, SUM(d_{m.id}) AS d_{m.id}" for m in measures)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE summed AS SELECT w.window_no, m.dimension, m.member, {again},"  # noqa: S608 - ids of definitions
        f" SUM(m.cases) AS cases, SUM(m.left_out) AS left_out{judged}"
        " FROM windows AS w JOIN monthly AS m ON m.month_no BETWEEN w.first_no AND w.last_no"
        " GROUP BY w.window_no, m.dimension, m.member"
    )


def _count_windows(connection: duckdb.DuckDBPyConnection, cases: Cases, measure: Measure) -> None:
    """The same table for a measure whose months do not add up."""
    counted, base = numerator(measure, cases.columns), denominator(measure, cases.columns)
    if measure.statistic is Statistic.MEDIAN:
        top = f'MEDIAN(CASE WHEN left_out IS NULL THEN "{measure.counts}" END)'
        bottom = f"SUM({base})"
    else:
        top = f"COUNT(DISTINCT CASE WHEN ({counted}) > 0 THEN child_id END)"
        bottom = f"COUNT(DISTINCT CASE WHEN ({base}) > 0 THEN child_id END)"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE summed AS SELECT w.window_no, {_dimension_and_member(cases)},"  # noqa: S608 - ids of definitions
        f" {top} AS n_{measure.id}, {bottom} AS d_{measure.id},"
        f" COUNT(*) AS cases, COUNT(left_out) AS left_out{_judged(cases)}"
        f" FROM windows AS w JOIN {cases.table} AS c ON c.month_no BETWEEN w.first_no AND w.last_no"
        f" GROUP BY {_grouping_sets(cases, 'w.window_no')}"
    )


def _insert(connection: duckdb.DuckDBPyConnection, cases: Cases, measures: tuple[Measure, ...], run: Run) -> None:
    """Facts of the measures just summed, for every whole and part, also those nothing was counted in."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE parts AS
        SELECT w.*, g.dimension, g.member, s.* EXCLUDE (window_no, dimension, member),
               COALESCE(s.left_out, 0) / NULLIF(s.cases, 0) AS share_left_out
        FROM (SELECT w.window_no, m.dimension, m.member FROM windows AS w CROSS JOIN members AS m
              UNION SELECT window_no, dimension, member FROM summed) AS g
        JOIN windows AS w ON w.window_no = g.window_no
        LEFT JOIN summed AS s ON s.window_no = g.window_no AND s.dimension = g.dimension AND s.member = g.member"""
    )
    for measure in measures:
        _insert_one(connection, cases, measure, run)


def _insert_one(connection: duckdb.DuckDBPyConnection, cases: Cases, measure: Measure, run: Run) -> None:
    top, bottom, value = _parts(cases, measure)
    windows = ", ".join(f"'{window}'" for window in windows_of(cases.indicator, measure))
    of_dimensions = ", ".join(f"'{name}'" for name in (WHOLE, *(measure.breakdowns or cases.indicator.breakdowns)))
    connection.execute(
        f"""INSERT INTO facts
        SELECT ?, period, "window", dimension, member, ?, n, d, {value}, ?,
               CASE WHEN {_no_denominator(measure)} THEN '{Status.NOT_AVAILABLE}' WHEN d = 0 THEN '{Status.NO_CASES}'
                    WHEN {_is_mixed(cases)} THEN '{Status.MIXED}' ELSE '{Status.FINAL}' END,
               CASE WHEN share_left_out > {UNRELIABLE_SHARE} THEN '{Quality.UNRELIABLE}'
                    WHEN share_left_out > {CAUTION_SHARE} THEN '{Quality.CAUTION}' ELSE '{Quality.SOUND}' END,
               ?, ?, ''
        FROM (SELECT *, {top} AS n, {bottom} AS d FROM parts)
        WHERE "window" IN ({windows}) AND dimension IN ({of_dimensions})""",  # noqa: S608 - ids and words of definitions; values are bound
        [measure.id, run.as_at, measure.unit.value, run.snapshot, cases.indicator.fingerprint],
    )


def _parts(cases: Cases, measure: Measure) -> tuple[str, str, str]:
    """Numerator, denominator and value in SQL."""
    top = f"COALESCE(n_{measure.id}, 0)"
    if measure.of == POPULATION:
        bottom = "population"
    elif is_count(measure) or other_measure(measure, cases.columns):
        bottom = "NULL"
    else:
        bottom = f"COALESCE(d_{measure.id}, 0)"
    if measure.statistic is Statistic.MEDIAN:
        return top, bottom, "CASE WHEN d > 0 THEN n END"
    if is_count(measure):
        return top, bottom, "n"
    per = _PER.get(measure.unit, 1.0)
    # A year to date of a rate is cumulative; set beside a year's figure it is first brought to a year's length.
    lengthened = f"CASE WHEN \"window\" = '{Window.YEAR_TO_DATE_ANNUALISED}' THEN 365.0 / days ELSE 1 END"
    return top, bottom, f"{per} * n / NULLIF(d, 0) * {lengthened}"


def is_count(measure: Measure) -> bool:
    """Whether the measure is a plain count, set against nothing."""
    return measure.of is None


def _no_denominator(measure: Measure) -> str:
    return "d IS NULL" if measure.of == POPULATION else "FALSE"


def _set_against(connection: duckdb.DuckDBPyConnection, cases: Cases, measure: Measure) -> None:
    """Give a measure that is set against another its denominator, once both are counted."""
    other = other_measure(measure, cases.columns)
    if other is None:
        return
    connection.execute(
        f"""UPDATE facts SET denominator = o.numerator,
               value = {_PER.get(measure.unit, 1.0)} * facts.numerator / NULLIF(o.numerator, 0),
               status = CASE WHEN o.numerator = 0 THEN '{Status.NO_CASES}' ELSE facts.status END
        FROM facts AS o
        WHERE facts.indicator = ? AND o.indicator = ? AND o.period = facts.period AND o."window" = facts."window"
          AND o.dimension = facts.dimension AND o.member = facts.member""",  # noqa: S608 - numbers and words of the program
        [measure.id, other],
    )
