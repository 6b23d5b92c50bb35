"""Every format of a pack, and which file each becomes; all are pictures of one document."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorecard.pack.document import Document
    from scorecard.render.style import Style


class Form(StrEnum):
    """What a pack can be made as."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    POSTER = "poster"


def render(document: Document, form: Form, style: Style) -> dict[str, bytes]:
    """The files of one format by how their names end; each library is loaded for its own format only."""
    return _MAKERS[form](document, style)


# ruff: noqa: PLC0415 - what a format needs is slow to load
def _html(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.html import render_html

    return {".html": render_html(document, style).encode("utf-8")}


def _pdf(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.pdf import render_pdf

    return {".pdf": render_pdf(document, style)}


def _docx(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.word import render_word

    return {".docx": render_word(document, style)}


def _pptx(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.slides import render_slides

    return {".pptx": render_slides(document, style)}


def _xlsx(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.xlsx import render_xlsx

    return {".xlsx": render_xlsx(document, style)}


def _ods(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.ods import render_ods

    return {".ods": render_ods(document, style)}


def _csv(document: Document, _style: Style) -> dict[str, bytes]:
    from scorecard.render.csv_files import render_csv, render_csv_metadata

    return {".csv": render_csv(document), ".meta.csv": render_csv_metadata()}


def _poster(document: Document, style: Style) -> dict[str, bytes]:
    from scorecard.render.poster import render_poster

    return render_poster(document, style)


_MAKERS = {
    Form.HTML: _html,
    Form.PDF: _pdf,
    Form.DOCX: _docx,
    Form.PPTX: _pptx,
    Form.XLSX: _xlsx,
    Form.ODS: _ods,
    Form.CSV: _csv,
    Form.POSTER: _poster,
}
