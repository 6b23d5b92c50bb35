"""What stands in the database between a file and the contract: rows of text, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

ARRIVED = "__arrived"
"""What the name of a column ends in that keeps a mapped value as it arrived, beside the column it was mapped to."""


class Raw(NamedTuple):
    """One report as it was read: its label, the table of its text, and the headers it has, as the mapping calls them.

    The table has a column for each header and `_row`, the row of the file.
    """

    label: str
    relation: str
    headers: frozenset[str]


class Poured(NamedTuple):
    """One file's rows of one table: its label, the table of text under the contract's names, the columns it supplies.

    A text keeps the spelling it came in until the table is typed. `known_from` is the first day from which the file
    holds every such record, and `known_to` the last day it tells of, where its layout tells.
    """

    label: str
    relation: str
    columns: frozenset[str]
    layout: str = "contract"
    known_from: date | None = None
    known_to: date | None = None


@dataclass(frozen=True)
class Recognised:
    """What a file or sheet was taken for, and why."""

    label: str
    layout: str
    report: str
    why: str
