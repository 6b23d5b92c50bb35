"""Every piece of a source given to the layout that knows it, and poured into the contract's tables as text.

A council's own mapping files are asked first, for they say what is meant; then the contract's names; then the layouts
of the sector.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.layouts import own
from scorecard.contract.layouts.layout import LAYOUTS, Layout
from scorecard.contract.layouts.poured import Poured, Raw, Recognised
from scorecard.contract.layouts.shipped import SHIPPED, VARIANTS
from scorecard.contract.load import load_contract
from scorecard.contract.mapping import remarks
from scorecard.contract.mapping.applying import map_rows
from scorecard.contract.mapping.raw_rows import pour_raw
from scorecard.contract.mapping.reading import read_mappings
from scorecard.contract.mapping.recognising import fits
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard.contract.mapping.mapping import Mapping
    from scorecard.contract.mapping.recognising import Fit
    from scorecard.contract.reading import Reading
    from scorecard.contract.report import Finding
    from scorecard.contract.sources.piece import Piece
    from scorecard.contract.types import Contract

OWN_REPORTS = Layout("mapping", "A council's own reports")
"""What is read by the mapping files of a workspace."""

_DATASET = "ssd_"
"""What the names of the dataset's tables begin with; no case system makes the others."""


@dataclass
class PouredSource:
    """One source as it was poured: its rows by table, what its pieces were taken for, and what was found."""

    tables: dict[str, list[Poured]] = field(default_factory=lambda: defaultdict(list))
    recognised: list[Recognised] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Reports:
    """The reports of one layout that a source holds: by mapping, their raw rows."""

    layout: Layout
    mappings: dict[str, Mapping] = field(default_factory=dict)
    raw: dict[str, list[Raw]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class _Pouring:
    """What pouring one source needs at every step."""

    connection: duckdb.DuckDBPyConnection
    contract: Contract
    how: Reading
    into: PouredSource = field(default_factory=PouredSource)
    reports: dict[str, _Reports] = field(default_factory=dict)

    def one(self, piece: Piece, relation: str) -> None:
        """Pour one piece, by the first layout that knows it."""
        if self.how.mappings and (found := fits(piece, self.how.mappings)):
            self._report(piece, OWN_REPORTS, found, relation)
        elif own.claims(piece, self.contract):
            self._own(piece, relation)
        elif known := _known(piece):
            self._report(piece, *known, relation)
        else:
            self._own(piece, relation)

    def _own(self, piece: Piece, relation: str) -> None:
        table, one, recognised = own.pour(self.connection, self.contract, piece, relation, self.into.findings)
        if recognised:
            self.into.recognised.append(recognised)
        if one:
            self.into.tables[table].append(one)

    def _report(self, piece: Piece, layout: Layout, found: Sequence[Fit], relation: str) -> None:
        """Read one report as text; it is mapped when all reports of its layout have been read."""
        best, *others = found
        equal = [other for other in others if other.rank == best.rank]
        if equal:
            self.into.findings.append(remarks.fits_two(piece.label, (fit.mapping.id for fit in (best, *equal))))
            return
        raw, said = pour_raw(self.connection, piece, best, relation)
        # The elements of an XML document are known, also those nobody reads; others were named when it was opened.
        known = ", records " in piece.label
        self.into.findings += [one for one in said if not known or one.code != remarks.UNUSED]
        self.into.recognised.append(Recognised(piece.label, layout.id, best.mapping.report, best.why))
        if raw:
            reports = self.reports.setdefault(layout.id, _Reports(layout))
            reports.mappings[best.mapping.id] = best.mapping
            reports.raw[best.mapping.id].append(raw)

    def mapped(self, reports: _Reports, prefix: str) -> None:
        """Make the contract's tables of a layout's reports, with what has to be done before and after."""
        layout, as_at = reports.layout, self.how.as_at
        self.into.findings += layout.prepare(self.connection, reports.raw, as_at)
        poured: dict[str, list[Poured]] = defaultdict(list)
        for name, every in reports.raw.items():
            for number, raw in enumerate(every):
                into = f"{prefix}_{layout.id}_{name}_{number}"
                tables, said = map_rows(self.connection, self.contract, reports.mappings[name], raw, into)
                self.into.findings += said
                self.connection.execute(f"DROP TABLE {raw.relation}")
                for table, one in tables.items():
                    poured[table].append(one._replace(layout=layout.id))
        self.into.findings += layout.finish(self.connection, poured, as_at)
        for table, files in poured.items():
            self.into.tables[table] += files


def pour_source(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    pieces: Iterable[Piece],
    how: Reading,
    number: int = 0,
) -> PouredSource:
    """Pour what one source holds; `number` tells the tables of several sources apart."""
    pouring = _Pouring(connection, contract, how)
    for place, piece in enumerate(pieces):
        try:
            pouring.one(piece, sql_name(f"_text_{number}_{place}"))
        except duckdb.Error:
            # A damaged page or a sheet cut short only shows when its records are read.
            pouring.into.findings.append(own.damaged(piece.label))
    for reports in pouring.reports.values():
        pouring.mapped(reports, f"_mapped_{number}")
    _mend_variants(connection, pouring.into, how)
    return pouring.into


def is_known(piece: Piece, contract: Contract) -> bool:
    """Whether a piece is read without a mapping of the council's own: the contract's names or a layout tell it."""
    return own.claims(piece, contract) or _known(piece) is not None


def layout_of(piece: Piece, contract: Contract) -> Layout | None:
    """The layout of the sector that a piece is read by, if the contract's names do not tell it."""
    known = None if own.claims(piece, contract) else _known(piece)
    return known[0] if known else None


def _known(piece: Piece) -> tuple[Layout, list[Fit]] | None:
    """The layout of the sector that knows a piece best, and the reports of it that it fits."""
    found = [(layout, its) for layout in SHIPPED if (its := fits(piece, mappings_of(layout)))]
    return max(found, key=lambda each: each[1][0].rank, default=None)


@cache
def mappings_of(layout: Layout) -> tuple[Mapping, ...]:
    """The mapping files of a layout of the sector."""
    return read_mappings(LAYOUTS / layout.id, load_contract())


def _mend_variants(connection: duckdb.DuckDBPyConnection, poured: PouredSource, how: Reading) -> None:
    """The contract's own tables as a case system's scripts leave them, mended."""
    ours = {
        name: files
        for name, files in poured.tables.items()
        if name.startswith(_DATASET) and all(one.layout == own.LAYOUT for one in files)
    }
    claimed = set(ours)
    for variant in VARIANTS if ours else ():
        if why := variant.told_by(connection, ours):
            poured.findings += variant.finish(connection, ours, how.as_at)
            ours = {name: [one._replace(layout=variant.id) for one in files] for name, files in ours.items()}
            poured.recognised = [
                replace(one, layout=variant.id, why=f"{one.why}; {why}")
                if one.layout == own.LAYOUT and one.report in claimed
                else one
                for one in poured.recognised
            ]
    for name in claimed - set(ours):
        del poured.tables[name]
    poured.tables.update(ours)
    made = {(file.label, column) for files in ours.values() for file in files for column in file.columns}
    poured.findings = [one for one in poured.findings if one.code != own.MISSING or (one.file, one.column) not in made]
