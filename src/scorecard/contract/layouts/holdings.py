"""What a layout could hold at most: what would come of its reports, were none of them missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.cleaning import words_of_reading
from scorecard.contract.layouts.pouring import mappings_of, pour_source
from scorecard.contract.load import load_contract
from scorecard.contract.reading import Reading
from scorecard.contract.sources.piece import ROW, sql_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.contract.layouts.layout import Layout
    from scorecard.contract.layouts.poured import Poured
    from scorecard.contract.mapping.mapping import Mapping as ReportMapping
    from scorecard.contract.report import Finding
    from scorecard.contract.sources.piece import Cells


@dataclass(frozen=True)
class _Headers:
    """A report with every header its mapping names, and no record."""

    mapping: ReportMapping

    @property
    def label(self) -> str:
        return self.mapping.report

    @property
    def name(self) -> str:
        named = self.mapping.recognised_by.names
        return named[0].replace("*", "") if named else self.mapping.report

    @property
    def head(self) -> tuple[Cells, ...]:
        above = (self.mapping.rows.header or 1) - 1
        return (*((),) * above, self.mapping.headers)

    def pour(
        self, connection: duckdb.DuckDBPyConnection, into: str, columns: Mapping[str, int], _header_row: int
    ) -> list[Finding]:
        texts = ", ".join(f"CAST(NULL AS VARCHAR) AS {sql_name(name)}" for name in columns)
        # Headers of our own mapping files.
        connection.execute(f"CREATE TEMP TABLE {into} AS SELECT CAST(1 AS BIGINT) AS {ROW}, {texts} WHERE FALSE")
        return []


def holdings(layout: Layout, as_at: date | None = None) -> Mapping[str, list[Poured]]:
    """What comes of every report of a layout, by table, as at a day."""
    with duckdb.connect(":memory:") as connection, words_of_reading(connection):
        reports = [_Headers(mapping) for mapping in mappings_of(layout)]
        return dict(pour_source(connection, load_contract(), reports, Reading(as_at=as_at)).tables)


def reports_holding(layout: Layout) -> Mapping[str, tuple[str, ...]]:
    """Of each column, the reports of a layout that it is in."""
    found: dict[str, list[str]] = defaultdict(list)
    for mapping in mappings_of(layout):
        for column in dict.fromkeys(name for table in mapping.tables for name in table.columns):
            found[column].append(mapping.report)
    return {column: tuple(reports) for column, reports in found.items()}
