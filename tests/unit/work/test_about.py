"""A workspace's own handbook: what it holds of all that was settled, and what it says where there is nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask

from scorecard.work.about import about
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2021, 12, 6)
_FILES = {
    "quality.toml": """
[[override]]
indicator = "rereferrals_12m_pct"
from = "2021-10"
to = "2021-11"
grade = "unreliable"
by = "Head of Performance"
note = "Children of the earlier system are not matched."

[[accepted]]
rule = "protection-plan-after-death"
by = "Data Quality Manager"
because = "Known, and mended at the next release."
until = 2021-11-30
""",
    "notes.toml": """
[[notice]]
kind = "under_review"
measures = ["cpp_open"]
text = "Being looked at."
owner = "Head of Service"
since = 2021-10-31
review_by = 2021-11-26
""",
    "suppliers.toml": """
[[supplier]]
id = "early_help"
title = "Early help"
[[supplier.cell]]
measure = "pbr_claims"
""",
    "teams.csv": """team_id,name,from,to,parent_id,line_id,line_name
S,Assessment service,,,,,
T1,North,,2021-10-31,S,,
T2,North and West,2021-11-01,,S,,
""",
    "mappings/contacts.toml": """# From the analyst's own export.
# Ask the MASH for it on the first of the month.
report = "Contacts by route"
about = "Every row is a contact."
[recognised_by]
headers = ["Person ID", "Contact date"]
[[table]]
into = "ssd_contacts"
columns.cont_contact_id = { key = ["Person ID", "Contact date"] }
columns.cont_person_id = "Person ID"
columns.cont_contact_date = "Contact date"
""",
}


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A workspace as `scorecard new` leaves it."""
    ask("new", tmp_path / "council")
    return tmp_path / "council"


def _extract(folder: Path) -> Path:
    folder.mkdir()
    (folder / "ssd_person.csv").write_text("pers_person_id,pers_dob\nc1,2010-05-05\n", encoding="utf-8")
    (folder / "ssd_cin_episodes.csv").write_text(
        "cine_referral_id,cine_person_id,cine_referral_date\nR1,c1,2021-11-03\n", encoding="utf-8"
    )
    return folder


def test_a_new_workspace_has_a_handbook_that_says_what_is_not_there_yet(council: Path) -> None:
    text = about(open_workspace(council), DAY)
    for said in (
        "No extract has been taken yet",
        "There are no mapping files",
        "No grade was overridden",
        "Nobody supplies totals",
        "Every definition and every standard is the library's",
        "The teams are those the records list",
        "| December 2021 | 31 December 2021 | 4 January 2022 |",
        "Nothing is written in the ledger",
    ):
        assert said in text, said


def test_all_that_was_settled_stands_in_it(council: Path, tmp_path: Path) -> None:
    (council / "mappings").mkdir(exist_ok=True)
    for name, content in _FILES.items():
        (council / name).write_text(content, encoding="utf-8")
    ask("take", _extract(tmp_path / "extract"), "--as-at", "2021-11-30", workspace=council)
    ask("freeze", "2021-11", workspace=council)
    workspace = open_workspace(council)
    text = about(workspace, DAY)
    for said in (
        f"The newest extract is {workspace.snapshots.all()[-1].id}, as at 30 November 2021, from extract.",
        "2 of its files and sheets are tables of the contract",
        "| ssdx_contact_screenings (screenings of contacts by a hub) |",
        "- **Contacts by route** (`mappings/contacts.toml`) feeds `ssd_contacts`. Every row is a contact. From the",
        "Ask the MASH for it on the first of the month.",
        "`rereferrals_12m_pct`, from October 2021 to November 2021: graded unreliable by Head of Performance.",
        "accepted by Data Quality Manager until 30 November 2021: Known, and mended",
        "at the next release. **This has run out.**",
        "- **Early help**: Payment by results claims. Nothing has been given yet.",
        "Under review, on `cpp_open`: Being looked at. (Head of Service; since 31 October 2021",
        "**It should have been looked at again.**",
        "- 31 October 2021: North (`T1`) ends.",
        "Last frozen: November 2021, revision 1",
    ):
        assert said in text, said
    steps = [(step.act, step.to) for step in workspace.store.ledger.all()]
    assert steps == [("extract taken", workspace.snapshots.all()[-1].id), ("month frozen", "2021-11/1")]
    lately = about(workspace, date.fromisoformat(workspace.store.ledger.all()[0].by.at[:10]))
    assert f"| extract taken | {steps[0][1]} |" in lately


def test_it_is_printed_or_written_to_a_file(council: Path, tmp_path: Path) -> None:
    printed = ask("about", workspace=council).out
    said = ask("about", "--out", tmp_path / "handbook.md", workspace=council)
    assert "Written: " in said.out
    assert (tmp_path / "handbook.md").read_text(encoding="utf-8") == printed
    assert printed.startswith("# How the scorecard of ")
