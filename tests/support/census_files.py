"""Small invented census files: a document of elements written as Python writes nested pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Element = tuple[str, "str | Sequence[Element]"]
"""A name, and a text or the elements inside."""


def written(element: Element) -> str:
    """An element as XML."""
    name, inside = element
    return f"<{name}>{escape(inside) if isinstance(inside, str) else ''.join(map(written, inside))}</{name}>"


def header(collection: str, year: int, day: str) -> Element:
    """The head of a return of a year that speaks of a day."""
    details = [("Collection", collection), ("Year", str(year)), ("ReferenceDate", day)]
    return ("Header", [("CollectionDetails", details), ("Source", [("LEA", "999")])])


def child(number: str, *episodes: Element, identifiers: Sequence[Element] = (), of: Sequence[Element] = ()) -> Element:
    """A child with its episodes, what else identifies it, and what it is like."""
    known = [("LAchildID", number), ("PersonBirthDate", "2012-05-01"), *identifiers]
    return ("Child", [("ChildIdentifiers", known), ("ChildCharacteristics", [("Ethnicity", "WBRI"), *of]), *episodes])


def episode(referred: str, *inside: Element) -> Element:
    """An episode of need."""
    return ("CINdetails", [("CINreferralDate", referred), ("ReferralSource", "2A"), *inside])


def census(path: Path, year: int, *children: Element, day: str = "") -> None:
    """Write the census of a year, which speaks of its last day or of another."""
    head = header("CIN", year, day or f"{year}-03-31")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(("Message", [head, ("Children", children)])), encoding="utf-8")
