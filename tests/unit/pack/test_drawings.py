"""Drawings of several measures say what their facts say, and no more than they can bear."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from invented_november import MONTHS, NOVEMBER, context, fact, facts

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import FactKey, Facts
from scorecard.findings.targets import Target, Targets
from scorecard.pack.breakdowns import breakdown_table
from scorecard.pack.charts import Chart, Panels, Shape
from scorecard.pack.desk import Desk
from scorecard.pack.drawings import drawing
from scorecard.pack.plan import BreakdownKind, BreakdownPlan, ChartKind, ChartPlan, Shares
from scorecard.render.svg import draw
from scorecard.words.phrase import text_of

DESK = Desk(context(), facts())
HUBS = ChartPlan("Screened in time", ChartKind.LINES, ("mash_24h_pct", "da_hub_48h_pct"), ("MASH", "DA Hub"))
YEAR = ChartPlan("Referrals since April", ChartKind.YEAR_SO_FAR, ("referrals",), ("So far",))
CATEGORIES = ChartPlan("Categories", ChartKind.SHARES, ("cpp_by_category",), dimension="category")


def _chart(plan: ChartPlan, desk: Desk = DESK) -> Chart:
    drawn = drawing(desk, "chart-it", plan)
    assert isinstance(drawn, Chart)
    return drawn


def _pairs(pairs: dict[str, int]) -> Desk:
    """A count of twelve in November, crossed by category and source."""
    whole = FactKey("cpp_by_category", NOVEMBER, Window.MONTH_END)
    crossed = [
        fact(replace(whole, dimension="category×source", member=member), count, None, Unit.COUNT)
        for member, count in pairs.items()
    ]
    sums: dict[tuple[str, str], int] = {}
    for member, count in pairs.items():
        for dimension, code in zip(("category", "source"), member.split("×"), strict=True):
            sums[dimension, code] = sums.get((dimension, code), 0) + count
    single = [
        fact(replace(whole, dimension=dimension, member=code), count, None, Unit.COUNT)
        for (dimension, code), count in sums.items()
    ]
    return Desk(context(), Facts([fact(whole, sum(pairs.values()), None, Unit.COUNT), *single, *crossed]))


def test_several_lines_are_named_at_their_ends_in_the_order_given() -> None:
    chart = _chart(HUBS)
    assert [(series.label, series.last and series.last.number.text) for series in chart.series] == [
        ("MASH", "50%"),
        ("DA Hub", "88%"),
    ]
    drawn = draw(chart)
    assert ">MASH<" in drawn
    assert ">DA Hub<" in drawn
    assert 'data-fact="mash_24h_pct/2021-11/month"' in drawn


def test_lines_share_a_target_only_where_all_that_have_one_have_the_same() -> None:
    assert [line.numbers[-1] and line.numbers[-1].text for line in _chart(HUBS).lines] == ["95%"]
    begun = date(2021, 4, 1)
    apart = Targets([Target("mash_24h_pct", begun, Fraction(95)), Target("da_hub_48h_pct", begun, Fraction(90))])
    assert not _chart(HUBS, Desk(replace(context(), targets=apart), facts())).lines


def test_a_share_stands_over_the_count_it_is_made_of_along_the_same_months() -> None:
    measures = ("assessments_completed", "assessments_45wd_pct")
    drawn = drawing(DESK, "chart-it", ChartPlan("Assessments", ChartKind.SHARE_OVER_COUNT, measures))
    assert isinstance(drawn, Panels)
    assert [chart.unit for chart in drawn.charts] == [Unit.PERCENT, Unit.COUNT]
    months = [re.findall(r">([A-Z][a-z]{2})<", draw(chart)) for chart in drawn.charts]
    assert months[0] == months[1]
    places = [re.findall(r'transform="translate\(([\d.]+),[\d.]+\)"[^>]*>Oct<', draw(chart)) for chart in drawn.charts]
    assert places[0] == places[1]


def test_bars_of_two_measures_stand_side_by_side_in_each_month() -> None:
    plan = ChartPlan("Both", ChartKind.PAIRS, ("referrals", "assessments_completed"), ("Referrals", "Assessments"))
    chart = _chart(plan)
    assert chart.shape is Shape.PAIRS
    numbers = re.findall(r'data-fact="(\w+)/2021-11/month"', draw(chart))
    assert set(numbers) == {"referrals", "assessments_completed"}


def test_shares_of_a_whole_add_up_to_a_hundred_in_every_month_that_has_them() -> None:
    chart = _chart(CATEGORIES)
    assert len(chart.points) == 9
    for place in range(len(chart.points)):
        assert sum(series.points[place].value or 0 for series in chart.series) == pytest.approx(100)
    emotional = next(series for series in chart.series if series.label == "Emotional abuse")
    assert emotional.points[-1].number.text == "57%"
    assert 'data-fact="cpp_by_category/2021-11/month_end/category/EMO" data-part="share"' in draw(chart)


def test_a_month_without_parts_keeps_its_place_among_stacks() -> None:
    without = [
        held for held in facts() if (held.key.indicator, held.key.period) != ("cpp_by_category", NOVEMBER.back(2))
    ]
    chart = _chart(CATEGORIES, Desk(context(), Facts(without)))
    assert [point.label for point in chart.points][-3:] == ["Sep 21", "Oct 21", "Nov 21"]
    assert all(series.points[-3].value is None for series in chart.series)
    assert chart.subtitle.endswith("March 2021 to November 2021, as first reported")


def _with_years_to_date(values: dict[int, int | None]) -> Desk:
    """The invented council with other years to date of referrals, or none, in some months of 2021."""
    keys = {FactKey("referrals", Period(2021, month), Window.YEAR_TO_DATE): value for month, value in values.items()}
    held = [one for one in facts() if one.key not in keys]
    given = [fact(key, value, None, Unit.COUNT) for key, value in keys.items() if value is not None]
    return Desk(context(), Facts([*held, *given]))


def test_a_year_so_far_is_each_months_year_to_date_and_keeps_its_pace_to_march() -> None:
    chart = _chart(YEAR)
    so_far, ahead = chart.series
    to_date = [facts().get(FactKey("referrals", month, Window.YEAR_TO_DATE)) for month in MONTHS[5:]]
    assert [point.value for point in so_far.points[:8]] == [one and one.value for one in to_date]
    assert [point.number.key for point in so_far.points[:8]] == [str(one.key) for one in to_date if one]
    assert so_far.last
    assert ahead.projected
    assert ahead.points[-1].value == pytest.approx((so_far.last.value or 0) / 8 * 12)
    assert [point.label for point in chart.points][::11] == ["Apr 21", "Mar 22"]


def test_a_year_so_far_ends_with_the_year_to_date_printed_beside_it_whatever_its_months_were_first_said_to_be() -> None:
    last = _chart(YEAR, _with_years_to_date({11: 1300})).series[0].last
    assert last
    assert (last.value, last.number.text) == (1300, "1,300")


def test_a_year_so_far_is_drawn_beside_the_target_of_the_year_and_no_month_is_judged_by_it() -> None:
    yearly = Target("referrals", date(2021, 4, 1), Fraction(1900), of_the_year=True)
    desk = Desk(replace(context(), targets=Targets([yearly])), facts())
    assert [line.label for line in _chart(YEAR, desk).lines] == ["Target for the year"]
    reading = desk.reading("referrals")
    assert reading
    assert reading.target is None


def test_a_year_so_far_ends_before_a_month_without_a_figure_and_its_pace_is_that_of_the_months_before() -> None:
    so_far, ahead = _chart(YEAR, _with_years_to_date({6: 300, 7: None})).series
    assert [point.value is None for point in so_far.points] == [False] * 3 + [True] * 9
    assert [point.value for point in ahead.points] == [None, None, *(100 * month for month in range(3, 13))]


def test_what_has_no_figures_is_not_drawn() -> None:
    for kind in ChartKind:
        plan = ChartPlan("Nothing", kind, ("missing_measure",), dimension="category")
        assert drawing(DESK, "chart-it", plan) is None


def test_crossed_shares_stand_member_beside_member_and_all_of_them_last() -> None:
    desk = _pairs({"EMO×6": 3, "NEG×6": 1, "EMO×2A": 8})
    chart = _chart(replace(CATEGORIES, across="source"), desk)
    assert [point.label for point in chart.points] == ["Schools", "Police", "All"]
    neglect = next(series for series in chart.series if series.label == "Neglect")
    assert [point.number.text for point in neglect.points] == ["-", "25%", "8%"]


def test_a_crossed_table_prints_nought_for_a_pair_that_counts_nothing_and_its_sums() -> None:
    plan = BreakdownPlan(
        "Both", BreakdownKind.CROSSED, "source", ("cpp_by_category",), shares=Shares.UNDER, across="category"
    )
    table = breakdown_table(_pairs({"EMO×6": 3, "NEG×6": 1, "EMO×2A": 8}), "it", plan)
    assert table
    assert [column.heading for column in table.columns] == ["Emotional abuse", "Neglect", "All"]
    assert [[text_of(cell.phrase) for cell in row.cells] for row in table.rows] == [
        ["8", "0", "8"],
        ["3", "1", "4"],
        ["11", "1", "12"],
    ]
    assert [text_of(cell.small) for cell in table.rows[1].cells] == ["25%", "8%", ""]


def test_parts_added_up_are_shares_of_their_sum() -> None:
    whole = FactKey("cpp_by_category", NOVEMBER, Window.MONTH_END)
    parts = {
        ("category", "EMO"): 3,
        ("category", "NEG"): 1,
        ("category", "MUL"): 4,
        ("source", "6"): 4,
        ("source", "2A"): 4,
    }
    made = [
        fact(replace(whole, dimension=dimension, member=code), count, None, Unit.COUNT)
        for (dimension, code), count in parts.items()
    ]
    desk = Desk(context(), Facts([fact(whole, 8, None, Unit.COUNT), *made]))
    plan = BreakdownPlan(
        "Added", BreakdownKind.BY_MEASURE, "category", ("cpp_by_category",), shares=Shares.COLUMN,
        subtotals="source", sums={"6": ("EMO", "NEG"), "2A": ()},
    )  # fmt: skip
    table = breakdown_table(desk, "it", plan)
    assert table
    said = [
        (text_of(row.heading.phrase), *(text_of(cell.phrase) for cell in row.cells), row.total) for row in table.rows
    ]
    assert said == [
        ("Schools", "4", "", True),
        ("Emotional abuse", "3", "75%", False),
        ("Neglect", "1", "25%", False),
        ("All police", "4", "100%", True),
    ]
