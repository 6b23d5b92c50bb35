"""Beside every mapped code an extract keeps the text as it arrived; nothing that is counted sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.reading import read_mappings
from scorecard.contract.reading import Reading

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

MAPPING = """
report = "Contacts"
[recognised_by]
headers = ["Person ID", "Contact date"]
[[table]]
into = "ssd_contacts"
columns.cont_contact_id = { key = ["Person ID", "Contact date"] }
columns.cont_person_id = "Person ID"
columns.cont_contact_date = "Contact date"
columns.cont_contact_source_code = "Source"
[[table]]
into = "ssd_person"
columns.pers_person_id = "Person ID"
columns.pers_dob = "Born"
columns.pers_sex = "Sex"
"""
REPORT = """Person ID,Contact date,Source,Born,Sex,Name
7,01/11/2021,Police,03/04/2012,Boy,Jo Bloggs
7,02/11/2021,MARTIANS,03/04/2012,Boy,Jo Bloggs
"""


def test_the_extract_holds_the_texts_as_they_arrived_beside_their_codes(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "contacts.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "report.csv").write_text(REPORT, encoding="utf-8")
    how = Reading(mappings=read_mappings(tmp_path / "mappings", load_contract()))
    extract = read_extract(
        tmp_path / "report.csv", load_contract(), as_at=date(2021, 11, 30), connection=connection, how=how
    )
    told = connection.execute("FROM ssd_contacts SELECT cont_contact_source_code, cont_contact_source_code__arrived")
    assert told.fetchall() == [("6", "Police"), (None, "MARTIANS")]
    assert connection.execute("FROM ssd_person SELECT pers_person_id, pers_sex").fetchall() == [("7", "M")]
    said = "\n".join(map(str, extract.report.findings))
    assert "MARTIANS" not in said
    assert not extract.report.blocks
