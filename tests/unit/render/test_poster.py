"""The poster: one page whatever happened, with every headline figure, and what does not fit numbered."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pytest
from invented_november import context, facts
from pypdf import PdfReader

from scorecard.pack.document import Cell, Document, NumberTable, Row
from scorecard.pack.layout import build_document
from scorecard.render.poster import render_poster
from scorecard.render.style import DEFAULT
from scorecard.words.phrase import text_of


@cache
def _document() -> Document:
    return build_document(context(), facts())


def _words(made: dict[str, bytes]) -> str:
    (page,) = PdfReader(io.BytesIO(made[".poster.pdf"])).pages
    return " ".join(page.extract_text().split())


def _table(document: Document, kind: str) -> NumberTable:
    parts = (part for section in document.sections for part in section.parts)
    return next(part for part in parts if isinstance(part, NumberTable) and part.kind == kind)


def test_every_headline_measure_stands_on_the_one_page_with_its_figure_and_notes() -> None:
    words, summary = _words(render_poster(_document(), DEFAULT)), _table(_document(), "summary")
    now = next(place for place, column in enumerate(summary.columns) if column.strong)
    for row in summary.rows:
        assert text_of(row.heading.phrase) in words
        assert text_of(row.cells[now].phrase) in words
    marked = {mark for row in summary.rows for mark in (*row.heading.marks, *row.cells[now].marks)}
    for note in summary.notes:
        assert (text_of(note.phrase) in words) or note.mark not in marked


def _with_items(many: int, says: str) -> Document:
    document = _document()
    table = _table(document, "changed")
    rows = tuple(Row(Cell((f"Thing {place}",)), (Cell((says,)), Cell(("why",)))) for place in range(many))
    sections = tuple(
        replace(section, parts=tuple(replace(table, rows=rows) if part is table else part for part in section.parts))
        for section in document.sections
    )
    return replace(document, sections=sections)


@pytest.mark.parametrize(("many", "says", "more"), [(1, "Short.", 0), (10, "word " * 120, 10), (40, "word " * 30, 1)])
def test_what_does_not_fit_on_the_page_is_numbered(many: int, says: str, more: int) -> None:
    words = _words(render_poster(_with_items(many, says), DEFAULT))
    shown = sum(f"Thing {place}:" in words for place in range(many))
    assert (f"{many - shown} more in the pack." in words) == (shown < many)
    assert (shown < many) == bool(more)
    assert shown == 0 or "Thing 0:" in words


def test_the_words_are_no_markup_and_the_bytes_are_the_same_again() -> None:
    document = _with_items(1, '#panic("no") $x$ *b*')
    once, again = render_poster(document, DEFAULT), render_poster(document, DEFAULT)
    assert '#panic("no") $x$ *b*' in _words(once)
    assert once == again
    assert once[".poster.png"].startswith(b"\x89PNG")
