"""A return as the council sends it: its lists as they stand in the file, before anything is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.contract.layouts.pouring import mappings_of
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.forms import From
from scorecard.contract.mapping.matching import is_matched, match_texts
from scorecard.contract.mapping.plain import plain
from scorecard.contract.mapping.recognising import fits
from scorecard.contract.sources.piece import sql_name
from scorecard.contract.values.normal import unnumbered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import duckdb

    from scorecard.contract.layouts.layout import Layout
    from scorecard.contract.sources.piece import Piece
    from scorecard.contract.types import Column

Row = dict[str, str]
"""The filled cells of a row, by header."""

_FRACTION = re.compile(r"(?<=\d)\.0+$")
_ENOUGH = 0.5
"""The share of a list's headers that must stand in one row for a piece to be that list."""


def layout_of(pieces: Sequence[Piece]) -> Layout | None:
    """The layout of the sector most of the pieces are in; none where not one is in any."""
    counted = {layout.id: sum(1 for piece in pieces if fits(piece, mappings_of(layout))) for layout in SHIPPED}
    best = max(SHIPPED, key=lambda layout: counted[layout.id], default=None)
    return best if best and counted[best.id] else None


@dataclass
class ListsSent:
    """The lists of one layout, each known by its headers: those found so far, and what a cell of them says.

    `headers` are all of each list and `wanted` those that may be read: names and places stay in the file. `days` are
    the headers under which days stand.
    """

    layout: Layout
    headers: Mapping[str, Sequence[str]]
    wanted: Mapping[str, Collection[str]]
    days: frozenset[str]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    found: dict[str, frozenset[str]] = field(default_factory=dict)

    def read(self, connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece]) -> None:
        """Read every piece that is one of the lists, what is said of a day as ISO writes it."""
        for number, piece in enumerate(pieces):
            fitting = {name: self._header(piece, of) for name, of in self.headers.items()}
            name = max(fitting, key=lambda one: len(fitting[one][1]))
            row, there = fitting[name]
            places = {header: place for header, place in there.items() if header in self.wanted[name]}
            if places and len(there) >= _ENOUGH * len(self.headers[name]):
                text = sql_name(f"_sent_{number}")
                piece.pour(connection, text, places, row)
                self.rows.setdefault(name, []).extend(self._rows(connection, text, list(places)))
                self.found[name] = self.found.get(name, frozenset()) | frozenset(places)

    def _header(self, piece: Piece, headers: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The row that has most of a list's headers, and where each stands."""
        rows = [(number, [plain(cell) for cell in cells]) for number, cells in enumerate(piece.head, 1)]
        found = [(number, self._places(said, headers)) for number, said in rows]
        return max(found, key=lambda one: len(one[1]), default=(0, {}))

    def _places(self, said: Sequence[str], headers: Sequence[str]) -> dict[str, int]:
        spelt = {header: self._spellings.get(plain(header), {plain(header)}) for header in headers}
        return {
            header: next(place for place, cell in enumerate(said) if cell in of)
            for header, of in spelt.items()
            if not of.isdisjoint(said)
        }

    def _rows(self, connection: duckdb.DuckDBPyConnection, text: str, headers: Sequence[str]) -> list[Row]:
        cells = ", ".join(self._cell(header) for header in headers)
        # Headers of a return and a table of our own.
        found = connection.execute(f"SELECT {cells} FROM {text}").fetchall()
        connection.execute(f"DROP TABLE {text}")
        return [{header: cell for header, cell in zip(headers, row, strict=True) if cell} for row in found]

    def _cell(self, header: str) -> str:
        """A cell without blanks and placeholders."""
        cell = f"_filled(_trimmed({sql_name(header)}))"
        return f"coalesce(strftime(_moment({cell}), '%Y-%m-%d'), {cell})" if header in self.days else cell

    @cached_property
    def _spellings(self) -> dict[str, set[str]]:
        """Each header as it is compared, with every way it is spelt."""
        spelt = [(header, said) for one in mappings_of(self.layout) for header, said in one.spellings.items()]
        return {plain(header): {plain(header), *map(plain, said)} for header, said in spelt}

    @cached_property
    def _coded(self) -> dict[str, tuple[Column, Mapping[str, str]]]:
        """The headers under which codes stand: the column they are read into, and the layout's own values."""
        tables = load_contract().tables
        read = [
            (form, tables[table.into].column(name), mapping.values)
            for mapping in mappings_of(self.layout)
            for table in mapping.tables
            for name, form in table.columns.items()
            if isinstance(form, From)
        ]
        return {
            plain(form.header): (column, values.get(form.values, {}))
            for form, column, values in reversed(read)
            if is_matched(column) or form.values
        }

    def meanings(self, header: str, texts: Collection[str]) -> dict[str, str]:
        """What each text under a header says: its code where it has one, else its words without case and numbering."""
        matches = match_texts(*self._coded[plain(header)], texts) if plain(header) in self._coded else {}
        codes = {text: match.code for text, match in matches.items()}
        return {text: codes.get(text) or plain(unnumbered(_FRACTION.sub("", text))) for text in texts}
