"""A supplier's workbook filled in as a person would, by writing into the cells of its sheet."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
NAME, DAY = "B3", "B4"


def fill(form: Path, cells: Mapping[str, object], to: Path | None = None) -> Path:
    """Write values into cells: numbers, texts, days, and formulas where a text begins with an equals sign."""
    with zipfile.ZipFile(form) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    sheet = held[SHEET].decode()
    for place, value in cells.items():
        sheet, found = re.subn(
            rf'<c r="{place}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)',
            lambda cell, place=place, value=value: _cell(place, cell[1] or "", value),  # type: ignore[misc]
            sheet,
            count=1,
        )
        assert found, f"the form has no cell {place}"
    held[SHEET] = sheet.encode()
    target = to or form
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in held.items():
            parts.writestr(name, data)
    return target


def filled(form: Path, cells: Mapping[str, object], by: str = "Panel administrator") -> Path:
    """The form filled in, with who did it and a day."""
    return fill(form, {NAME: by, DAY: date(2021, 12, 3), **cells})


def _cell(place: str, style: str, value: object) -> str:
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{place}"{style}><f>{escape(value[1:])}</f><v>1</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"{style}/>' if value is None else f'<c r="{place}"{style}><v>{value}</v></c>'
