"""A draft says which table a report probably is and how sure each line is; it reads, and says nothing of a child."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.mapping.drafting import draft
from scorecard.contract.mapping.forms import From
from scorecard.contract.mapping.mapping import Condition, Heading
from scorecard.contract.mapping.profile import Profile, header_row_of, look_at
from scorecard.contract.mapping.reading import read_mapping
from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from scorecard.contract.mapping.profile import Looked

REPORT = """Contacts by route,,,,,
Person ID,Date of contact,Source of contact,Child's name,Comments,Colour
7,01/11/2021,Police,Jo Bloggs,was seen,red
8,02/11/2021,Police,Mo Bloggs,was not,blue
9,03/11/2021,Martians,Flo Bloggs,was,green
Total 3,,,,,
"""


@pytest.fixture
def looked(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[[str], Looked]:
    """Looks at a report given as CSV."""

    def look(report: str) -> Looked:
        (tmp_path / "contacts by day.csv").write_text(report, encoding="utf-8")
        (piece,), _ = pieces_of(tmp_path / "contacts by day.csv", connection)
        found = look_at(connection, piece)
        assert found is not None
        return found

    return look


def test_a_draft_names_the_likeliest_table_and_how_sure_each_column_is(looked: Callable[[str], Looked]) -> None:
    text = draft(load_contract(), looked(REPORT))
    assert 'into = "ssd_contacts"' in text
    assert 'columns.cont_person_id = "Person ID"  # sure: same name' in text
    assert 'columns.cont_contact_date = "Date of contact"  # likely:' in text
    assert '# not matched: "Colour"' in text
    assert "# needed and not found: columns.cont_contact_id" in text
    assert 'without = [{ column = "Person ID", starts_with = ["Total"] }]' in text


def test_every_spelling_of_a_code_is_listed_with_its_code_or_left_to_fill_in(looked: Callable[[str], Looked]) -> None:
    text = draft(load_contract(), looked(REPORT))
    assert '"Police" = "6"  # 2 rows\n' in text
    assert '"Martians" = ""  # 1 row; not matched' in text


def test_columns_that_seem_personal_are_not_looked_at_and_no_other_cell_is_told(
    looked: Callable[[str], Looked],
) -> None:
    found = looked(REPORT)
    text = draft(load_contract(), found)
    assert found.personal == ("Child's name", "Comments")
    assert not {word for word in ("Bloggs", "seen", "red", "01/11", "Total 3") if word in text}


def test_a_draft_reads_as_the_mapping_it_says(looked: Callable[[str], Looked], tmp_path: Path) -> None:
    path = tmp_path / "contacts.toml"
    path.write_text(draft(load_contract(), looked(REPORT)), encoding="utf-8")
    mapping = read_mapping(path, load_contract())
    assert mapping.tables[0].columns["cont_person_id"] == From("Person ID")
    assert mapping.values["cont_contact_source_code"] == {"Martians": "", "Police": "6"}


def test_headings_of_groups_gaps_and_columns_that_repeat_are_seen(
    looked: Callable[[str], Looked], tmp_path: Path
) -> None:
    report = (
        "Person ID,Contact date,Visit 1,Visit 2\nNorth team\n7,01/11/2021,x,y\n,02/11/2021,x,y\nSouth team\n"
        "9,03/11/2021,x,y\nTotal,3\n"
    )
    path = tmp_path / "contacts.toml"
    path.write_text(text := draft(load_contract(), looked(report)), encoding="utf-8")
    mapping = read_mapping(path, load_contract())
    assert mapping.rows.heading == Heading("Person ID", "Group")
    assert mapping.rows.without == (Condition("Person ID", "starts_with", ("Total",)),)
    assert mapping.rows.carry_down == (), "whose record a row is must be said by a person"
    assert '# "Person ID" is empty in 1 row with other cells filled.' in text
    assert '# "Visit …" stands 2 times' in text
    assert "North" not in text


def test_a_header_over_two_lines_or_with_odd_signs_still_gives_a_mapping_that_reads(
    looked: Callable[[str], Looked], tmp_path: Path
) -> None:
    path = tmp_path / "contacts.toml"
    report = REPORT.replace("Date of contact", '"Date of\ncontact"').replace("Colour", '"Co""lour\\\x7f"')
    path.write_text(draft(load_contract(), looked(report)), encoding="utf-8")
    assert "Date of\ncontact" in read_mapping(path, load_contract()).headers


def test_the_same_report_gives_the_same_draft(looked: Callable[[str], Looked]) -> None:
    assert draft(load_contract(), looked(REPORT)) == draft(load_contract(), looked(REPORT))


def test_a_report_of_nothing_the_contract_knows_says_so_and_still_lists_its_columns(
    looked: Callable[[str], Looked],
) -> None:
    text = draft(load_contract(), looked("Colour,Shape\nred,round\nblue,square\n"))
    assert "# No column could be matched to a table of the contract." in text
    assert '# not matched: "Shape"' in text


def test_the_header_is_the_row_with_most_words_and_a_table_of_numbers_has_none() -> None:
    assert header_row_of([("Title", "", ""), ("A", "B", "C"), ("x", "1", "2")]) == 2
    assert header_row_of([("1", "2"), ("3", "01/02/2021")]) is None


def test_a_column_of_many_different_texts_is_not_listed(looked: Callable[[str], Looked]) -> None:
    rows = "".join(f"{n},text number {n}\n" for n in range(200))
    columns = {one.header: one for one in looked("Person ID,Source of contact\n" + rows).columns}
    assert columns["Source of contact"] == Profile("Source of contact", 200, 0.0, 0.0, {})


@pytest.mark.parametrize("header", ["Person ID", "Mosaic ID", "Liquidlogic ID"])
def test_an_identifier_of_five_digits_is_no_day_of_a_spreadsheet(looked: Callable[[str], Looked], header: str) -> None:
    rows = "".join(f"{10_000 + number},{number % 28 + 1:02}/11/2021,Police\n" for number in range(40))
    text = draft(load_contract(), looked(f"{header},Contact date,Contact source\n{rows}"))
    assert f'columns.cont_person_id = "{header}"' in text
