"""What paper shows of a document: nothing is a click away on it, and a wide table lies on a page of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.pack.document import Definition, Details, NumberTable
from scorecard.pack.variation import LIMITS
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import Document, Part, Status

_COLUMNS_ACROSS = 9
"""How many columns stand side by side on an upright page."""

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no page shows and XML does not hold."""


def without_control(words: str) -> str:
    """Words without signs that no page shows."""
    return _CONTROL.sub("", words)


def is_wide(table: NumberTable) -> bool:
    """Whether a table lies on a page of its own."""
    return table.kind == "summary" or len(table.columns) > _COLUMNS_ACROSS


def status_words(status: Status | None) -> str:
    """Where a figure stands, in words."""
    if status is None:
        return ""
    distance = text_of(status.distance)
    return f"{status.words}, {distance}" if distance else status.words


def shown_on_paper(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts of a section, what is one click away on the page among them, but for three things.

    The numbers of a chart are on the chart, in words for who hears it, and in the workbook; so are limits, which the
    sentences tell where a figure lies outside them. Definitions follow at the end, where they part no figure from
    another.
    """
    return tuple(one for one in parts if not (isinstance(one, Details) and (_is_in_the_chart(one) or _defines(one))))


def definitions_of(document: Document) -> list[tuple[str, tuple[Definition, ...]]]:
    """Every definition once, under the title of the first topic that prints its figures."""
    told: list[tuple[str, tuple[Definition, ...]]] = []
    seen = set[str]()
    for topic in (one for section in document.sections for one in section.sections):
        held = [one for part in topic.parts if isinstance(part, Details) and _defines(part) for one in part.parts]
        new = tuple(one for one in held if isinstance(one, Definition) and one.id not in seen)
        seen |= {one.id for one in new}
        told += [(topic.title, new)] if new else []
    return told


def _is_in_the_chart(held: Details) -> bool:
    return all(isinstance(one, NumberTable) and one.kind in {"months", LIMITS} for one in held.parts)


def _defines(held: Details) -> bool:
    return all(isinstance(one, Definition) for one in held.parts)
