"""From one state of the records to another: what each case adds to a figure in each, and which step changed it.

The states stand in one table, in order. A case is told by the last step that moved it: what a later step takes back
was no change. So the lines of a bridge hold once every case that adds something else at the end than it did at first,
and no other; their sums are the difference of the two ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import CountEach, Statistic
from scorecard.facts.cases import CROSSED, dimensions_of, month_number, put_rows
from scorecard.facts.counting import denominator, months_of, numerator
from scorecard.facts.fact import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from scorecard.definitions.indicator import Measure
    from scorecard.facts.cases import Cases
    from scorecard.facts.fact import FactKey

_ADDED = """CREATE OR REPLACE TEMP TABLE added (
    state INTEGER, measure VARCHAR, dimension VARCHAR, member VARCHAR, side VARCHAR, thing VARCHAR, child VARCHAR,
    month_no INTEGER, n DECIMAL(38, 6), d DECIMAL(38, 6), v DECIMAL(38, 6), once BOOLEAN)"""

_FIGURES = {
    "figure": "INTEGER",
    "measure": "VARCHAR",
    "dimension": "VARCHAR",
    "member": "VARCHAR",
    "first_no": "INTEGER",
    "last_no": "INTEGER",
}

OWN, SET_AGAINST = "", "set against"
"""A thing of the figure itself, or of the other measure it is set against, whose ids may be the same."""


@dataclass(frozen=True)
class Moved:
    """One thing that a figure counts otherwise than it did, and the step (from 1) that made it so.

    `n` and `d` are what it adds more, or less, to numerator and denominator.
    """

    figure: int
    step: int
    thing: str
    child: str | None
    n: float
    d: float
    came: bool
    went: bool


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of what cases add, empty."""
    connection.execute(_ADDED)


def put_state(  # noqa: PLR0913, PLR0917 - what of which cases, and where to
    connection: duckdb.DuckDBPyConnection,
    state: int,
    cases: Cases,
    measures: Iterable[Measure],
    dimensions: Iterable[str] = (),
    against: Iterable[tuple[str, Measure]] = (),
) -> None:
    """Note what each case of a table adds to measures in one state of the records.

    `against` are the measures that are set against one of these cases' own: each is named with it.
    """
    adding = [(one.id, OWN, *_added(one, cases)) for one in measures]
    adding += [(name, SET_AGAINST, *_set_against(one, cases)) for name, one in against]
    if not adding:
        return
    left_out = "" if "left_out" in cases.columns else ", NULL AS left_out"
    lists = zip(*adding, strict=True)
    ids, sides = (", ".join(f"'{one}'" for one in next(lists)) for _ in range(2))
    things, tops, bottoms, values, once = (", ".join(one) for one in lists)
    for dimension in (WHOLE, *dimensions):
        dims = [f"dim_{name}" for name in dimensions_of((dimension,))] if dimension != WHOLE else [f"'{WHOLE}'"]
        member = f" || '{CROSSED}' || ".join(dims)
        connection.execute(
            f"""INSERT INTO added BY NAME
            SELECT {state} AS state, '{dimension}' AS dimension, * FROM (
                SELECT unnest([{ids}]) AS measure, {member} AS member,
                       unnest([{sides}]) AS side, unnest([{things}]) AS thing, child_id AS child, month_no,
                       unnest([{tops}]) AS n, unnest([{bottoms}]) AS d, unnest([{values}]) AS v,
                       unnest([{once}]) AS once
                FROM (SELECT *{left_out} FROM {cases.table}))
                WHERE thing IS NOT NULL AND (n <> 0 OR d <> 0 OR v <> 0)"""  # noqa: S608 - ids of definitions
        )


def _added(measure: Measure, cases: Cases) -> tuple[str, ...]:
    """What a case is counted as, what it adds above and below, its value where they are no sum, if it adds but once."""
    top, bottom = numerator(measure, cases.columns), f"COALESCE({denominator(measure, cases.columns)}, 0)"
    if measure.count_each is CountEach.CHILD:
        return "child_id", *(f"CAST(({one}) > 0 AS DECIMAL(38, 6))" for one in (top, bottom)), _NOUGHT, "TRUE"
    if measure.statistic is Statistic.MEDIAN:
        return "case_id", _decimal(bottom), _decimal(bottom), _decimal(top), "FALSE"
    return "case_id", _decimal(top), _decimal(bottom), _NOUGHT, "FALSE"


def _set_against(measure: Measure, cases: Cases) -> tuple[str, ...]:
    """The same of a case that another measure is set against: what it adds above, it adds there below."""
    thing, top, _, _, once = _added(measure, cases)
    return thing, _NOUGHT, top, _NOUGHT, once


_NOUGHT = "CAST(0 AS DECIMAL(38, 6))"


def _decimal(sql: str) -> str:
    return f"CAST({sql} AS DECIMAL(38, 6))"


def moved(connection: duckdb.DuckDBPyConnection, figures: Sequence[FactKey], states: int) -> list[Moved]:
    """Every thing that one of these figures counts otherwise in the last state than in the first."""
    put_rows(connection, "figures", _FIGURES, [(place, *_figure(key)) for place, key in enumerate(figures)])
    last = states - 1
    each = ", ".join(_in_state(name, state) for state in range(states) for name in "ndv")
    differs = [f"(n{state}, d{state}, v{state}) <> (n{last}, d{last}, v{last})" for state in range(last)]
    # The last step after which nothing moves it any more is the one that made it what it is.
    step = "CASE " + " ".join(f"WHEN {differs[state]} THEN {state + 1}" for state in reversed(range(last))) + " END"
    rows = connection.execute(
        f"""SELECT figure, {step} AS step, thing, child, CAST(n{last} - n0 AS DOUBLE), CAST(d{last} - d0 AS DOUBLE),
                   (n0, d0, v0) = (0, 0, 0), (n{last}, d{last}, v{last}) = (0, 0, 0)
            FROM (SELECT figure, side, thing, once, MAX(child) AS child, {each}
                  FROM figures JOIN added USING (measure, dimension, member)
                  WHERE month_no BETWEEN first_no AND last_no GROUP BY figure, side, thing, once)
            WHERE {differs[0]} ORDER BY figure, step, thing, side"""  # noqa: S608 - numbers of the program
    ).fetchall()
    return [Moved(*row) for row in rows]


def _in_state(name: str, state: int) -> str:
    """What a thing adds in one state: of several cases the sum, or once."""
    most, total = (f"{how}({name}) FILTER (state = {state})" for how in ("MAX", "SUM"))
    return f"COALESCE(IF(once, {most}, {total}), 0) AS {name}{state}"


def _figure(key: FactKey) -> tuple[object, ...]:
    first, last = months_of(key.window, key.period)
    return key.indicator, key.dimension, key.member, month_number(first), month_number(last)
