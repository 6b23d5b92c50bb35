"""A chart of rows: the parts of one figure, each a bar with its name before it and its number behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.render.palette import ACCENT, INK
from scorecard.render.shapes import fact_of

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart

_NAMES, _NUMBERS, _ABOVE = 300, 60, 6
_ROW = 26
_FONT = {"font": "Arial, Helvetica, sans-serif"}


def rows_specification(chart: Chart, width: int) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    rows = [
        {"part": point.label, "value": point.value, "text": point.number.text, "fact": fact_of(point.number)}
        for point in chart.points
    ]
    across = width - _NAMES - _NUMBERS
    place = {"field": "part", "type": "ordinal", "sort": None, "scale": {"paddingInner": 0.35, "paddingOuter": 0.1}}
    names = {"title": None, "labelFontSize": 13, "labelColor": INK, "labelLimit": _NAMES - 12, "labelPadding": 8}
    axis = {**names, "ticks": False, "domain": False}
    size = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True, "nice": False}}
    bar = {
        "mark": {"type": "bar", "fill": ACCENT},
        "encoding": {"y": {**place, "axis": axis}, "x": size},
    }
    number = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "fontWeight": "bold", "aria": True},
        "encoding": {"y": place, "x": size, "text": {"field": "text"}, "description": {"field": "fact"}},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": across,
        "height": _ROW * len(rows),
        "padding": {"left": _NAMES, "right": _NUMBERS, "top": _ABOVE, "bottom": _ABOVE},
        "autosize": {"type": "none"},
        "background": None,
        "config": {"aria": False, "view": {"stroke": None}, "text": {"fill": INK}, **_FONT},
        "layer": [bar, number],
    }
