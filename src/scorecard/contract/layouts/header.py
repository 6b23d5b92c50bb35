"""Which table a file or sheet is: by its name, or else by its headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.contract.sources.piece import Cells
    from scorecard.contract.types import Column, Contract, Table

_LEAD = re.compile(r"^[\d\s._-]+")
_TAIL = re.compile(r"[\s_.-]*\(?(?:part)?[\s_.-]*\d+\)?$")
_GAPS = re.compile(r"[\s-]+")
_FEWEST = 2


@dataclass(frozen=True)
class Header:
    """Where the header of a piece stands and what it says: for each known column its place, and the unknown ones."""

    table: Table
    row: int
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]


def table_named(name: str, contract: Contract) -> Table | None:
    """The table a file is named after, whatever number, schema or part it carries.

    >>> from scorecard.contract.load import load_contract
    >>> names = ["01_SSD_Contacts", "ssd_development.ssd_contacts", "contacts (2)", "ssd_contacts_part1"]
    >>> {table_named(name, load_contract()).name for name in names}
    {'ssd_contacts'}
    """
    plain = _GAPS.sub("_", name.strip().lower())
    for spelling in _spellings(plain):
        for prefix in ("", "ssd_", "ssdx_"):
            if prefix + spelling in contract.tables:
                return contract.tables[prefix + spelling]
    return None


def _spellings(name: str) -> list[str]:
    last = name.rpartition(".")[2] or name
    found = []
    for start in (name, last):
        bare = _LEAD.sub("", start)
        found += [start, bare, _TAIL.sub("", start), _TAIL.sub("", bare)]
    return found


def header_of(head: Sequence[Cells], table: Table | None, contract: Contract) -> Header | None:
    """The first row that names columns of the table, or of any table where the name said nothing."""
    tables = [table] if table else [other for other in contract.tables.values() if not other.derived]
    for number, cells in enumerate(head, 1):
        best = max(
            (read_header(cells, number, candidate) for candidate in tables), key=lambda header: len(header.places)
        )
        enough = _FEWEST if len([cell for cell in cells if cell]) >= _FEWEST else 1
        if len(best.places) >= enough:
            return best
    return None


def read_header(cells: Cells, row: int, table: Table) -> Header:
    """What one row says, taken as the header of a table."""
    known = columns_by_header(table)
    places: dict[str, int] = {}
    unknown, twice = [], []
    for place, cell in enumerate(cells):
        column = known.get(plain_header(cell))
        if column is None:
            unknown.append(cell)
        elif column.name in places:
            twice.append(column.name)
        else:
            places[column.name] = place
    return Header(table, row, places, tuple(cell for cell in unknown if cell), tuple(twice))


def columns_by_header(table: Table) -> dict[str, Column]:
    """Every way a column of the table may be headed."""
    return {name: column for column in table.columns for name in (column.name, *column.also_named)}


def plain_header(cell: str) -> str:
    """A header without capitals, gaps, quotation marks or the table's name before it.

    >>> plain_header(' "ssd_contacts.CONT_Contact_ID" ')
    'cont_contact_id'
    """
    text = cell.strip("\ufeff\u200b\"'` \t").lower()
    return _GAPS.sub("_", text.rpartition(".")[2])
