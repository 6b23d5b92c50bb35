"""The Word file: headings, captions and tables of Word's own, pictures with words, and text that stays text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn
from invented_november import context, facts

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.document import Document, NumberTable, Section, Words
from scorecard.pack.layout import build_document
from scorecard.render.paper import shown_on_paper
from scorecard.render.style import DEFAULT
from scorecard.render.word import render_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.pack.document import Part

HOSTILE = ("=1+1", "<w:p>", "{ HYPERLINK http://example.org }", "\x00\x0bnul", "&amp;", "w" * 400)


@cache
def document() -> Document:
    return build_document(context(), facts())


@cache
def made() -> bytes:
    return render_word(document(), DEFAULT)


def opened() -> Any:
    return docx.Document(io.BytesIO(made()))


def on_paper(sections: tuple[Section, ...]) -> Iterator[Part]:
    for section in sections:
        yield from shown_on_paper(section.parts)
        yield from on_paper(section.sections)


def charts() -> list[Chart]:
    return [
        chart
        for part in on_paper(document().sections)
        for chart in (part.charts if isinstance(part, Panels) else (part,) if isinstance(part, Chart) else ())
    ]


def test_every_section_and_topic_has_a_heading_of_its_level() -> None:
    told = [(one.style.name, one.text) for one in opened().paragraphs if one.style.name.startswith("Heading")]
    for section in document().sections:
        assert ("Heading 1", section.title) in told
        assert all(("Heading 2", topic.title) in told for topic in section.sections)


def test_every_table_repeats_its_headings_and_keeps_its_rows_and_its_width() -> None:
    tables = opened().tables
    assert len(tables) == sum(isinstance(part, NumberTable) for part in on_paper(document().sections))
    for table in tables:
        first = table.rows[0]._tr  # noqa: SLF001 - the library has no reader of it
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)  # noqa: SLF001
        assert sum(cell.width.cm for cell in first.tc_lst and table.rows[0].cells) < 26


def test_every_chart_is_a_picture_that_says_what_it_shows() -> None:
    shapes = opened().inline_shapes
    told = [shape._inline.docPr.get("descr") for shape in shapes]  # noqa: SLF001 - the library has no reader of it
    assert told == [chart.alternative for chart in charts()]
    assert told


def test_every_table_and_chart_stands_under_a_caption() -> None:
    captions = [one.text for one in opened().paragraphs if one.style.name == "Caption"]
    parts = list(on_paper(document().sections))
    assert {part.caption for part in parts if isinstance(part, NumberTable)} <= set(captions)
    assert {chart.title for chart in charts()} <= set(captions)


def test_the_file_says_whose_it_is_and_nothing_of_when_and_where_it_was_made() -> None:
    told = opened().core_properties
    assert (told.author, told.language) == (document().council, "en-GB")
    assert told.created.date() == document().produced_on


def test_no_word_becomes_a_field_a_link_or_markup() -> None:
    said = Section("hostile", HOSTILE[1], tuple(Words((text,)) for text in HOSTILE))
    data = render_word(replace(document(), council=HOSTILE[2], sections=(said,)), DEFAULT)
    words = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    assert [text for text in HOSTILE if text.isprintable() and text not in words] == []
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        body = held.read("word/document.xml")
        assert b"w:hyperlink" not in body
        assert b"HYPERLINK http" not in body.replace(b"{ HYPERLINK http://example.org }", b"")
        assert not [name for name in held.namelist() if b'TargetMode="External"' in held.read(name)]
