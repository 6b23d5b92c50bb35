"""Native charts in a workbook: each drawn from the cells of the table beside it, with words for who does not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.definitions.indicator import Unit
from scorecard.pack.charts import Shape
from scorecard.render.palette import INK, MUTED, SERIES, TARGET

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart, ReferenceLine
    from scorecard.render.grids import Grid

_WIDE, _HIGH, _GAP = 760, 380, 20
_KINDS: dict[Shape, dict[str, str]] = {
    Shape.BARS: {"type": "column"},
    Shape.PAIRS: {"type": "column"},
    Shape.LINE: {"type": "line"},
    Shape.STACKS: {"type": "column", "subtype": "stacked"},
    Shape.ROWS: {"type": "bar"},
}
_DASHES = ("dash", "round_dot", "long_dash", "square_dot", "dash_dot", "long_dash_dot")
_NAMED_DIRECTLY = 1
_WHOLE = 100


def place_charts(book: Any, sheet: Any, grid: Grid, top: int) -> None:
    """The charts of a sheet, one under the other beside its table, each of the columns that hold it."""
    column = 1
    for place, chart in enumerate(grid.charts):
        drawn = _chart(book, grid, chart, top, column)
        drawn.set_size({"width": _WIDE, "height": _HIGH})
        down = place * (_HIGH + _GAP)
        said = {"description": chart.alternative, "object_position": 2, "y_offset": down}
        sheet.insert_chart(top, len(grid.headings) + 1, drawn, said)
        column += len(chart.series) + len(chart.lines)


def _chart(book: Any, grid: Grid, chart: Chart, top: int, column: int) -> Any:
    drawn = book.add_chart(_KINDS[chart.shape])
    first, last = top + 1, top + len(grid.rows)

    def of(place: int) -> dict[str, Any]:
        return {
            "name": [grid.name, top, place],
            "categories": [grid.name, first, 0, last, 0],
            "values": [grid.name, first, place, last, place],
        }

    for place, _series in enumerate(chart.series):
        drawn.add_series({**of(column + place), **_look(chart, place)})
    lines = [{**of(column + len(chart.series) + place), **_line(line, place)} for place, line in enumerate(chart.lines)]
    if lines and chart.shape is Shape.LINE:
        for line in lines:
            drawn.add_series(line)
    elif lines:
        over = book.add_chart({"type": "line"})
        for line in lines:
            over.add_series(line)
        drawn.combine(over)
    return _framed(drawn, chart)


def _look(chart: Chart, place: int) -> dict[str, Any]:
    """A series' colour, its numbers beside its points where there is room for them."""
    colour = SERIES[place % len(SERIES)]
    labels = {"data_labels": {"value": True, "font": {"size": 8}}} if len(chart.series) == _NAMED_DIRECTLY else {}
    if chart.shape is Shape.LINE:
        marker = {"type": ("circle", "square", "diamond", "triangle")[place % 4], "size": 6}
        own = {"data_labels": {**labels["data_labels"], "position": "above"}} if labels else {}
        return {"line": {"color": colour, "width": 2.25}, "marker": {**marker, "fill": {"color": colour}}, **own}
    return {"fill": {"color": colour}, "border": {"color": "#ffffff"}, "gap": 40, **labels}


def _line(line: ReferenceLine, place: int) -> dict[str, Any]:
    colour = TARGET if line.kind == "target" else MUTED
    return {
        "line": {"color": colour, "width": 1.5, "dash_type": _DASHES[place % len(_DASHES)]},
        "marker": {"type": "none"},
    }


def _framed(drawn: Any, chart: Chart) -> Any:
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "color": INK}, "overlay": False})
    drawn.set_x_axis({"num_font": {"size": 9}, **({"reverse": True} if chart.shape is Shape.ROWS else {})})
    scale: dict[str, Any] = {"min": chart.floor, **({"max": _WHOLE} if chart.unit is Unit.PERCENT else {})}
    words = (
        {"name": chart.subtitle.partition(",")[0], "name_font": {"size": 9, "bold": False}} if chart.subtitle else {}
    )
    drawn.set_y_axis({**scale, **words, "major_gridlines": {"visible": True, "line": {"color": "#d3dae0"}}})
    many = len(chart.series) + len(chart.lines) > 1
    drawn.set_legend({"position": "bottom"} if many else {"none": True})
    drawn.show_na_as_empty_cell()
    return drawn
