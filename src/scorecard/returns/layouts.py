"""The layouts records can be written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from scorecard.errors import UsageError
from scorecard.returns.annex_a import annex_a
from scorecard.returns.cin_census import cin_census, write_census
from scorecard.returns.files import write_folder, write_workbook
from scorecard.returns.sheet import Sheet
from scorecard.returns.ssda903 import ssda903

Make = Callable[[duckdb.DuckDBPyConnection, date], tuple[Sheet, ...]]
"""A return's lists as at a day, from the contract's tables in a connection."""

Write = Callable[[Sequence[Sheet], Path], Path]
"""Puts the lists where the path says, and says where that is."""


@dataclass(frozen=True)
class Return:
    """One return: what it is called, how its lists are made and written; its file's ending, none for a folder."""

    id: str
    title: str
    make: Make
    write: Write
    ending: str = ""


RETURNS = {
    each.id: each
    for each in (
        Return("annex-a", "Ofsted Annex A", annex_a, write_workbook, ".xlsx"),
        Return("ssda903", "Return of children looked after (SSDA903)", ssda903, write_folder),
        Return("cin-census", "Children in need census", cin_census, write_census, ".xml"),
    )
}
"""Every return we can write, by the name the command line gives it."""


def return_named(layout: str) -> Return:
    """The return of that name; a `UsageError` lists those there are."""
    if layout not in RETURNS:
        raise UsageError(f"There is no layout {layout} to write.", remedy=f"Write one of {', '.join(RETURNS)}.")
    return RETURNS[layout]
