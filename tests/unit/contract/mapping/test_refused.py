"""A report that could be read in two ways, or a mapping that leaves out what is needed, is told and not guessed."""

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

    from scorecard.contract.report import Finding

CONTACTS = """report = "{name}"
[recognised_by]
headers = ["Person ID", "Contact date"]
[[table]]
into = "ssd_contacts"
columns.cont_contact_id = "Contact ID"
columns.cont_person_id = "Person ID"
"""
REPORT = "Person ID,Contact date,Contact ID\n7,01/11/2021,c1\n"


@pytest.fixture
def found(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[[dict[str, str]], list[Finding]]:
    """What is found in the report, read with these mappings."""

    def find(mappings: dict[str, str]) -> list[Finding]:
        (tmp_path / "mappings").mkdir()
        for name, text in mappings.items():
            (tmp_path / "mappings" / f"{name}.toml").write_text(text, encoding="utf-8")
        (tmp_path / "report.csv").write_text(REPORT, encoding="utf-8")
        how = Reading(mappings=read_mappings(tmp_path / "mappings", load_contract()))
        source = tmp_path / "report.csv"
        report = read_extract(source, load_contract(), as_at=date(2021, 11, 30), connection=connection, how=how).report
        return [*report.findings]

    return find


def test_two_mappings_that_fit_equally_are_both_left_and_the_report_blocks(
    found: Callable[[dict[str, str]], list[Finding]],
) -> None:
    findings = found({"one": CONTACTS.format(name="One"), "two": CONTACTS.format(name="Two")})
    (said,) = [finding for finding in findings if finding.code == "two_mappings"]
    assert said.severity == "block"
    assert "one and two" in said.problem


def test_a_column_that_a_table_needs_and_no_report_fills_blocks_with_its_name(
    found: Callable[[dict[str, str]], list[Finding]],
) -> None:
    findings = found({"one": CONTACTS.format(name="One")})
    (said,) = [finding for finding in findings if finding.code == "missing_column"]
    assert (said.severity, said.column, said.file) == ("block", "cont_contact_date", "report.csv")
    assert "columns.cont_contact_date" in said.remedy
