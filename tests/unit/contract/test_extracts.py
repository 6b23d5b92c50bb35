from __future__ import annotations

import csv
import random
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb
import fastexcel
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.templates import WORKBOOK, write_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.unit.contract.conftest import Read

CONTACTS = (
    "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_outcome_json\n"
    'k1,c1,2021-11-01,1A,"{""NFA_FLAG"": ""Y"", ""ADVICE_FLAG"": ""N""}"\n'
    'k2,c1,02/11/2021,6,"New referral, Advice"\n'
    "k3,c2,44504,2B,\n"
)
SCREENINGS = (
    "cscr_screening_id,cscr_person_id,cscr_route,cscr_received_datetime,cscr_decision_datetime\n"
    "s1,c1,MASH,2021-11-01 09:30:00,02/11/2021 08:15\n"
    "s2,c2,DAHUB,2021-11-03T10:00,\n"
)
FILES = {"ssd_contacts.csv": CONTACTS, "ssdx_contact_screenings.csv": SCREENINGS}


def _everything(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    names = load_contract().tables
    return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}


def _rows(text: str) -> list[list[str]]:
    return [list(row) for row in csv.reader(text.splitlines())]


def test_a_folder_becomes_the_contracts_tables(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    read = read_files(FILES)
    assert not read.report.blocks
    assert read.codes() == set()
    days = read.rows("SELECT cont_contact_id, CAST(cont_contact_date AS VARCHAR) FROM ssd_contacts")
    assert days == [("k1", "2021-11-01"), ("k2", "2021-11-02"), ("k3", "2021-11-04")]


def test_every_table_of_the_contract_is_there_with_its_types(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    read = read_files(FILES)
    for table in load_contract().tables.values():
        described = read.rows(f'DESCRIBE "{table.name}"')
        expected = [(column.name, column.type.sql.split()[0]) for column in table.loaded]
        assert [(row[0], row[1].split()[0]) for row in described] == expected


def test_nothing_but_the_contracts_tables_is_left(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    left = {name for (name,) in read_files(FILES).rows("SELECT table_name FROM duckdb_tables()")}
    assert left == set(load_contract().tables)


def test_json_flags_and_comma_lists_are_unpacked_alike(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    read = read_files(FILES)
    assert read.rows("SELECT * FROM ssdx_outcomes ORDER BY ALL") == [
        ("ssd_contacts", "k1", "c1", "NFA_FLAG"),
        ("ssd_contacts", "k2", "c1", "Advice"),
        ("ssd_contacts", "k2", "c1", "New referral"),
    ]


def test_factors_are_unpacked_under_their_assessment(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    factors = 'cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json\n,a1,"[""2B"",""16A""]"\n'
    read = read_files({"ssd_assessment_factors.csv": factors})
    found = read.rows("SELECT outc_table_name, outc_record_id, outc_outcome_code FROM ssdx_outcomes ORDER BY ALL")
    assert found == [("ssd_assessment_factors", "a1", "16A"), ("ssd_assessment_factors", "a1", "2B")]


def test_free_text_among_outcomes_is_left_out_and_said(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    text = "mother rang to say that " * 10
    rows = CONTACTS.splitlines()[0] + f'\nk1,c1,2021-11-01,1A,"Advice,{text}"\nk2,c1,2021-11-02,1A,"{{""NFA"": "\n'
    read = read_files({"ssd_contacts.csv": rows})
    assert read.rows("SELECT outc_outcome_code FROM ssdx_outcomes") == [("Advice",)]
    assert [finding.place for finding in read.found("free_text")] == [
        "ssd_contacts.csv, row 2, column cont_contact_outcome_json",
    ]
    assert str(read.found("bad_json")[0].rows) == "row 3"


def test_personal_columns_are_not_read(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    people = "pers_person_id,pers_forename,pers_surname,pers_sex,pers_ethnicity,pers_dob,pers_single_unique_id\n"
    read = read_files({"ssd_person.csv": people + "c1,Zedekiah,Quux,F,WBRI,2010-05-01,9434765919\n"})
    assert read.codes() == set()
    kept = str(_everything(read.connection))
    assert "c1" in kept
    assert not [word for word in ("Zedekiah", "Quux", "9434765919") if word in kept]


@pytest.mark.parametrize(
    "name", ["Contacts.csv", "03 ssd_contacts.csv", "dbo.ssd_contacts.csv", "export of november.csv"]
)
def test_a_table_is_known_by_its_name_or_else_its_headers(
    read_files: Callable[[Mapping[str, str]], Read],
    name: str,
) -> None:
    assert read_files({name: CONTACTS}).rows("SELECT count(*) FROM ssd_contacts") == [(3,)]


@pytest.mark.parametrize(
    "content",
    [
        CONTACTS.encode("utf-8-sig"),
        CONTACTS.encode("utf-16"),
        CONTACTS.replace("\n", "\r\n").encode(),
        CONTACTS.replace("\n", "\r\n\r\n").encode(),
        CONTACTS.replace(",", ";").replace("referral; Advice", "referral, Advice").encode(),
        (CONTACTS.rstrip("\n") + "\n,,,,\n\n").encode(),
        CONTACTS.replace("\n", ",,\n").encode(),
        ("Contacts in November,,,,\n" + CONTACTS).encode(),
        CONTACTS.replace("cont_person_id", '" Cont_Person_ID "').encode(),
    ],
    ids=["mark", "utf-16", "windows", "blank lines", "semicolons", "empty row", "trailing commas", "title", "spelling"],
)
def test_a_csv_file_reads_the_same_however_it_was_saved(
    read_files: Callable[[Mapping[str, str | bytes]], Read],
    content: bytes,
) -> None:
    read = read_files({"ssd_contacts.csv": content})
    assert not read.report.blocks
    found = read.rows("SELECT cont_contact_id, cont_person_id FROM ssd_contacts WHERE cont_contact_id IS NOT NULL")
    assert found == [("k1", "c1"), ("k2", "c1"), ("k3", "c2")]


def test_windows_1252_is_read_and_said(read_files: Callable[[Mapping[str, str | bytes]], Read]) -> None:
    teams = "dept_team_id,dept_team_name\nt1,Caf\u00e9 \u2013 North\n"
    read = read_files({"ssd_department.csv": teams.encode("cp1252")})
    assert read.rows("SELECT dept_team_name FROM ssd_department") == [("Caf\u00e9 \u2013 North",)]
    assert [finding.file for finding in read.found("encoding")] == ["ssd_department.csv"]


def test_workbook_parquet_and_csv_give_the_same_tables(
    read_files: Callable[[Mapping[str, str]], Read],
    read: Callable[[Path], Read],
    tmp_path: Path,
) -> None:
    from_csv = _everything(read_files(FILES).connection)
    texts = {**FILES, "ssd_person.csv": (tmp_path / "extract" / "ssd_person.csv").read_text(encoding="utf-8")}
    with xlsxwriter.Workbook(str(tmp_path / "extract.xlsx")) as book:
        for name, text in texts.items():
            sheet = book.add_worksheet(name.removesuffix(".csv"))
            for number, row in enumerate(_rows(text)):
                sheet.write_row(number, 0, row)
    assert _everything(read(tmp_path / "extract.xlsx").connection) == from_csv
    (tmp_path / "parquet").mkdir()
    for name in texts:
        source, target = tmp_path / "extract" / name, tmp_path / "parquet" / name.replace(".csv", ".parquet")
        duckdb.sql(f"COPY (FROM read_csv('{source}', all_varchar = true, header = true)) TO '{target}'")
    assert _everything(read(tmp_path / "parquet").connection) == from_csv


def test_real_dates_and_numbers_of_a_workbook_are_days_and_ids(read: Callable[[Path], Read], tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "extract.xlsx"), {"default_date_format": "dd/mm/yyyy"}) as book:
        people = book.add_worksheet("ssd_person")
        people.write_row(0, 0, ["pers_person_id", "pers_dob", "pers_sex", "pers_ethnicity"])
        people.write_row(1, 0, [123, datetime(2010, 5, 1), "F", "WBRI"])  # noqa: DTZ001 - a cell of a workbook
        people.write_row(2, 0, ["0124", datetime(2011, 5, 1, 13, 30), "F", "WBRI"])  # noqa: DTZ001 - as above
    found = read(tmp_path / "extract.xlsx").rows("SELECT pers_person_id, CAST(pers_dob AS VARCHAR) FROM ssd_person")
    assert found == [("123", "2010-05-01"), ("0124", "2011-05-01")]


def test_an_error_in_a_cell_is_said_since_it_reads_as_empty(read: Callable[[Path], Read], tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "extract.xlsx")) as book:
        people = book.add_worksheet("ssd_person")
        people.write_row(0, 0, ["pers_person_id", "pers_dob", "pers_sex", "pers_ethnicity"])
        people.write_row(1, 0, ["c1", "2010-05-01", "F"])
        people.write_formula(1, 3, "=NA()", None, "#N/A")
    found = read(tmp_path / "extract.xlsx").found("error_cell")
    assert [finding.place for finding in found] == ["extract.xlsx, sheet ssd_person, row 2"]


def test_a_split_table_is_the_whole_one(read_files: Callable[[Mapping[str, str]], Read], tmp_path: Path) -> None:
    whole = _everything(read_files(FILES).connection)
    header, first, *others = CONTACTS.splitlines(keepends=True)
    (tmp_path / "extract" / "ssd_contacts.csv").unlink()
    split = {"ssd_contacts_1.csv": header + first, "ssd_contacts_2.csv": header + "".join(others)}
    read = read_files(split)
    assert _everything(read.connection) == whole
    (contacts,) = [count for count in read.report.tables if count.table == "ssd_contacts"]
    assert contacts.files == ("ssd_contacts_1.csv", "ssd_contacts_2.csv")
    assert (contacts.rows_read, contacts.rows_kept, contacts.rows_that_cannot_count) == (3, 3, 0)


@given(seed=st.integers(0, 1000))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_columns_and_rows_does_not_matter(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    shuffle = random.Random(seed)  # noqa: S311 - an order, not a secret
    (folder / "ssd_person.csv").write_text("pers_person_id\nc1\nc2\n", encoding="utf-8")
    for name, text in FILES.items():
        header, *rows = _rows(text)
        order = shuffle.sample(range(len(header)), len(header))
        shuffle.shuffle(rows)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[row[place] for place in order] for row in [header, *rows]])
    with duckdb.connect() as connection:
        read_extract(folder, load_contract(), connection=connection)
        found = _everything(connection)
    assert [row[0] for row in found["ssd_contacts"]] == ["k1", "k2", "k3"]
    assert [row[1] for row in found["ssdx_contact_screenings"]] == [None, None]
    assert len(found["ssdx_outcomes"]) == 3


def test_the_same_row_twice_is_kept_once(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    again = CONTACTS + CONTACTS.splitlines()[1] + "\n"
    read = read_files({"ssd_contacts.csv": again})
    assert not read.report.blocks
    assert [str(finding.rows) for finding in read.found("same_row_twice")] == ["row 5"]
    (contacts,) = [count for count in read.report.tables if count.table == "ssd_contacts"]
    assert (contacts.rows_read, contacts.rows_kept) == (4, 3)


def test_siblings_may_share_a_contact(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    shared = CONTACTS.replace("k2,", "k9,").replace("k3,", "k9,")
    assert read_files({"ssd_contacts.csv": shared}).codes() == set()


def test_rows_without_a_day_are_kept_and_counted(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    read = read_files({"ssd_contacts.csv": CONTACTS.replace("02/11/2021", "").replace("44504", "1900-01-01")})
    assert read.rows("SELECT count(*) FROM ssd_contacts") == [(3,)]
    (contacts,) = [count for count in read.report.tables if count.table == "ssd_contacts"]
    assert contacts.rows_that_cannot_count == 2
    assert [str(finding.rows) for finding in read.found("cannot_count")] == ["rows 3 and 4"]


def test_a_day_after_the_as_at_date_is_a_warning_unless_it_is_planned(
    read_files: Callable[[Mapping[str, str]], Read],
) -> None:
    reviews = "cppr_cp_review_id,cppr_cp_review_due,cppr_cp_review_date\nr1,2022-03-01,2021-12-01\n"
    found = read_files({"ssd_cp_reviews.csv": reviews}).found("after_as_at")
    assert [finding.column for finding in found] == ["cppr_cp_review_date"]


def test_the_templates_read_back_with_nothing_found_but_emptiness(read: Callable[[Path], Read], tmp_path: Path) -> None:
    written = write_templates(load_contract(), tmp_path / "templates")
    assert len(written) == len(load_contract().tables)
    assert read(tmp_path / "templates" / WORKBOOK).codes() == {"no_rows"}


def test_a_filled_file_beside_the_empty_workbook_is_an_extract(read: Callable[[Path], Read], tmp_path: Path) -> None:
    write_templates(load_contract(), tmp_path / "templates")
    (tmp_path / "extract").mkdir()
    (tmp_path / "templates" / WORKBOOK).rename(tmp_path / "extract" / WORKBOOK)
    header = (tmp_path / "templates" / "ssd_person.csv").read_text(encoding="utf-8").strip()
    child = {"pers_person_id": "c1", "pers_dob": "2010-05-01"}
    cells = ",".join(child.get(name, "") for name in header.split(","))
    (tmp_path / "extract" / "ssd_person.csv").write_text(f"{header}\n{cells}\n", encoding="utf-8")
    result = read(tmp_path / "extract")
    assert not result.report.blocks
    assert result.rows("SELECT pers_person_id FROM ssd_person") == [("c1",)]


def test_the_workbooks_guide_explains_every_column(tmp_path: Path) -> None:
    write_templates(load_contract(), tmp_path)
    guide = fastexcel.read_excel(tmp_path / WORKBOOK).load_sheet("guide", dtypes="string")
    asked = sum(
        1
        for table in load_contract().tables.values()
        if not table.derived
        for each in table.columns
        if not each.personal
    )
    assert guide.height == asked


def test_the_template_is_the_same_each_time(tmp_path: Path) -> None:
    write_templates(load_contract(), tmp_path / "one")
    write_templates(load_contract(), tmp_path / "two")
    assert (tmp_path / "one" / WORKBOOK).read_bytes() == (tmp_path / "two" / WORKBOOK).read_bytes()


def test_of_a_folder_that_holds_only_folders_it_is_said_which_they_are(
    read: Callable[[Path], Read], tmp_path: Path
) -> None:
    for day in ("2021-10-31", "2021-11-30"):
        (tmp_path / "extracts" / day).mkdir(parents=True)
    (told,) = read(tmp_path / "extracts").found("no_files")
    assert told.problem == "There is no file in it, only folders (2021-10-31, 2021-11-30)."
    assert told.remedy == "Give the folder that holds the files."
