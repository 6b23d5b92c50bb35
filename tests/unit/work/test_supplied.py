"""A supplier's workbook: only its own cells, and read back as if a stranger had sent it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from counted import COUNT, NOVEMBER, RATE, SHARE, TEAM, indicator
from filled_form import DAY, NAME, SHEET, filled

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.registry import Registry
from scorecard.errors import ExtractError
from scorecard.facts.suppliers import SuppliedCell, Supplier
from scorecard.sql.rules import DatedRules
from scorecard.store.supplied import SuppliedFigure
from scorecard.work import supplied_form
from scorecard.work.supplied_form import FIRST_ROW, HEADINGS, cells_of, form
from scorecard.work.supplied_reading import Checking, is_form, read_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorecard.store.supplied import HandOver

HOURS = replace(COUNT, id="hours", title="Hours of things", counts="n_days")
REGISTRY = Registry({"things": indicator(COUNT, SHARE, RATE, HOURS)}, {"team": TEAM}, DatedRules())
CELLS = (
    SuppliedCell("things", Window.MONTH),
    SuppliedCell("things", Window.MONTH, "team", "T1"),
    SuppliedCell("ok_pct", Window.MONTH),
    SuppliedCell("hours", Window.MONTH),
)
THINGS, PART, SHARE_TOP, SHARE_OF, HOURS_CELL = "C10", "C11", "C12", "D12", "C13"
SUPPLIER = Supplier("panel", "Panel team", CELLS)
TODAY = date(2021, 12, 6)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """The form of November as it is sent out."""
    path = tmp_path / "2021-11-panel.xlsx"
    path.write_bytes(form(SUPPLIER, REGISTRY, NOVEMBER, "Merrowshire"))
    return path


def _given(path: Path) -> HandOver | None:
    return _checked(path).hand_over()


def _checked(path: Path) -> Checking:
    return Checking(path, read_form(path), {"panel": SUPPLIER}, REGISTRY, TODAY)


def _said(path: Path) -> str:
    checking = _checked(path)
    assert checking.hand_over() is None
    return "\n".join(map(str, checking.problems))


def test_what_was_filled_in_is_what_was_given(blank: Path) -> None:
    cells = {THINGS: 12, PART: 0, SHARE_TOP: 3, SHARE_OF: 8, HOURS_CELL: 7.5}
    given = _given(filled(blank, cells, by="  Panel \n administrator "))
    assert given is not None
    assert (given.period, given.supplier, given.title) == (NOVEMBER, "panel", "Panel team")
    assert (given.given_by, given.given_on) == ("Panel administrator", date(2021, 12, 3))
    assert given.figures == (
        SuppliedFigure("things/2021-11/month", 12, None),
        SuppliedFigure("things/2021-11/month/team/T1", 0, None),
        SuppliedFigure("ok_pct/2021-11/month", 3, 8),
        SuppliedFigure("hours/2021-11/month", 7.5, None),
    )


def test_a_figure_left_empty_is_not_given(blank: Path) -> None:
    given = _given(filled(blank, {PART: 4}))
    assert given is not None
    assert [figure.key for figure in given.figures] == ["things/2021-11/month/team/T1"]


@pytest.mark.parametrize("day", ["03/12/2021", "3/12/2021", "2021-12-03", 44533])
def test_a_day_is_read_however_it_is_written(blank: Path, day: object) -> None:
    given = _given(filled(blank, {THINGS: 1, DAY: day}))
    assert given is not None
    assert given.given_on == date(2021, 12, 3)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({NAME: None}, ":3: it is not said who supplies the figures"),
        ({NAME: "12"}, ":3: it is not said who supplies the figures"),
        ({NAME: "x" * 101}, ":3: it is not said who supplies the figures"),
        ({DAY: None}, ":4: it is not said when it was filled in"),
        ({DAY: "soon"}, ":4: it is not said when it was filled in"),
        ({DAY: "31/11/2021"}, ":4: it is not said when it was filled in"),
        ({DAY: date(2021, 12, 7)}, ":4: it has no day that has come"),
        ({DAY: date(2021, 10, 31)}, ":4: the day lies before November 2021"),
        ({"B6": "2021-10"}, ":10: the figure of this row is none that Panel team supplies for October 2021"),
        ({"B6": "soon"}, ":6: the form's month has been changed"),
        ({"B7": "another"}, ":7: the form's supplier is none of those in suppliers.toml"),
        ({"E10": "cla_open/2021-11/month_end"}, ":10: the figure of this row is none that Panel team supplies"),
        ({"E10": "things/2021-10/month"}, ":10: the figure of this row is none that Panel team supplies"),
        ({"E10": "things/2021-11/month/team/T2"}, ":10: the figure of this row is none that Panel team supplies"),
        ({"E11": "things/2021-11/month"}, ":11: the figure of this row stands in the form twice"),
        ({THINGS: "twelve"}, ":10: there is no number in this row"),
        ({THINGS: "1e3"}, ":10: there is no number in this row"),
        ({THINGS: "1,200"}, ":10: there is no number in this row"),
        ({THINGS: "nan"}, ":10: there is no number in this row"),
        ({THINGS: 1e300}, ":10: there is no number in this row"),
        ({THINGS: -1}, ":10: the number of this row is below 0"),
        ({THINGS: 10_000_001}, ":10: the number of this row is below 0 or beyond belief"),
        ({THINGS: 0.56}, ":10: the number of this row is not whole"),
        ({"D10": 4}, ":10: there is a second number"),
        ({SHARE_OF: None}, ":12: one of two numbers is missing"),
        ({SHARE_TOP: None}, ":12: one of two numbers is missing"),
        ({SHARE_TOP: 9}, ":12: the number is greater than what it is of"),
        ({SHARE_TOP: None, SHARE_OF: None, THINGS: None}, "no figure is filled in"),
    ],
)
def test_each_fault_is_refused_with_its_row(blank: Path, cells: Mapping[str, object], said: str) -> None:
    told = _said(filled(blank, {THINGS: 12, SHARE_TOP: 3, SHARE_OF: 8, **cells}))
    assert f"2021-11-panel.xlsx{said}" in told or f"2021-11-panel.xlsx: {said}" in told
    assert "twelve" not in told, "what a stranger wrote is not repeated"


def test_all_faults_are_told_together(blank: Path) -> None:
    told = _said(filled(blank, {NAME: None, DAY: None, THINGS: -1, PART: "x", SHARE_TOP: 1}))
    assert [line.split(":")[1] for line in told.splitlines()[::2]] == ["3", "4", "10", "11", "12"]


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_a_formula_is_refused_though_it_has_a_value(blank: Path, formula: str) -> None:
    with pytest.raises(ExtractError, match="xlsx:11: there is a formula in the sheet"):
        _given(filled(blank, {THINGS: 12, PART: formula}))


def test_a_formula_under_another_prefix_is_a_formula_too(blank: Path) -> None:
    _rewrite(filled(blank, {THINGS: 12}), rb"<v>12</v>", b"<x:f>6+6</x:f><v>12</v>")
    with pytest.raises(ExtractError, match="there is a formula"):
        _given(blank)


@pytest.mark.parametrize("far", ["XFD1048576", "A1048576", "XFD3", "xfd1048576"])
def test_a_cell_far_away_does_not_fill_the_memory(blank: Path, far: str) -> None:
    _rewrite(filled(blank, {THINGS: 12}), rb'<c r="C13"', f'<c r="{far}"><v>1</v></c><c r="C13"'.encode())
    with pytest.raises(ExtractError, match="the sheet holds more than the form"):
        _given(blank)


def test_a_workbook_with_a_sheet_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "more.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in (supplied_form.SHEET, "Notes"):
            book.add_worksheet(name)
    assert is_form(path)
    with pytest.raises(ExtractError, match="the workbook holds more than the form"):
        read_form(path)


def test_headings_that_were_moved_are_refused(blank: Path) -> None:
    with pytest.raises(ExtractError, match="headings are not where they were written"):
        _given(filled(blank, {THINGS: 12, "C9": "How many"}))


def test_a_large_file_is_not_opened(blank: Path) -> None:
    with zipfile.ZipFile(blank, "a") as parts:
        parts.writestr("noise", bytes(3_000_000), zipfile.ZIP_STORED)
    with pytest.raises(ExtractError, match="the workbook holds more than the form"):
        _given(blank)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb'r="C10"', b'r="C10'),
        (rb"</sheetData>", b""),
        (rb'<c r="A10" s="\d+" t="s"><v>\d+', b'<c r="A10" t="s"><v>99999'),
        (rb"<v>12</v>", b"<w>12</w>"),
    ],
)
def test_a_damaged_sheet_is_refused_and_not_a_fault_of_ours(blank: Path, old: bytes, new: bytes) -> None:
    _rewrite(filled(blank, {THINGS: 12}), old, new)
    with pytest.raises(ExtractError, match="the workbook is damaged"):
        _given(blank)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_no_form(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert not is_form(path)


def test_a_form_asks_only_for_what_is_in_force(blank: Path) -> None:
    ended = indicator(COUNT, SHARE, RATE, HOURS, to_day=date(2021, 10, 31))
    registry = Registry({"things": ended}, {"team": TEAM}, DatedRules())
    assert cells_of(SUPPLIER, registry, NOVEMBER) == ()
    assert cells_of(SUPPLIER, registry, Period(2021, 10)) == CELLS
    assert is_form(blank)


def test_a_form_is_the_same_bytes_each_time(blank: Path) -> None:
    assert form(SUPPLIER, REGISTRY, NOVEMBER, "Merrowshire") == blank.read_bytes()


def test_only_the_cells_to_fill_in_are_unlocked_and_each_says_what_it_takes(blank: Path) -> None:
    with zipfile.ZipFile(blank) as parts:
        sheet, styles = parts.read(SHEET).decode(), parts.read("xl/styles.xml").decode()
    formats = re.findall(r"<xf [^>]*/>|<xf [^>]*>.*?</xf>", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    unlocked = {str(number) for number, one in enumerate(formats) if 'locked="0"' in one}
    cells = re.findall(r'<c r="(\w+)" s="(\d+)"', sheet)
    open_to_input = {place for place, style in cells if style in unlocked}
    assert open_to_input == {NAME, "C3", "D3", DAY, THINGS, PART, SHARE_TOP, SHARE_OF, HOURS_CELL}
    assert '<sheetProtection sheet="1"' in sheet
    rules = dict(re.findall(r'<dataValidation type="(\w+)"[^>]*sqref="([\w: ]+)"', sheet))
    assert set(rules) == {"date", "whole", "decimal"}
    checked = set(re.findall(r'sqref="([\w:]+)">\s*<formula1>', sheet))
    assert checked == {DAY, THINGS, PART, f"{SHARE_TOP}:{SHARE_OF}", HOURS_CELL}


def test_a_form_prints_on_a4_one_page_wide_without_its_keys(blank: Path) -> None:
    with zipfile.ZipFile(blank) as parts:
        sheet, book = parts.read(SHEET).decode(), parts.read("xl/workbook.xml").decode()
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert 'orientation="landscape"' not in sheet
    last = FIRST_ROW + len(CELLS)
    assert f"$A$1:$D${last}" in book, "the keys in column E are not printed"
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)][:3]
    pixels = sum(width * 7 for width in (widths[0], widths[1], widths[2], widths[2]))
    assert pixels / 96 < 8.27 - 1.2, "it fits between the margins without being made smaller"


def test_the_head_says_who_what_and_when(blank: Path) -> None:
    head = read_form(blank).head
    assert (head["Month"], head["Supplier"]) == ("2021-11", "panel")
    assert head[HEADINGS[0]] == HEADINGS[1]
    assert head["Supplied by (name or role)"] == ""


def test_a_label_of_the_form_is_never_a_formula(tmp_path: Path) -> None:
    named = replace(SUPPLIER, title='=HYPERLINK("http://x")')
    path = tmp_path / "x.xlsx"
    path.write_bytes(form(named, REGISTRY, NOVEMBER, "=1+1"))
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read(SHEET)


def _rewrite(path: Path, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    held[SHEET] = re.sub(old, lambda _: new, held[SHEET], count=1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in held.items():
            parts.writestr(name, data)
