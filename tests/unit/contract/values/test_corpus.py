"""The vocabularies before the spellings councils used, of which three tenths were never looked at."""

from __future__ import annotations

import csv

import pytest
import value_corpus
from value_corpus import Column, Verdict

ENOUGH = 0.95
HELD = [1003, 1008, 1009, 1011, 1012, 1014]
needs_the_corpus = pytest.mark.skipif(not value_corpus.CORPUS.exists(), reason="the corpus is not ours to hand on")
COLUMNS = value_corpus.columns()
WRITTEN = {(each.annex_list, each.column): each for each in value_corpus.written()}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.annex_list} {column.name}"[:60])
def test_95_in_100_held_out_spellings_come_right_but_where_a_measured_reason_is_given(column: Column) -> None:
    right = WRITTEN[column.annex_list, column.name].right
    assert (right < ENOUGH) == bool(column.short), f"{right:.1%}"


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.annex_list} {column.name}"[:60])
def test_none_is_wrong_without_a_warning_but_where_the_corpus_gainsays_its_own_spelling(column: Column) -> None:
    wrong = WRITTEN[column.annex_list, column.name].counts[Verdict.WRONG]
    assert wrong == (1 if column.gainsaid else 0)


@needs_the_corpus
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.annex_list} {column.name}"[:60])
def test_what_is_written_is_what_the_corpus_gives(column: Column) -> None:
    assert value_corpus.measured(column) == WRITTEN[column.annex_list, column.name]


@needs_the_corpus
def test_every_column_of_the_corpus_is_measured() -> None:
    with value_corpus.CORPUS.open(encoding="utf-8-sig", newline="") as opened:
        rows = {(row["list"], row["column"]) for row in csv.DictReader(opened)}
    assert rows == {(column.annex_list, column.name) for column in COLUMNS}


def test_which_spellings_are_held_out_follows_from_the_spelling_alone() -> None:
    assert [number for number in range(1000, 1020) if value_corpus.held_out("List 1", "Gender", str(number))] == HELD
