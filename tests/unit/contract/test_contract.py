from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import FOLDER, load_contract
from scorecard.contract.types import ColumnType
from scorecard.errors import ScorecardError

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = load_contract()


def _columns() -> list[tuple[str, str]]:
    return [(table.name, column.name) for table in CONTRACT.tables.values() for column in table.columns]


def test_the_contract_is_the_standard_dataset_with_its_extensions() -> None:
    assert len([name for name in CONTRACT.tables if name.startswith("ssd_")]) == 46
    assert {"ssdx_contact_screenings", "ssdx_outcomes", "ssdx_workforce", "ssdx_record_audit"} <= set(CONTRACT.tables)


def test_every_column_stands_in_one_table_only_and_begins_with_its_tables_four_letters() -> None:
    names = [name for _, name in _columns()]
    assert len(names) == len(set(names))
    for table in CONTRACT.tables.values():
        assert len({column.name[:4] for column in table.columns}) == 1


def test_every_table_and_column_says_what_it_means_in_a_sentence() -> None:
    for table in CONTRACT.tables.values():
        assert table.meaning.endswith("."), table.name
        assert table.one_row_is, table.name
        for column in table.columns:
            assert column.meaning.endswith("."), column.name
            assert column.meaning[0].isupper(), column.name


def test_every_code_says_what_it_means_and_is_listed_once() -> None:
    for name, codes in CONTRACT.codes.items():
        assert all(code.label for code in codes), name
        assert len({code.code for code in codes}) == len(codes), name


def test_every_code_list_is_used() -> None:
    used = {column.codes for table in CONTRACT.tables.values() for column in table.columns}
    assert set(CONTRACT.codes) == used - {None}


def test_every_key_is_loaded_and_required() -> None:
    for table in CONTRACT.tables.values():
        loaded = {column.name for column in table.loaded}
        assert set(table.key) <= loaded, table.name
        if not table.derived:
            assert all(table.column(name).required or name.endswith("_person_id") for name in table.key), table.name


def test_names_addresses_and_shared_numbers_are_never_loaded() -> None:
    loaded = {column.name for table in CONTRACT.tables.values() for column in table.loaded}
    private = ("forename", "surname", "postcode", "address_json", "_upn", "_uln", "common_child_id", "identifier_value")
    assert not [name for name in loaded for part in private if name.endswith(part)]
    assert "prof_professional_name" not in loaded
    assert "clea_care_leaver_personal_advisor" not in loaded


def test_only_the_extensions_hold_times_of_day() -> None:
    for table in CONTRACT.tables.values():
        for column in table.columns:
            assert (column.type is ColumnType.MOMENT) == column.name.endswith("_datetime"), column.name


@pytest.mark.parametrize(
    ("file", "wrong", "said"),
    [
        ("ssd_contacts.toml", 'type = "code"|type = "cod"', "type is one of"),
        ("ssd_contacts.toml", 'codes = "referral_source"|codes = "sauce"', "no code list sauce"),
        ("ssd_contacts.toml", "ssd_person.pers_person_id|ssd_person.pers_id", "no column ssd_person.pers_id"),
        ("ssd_contacts.toml", "required = true|requierd = true", "“requierd” means nothing here"),
        ("ssd_contacts.toml", 'kind = "not_after_death"|kind = "never"', "kind is one of"),
        ("ssd_contacts.toml", 'key = ["cont_contact_id"|key = ["cont_id"', "the key names cont_id"),
        ("ssd_contacts.toml", "[columns.cont_contact_id]|[columns.cont_contact_id", "cannot be read"),
        ("ssd_contacts.toml", 'name = "ssd_contacts"|name = "ssd_contact"', "not the file's"),
    ],
)
def test_a_misspelt_contract_is_refused_with_file_and_word(tmp_path: Path, file: str, wrong: str, said: str) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    before, after = wrong.split("|")
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ScorecardError) as refused:
        load_contract(tmp_path)
    assert said in str(refused.value)
    assert file in str(refused.value)


def test_a_complaint_names_the_line(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "ssd_contacts.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('codes = "referral_source"', 'codes = "sauce"'), encoding="utf-8")
    line = text.splitlines().index("[columns.cont_contact_source_code]") + 1
    with pytest.raises(ScorecardError, match=rf"ssd_contacts\.toml:{line}: "):
        load_contract(tmp_path)
