"""What the lists look like, in a terminal and as a workbook."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.errors import UsageError
from scorecard.facts.due import Due
from scorecard.work.due import Lists
from scorecard.work.due_text import as_text, heading
from scorecard.work.due_workbook import write_due_workbook

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2021, 11, 17)
NORTH, SOUTH = "Child Protection and Court Team North", "Team/South"
LATE = Due(NORTH, "W1", "=1+1", "Visit, child protection", date(2021, 11, 15), -2, date(2021, 11, 1), is_overdue=True)
NEVER = Due(NORTH, "W2", "C2", "Pathway plan", None, None, None, is_overdue=True)
SOON = Due(NORTH, "W2", "C3", "Visit, child protection", DAY, 0, None, is_overdue=False)
LATER = Due(SOUTH, "", "C4", "Pathway plan", date(2021, 12, 2), 15, date(2021, 6, 2), is_overdue=False)
LISTS = Lists(DAY, "extract", ("Pathway plan", "Visit, child protection"), (LATE, NEVER, SOON, LATER))


def test_the_terminal_shows_how_much_of_each_duty_then_each_team_under_its_name() -> None:
    assert (
        as_text(LISTS.within(14))
        == """\
Due within 14 days or overdue on Wednesday 17 November 2021.
Read from extract.

duty                     overdue  due
-----------------------  -------  ---
Pathway plan                   1    0
Visit, child protection        1    1

Child Protection and Court Team North: 2 overdue, 1 due
worker  child  duty                     due         days    last done
------  -----  -----------------------  ----------  ------  ----------
W1      =1+1   Visit, child protection  2021-11-15  2 over  2021-11-01
W2      C2     Pathway plan                         over    never
W2      C3     Visit, child protection  2021-11-17  today   never"""
    )


def test_within_days_ends_on_the_last_of_them_and_overdue_leaves_what_is_only_due() -> None:
    assert LISTS.within(15).rows == LISTS.rows
    assert LISTS.within(14).rows == (LATE, NEVER, SOON)
    assert LISTS.overdue().rows == (LATE, NEVER)


def test_the_heading_says_how_far_the_lists_look() -> None:
    asked = [LISTS.within(14), LISTS.within(1), LISTS.within(0), LISTS.overdue()]
    assert [heading(lists).partition(" on ")[0] for lists in asked] == [
        "Due within 14 days or overdue",
        "Due within 1 day or overdue",
        "Due or overdue",
        "Overdue",
    ]


def test_a_team_is_named_by_a_part_of_its_name_in_any_letters() -> None:
    assert LISTS.of_teams(["south"]).rows == (LATER,)
    assert LISTS.of_teams(["NORTH", "south"]).rows == LISTS.rows
    with pytest.raises(UsageError, match="no team “west”") as told:
        LISTS.of_teams(["north", "west"])
    assert told.value.remedy == f"There are: {NORTH}; {SOUTH}."


def test_what_could_not_be_listed_is_said() -> None:
    lists = Lists(DAY, "extract", (), (), (("Visit, child in care", ("ssd_cla_visits",)),))
    assert as_text(lists).endswith("Not listed: Visit, child in care. The extract has no ssd_cla_visits.")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_due_workbook(LISTS, tmp_path / "for the teams" / "due.xlsx")


def _part(book: Path, name: str) -> str:
    with zipfile.ZipFile(book) as parts:
        return parts.read(name).decode()


def test_the_workbook_has_a_sheet_for_each_team(book: Path) -> None:
    names = re.findall(r'<sheet name="([^"]+)"', _part(book, "xl/workbook.xml"))
    assert names == ["All teams", "Child Protection and … North", "Team South"]


def test_each_sheet_prints_one_page_wide_on_a4_with_its_header_in_sight(book: Path) -> None:
    for number in (1, 2, 3):
        sheet = _part(book, f"xl/worksheets/sheet{number}.xml")
        assert re.search(r'<pageSetup paperSize="9"( \w+="\w+")* orientation="landscape"', sheet)
        assert 'fitToHeight="0"' in sheet
        assert "fitToWidth" not in sheet  # one page is what a sheet has that says nothing
        assert '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>' in sheet
        assert '<autoFilter ref="A4:' in sheet
        assert "OFFICIAL-SENSITIVE" in sheet
    assert _part(book, "xl/workbook.xml").count("$4:$4</definedName>") == 3


def test_a_number_of_a_child_is_never_run_as_a_formula(book: Path) -> None:
    assert "<f>" not in _part(book, "xl/worksheets/sheet2.xml")
    assert "<t>=1+1</t>" in _part(book, "xl/sharedStrings.xml")
