"""Native charts on slides: editable, drawn from the figures they carry, with words for who does not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from scorecard.definitions.indicator import Unit
from scorecard.pack.charts import LOWER_LIMIT, UPPER_LIMIT, Shape
from scorecard.render.palette import INK, MUTED, PAPER, RULE, SERIES, TARGET

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart, Series

_KINDS = {
    Shape.BARS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Shape.PAIRS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Shape.LINE: XL_CHART_TYPE.LINE_MARKERS,
    Shape.STACKS: XL_CHART_TYPE.COLUMN_STACKED,
    Shape.ROWS: XL_CHART_TYPE.BAR_CLUSTERED,
}
_DASHES = (MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.LONG_DASH, MSO_LINE.DASH_DOT, MSO_LINE.LONG_DASH_DOT)
_WHOLE = 100
_FORMATS = {Unit.PERCENT: '0.#"%"', Unit.POUNDS: '"£"#,##0', Unit.COUNT: "#,##0"}
_TEXT, _SMALL = Pt(11), Pt(10)


def add_chart(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> Any:
    """A chart at a place (left, top, width, height), its series and then the lines it is compared with."""
    data: Any = CategoryChartData(_FORMATS.get(chart.unit, "0.0"))  # type: ignore[no-untyped-call]
    data.categories = [point.label for point in chart.points]
    for one in chart.series:
        data.add_series(one.label, [point.value for point in one.points])
    for line in chart.lines:
        data.add_series(line.label, line.values)
    frame = shapes.add_chart(_KINDS[chart.shape], *place, data)
    properties = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001 - the library has no setter of it
    properties.set("descr", chart.alternative)
    properties.set("name", chart.title)
    _dress(frame.chart, chart)
    return frame


def _dress(drawn: Any, chart: Chart) -> None:
    plot = drawn.plots[0]
    every = list(plot.series)
    for place, (series, own) in enumerate(zip(chart.series, every, strict=False)):
        _dress_series(own, series, chart, place)
    for place, line in enumerate(chart.lines):
        _dress_line(every[len(chart.series) + place], line.kind, place)
    if chart.shape is not Shape.LINE:
        plot.gap_width = 40
        if chart.lines:
            _lines_over_bars(plot, len(chart.series))
    _scales(drawn, chart)
    many = len(every) > 1
    drawn.has_legend = many
    if many:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = _SMALL


def _dress_series(own: Any, series: Series, chart: Chart, place: int) -> None:
    """A series in its colour; a point that is not reliable is hollow, and the last bears its number."""
    colour = _colour(SERIES[place % len(SERIES)])
    if chart.shape is Shape.LINE:
        own.smooth = False
        own.format.line.color.rgb, own.format.line.width = colour, Pt(2.25)
        own.marker.size = 7
        _fill(own.marker.format, colour)
    else:
        _fill(own.format, colour)
        own.invert_if_negative = False
    for at, point in enumerate(series.points):
        if point.hollow:
            mark = own.points[at].marker.format if chart.shape is Shape.LINE else own.points[at].format
            _fill(mark, _colour(PAPER))
            mark.line.color.rgb = colour
    labelled = range(len(series.points)) if chart.shape is Shape.ROWS else [len(series.points) - 1]
    for at in labelled:
        if series.points[at].value is not None and chart.shape is not Shape.STACKS:
            _label(own, at, series.points[at].number.text)


def _label(own: Any, at: int, words: str) -> None:
    text = own.points[at].data_label.text_frame
    text.text = words
    text.paragraphs[0].runs[0].font.size = _TEXT
    text.paragraphs[0].runs[0].font.bold = True


def _dress_line(own: Any, kind: str, place: int) -> None:
    """A line to compare with: the target's in its own colour, limits thin."""
    line = own.format.line
    line.color.rgb = _colour(TARGET if kind == "target" else MUTED)
    line.width = Pt(0.75) if kind in {LOWER_LIMIT, UPPER_LIMIT} else Pt(1.75)
    line.dash_style = MSO_LINE.ROUND_DOT if kind in {LOWER_LIMIT, UPPER_LIMIT} else _DASHES[place % len(_DASHES)]
    if hasattr(own, "marker"):
        from pptx.enum.chart import XL_MARKER_STYLE  # noqa: PLC0415 - with the rest of its kind

        own.marker.style, own.smooth = XL_MARKER_STYLE.NONE, False


def _lines_over_bars(plot: Any, first: int) -> None:
    """The series from `first` on as lines over the bars, on the same two axes."""
    bars = plot._element  # noqa: SLF001 - the library draws no chart of two kinds
    over = parse_xml(f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>')
    for series in bars.findall(qn("c:ser"))[first:]:
        bars.remove(series)
        for name in ("c:invertIfNegative", "c:dLbls"):
            for unwanted in series.findall(qn(name)):
                series.remove(unwanted)
        bare = parse_xml(f'<c:marker {nsdecls("c")}><c:symbol val="none"/></c:marker>')
        shape = series.find(qn("c:spPr"))
        (shape if shape is not None else series.find(qn("c:tx"))).addnext(bare)
        series.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
        over.append(series)
    over.append(parse_xml(f'<c:marker {nsdecls("c")} val="1"/>'))
    for axis in bars.findall(qn("c:axId")):
        over.append(parse_xml(f'<c:axId {nsdecls("c")} val="{axis.get("val")}"/>'))
    bars.addnext(over)


def _scales(drawn: Any, chart: Chart) -> None:
    values, along = drawn.value_axis, drawn.category_axis
    values.minimum_scale = chart.floor
    if chart.unit is Unit.PERCENT:
        values.maximum_scale = _WHOLE
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = _colour(RULE)
    values.format.line.fill.background()
    for axis in (values, along):
        axis.tick_labels.font.size = _SMALL
        axis.tick_labels.font.color.rgb = _colour(INK)
    if chart.shape is Shape.ROWS:
        along.reverse_order = True
    drawn.has_title = False
    drawn.font.color.rgb = _colour(INK)


def _fill(held: Any, colour: Any) -> None:
    held.fill.solid()
    held.fill.fore_color.rgb = colour


def _colour(code: str) -> Any:
    return RGBColor.from_string(code.lstrip("#"))  # type: ignore[no-untyped-call]
