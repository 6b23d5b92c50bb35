"""Ofsted's Annex A: eleven lists of children and adopters, each made by a query of its own."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from scorecard.contract.load import FOLDER
from scorecard.contract.sources.piece import sql_text
from scorecard.returns.queries import WORDS, sheet_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb

    from scorecard.returns.sheet import Sheet

QUERIES = FOLDER.parent / "returns" / "annex-a"
_WORDING = "wording.toml"


def annex_a(connection: duckdb.DuckDBPyConnection, as_at: date) -> tuple[Sheet, ...]:
    """The eleven lists as at the end of a day, from the contract's tables; what was recorded for later is left out.

    Each list is a file of SQL with a few words of its own (`words.sql`); codes are told in the guidance's own wording.
    """
    connection.execute(f"SET VARIABLE as_at = DATE '{as_at.isoformat()}'")
    for name, values in tomllib.loads((QUERIES / _WORDING).read_text(encoding="utf-8")).items():
        pairs = ", ".join(f"{sql_text(code)}: {sql_text(text)}" for code, text in values.items())
        connection.execute(f"CREATE OR REPLACE TEMP MACRO worded_{name}(code) AS MAP {{{pairs}}}[code]")
    connection.execute((QUERIES / WORDS).read_text(encoding="utf-8"))
    return tuple(sheet_of(connection, path) for path in sorted(QUERIES.glob("list-*.sql"), key=_number))


def _number(path: Path) -> int:
    return int(path.stem.partition("-")[2])
