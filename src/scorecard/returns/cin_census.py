"""The children in need census: one list for each kind of record of the document, each made by a query of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scorecard.contract.load import FOLDER
from scorecard.returns.queries import begin_year, sheet_of
from scorecard.returns.sheet import Sheet
from scorecard.returns.xml_files import document_called, write_xml

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb

QUERIES: Path = FOLDER.parent / "returns" / "cin-census"

_HEADER = "Header"

write_census = partial(write_xml, "cin-census")
"""Puts the lists of the census into one XML file."""


def cin_census(connection: duckdb.DuckDBPyConnection, as_at: date) -> tuple[Sheet, ...]:
    """The census of the year that holds a day, as it stood at that day's end; what was recorded for later is left out.

    It holds the children in need at any time from 1 April, and of each what happened or was open since then. Pupil
    numbers are elements of the census that are left out: they are never loaded.
    """
    year = begin_year(connection, as_at, QUERIES)
    header = Sheet(_HEADER, ("Collection", "Year", "ReferenceDate", "SourceLevel"), (("CIN", str(year), as_at, "L"),))
    asked = [kind for kind in document_called("cin-census").kinds if kind.name != _HEADER and kind.since <= year]
    return (header, *(sheet_of(connection, QUERIES / f"{kind.name}.sql") for kind in asked))
