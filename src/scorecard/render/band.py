"""The band of a chart: a light shade between the lower and the upper limit of each month, behind everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.render.palette import BAND, INK

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart

Layer = dict[str, Any]


def band_layers(chart: Chart, floor: float, wide: float) -> list[Layer]:
    """A rectangle a month, from edge to edge, so that limits which differ by month make steps."""
    pieces = [
        {"from": place * wide, "to": (place + 1) * wide, "low": max(low, floor), "high": max(high, floor)}
        for place, (low, high) in chart.band.items()
    ]
    if not pieces:
        return []
    across = {"x": {"field": "from", "type": "quantitative", "scale": None}, "x2": {"field": "to"}}
    up = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    shade = {"type": "rect", "fill": BAND}
    return [{"data": {"values": pieces}, "mark": shade, "encoding": {**across, **up}}, *_edges(pieces, across)]


def _edges(pieces: list[Layer], across: Layer) -> list[Layer]:
    """A thin line at either end of the band, which stays when the shade is lost in print."""
    mark = {"type": "rule", "stroke": INK, "strokeWidth": 0.6, "strokeDash": [1, 2]}
    ends = ({"y": {"field": end, "type": "quantitative"}} for end in ("low", "high"))
    return [{"data": {"values": pieces}, "mark": mark, "encoding": {**across, **end}} for end in ends]
