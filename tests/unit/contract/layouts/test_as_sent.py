"""A return as it is sent: each list known by its headers, each cell by what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.contract.cleaning import words_of_reading
from scorecard.contract.layouts.annex_a import ANNEX_A
from scorecard.contract.layouts.as_sent import ListsSent, layout_of
from scorecard.contract.sources.folder import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LISTS = {
    "List 1": ("Child Unique ID", "Gender", "Date of Contact", "Contact Source"),
    "List 3": ("Child Unique ID", "Gender", "Date of referral", "Referral Source", "Referral NFA?"),
}
WANTED = {name: frozenset(headers) - {"Gender"} for name, headers in LISTS.items()}
DAYS = frozenset({"Date of Contact", "Date of referral"})
CONTACTS = (
    "List 1: Contacts\nChild ID,Gender,date of CONTACT,Contact Source,Notes\n44503,F,44503,Police,x\n7,M,NULL,,y\n"
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened, words_of_reading(opened):
        yield opened


def test_a_list_is_known_by_headers_spelt_otherwise_below_a_title_and_only_what_is_wanted_is_read(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "anything.csv").write_text(CONTACTS, encoding="utf-8")
    pieces, _ = pieces_of(tmp_path, connection)
    assert layout_of(pieces) is ANNEX_A
    sent = ListsSent(ANNEX_A, LISTS, WANTED, DAYS)
    sent.read(connection, pieces)
    first = {"Child Unique ID": "44503", "Date of Contact": "2021-11-03", "Contact Source": "Police"}
    assert sent.rows == {"List 1": [first, {"Child Unique ID": "7"}]}, "a number is a day under a header of days alone"
    assert sent.found == {"List 1": frozenset(first)}


def test_files_in_no_layout_of_the_sector_are_none(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("To whom,it may\nconcern,today\n", encoding="utf-8")
    assert layout_of(pieces_of(tmp_path, connection)[0]) is None


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("Contact Source", ("q) 6: Police", "Police", "6")),
        ("Gender", ("a) Male", "M", "male")),
        ("Case status", ("c) Child in need plan", "Child in Need  Plan")),
        ("Number of Previous Child Protection Plans", ("2", "2.0")),
    ],
)
def test_texts_that_say_the_same_have_one_meaning(header: str, texts: tuple[str, ...]) -> None:
    meant = ListsSent(ANNEX_A, LISTS, WANTED, DAYS).meanings(header, texts)
    assert len(set(meant.values())) == 1, meant


def test_two_codes_have_two_meanings_and_so_have_two_words_nobody_knows() -> None:
    sent = ListsSent(ANNEX_A, LISTS, WANTED, DAYS)
    assert len(set(sent.meanings("Contact Source", ("6", "2A", "Xyzzy", "Plugh")).values())) == 4
