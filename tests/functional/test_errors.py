"""What a user gets wrong is answered in words, with an exit code and what to do; no traceback, no record's value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from command_line import Said, ask, say
from xlsxwriter.exceptions import FileCreateError

from scorecard.store.months import Months
from scorecard.store.snapshots import Snapshots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEED_A_WORKSPACE = (
    ("take", "nowhere", "--as-at", "2021-11-30"),
    ("freeze", "2021-11"),
    ("facts", "2021-11"),
    ("cases", "referrals/2021-11/month"),
    ("explain", "referrals/2021-11/month"),
    ("pack", "2021-11"),
    ("status", "2021-11"),
    ("month", "2021-11", "nowhere"),
)

NEED_A_MONTH = ("freeze", "facts", "pack", "status")

UNREASONED = (
    "[parameters.assessment_limit]\ntitle = 't'\nunit = 'u'\nvalues = [{ from = 2021-04-01, value = 40, source = 's' }]"
)
"""A parameter of the library's replaced without saying why."""

COUNCIL = "[authority]\nname = 'x'\n"
POPULATION = "[[population]]\nfrom = 2021-04-01\nsource = 's'\n"

OWN_FILES = (
    "scorecard.toml",
    "targets.toml",
    "parameters.toml",
    "bank_holidays.csv",
    "commentary/2021-11.md",
    "packs/scorecard.toml",
    "benchmarks/own.csv",
    "indicators/own.md",
    "dimensions/own.md",
)
"""Files people write by hand, which a spreadsheet or an editor may save in Windows-1252."""

SECRETS = ("Zedekiah", "Quux", "ID77001", "ID77002", "ID77999", "31/02/2021", "AUNTIE", "1999-09-09")
HOSTILE = {
    "ssd_person.csv": "pers_person_id,pers_forename,pers_sex,pers_dob\nID77001,Zedekiah,F,1999-09-09\n",
    "ssd_contacts.csv": (
        "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\n"
        "k1,ID77001,31/02/2021,1A\nk2,ID77999,2021-11-02,AUNTIE\nk3,ID77002,2021-11-02,6\nk3,ID77002,2021-11-03,6\n"
    ),
    "ssd_cp_plans.csv": "cppl_cp_plan_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\np1,2021-10-02,2021-10-01\n",
    "ssd_s47_enquiry.csv": "",
    "ssd_cin_visits.csv": (
        "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nVisit number,Child,Day of the visit\n"
        "v1,ID77001,2021-10-10\n"
    ),
    "letter.csv": "Dear,Quux\nyours,Zedekiah\n",
}


def _is_told(said: Said, code: int) -> None:
    """Words on the error channel, the exit code of their kind, and no sign of a fault of ours."""
    assert said.code == code, (said.out, said.err)
    assert said.err.strip()
    assert "Traceback" not in said.out + said.err
    assert "fault of ours" not in said.err


@pytest.mark.parametrize("words", NEED_A_WORKSPACE, ids=lambda words: words[0])
def test_a_folder_that_is_no_workspace_is_told_from_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = say(*words, workspace=tmp_path)
    _is_told(said, 13)
    assert "is no workspace" in said.err
    assert "scorecard new DIR" in said.err


@pytest.mark.parametrize("command", NEED_A_MONTH)
@pytest.mark.parametrize("written", ["november", "2021-13", "11/2021", "2021", ""])
def test_a_month_is_written_as_year_and_month(workspace: Path, command: str, written: str) -> None:
    said = say(command, written, workspace=workspace)
    _is_told(said, 2)
    assert ("a year has no month 13" if written == "2021-13" else "YYYY-MM") in said.err


@pytest.mark.parametrize("written", ["30/11/2021", "2021-11", "2021-02-30"])
def test_a_day_is_written_as_year_month_and_day(workspace: Path, written: str) -> None:
    said = say("take", workspace, "--as-at", written, workspace=workspace)
    _is_told(said, 2)
    assert "YYYY-MM-DD" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("facts", "2021-11", "--indicator", "asessments_45wd_pct"),
        ("cases", "asessments_45wd_pct/2021-11/month"),
        ("explain", "asessments_45wd_pct/2021-11/month"),
        ("indicators", "asessments_45wd_pct"),
        ("sql", "asessments_45wd_pct"),
    ],
    ids=lambda words: words[0],
)
def test_a_figure_nobody_defined_is_answered_with_the_nearest(taken: Path, words: tuple[str, ...]) -> None:
    said = say(*words, workspace=taken)
    _is_told(said, 2)
    assert "There is no figure called “asessments_45wd_pct”." in said.err
    assert "Did you mean assessments_45wd_pct?" in said.err


@pytest.mark.parametrize(
    "key", ["referrals", "referrals/2021-11", "referrals/2021-11/week", "referrals/2021-11/month/x"]
)
def test_a_key_that_cannot_be_read_is_answered_with_how_one_is_written(taken: Path, key: str) -> None:
    for command in ("cases", "explain"):
        said = say(command, key, workspace=taken)
        _is_told(said, 2)
        assert "cpp_open/2021-11/month_end" in said.err


@pytest.mark.parametrize("view", ["first", "now"])
@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("referrals/2021-11/month_end", "referrals/2021-11/month"),
        ("referrals/2021-11/month/source/nobody", "referrals/2021-11/month/source/"),
        ("cpp_open/2021-11/year_to_date", "cpp_open/2021-11/month_end"),
    ],
)
def test_a_key_without_a_fact_is_answered_with_those_there_are(demo: Path, view: str, key: str, near: str) -> None:
    said = say("explain", key, "--view", view, workspace=demo)
    _is_told(said, 2)
    assert f"There is no fact {key}." in said.err
    assert near in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("freeze", "2021-11"),
        ("facts", "2021-11"),
        ("facts", "2021-11", "--known", "2021-11-30"),
        ("pack", "2021-11"),
        ("explain", "referrals/2021-11/month"),
    ],
    ids=" ".join,
)
def test_without_an_extract_that_reaches_the_month_s_end_nothing_is_counted(
    workspace: Path, words: tuple[str, ...]
) -> None:
    said = say(*words, workspace=workspace)
    _is_told(said, 12)
    assert "scorecard take SOURCE --as-at 2021-11-30" in said.err


def test_a_month_that_was_not_frozen_has_no_first_view(taken: Path) -> None:
    for words in (("facts", "2021-11"), ("explain", "referrals/2021-11/month"), ("pack", "2021-11")):
        said = say(*words, "--view", "first", workspace=taken)
        _is_told(said, 12)
        assert "scorecard freeze 2021-11" in said.err


def test_an_extract_after_the_month_is_not_known_on_an_earlier_day(taken: Path) -> None:
    _is_told(say("facts", "2021-10", "--known", "2021-11-29", workspace=taken), 12)
    ask("facts", "2021-10", "--known", "2021-11-30", workspace=taken)


def test_a_source_that_is_not_there_is_said_to_be_missing(workspace: Path, tmp_path: Path) -> None:
    for words in (("check", tmp_path / "nowhere"), ("take", tmp_path / "nowhere", "--as-at", "2021-11-30")):
        where = None if words[0] == "check" else workspace
        said = say(*words, workspace=where)
        _is_told(said, 11)
        assert "nowhere" in said.err


def test_an_empty_folder_is_no_extract(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = say("take", tmp_path / "empty", "--as-at", "2021-11-30", workspace=workspace)
    _is_told(said, 11)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An extract with much wrong with it."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, text in HOSTILE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _kept(workspace: Path) -> Iterator[Path]:
    return (path for path in (workspace / "store").rglob("*") if path.is_file())


def test_what_blocks_and_can_be_read_is_taken_and_stops_the_freeze_without_a_value(
    hostile: Path, workspace: Path
) -> None:
    assert say("check", hostile, "--as-at", "2021-11-30").code == 11
    ask("take", hostile, "--as-at", "2021-11-30", workspace=workspace)
    said = say("freeze", "2021-11", workspace=workspace)
    _is_told(said, 14)
    told = said.err + "".join(path.read_text(encoding="utf-8") for path in _kept(workspace) if path.suffix == ".json")
    assert "duplicate_key:ssd_contacts (2)" in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert not (workspace / "store" / "months").exists()


def test_nothing_of_a_hostile_extract_that_cannot_be_read_is_kept(hostile: Path, workspace: Path) -> None:
    (hostile / "ssd_cin_plans.csv").write_text('cinp_cin_plan_id,cinp_person_id\n"p1,ID77001\n', encoding="utf-8")
    checked = say("check", hostile, "--as-at", "2021-11-30")
    assert checked.code == 11
    said = say("take", hostile, "--as-at", "2021-11-30", workspace=workspace)
    _is_told(said, 11)
    assert "nothing has been kept" in said.err
    assert list(_kept(workspace)) == []
    assert say("month", "2021-11", hostile, workspace=workspace).code == 11
    assert list(_kept(workspace)) == []


@pytest.mark.parametrize("form", ["table", "json"])
def test_each_fault_of_a_hostile_extract_has_its_place_and_no_value_of_a_record(hostile: Path, form: str) -> None:
    said = say("check", hostile, "--as-at", "2021-11-30", "--format", form)
    told = said.out + said.err
    for place in ("ssd_contacts.csv", "cont_contact_date", "cont_contact_source_code", "ssd_s47_enquiry.csv"):
        assert place in told
    assert [secret for secret in SECRETS if secret in told] == []


def test_neither_a_refusal_nor_a_fault_of_ours_prints_a_record(hostile: Path, workspace: Path) -> None:
    said = say("take", hostile, "--as-at", "2021-11-30", workspace=workspace)
    assert [secret for secret in SECRETS if secret in said.out + said.err] == []


def test_a_fault_of_ours_is_said_to_be_one_without_its_text(taken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Zedekiah Quux")

    monkeypatch.setattr("scorecard.work.status.checklist", fail)
    said = say("status", "2021-11", workspace=taken)
    assert said.code == 70
    assert "fault of ours" in said.err
    assert "Zedekiah" not in said.out + said.err


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (PermissionError(13, "Zedekiah Quux", "kept/book.xlsx"), "kept/book.xlsx"),
        (OSError(18, "Zedekiah Quux", ".aside", None, "kept/book.xlsx"), "kept/book.xlsx"),
        (FileCreateError(PermissionError(13, "Zedekiah Quux", "kept/book.xlsx")), "kept/book.xlsx"),
        (OSError("Zedekiah Quux"), "A file or folder"),
        (FileCreateError("Zedekiah Quux"), "A file or folder"),
        (duckdb.IOException("Zedekiah Quux"), "A file or folder"),
    ],
)
def test_a_file_that_cannot_be_read_or_written_is_named_by_its_path_alone(
    taken: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, named: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("scorecard.work.status.checklist", fail)
    said = say("status", "2021-11", workspace=taken)
    _is_told(said, 13)
    assert said.err.startswith(f"{named} cannot be read or written.")
    assert "Is it open in another program, and does its folder exist?" in said.err
    assert [secret for secret in SECRETS if secret in said.out + said.err] == []


@pytest.mark.parametrize(
    "words",
    [
        ("facts", "2021-11", "--indicator", "referrals", "--format", "parquet"),
        ("cases", "referrals/2021-11/month", "--format", "xlsx"),
    ],
    ids=lambda words: words[0],
)
def test_a_file_that_cannot_be_written_is_no_fault_of_ours(taken: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """A folder stands where the file should go, as good as a workbook that is open on Windows."""
    said = say(*words, "--out", tmp_path, workspace=taken)
    _is_told(said, 13)
    assert "Is it open in another program" in said.err


def test_the_public_edition_is_refused_until_small_numbers_are_protected(taken: Path) -> None:
    said = say("pack", "2021-11", "--audience", "public", workspace=taken)
    _is_told(said, 14)
    assert not (taken / "packs" / "2021-11-now.html").exists()


@pytest.mark.parametrize("form", ["doc", "html,word", ",", "nonsense"])
def test_a_format_that_there_is_not_is_refused(taken: Path, form: str) -> None:
    said = say("pack", "2021-11", "--format", form, workspace=taken)
    _is_told(said, 2)
    assert "Formats are html, " in said.err


def test_a_workspace_is_not_begun_over_another(workspace: Path) -> None:
    before = (workspace / "scorecard.toml").read_bytes()
    _is_told(say("new", workspace), 14)
    assert (workspace / "scorecard.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[authority", "cannot be read"),
        ("[authority]\ncontact = 'x'", "scorecard.toml:1: [authority] has no `name`"),
        (COUNCIL + "[records]\ncovers_from = 'long ago'", "scorecard.toml:4: `covers_from` must be a day"),
        (COUNCIL + POPULATION + "persons = 'many'", "persons as a whole number without commas, such as 36110"),
        (COUNCIL + POPULATION + "persons = '36,110'", "`persons` must be a whole number without commas"),
        (COUNCIL + POPULATION, "a population has no `persons`"),
        (COUNCIL + "[pack]\nend_of_year = 'march'", "no meaning of the end of the year “march”"),
        (COUNCIL + "[pack]\nend_of_year = 'yer'", "Did you mean “year”?"),
        (COUNCIL + "[pack]\ncompare_team_from = 5", "Did you mean “compare_teams_from”?"),
        (COUNCIL + "[pack2]\nlayout = 'x'", "scorecard.toml:3: the file has no “pack2”\n  Did you mean “pack”?"),
        ("authority = 'x'", "`authority` must be [authority], not a value"),
    ],
)
def test_settings_that_cannot_be_read_are_answered_with_the_file(workspace: Path, wrong: str, said: str) -> None:
    (workspace / "scorecard.toml").write_text(wrong, encoding="utf-8")
    answer = say("status", "2021-11", workspace=workspace)
    _is_told(answer, 13)
    assert "scorecard.toml" in answer.err
    assert said in answer.err


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        ("targets.toml", "[[target]]\nmeasure = 'referals'\nfrom = 2021-04-01\nvalue = 1\nsource = 's'"),
        ("targets.toml", "[[target"),
        ("parameters.toml", "[parameters"),
        ("parameters.toml", UNREASONED),
        ("bank_holidays.csv", "day\nyesterday\n"),
        ("packs/scorecard.toml", "title = "),
        ("benchmarks/own.csv", "nothing\n1\n"),
        *((file, "caf\xe9") for file in OWN_FILES),
    ],
    ids=lambda value: repr(value.split("\n", maxsplit=1)[0]),
)
def test_a_file_of_the_council_s_own_that_cannot_be_read_is_named(taken: Path, file: str, wrong: str) -> None:
    path = taken / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(wrong.encode("latin-1"))
    said = say("pack", "2021-11", workspace=taken)
    assert said.code in {10, 13}, (said.code, said.err)
    assert "Traceback" not in said.err
    assert path.name in said.err
    assert "\n  " in said.err, "a remedy stands under the problem"


def test_a_wrong_option_or_command_is_answered_with_help() -> None:
    for words in (("fact",), ("facts",), ("facts", "2021-11", "--view", "last"), ("completion", "tcsh")):
        _is_told(say(*words), 2)


def test_every_command_has_help() -> None:
    commands = ask("--help").out.split("Commands:")[1].split("\n")
    names = [line.split()[0] for line in commands if line.startswith("  ") and line[2] != " "]
    assert {"demo", "new", "check", "take", "freeze", "facts", "cases", "explain", "pack", "status", "month"} <= set(
        names
    )
    for name in names:
        assert "Usage: scorecard " + name in ask(name, "--help").out


def test_no_store_is_made_by_looking(workspace: Path) -> None:
    say("facts", "2021-11", workspace=workspace)
    ask("status", "2021-11", workspace=workspace)
    assert Snapshots(workspace / "store" / "snapshots").all() == ()
    assert Months(workspace / "store" / "months").all() == ()
    assert list(_kept(workspace)) == []
