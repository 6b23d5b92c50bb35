"""Slides: every chart native and equal to the facts, nothing cut off or linked, titles told apart, the same bytes."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from every_part import every_part
from invented_november import context, facts
from pptx import Presentation
from pptx.oxml.ns import qn

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.layout import build_document
from scorecard.render.slides import render_slides
from scorecard.render.style import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.pack.document import Document, Section


@cache
def _november() -> Document:
    return build_document(context(), facts())


@cache
def _opened(which: str) -> Any:
    held = _november() if which == "november" else every_part()
    return Presentation(io.BytesIO(render_slides(held, DEFAULT)))


def _charts(held: Document) -> Iterator[Chart]:
    def of(section: Section) -> Iterator[Chart]:
        for part in section.parts:
            if isinstance(part, Chart):
                yield part
            elif isinstance(part, Panels):
                yield from part.charts

    for section in held.sections:
        yield from of(section)
        for topic in section.sections:
            yield from of(topic)


@pytest.mark.parametrize("which", ["november", "every part"])
def test_the_series_of_every_native_chart_are_the_points_of_the_document(which: str) -> None:
    held = _november() if which == "november" else every_part()
    frames = [shape for slide in _opened(which).slides for shape in slide.shapes if shape.has_chart]
    charts = list(_charts(held))
    assert charts
    assert len(frames) == len(charts)
    for frame, chart in zip(frames, charts, strict=True):
        drawn = [tuple(one.values) for plot in frame.chart.plots for one in plot.series]
        wanted = [tuple(point.value for point in one.points) for one in chart.series]
        assert drawn == [*wanted, *(tuple(line.values) for line in chart.lines)]
        assert list(frame.chart.plots[0].categories) == [point.label for point in chart.points]
        described = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001 - the library has no reader of it
        assert described.get("descr") == chart.alternative


@pytest.mark.parametrize("which", ["november", "every part"])
def test_every_slide_has_a_title_of_its_own_and_bears_the_marking(which: str) -> None:
    held = _november() if which == "november" else every_part()
    slides = list(_opened(which).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(set(titles)) == len(titles)
    for slide in slides:
        assert any(held.marking in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("which", ["november", "every part"])
def test_nothing_stands_beyond_the_edge_of_a_slide(which: str) -> None:
    made = _opened(which)
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_hostile_words_are_no_links_and_run_nothing() -> None:
    for slide in _opened("every part").slides:
        assert not list(slide._element.iter(qn("a:hlinkClick")))  # noqa: SLF001 - nothing else reads the whole slide
        kinds = {relation.reltype.rpartition("/")[2] for relation in slide.part.rels.values()}
        assert kinds <= {"slideLayout", "chart"}
        assert not any(relation.is_external for relation in slide.part.rels.values())


def test_the_workbook_within_a_chart_holds_neither_formula_nor_link() -> None:
    books = [
        shape.chart.part.chart_workbook.xlsx_part.blob
        for slide in _opened("every part").slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert books
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as held:
            sheets = [held.read(name) for name in held.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_every_section_and_every_topic_with_words_has_its_slide() -> None:
    titles = {slide.shapes.title.text_frame.text for slide in _opened("november").slides}
    wanted = {topic.title for section in _november().sections for topic in section.sections if topic.parts}
    assert wanted <= titles
