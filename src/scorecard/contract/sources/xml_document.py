"""The XML documents councils send to the department: which records they hold, and where in them each thing stands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from scorecard.contract.load import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = FOLDER.parent / "xml"
OWN_TEXT = "."
"""The column of a record that is a single element: its own text."""


@dataclass(frozen=True)
class Kind:
    """One kind of record: its place in the document, the elements that are read, those the records inside it have too.

    `since` is the first year in which the department asked for it.
    """

    name: str
    path: str
    places: tuple[str, ...]
    carries: tuple[str, ...] = ()
    since: int = 0

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What the columns are called: as their elements are."""
        return tuple((self.path if place == OWN_TEXT else place).rpartition("/")[2] for place in self.places)

    @property
    def number(self) -> str:
        """The column that counts the records of this kind through the file, from 1."""
        return f"{self.name}_no"


@dataclass(frozen=True)
class Document:
    """One document: what it is called, the elements it is told by, and its kinds of record."""

    id: str
    title: str
    told_by: tuple[str, ...]
    kinds: tuple[Kind, ...]

    def above(self, kind: Kind) -> tuple[Kind, ...]:
        """The kinds a record of this kind stands in, the outermost first."""
        return tuple(other for other in self.kinds if kind.path.startswith(other.path + "/"))


@dataclass
class Node:
    """One element of a document that is of interest: the kind of record it is, or its place in the record above it."""

    children: dict[str, Node] = field(default_factory=dict)
    kind: Kind | None = None
    place: int | None = None

    def down(self, path: str) -> Node:
        """The element at a path below this one, made if need be."""
        at = self
        for name in path.split("/") if path != OWN_TEXT else ():
            at = at.children.setdefault(name, Node())
        return at


def tree_of(document: Document) -> Node:
    """The elements of a document from its root down."""
    root = Node()
    for kind in document.kinds:
        at = root.down(kind.path)
        at.kind = kind
        for place, path in enumerate(kind.places):
            at.down(path).place = place
    return root


@cache
def documents(folder: Path = DOCUMENTS) -> tuple[Document, ...]:
    """Every document that is known.

    >>> [document.id for document in documents()]
    ['cin-census', 'ssda903-xml', 'workforce-census']
    """
    return tuple(_document(path) for path in sorted(folder.glob("*.toml")))


def _document(path: Path) -> Document:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    title, told_by = said.pop("title"), tuple(said.pop("told_by"))
    kinds = (
        Kind(name, its["path"], tuple(its["columns"]), tuple(its.get("carries", ())), its.get("since", 0))
        for name, its in said.items()
    )
    return Document(path.stem, title, told_by, tuple(kinds))
