"""Which mapping a piece fits, where its header is, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from scorecard.contract.mapping.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Map

    from scorecard.contract.mapping.mapping import Mapping
    from scorecard.contract.sources.piece import Cells, Piece

_NUMBERING = re.compile(r"^\d+|\d+$")
_STARS = re.compile(r"([*?]+)")


@dataclass(frozen=True)
class Fit:
    """A mapping that a piece fits: the row of the header, the place of each header the mapping names, and the others.

    `twice` are headers of the mapping that stand in the row more than once: the first is read.
    """

    mapping: Mapping
    header_row: int
    places: Map[str, int]
    others: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, bool, int]:
        """How well it fits: by how many headers it was told, whether by its name too, and how many it reads."""
        by = self.mapping.recognised_by
        return len(by.headers), bool(by.names), len(self.places)

    @property
    def missing(self) -> tuple[str, ...]:
        """Headers the mapping names and the report lacks."""
        return tuple(header for header in self.mapping.headers if header not in self.places)

    @property
    def why(self) -> str:
        """Why it was taken for this report, in words."""
        named = " and its name fits" if self.mapping.recognised_by.names else ""
        return f"row {self.header_row} names {len(self.places)} of its {len(self.mapping.headers)} columns{named}"


def fits(piece: Piece, mappings: Iterable[Mapping]) -> list[Fit]:
    """Every mapping the piece fits, the best first; two of the same rank fit it equally."""
    found = [fit for mapping in mappings if (fit := _fit(piece, mapping))]
    return sorted(found, key=lambda fit: fit.rank, reverse=True)


def _fit(piece: Piece, mapping: Mapping) -> Fit | None:
    """The first row among the piece's first that has every header the mapping is recognised by."""
    names = mapping.recognised_by.names
    if names and not any(name_fits(piece.name, pattern) for pattern in names):
        return None
    for number, cells in enumerate(piece.head, 1):
        if mapping.rows.header in {None, number}:
            fit = _read(cells, number, mapping)
            if all(mapping.called(header) in fit.places for header in mapping.recognised_by.headers):
                return fit
    return None


def _read(cells: Cells, row: int, mapping: Mapping) -> Fit:
    """One row, taken as the header of a mapping's report."""
    known = {
        plain(spelling): header
        for header in reversed(mapping.headers)
        for spelling in (*mapping.spellings.get(header, ()), header)
    }
    places: dict[str, int] = {}
    others, twice = [], []
    for place, cell in enumerate(cells):
        header = known.get(plain(cell))
        if header is None:
            others.append(cell)
        elif header in places:
            twice.append(header)
        else:
            places[header] = place
    return Fit(mapping, row, places, tuple(cell for cell in others if cell), tuple(twice))


def name_fits(name: str, pattern: str) -> bool:
    """Whether a file's or sheet's name is such a name, whatever its capitals, gaps and numbering.

    >>> name_fits("03_Contacts by route (2)", "contacts*route"), name_fits("List 11", "List 1")
    (True, False)
    """
    wanted = "".join(part if part[:1] in {"*", "?"} else plain(part) for part in _STARS.split(pattern))
    bare = plain(name)
    return any(fnmatchcase(one, wanted) for one in (bare, _NUMBERING.sub("", bare)))
