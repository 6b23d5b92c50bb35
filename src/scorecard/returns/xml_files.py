"""Sheets into the XML document a return is: each row a record in its place, marked for what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Comment, Element, ElementTree, SubElement, indent

from scorecard.contract.sources.xml_document import OWN_TEXT, documents
from scorecard.returns.sheet import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.contract.sources.xml_document import Document, Kind
    from scorecard.returns.sheet import Sheet

_Placed = dict[tuple[str, tuple[object, ...]], Element]
"""Records by their kind and by what they and those around them are told by."""


def document_called(document_id: str) -> Document:
    """The document of a name."""
    return next(document for document in documents() if document.id == document_id)


def write_xml(document_id: str, sheets: Sequence[Sheet], path: Path) -> Path:
    """One file: every sheet named after a kind of record of the document, its rows nested by the columns they share.

    Days are written as ISO dates; a value that is missing has no element.
    """
    document = document_called(document_id)
    named = {sheet.name: sheet for sheet in sheets}
    root = Element(document.kinds[0].path.partition("/")[0])
    root.append(Comment(f" {MARK} "))
    placed: _Placed = {}
    for kind in document.kinds:
        if sheet := named.get(kind.name):
            _place(root, document, kind, sheet, placed)
    indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return path


def _place(root: Element, document: Document, kind: Kind, sheet: Sheet, placed: _Placed) -> None:
    """Every row of a sheet in the record it belongs to; of two it may belong to, the first."""
    above = document.above(kind)
    shared = [sheet.headers.index(name) for other in above for name in other.carries]
    carried = [sheet.headers.index(name) for name in kind.carries]
    way = kind.path.removeprefix(above[-1].path if above else root.tag).strip("/").split("/")
    for row in sheet.rows:
        around = tuple(row[place] for place in shared)
        within = placed.get((above[-1].name, around)) if above else root
        if within is None:
            continue
        record = SubElement(_down(within, way[:-1]), way[-1])
        _fill(record, kind, dict(zip(sheet.headers, row, strict=True)))
        placed.setdefault((kind.name, (*around, *(row[place] for place in carried))), record)


def _fill(record: Element, kind: Kind, values: dict[str, object]) -> None:
    for place, column in zip(kind.places, kind.columns, strict=True):
        value = values.get(column)
        if value is None:
            continue
        at = record if place == OWN_TEXT else _down(record, place.split("/"))
        at.text = str(value)


def _down(element: Element, way: Sequence[str]) -> Element:
    """The element at the end of a way of names, made where it is missing."""
    for name in way:
        found = element.find(name)
        element = SubElement(element, name) if found is None else found
    return element
