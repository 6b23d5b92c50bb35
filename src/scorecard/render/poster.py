"""One page for the wall or an e-mail: the headline figures large and what has changed, as PDF and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.pack.document import NumberTable
from scorecard.render.paper import status_words
from scorecard.render.pdf import compiled, front
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.pack.document import Cell, Document, Row
    from scorecard.render.style import Style

TEMPLATE = Path(__file__).parent / "templates" / "poster.typ"


def render_poster(document: Document, style: Style) -> dict[str, bytes]:
    """The poster as a PDF (PDF/UA-1) and as a picture; what does not fit on its one page is numbered."""
    tables = {one.kind: one for one in _tables(document)}
    changed, summary = tables.get("changed"), tables.get("summary")
    items = [_item(row) for row in changed.rows] if changed else []
    told = {
        **front(document, style),
        "notices": [text_of(notice.phrase) for notice in document.notices],
        "tiles": _tiles(summary) if summary else [],
        "notes": _notes(summary) if summary else [],
        "tiles_heading": summary.caption if summary else "",
        "items_heading": changed.caption if changed else "",
    }
    fitting, picture = _fitting(told, items)
    return {".poster.pdf": compiled(TEMPLATE, "poster", fitting), ".poster.png": picture}


def _fitting(told: dict[str, Any], items: list[dict[str, str]]) -> tuple[dict[str, Any], bytes]:
    """With as many items as fit on one page, the foremost first; and its picture."""
    for shown in range(len(items), 0, -1):
        tried = {**told, "items": items[:shown], "more": len(items) - shown}
        picture = compiled(TEMPLATE, "poster", tried, "png")
        if isinstance(picture, bytes):
            return tried, picture
    bare = {**told, "items": [], "more": len(items)}
    picture = compiled(TEMPLATE, "poster", bare, "png")
    return bare, picture if isinstance(picture, bytes) else picture[0]


def _tables(document: Document) -> Iterator[NumberTable]:
    for section in document.sections:
        yield from (part for part in section.parts if isinstance(part, NumberTable))


def _item(row: Row) -> dict[str, str]:
    return {"about": text_of(row.heading.phrase), "says": text_of(row.cells[0].phrase)}


def _tiles(summary: NumberTable) -> list[dict[str, Any]]:
    """A tile a measure: the column to be read first, with the month before it, and the target and status after it."""
    now = _now(summary)
    before = summary.columns[now - 1]
    return [
        {
            "label": text_of(row.heading.phrase),
            "marks": ", ".join(_marks(row, now)),
            "value": text_of(row.cells[now].phrase),
            "before": _known(row.cells[now - 1]),
            "before_label": before.small,
            "target": _known(row.cells[now + 1]),
            "status": _status(row.cells[now + 2]),
        }
        for row in summary.rows
    ]


def _now(summary: NumberTable) -> int:
    return next(place for place, column in enumerate(summary.columns) if column.strong)


def _marks(row: Row, now: int) -> tuple[str, ...]:
    """The notes without which a figure would be taken for more than it is."""
    return tuple(dict.fromkeys((*row.heading.marks, *row.cells[now].marks)))


def _notes(summary: NumberTable) -> list[dict[str, str]]:
    now = _now(summary)
    told = {mark for row in summary.rows for mark in _marks(row, now)}
    return [{"mark": note.mark, "words": text_of(note.phrase)} for note in summary.notes if note.mark in told]


def _known(cell: Cell) -> str:
    words = text_of(cell.phrase)
    return "" if words == NO_VALUE else words


def _status(cell: Cell) -> dict[str, str] | None:
    return {"position": cell.status.position, "words": status_words(cell.status)} if cell.status else None
