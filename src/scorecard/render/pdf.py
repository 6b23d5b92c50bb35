"""A document as a tagged PDF (PDF/UA-1) on A4, made by Typst; the page stays the master for who hears it.

Words reach the template as data, so that no sign in them is taken for markup, and nothing is fetched.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from scorecard.render.paper import definitions_of, is_wide, shown_on_paper, status_words
from scorecard.render.svg import draw
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import CallOut, Cell, Document, Part, Section, Status
    from scorecard.render.style import Style

TEMPLATE = Path(__file__).parent / "templates" / "pack.typ"
_LETTERS_AT_HAND = ("Liberation Sans", "DejaVu Sans", "Libertinus Serif")
"""What stands in where a machine lacks the council's letters; the last comes with Typst itself."""

_CONTROL = re.compile(r"\\u00(?:0[0-8b-f]|1[0-9a-f]|7f)")
"""Signs that no page shows, as JSON writes them."""

_UNSHOWN = re.compile(r'the text `?"(?P<letters>.+?)"`? could not be displayed')
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")
_POINTS = 150.0
"""How finely a picture is drawn, in points an inch."""


def render_pdf(document: Document, style: Style) -> bytes:
    """The document as a PDF, the same bytes for the same document on one machine."""
    sections = [_section(one) for one in document.sections]
    return compiled(TEMPLATE, "pack", {**front(document, style), "sections": [*sections, *_definitions(document)]})


def compiled(template: Path, name: str, told: dict[str, Any], form: str = "pdf") -> bytes:
    """A template filled with data under a name, as PDF/UA-1 or as a picture.

    PDF/UA allows no letter that cannot be shown: one that no font on the machine has is printed as a question mark.
    """
    import typst  # noqa: PLC0415 - slow to load, and needed by this form only

    year, month, day = told["produced"]
    made_on = datetime(year, month, day, tzinfo=UTC)
    words = _CONTROL.sub("", json.dumps(told, ensure_ascii=False))
    if form == "png":
        return typst.compile(
            template.read_bytes(), format="png", ppi=_POINTS, sys_inputs={name: words}, timestamp=made_on
        )
    while True:
        try:
            return typst.compile(
                template.read_bytes(), format="pdf", pdf_standards="ua-1", sys_inputs={name: words}, timestamp=made_on
            )
        except typst.TypstError as error:
            unshown = _UNSHOWN.search(str(error))
            letters = _letters(unshown["letters"]) if unshown else ""
            if not any(letter in words for letter in letters):
                raise
            words = words.translate(dict.fromkeys(map(ord, letters), "?"))


def _letters(told: str) -> str:
    """The letters that an error names, some of them by their number."""
    return _BY_NUMBER.sub(lambda found: chr(int(found[1], 16)), told)


def front(document: Document, style: Style) -> dict[str, Any]:
    """What stands on the first page and round every other."""
    day = document.produced_on
    return {
        "title": document.title,
        "council": document.council,
        "period": document.period,
        "marking": document.marking,
        "edition": document.edition,
        "produced": [day.year, day.month, day.day],
        "accent": style.accent,
        "logo": list(style.logo),
        "logo_words": style.logo_words,
        "fonts": [style.office_font, *_LETTERS_AT_HAND],
        "about": [[name, text_of(words)] for name, words in document.about],
        "notices": [part_data(notice) for notice in document.notices],
    }


def _section(section: Section) -> dict[str, Any]:
    parts = [part_data(one) for one in shown_on_paper(section.parts)]
    inner = [_section(one) for one in section.sections]
    return _plain_section(section.title, lead=text_of(section.lead), parts=parts, sections=inner)


def _definitions(document: Document) -> list[dict[str, Any]]:
    """A last section of every definition."""
    told = [
        _plain_section(title, parts=[part_data(one) for one in held], listed=False)
        for title, held in definitions_of(document)
    ]
    return [_plain_section("What each figure counts", sections=told)] if told else []


def _plain_section(title: str, **more: object) -> dict[str, Any]:
    return {"title": title, "lead": "", "listed": True, "parts": [], "sections": [], **more}


def part_data(part: Part) -> dict[str, Any]:  # noqa: C901, PLR0911 - one answer a kind of part
    """One part as the template reads it, by its kind."""
    kind = {"kind": type(part).__name__}
    match part:
        case NumberTable():
            return kind | _table(part)
        case Chart():
            return kind | _chart(part)
        case Panels():
            return kind | {"title": part.title, "charts": [_chart(one) for one in part.charts]}
        case CallOuts():
            return kind | {"items": [_call_out(one) for one in part.items]}
        case Words() | Note():
            return kind | {"words": text_of(part.phrase)}
        case Notice():
            return kind | {"heading": part.heading, "words": text_of(part.phrase)}
        case Bullets():
            return kind | {"heading": part.heading, "items": [text_of(item) for item in part.items]}
        case Prose():
            return kind | _prose(part)
        case CommentarySlot():
            return kind | _slot(part)
        case Details():
            return kind | {"summary": part.summary, "parts": [part_data(one) for one in part.parts]}
        case Definition():
            told = {"title": part.title, "caveats": list(part.caveats), "facts": [list(pair) for pair in part.facts]}
            return kind | told | _prose(part.prose)
        case Glossary():
            return kind | {"entries": [[term, meaning] for term, meaning, _ in part.entries]}


def _table(table: NumberTable) -> dict[str, Any]:
    columns = [
        {"heading": one.heading, "small": one.small, "numeric": one.numeric, "marks": ", ".join(one.marks)}
        for one in table.columns
    ]
    rows = [
        {"heading": _cell(row.heading), "cells": [_cell(one) for one in row.cells], "total": row.total}
        for row in table.rows
    ]
    notes = [{"mark": note.mark, "words": text_of(note.phrase)} for note in table.notes]
    wide = {"wide": is_wide(table)}
    return wide | {"caption": table.caption, "corner": table.corner, "columns": columns, "rows": rows, "notes": notes}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "words": text_of(cell.phrase),
        "small": text_of(cell.small),
        "status": _status(cell.status),
        "marks": ", ".join(cell.marks),
        "strong": cell.strong,
    }


def _status(status: Status | None) -> dict[str, str] | None:
    return None if status is None else {"position": status.position, "words": status_words(status)}


def _chart(chart: Chart) -> dict[str, Any]:
    told = {"title": chart.title, "subtitle": chart.subtitle, "alternative": chart.alternative}
    return told | {"drawing": draw(chart)}


def _call_out(one: CallOut) -> dict[str, Any]:
    told = {"label": one.label, "big": text_of(one.big), "words": text_of(one.words), "caution": one.caution}
    return told | {"status": _status(one.status)}


def _prose(held: Prose | None) -> dict[str, Any]:
    blocks = held.blocks if held else ()
    return {"blocks": [{"kind": kind, "lines": list(lines)} for kind, lines in blocks]}


def _slot(slot: CommentarySlot) -> dict[str, Any]:
    signed = ", ".join(words for words in (slot.author, slot.role, slot.state) if words)
    return {"heading": slot.heading, "missing": slot.missing, "signed": signed} | _prose(slot.prose)
