"""A document as a Word file that a council can go on editing: named styles, native tables, pictures with words."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import docx
import vl_convert
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.document import (
    Bullets,
    CallOuts,
    CommentarySlot,
    Definition,
    Details,
    Glossary,
    Note,
    Notice,
    NumberTable,
    Prose,
    Words,
)
from scorecard.render.palette import MUTED
from scorecard.render.paper import definitions_of, is_wide, shown_on_paper, status_words, without_control
from scorecard.render.svg import draw
from scorecard.render.word_tables import add_table
from scorecard.render.zipped import same_bytes
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from docx.document import Document as Made

    from scorecard.pack.document import Document, Part, Section
    from scorecard.render.style import Style

_BODY, _SMALL = Pt(10), Pt(8.5)
_ACROSS = Cm(17)
_SHARP = 2.5
_DEEPEST = 4


def render_word(document: Document, style: Style) -> bytes:
    """The document as a Word file, the same bytes for the same document."""
    made = docx.Document()
    _Writer(made, document, style).write()
    held = io.BytesIO()
    made.save(held)
    return same_bytes(held.getvalue())


class _Writer:
    """Writes one document into one file, part by part."""

    def __init__(self, made: Made, document: Document, style: Style) -> None:
        self.made, self.document, self.style = made, document, style

    def write(self) -> None:
        """The front, the contents, every section, and the definitions last."""
        _set_styles(self.made, self.style)
        _describe(self.made, self.document)
        self._page(self.made.sections[0], lies=False)
        self._front()
        for section in self.document.sections:
            self._section(section, 1)
        self._definitions()

    def _page(self, page: Any, *, lies: bool) -> None:
        """A4, upright or on its side, with the council and the marking over it and the month under it."""
        long, short = Cm(29.7), Cm(21)
        page.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = (long, short) if lies else (short, long)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(2)
        page.header.is_linked_to_previous = page.footer.is_linked_to_previous = False
        over, under = page.header.paragraphs[0], page.footer.paragraphs[0]
        over.text = self._said(f"{self.document.council}    {self.document.marking}")
        under.text = self._said(f"{self.document.title}, {self.document.period}, page ")
        _field(under, "PAGE")

    def _front(self) -> None:
        document = self.document
        if self.style.logo:
            shape = self.made.add_paragraph().add_run().add_picture(io.BytesIO(self.style.logo), height=Cm(1.8))
            shape._inline.docPr.set("descr", self._said(self.style.logo_words))  # noqa: SLF001 - as for a chart
        self.made.add_paragraph(self._said(document.council), style="Subtitle")
        self.made.add_paragraph(self._said(f"{document.title}, {document.period}"), style="Title")
        for name, words in document.about:
            line = self.made.add_paragraph(style="Body Text")
            line.add_run(f"{name}: ").bold = True
            line.add_run(self._said(text_of(words)))
        for notice in document.notices:
            self.part(notice, 1)
        self.made.add_paragraph("Contents", style="TOC Heading")
        for section in document.sections:
            self.made.add_paragraph(self._said(section.title), style="List Number")

    def _section(self, section: Section, level: int) -> None:
        self.heading(section.title, level)
        if section.lead:
            self.made.add_paragraph(self._said(text_of(section.lead)), style="Intense Quote")
        for part in shown_on_paper(section.parts):
            self.part(part, level + 1)
        for inner in section.sections:
            self._section(inner, level + 1)

    def _definitions(self) -> None:
        told = definitions_of(self.document)
        if told:
            self.heading("What each figure counts", 1)
        for title, definitions in told:
            self.heading(title, 2)
            for one in definitions:
                self.part(one, 3)

    def heading(self, words: str, level: int) -> None:
        """A heading of Word's own, so that its contents and a screen reader find it."""
        self.made.add_heading(self._said(words), min(level, _DEEPEST))

    def part(self, part: Part, level: int) -> None:  # noqa: C901, PLR0912 - one answer a kind of part
        """One part of the document."""
        match part:
            case NumberTable():
                self._table(part)
            case Chart():
                self._chart(part)
            case Panels():
                self.heading(part.title, level)
                for chart in part.charts:
                    self._chart(chart)
            case CallOuts():
                self._call_outs(part)
            case Words():
                self.made.add_paragraph(self._said(text_of(part.phrase)), style="Body Text")
            case Note():
                self._small(text_of(part.phrase))
            case Notice():
                self._notice(part.heading, text_of(part.phrase))
            case Bullets():
                if part.heading:
                    self.heading(part.heading, level)
                for item in part.items:
                    self.made.add_paragraph(self._said(text_of(item)), style="List Bullet")
            case Prose():
                self._prose(part)
            case CommentarySlot():
                self._slot(part, level)
            case Details():
                self.heading(part.summary, level)
                for one in part.parts:
                    self.part(one, level + 1)
            case Definition():
                self._definition(part)
            case Glossary():
                for term, meaning, _ in part.entries:
                    self._notice(f"{term}:", meaning)

    def _table(self, table: NumberTable) -> None:
        """A table under its caption; a wide one lies on a page of its own."""
        lies = is_wide(table)
        if lies:
            self._page(self.made.add_section(), lies=True)
        caption = self.made.add_paragraph(self._said(table.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
        add_table(self.made, table)
        for note in table.notes:
            self._small(f"({note.mark}) {text_of(note.phrase)}")
        if lies:
            self._page(self.made.add_section(), lies=False)

    def _chart(self, chart: Chart) -> None:
        """A chart as a picture, under its title; its words for who does not see it are the picture's own."""
        title = self.made.add_paragraph(self._said(chart.title), style="Caption")
        title.paragraph_format.keep_with_next = True
        if chart.subtitle:
            self._small(chart.subtitle).paragraph_format.keep_with_next = True
        picture = vl_convert.svg_to_png(draw(chart), scale=_SHARP)
        line = self.made.add_paragraph()
        shape = line.add_run().add_picture(io.BytesIO(picture), width=_ACROSS)
        told = shape._inline.docPr  # noqa: SLF001 - the library has no other way to an alternative text
        told.set("descr", self._said(chart.alternative))
        told.set("title", self._said(chart.title))
        told.set("name", chart.id)

    def _call_outs(self, held: CallOuts) -> None:
        for one in held.items:
            line = self.made.add_paragraph(style="Body Text")
            line.add_run(self._said(f"{one.label}: "))
            line.add_run(self._said(text_of(one.big))).bold = True
            more = (text_of(one.words), status_words(one.status), one.caution)
            line.add_run(self._said("".join(f". {words}" for words in more if words)))

    def _notice(self, heading: str, words: str) -> None:
        line = self.made.add_paragraph(style="Body Text")
        line.add_run(self._said(f"{heading} ")).bold = True
        line.add_run(self._said(words))

    def _prose(self, held: Prose | None) -> None:
        for kind, lines in held.blocks if held else ():
            for line in lines:
                self.made.add_paragraph(self._said(line), style="List Bullet" if kind == "list" else "Body Text")

    def _slot(self, slot: CommentarySlot, level: int) -> None:
        self.heading(slot.heading, level)
        if slot.missing:
            self.made.add_paragraph(self._said(slot.missing), style="Quote")
            return
        self._prose(slot.prose)
        self._small(", ".join(words for words in (slot.author, slot.role, slot.state) if words))

    def _definition(self, held: Definition) -> None:
        self.made.add_paragraph(self._said(held.title), style="Caption")
        self._prose(held.prose)
        for caveat in held.caveats:
            self.made.add_paragraph(self._said(caveat), style="List Bullet")
        for name, words in held.facts:
            self._small(f"{name}: {words}")

    def _small(self, words: str) -> Any:
        line = self.made.add_paragraph(style="Small")
        line.add_run(self._said(words))
        return line

    def _said(self, words: str) -> str:
        return without_control(words)


def _set_styles(made: Made, style: Style) -> None:
    """The council's letters and colour in styles, where it can change them once for all."""
    colour = RGBColor.from_string(style.accent.lstrip("#").upper())
    small = made.styles.add_style("Small", 1)
    small.base_style = made.styles["Body Text"]
    for name in ("Normal", "Title", "Subtitle", "Caption", "TOC Heading", *(f"Heading {n}" for n in range(1, 5))):
        own = made.styles[name]
        own.font.name = style.office_font
        fonts = own.element.get_or_add_rPr().get_or_add_rFonts()
        for letters in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(letters), style.office_font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        if name != "Normal":
            own.font.color.rgb = colour
    made.styles["Normal"].font.size = _BODY
    made.styles["Heading 1"].paragraph_format.page_break_before = True
    made.styles["TOC Heading"].paragraph_format.page_break_before = False
    small.font.size, small.font.color.rgb = _SMALL, RGBColor.from_string(MUTED.lstrip("#").upper())
    made.styles["Body Text"].paragraph_format.space_after = Pt(4)
    small.paragraph_format.space_after = Pt(2)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)


def _describe(made: Made, document: Document) -> None:
    told, day = made.core_properties, datetime.combine(document.produced_on, time())
    told.title, told.author = without_control(f"{document.title}, {document.period}"), without_control(document.council)
    told.comments, told.language, told.keywords = without_control(document.marking), "en-GB", ""
    told.created = told.modified = day
    told.last_modified_by, told.revision = told.author, 1


def _field(paragraph: Any, name: str) -> None:
    """A field that Word fills by itself, such as the number of the page."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - the library has no fields
