"""The figures of a document as tidy CSV with metadata, in the layout of the Explore Education Statistics service.

A row is one figure; filters say which, indicators hold its numbers. https://dfe-analytical-services.github.io/
analysts-guide/statistics-production/ud.html tells the layout. No cell can be taken for a formula by a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard.pack.document import Document, Figure

_PLACE = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "la_name")
_FILTERS = {
    "figure": "Figure",
    "figure_id": "Figure, by its id",
    "window": "Over which time",
    "dimension": "Broken down by",
    "member": "Part",
    "unit": "Unit of the value",
    "status": "Whether there is a value, and if not why",
    "quality": "How far it can be trusted",
}
_INDICATORS = {"numerator": "Numerator", "denominator": "Denominator", "value": "Value"}
_META = (
    *("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp"),
    *("filter_hint", "filter_grouping_column"),
)
_NOT_AVAILABLE = "x"
"""How the service writes that there is no figure."""

_TAKEN_FOR_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_TOTAL = "Total"


def render_csv(document: Document) -> bytes:
    """The figures, a row each; a byte order mark tells Excel how its letters are written."""
    heads = (*_PLACE, *_FILTERS, *_INDICATORS)
    return _written(heads, (_row(document, one) for one in document.figures))


def render_csv_metadata() -> bytes:
    """What each filter and indicator of the figures is."""
    filters = ((name, "Filter", label, "", "", "", label, "") for name, label in _FILTERS.items())
    indicators = ((name, "Indicator", label, "", "", "", "", "") for name, label in _INDICATORS.items())
    return _written(_META, (*filters, *indicators))


def safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula: an apostrophe stands before those that begin like one.

    >>> safe("=1+1"), safe("Referrals")
    ("'=1+1", 'Referrals')
    """
    return f"'{words}" if words.startswith(_TAKEN_FOR_FORMULAS) else words


def _written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return held.getvalue().encode("utf-8-sig")


def _row(document: Document, one: Figure) -> tuple[str, ...]:
    month = Period.parse(one.period)
    place = (
        f"{month.year}",
        f"{month.first_day:%B}",
        "Local authority",
        "E92000001",
        "England",
        safe(document.council),
    )
    dimension, member = (_TOTAL, _TOTAL) if one.dimension == "all" else (one.dimension, one.member)
    filters = (one.title, one.measure, one.window, dimension, member, one.unit, one.status, one.quality)
    return (*place, *map(safe, filters), *map(_number, (one.numerator, one.denominator, one.value)))


def _number(value: float | None) -> str:
    """A number in full; whole ones without a point.

    >>> _number(194.0), _number(57.5), _number(None)
    ('194', '57.5', 'x')
    """
    if value is None:
        return _NOT_AVAILABLE
    return f"{int(value)}" if value == int(value) else repr(value)
