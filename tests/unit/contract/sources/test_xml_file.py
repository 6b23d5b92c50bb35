"""XML returns as tables: every kind of record, what is carried down to it, and what is refused where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources import xml_file
from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "samples"

CENSUS = """<Message>
<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year></CollectionDetails></Header>
<Children>
<Child>
  <ChildIdentifiers><LAchildID>c1</LAchildID><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
  <ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
    <Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities></ChildCharacteristics>
  <CINdetails><CINreferralDate>2021-04-01</CINreferralDate></CINdetails>
</Child>
<Child>
  <ChildIdentifiers><LAchildID>c2</LAchildID><Sex>F</Sex><Forename>Zedekiah</Forename></ChildIdentifiers>
  <CINdetails><CINreferralDate> 2021-05-02 </CINreferralDate><ReferralNFA/>
    <Assessments><AssessmentActualStartDate>2021-05-03</AssessmentActualStartDate>
      <FactorsIdentifiedAtAssessment>
        <AssessmentFactors>1A</AssessmentFactors><AssessmentFactors>3B</AssessmentFactors>
      </FactorsIdentifiedAtAssessment></Assessments>
    <Section47><S47ActualStartDate>2021-05-04</S47ActualStartDate></Section47>
    <Section47><S47ActualStartDate>2021-06-04</S47ActualStartDate></Section47>
  </CINdetails>
</Child>
</Children></Message>"""

RETURN = (
    "<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><DOB>01/02/2010</DOB><UASC />"
    "<AREVIEW><REVIEW>01/04/2021</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>"
    "<AREVIEW><REVIEW>01/09/2021</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW></HEADER>"
    "<EPISODE><DECOM>01/03/2021</DECOM><PL>U4</PL><DEC /></EPISODE></CHILD></EXPSSDA903>"
)

WORKFORCE = (
    "<Message><Header><CollectionDetails><Year>2022</Year></CollectionDetails></Header>"
    "<LALevelVacancies><NumberOfVacancies>7.50</NumberOfVacancies></LALevelVacancies>"
    "<CSWWWorker><SWENo>SW1</SWENo><Cases30>17</Cases30></CSWWWorker><CSWWWorker><SWENo>SW2</SWENo></CSWWWorker></Message>"
)


class Records:
    """The records of one XML file."""

    def __init__(self, text: str | bytes, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        path = folder / "return.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.connection = connection
        pieces, self.findings = pieces_of(path, connection)
        self.pieces = {piece.name: piece for piece in pieces}

    def rows(self, name: str, *columns: str) -> list[tuple[int | str | None, ...]]:
        """The rows of one kind with their numbers."""
        piece = self.pieces[name]
        (head,) = piece.head
        piece.pour(self.connection, "poured", {column: head.index(column) for column in columns}, 1)
        try:
            return self.connection.execute("SELECT * FROM poured ORDER BY _row").fetchall()
        finally:
            self.connection.execute("DROP TABLE poured")

    @property
    def refusal(self) -> Finding:
        """The one finding of a file that was refused, of which nothing is left."""
        assert not self.pieces
        assert self.connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
        (finding,) = self.findings
        assert finding.severity is Severity.BLOCK
        assert (finding.file, finding.remedy.endswith(".")) == ("return.xml", True)
        return finding


Read = Callable[[str | bytes], Records]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    """Reads a text as an XML file."""
    with duckdb.connect(":memory:") as connection:
        yield lambda text: Records(text, tmp_path, connection)


def test_each_kind_of_record_is_a_piece_and_carries_what_the_records_around_it_are_told_by(read: Read) -> None:
    census = read(CENSUS.format(year=2022))
    assert census.rows("cin-census Child", "LAchildID", "GenderCurrent", "Sex") == [
        (1, "c1", "1", None),
        (2, "c2", None, "F"),
    ]
    assert census.rows("cin-census Disability", "LAchildID", "Disability") == [(1, "c1", "HAND"), (2, "c1", "HEAR")]
    assert census.rows(
        "cin-census Section47", "LAchildID", "CINreferralDate", "CINdetails_no", "S47ActualStartDate"
    ) == [
        (1, "c2", "2021-05-02", "2", "2021-05-04"),
        (2, "c2", "2021-05-02", "2", "2021-06-04"),
    ]
    factors = census.rows(
        "cin-census AssessmentFactors", "Assessments_no", "AssessmentActualStartDate", "AssessmentFactors"
    )
    assert factors == [(1, "1", "2021-05-03", "1A"), (2, "1", "2021-05-03", "3B")]
    assert census.rows("cin-census CINdetails", "ReferralNFA") == [(1, None), (2, None)]
    assert census.rows("cin-census Header", "Collection", "Year", "LEA") == [(1, "CIN", "2022", None)]


def test_a_kind_is_there_without_records_only_from_the_year_the_department_asks_for_it(read: Read) -> None:
    assert "cin-census CINPlanDates" not in read(CENSUS.format(year=2021)).pieces
    assert "cin-census ChildProtectionPlans" in read(CENSUS.format(year=2021)).pieces
    assert read(CENSUS.format(year=2022)).rows("cin-census CINPlanDates", "CINPlanStartDate") == []


def test_the_903_return_has_its_episodes_and_reviews_by_child(read: Read) -> None:
    records = read(RETURN)
    assert records.rows("ssda903-xml HEADER", "CHILDID", "UASC") == [(1, "7", None)]
    assert records.rows("ssda903-xml EPISODE", "CHILDID", "DOB", "DECOM", "PL") == [
        (1, "7", "01/02/2010", "01/03/2021", "U4")
    ]
    assert [row[1:] for row in records.rows("ssda903-xml AREVIEW", "CHILDID", "REVIEW_CODE")] == [
        ("7", "PN1"),
        ("7", "PN2"),
    ]


def test_the_workforce_census_has_its_vacancies_and_workers(read: Read) -> None:
    records = read(WORKFORCE)
    assert records.rows("workforce-census LALevelVacancies", "NumberOfVacancies") == [(1, "7.50")]
    assert records.rows("workforce-census CSWWWorker", "SWENo", "Cases30") == [(1, "SW1", "17"), (2, "SW2", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "ascii"])
def test_a_return_reads_the_same_in_any_encoding_and_any_namespace(read: Read, encoding: str) -> None:
    spaced = (
        RETURN.replace("<", "<dfe:")
        .replace("<dfe:/", "</dfe:")
        .replace("<dfe:EXPSSDA903>", '<dfe:EXPSSDA903 xmlns:dfe="urn:x">')
    )
    for text in (RETURN, spaced):
        records = read(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))
        assert records.rows("ssda903-xml EPISODE", "CHILDID", "PL") == [(1, "7", "U4")]


def test_what_the_document_does_not_have_is_named_and_its_text_is_never_read(read: Read) -> None:
    census = read(CENSUS.format(year=2022))
    (finding,) = census.findings
    assert (finding.severity, finding.code) == (Severity.NOTE, "unknown_column")
    assert "“Forename” (1)" in finding.problem
    tables = census.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    kept = [census.connection.execute(f"FROM {table}").fetchall() for (table,) in tables]
    assert "c2" in repr(kept)
    assert "Zedekiah" not in repr((kept, finding))


def test_of_an_element_that_stands_twice_the_first_is_taken_and_it_is_told(read: Read) -> None:
    records = read(RETURN.replace("<PL>U4</PL>", "<PL>U4</PL><PL>K1</PL>"))
    assert records.rows("ssda903-xml EPISODE", "PL") == [(1, "U4")]
    assert [(one.code, one.severity, one.column) for one in records.findings] == [
        ("element_twice", Severity.WARN, "PL")
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>\n' + RETURN, "line 1, character 1"),
        ("\n<!DOCTYPE EXPSSDA903 SYSTEM 'file:///etc/passwd'>" + RETURN, "line 2, character 49"),
        (RETURN.replace("U4", "&who;"), "line 1, character"),
        (RETURN.replace("</EPISODE>", ""), "line 1, character"),
        (RETURN.replace("<EPISODE>", "\n<EPISODE>")[:-60], "line 2, character"),
        (f'<?xml version="1.0" encoding="klingon"?>{RETURN}', "line 1, character"),
        (RETURN.replace("<PL>", "<PL " + "x" * 1_200_000), "line 1, character"),
        (RETURN.replace("U4", "U" * 1_200_000), "line 1, character"),
        (RETURN.replace("U4", "U4" + "<x>" * 200 + "</x>" * 200), "line 1, character"),
        (RETURN.replace("U4", "\x00"), "line 1, character"),
    ],
    ids=["entity", "external", "no such entity", "not closed", "cut", "encoding", "tag", "value", "deep", "no text"],
)
def test_a_hostile_or_damaged_file_is_refused_with_its_place(read: Read, text: str, place: str) -> None:
    finding = read(text).refusal
    assert finding.code == "wrong_format"
    assert place in finding.problem
    assert finding.rows.first


@pytest.mark.parametrize("text", ["<Message><Pupils/></Message>", "<html><body>no</body></html>", "<Message/>"])
def test_an_unknown_document_is_refused_with_the_names_of_those_that_are_read(read: Read, text: str) -> None:
    assert "children in need census, SSDA903 return" in read(text).refusal.problem


def test_what_is_larger_than_any_return_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_file, "MOST_ELEMENTS", 12)
    assert "more than 12 elements" in read(RETURN).refusal.problem
    monkeypatch.setattr(xml_file, "MOST_BYTES", 100)
    assert read(RETURN).refusal.code == "too_large"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples of the field are not here")
@pytest.mark.parametrize(
    ("file", "name", "rows"),
    [
        ("ssda903_csc-validator-be-903/tests/fake_data/fake_903.xml", "ssda903-xml EPISODE", 459),
        ("ssda903_csc-validator-be-903/tests/fake_data/fake_903.xml", "ssda903-xml AREVIEW", 1206),
        ("cin_csc-validator-be-cin/fake_CIN_data.xml", "cin-census CINdetails", 402),
        ("cin_csc-validator-be-cin/fake_CIN_data.xml", "cin-census Disability", 117),
        ("cin_csc-validator-be-cin/CIN_Census_2021.xml", "cin-census CINPlanDates", 1),
        ("cin_csc-validator-be-cin/CIN_Census_2024.xml", "cin-census Child", 2),
        ("csww_liia-tools/social_work_workforce_2022.xml", "workforce-census CSWWWorker", 30),
    ],
)
def test_the_samples_of_the_field_are_read_in_full(read: Read, file: str, name: str, rows: int) -> None:
    records = read((SAMPLES / file).read_bytes())
    assert not records.findings
    (head,) = records.pieces[name].head
    assert len(records.rows(name, head[0])) == rows
