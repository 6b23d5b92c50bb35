"""A report in a file, the mapping written for it, and the rows of the contract that come of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.mapping.applying import map_rows
from scorecard.contract.mapping.raw_rows import pour_raw
from scorecard.contract.mapping.reading import read_mapping
from scorecard.contract.mapping.recognising import fits
from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scorecard.contract.report import Finding


@dataclass(frozen=True)
class Mapped:
    """The rows of each table a report filled, its columns, and what was said of it."""

    rows: dict[str, list[tuple[object, ...]]]
    columns: dict[str, frozenset[str]]
    findings: list[Finding]

    def found(self, code: str) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.code == code]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


@pytest.fixture
def mapped(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[[str, str], Mapped]:
    """Maps a report given as CSV by a mapping given as TOML."""
    numbers = count()

    def map_it(report: str, mapping: str) -> Mapped:
        number = next(numbers)
        source = tmp_path / "report.csv"
        source.write_text(report, encoding="utf-8")
        written = tmp_path / "contacts.toml"
        written.write_text(mapping, encoding="utf-8")
        how = read_mapping(written, load_contract())
        pieces, findings = pieces_of(source, connection)
        fit = fits(pieces[0], [how])[0]
        raw, said = pour_raw(connection, pieces[0], fit, f"_raw_{number}")
        findings += said
        if raw is None:
            return Mapped({}, {}, findings)
        poured, said = map_rows(connection, load_contract(), how, raw, f"_mapped_{number}")
        rows = {name: connection.execute(f"SELECT * FROM {one.relation}").fetchall() for name, one in poured.items()}
        return Mapped(rows, {name: one.columns for name, one in poured.items()}, findings + said)

    return map_it
