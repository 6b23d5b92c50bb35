"""A form in Word: what one role is asked of a month, and boxes that know which slot they are for."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import docx
import vl_convert
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from scorecard.pack.forms import AGREED, AUTHOR
from scorecard.render.svg import draw
from scorecard.render.zipped import same_bytes
from scorecard.words.grammar import day_in_words
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.pack.charts import Chart
    from scorecard.pack.document import NumberTable
    from scorecard.pack.forms import Box, Form, FormTopic

PLACEHOLDER = "Click here and write."
"""What stands in an empty box."""
TAG = "scorecard:"
"""How the tag of a box begins, before the name of its slot."""
PROPERTY = "scorecard-form"
"""The property of the file that says which form it is."""

_WIDE_CM, _SHARP = 16.0, 2
_SMALL, _TINY, _BODY = 9, 1, 11
_GREY, _SHADE = "505A5F", "F3F2F1"
_HOW = (
    "Write in the boxes, in your own words; they are printed as you write them, beside your role and name. Leave a box "
    "empty where you have nothing to say, and the pack says that no words came. Name no child. Write what you will do "
    "as “We will … by 31 January 2022”: it is kept, and the next pack says what the figure did since."
)
_QUESTIONS = {
    AUTHOR: "Your name, as it is to be printed",
    AGREED: "May these words be printed as they are? Write yes when they are signed off",
}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one the file format gives to properties of one's own


def form_docx(form: Form) -> bytes:
    """The form as a file, the same bytes each time it is made."""
    made = docx.Document()
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Arial", Pt(_BODY)
    for level in ("Title", "Heading 1", "Heading 2"):
        made.styles[level].font.name = "Arial"
        made.styles[level].element.rPr.rFonts.attrib.clear()
        made.styles[level].font.name = "Arial"
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = f"{form.marking} · {form.council} · {form.role} · {form.month}"
    _properties(made, form)
    made.add_heading(f"What do you say of {form.month}?", 0)
    made.add_paragraph().add_run(f"{form.role}. Please send this back by {day_in_words(form.due)}.").bold = True
    made.add_paragraph(_HOW)
    made.add_paragraph(f"Figures as at {day_in_words(form.as_at)}.")
    for name in (AUTHOR, AGREED):
        _box(made, name, _QUESTIONS[name])
    for topic in form.topics:
        _topic(made, form, topic)
    _small(made.add_paragraph(), f"Form {form.id}")
    buffer = io.BytesIO()
    made.save(buffer)
    return same_bytes(buffer.getvalue())


def _properties(made: Any, form: Form) -> None:
    """What the file says of itself: its title, its language, and which form it is."""
    core, day = made.core_properties, datetime(form.due.year, form.due.month, form.due.day)  # noqa: DTZ001 - as it stands
    core.title, core.author, core.language = f"{form.role}, {form.month}", form.council, "en-GB"
    core.created = core.modified = day
    core.last_modified_by, core.comments, core.revision = form.council, "", 1
    kept = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_PROPERTIES}/custom-properties" xmlns:vt="{_PROPERTIES}/docPropsVTypes">'
        f'<property fmtid="{_FMTID}" pid="2" name="{PROPERTY}"><vt:lpwstr>{escape(form.id)}</vt:lpwstr></property>'
        "</Properties>"
    )
    package = made.part.package
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, kept.encode("utf-8"), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _topic(made: Any, form: Form, topic: FormTopic) -> None:
    made.add_heading(topic.title, 1)
    if topic.table:
        _table(made, topic.table)
    for chart in topic.charts:
        _picture(made, chart)
    _listed(made, "Please explain", map(text_of, topic.explain))
    _listed(made, "What you said you would do", map(text_of, topic.promises))
    for box in topic.boxes:
        _before(made, form, box)
        _box(made, box.name, f"{box.heading}: {topic.title}, {form.month}")


def _listed(made: Any, heading: str, items: Iterable[str]) -> None:
    for place, words in enumerate(items):
        if not place:
            made.add_heading(heading, 2)
        made.add_paragraph(words, style="List Bullet")


def _before(made: Any, form: Form, box: Box) -> None:
    if box.before:
        made.add_heading(f"What was said of {form.month_before}", 2)
        for words in filter(None, map(str.strip, box.before.splitlines())):
            _small(made.add_paragraph(), words)


def _small(paragraph: Any, words: str, size: float = _SMALL) -> None:

    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(_GREY)


def _table(made: Any, table: NumberTable) -> None:
    """The figures, a header row that is repeated on the next page, and numbers to the right."""
    headings = [table.corner, *(column.heading for column in table.columns)]
    made.add_paragraph(table.caption, style="Caption").paragraph_format.keep_with_next = True
    drawn = made.add_table(1 + len(table.rows), len(headings), style="Table Grid")
    drawn.autofit = False
    widths = [5.4, *([2.2] * 3), 4.0]
    lines = [headings, *([text_of(cell.phrase) for cell in (row.heading, *row.cells)] for row in table.rows)]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Cm(width)
    for row, line in zip(drawn.rows, lines, strict=True):
        for place, (cell, words) in enumerate(zip(row.cells, line, strict=True)):
            cell.width = Cm(widths[place])
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(words)
            run.font.size, run.bold = Pt(_SMALL), line is headings
            if place and table.columns[place - 1].numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    drawn.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001 - it has no other door
    made.add_paragraph()


def _picture(made: Any, chart: Chart) -> None:
    """A chart with the words for who does not see it."""
    paragraph = made.add_paragraph()
    paragraph.add_run(chart.title).bold = True
    paragraph.add_run("\n")
    _small(paragraph, chart.subtitle)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(0)
    picture = vl_convert.svg_to_png(draw(chart), scale=_SHARP)
    shape = made.add_picture(io.BytesIO(picture), width=Cm(_WIDE_CM))
    shape._inline.docPr.set("descr", chart.alternative)  # noqa: SLF001 - it has no other door
    shape._inline.docPr.set("title", chart.title)  # noqa: SLF001 - it has no other door


def _box(made: Any, name: str, heading: str) -> None:
    """A table of one column: which box it is, in words a program finds too, and under it where to write."""
    drawn = made.add_table(2, 1, style="Table Grid")
    above, below = drawn.rows[0].cells[0], drawn.rows[1].cells[0]
    above._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))  # noqa: SLF001 - it has no other door
    above.paragraphs[0].add_run(heading).bold = True
    _small(above.paragraphs[0], f"  [box {name}]")
    last = below.paragraphs[0]
    last._p.addprevious(_control(name, heading))  # noqa: SLF001 - it has no other door
    last.paragraph_format.space_after = Pt(0)
    last.add_run().font.size = Pt(_TINY)
    made.add_paragraph()


def _control(name: str, heading: str) -> Any:
    """A content control that holds paragraphs, empty but for the words that say so."""
    return parse_xml(
        f'<w:sdt xmlns:w="{_W}"><w:sdtPr><w:alias w:val="{escape(heading, {chr(34): ""})[:64]}"/>'
        f'<w:tag w:val="{TAG}{escape(name)}"/><w:showingPlcHdr/></w:sdtPr>'
        f"<w:sdtContent><w:p><w:r><w:t>{PLACEHOLDER}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )


def _element(name: str, **attributes: str) -> Any:

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
