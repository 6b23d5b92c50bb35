"""A return laid beside records that were supplied in part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scorecard.returns.files import write_folder
from scorecard.work.new import new_workspace
from scorecard.work.reconcile import reconcile
from scorecard.work.reconcile_report import notes
from scorecard.work.returns import sheets_of
from scorecard.work.take import take
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER = date(2021, 11, 30)
DISABLED = "Does the Child have a Disability"
TABLES = {
    "ssd_person": "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\n",
    "ssd_cp_plans": "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_ola\np1,c1,2021-10-01,N\n",
}
DISABILITY = "disa_table_id,disa_person_id,disa_disability_code\nd1,c1,NONE\n"


def test_a_column_made_of_a_table_that_was_not_supplied_is_not_compared_and_says_which(tmp_path: Path) -> None:
    new_workspace(tmp_path / "council")
    workspace = open_workspace(tmp_path / "council")
    extract = tmp_path / "extract"
    extract.mkdir()
    for name, text in TABLES.items():
        (extract / f"{name}.csv").write_text(text, encoding="utf-8")
    lists = sheets_of(workspace, "annex-a", take(workspace, extract, NOVEMBER).snapshot, NOVEMBER)
    write_folder(lists, tmp_path / "sent")
    path = tmp_path / "sent" / "List 7.csv"
    said = path.read_text(encoding="utf-8-sig")
    path.write_text(said.replace("c) Unknown", "a) Yes", 1), encoding="utf-8")

    found = reconcile(workspace, tmp_path / "sent", None, NOVEMBER)
    (plans,) = (one for one in found.lists if one.name == "List 7")
    assert len(plans.ours) == 1
    assert not plans.differing
    assert plans.lacking[DISABLED] == ("ssd_disability",)
    assert any(f"{DISABLED} (ssd_disability not supplied)" in note for note in notes(found))

    (extract / "ssd_disability.csv").write_text(DISABILITY, encoding="utf-8")
    take(workspace, extract, NOVEMBER)
    (plans,) = (one for one in reconcile(workspace, tmp_path / "sent", None, NOVEMBER).lists if one.name == "List 7")
    assert plans.differing == {DISABLED: 1}
