"""What the columns of a report that nobody has mapped hold, in so far as it tells what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scorecard.contract.cleaning import words_of_reading
from scorecard.contract.mapping.plain import plain
from scorecard.contract.sources.delimited import DelimitedPiece
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
_TOTAL = r"'^\s*((grand |sub)?total)\b'"
_SEVERAL = 2
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
    """A report as it was looked at: its columns, the headers that look personal, the words that totals begin with.

    `heading` is the column of which there are rows that hold nothing else; `gaps` counts the rows of records in which
    the first column is empty, as below a merged cell.
    """

    name: str
    columns: tuple[Profile, ...]
    personal: tuple[str, ...]
    totals: Mapping[str, tuple[str, ...]]
    heading: str = ""
    gaps: int = 0


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
    first = {plain(cell): place for place, cell in reversed(list(enumerate(piece.head[row - 1]))) if plain(cell)}
    headers = {piece.head[row - 1][place]: place for place in sorted(first.values())}
    personal = tuple(header for header in headers if _PERSONAL.search(header))
    read = {header: place for header, place in headers.items() if header not in personal}
    if not read:
        return None
    if isinstance(piece, DelimitedPiece):
        piece = replace(piece, may_be_short=lambda _: True)
    piece.pour(connection, LOOKED, read, row)
    with words_of_reading(connection):
        columns = tuple(_profile(connection, header) for header in read)
    totals = {header: found for header in read if (found := _totals(connection, header))}
    looked = Looked(
        _ENDING.sub("", piece.label),
        columns,
        personal,
        totals,
        _heading(connection, [*read]),
        _gaps(connection, [*read]),
    )
    connection.execute(f"DROP TABLE {LOOKED}")
    return looked


def _heading(connection: duckdb.DuckDBPyConnection, headers: Sequence[str]) -> str:
    """The column of which several rows hold nothing else, totals aside; none in a report of one or two columns."""
    filled = " + ".join(f"CAST({_said(header)} IS NOT NULL AS INTEGER)" for header in headers)
    alone = ", ".join(
        f"count(*) FILTER ({_said(header)} IS NOT NULL AND NOT regexp_matches({sql_name(header)}, {_TOTAL}, 'i'))"
        for header in headers
    )
    found = connection.execute(f"SELECT {alone} FROM {LOOKED} WHERE {filled} = 1").fetchall()[0]
    most = max(found)
    return headers[found.index(most)] if most >= _SEVERAL and len(headers) > _SEVERAL else ""


def _gaps(connection: duckdb.DuckDBPyConnection, headers: Sequence[str]) -> int:
    """In how many rows that hold several other cells the first column is empty."""
    first, *others = map(_said, headers)
    filled = " + ".join(f"CAST({other} IS NOT NULL AS INTEGER)" for other in others) or "0"
    sql = f"SELECT count(*) FROM {LOOKED} WHERE {first} IS NULL AND {filled} >= {_SEVERAL}"
    return int(connection.execute(sql).fetchall()[0][0])


def _said(header: str) -> str:
    return f"nullif(trim({sql_name(header)}), '')"


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
        f"SELECT DISTINCT regexp_extract({cell}, {_TOTAL}, 1, 'i') FROM {LOOKED}"
        f" WHERE regexp_matches({cell}, {_TOTAL}, 'i') ORDER BY ALL",
    ).fetchall()
    return tuple(word for (word,) in found)
