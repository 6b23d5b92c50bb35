"""Tables of one extract that speak up to different days: it is said, and the children out of step are counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask
from few_definitions import define_only

from scorecard.store.snapshots import OutOfStep, Snapshot, out_of_step
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS, ASSESSMENTS = "ssd_contacts", "ssd_cin_assessments"
TABLES = {
    "ssd_person": "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\nc2,M,2015-06-01\nc3,F,2018-07-01\n",
    CONTACTS: "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\nk1,c1,2021-11-02,1A\n"
    "k2,c2,2021-11-20,1A\n",
    ASSESSMENTS: "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
    "A1,c1,2021-11-10,2021-11-25\nA2,c1,2021-11-26,\nA3,c2,2021-11-01,2021-11-15\nA4,c3,2021-11-16,2021-12-02\n",
}
UNTIL_15 = (f"{CONTACTS}=2021-11-15",)


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new council's workspace."""
    define_only(["assessments_45wd"], monkeypatch)
    ask("new", tmp_path / "council")
    return tmp_path / "council"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Contacts and assessments of three children."""
    folder = tmp_path / "extract"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _kept(council: Path) -> Snapshot:
    return open_workspace(council).snapshots.all()[-1]


def test_the_children_of_whom_other_tables_tell_more_are_counted_said_and_kept(council: Path, extract: Path) -> None:
    said = ask("take", extract, "--as-at", "2021-11-30", "--as-at", *UNTIL_15, workspace=council)
    assert (
        "of 2 children other tables tell something" in said.out
    )  # c1 and c3; what was told of c2 is of the day itself
    kept = _kept(council)
    assert out_of_step(kept) == (OutOfStep(CONTACTS, date(2021, 11, 15), 2),)
    assert kept.severities["warn"]["mixed_days"] == kept.findings["mixed_days"] == 1


def test_a_table_that_speaks_longer_than_the_others_puts_out_of_step_those_it_alone_tells_of(
    council: Path, extract: Path
) -> None:
    days = ("--as-at", "2021-11-15", "--as-at", f"{ASSESSMENTS}=2021-11-30")
    ask("take", extract, *days, workspace=council)
    assert out_of_step(_kept(council)) == (OutOfStep(ASSESSMENTS, date(2021, 11, 30), 2),)


def test_tables_of_one_day_put_nobody_out_of_step(council: Path, extract: Path) -> None:
    said = ask("take", extract, "--as-at", "2021-11-30", "--as-at", f"{CONTACTS}=2021-11-30", workspace=council)
    assert "speaks up to" not in said.out
    assert out_of_step(_kept(council)) == ()


def test_check_coverage_and_month_know_the_days_of_tables_too(council: Path, extract: Path) -> None:
    days = ("--as-at", "2021-11-30", "--as-at", f"{ASSESSMENTS}=2021-11-15")
    checked = ask("check", extract, *days, "--format", "json", workspace=council).data
    assert [one["table"] for one in checked["findings"] if one["code"] == "mixed_days"] == [ASSESSMENTS]
    told = {
        asked: next(
            row["why"]
            for row in ask("coverage", extract, *asked, "--format", "json", workspace=council).data
            if row["measure"] == "assessments_completed"
        )
        for asked in (days, days[:2])
    }
    assert "15 November 2021" in told[days], told
    assert "15 November 2021" not in told[days[:2]]
    ask("month", "2021-11", extract, *days, workspace=council)
    assert [one.table for one in out_of_step(_kept(council))] == [ASSESSMENTS]
