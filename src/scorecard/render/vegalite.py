"""A chart's Vega-Lite specification: its series, reference lines with their words at the end, few labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.pack.charts import Chart, Origin, ReferenceLine, Shape
from scorecard.render.band import band_layers
from scorecard.render.palette import ACCENT, INK, MUTED, RULE, TARGET
from scorecard.render.rows import rows_specification
from scorecard.render.scale import Scale, breadth, spread, top_and_step
from scorecard.render.shapes import colour_of, fact_of, height_of, mark_of, series_layers, x_of, y_of

if TYPE_CHECKING:
    from scorecard.pack.charts import Series
    from scorecard.words.phrase import Number

_WHOLE_WIDTH = 800
_LEFT, _ABOVE, _BELOW, _BELOW_WORDS = 46, 20, 36, 52
_ROOM_FOR_WORDS, _MOST_ROOM, _NO_WORDS = 194, 290, 8
_FONT = "Arial, Helvetica, sans-serif"
_FONT_SIZE = 12
_WHOLE, _QUARTER = 100.0, 25.0
_LEGEND, _BETWEEN, _BEFORE_TEXT = 24, 26, 10
_ROOM = 1.06
_GAP = 15.0
_LONGEST_LABEL, _IN_A_LINE = 38, 16
_BREAK_ABOVE, _BREAK_SIZE = -16, 11
_BEFORE_WORDS, _A_LETTER = 60, 0.5
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
_WORD_LABELS = f"split(replace(datum.label, /(.{{1,{_IN_A_LINE}}})( +|$)/g, '$1|'), '|')"
_CONFIG = {"aria": False, "font": _FONT, "view": {"stroke": None}, "text": {"fontSize": _FONT_SIZE, "fill": INK}}
Layer = dict[str, Any]


def specification(chart: Chart) -> Layer:
    """The chart as Vega-Lite."""
    if chart.shape is Shape.ROWS:
        return rows_specification(chart, _WHOLE_WIDTH)
    scale = _scale(chart)
    words = _BELOW if chart.along == "Month" else _BELOW_WORDS
    below = words + (_LEGEND if chart.marks else 0)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _width(chart),
        "height": height_of(chart),
        "padding": {"left": _LEFT, "right": _WHOLE_WIDTH - _LEFT - _width(chart), "top": _ABOVE, "bottom": below},
        "autosize": {"type": "none"},
        "background": None,
        "config": _CONFIG,
        "layer": [
            _axes(chart, scale),
            *band_layers(chart, scale.floor, _width(chart) / len(chart.points)),
            *_references(chart),
            *_breaks(chart),
            *series_layers(chart, scale),
            *_end_labels(chart, scale),
            *_legend(chart, height_of(chart) + words + _LEGEND / 2),
        ],
    }


def _legend(chart: Chart, place: float) -> list[Layer]:
    """What each mark stands for, under the newest months: a narrow screen shows those, and the older ones on asking.

    Of bars and stacks what was counted bears no mark.
    """
    layers: list[Layer] = []
    on_lines, start, y = chart.shape is Shape.LINE, float(_WHOLE_WIDTH - _LEFT - _NO_WORDS), {"y": {"value": place}}
    for origin, words in reversed(chart.marks.items()):
        bare = origin is Origin.COUNTED and not on_lines
        said = f"no mark: {words}" if bare else words
        start -= len(said) * _FONT_SIZE * _A_LETTER
        text = {"type": "text", "align": "left", "baseline": "middle", "text": said, "fill": INK}
        layers.append({"data": {"values": [{}]}, "mark": text, "encoding": {"x": {"value": start}, **y}})
        if not bare:
            mark, x = mark_of(origin, ACCENT if on_lines else INK, hollow=not on_lines), {"value": start - _BEFORE_TEXT}
            layers.append({"data": {"values": [{}]}, "mark": mark, "encoding": {"x": x, **y}})
        start -= _BETWEEN
    return layers


def _scale(chart: Chart) -> Scale:
    highest = max((value for value in _all_values(chart) if value is not None), default=0.0)
    if chart.floor or chart.shape is Shape.STACKS:
        return Scale(chart.floor, _WHOLE, _QUARTER)
    percent, whole = chart.unit == "percent", chart.unit == "count"
    return Scale(0, *top_and_step(highest * (1.0 if percent else _ROOM), percent=percent, whole=whole))


def _width(chart: Chart) -> int:
    """The plot is narrower where words stand at its right edge."""
    ends = _ends(chart)
    if chart.low:  # one of several plots of the same months, which stand below each other
        return _WHOLE_WIDTH - _LEFT - _ROOM_FOR_WORDS
    if not ends:
        return _WHOLE_WIDTH - _LEFT - _NO_WORDS
    longest = max(len(end["label"]) for end in ends)
    room = round(_BEFORE_WORDS + longest * _FONT_SIZE * _A_LETTER)
    return _WHOLE_WIDTH - _LEFT - min(max(room, _ROOM_FOR_WORDS), _MOST_ROOM)


def _all_values(chart: Chart) -> list[float | None]:
    drawn = [point.value for series in chart.series for point in series.points]
    return drawn + [value for line in chart.lines for value in line.values]


def _month_axis(chart: Chart) -> Layer:
    return x_of(
        scale={
            "domain": [point.label for point in chart.points],
            "type": "band",
            "paddingInner": 0.28,
            "paddingOuter": 0.14,
        },
        axis={
            "title": None,
            "labelAngle": 0,
            "labelExpr": _MONTH_LABELS if chart.along == "Month" else _WORD_LABELS,
            "labelFontSize": 12,
            "labelColor": INK,
            "labelPadding": 6,
            "labelOverlap": False,
            "labelLimit": 0,
            "ticks": False,
            "domainColor": MUTED,
        },
    )


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


def _breaks(chart: Chart) -> list[Layer]:
    """A line before the month in which a rule changed, from the foot to above the plot, and what it is on the top."""
    wide = _width(chart) / len(chart.points)
    labels = [point.label for point in chart.points]
    layers: list[Layer] = []
    for one in chart.breaks:
        edge = labels.index(one.label) * wide
        # Words begin at the line where there is room for them before the edge, and end at it where there is not.
        fits = edge + len(one.words) * _BREAK_SIZE * _A_LETTER < _width(chart)
        rule = {"type": "rule", "stroke": INK, "strokeWidth": 1.2, "strokeDash": [3, 3]}
        text = {"type": "text", "align": "left" if fits else "right", "baseline": "middle", "dx": 4 if fits else -4}
        upright = {"x": {"value": edge}, "y": {"value": _BREAK_ABOVE}, "y2": {"value": height_of(chart)}}
        said = {**text, "text": one.words, "fill": INK, "fontSize": _BREAK_SIZE}
        words = {"x": {"value": edge}, "y": {"value": _BREAK_ABOVE + _BREAK_SIZE / 2}}
        layers.append({"data": {"values": [{}]}, "mark": rule, "encoding": upright})
        layers.append({"data": {"values": [{}]}, "mark": said, "encoding": words})
    return layers


def _references(chart: Chart) -> list[Layer]:
    return [layer for line in chart.compared for layer in _reference(chart, line)]


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
                "y": y_of(),
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


def _end_labels(chart: Chart, scale: Scale) -> list[Layer]:
    """Words at the right edge, moved apart where they would lie on each other, each with a thread to its line."""
    ends = _ends(chart)
    if not ends:
        return []
    height, edge = height_of(chart), _width(chart)
    wanted = [height * (1 - scale.share(end["value"])) for end in ends]
    places = spread(wanted, _GAP, 4, height - 4)
    rows = [{**end, "place": scale.at(1 - place / height)} for end, place in zip(ends, places, strict=True)]
    return [layer for row in rows for layer in (_thread(row, edge), *_end_texts(row, edge))]


def _thread(row: Layer, edge: int) -> Layer:
    """From a line's end to its words; broad and in the line's own colour where several lines end."""
    own = row["kind"] == "series"
    return {
        "data": {"values": [row]},
        "mark": {"type": "rule", "stroke": row["colour"] if own else MUTED, "strokeWidth": 3 if own else 0.8},
        "encoding": {"x": {"value": edge + 2}, "x2": {"value": edge + 14}, "y": y_of(), "y2": {"field": "place"}},
    }


def _ends(chart: Chart) -> list[Layer]:
    lines = [end for line in chart.compared for end in _line_end(chart, line)]
    if chart.shape is Shape.PAIRS or (chart.shape is Shape.LINE and len(chart.series) > 1):
        return [*_series_ends(chart), *lines]
    if chart.shape is Shape.STACKS:
        return _stack_ends(chart)
    last = chart.points[-1]
    if chart.shape is Shape.LINE and last.value is not None:
        return [{**_end(last.number, last.label, "current"), "value": last.value}, *lines]
    return lines


def _line_end(chart: Chart, line: ReferenceLine) -> list[Layer]:
    """A line's number and words; of one that stops before the last month, with the month up to which it stood."""
    stood = [
        (point, number, value)
        for point, number, value in zip(chart.points, line.numbers, line.values, strict=True)
        if number is not None
    ]
    return [
        {
            **_end(number, line.label if point == chart.points[-1] else f"{line.label} to {point.label}", line.kind),
            "value": value,
        }
        for point, number, value in stood[-1:]
    ]


def _series_ends(chart: Chart) -> list[Layer]:
    """Each series that reaches the end, by its name and in its colour; one that stops before it is named there too."""
    return [
        {**_end(one.last.number, one.label, "series"), "value": one.last.value, "colour": colour_of(chart, place)}
        for place, one in enumerate(chart.series)
        if one.last and (one.points[-1].value is not None or not _continued(chart, one))
    ]


def _continued(chart: Chart, series: Series) -> bool:
    """Whether a projection goes on where a series stops."""
    return not series.projected and any(other.projected for other in chart.series)


def _stack_ends(chart: Chart) -> list[Layer]:
    """Each part of the last stack, at the height of its middle."""
    foot, ends = 0.0, []
    for place, one in enumerate(chart.series):
        last = one.points[-1]
        if last.value is None:
            continue
        end = {**_end(last.number, one.label, "series"), "value": foot + last.value / 2}
        ends.append({**end, "colour": colour_of(chart, place)})
        foot += last.value
    return ends


def _end(number: Number, label: str, kind: str) -> Layer:
    short = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
    return {"text": number.text, "label": short, "fact": fact_of(number), "kind": kind}


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
