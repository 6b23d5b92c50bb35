"""A layout: a folder of mapping files, and what has to be done before and after they are applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb

from scorecard.contract.layouts.poured import Poured, Raw
from scorecard.contract.load import FOLDER
from scorecard.contract.report import Finding

LAYOUTS = FOLDER.parent / "layouts"

Prepare = Callable[[duckdb.DuckDBPyConnection, dict[str, list[Raw]], date | None], list[Finding]]
"""Works on a layout's reports before they are mapped: the raw tables by the name of their mapping, changed in place."""

Finish = Callable[[duckdb.DuckDBPyConnection, dict[str, list[Poured]], date | None], list[Finding]]
"""Works on a layout's rows once they are the contract's: the poured tables by name, changed in place."""


def nothing_to_prepare(
    _connection: duckdb.DuckDBPyConnection, _raw: dict[str, list[Raw]], _as_at: date | None
) -> list[Finding]:
    """For a layout whose reports can be mapped as they are."""
    return []


def nothing_to_finish(
    _connection: duckdb.DuckDBPyConnection, _poured: dict[str, list[Poured]], _as_at: date | None
) -> list[Finding]:
    """For a layout that says everything in its columns."""
    return []


@dataclass(frozen=True)
class Layout:
    """One layout of the sector. Its mapping files stand in `library/layouts/<id>`, one a report.

    `about` says to a person who has such files what is made of them and what they cannot say. Where it is
    `one_history`, its files of several sources are read together, so that one year can follow another.
    """

    id: str
    title: str
    prepare: Prepare = nothing_to_prepare
    finish: Finish = nothing_to_finish
    about: str = ""
    one_history: bool = False


@dataclass(frozen=True)
class Variant:
    """The contract's own tables as one case system's scripts leave them.

    `told_by` answers why the tables are taken for this variant, and nothing where they are not; `finish` mends them.
    """

    id: str
    title: str
    told_by: Callable[[duckdb.DuckDBPyConnection, dict[str, list[Poured]]], str]
    finish: Finish
    about: str = ""
