"""Rows into files other programs open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.reading import COLUMNS
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TEXT = "VARCHAR"
_TYPES = {"as_at": "DATE", "numerator": "DOUBLE", "denominator": "DOUBLE", "value": "DOUBLE"}


def write_parquet(rows: Sequence[Sequence[object]], path: Path) -> Path:
    """Rows of facts as a Parquet file; its folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = open_duckdb(DatedRules()).connection
    described = ", ".join(f'"{name}" {_TYPES.get(name, _TEXT)}' for name in COLUMNS)
    connection.execute(f"CREATE TABLE facts ({described})")
    if rows:
        marks = ", ".join("?" for _ in COLUMNS)
        connection.executemany(f"INSERT INTO facts VALUES ({marks})", [list(row) for row in rows])  # noqa: S608 - marks only
    connection.table("facts").write_parquet(str(path))
    return path


def write_workbook(columns: Sequence[str], rows: Sequence[Sequence[object]], path: Path) -> Path:
    """Rows as a workbook of one sheet: text stays text, never a formula or a link. Its folder is made."""
    import xlsxwriter  # noqa: PLC0415 - needed by this format only, and slow to load

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Cases")
        sheet.add_table(
            0,
            0,
            max(len(rows), 1),
            len(columns) - 1,
            {"columns": [{"header": name} for name in columns], "name": "Cases"},
        )
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return path
