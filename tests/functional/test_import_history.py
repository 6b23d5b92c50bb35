"""Past packs' figures by the command line: brought in, drawn with their own mark, and without cases."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from command_line import ask, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MONTHS = [(2020, 11), (2020, 12), *((2021, month) for month in range(1, 11))]
REFERRALS = [101, 88, 93, 97, 120, 104, 99, 131, 125, 90, 140, 133]
IN_TIME = [81.5, 79, 77.2, 80, 83.1, 78, 74, 70.9, 71, 69, 66.4, 61]
CARE = [331, 333, 335, 334, 338, 340, 341, 339, 342, 344, 346, 348]
WORDS = "Pack of October 2021, page 4"


def _workbook(path: Path) -> Path:
    """A workbook as a service keeps one: a title, real dates as headings, rows of targets between the measures."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, month = book.add_worksheet("Figures"), book.add_format({"num_format": "mmm-yy"})
        sheet.write(0, 0, "Scorecard")
        sheet.write(2, 0, "Measure")
        for column, (year, number) in enumerate(MONTHS, 1):
            sheet.write_datetime(2, column, datetime(year, number, 1), month)  # noqa: DTZ001 - as Excel keeps it
        rows: list[tuple[str, Sequence[float]]] = [("REFERRALS", REFERRALS), ("Assessments target", [80] * 12)]
        rows += [("assessments_45wd_pct", IN_TIME), ("cla_open", CARE)]
        for row, (title, values) in enumerate(rows, 3):
            sheet.write_row(row, 0, [title, *values])
        book.add_worksheet("Notes").write(0, 0, "how it was made")
    return path


@pytest.fixture
def council(taken: Path, tmp_path: Path) -> Path:
    """A new workspace with one extract, one frozen month and twelve months of past figures."""
    ask("freeze", "2021-11", workspace=taken)
    book = _workbook(tmp_path / "past.xlsx")
    said = ask("import-history", book, "--by", "Head of Performance", "--document", WORDS, workspace=taken)
    assert "Kept as imported/past/1: 36 past figures, imported." in said.out
    assert "sheet Notes: passed over, since it has no headings with months." in said.out
    assert "Cells of rows of targets passed over: 12" in said.out
    return taken


def test_a_chart_of_thirteen_months_says_of_each_point_whether_it_was_imported_or_counted(council: Path) -> None:
    ask("pack", "2021-11", "--out", council / "packs", workspace=council)
    page = (council / "packs" / "2021-11-first.html").read_text(encoding="utf-8")
    drawing = page[page.index('<figure class="chart" id="chart-referrals">') :]
    drawing = drawing[: drawing.index("</table>")]
    told = unescape(re.sub(r"<[^>]+>", " ", drawing))
    assert "Number each month, November 2020 to November 2021, as first reported" in told
    assert "imported, not counted here" in told
    assert re.search(r"Imported: Nov 20, Dec 20, .*Sep 21 and Oct 21\.", told)
    assert told.count(" imported ") == len(MONTHS), "each past month of the table"
    assert re.search(r"Nov 21\s+290\s+counted\s", told)
    for value, (year, month) in zip(REFERRALS, MONTHS, strict=True):
        assert re.search(rf'data-fact="referrals/{year}-{month:02d}/month"[^>]*>{value}<', drawing)


def test_what_nobody_imported_is_drawn_as_counted_later(council: Path) -> None:
    ask("pack", "2021-11", "--out", council / "packs", workspace=council)
    page = (council / "packs" / "2021-11-first.html").read_text(encoding="utf-8")
    drawing = page[page.index('id="chart-contacts_received"') :]
    assert ">as known at 30 November 2021<" in drawing[: drawing.index("</svg>")]


def test_an_imported_figure_is_in_no_sum_and_in_the_first_view_alone(council: Path) -> None:
    first = ask("facts", "2021-10", "--view", "first", "--format", "csv", workspace=council).rows
    assert {(row["indicator"], row["value"]) for row in first} == {
        ("referrals", "133"),
        ("assessments_45wd_pct", "61"),
        ("cla_open", "348"),
    }
    assert {row["snapshot"] for row in first} == {"imported/past/1"}
    asked = ("facts", "2021-10", "--view", "now", "--indicator", "referrals", "--format", "csv")
    now = {row["window"]: row for row in ask(*asked, workspace=council).rows if row["dimension"] == "all"}
    assert now["month"]["value"] != "133"
    assert not now["month"]["supplied_by"]
    counted = ask("facts", "2021-11", "--indicator", "referrals", "--format", "csv", workspace=council).rows
    to_date = next(row for row in counted if (row["window"], row["dimension"]) == ("year_to_date", "all"))
    assert to_date["value"] == "1278", "eight months counted from the one extract"


def test_the_cases_of_an_imported_point_say_why_there_are_none(council: Path) -> None:
    said = ask("cases", "referrals/2021-03/month", "--format", "csv", workspace=council)
    assert said.rows == []
    assert f"Imported from {WORDS}, entered by Head of Performance on " in said.err
    assert "there are no cases to show" in said.err
    told = ask("explain", "referrals/2021-03/month", workspace=council).out
    assert f"Imported from {WORDS}" in told
    assert "SELECT" not in told
    data = ask("explain", "referrals/2021-03/month", "--format", "json", workspace=council).data
    assert (data["value"], data["snapshot"], data["cases"]) == (120, "imported/past/1", [])
    assert "Head of Performance" in data["without_cases"]


def test_the_same_file_is_kept_once_and_a_mended_one_takes_its_place(council: Path, tmp_path: Path) -> None:
    again = ask("import-history", tmp_path / "past.xlsx", "--by", "Somebody", workspace=council)
    assert "Kept as imported/past/1" in again.out
    assert "It had been imported before; nothing was added." in again.out
    mended = tmp_path / "mended" / "past.csv"
    mended.parent.mkdir()
    mended.write_text("indicator,month,value\nReferrals,Oct-21,134\nReferrals,2021-11,290\n", encoding="utf-8")
    said = ask("import-history", mended, "--by", "Somebody", workspace=council)
    assert "Kept as imported/past/2: 2 past figures" in said.out
    assert "November 2021 has been frozen here: what was frozen stands" in said.out
    first = ask("facts", "2021-10", "--view", "first", "--format", "csv", workspace=council).rows
    assert [(row["indicator"], row["value"]) for row in first] == [("referrals", "134")]


def test_all_that_is_wrong_with_a_file_is_told_together_and_nothing_is_kept(taken: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(
        "measure,month,value,numerator,denominator\n"
        "assesments_45wd_pct,2021-10,60,,\n"
        "referrals,October,100,,\n"
        "referrals,2021-09,12.5,,\n"
        "assessments_45wd_pct,2021-09,60,7,10\n"
        "assessments_45wd_pct,2021-08,160,,\n"
        "cla_open,2091-08,300,,\n",
        encoding="utf-8",
    )
    said = say("import-history", file, "--by", "Somebody", workspace=taken)
    assert said.code == 11
    for row, words in enumerate(
        (
            "no measure has the name of this row",
            "the month of this figure cannot be read",
            "a count is not whole",
            "the value does not agree with its numerator and denominator",
            "a percentage is greater than 100",
            "August 2091 has not ended",
        ),
        2,
    ):
        assert f"wrong.csv:{row}: {words}" in said.err
    assert "assessments_45wd_pct" in said.err, "a near one is offered"
    assert not (taken / "store" / "imported").exists()


def test_a_template_filled_in_is_taken_back(taken: Path) -> None:
    ask("import-history", "--template", workspace=taken)
    unfilled = say("import-history", taken / "past-figures.xlsx", "--by", "Somebody", workspace=taken)
    assert "nothing stands below it" in unfilled.err
    assert say("import-history", "--template", workspace=taken).code == 14
