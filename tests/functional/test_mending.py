"""What is to be mended in the invented council's records: the list, the workbook, the page of the pack."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask, say

from scorecard.calendar.periods import Period
from scorecard.pack.context import View
from scorecard.pack.document import Bullets, NumberTable
from scorecard.synthetic.faults import PLANTED_FAULTS
from scorecard.words.phrase import Number, text_of
from scorecard.work.mending import mending
from scorecard.work.pack import document_of
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.pack.document import Section

NOVEMBER = Period(2021, 11)
_DAY = date(2021, 12, 10)
_ACCEPTED = """
[[accepted]]
rule = "assessment-authorised-before-start"
by = "Head of Performance"
because = "They cannot be changed in a closed case."
until = 2021-12-31

[[override]]
indicator = "referrals"
from = "2021-11"
grade = "unreliable"
by = "Head of Performance"
note = "A week of referrals is still to be keyed."
"""


def test_every_planted_fault_is_listed_with_its_count_and_who_can_mend_it(demo: Path) -> None:
    rows = ask("quality", "2021-11", "--format", "csv", workspace=demo).rows
    found = {row["rule"]: int(row["records"]) for row in rows}
    planted = {fault.rule: fault.number for fault in PLANTED_FAULTS}
    assert found == {
        "assessment-authorised-before-start": planted["8608"],
        "closing-day-or-reason-missing": planted["8805"],
        "contact-decided-before-received": planted["a decision before the contact"],
        "contact-completed-before-received": planted["a decision before the contact"],
        "primary-need-not-on-list": planted["unknown code"],
    }
    assert all(row["mended_by"] and row["says"] for row in rows)


def test_the_trend_has_a_column_for_each_month_that_was_frozen_before(demo: Path) -> None:
    (row, *_) = ask("quality", "2021-11", "--format", "csv", workspace=demo).rows
    months = [name for name in row if re.fullmatch(r"\d{4}-\d{2}", name)]
    assert months == [str(NOVEMBER.back(step)) for step in reversed(range(1, 13))]


def test_the_list_is_of_the_newest_extract_unless_a_month_or_a_day_is_named(demo: Path) -> None:
    workspace = open_workspace(demo)
    assert mending(workspace).snapshot.as_at == date(2022, 5, 31)
    assert mending(workspace, NOVEMBER).snapshot.as_at == date(2021, 11, 30)
    assert mending(workspace, as_at=date(2021, 10, 31)).snapshot.as_at == date(2021, 10, 31)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2021-11", "--as-at", "2021-11-30"], "Both a month and a day are named."),
        (["--as-at", "2021-11-29"], "No extract has been taken that speaks of 2021-11-29."),
    ],
)
def test_what_cannot_be_listed_is_said(demo: Path, words: list[str], said: str) -> None:
    answer = say("quality", *words, workspace=demo)
    assert (answer.code != 0, said in answer.err) == (True, True)


def test_the_workbook_has_every_row_once_on_the_sheet_of_its_team(demo: Path, tmp_path: Path) -> None:
    told, path = mending(open_workspace(demo), NOVEMBER), tmp_path / "mend.xlsx"
    ask("quality", "2021-11", "--out", path, workspace=demo)
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, len(names) + 1)]
        texts = book.read("xl/sharedStrings.xml").decode()
    assert names[0] == "Rules"
    assert len(names) == 1 + len(told.teams())
    rows = [sheet.count("<row ") - sheet.count('<row r="1"') - 2 for sheet in sheets[1:]]
    assert sum(rows) == len(told.rows) == sum(told.counts.values())
    assert all(f"<t>{row.child}</t>" in texts and f"<t>{row.record}</t>" in texts for row in told.rows)


def _page(workspace: Path) -> Section:
    document = document_of(open_workspace(workspace), NOVEMBER, View.FIRST, _DAY)
    return next(section for section in document.sections if section.id == "data_quality")


def test_the_page_counts_each_rule_month_by_month_and_names_no_child(demo: Path) -> None:
    page, told = _page(demo), mending(open_workspace(demo), NOVEMBER)
    (table,) = [part for part in page.parts if isinstance(part, NumberTable) and part.kind == "rules"]
    assert {text_of(row.heading.phrase) for row in table.rows} == {rule.says for rule in told.rules}
    newest = [number.text for row in table.rows for number in row.cells[-1].phrase if isinstance(number, Number)]
    assert sorted(newest) == sorted(str(number) for number in told.counts.values())
    assert not any(row.child in str(page) or row.record in str(page) for row in told.rows)


def test_the_page_holds_the_month_s_records_against_the_year_before(demo: Path) -> None:
    (table,) = [part for part in _page(demo).parts if isinstance(part, NumberTable) and part.kind == "volumes"]
    said = {text_of(row.heading.phrase): [text_of(cell.phrase) for cell in row.cells] for row in table.rows}
    assert said["Contacts received about children"][0] == "1,292"
    assert said["Contacts received about children"][2].startswith("+")
    assert "Visits to looked after children" not in said, "they are as many as ever"


def test_what_a_council_says_of_its_own_data_is_printed_with_the_name(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "said"
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("extracts", "packs"))
    (folder / "quality.toml").write_text(_ACCEPTED, encoding="utf-8")
    page = _page(folder)
    (accepted,) = [text_of(item) for part in page.parts if isinstance(part, Bullets) for item in part.items]
    assert accepted == (
        "An assessment is not authorised before it started. They cannot be changed in a closed case."
        " (Head of Performance, until 31 December 2021)"
    )
    (graded,) = [part for part in page.parts if isinstance(part, NumberTable) and part.kind == "graded"]
    said = {text_of(row.heading.phrase): [text_of(cell.phrase) for cell in row.cells] for row in graded.rows}
    assert said["Referrals"][1:] == [
        "Not reliable",
        "Graded unreliable by Head of Performance: A week of referrals is still to be keyed.",
    ]
    rows = ask("facts", "2021-11", "--indicator", "referrals", "--format", "csv", workspace=folder).rows
    assert {row["quality"] for row in rows if row["indicator"] == "referrals"} == {"unreliable"}
