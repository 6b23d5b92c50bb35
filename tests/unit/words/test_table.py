"""A table of text keeps every word of its cells."""

from __future__ import annotations

from scorecard.words.table import table

LONG = (
    "Target: Children looked after whose review was held in time, of those who were in care for the whole of the month"
)


def test_long_text_goes_on_in_the_next_line_of_its_own_column_and_no_word_is_lost() -> None:
    head, rule, *lines = table(("what", "n", "file"), [(LONG, 5, "a.toml"), ("short", 12, "b.toml")]).splitlines()
    at = head.index(" n")
    assert len(rule.split("  ")[0]) <= 60
    assert " ".join(line[:at].strip() for line in lines[:-1]) == LONG
    assert [line[at:].split() for line in lines] == [["5", "a.toml"], [], ["12", "b.toml"]]


def test_a_table_without_rows_has_its_headings() -> None:
    assert table(("id", "what"), []) == "id  what\n--  ----"
