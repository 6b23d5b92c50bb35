from __future__ import annotations

from dataclasses import replace

from counted import COUNT, NOVEMBER, SHARE, count, fact, indicator, thing

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import CountEach, Measure
from scorecard.facts.counting import rows_behind
from scorecard.facts.fact import FactKey

ROWS = [
    thing("a", "2021-10-05", ok=1, team="T1"),
    thing("b", "2021-11-05", ok=0, team="T1"),
    thing("c", "2021-11-06", "d", ok=1, team="T2"),
    thing("e", "2021-11-07", "d", ok=1, reason="no start day", team="T2"),
]


def _behind(
    measure: Measure, window: Window, *part: str
) -> tuple[list[tuple[object, ...]], float | None, float | None]:
    facts, engine, cases = count(indicator(measure), ROWS)
    query, values = rows_behind(measure, cases, FactKey(measure.id, NOVEMBER, window, *part))
    found = fact(facts, measure.id, window, *part)
    return engine.connection.execute(query, values).fetchall(), found.numerator, found.denominator


def test_the_rows_behind_a_percentage_are_its_denominator_and_mark_its_numerator() -> None:
    for window in (Window.MONTH, Window.YEAR_TO_DATE, Window.ROLLING_YEAR):
        rows, numerator, denominator = _behind(SHARE, window)
        assert (sum(int(str(row[0])) for row in rows), len(rows)) == (numerator, denominator)


def test_the_rows_behind_a_part_are_its_own() -> None:
    rows, numerator, denominator = _behind(SHARE, Window.YEAR_TO_DATE, "team", "T1")
    assert (len(rows), numerator, denominator) == (2, 1, 2)


def test_the_rows_behind_a_count_are_the_things_counted() -> None:
    rows, numerator, _ = _behind(COUNT, Window.MONTH)
    assert len(rows) == numerator == 3


def test_the_rows_behind_a_measure_of_children_give_each_child_once() -> None:
    rows, numerator, denominator = _behind(replace(SHARE, count_each=CountEach.CHILD), Window.YEAR_TO_DATE)
    assert (sum(int(str(row[0])) for row in rows), len(rows)) == (numerator, denominator) == (2, 2)
