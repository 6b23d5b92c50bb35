"""Several reports that each tell a part of a record give one record, and never by a silent choice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.reading import read_mappings
from scorecard.contract.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from scorecard.contract.report import CheckReport

MAPPINGS = {
    "started": """
report = "Assessments started"
[recognised_by]
headers = ["Assessment", "Started"]
[[table]]
into = "ssd_cin_assessments"
columns.cina_assessment_id = "Assessment"
columns.cina_person_id = "Child"
columns.cina_assessment_start_date = "Started"
[[table]]
into = "ssd_person"
columns.pers_person_id = "Child"
columns.pers_dob = "Born"
""",
    "completed": """
report = "Assessments completed"
[recognised_by]
headers = ["Assessment", "Authorised"]
[[table]]
into = "ssd_cin_assessments"
columns.cina_assessment_id = "Assessment"
columns.cina_person_id = "Child"
columns.cina_assessment_start_date = "Began"
columns.cina_assessment_auth_date = "Authorised"
[[table]]
into = "ssd_person"
columns.pers_person_id = "Child"
columns.pers_dob = "Born"
""",
}
STARTED = "Assessment,Child,Started,Born\na1,7,01/11/2021,01/01/2015\na2,8,02/11/2021,01/01/2016\n"
COMPLETED = "Assessment,Child,Began,Authorised,Born\na1,7,2021-11-01,09/11/2021,{born}\na3,9,{began},10/11/2021,\n"


@pytest.fixture
def reads(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[[str, str], CheckReport]:
    """Reads the two reports as one extract."""

    def read_them(started: str, completed: str) -> CheckReport:
        for folder in ("mappings", "reports"):
            (tmp_path / folder).mkdir()
        for name, text in MAPPINGS.items():
            (tmp_path / "mappings" / f"{name}.toml").write_text(text, encoding="utf-8")
        (tmp_path / "reports" / "a.csv").write_text(started, encoding="utf-8")
        (tmp_path / "reports" / "b.csv").write_text(completed, encoding="utf-8")
        how = Reading(mappings=read_mappings(tmp_path / "mappings", load_contract()))
        day = date(2021, 11, 30)
        return read_extract(tmp_path / "reports", load_contract(), as_at=day, connection=connection, how=how).report

    return read_them


def test_a_record_told_in_part_by_two_reports_is_one_record(
    reads: Callable[[str, str], CheckReport], connection: duckdb.DuckDBPyConnection
) -> None:
    report = reads(STARTED, COMPLETED.format(born="", began="03/11/2021"))
    assert not report.blocks
    assert connection.execute(
        "SELECT cina_assessment_id, day(cina_assessment_start_date), day(cina_assessment_auth_date)"
        " FROM ssd_cin_assessments ORDER BY ALL"
    ).fetchall() == [("a1", 1, 9), ("a2", 2, None), ("a3", 3, 10)]
    assert connection.execute("SELECT count(*) FROM ssd_person").fetchone() == (3,)


def test_rows_that_contradict_one_another_block(reads: Callable[[str, str], CheckReport]) -> None:
    started = STARTED.replace("a1,7,01/11/2021", "a1,7,05/11/2021")
    report = reads(started, COMPLETED.format(born="", began="03/11/2021"))
    assert [finding.code for finding in report.findings if finding.severity == "block"] == ["duplicate_key"] * 2


def test_a_child_whom_two_reports_tell_otherwise_follows_the_first_and_is_told(
    reads: Callable[[str, str], CheckReport], connection: duckdb.DuckDBPyConnection
) -> None:
    report = reads(STARTED, COMPLETED.format(born="05/05/2015", began="03/11/2021"))
    (said,) = [finding for finding in report.findings if finding.code == "reports_differ"]
    assert (said.file, str(said.rows), said.column) == ("b.csv", "row 2", "pers_dob")
    assert not report.blocks
    born = connection.execute("SELECT month(pers_dob) FROM ssd_person WHERE pers_person_id = '7'").fetchone()
    assert born == (1,)


def test_rows_of_one_report_with_one_key_are_one_record_and_it_is_said(
    reads: Callable[[str, str], CheckReport], connection: duckdb.DuckDBPyConnection
) -> None:
    again = STARTED + "a1,7,,01/01/2015\na1,7,01/11/2021,01/01/2015\n"
    report = reads(again, COMPLETED.format(born="", began="03/11/2021"))
    assert connection.execute("SELECT count(*) FROM ssd_cin_assessments").fetchone() == (3,)
    (said,) = [finding for finding in report.findings if finding.code == "one_key"]
    assert (said.file, said.rows.first, said.table) == ("a.csv", (4, 5), "ssd_cin_assessments")
