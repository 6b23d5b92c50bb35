"""Every piece of a source given to the layout that knows it, and poured into the contract's tables as text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import duckdb
import fastexcel

from scorecard.contract.layouts import own
from scorecard.contract.layouts.shipped import VARIANTS
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scorecard.contract.layouts.poured import Poured, Recognised
    from scorecard.contract.reading import Reading
    from scorecard.contract.report import Finding
    from scorecard.contract.sources.piece import Piece
    from scorecard.contract.types import Contract


@dataclass
class PouredSource:
    """One source as it was poured: its rows by table, what its pieces were taken for, and what was found."""

    tables: dict[str, list[Poured]] = field(default_factory=lambda: defaultdict(list))
    recognised: list[Recognised] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def pour_source(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    pieces: Iterable[Piece],
    how: Reading,
    number: int = 0,
) -> PouredSource:
    """Pour what one source holds; `number` tells the tables of several sources apart."""
    poured = PouredSource()
    for place, piece in enumerate(pieces):
        try:
            _pour_own(connection, contract, piece, sql_name(f"_text_{number}_{place}"), poured)
        except (duckdb.Error, fastexcel.FastExcelError):
            # A damaged page or a sheet cut short only shows when its records are read.
            poured.findings.append(own.damaged(piece.label))
    _mend_variants(connection, poured, how.as_at)
    return poured


def _pour_own(
    connection: duckdb.DuckDBPyConnection, contract: Contract, piece: Piece, into: str, poured: PouredSource
) -> None:
    table, one, recognised = own.pour(connection, contract, piece, into, poured.findings)
    if recognised:
        poured.recognised.append(recognised)
    if one:
        poured.tables[table].append(one)


def _mend_variants(connection: duckdb.DuckDBPyConnection, poured: PouredSource, as_at: date | None) -> None:
    """The contract's own tables as a case system's scripts leave them, mended."""
    ours = {table: files for table, files in poured.tables.items() if all(one.layout == own.LAYOUT for one in files)}
    for variant in VARIANTS:
        if why := variant.told_by(connection, ours):
            poured.findings += variant.finish(connection, ours, as_at)
            poured.recognised = [
                replace(one, layout=variant.id, why=f"{one.why}; {why}") if one.layout == own.LAYOUT else one
                for one in poured.recognised
            ]
    poured.tables.update(ours)
