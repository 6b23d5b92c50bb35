"""The parts of a document: what is on the page, never how it looks.

Renderers read this and nothing else. Every printed number is a reference (words/phrase.py) with its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scorecard.pack.charts import Chart, Panels

if TYPE_CHECKING:
    from datetime import date

    from scorecard.findings.compare import Position, Side
    from scorecard.words.phrase import Phrase


@dataclass(frozen=True)
class Status:
    """Where a figure stands against its target, in words; the shape beside them says the same."""

    position: Position
    side: Side
    words: str
    distance: Phrase


@dataclass(frozen=True)
class Cell:
    """One cell: its words, smaller words under them, a status, and the marks of its footnotes."""

    phrase: Phrase = ()
    small: Phrase = ()
    status: Status | None = None
    marks: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """One column: its heading and smaller words under it, whether it holds numbers, is to be read first, has notes."""

    heading: str
    small: str = ""
    numeric: bool = True
    strong: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row: its heading and cells; `anchor` leads to the section that tells more."""

    heading: Cell
    cells: tuple[Cell, ...]
    anchor: str = ""
    total: bool = False


@dataclass(frozen=True)
class Footnote:
    """A note bound to cells by its mark."""

    mark: str
    phrase: Phrase


@dataclass(frozen=True)
class NumberTable:
    """A table of figures with one header row and a heading for every row."""

    id: str
    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Footnote, ...] = ()
    kind: str = "figures"


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    phrase: Phrase
    kind: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list, under a heading of its own if it has one."""

    items: tuple[Phrase, ...]
    heading: str = ""
    kind: str = ""


@dataclass(frozen=True)
class CallOut:
    """One figure printed large, with the words that give it meaning."""

    label: str
    big: Phrase
    words: Phrase = ()
    status: Status | None = None
    caution: str = ""


@dataclass(frozen=True)
class CallOuts:
    """Figures printed large, side by side."""

    items: tuple[CallOut, ...]


@dataclass(frozen=True)
class Prose:
    """Somebody's written words: paragraphs and lists, printed as they were given.

    `bound` are the lines of the same blocks once more where they name figures, each number bound to its fact.
    """

    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    bound: tuple[tuple[Phrase, ...], ...] = ()


@dataclass(frozen=True)
class CommentarySlot:
    """Where a service speaks, under its heading; says by role who has not."""

    heading: str
    role: str
    prose: Prose | None
    author: str = ""
    state: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Note:
    """A plain remark under figures."""

    phrase: Phrase


@dataclass(frozen=True)
class Notice:
    """Something a reader must know before reading on."""

    heading: str
    phrase: Phrase


@dataclass(frozen=True)
class Definition:
    """What a figure counts, in full."""

    id: str
    title: str
    prose: Prose
    facts: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Details:
    """Parts one click away."""

    summary: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Glossary:
    """Terms and their meaning."""

    entries: tuple[tuple[str, str, str], ...]


Part: TypeAlias = (
    Words
    | Bullets
    | CallOuts
    | NumberTable
    | Prose
    | CommentarySlot
    | Note
    | Notice
    | Definition
    | Details
    | Glossary
    | Chart
    | Panels
)


@dataclass(frozen=True)
class Section:
    """A titled run of parts, with smaller sections inside."""

    id: str
    title: str
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    kind: str = ""
    lead: Phrase = ()


@dataclass(frozen=True)
class Figure:
    """One fact of the pack as a row of data: its key in parts and in one, what it is called, exact and unrounded."""

    key: str
    measure: str
    title: str
    period: str
    window: str
    dimension: str
    member: str
    as_at: date
    numerator: float | None
    denominator: float | None
    value: float | None
    unit: str
    decimals: int
    status: str
    quality: str
    snapshot: str
    definition: str
    supplied_by: str
    reason: str


@dataclass(frozen=True)
class Document:
    """A whole pack; `figures` are its facts as data, for who goes on computing with them."""

    title: str
    council: str
    period: str
    marking: str
    edition: str
    produced_on: date
    notices: tuple[Notice, ...]
    about: tuple[tuple[str, Phrase], ...]
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
