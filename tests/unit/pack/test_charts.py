"""A chart, its table and its words say the same of every month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from invented_november import INDICATORS, NOVEMBER, context, facts

from scorecard.findings.finding import Evidence, read_measure
from scorecard.findings.targets import Target, Targets
from scorecard.pack.charts import LOWER_LIMIT, UPPER_LIMIT
from scorecard.pack.context import View
from scorecard.pack.month_charts import chart_of
from scorecard.pack.tables import chart_table
from scorecard.render.palette import BAND
from scorecard.render.svg import draw
from scorecard.words.grammar import joined
from scorecard.words.phrase import Number, text_of

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart

MEASURE = "assessments_45wd_pct"


def _set(day: date, value: int) -> Target:
    return Target(MEASURE, day, Fraction(value))


def _chart(*targets: Target) -> Chart:
    held = Targets(targets)
    measure, owner = next((one, of) for of in INDICATORS for one in of.measures if one.id == MEASURE)
    reading = read_measure(measure, owner, Evidence(NOVEMBER, facts(), held, context().comparators, NOVEMBER.last_day))
    chart = chart_of(reading, held, View.FIRST)
    assert chart is not None
    return chart


LOWERED = (_set(date(2021, 4, 1), 95), _set(date(2021, 9, 1), 70))


def test_the_table_of_a_chart_has_each_months_own_target_and_none_before_the_first() -> None:
    table = chart_table(_chart(*LOWERED))
    place = [column.heading for column in table.columns].index("Target")
    assert [text_of(row.cells[place].phrase) for row in table.rows] == [""] * 5 + ["95%"] * 5 + ["70%"] * 3


def test_each_months_target_in_the_table_is_bound_to_the_target_in_force_then() -> None:
    table = chart_table(_chart(*LOWERED))
    place = [column.heading for column in table.columns].index("Target")
    keys = [piece.key for row in table.rows for piece in row.cells[place].phrase if isinstance(piece, Number)]
    assert keys == [f"{MEASURE}/2021-04-01"] * 5 + [f"{MEASURE}/2021-09-01"] * 3


def test_a_target_that_changed_is_said_with_the_month_it_changed_in() -> None:
    assert "Also drawn: Target 95%, then 70% from Sep 21, " in _chart(*LOWERED).alternative


def test_a_target_that_was_only_set_again_is_said_once() -> None:
    said = _chart(_set(date(2021, 4, 1), 95), _set(date(2021, 9, 1), 95)).alternative
    assert "Also drawn: Target 95%, " in said
    assert "then" not in said


def test_a_target_that_ended_is_drawn_and_said_up_to_its_last_month() -> None:
    chart = _chart(Target(MEASURE, date(2020, 4, 1), Fraction(95), to_day=date(2021, 9, 30)))
    assert chart.lines[0].values == (95.0,) * 11 + (None,) * 2
    assert "Also drawn: Target 95%, then none from Oct 21, " in chart.alternative
    assert ">Target to Sep 21<" in draw(chart)


def test_a_published_figure_stands_in_every_month() -> None:
    chart = _chart(*LOWERED)
    table = chart_table(chart)
    (place,) = (place for place, column in enumerate(table.columns) if column.heading == "England")
    england = [text_of(row.cells[place].phrase) for row in table.rows]
    assert england == ["87.6%"] * 13
    assert "England 87.6%." in chart.alternative


def test_limits_are_a_band_behind_the_points_and_those_outside_are_named_in_words() -> None:
    chart = _chart()
    assert [line.kind for line in chart.lines][-2:] == [LOWER_LIMIT, UPPER_LIMIT]
    assert sorted(chart.band) == list(range(13))
    outside = [point.label for point in chart.points if point.is_outside]
    assert "Nov 21" in outside
    assert f"Outside their limits: {joined(outside)}." in chart.alternative
    assert chart.subtitle.endswith("; shaded: what was to be expected")
    assert BAND in draw(chart)


def test_the_words_at_the_end_of_a_drawn_target_are_the_last_months() -> None:
    drawn = draw(_chart(*LOWERED))
    assert f'data-target="{MEASURE}/2021-09-01"' in drawn
    assert f'data-target="{MEASURE}/2021-04-01"' not in drawn
