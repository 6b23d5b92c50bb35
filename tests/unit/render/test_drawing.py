"""Colours that can be read, labels that do not lie on each other, drawings that can stand side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_november import context, facts

from scorecard.pack.charts import Chart, Origin, ReferenceLine, Series, Shape
from scorecard.pack.layout import build_document
from scorecard.render.palette import ACCENT, BAR, INK, PAPER, SERIES, SHAPES_ON, WORDS_ON, contrast
from scorecard.render.scale import Scale, spread, top_and_step
from scorecard.render.shapes import series_layers
from scorecard.render.svg import draw
from scorecard.render.vegalite import specification


@pytest.mark.parametrize("pair", WORDS_ON)
def test_words_stand_out_from_what_they_stand_on(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("pair", SHAPES_ON)
def test_marks_stand_out_from_what_they_stand_on(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 3


@pytest.mark.parametrize("colour", [*SERIES, ACCENT, BAR])
def test_a_share_can_be_read_on_the_colour_of_its_part(colour: str) -> None:
    assert max(contrast(colour, PAPER), contrast(colour, INK)) >= 4.5


@given(highest=st.floats(min_value=0.01, max_value=1e6))
def test_the_top_of_a_scale_is_a_whole_number_of_steps_at_or_above_the_highest_value(highest: float) -> None:
    top, step = top_and_step(highest)
    assert top >= highest * (1 - 1e-6)
    assert abs(top / step - round(top / step)) < 1e-6
    assert round(top / step) <= 5


@given(wanted=st.lists(st.floats(min_value=0, max_value=190), min_size=1, max_size=5))
def test_labels_are_never_nearer_than_the_gap_and_keep_their_order(wanted: list[float]) -> None:
    places = spread(wanted, 15, 4, 186)
    ordered = sorted(zip(wanted, places, strict=True))
    assert all(
        after - before >= 15 - 1e-6 for (_, before), (_, after) in pairwise(sorted(ordered, key=lambda both: both[1]))
    )
    assert all(after >= before - 1e-6 for (one, before), (other, after) in pairwise(ordered) if one < other)


def _charts() -> list[Chart]:
    document = build_document(context(), facts())
    topics = (topic for section in document.sections for topic in section.sections)
    return [part for topic in topics for part in topic.parts if isinstance(part, Chart)]


def test_two_drawings_on_a_page_share_no_id() -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', draw(chart))) for chart in _charts()[:3]]
    assert not ids[0] & ids[1]
    assert all(ids)


def test_a_drawing_is_the_same_again_and_carries_the_keys_of_its_numbers() -> None:
    chart = _charts()[0]
    drawn = draw(chart)
    assert drawn == draw(chart)
    assert 'data-fact="contacts_received/2021-11/month"' in drawn
    assert "aria-label=" not in drawn


def test_months_stand_in_order_even_where_the_first_have_no_value() -> None:
    chart = next(chart for chart in _charts() if chart.points[0].value is None)
    months = re.findall(r">(Nov|Dec|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct)<", draw(chart))
    assert months == ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]


def test_a_number_is_written_within_its_bar_where_a_line_would_strike_it_through() -> None:
    chart = next(chart for chart in _charts() if chart.shape is Shape.BARS)
    highest = max(chart.points, key=lambda point: point.value or 0)
    line = ReferenceLine("target", "Target", (1.05 * (highest.value or 0),), (None,))
    scale = Scale(0, 2 * (highest.value or 0), highest.value or 0)
    struck = series_layers(replace(chart, lines=(line,)), scale)
    within = [layer for layer in struck if layer["mark"].get("baseline") == "top"]
    assert highest.number.text in [row["text"] for layer in within for row in layer["data"]["values"]]
    free = series_layers(replace(chart, lines=()), scale)
    assert not any(layer["mark"].get("baseline") == "top" for layer in free)


@pytest.mark.parametrize("shape", [Shape.BARS, Shape.LINE, Shape.PAIRS, Shape.STACKS])
@pytest.mark.parametrize("hollow", [False, True])
def test_points_that_were_imported_or_known_later_have_marks_of_their_own(shape: Shape, *, hollow: bool) -> None:
    drawn = next(one for one in _charts() if one.shape is Shape.BARS)
    origins = {0: Origin.IMPORTED, 1: Origin.IMPORTED, 2: Origin.KNOWN_LATER}
    points = [
        replace(point, origin=origins.get(place, Origin.COUNTED), hollow=hollow, value=5.0)
        for place, point in enumerate(drawn.points)
    ]
    layers = specification(replace(drawn, shape=shape, series=(Series("one", tuple(points)),), lines=()))["layer"]
    marks = [
        (layer["mark"].get("shape"), row["month"])
        for layer in layers
        for row in layer["data"]["values"]
        if "month" in row
    ]
    months = [point.label for point in points]
    assert [month for form, month in marks if form == "diamond"] == months[:2]
    assert [month for form, month in marks if form == "square"] == months[2:3]
    said = [layer["mark"].get("text") for layer in layers]
    assert "imported, not counted here" in said, "the legend"


def test_a_chart_of_counted_points_has_no_legend() -> None:
    chart = next(one for one in _charts() if one.shape is Shape.BARS)
    assert not chart.marks
    assert not any(
        "text" in layer["mark"] and isinstance(layer["mark"]["text"], str) for layer in specification(chart)["layer"]
    )
