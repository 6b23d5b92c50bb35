"""The workbooks and the CSV: numbers that are the facts, text that stays text, the same bytes again."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import duckdb
import fastexcel
import pytest
from invented_november import context, facts
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from scorecard.pack.document import Cell, Column, Document, NumberTable, Row, Section
from scorecard.pack.layout import build_document
from scorecard.render.csv_files import render_csv, render_csv_metadata
from scorecard.render.grids import Amount, Grid, covered, grids_of
from scorecard.render.locked import lock_workbook
from scorecard.render.ods import column_letters, render_ods
from scorecard.render.style import DEFAULT
from scorecard.render.xlsx import render_xlsx

if TYPE_CHECKING:
    from scorecard.pack.charts import Chart

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "http://example.org",
    "mailto:a@b.example",
    "internal:'Cover'!A1",
    "{=1}",
    "<script>",
    "]]>&amp;",
    "\x00\x0bnul",
    "x" * 300,
)
_DRAWING = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


@cache
def document() -> Document:
    return build_document(context(), facts())


def hostile() -> Document:
    """A document whose every text is hostile somewhere, in headings, cells, titles and figures."""
    own = document()
    rows = tuple(Row(Cell((text,)), (Cell((text,), (text,)),)) for text in HOSTILE)
    table = NumberTable("hostile", HOSTILE[0], HOSTILE[1], (Column(HOSTILE[2]),), rows, kind="summary")
    figures = tuple(replace(own.figures[0], key=text, title=text, member=text, reason=text) for text in HOSTILE)
    said = Section("hostile", HOSTILE[3], (table,))
    return replace(own, title=HOSTILE[0], council=HOSTILE[1], sections=(*own.sections, said), figures=figures)


def all_grids(told: Document) -> tuple[Grid, ...]:
    grids = grids_of(told)
    return (*covered(told, grids), *grids)


def cells(data: bytes, grid: Grid) -> list[tuple[object, ...]]:
    """The rows under the headings of a sheet, as a program reads them."""
    book = fastexcel.read_excel(data)
    sheet = book.load_sheet(grid.name, header_row=None, skip_rows=len(grid.said) + 2, dtypes="string")
    return duckdb.connect().from_arrow(sheet).fetchall()


def test_each_sheet_holds_one_table_with_unique_headings_under_a_title() -> None:
    for grid in all_grids(document()):
        words = [heading.words for heading in grid.headings]
        assert len(set(words)) == len(words), grid.title
        assert grid.title
        assert grid.rows
        assert all(len(row) == len(words) for row in grid.rows)


def test_no_two_sheets_have_one_name() -> None:
    names = [grid.name for grid in all_grids(document())]
    assert len({name.casefold() for name in names}) == len(names)


def test_no_text_of_a_workbook_becomes_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(hostile(), DEFAULT))) as book:
        for name in book.namelist():
            held = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in held
                assert b"<hyperlink" not in held
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in held
    with zipfile.ZipFile(io.BytesIO(render_ods(hostile(), DEFAULT))) as book:
        content = book.read("content.xml")
    assert b"table:formula" not in content
    assert b"text:a " not in content
    ET.fromstring(content)  # noqa: S314 - our own file, just made


def test_hostile_texts_are_in_both_workbooks_as_they_are() -> None:
    for data in (render_xlsx(hostile(), DEFAULT), render_ods(hostile(), DEFAULT)):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            name = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in book.namelist() else "content.xml"
            words = "\n".join(ET.fromstring(book.read(name)).itertext())  # noqa: S314 - our own file
        assert all(text.strip() in words for text in HOSTILE if text.isprintable())


def test_no_cell_of_the_csv_begins_like_a_formula() -> None:
    read = csv.reader(io.StringIO(render_csv(hostile()).decode("utf-8-sig")))
    for row in read:
        assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert not [cell for cell in row if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()]


def charts_of(grids: tuple[Grid, ...]) -> list[tuple[Grid, Chart]]:
    return [(grid, chart) for grid in grids for chart in grid.charts]


def test_the_series_of_every_native_chart_are_the_points_of_the_document() -> None:
    """Followed from the chart's own references into the cells, as a program that opens the workbook does."""
    data, grids = render_xlsx(document(), DEFAULT), all_grids(document())
    held = {grid.name: grid for grid in grids}
    drawn = charts_of(grids)
    assert drawn
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/charts/chart"))
        roots = [ET.fromstring(book.read(name)) for name in names]  # noqa: S314 - our own file
    for root in roots:
        for series in root.iter(f"{{{_DRAWING['c']}}}ser"):
            reference = series.findtext("c:val/c:numRef/c:f", namespaces=_DRAWING) or ""
            sheet, _, area = reference.partition("!")
            found.append(tuple(_column(data, held[sheet.strip("'")], area)))
    expected = [
        tuple(values)
        for _, chart in drawn
        for values in (
            *([point.value for point in one.points] for one in chart.series),
            *(line.values for line in chart.lines),
        )
    ]
    assert sorted(map(_as_kept, found)) == sorted(map(_as_kept, expected))


def _as_kept(values: tuple[float | None, ...]) -> str:
    """Numbers as finely as no rounding of the last of the fifteen digits that Excel keeps can tell them apart."""
    return repr([None if value is None else f"{value:.13g}" for value in values])


def _column(data: bytes, grid: Grid, area: str) -> list[float | None]:
    """The numbers of a column of a sheet, which the area $B$3:$B$15 names."""
    letters = area.split("$")[1]
    place = next(n for n in range(len(grid.headings)) if column_letters(n + 1) == letters)
    book, skipped = fastexcel.read_excel(data), len(grid.said) + 2
    sheet = book.load_sheet(grid.name, header_row=None, skip_rows=skipped, use_columns=[place], dtypes="float")
    return [row[0] for row in duckdb.connect().from_arrow(sheet).fetchall()]


def test_both_workbooks_hold_the_same_cells() -> None:
    told = document()
    excel, opened = render_xlsx(told, DEFAULT), render_ods(told, DEFAULT)
    for grid in all_grids(told):
        assert _numbers(cells(excel, grid)) == _numbers(cells(opened, grid)), grid.title


def _numbers(rows: list[tuple[object, ...]]) -> list[list[object]]:
    return [[_number(cell) for cell in row] for row in rows]


def _number(cell: object) -> object:
    try:
        return float(str(cell))
    except ValueError:
        return cell


def test_every_figure_of_the_month_is_on_the_sheet_of_facts_unrounded() -> None:
    told = document()
    grid = next(one for one in grids_of(told) if one.name == "Facts")
    by_key = {row[0]: row for row in grid.rows}
    assert set(by_key) == {one.key for one in told.figures}
    for one in told.figures:
        value = by_key[one.key][10]
        assert (value.value if isinstance(value, Amount) else None) == one.value


def test_the_metadata_of_the_csv_tells_of_every_column_that_is_not_a_place() -> None:
    heads = next(csv.reader(io.StringIO(render_csv(document()).decode("utf-8-sig"))))
    meta = list(csv.DictReader(io.StringIO(render_csv_metadata().decode("utf-8-sig"))))
    assert [row["col_name"] for row in meta] == heads[6:]
    assert {row["col_type"] for row in meta} == {"Filter", "Indicator"}


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "xlsx", "ods", "csv"])
def test_the_same_document_gives_the_same_bytes_on_another_day_in_another_zone(form: str) -> None:
    script = (
        "import hashlib, sys; from test_workbooks import document; from scorecard.render.formats import Form, render;"
        "from scorecard.render.style import DEFAULT;"
        f"print([hashlib.sha256(d).hexdigest() for d in render(document(), Form('{form}'), DEFAULT).values()])"
    )
    told = set()
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Los_Angeles")):
        here = os.path.dirname(__file__)  # noqa: PTH120 - a path for another process
        paths = os.pathsep.join([here, *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": paths}
        made = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", script], check=True, capture_output=True, env=environment
        )
        told.add(made.stdout)
    assert len(told) == 1


def test_a_locked_workbook_opens_with_its_password_alone() -> None:
    data = render_xlsx(document(), DEFAULT)
    locked = OOXMLFile(io.BytesIO(lock_workbook(data, "of the council")))
    opened = io.BytesIO()
    locked.load_key("of the council")
    locked.decrypt(opened)
    assert opened.getvalue() == data
    with pytest.raises(InvalidKeyError):
        OOXMLFile(io.BytesIO(lock_workbook(data, "of the council"))).load_key("another", verify_password=True)
