"""A chart's Vega-Lite specification: bars or a line, reference lines with their words at the end, few labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.pack.charts import Chart, ReferenceLine, Shape
from scorecard.render.palette import ACCENT, BAR, INK, MUTED, PAPER, RULE, TARGET
from scorecard.render.scale import Scale, breadth, spread, top_and_step

if TYPE_CHECKING:
    from scorecard.pack.charts import Point
    from scorecard.words.phrase import Number

HEIGHT = 190
_WHOLE_WIDTH = 800
_LEFT, _ABOVE, _BELOW = 46, 20, 36
_ROOM_FOR_WORDS, _NO_WORDS = 194, 8
_FONT = "Arial, Helvetica, sans-serif"
_FONT_SIZE = 12
_WHOLE, _QUARTER = 100.0, 25.0
_ROOM = 1.06
_GAP = 15.0
_LABEL_LIES = 16.0
_LABEL_NEEDS = 9.0
_DASHES = {
    "target": [7, 4],
    "statistical_neighbours": [1, 3],
    "region": [9, 3, 2, 3],
    "england": [1, 0],
}
_MONTH_LABELS = (
    "datum.index == 0 || slice(datum.label, 0, 3) == 'Jan' ? "
    "[slice(datum.label, 0, 3), '20' + slice(datum.label, 4)] : slice(datum.label, 0, 3)"
)
_CONFIG = {"aria": False, "font": _FONT, "view": {"stroke": None}, "text": {"fontSize": _FONT_SIZE, "fill": INK}}
Layer = dict[str, Any]


def specification(chart: Chart) -> Layer:
    """The chart as Vega-Lite."""
    scale = _scale(chart)
    series = _bars(chart) if chart.shape is Shape.BARS else _line(chart, scale)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _width(chart),
        "height": HEIGHT,
        "padding": {"left": _LEFT, "right": _WHOLE_WIDTH - _LEFT - _width(chart), "top": _ABOVE, "bottom": _BELOW},
        "autosize": {"type": "none"},
        "background": None,
        "config": _CONFIG,
        "layer": [_axes(chart, scale), *_references(chart), *series, *_end_labels(chart, scale)],
    }


def _scale(chart: Chart) -> Scale:
    highest = max((value for value in _all_values(chart) if value is not None), default=0.0)
    if chart.floor:
        return Scale(chart.floor, _WHOLE, _QUARTER)
    percent, whole = chart.unit == "percent", chart.unit == "count"
    return Scale(0, *top_and_step(highest * (1.0 if percent else _ROOM), percent=percent, whole=whole))


def _width(chart: Chart) -> int:
    """The plot is narrower where words stand at its right edge."""
    return _WHOLE_WIDTH - _LEFT - (_ROOM_FOR_WORDS if _ends(chart) else _NO_WORDS)


def _all_values(chart: Chart) -> list[float | None]:
    return [point.value for point in chart.points] + [value for line in chart.lines for value in line.values]


def _month_axis(chart: Chart) -> Layer:
    [point.label for point in chart.points]
    return {
        "field": "month",
        "type": "ordinal",
        "sort": None,
        "scale": {
            "domain": [point.label for point in chart.points],
            "type": "band",
            "paddingInner": 0.28,
            "paddingOuter": 0.14,
        },
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelExpr": _MONTH_LABELS,
            "labelFontSize": 12,
            "labelColor": INK,
            "labelPadding": 6,
            "labelOverlap": False,
            "ticks": False,
            "domainColor": MUTED,
        },
    }


def _axes(chart: Chart, scale: Scale) -> Layer:
    sign = "datum.label + '%'" if chart.unit == "percent" else "datum.label"
    axis = {
        "title": None,
        "values": scale.ticks,
        "labelExpr": sign,
        "labelFontSize": 12,
        "labelColor": MUTED,
        "ticks": False,
        "domain": False,
        "gridColor": RULE,
        "labelPadding": 8,
    }
    return {
        "data": {"values": [{"month": point.label, "value": point.value} for point in chart.points]},
        "mark": {"type": "point", "opacity": 0},
        "encoding": {
            "x": _month_axis(chart),
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [scale.floor, scale.top], "nice": False, "zero": False},
                "axis": axis,
            },
        },
    }


def _x() -> Layer:
    return {"field": "month", "type": "ordinal", "sort": None}


def _y() -> Layer:
    return {"field": "value", "type": "quantitative"}


def _references(chart: Chart) -> list[Layer]:
    return [layer for line in chart.lines for layer in _reference(chart, line)]


def _reference(chart: Chart, line: ReferenceLine) -> list[Layer]:
    """A line from the first month in force to the edge of the last."""
    target = line.kind == "target"
    in_force = [place for place, value in enumerate(line.values) if value is not None]
    if not in_force:
        return []
    wide = _width(chart) / len(chart.points)
    pieces = _runs(line.values)
    rules = [{"from": first * wide, "to": (last + 1) * wide, "value": line.values[first]} for first, last in pieces]
    style = {"stroke": TARGET if target else MUTED, "strokeWidth": 2 if target else 1.3}
    return [
        {
            "data": {"values": rules},
            "mark": {"type": "rule", "strokeDash": _DASHES.get(line.kind, [2, 2]), **style},
            "encoding": {
                "x": {"field": "from", "type": "quantitative", "scale": None},
                "x2": {"field": "to"},
                "y": _y(),
            },
        }
    ]


def _runs(values: tuple[float | None, ...]) -> list[tuple[int, int]]:
    """Stretches of months with one value."""
    runs: list[tuple[int, int]] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        if runs and runs[-1][1] == place - 1 and values[runs[-1][0]] == value:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _row(point: Point) -> Layer:
    return {"month": point.label, "value": point.value, "text": point.number.text, "fact": _fact(point.number)}


def _fact(number: Number) -> str:
    return f"{number.source}:{number.key}"


def _bars(chart: Chart) -> list[Layer]:
    rows = [{**_row(point), "current": point is chart.points[-1]} for point in chart.points]
    bar = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": _x(),
            "y": _y(),
            "fill": {"condition": {"test": "datum.current", "value": ACCENT}, "value": BAR},
        },
    }
    shown = [row for row in rows if row["value"] is not None]
    return [bar, *_texts(shown, {"baseline": "bottom", "dy": -5})]


def _line(chart: Chart, scale: Scale) -> list[Layer]:
    rows = [_row(point) for point in chart.points]
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "stroke": ACCENT, "strokeWidth": 2.5},
        "encoding": {"x": _x(), "y": _y()},
    }
    shown = [row for row in rows if row["value"] is not None]
    dots = {
        "data": {"values": shown},
        "mark": {"type": "circle", "fill": ACCENT, "stroke": PAPER, "strokeWidth": 1.5, "size": 64, "opacity": 1},
        "encoding": {"x": _x(), "y": _y()},
    }
    told = _told(shown[:-1] if rows[-1]["value"] is not None else shown)
    lines = [value for line in chart.lines for value in line.values[:1] + line.values[-1:] if value is not None]
    placed = [(row, _lies_below(row, rows, lines, scale)) for row in told]
    above = [row for row, below in placed if not below]
    below = [row for row, below in placed if below]
    high = _texts(above, {"baseline": "bottom", "dy": -9})
    return [line, dots, *high, *_texts(below, {"baseline": "top", "dy": 10})]


def _told(rows: list[Layer]) -> list[Layer]:
    """The months whose value is written: the first, the highest, the lowest."""
    if not rows:
        return []
    highest = max(rows, key=lambda row: row["value"])
    lowest = min(rows, key=lambda row: row["value"])
    return list({row["month"]: row for row in (rows[0], highest, lowest)}.values())


def _lies_below(row: Layer, rows: list[Layer], lines: list[float], scale: Scale) -> bool:
    """Whether a value is better written under its point: where fewer lines run, and away from the neighbours."""
    place = next(index for index, other in enumerate(rows) if other["month"] == row["month"])
    beside = [other["value"] for other in rows[max(0, place - 1) : place + 2] if other["value"] is not None]
    here = HEIGHT * scale.share(row["value"])
    dip = sum(beside) / len(beside) > row["value"]

    def crossed(middle: float) -> int:
        return sum(abs(HEIGHT * scale.share(line) - middle) < _LABEL_NEEDS for line in lines)

    above, below = crossed(here + _LABEL_LIES), crossed(here - _LABEL_LIES)
    room_below = here > 2 * _LABEL_LIES
    return room_below and (dip if above == below else below < above)


def _texts(rows: list[Layer], style: Layer) -> list[Layer]:
    """Words with a halo of paper, so that no line runs through them."""
    if not rows:
        return []
    encoding = {"x": _x(), "y": _y(), "text": {"field": "text"}}
    halo = {"type": "text", "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "fill": PAPER, **style}
    return [
        {"data": {"values": rows}, "mark": halo, "encoding": encoding},
        {
            "data": {"values": rows},
            "mark": {"type": "text", "aria": True, **style},
            "encoding": {**encoding, "description": {"field": "fact"}},
        },
    ]


def _end_labels(chart: Chart, scale: Scale) -> list[Layer]:
    """Words at the right edge, moved apart where they would lie on each other, each with a thread to its line."""
    ends = _ends(chart)
    if not ends:
        return []
    wanted = [HEIGHT * (1 - scale.share(end["value"])) for end in ends]
    places = spread(wanted, _GAP, 4, HEIGHT - 4)
    rows = [{**end, "place": scale.at(1 - place / HEIGHT)} for end, place in zip(ends, places, strict=True)]
    edge = _width(chart)
    thread = {
        "data": {"values": rows},
        "mark": {"type": "rule", "stroke": MUTED, "strokeWidth": 0.8},
        "encoding": {
            "x": {"value": edge + 2},
            "x2": {"value": edge + 14},
            "y": {"field": "value", "type": "quantitative"},
            "y2": {"field": "place"},
        },
    }
    return [thread, *(layer for row in rows for layer in _end_texts(row, edge))]


def _ends(chart: Chart) -> list[Layer]:
    last = chart.points[-1]
    ends = [
        {**_end(line.numbers[-1], line.label, line.kind), "value": line.values[-1]}
        for line in chart.lines
        if line.numbers[-1] is not None
    ]
    if chart.shape is Shape.LINE and last.value is not None:
        return [{**_end(last.number, last.label, "current"), "value": last.value}, *ends]
    return ends


def _end(number: Number, label: str, kind: str) -> Layer:
    return {"text": number.text, "label": label, "fact": _fact(number), "kind": kind}


def _end_texts(row: Layer, edge: int) -> list[Layer]:
    """The number, bound to what it is, and after it the words."""
    colour = {"current": ACCENT, "target": TARGET}.get(row["kind"], INK)
    style = {"type": "text", "align": "left", "baseline": "middle", "fill": colour}
    place = {"field": "place", "type": "quantitative"}
    number = {
        "data": {"values": [row]},
        "mark": {**style, "fontWeight": "bold", "aria": True},
        "encoding": {
            "x": {"value": edge + 18},
            "y": place,
            "text": {"field": "text"},
            "description": {"field": "fact"},
        },
    }
    start = edge + 18 + breadth(row["text"], _FONT_SIZE) + 5
    words = {
        "data": {"values": [row]},
        "mark": style,
        "encoding": {"x": {"value": start}, "y": place, "text": {"field": "label"}},
    }
    return [number, words]
