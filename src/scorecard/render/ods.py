"""A document as an OpenDocument workbook, the format the government asks for: the same sheets as the Excel one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scorecard.render.grids import Amount, covered, grids_of
from scorecard.render.zipped import zipped
from scorecard.words.numbers import plain

if TYPE_CHECKING:
    from scorecard.pack.document import Document
    from scorecard.render.style import Style

_TEMPLATES = Path(__file__).parent / "templates"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTERS = 26
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def render_ods(document: Document, style: Style) -> bytes:
    """The document as an OpenDocument workbook, the same bytes for the same document."""
    grids = grids_of(document)
    sheets = (*covered(document, grids), *grids)
    amounts = [held for grid in sheets for row in grid.rows for held in row if isinstance(held, Amount)]
    told = {
        "document": document,
        "grids": sheets,
        "font": style.office_font,
        "widths": sorted({heading.width for grid in sheets for heading in grid.headings}),
        "numbers": {_number_style(one): one for one in sorted(amounts, key=_number_style)},
    }
    files = {"mimetype": _KIND.encode(), "META-INF/manifest.xml": _MANIFEST.encode()}
    for name in ("content", "styles", "meta"):
        files[f"{name}.xml"] = _environment().get_template(f"ods_{name}.xml.j2").render(told).encode("utf-8")
    return zipped(files)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        plain=_plain, exactly=repr, shown=_shown, number_style=_number_style, column_letters=column_letters
    )
    environment.tests["number_cell"] = lambda held: isinstance(held, Amount)
    return environment


def _plain(words: str) -> str:
    """Words without the letters that XML cannot hold."""
    return _NOT_IN_XML.sub("", words)


def _shown(amount: Amount) -> str:
    return f"{amount.before}{plain(amount.value, amount.decimals)}{amount.after}"


def _number_style(amount: Amount) -> str:
    """The name of the style of a number: its decimals, and the signs it is printed with."""
    return f"n{amount.decimals}-" + "".join(f"{ord(sign):x}" for sign in amount.before + amount.after)


def column_letters(number: int) -> str:
    """The letters of the column of that number, from one.

    >>> column_letters(1), column_letters(26), column_letters(28)
    ('A', 'Z', 'AB')
    """
    rest, last = divmod(number - 1, _LETTERS)
    return (column_letters(rest) if rest else "") + chr(ord("A") + last)
