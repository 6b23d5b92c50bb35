"""The marks of a chart's series: bars, lines, pairs of bars, stacks; each number in them bound to what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.pack.charts import Origin, Shape
from scorecard.render.palette import ACCENT, BAR, DASHES, INK, PAPER, SERIES, contrast
from scorecard.words.phrase import Part

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart, Point, Series
    from scorecard.render.scale import Scale
    from scorecard.words.phrase import Number

HEIGHT, LOW_HEIGHT, STACK_HEIGHT = 190, 130, 250
_ROOM_FOR_A_SHARE = 14.0
_LABEL_LIES = 16.0
_LABEL_NEEDS = 9.0
_FROM_FOOT, _OVER_STACK = 9, 9
SHAPES = {Origin.COUNTED: "circle", Origin.IMPORTED: "diamond", Origin.KNOWN_LATER: "square"}
"""What tells points apart by where they come from, in any colour and in none."""
_SIZES = {Origin.COUNTED: 64, Origin.IMPORTED: 120, Origin.KNOWN_LATER: 80}
Layer = dict[str, Any]


def height_of(chart: Chart) -> int:
    """How tall the plot is."""
    if chart.shape is Shape.STACKS:
        return STACK_HEIGHT
    return LOW_HEIGHT if chart.low else HEIGHT


def colour_of(chart: Chart, place: int) -> str:
    """The colour of a series: the accent where there is only one."""
    return ACCENT if len(chart.series) == 1 else SERIES[place % len(SERIES)]


def series_layers(chart: Chart, scale: Scale) -> list[Layer]:
    """The marks of every series."""
    if chart.shape is Shape.BARS:
        return _bars(chart, scale)
    if chart.shape is Shape.PAIRS:
        return _pairs(chart)
    if chart.shape is Shape.STACKS:
        return _stacks(chart, height_of(chart))
    if len(chart.series) == 1:
        return _line(chart, scale)
    return [layer for place in range(len(chart.series)) for layer in _one_of_lines(chart, place)]


def x_of(**more: object) -> Layer:
    """The place of a mark along the chart."""
    return {"field": "month", "type": "ordinal", "sort": None, **more}


def y_of(field: str = "value") -> Layer:
    """The place of a mark up the chart."""
    return {"field": field, "type": "quantitative"}


def fact_of(number: Number) -> str:
    """What a number is bound to, as the drawing carries it."""
    part = "" if number.part is Part.VALUE else f"|{number.part}"
    return f"{number.source}:{number.key}{part}"


def _row(point: Point) -> Layer:
    told = {"month": point.label, "value": point.value, "text": point.number.text, "fact": fact_of(point.number)}
    told |= {"origin": point.origin} if point.origin is not Origin.COUNTED else {}
    return {**told, "hollow": True} if point.hollow else told


def _shown(series: Series) -> list[Layer]:
    return [_row(point) for point in series.points if point.value is not None]


def _bars(chart: Chart, scale: Scale) -> list[Layer]:
    """Bars with their numbers above them, or within them where a line would run through the number."""
    rows = [{**_row(point), "current": point is chart.points[-1]} for point in chart.points]
    bar = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": x_of(),
            "y": y_of(),
            "fill": {"condition": {"test": "datum.current", "value": ACCENT}, "value": BAR},
        },
    }
    shown = [row for row in rows if row["value"] is not None]
    struck = [row for row in shown if _is_struck(row, chart, scale)]
    above = texts([row for row in shown if row not in struck], {"baseline": "bottom", "dy": -5})
    within = [
        {**layer, "mark": {**layer["mark"], "baseline": "top", "dy": 5}}
        for colour, current in ((ACCENT, True), (BAR, False))
        for layer in _inside([{**row, "middle": row["value"]} for row in struck if row["current"] is current], colour)
    ]
    return [bar, *_hollow_bars(rows, ACCENT), *_marked(rows, height_of(chart) - _FROM_FOOT), *above, *within]


def _marked(rows: list[Layer], place: float, places: Layer | None = None) -> list[Layer]:
    """The mark of each bar that was not counted in the view of its chart: one size for all, at one height."""
    layers: list[Layer] = []
    for origin in (Origin.IMPORTED, Origin.KNOWN_LATER):
        some = [row for row in rows if row.get("origin") == origin and row["value"] is not None]
        encoding = {"x": x_of(), "y": {"value": place}, **(places or {})}
        layers += [{"data": {"values": some}, "mark": mark_of(origin, INK), "encoding": encoding}] if some else []
    return layers


def mark_of(origin: Origin, colour: str, *, hollow: bool = True) -> Layer:
    """The mark of an origin, drawn on paper or full."""
    how = {"fill": PAPER, "stroke": colour} if hollow else {"fill": colour, "stroke": PAPER}
    return {"type": "point", "shape": SHAPES[origin], "size": _SIZES[origin], "strokeWidth": 1.5, "opacity": 1, **how}


def _hollow_bars(rows: list[Layer], colour: str, places: Layer | None = None) -> list[Layer]:
    """The bars of figures that are not reliable, over those that are drawn full."""
    hollow = [row for row in rows if "hollow" in row]
    if not hollow:
        return []
    mark = {"type": "bar", "fill": PAPER, "stroke": colour, "strokeWidth": 1.5, "strokeDash": [4, 3]}
    return [{"data": {"values": hollow}, "mark": mark, "encoding": {"x": x_of(), "y": y_of(), **(places or {})}}]


def _is_struck(row: Layer, chart: Chart, scale: Scale) -> bool:
    """Whether a line runs where the number of a bar would stand, and the bar is tall enough to hold it."""
    height = height_of(chart)
    here = height * scale.share(row["value"])
    lines = {value for line in chart.compared for value in line.values if value is not None}
    middle = here + _LABEL_NEEDS
    return here > _LABEL_LIES and any(abs(height * scale.share(line) - middle) < _LABEL_NEEDS for line in lines)


def _pairs(chart: Chart) -> list[Layer]:
    """Bars side by side in each month, each with its number."""
    places = {"xOffset": {"field": "series", "type": "ordinal", "scale": {"paddingInner": 0.06}}}
    layers: list[Layer] = []
    for place, series in enumerate(chart.series):
        rows = [{**row, "series": place} for row in _shown(series)]
        bar = {
            "data": {"values": rows},
            "mark": {"type": "bar", "fill": colour_of(chart, place)},
            "encoding": {"x": x_of(), "y": y_of(), **places},
        }
        numbers = texts(rows, {"baseline": "bottom", "dy": -4, "fontSize": 11}, places)
        marks = _marked(rows, height_of(chart) - _FROM_FOOT, places)
        layers.extend((bar, *_hollow_bars(rows, colour_of(chart, place), places), *marks, *numbers))
    return layers


def _stacks(chart: Chart, height: int) -> list[Layer]:
    """Segments from the foot up, each with its share where there is room for it."""
    reached = dict.fromkeys((point.label for point in chart.points), 0.0)
    origins: dict[str, Layer] = {}
    layers: list[Layer] = []
    for place, series in enumerate(chart.series):
        rows = []
        for row in _shown(series):
            foot = reached[row["month"]]
            reached[row["month"]] = foot + row["value"]
            origins |= {row["month"]: row} if "origin" in row else {}
            rows.append({**row, "foot": foot, "head": foot + row["value"], "middle": foot + row["value"] / 2})
        colour = colour_of(chart, place)
        bar = {
            "data": {"values": rows},
            "mark": {"type": "bar", "fill": colour, "stroke": PAPER, "strokeWidth": 1},
            "encoding": {"x": x_of(), "y": y_of("foot"), "y2": {"field": "head"}},
        }
        roomy = [row for row in rows if row["value"] * height / 100 >= _ROOM_FOR_A_SHARE]
        layers.extend((bar, *_inside(roomy, colour)))
    return [*layers, *_marked(list(origins.values()), -_OVER_STACK)]


def _inside(rows: list[Layer], colour: str) -> list[Layer]:
    """Numbers on the colour itself, in whichever of paper and ink can be read on it."""
    if not rows:
        return []
    fill = max((PAPER, INK), key=lambda words: contrast(colour, words))
    mark = {"type": "text", "baseline": "middle", "fontSize": 11, "fill": fill, "aria": True}
    encoding = {"x": x_of(), "y": y_of("middle"), "text": {"field": "text"}, "description": {"field": "fact"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _one_of_lines(chart: Chart, place: int) -> list[Layer]:
    """One line among several; where it stops before the chart does, its last number stands above its end."""
    series, colour = chart.series[place], colour_of(chart, place)
    dash = {"strokeDash": [5, 4] if series.projected else list(DASHES[place % len(DASHES)])}
    line = {
        "data": {"values": [_row(point) for point in series.points]},
        "mark": {"type": "line", "stroke": colour, "strokeWidth": 2.5, **dash},
        "encoding": {"x": x_of(), "y": y_of()},
    }
    if series.projected:
        return [line]
    dots = _dots(_shown(series), colour)
    last = series.last
    stops = [_row(last)] if last and last is not series.points[-1] else []
    return [line, *dots, *texts(stops, {"baseline": "bottom", "dy": -9, "fontWeight": "bold"})]


def _dots(rows: list[Layer], colour: str) -> list[Layer]:
    """A dot for each value, its shape by where it comes from; that of a figure which is not reliable is hollow."""
    layers: list[Layer] = []
    for origin in Origin:
        for hollow in (False, True):
            some = [row for row in rows if (row.get("origin", Origin.COUNTED), "hollow" in row) == (origin, hollow)]
            mark, encoding = mark_of(origin, colour, hollow=hollow), {"x": x_of(), "y": y_of()}
            layers += [{"data": {"values": some}, "mark": mark, "encoding": encoding}] if some else []
    return layers


def _line(chart: Chart, scale: Scale) -> list[Layer]:
    rows = [_row(point) for point in chart.points]
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "stroke": ACCENT, "strokeWidth": 2.5},
        "encoding": {"x": x_of(), "y": y_of()},
    }
    shown = [row for row in rows if row["value"] is not None]
    told = _told(shown[:-1] if rows[-1]["value"] is not None else shown)
    lines = [value for line in chart.compared for value in line.values[:1] + line.values[-1:] if value is not None]
    placed = [(row, _lies_below(row, rows, lines, scale, height_of(chart))) for row in told]
    high = texts([row for row, below in placed if not below], {"baseline": "bottom", "dy": -9})
    low = texts([row for row, below in placed if below], {"baseline": "top", "dy": 10})
    return [line, *_dots(shown, ACCENT), *high, *low]


def _told(rows: list[Layer]) -> list[Layer]:
    """The months whose value is written: the first, the highest, the lowest."""
    if not rows:
        return []
    judged = [row for row in rows if "hollow" not in row] or rows
    highest = max(judged, key=lambda row: row["value"])
    lowest = min(judged, key=lambda row: row["value"])
    return list({row["month"]: row for row in (rows[0], highest, lowest)}.values())


def _lies_below(row: Layer, rows: list[Layer], lines: list[float], scale: Scale, height: int) -> bool:
    """Whether a value is better written under its point: where fewer lines run, and away from the neighbours."""
    place = next(index for index, other in enumerate(rows) if other["month"] == row["month"])
    beside = [other["value"] for other in rows[max(0, place - 1) : place + 2] if other["value"] is not None]
    here = height * scale.share(row["value"])
    dip = sum(beside) / len(beside) > row["value"]

    def crossed(middle: float) -> int:
        return sum(abs(height * scale.share(line) - middle) < _LABEL_NEEDS for line in lines)

    above, below = crossed(here + _LABEL_LIES), crossed(here - _LABEL_LIES)
    room_below = here > 2 * _LABEL_LIES
    return room_below and (dip if above == below else below < above)


def texts(rows: list[Layer], style: Layer, places: Layer | None = None) -> list[Layer]:
    """Words with a halo of paper, so that no line runs through them."""
    if not rows:
        return []
    encoding = {"x": x_of(), "y": y_of(), "text": {"field": "text"}, **(places or {})}
    halo = {"type": "text", "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "fill": PAPER, **style}
    return [
        {"data": {"values": rows}, "mark": halo, "encoding": encoding},
        {
            "data": {"values": rows},
            "mark": {"type": "text", "aria": True, **style},
            "encoding": {**encoding, "description": {"field": "fact"}},
        },
    ]
