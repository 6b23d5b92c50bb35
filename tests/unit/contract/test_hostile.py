"""An extract with everything wrong with it: one report, nothing taken, and not one value of a record in it."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
import xlsxwriter

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.report import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.unit.contract.conftest import Read

    from scorecard.contract.report import CheckReport

SECRETS = ("Zedekiah", "Quux", "ID77001", "ID77002", "ID77999", "31/02/2021", "AUNTIE", "crimson", "1999-09-09")

HOSTILE: Mapping[str, bytes] = {
    "ssd_contacts.csv": (
        b"cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,favourite_colour\n"
        b"k1,ID77001,31/02/2021,1A,crimson\n"
        b"k2,ID77001,2021-11-02,AUNTIE,crimson\n"
        b"k3,ID77999,2021-11-03,6,crimson\n"
        b"k4,ID77002,2021-11-04,6,crimson\n"
        b"k4,ID77002,2021-11-05,6,crimson\n"
    ),
    "ssd_person.csv": (
        b"pers_person_id,pers_forename,pers_surname,pers_sex,pers_ethnicity,pers_dob\n"
        b"ID77001,Zedekiah,Quux,F,WBRI,1999-09-09\nID77002,Zedekiah,Quux,M,WBRI,1999-09-09\n"
    ),
    "ssd_cp_plans.csv": b"cppl_cp_plan_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\np1,2021-10-02,2021-10-01\n",
    "ssd_cin_assessments.csv": (
        b"cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
        b"a1,ID77001,2021-10-10,2021-10-01\n"
    ),
    "ssd_s47_enquiry.csv": b"",
    "ssd_department.csv": "dept_team_id,dept_team_name\nt1,Caf\u00e9\n".encode("cp1252"),
    "ssd_cin_visits.csv": (
        b"cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nVisit number,Child,Day of the visit\n"
        b"v1,ID77001,2021-10-10\n"
    ),
    "ssd_cla_visits.csv": b"clav_cla_visit_id,clav_person_id,clav_cla_visit_date\nv1,ID77001,2021-10-10,Quux\n",
    "ssd_professionals.csv": b"prof_professional_id\n\x81\x8d\n",
    "ssd_missing.xlsx": b"this is no workbook",
    "notes.docx": b"PK\x03\x04",
}

EXPECTED = [
    (Severity.WARN, "bad_date", "ssd_contacts.csv", "row 2", "cont_contact_date"),
    (Severity.WARN, "unknown_code", "ssd_contacts.csv", "row 3", "cont_contact_source_code"),
    (Severity.WARN, "orphan", "ssd_contacts.csv", "row 4", "cont_person_id"),
    (Severity.BLOCK, "duplicate_key", "ssd_contacts.csv", "rows 5 and 6", "cont_contact_id and cont_person_id"),
    (Severity.NOTE, "unknown_column", "ssd_contacts.csv", "", "favourite_colour"),
    (Severity.BLOCK, "missing_column", "ssd_cp_plans.csv", "", "cppl_person_id"),
    (Severity.WARN, "rule", "ssd_cp_plans.csv", "row 2", "cppl_cp_plan_end_date"),
    (Severity.WARN, "rule", "ssd_cin_assessments.csv", "row 2", "cina_assessment_auth_date"),
    (Severity.BLOCK, "empty_file", "ssd_s47_enquiry.csv", "", ""),
    (Severity.NOTE, "encoding", "ssd_department.csv", "", ""),
    (Severity.BLOCK, "encoding", "ssd_professionals.csv", "row 2", ""),
    (Severity.BLOCK, "two_headers", "ssd_cin_visits.csv", "row 2", ""),
    (Severity.BLOCK, "ragged_row", "ssd_cla_visits.csv", "row 2", ""),
    (Severity.BLOCK, "wrong_format", "ssd_missing.xlsx", "", ""),
    (Severity.NOTE, "not_read", "notes.docx", "", ""),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    """The report on the hostile extract, read once."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    with duckdb.connect() as connection:
        return read_extract(folder, load_contract(), as_at=date(2021, 11, 30), connection=connection).report


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: f"{expected[1]} {expected[2]}")
def test_each_fault_is_reported_with_its_place(
    report: CheckReport,
    expected: tuple[Severity, str, str, str, str],
) -> None:
    assert expected in [(one.severity, one.code, one.file, str(one.rows), one.column) for one in report.findings]


def test_each_fault_says_what_to_do(report: CheckReport) -> None:
    for finding in report.findings:
        assert finding.problem.endswith("."), finding
        assert finding.remedy.endswith("."), finding


def test_the_extract_as_a_whole_is_not_to_be_taken(report: CheckReport) -> None:
    assert report.blocks


def test_the_report_holds_no_value_of_a_record(report: CheckReport) -> None:
    said = "\n".join(f"{finding} {finding!r}" for finding in report.findings)
    assert not [secret for secret in SECRETS if secret in said]


def test_tables_that_are_not_there_are_named(report: CheckReport) -> None:
    (missing,) = [finding for finding in report.findings if finding.code == "tables_not_supplied"]
    assert "ssd_cla_episodes" in missing.problem
    assert "ssd_contacts" not in missing.problem


def test_findings_come_with_what_blocks_first(report: CheckReport) -> None:
    order = list(Severity)
    grave = [order.index(finding.severity) for finding in report.findings]
    assert grave == sorted(grave)


def test_without_children_nothing_can_be_taken(read: Callable[[Path], Read], tmp_path: Path) -> None:
    (tmp_path / "ssd_contacts.csv").write_bytes(HOSTILE["ssd_contacts.csv"])
    found = read(tmp_path).found("missing_table")
    assert [(finding.severity, finding.table) for finding in found] == [(Severity.BLOCK, "ssd_person")]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("Contact,Child,Day\ncont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-11-01\n", "row 1"),
        ("cont_contact_id,cont_person_id,cont_contact_date\nContact,Child,Day\nk1,c1,2021-11-01\n", "row 2"),
        (
            (
                "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-11-01\n"
                "cont_contact_id,cont_person_id,cont_contact_date\nk2,c1,2021-11-01\n"
            ),
            "row 3",
        ),
    ],
    ids=["labels above", "labels below", "again further down"],
)
def test_a_second_header_blocks_wherever_it_is(
    read_files: Callable[[Mapping[str, str]], Read],
    content: str,
    row: str,
) -> None:
    read = read_files({"ssd_contacts.csv": content})
    assert [str(finding.rows) for finding in read.found("two_headers")] == [row]
    assert read.report.blocks


def test_a_file_without_headers_is_no_table(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    read = read_files({"ssd_contacts.csv": "k1,c1,2021-11-01\nk2,c1,2021-11-02\n"})
    assert [finding.place for finding in read.found("no_header")] == ["ssd_contacts.csv, row 1"]
    assert read.report.blocks


def test_a_file_under_another_tables_name_is_read_by_its_headers(
    read_files: Callable[[Mapping[str, str]], Read],
) -> None:
    read = read_files({"ssd_cp_plans.csv": "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-11-01\n"})
    assert [finding.table for finding in read.found("named_otherwise")] == ["ssd_contacts"]
    assert read.rows("SELECT count(*) FROM ssd_contacts") == [(1,)]


def test_a_column_twice_blocks(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    read = read_files({"ssd_person.csv": "pers_person_id,pers_dob,pers_dob\nc1,2010-01-01,2011-01-01\n"})
    assert [finding.column for finding in read.found("column_twice")] == ["pers_dob"]
    assert read.report.blocks


@pytest.mark.parametrize(
    "content",
    [
        'cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,"2021-11-01\nk2,c1,2021-11-02\n',
        "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1\n",
        "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-11-01,more\n",
        "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1," + "x" * 200_000 + "\n",
    ],
    ids=["open quotation", "short", "long", "huge"],
)
def test_a_row_that_cannot_be_taken_apart_is_never_dropped_silently(
    read_files: Callable[[Mapping[str, str]], Read],
    content: str,
) -> None:
    read = read_files({"ssd_contacts.csv": content})
    rows = read.rows("SELECT count(*) FROM ssd_contacts")[0][0]
    assert rows == 1 or read.report.blocks


_CONTACTS = "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\n"


@pytest.mark.parametrize("rows", [0, 1, 20_000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_quotation_mark_that_is_never_closed_blocks_where_it_is_opened(
    read_files: Callable[[Mapping[str, bytes]], Read],
    rows: int,
    encoding: str,
) -> None:
    after = "".join(f"k{number},c1,2021-11-03,6\n" for number in range(9, 9 + rows))
    content = _CONTACTS + 'k1,c1,2021-11-01,6\nk2,c1,2021-11-02,"6\n' + after
    read = read_files({"ssd_contacts.csv": content.encode(encoding)})
    (finding,) = read.found("open_quotation")
    assert (finding.severity, finding.place) == (Severity.BLOCK, "ssd_contacts.csv, row 3")
    assert "opened in row 3 and never closed" in finding.problem


def test_quotation_marks_within_a_quoted_cell_still_read(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    content = _CONTACTS + 'k1,c1,2021-11-01,"a "quoted" word"\nk2,c1,2021-11-02,"6"'
    read = read_files({"ssd_contacts.csv": content})
    assert not read.report.blocks
    assert read.rows("SELECT count(*) FROM ssd_contacts") == [(2,)]


def test_a_column_with_the_month_first_blocks(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    content = _CONTACTS + "k1,c1,11/02/2021,6\nk2,c1,11/13/2021,6\nk3,c1,31/02/2021,6\n"
    read = read_files({"ssd_contacts.csv": content})
    (first,), (no_day,) = read.found("month_first"), read.found("bad_date")
    assert (first.severity, first.place) == (Severity.BLOCK, "ssd_contacts.csv, row 3, column cont_contact_date")
    assert (no_day.severity, str(no_day.rows)) == (Severity.WARN, "row 4")


def test_a_day_that_is_impossible_either_way_round_only_warns(
    read_files: Callable[[Mapping[str, str]], Read],
) -> None:
    assert not read_files({"ssd_contacts.csv": _CONTACTS + "k1,c1,31/02/2021,6\n"}).report.blocks


def test_a_folder_that_is_not_there_is_a_finding_not_an_error(read: Callable[[Path], Read], tmp_path: Path) -> None:
    report = read(tmp_path / "nowhere").report
    assert report.blocks
    assert "no_files" in {finding.code for finding in report.findings}


def test_a_workbook_that_would_fill_the_memory_is_not_opened(read: Callable[[Path], Read], tmp_path: Path) -> None:
    path = tmp_path / "extract.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert [finding.code for finding in read(path).report.of(Severity.BLOCK)] == ["missing_table", "too_large"]


def test_a_workbook_with_a_stray_cell_in_the_last_corner_is_not_opened(
    read: Callable[[Path], Read], tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "extract.xlsx")) as book:
        people = book.add_worksheet("ssd_person")
        people.write_row(0, 0, ["pers_person_id", "pers_sex", "pers_ethnicity"])
        people.write(1_048_575, 16_383, "stray")
    codes = [finding.code for finding in read(tmp_path / "extract.xlsx").report.of(Severity.BLOCK)]
    assert codes == ["missing_table", "too_large"]


def test_sheets_that_hold_no_table_are_passed_over_with_a_note(read: Callable[[Path], Read], tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "extract.xlsx")) as book:
        people = book.add_worksheet("ssd_person")
        people.write_row(0, 0, ["pers_person_id", "pers_sex", "pers_ethnicity"])
        people.write_row(1, 0, ["c1", "F", "WBRI"])
        book.add_worksheet("Sheet2")
        book.add_worksheet("Pivot").write(0, 0, "Count of things")
    read_back = read(tmp_path / "extract.xlsx")
    assert not read_back.report.blocks
    assert {finding.file for finding in read_back.found("not_recognised")} == {
        "extract.xlsx, sheet Sheet2",
        "extract.xlsx, sheet Pivot",
    }


def test_a_file_whose_name_is_a_pattern_is_read_as_itself(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    contacts = "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-11-01\n"
    files = {"ssd_contacts [1].csv": contacts, "ssd_contacts (2).csv": contacts.replace("k1", "k2")}
    assert read_files(files).report.of(Severity.BLOCK) == ()
