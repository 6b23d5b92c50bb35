"""A month from freeze to second edition, as somebody types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import ask, say

if TYPE_CHECKING:
    from pathlib import Path

PERSONS = "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\nc2,M,2015-06-01\n"
CONTACTS = "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-11-03\n"
SECOND = "k2,c2,2021-11-04\n"
SAME_KEY = "k1,c1,2021-11-05\n"
RECEIVED = "contacts_received/2021-11/month"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """An extract of two children and a contact."""
    folder = tmp_path / "extract"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
    (folder / "ssd_contacts.csv").write_text(CONTACTS, encoding="utf-8")
    return folder


def test_a_month_run_twice_goes_on_to_the_pack_and_with_another_extract_asks_for_again(
    workspace: Path, extract: Path
) -> None:
    ask("month", "2021-11", extract, workspace=workspace)
    assert "frozen from it already (revision 1)" in ask("month", "2021-11", extract, workspace=workspace).out
    (extract / "ssd_contacts.csv").write_text(CONTACTS + SECOND, encoding="utf-8")
    refused = say("month", "2021-11", extract, workspace=workspace)
    assert refused.code == 14
    assert "--again" in refused.err
    assert "revision 2" in ask("month", "2021-11", extract, "--again", workspace=workspace).out


def test_freezing_again_lists_the_figures_that_moved_all_of_them_as_csv(workspace: Path, extract: Path) -> None:
    ask("take", extract, "--as-at", "2021-11-30", workspace=workspace)
    ask("freeze", "2021-11", workspace=workspace)
    (extract / "ssd_contacts.csv").write_text(CONTACTS + SECOND, encoding="utf-8")
    ask("take", extract, "--as-at", "2021-11-30", workspace=workspace)
    said = ask(
        "freeze", "2021-11", "--again", "--because", "A team was missing", "--format", "csv", workspace=workspace
    )
    (row,) = [row for row in said.rows if row["figure"] == RECEIVED]
    assert (row["title"], row["before"], row["after"]) == ("Contacts received", "1", "2")


def test_a_finding_is_accepted_only_with_a_name_and_a_reason(workspace: Path, extract: Path) -> None:
    (extract / "ssd_contacts.csv").write_text(CONTACTS + SAME_KEY, encoding="utf-8")
    ask("take", extract, "--as-at", "2021-11-30", workspace=workspace)
    assert say("freeze", "2021-11", workspace=workspace).code == 14
    assert say("freeze", "2021-11", "--accept", "duplicate_key", workspace=workspace).code == 2
    why = ("--by", "A. Lee, Head", "--because", "The first is right.")
    ask("freeze", "2021-11", "--accept", "duplicate_key:ssd_contacts", *why, workspace=workspace)
    steps = {row["step"]: row for row in ask("status", "2021-11", "--format", "json", workspace=workspace).data}
    assert steps["Findings accepted"]["detail"] == "duplicate_key:ssd_contacts, by A. Lee, Head"
    assert steps["Findings accepted"]["done"] == "yes"


def test_what_was_issued_is_put_right_by_a_revision_and_a_second_edition(workspace: Path, extract: Path) -> None:
    ask("month", "2021-11", extract, workspace=workspace)
    ask("issue", "2021-11", "--to", "Scrutiny board", workspace=workspace)
    assert "scorecard revise 2021-11" in say("freeze", "2021-11", "--again", workspace=workspace).err
    (extract / "ssd_contacts.csv").write_text(CONTACTS + SECOND, encoding="utf-8")
    ask("take", extract, "--as-at", "2021-11-30", workspace=workspace)
    moved = ask("revise", "2021-11", "--because", "A team was missing", "--format", "csv", workspace=workspace).rows
    assert {row["figure"]: row["after"] for row in moved}[RECEIVED] == "2"
    assert "is open, and is not what is issued" in say("issue", "2021-11", workspace=workspace).err
    ask("approve", "2021-11", "--by", "B. Lee, Director", "--because", "Looked at it.", workspace=workspace)
    assert say("issue", "2021-11", workspace=workspace).code == 14
    said = ask("issue", "2021-11", "--because", "A team was missing", "--format", "csv", workspace=workspace)
    assert {(row["of"], row["what"]) for row in said.rows} >= {("file", "2021-11-first.html"), ("figure", RECEIVED)}
    listed = ask("issue", "2021-11", "--list", "--format", "json", workspace=workspace).data
    assert [(one["edition"], one["revision"], one["to"]) for one in listed] == [(1, 1, "Scrutiny board"), (2, 2, "")]
