"""A list that was sent beside the same list made from the records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scorecard.returns.compared import Counted, Difference, Rules, compare
from scorecard.returns.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Collection

HEADERS = ("Child", "Day", "Source", "Age")
ROWS = (
    ("c1", date(2021, 11, 3), "Police", 3),
    ("c1", date(2021, 11, 4), "School", 3),
    ("c2", date(2021, 11, 4), None, None),
)
SHEET = Sheet("Contacts", HEADERS, ROWS, "Child", key=("Day",))
SENT = [
    {"Child": "c1", "Day": "2021-11-03", "Source": "Police", "Age": "3"},
    {"Child": "c1", "Day": "2021-11-04", "Source": "School", "Age": "3"},
    {"Child": "c2", "Day": "2021-11-04"},
]


def meanings(_header: str, texts: Collection[str]) -> dict[str, str]:
    """Texts mean what they say, whatever their capitals."""
    return {text: text.lower() for text in texts}


def differences(sent: list[dict[str, str]]) -> tuple[Difference, ...]:
    return compare(SHEET, sent, HEADERS, meanings).differences


def test_the_same_rows_in_another_order_and_in_other_letters_do_not_differ() -> None:
    assert differences([{**row, "Child": row["Child"].upper()} for row in reversed(SENT)]) == ()


def test_a_row_is_known_by_its_child_and_day_and_told_where_it_is() -> None:
    sent = [SENT[0], {**SENT[1], "Day": "2021-11-05"}, SENT[2]]
    found = compare(SHEET, sent, HEADERS, meanings)
    assert [(one.child, one.where, one.found) for one in found.differences] == [
        ("c1", "2021-11-04", "only in the records"),
        ("c1", "2021-11-05", "only in the file sent"),
    ]
    assert (found.only_sent, found.only_ours, found.rows_differing) == (1, 1, 0)


def test_a_row_of_both_differs_by_column() -> None:
    found = compare(SHEET, [{**SENT[0], "Source": "Health", "Age": "4"}, SENT[1], SENT[2]], HEADERS, meanings)
    assert found.differing == {"Age": 1, "Source": 1}
    assert found.rows_differing == 1
    assert Difference("c1", "2021-11-03", "Source", "Health", "Police") in found.differences


def test_of_two_alike_rows_one_is_missing_where_the_other_list_has_one() -> None:
    assert [one.found for one in differences([*SENT, SENT[0]])] == ["only in the file sent"]


def test_a_column_that_was_not_read_is_not_compared_and_said() -> None:
    compared = compare(SHEET, [{**row, "Age": "9"} for row in SENT], HEADERS[:3], meanings)
    assert compared.differences == ()
    assert compared.not_compared == ("Age",)


def test_only_what_the_records_tell_and_what_is_counted_is_read_from_a_file() -> None:
    rows = tuple((*row, None, "W1") for row in ROWS)
    sheet = Sheet("Contacts", (*HEADERS, "Postcode", "Worker"), rows, "Child", key=("Day",))
    counted = (Counted("Contacts", "x", empty="Ended"), Counted("Others", "x", within="Postcode"))
    assert Rules(frozenset({"Worker"}), counted).wanted(sheet) == {*HEADERS, "Ended"}


def test_a_column_about_which_the_records_say_nothing_is_not_compared() -> None:
    empty = Sheet("Contacts", HEADERS, tuple((*row[:3], None) for row in ROWS), "Child", key=("Day",))
    assert compare(empty, SENT, HEADERS, meanings).not_compared == ("Age",)


def test_rows_are_counted_in_the_month_while_open_and_by_what_they_say() -> None:
    first, last = date(2021, 11, 4), date(2021, 11, 30)
    counts = [
        Counted("Contacts", "x", within="Day"),
        Counted("Contacts", "x", empty="Source"),
        Counted("Contacts", "x", column="Source", says=("POLICE", "school")),
    ]
    assert [one.of(SENT, first, last, meanings) for one in counts] == [2, 1, 2]
    assert [one.at_the_end for one in counts] == [False, True, True]


def test_a_column_made_of_what_the_records_lack_is_not_compared_and_the_reason_is_told() -> None:
    older = [{**row, "Age": "9"} for row in SENT]
    assert compare(SHEET, older, HEADERS, meanings).differing["Age"]
    found = compare(SHEET, older, HEADERS, meanings, {"Age": ("ssd_person",)})
    assert (found.differing, found.not_compared) == ({}, ("Age",))
    assert found.lacking == {"Age": ("ssd_person",)}
