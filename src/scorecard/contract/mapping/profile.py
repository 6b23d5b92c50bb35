"""What the columns of a report that nobody has mapped hold, in so far as it tells what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.contract.cleaning import words_of_reading
from scorecard.contract.mapping.plain import plain
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from scorecard.contract.sources.piece import Cells, Piece

LOOKED = "_looked"
"""The table of a report while it is looked at."""

_MOST_SPELLINGS = 80
"""A column with more different texts than this holds no codes."""
_PERSONAL = re.compile(
    r"\b\w*names?\b|\bknown as\b|address|postcode"
    r"|phone|mobile|e-?mail|\bnotes?\b|comments?|narrative|details|\bnhs\b|\bupn\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.\w{2,4}(?=,|$)")
_DATE_OR_NUMBER = re.compile(r"^[\d\s/.:,-]+$")


@dataclass(frozen=True)
class Profile:
    """One column: how many cells are filled, which share of them are days or numbers, and the texts if they are few."""

    header: str
    filled: int = 0
    days: float = 0.0
    numbers: float = 0.0
    spellings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """A report as it was looked at: header row, columns, headers that look personal, words that totals begin with."""

    name: str
    header_row: int
    columns: tuple[Profile, ...]
    personal: tuple[str, ...]
    totals: Mapping[str, tuple[str, ...]]


def header_row_of(head: Sequence[Cells]) -> int | None:
    """The row that is most likely the header: the first of those with the most words that are no numbers or days.

    >>> header_row_of([("Contacts", ""), ("", ""), ("Person ID", "Contact date"), ("7", "01/11/2021")])
    3
    """
    words = [len({plain(cell) for cell in cells if plain(cell) and not _DATE_OR_NUMBER.match(cell)}) for cells in head]
    most = max(words, default=0)
    return words.index(most) + 1 if most > 1 else None


def look_at(connection: duckdb.DuckDBPyConnection, piece: Piece) -> Looked | None:
    """A report's columns, those aside whose headers look personal: they are not read even for this."""
    row = header_row_of(piece.head)
    if row is None:
        return None
    headers = {cell: place for place, cell in reversed(list(enumerate(piece.head[row - 1]))) if plain(cell)}
    personal = tuple(sorted((cell for cell in headers if _PERSONAL.search(cell)), key=headers.__getitem__))
    read = dict(
        sorted(((cell, place) for cell, place in headers.items() if cell not in personal), key=lambda one: one[1])
    )
    if not read:
        return None
    piece.pour(connection, LOOKED, read, row)
    with words_of_reading(connection):
        columns = tuple(_profile(connection, header) for header in read)
    totals = {header: found for header in read if (found := _totals(connection, header))}
    connection.execute(f"DROP TABLE {LOOKED}")
    return Looked(_ENDING.sub("", piece.label), row, columns, personal, totals)


def _profile(connection: duckdb.DuckDBPyConnection, header: str) -> Profile:
    # The report's own header, quoted; no cell leaves the engine but texts that are few.
    text = f"SELECT _filled(_trimmed({sql_name(header)})) AS t FROM {LOOKED}"
    number, days, numbers, spellings = connection.execute(
        f"SELECT count(t), count(_believed(_moment(t))), count(TRY_CAST(t AS DOUBLE)), count(DISTINCT t) FROM ({text})",
    ).fetchall()[0]
    told = {}
    if number and spellings <= _MOST_SPELLINGS and days < number:
        told = dict(
            connection.execute(f"SELECT t, count(*) FROM ({text}) WHERE t IS NOT NULL GROUP BY t ORDER BY t").fetchall()
        )
    share = max(number, 1)
    return Profile(header, number, days / share, numbers / share, told)


def _totals(connection: duckdb.DuckDBPyConnection, header: str) -> tuple[str, ...]:
    """The words with which rows of totals begin in a column."""
    cell = sql_name(header)
    found = connection.execute(
        f"SELECT DISTINCT regexp_extract({cell}, '^\\s*((grand |sub)?total)', 1, 'i') FROM {LOOKED}"
        f" WHERE regexp_matches({cell}, '^\\s*(grand |sub)?total', 'i') ORDER BY ALL",
    ).fetchall()
    return tuple(word for (word,) in found)
