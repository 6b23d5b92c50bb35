"""A change of rule within the months drawn is in a chart’s data, subtitle and words; titles say the message."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from invented_november import INDICATORS, context, facts

from scorecard.pack.breaks import breaks_of
from scorecard.pack.charts import Chart, Panels
from scorecard.pack.context import View
from scorecard.pack.desk import Desk
from scorecard.pack.layout import build_document
from scorecard.pack.month_charts import chart_of
from scorecard.render.html import render_html
from scorecard.sql.rules import DatedValue, Parameter
from scorecard.words.phrase import Number, text_of

NAME = "assessments_45wd_pct"
INDICATOR = next(one for one in INDICATORS if NAME in {measure.id for measure in one.measures})


def _chart(changed: date, since: int = 5) -> Chart:
    values = (DatedValue(date(2013, 4, 1), 3, "a"), DatedValue(changed, since, "b"))
    own = replace(INDICATOR, parameters=("limit",))
    limits = {"limit": Parameter("limit", "Limit", "working days", values)}
    desk = Desk(replace(context(), indicators={own.id: own}, parameters=limits), facts())
    (reading,) = desk.told((NAME,))
    chart = chart_of(reading, desk.context.targets, View.FIRST, breaks_of(desk, (reading,)))
    assert chart
    return chart


def test_a_change_of_rule_is_in_the_data_the_subtitle_and_the_words_of_a_chart() -> None:
    chart = _chart(date(2021, 10, 1))
    assert [(one.label, one.day) for one in chart.breaks] == [("Oct 21", date(2021, 10, 1))]
    assert chart.subtitle.endswith("; the rule changed on 1 October 2021")
    assert "The rule changed on 1 October 2021 (3 working days before, 5 since). Months" in chart.alternative


@pytest.mark.parametrize(("changed", "since"), [(date(2020, 11, 1), 5), (date(2021, 12, 1), 5), (date(2021, 10, 1), 3)])
def test_there_is_no_break_before_or_after_the_months_drawn_or_where_nothing_changed(changed: date, since: int) -> None:
    assert not _chart(changed, since).breaks


def _charts() -> list[Chart]:
    document = build_document(context(), facts())
    parts = [part for section in document.sections for topic in section.sections for part in topic.parts]
    panels = [chart for part in parts if isinstance(part, Panels) for chart in part.charts]
    return [*(part for part in parts if isinstance(part, Chart)), *panels]


def test_the_title_of_every_chart_is_its_message_with_every_number_bound() -> None:
    charts = _charts()
    assert charts
    for chart in charts:
        assert chart.title == text_of(chart.message)
        assert chart.title.startswith(chart.subject)
        loose = "".join(piece for piece in chart.message if isinstance(piece, str))
        assert not re.search(r"\d", loose), loose
        assert all(piece.key for piece in chart.message if isinstance(piece, Number))


def test_what_a_plan_chart_shows_is_said_above_it_with_the_key_of_its_fact() -> None:
    chart = next(one for one in _charts() if one.id == "chart-cpp_open")
    assert chart.title == "Children on a child protection plan: up 45 to 194, the highest of 13 months"
    page = render_html(build_document(context(), facts()))
    title = page.split('id="chart-cpp_open"')[1].split("</figcaption>")[0]
    assert 'data-fact="cpp_open/2021-11/month_end">194</span>' in title
