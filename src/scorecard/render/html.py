"""A document as one self-contained HTML file: no script, nothing fetched, the same bytes for the same document."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorecard.render import palette
from scorecard.render.style import DEFAULT
from scorecard.render.svg import draw
from scorecard.words.phrase import Day, Label, Number, Part

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart
    from scorecard.pack.document import Document
    from scorecard.render.style import Style
    from scorecard.words.phrase import Piece

_TEMPLATES = Path(__file__).parent / "templates"
_BLANK_LINES = re.compile(r"\n\s*\n+")
_NO_BREAK = " "


def render_html(document: Document, style: Style = DEFAULT) -> str:
    """The document as a page that needs nothing beside itself, in a council's own colour and under its logo."""
    told = {"document": document, "colours": {**_colours(), "ACCENT": style.accent}, "logo_words": style.logo_words}
    logo = b64encode(style.logo).decode("ascii")
    page = _environment().get_template("page.html.j2").render(**told, logo=logo)
    return _BLANK_LINES.sub("\n", page).strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(kind=_kind, piece=_piece, drawing=_drawing, css_text=_css_text, slug=_slug)
    return environment


def _colours() -> dict[str, str]:
    names = (name for name in dir(palette) if name.isupper())
    return {name: value for name in names if isinstance(value := getattr(palette, name), str)}


def _kind(part: Any) -> str:
    return type(part).__name__


def _drawing(chart: Chart) -> Markup:
    return Markup(draw(chart))  # noqa: S704 - our own drawing; its title and description are escaped in svg.py


def _piece(piece: Piece) -> Markup:
    """One piece of a phrase, a number with the key of what it refers to."""
    if isinstance(piece, Number):
        return _number(piece)
    if isinstance(piece, Day):
        machine = f"{piece.day}" if piece.text[:1].isdigit() else f"{piece.day:%Y-%m}"
        return Markup('<time datetime="{}">{}</time>').format(machine, piece.text.replace(" ", _NO_BREAK))
    if isinstance(piece, Label):
        return Markup("<span data-label>{}</span>").format(piece.text)
    return Markup("{}").format(piece)


def _number(number: Number) -> Markup:
    if not number.key:
        return Markup("{}").format(number.text)
    part = "" if number.part is Part.VALUE else Markup(' data-part="{}"').format(number.part)
    text = number.text.replace(" ", _NO_BREAK)
    return Markup('<span class="n" data-{}="{}"{}>{}</span>').format(number.source, number.key, part, text)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _css_text(words: str) -> Markup:
    """Words inside a quoted string of a stylesheet."""
    safe = "".join(letter if letter.isalnum() or letter in " -.,:()" else f"\\{ord(letter):06x}" for letter in words)
    return Markup(safe)  # noqa: S704 - every letter that could end the string is escaped just above
