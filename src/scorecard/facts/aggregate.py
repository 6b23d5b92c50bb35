"""Cases into facts: by calendar month first, windows as sums of months; one aggregation for every indicator.

Only what months do not add up to (distinct children, medians) goes back to the cases for each window. All of it is
SQL on one connection; the facts of a run stand in its table `facts`. Each indicator adds its months to one table, and
all facts are made of that at once: a statement costs more to prepare than a council's numbers do to add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import POPULATION, Measure, Statistic
from scorecard.facts.asked import CASES_BELOW, put_asked
from scorecard.facts.cases import CROSSED, Cases, dimensions_of, make_cases, month_number
from scorecard.facts.counting import denominator, is_additive, numerator, windows_of
from scorecard.facts.doubts import mark_doubted
from scorecard.facts.fact import WHOLE, Quality, Status
from scorecard.facts.quality import grade

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import duckdb

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Indicator
    from scorecard.definitions.registry import Registry
    from scorecard.facts.run import Run

_TABLES = """
CREATE OR REPLACE TEMP TABLE monthly (
    measure VARCHAR, month_no INTEGER, dimension VARCHAR, member VARCHAR, n DECIMAL(38, 6), d DECIMAL(38, 6),
    cases BIGINT, left_out BIGINT, doubted BIGINT, least DOUBLE[], most DOUBLE[]);
CREATE OR REPLACE TEMP TABLE summed (
    measure VARCHAR, window_no INTEGER, dimension VARCHAR, member VARCHAR, n DOUBLE, d DOUBLE, cases BIGINT,
    left_out BIGINT, doubted BIGINT, is_mixed BOOLEAN);
CREATE OR REPLACE TEMP TABLE facts (
    indicator VARCHAR, period VARCHAR, "window" VARCHAR, dimension VARCHAR, member VARCHAR, as_at DATE,
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, unit VARCHAR, status VARCHAR, quality VARCHAR,
    snapshot VARCHAR, definition VARCHAR, supplied_by VARCHAR, reason VARCHAR)"""


def make_facts(
    connection: duckdb.DuckDBPyConnection, registry: Registry, indicators: Iterable[Indicator], run: Run
) -> dict[str, Cases]:
    """Fill the table `facts` for these indicators, and give back their tables of cases."""
    made = make_cases(connection, tuple(indicators), registry, months_counted(run.months), run.teams)
    mark_doubted(connection, made.values())
    count_facts(connection, registry, made.values(), run)
    return made


def count_facts(connection: duckdb.DuckDBPyConnection, registry: Registry, made: Collection[Cases], run: Run) -> None:
    """Fill the table `facts` from cases that are made."""
    connection.execute(_TABLES)
    put_asked(connection, registry, made, run)
    for cases in made:
        if not connection.execute(f"SELECT 1 FROM {cases.table} LIMIT 1").fetchall():  # noqa: S608 - ids of definitions
            continue
        _sum_months(connection, cases)
        for measure in cases.indicator.measures:
            if not is_additive(measure):
                _count_windows(connection, cases, measure)
    _sum_windows(connection)
    _fill_facts(connection, run)
    set_against(connection)
    grade(connection, made, run)


def months_counted(months: tuple[Period, ...]) -> tuple[Period, ...]:
    """Every month whose cases some window of these months needs, in order."""
    first = min(min(month.april, month.back(11)) for month in months)
    count = month_number(months[-1]) - month_number(first) + 1
    return tuple(months[-1].back(step) for step in reversed(range(count)))


def _grouping_sets(cases: Cases, base: str) -> str:
    """The whole and each breakdown of cases, within each of a base."""
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


def _sum_months(connection: duckdb.DuckDBPyConnection, cases: Cases) -> None:
    """Add the months of an indicator's additive measures."""
    measures = [measure for measure in cases.indicator.measures if is_additive(measure)]
    if not measures:
        return
    ids = ", ".join(f"'{measure.id}'" for measure in measures)
    tops = ", ".join(f"SUM({numerator(measure, cases.columns)})" for measure in measures)
    bottoms = ", ".join(f"SUM({denominator(measure, cases.columns)})" for measure in measures)
    connection.execute(
        f"""INSERT INTO monthly BY NAME
        SELECT unnest([{ids}]) AS measure, * EXCLUDE (tops, bottoms), unnest(tops) AS n, unnest(bottoms) AS d
        FROM (SELECT month_no, {_dimension_and_member(cases)}, [{tops}] AS tops, [{bottoms}] AS bottoms,
                     COUNT(*) AS cases, COUNT(left_out) AS left_out, COUNT(doubted) AS doubted,
                     [{_of_each("MIN", cases)}] AS least, [{_of_each("MAX", cases)}] AS most
              FROM {cases.table} GROUP BY {_grouping_sets(cases, "month_no")})"""  # noqa: S608 - ids of definitions
    )


def _of_each(aggregate: str, cases: Cases) -> str:
    """The least or the greatest value of each parameter that cases were judged by."""
    return ", ".join(f'{aggregate}("{name}")' for name in cases.judged)


def _count_windows(connection: duckdb.DuckDBPyConnection, cases: Cases, measure: Measure) -> None:
    """Add the windows of a measure whose months do not add up."""
    counted, base = numerator(measure, cases.columns), denominator(measure, cases.columns)
    if measure.statistic is Statistic.MEDIAN:
        top = f'MEDIAN(CASE WHEN left_out IS NULL THEN "{measure.counts}" END)'
        bottom = f"SUM({base})"
    else:
        top = f"COUNT(DISTINCT CASE WHEN ({counted}) > 0 THEN child_id END)"
        bottom = f"COUNT(DISTINCT CASE WHEN ({base}) > 0 THEN child_id END)"
    windows = ", ".join(f"'{window}'" for window in windows_of(cases.indicator, measure))
    is_mixed = " OR ".join(f'MIN("{name}") <> MAX("{name}")' for name in cases.judged) or "FALSE"
    connection.execute(
        f"""INSERT INTO summed
        SELECT '{measure.id}', w.window_no, {_dimension_and_member(cases)}, {top}, {bottom},
               COUNT(*), COUNT(left_out), COUNT(doubted), {is_mixed}
        FROM windows AS w JOIN {cases.table} AS c ON c.month_no BETWEEN w.first_no AND w.last_no
        WHERE w."window" IN ({windows})
        GROUP BY {_grouping_sets(cases, "w.window_no")}"""  # noqa: S608 - ids of definitions
    )


def _sum_windows(connection: duckdb.DuckDBPyConnection) -> None:
    """The windows of all that is additive; mixed where any parameter's least and greatest value differ."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE months_of AS
        SELECT a.measure, w.window_no, CAST(unnest(range(w.first_no, w.last_no + 1)) AS INTEGER) AS month_no
        FROM (SELECT DISTINCT measure, "window" FROM asked) AS a JOIN windows AS w ON w."window" = a."window";
        INSERT INTO summed
        SELECT m.measure, w.window_no, m.dimension, m.member, SUM(m.n), SUM(m.d), SUM(m.cases), SUM(m.left_out),
               SUM(m.doubted), FALSE
        FROM months_of AS w JOIN monthly AS m ON m.measure = w.measure AND m.month_no = w.month_no
        GROUP BY m.measure, w.window_no, m.dimension, m.member;
        UPDATE summed SET is_mixed = TRUE
        FROM (SELECT measure, window_no, dimension, member
              FROM (SELECT w.measure, w.window_no, m.dimension, m.member, generate_subscripts(m.least, 1) AS place,
                           unnest(m.least) AS least, unnest(m.most) AS most
                    FROM months_of AS w JOIN monthly AS m ON m.measure = w.measure AND m.month_no = w.month_no
                    WHERE len(m.least) > 0)
              GROUP BY measure, window_no, dimension, member, place HAVING MIN(least) <> MAX(most)) AS x
        WHERE x.measure = summed.measure AND x.window_no = summed.window_no
          AND x.dimension = summed.dimension AND x.member = summed.member"""
    )


def _fill_facts(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """A fact of each measure, window and part asked for, also those nothing was counted in."""
    # Nobody knows how many children live in a part of an area, or are of one age: a part's rate has no population.
    # A year to date of a rate is cumulative; set beside a year's figure it is first brought to a year's length.
    connection.execute(
        f"""INSERT INTO facts
        SELECT measure, period, "window", dimension, member, ?, n, d,
               CASE WHEN is_median THEN CASE WHEN d > 0 THEN n END WHEN below IS NULL THEN n
                    ELSE per * n / NULLIF(d, 0)
                         * CASE WHEN "window" = '{Window.YEAR_TO_DATE_ANNUALISED}' THEN 365.0 / days ELSE 1 END END,
               unit,
               CASE WHEN below = '{POPULATION}' AND d IS NULL THEN '{Status.NOT_AVAILABLE}'
                    WHEN d = 0 THEN '{Status.NO_CASES}'
                    WHEN is_mixed THEN '{Status.MIXED}' ELSE '{Status.FINAL}' END,
               '{Quality.SOUND}', ?, definition, '', ''
        FROM (SELECT a.*, w.period, w.days, g.member, COALESCE(s.n, 0) AS n, s.is_mixed,
                     CASE a.below WHEN '{POPULATION}' THEN CASE WHEN a.dimension = '{WHOLE}' THEN w.population END
                                  WHEN '{CASES_BELOW}' THEN COALESCE(s.d, 0) END AS d
              FROM asked AS a
              JOIN windows AS w ON w."window" = a."window" AND (a.from_day IS NULL OR a.from_day <= w.first_day)
                               AND (a.to_day IS NULL OR a.to_day >= w.last_day)
              JOIN (SELECT a.measure, w.window_no, m.dimension, m.member
                    FROM (SELECT DISTINCT measure, "window", dimension FROM asked) AS a
                    JOIN windows AS w ON w."window" = a."window" JOIN members AS m ON m.dimension = a.dimension
                    UNION SELECT measure, window_no, dimension, member FROM summed) AS g
                ON g.measure = a.measure AND g.window_no = w.window_no AND g.dimension = a.dimension
              LEFT JOIN summed AS s ON s.measure = g.measure AND s.window_no = g.window_no
                                   AND s.dimension = g.dimension AND s.member = g.member)""",  # noqa: S608 - numbers and words of the program
        [run.as_at, run.snapshot],
    )


def set_against(connection: duckdb.DuckDBPyConnection) -> None:
    """Give measures that are set against another their denominator, once both are counted, or the other was supplied.

    A figure that was supplied whole stays as it was given.
    """
    key = ("period", '"window"', "dimension", "member")
    same = " AND ".join(f"o.{name} = f.{name}" for name in key)
    connection.execute(
        f"""UPDATE facts SET denominator = o.below, value = o.per * facts.numerator / NULLIF(o.below, 0),
               status = CASE WHEN o.below IS NULL THEN '{Status.NOT_AVAILABLE}'
                             WHEN o.below = 0 THEN '{Status.NO_CASES}'
                             WHEN facts.status = '{Status.MIXED}' THEN facts.status ELSE '{Status.FINAL}' END,
               supplied_by = CASE WHEN o.by <> '' THEN o.by || ' (what it is set against)' ELSE '' END
        FROM (SELECT f.indicator, {", ".join(f"f.{name}" for name in key)}, a.per, o.numerator AS below,
                     COALESCE(o.supplied_by, '') AS by
              FROM (SELECT DISTINCT measure, below, per FROM asked
                    WHERE below NOT IN ('{POPULATION}', '{CASES_BELOW}')) AS a
              JOIN facts AS f ON f.indicator = a.measure
              LEFT JOIN facts AS o ON o.indicator = a.below AND {same}) AS o
        WHERE facts.supplied_by = '' AND facts.numerator IS NOT NULL AND facts.indicator = o.indicator
          AND {same.replace("f.", "facts.")}"""  # noqa: S608 - words of the program
    )
