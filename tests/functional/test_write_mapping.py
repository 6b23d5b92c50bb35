"""From a folder of reports to mapping files: what `check --write-mapping` leaves for a person to finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from command_line import say

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS = "Contact ID,Person ID,Contact date,Contact source\nc1,7,01/11/2021,Police\nc2,8,02/11/2021,{source}\n"


def _report(folder: Path, source: str = "Martians") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "All our calls.csv"
    path.write_text(CONTACTS.format(source=source), encoding="utf-8")
    return path


def _drafted(source: Path, workspace: Path) -> list[str]:
    said = say("check", source, "--write-mapping", workspace=workspace)
    return [line.rpartition("/")[2] for line in said.err.splitlines() if line.startswith("Drafted: ")]


def test_a_draft_that_is_given_a_name_maps_the_report_and_then_only_what_is_missing_is_drafted(
    workspace: Path, tmp_path: Path
) -> None:
    report = _report(tmp_path / "reports")
    mappings = workspace / "mappings"
    assert _drafted(report, workspace) == ["all-our-calls.draft.toml"]
    checked = say("check", report, "--format", "json", workspace=workspace)
    assert "not_recognised" in checked.out, "a draft is not read"
    (mappings / "all-our-calls.draft.toml").rename(mappings / "calls.toml")
    checked = say("check", report, "--format", "json", workspace=workspace)
    assert "unmapped_values" in {finding["code"] for finding in checked.data["findings"]}
    assert "not_recognised" not in checked.out
    assert _drafted(report, workspace) == ["calls.draft.toml"]
    assert '"Martians" = ""  # 1 row; not matched' in (mappings / "calls.draft.toml").read_text(encoding="utf-8")


def test_what_a_person_wrote_is_never_written_over(workspace: Path, tmp_path: Path) -> None:
    report = _report(tmp_path / "reports")
    _drafted(report, workspace)
    draft = workspace / "mappings" / "all-our-calls.draft.toml"
    mine = draft.read_text(encoding="utf-8") + "# mine\n"
    draft.write_text(mine, encoding="utf-8")
    assert _drafted(report, workspace) == ["all-our-calls-2.draft.toml"]
    assert draft.read_text(encoding="utf-8") == mine
    assert _drafted(report, workspace) == ["all-our-calls-2.draft.toml"], "an untouched draft is the same again"


def test_where_everything_is_known_nothing_is_drafted(workspace: Path, tmp_path: Path) -> None:
    report = _report(tmp_path / "reports", "School")
    _drafted(report, workspace)
    mappings = workspace / "mappings"
    (mappings / "all-our-calls.draft.toml").rename(mappings / "calls.toml")
    said = say("check", report, "--write-mapping", workspace=workspace)
    assert said.err == "Nothing to draft: every report is known, and every value matched.\n"


def test_a_mapping_that_no_file_fits_is_told(workspace: Path, tmp_path: Path) -> None:
    report = _report(tmp_path / "reports")
    _drafted(report, workspace)
    mappings = workspace / "mappings"
    (mappings / "all-our-calls.draft.toml").rename(mappings / "calls.toml")
    other = tmp_path / "other.csv"
    other.write_text("pers_person_id,pers_dob\n7,01/01/2015\n", encoding="utf-8")
    told = say("check", other, "--format", "json", workspace=workspace).data["findings"]
    assert [one["file"] for one in told if one["code"] == "mapping_not_used"] == ["calls.toml"]


def test_a_damaged_workbook_among_the_reports_is_told_and_the_others_are_drafted(
    workspace: Path, tmp_path: Path
) -> None:
    report = _report(tmp_path / "reports")
    (report.parent / "damaged.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert _drafted(report.parent, workspace) == ["all-our-calls.draft.toml"]
