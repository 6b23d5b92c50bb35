"""A document as slides: one a topic and more where it does not fit, with native charts and tables to go on editing."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.document import Bullets, CallOuts, CommentarySlot, Note, Notice, NumberTable, Prose, Words
from scorecard.render.palette import INK, MUTED, PAPER, WASH
from scorecard.render.paper import status_words, without_control
from scorecard.render.slide_charts import add_chart
from scorecard.render.zipped import same_bytes
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import Document, Part, Section
    from scorecard.render.style import Style

_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_LEFT, _ACROSS, _TOP, _DEEP = Inches(0.5), Inches(12.333), Inches(1.35), Inches(5.45)
_HALF = Inches(6)
_LINE = Pt(19)
_LETTERS = {True: 62, False: 132}
"""How many letters of 14 points stand in a line, in half a slide and in a whole one."""
_ROWS, _FEW_ROWS, _CALL_OUTS = 9, 6, 4
_ROW_LETTERS, _CALL_OUT_LETTERS, _FEW_LINES = 60, 42, 3
_FOOT = Inches(6.3)
_FEW_COLUMNS, _MANY_COLUMNS = 4, 9
_TITLE_ONLY = 5


@dataclass
class _Told:
    """What of a topic is to be shown: figures printed large, lines of words by their look, charts, tables."""

    call_outs: list[tuple[str, str, str]] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: list[NumberTable] = field(default_factory=list)


def render_slides(document: Document, style: Style) -> bytes:
    """The document as a PowerPoint file, the same bytes for the same document."""
    made = Presentation()
    made.slide_width, made.slide_height = _WIDE, _HIGH
    _describe(made, document)
    _Deck(made, document, style).write()
    held = io.BytesIO()
    made.save(held)
    return same_bytes(held.getvalue())


def _describe(made: Any, document: Document) -> None:
    about, day = made.core_properties, datetime.combine(document.produced_on, time())
    about.title = without_control(f"{document.title}, {document.period}")
    about.author = about.last_modified_by = without_control(document.council)
    about.language, about.created, about.modified, about.revision = "en-GB", day, day, 1


class _Deck:
    """Writes one document as slides, section by section."""

    def __init__(self, made: Any, document: Document, style: Style) -> None:
        self.made, self.document, self.style = made, document, style
        self._titles: dict[str, int] = {}

    def write(self) -> None:
        """The front, then every section and topic that has something to show."""
        self._front()
        for section in self.document.sections:
            self._section(section)
            for topic in section.sections:
                self._section(topic)

    def _front(self) -> None:
        document = self.document
        slide = self._slide(f"{document.title}, {document.period}")
        lines = [("", f"{name}: {text_of(words)}") for name, words in document.about]
        lines += [("strong", f"{one.heading} {text_of(one.phrase)}") for one in document.notices]
        self._words(slide, [("strong", document.council), *lines], _LEFT, _ACROSS)
        if self.style.logo:
            shape = slide.shapes.add_picture(io.BytesIO(self.style.logo), _LEFT, Inches(5.9), height=Inches(0.9))
            properties = shape._element.nvPicPr.cNvPr  # noqa: SLF001 - the library has no setter of it
            properties.set("descr", without_control(self.style.logo_words))

    def _section(self, section: Section) -> None:
        told = _told_of(section)
        for table in told.tables:
            for rows in _pages_of(table):
                slide = self._slide(section.title)
                self._table(slide, table, rows)
            if table is told.tables[-1] and len(told.lines) <= _FEW_LINES and not told.charts:
                self._words(slide, told.lines, _LEFT, _ACROSS, _FOOT)
                told.lines.clear()
        while told.call_outs or told.lines or told.charts:
            self._page(section.title, told)

    def _page(self, title: str, told: _Told) -> None:
        """One slide: figures printed large on top, words to the left of a chart, or two charts side by side."""
        slide, top = self._slide(title), Emu(_TOP)
        if told.call_outs:
            deep = self._call_outs(slide, told.call_outs[:_CALL_OUTS])
            del told.call_outs[:_CALL_OUTS]
            top = Emu(top + deep + Inches(0.15))
        room = Emu(_TOP + _DEEP - top)
        halves = bool(told.charts) and bool(told.lines)
        if told.lines:
            taken = _fitting(told.lines, int(room / _LINE), _LETTERS[halves])
            self._words(slide, told.lines[:taken], _LEFT, _HALF if halves else _ACROSS, top)
            del told.lines[:taken]
        if not told.charts:
            return
        two = not halves and len(told.charts) > 1
        width = _HALF if halves or two else _ACROSS
        for place in range(2 if two else 1):
            left = Emu(_LEFT + (Inches(6.333) if halves or place else 0))
            self._chart(slide, told.charts.pop(0), (left, top, width, room))

    def _slide(self, title: str) -> Any:
        """A slide with its title, the marking, the month and its number; titles differ, for who hears them."""
        slide = self.made.slides.add_slide(self.made.slide_layouts[_TITLE_ONLY])
        self._titles[title] = self._titles.get(title, 0) + 1
        count = self._titles[title]
        held = slide.shapes.title
        held.left, held.top, held.width, held.height = _LEFT, Inches(0.45), _ACROSS, Inches(0.8)
        self._write(held.text_frame, [("title", title if count == 1 else f"{title} ({count})")])
        held.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        document = self.document
        self._small(slide, f"{document.council}   {document.marking}", Inches(0.12))
        self._small(slide, f"{document.title}, {document.period}, slide ", Inches(7.02), numbered=True)
        return slide

    def _small(self, slide: Any, words: str, top: int, *, numbered: bool = False) -> None:
        box = slide.shapes.add_textbox(_LEFT, top, _ACROSS, Inches(0.32))
        self._write(box.text_frame, [("small", words)])
        if numbered:
            number = f'<a:fld {nsdecls("a")} id="{{00000000-0000-0000-0000-000000000001}}" type="slidenum">'
            number += '<a:rPr lang="en-GB" sz="1100"/><a:t>‹#›</a:t></a:fld>'
            box.text_frame.paragraphs[0]._p.append(parse_xml(number))  # noqa: SLF001 - the library has no field

    def _words(self, slide: Any, lines: list[tuple[str, str]], left: int, width: int, top: int = _TOP) -> None:
        box = slide.shapes.add_textbox(left, top, width, Emu(_TOP + _DEEP - top))
        self._write(box.text_frame, lines)

    def _call_outs(self, slide: Any, items: list[tuple[str, str, str]]) -> int:
        """Figures printed large in a row of boxes, as deep as the most words need; how deep that is."""
        each, most = Emu(int(_ACROSS / _CALL_OUTS)), max(_lines(one[0]) + _lines(one[2]) for one in items)
        deep = Emu(Inches(0.65) + most * Inches(0.19))
        for place, (label, big, words) in enumerate(items):
            box = slide.shapes.add_textbox(Emu(_LEFT + place * each), _TOP, Emu(each - Inches(0.12)), deep)
            box.fill.solid()
            box.fill.fore_color.rgb = _colour(WASH)
            self._write(box.text_frame, [("small", label), ("big", big), ("small", words)])
        return deep

    def _chart(self, slide: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
        left, top, width, height = place
        box = slide.shapes.add_textbox(left, top, width, Inches(0.75))
        self._write(box.text_frame, [("strong", chart.title), ("small", chart.subtitle)])
        below = Inches(0.85)
        add_chart(slide.shapes, chart, (left, Emu(top + below), width, Emu(height - below)))

    def _table(self, slide: Any, table: NumberTable, rows: list[list[str]]) -> None:
        box = slide.shapes.add_textbox(_LEFT, Inches(1.15), _ACROSS, Inches(0.4))
        self._write(box.text_frame, [("strong", table.caption)])
        headings = [table.corner, *(f"{one.heading}\n{one.small}".strip() for one in table.columns)]
        frame = slide.shapes.add_table(len(rows) + 1, len(headings), _LEFT, Inches(1.6), _ACROSS, Inches(1))
        drawn = frame.table
        widths = _widths([headings, *rows])
        for place, share in enumerate(widths):
            drawn.columns[place].width = Emu(int(_ACROSS * share))
        for down, line in enumerate([headings, *rows]):
            for across, words in enumerate(line):
                cell = drawn.cell(down, across)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _colour(self.style.accent if not down else PAPER if down % 2 else WASH)
                cell.margin_left = cell.margin_right = Inches(0.06)
                cell.margin_top = cell.margin_bottom = Inches(0.03)
                look = "header" if not down else "first" if not across else "cell"
                self._write(cell.text_frame, [(look, words)])

    def _write(self, frame: Any, lines: list[tuple[str, str]]) -> None:
        """Paragraphs, each in its look, as plain text whatever it holds."""
        frame.word_wrap = True
        for place, (look, words) in enumerate(lines):
            paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = without_control(("•  " if look == "bullet" else "") + words)
            size, bold, colour = _LOOKS[look]
            run.font.size, run.font.bold, run.font.name = size, bold, self.style.office_font
            run.font.color.rgb = _colour(colour or self.style.accent)
            run.font.language_id = _BRITISH
            if look in {"bullet", "", "head"}:
                paragraph.space_after = Pt(3)


_BRITISH = 2057
_LOOKS: dict[str, tuple[Any, bool, str]] = {
    "title": (Pt(26), True, ""),
    "big": (Pt(26), True, ""),
    "head": (Pt(15), True, ""),
    "strong": (Pt(13), True, INK),
    "small": (Pt(11), False, MUTED),
    "header": (Pt(11), True, PAPER),
    "first": (Pt(11), True, INK),
    "cell": (Pt(11), False, INK),
    "bullet": (Pt(14), False, INK),
    "": (Pt(14), False, INK),
}


def _told_of(section: Section) -> _Told:
    """What of a section stands on slides; a topic's tables and definitions stay in the workbook and the page."""
    told = _Told()
    for part in section.parts:
        if isinstance(part, CallOuts):
            told.call_outs += [(one.label, text_of(one.big), _under(one)) for one in part.items]
        elif isinstance(part, Chart):
            told.charts.append(part)
        elif isinstance(part, Panels):
            told.charts += part.charts
        elif isinstance(part, NumberTable):
            told.tables += [] if section.kind == "topic" else [part]
        else:
            told.lines += _lines_of(part)
    return told


def _under(one: Any) -> str:
    return "; ".join(words for words in (text_of(one.words), status_words(one.status), one.caution) if words)


def _lines_of(part: Part) -> list[tuple[str, str]]:
    if isinstance(part, Bullets):
        return [*([("head", part.heading)] if part.heading else []), *(("bullet", text_of(one)) for one in part.items)]
    if isinstance(part, CommentarySlot):
        said = _prose(part.prose) if part.prose else [("", part.missing)]
        by = ", ".join(words for words in (part.author, part.role, part.state) if words)
        return [("head", part.heading), *said, *([("small", by)] if part.prose else [])]
    if isinstance(part, Notice):
        return [("strong", part.heading), ("", text_of(part.phrase))]
    return [("", text_of(part.phrase))] if isinstance(part, Note | Words) else []


def _prose(prose: Prose) -> list[tuple[str, str]]:
    return [("bullet" if kind == "list" else "", line) for kind, lines in prose.blocks for line in lines]


def _fitting(lines: list[tuple[str, str]], room: int, letters: int) -> int:
    """How many paragraphs fit; at least one; no heading stays behind alone, and nobody's words without their name."""
    used, taken = 0.0, 0
    for _, words in lines:
        used += -(-len(words) // letters) + 0.25
        if used > room and taken:
            break
        taken += 1
    while 1 < taken < len(lines) and (lines[taken - 1][0] == "head" or lines[taken][0] == "small"):
        taken -= 1
    return taken


def _pages_of(table: NumberTable) -> list[list[list[str]]]:
    """The rows of a table by slides, fewer where their words are many."""
    rows = [[text_of(row.heading.phrase), *(_cell(cell) for cell in row.cells)] for row in table.rows]
    most = max((len(words) for row in rows for words in row), default=0)
    room = _ROWS if most <= _ROW_LETTERS and len(table.columns) < _MANY_COLUMNS else _FEW_ROWS
    each = -(-len(rows) // -(-len(rows) // room)) if rows else 1  # as many on the last slide as on the others, nearly
    return [rows[first : first + each] for first in range(0, len(rows), each)]


def _cell(cell: Any) -> str:
    lines = (text_of(cell.phrase), status_words(cell.status), text_of(cell.small))
    return "\n".join(words for words in lines if words)


def _widths(rows: list[list[str]]) -> list[float]:
    """Each column's share of the width by its longest line; of many columns none is so wide that others vanish."""
    most = 70 if len(rows[0]) <= _FEW_COLUMNS else 22
    longest = [
        max(len(line) for row in rows for line in row[place].splitlines() or [""]) for place in range(len(rows[0]))
    ]
    wide = [max(min(one, most), 11) for one in longest]
    return [one / sum(wide) for one in wide]


def _lines(words: str) -> int:
    """How many lines of small letters words take in a box of a figure printed large."""
    return -(-len(words) // _CALL_OUT_LETTERS)


def _colour(code: str) -> Any:
    return RGBColor.from_string(code.lstrip("#"))  # type: ignore[no-untyped-call]
