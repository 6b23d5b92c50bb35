"""A chart as a picture: drawn to SVG, named for readers who do not see it, its numbers bound to their facts."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import vl_convert

from scorecard.render.vegalite import specification

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart

_VERSION = "5.21"
_COMMON = 'font-family="Arial, Helvetica, sans-serif" font-size="12px"'
_OPENING = re.compile(r"<svg\b[^>]*?\bviewBox=\"(?P<box>[^\"]+)\"[^>]*>")
_BACKGROUND = re.compile(r"<rect width=\"\d+\" height=\"\d+\" fill=\"white\"/>")
_NAMED = re.compile(r" aria-label=\"(?P<source>\w+):(?P<key>[^\"|]*)(?:\|(?P<part>\w+))?\"")
_ROLES = re.compile(r" (?:role|aria-roledescription|aria-hidden|aria-label|pointer-events)=\"[^\"]*\"")
_EMPTY = re.compile(r"<path class=\"(?:background|foreground)\"[^>]*/>")
_NEEDLESS = re.compile(
    r" (?:opacity=\"1\"|class=\"mark-[^\"]*\"|font-family=\"[^\"]*\"|font-size=\"12px\"|[xy]2=\"0\")"
)
_FINE = re.compile(r"(\.\d\d)\d+")
_IDS = re.compile(r"(\bid=\"|url\(#|href=\"#)")


@lru_cache(maxsize=512)  # several formats of one pack show the same drawing
def draw(chart: Chart) -> str:
    """The chart as an SVG element; several may stand on one page."""
    drawn = vl_convert.vegalite_to_svg(specification(chart), vl_version=_VERSION)
    return named(drawn, chart.id, chart.title, chart.alternative)


def _bound(found: re.Match[str]) -> str:
    """What a number is bound to, as the page's own numbers say it."""
    part = f' data-part="{found["part"]}"' if found["part"] else ""
    return f' data-{found["source"]}="{found["key"]}"{part}'


def named(drawn: str, name: str, title: str, description: str) -> str:
    """An SVG with role, title and description, ids of its own, and without what only clutters it.

    What every word and line has in common is said once, at its root, and a hundredth of a point is fine enough.
    """
    inner = _FINE.sub(r"\g<1>", _NEEDLESS.sub("", _BACKGROUND.sub("", drawn)))
    inner = _NAMED.sub(_bound, inner)
    inner = _IDS.sub(rf"\g<1>{name}-", _EMPTY.sub("", _ROLES.sub("", inner)))
    found = _OPENING.search(inner)
    if not found:
        message = "the drawing has no view box"
        raise ValueError(message)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="{found["box"]}" role="img" {_COMMON} '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    return opening + inner[found.end() :]
