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


def render(document: Document, form: Form, style: Style) -> dict[str, bytes]:  # noqa: PLR0911 - one for each format
    """The files of one format by how their names end; each library is loaded for its own format only."""
    # ruff: noqa: PLC0415
    if form is Form.HTML:
        from scorecard.render.html import render_html

        return {".html": render_html(document, style).encode("utf-8")}
    if form is Form.PDF:
        from scorecard.render.pdf import render_pdf

        return {".pdf": render_pdf(document, style)}
    if form is Form.DOCX:
        from scorecard.render.word import render_word

        return {".docx": render_word(document, style)}
    if form is Form.PPTX:
        from scorecard.render.slides import render_slides

        return {".pptx": render_slides(document, style)}
    if form is Form.XLSX:
        from scorecard.render.xlsx import render_xlsx

        return {".xlsx": render_xlsx(document, style)}
    if form is Form.ODS:
        from scorecard.render.ods import render_ods

        return {".ods": render_ods(document, style)}
    from scorecard.render.csv_files import render_csv, render_csv_metadata

    return {".csv": render_csv(document), ".meta.csv": render_csv_metadata()}
