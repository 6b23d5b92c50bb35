"""A definition's own text runs on DuckDB; elsewhere its words are spelt out and nothing else changes."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from scorecard.sql.engines.engine import EngineName
from scorecard.sql.examples import EXAMPLE_RULES
from scorecard.sql.looked_up import is_listed, value_on
from scorecard.sql.render import preamble, render
from scorecard.sql.rules import CodeList, DatedRules, DatedValue, ListedCode, Parameter
from scorecard.sql.vocabulary import WORDS

SQL = """SELECT a.id AS case_id, -- the child's
       flag(working_days_between(a.start_date, a.end_date) <= param_on('example_limit', a.end_date)) AS is_in_time
FROM assessments AS a"""


def test_on_duckdb_what_is_shown_is_what_runs() -> None:
    assert render(SQL, EngineName.DUCKDB, EXAMPLE_RULES) == SQL


def test_on_postgres_no_word_is_left() -> None:
    rendered = render(SQL, EngineName.POSTGRES, EXAMPLE_RULES).lower()
    assert not [name for name in WORDS if f"{name}(" in rendered]
    assert "the child's" in rendered


def test_the_preamble_and_a_definition_paste_into_a_bare_duckdb() -> None:
    with duckdb.connect(":memory:") as shell:
        shell.execute(preamble(EngineName.DUCKDB, EXAMPLE_RULES))
        shell.execute("CREATE TABLE assessments (id VARCHAR, start_date DATE, end_date DATE)")
        shell.execute("INSERT INTO assessments VALUES ('A1', DATE '2021-11-01', DATE '2021-11-08')")
        assert shell.execute(SQL).fetchall() == [("A1", 1)]


def test_postgres_needs_no_preamble() -> None:
    assert preamble(EngineName.POSTGRES, EXAMPLE_RULES) == ""


@pytest.mark.parametrize("quote", ["it's", "'; DROP TABLE calendar; --"])
def test_a_code_with_a_quote_in_it_stays_a_code(quote: str) -> None:
    listed = CodeList("quoted", "t", "s", (ListedCode(quote), ListedCode(quote, from_day=date(2020, 1, 1))))
    with duckdb.connect(":memory:") as shell:
        shell.execute(preamble(EngineName.DUCKDB, DatedRules(code_lists={"quoted": listed})))
        assert shell.execute("SELECT listed('quoted', ?, DATE '2021-01-01')", [quote]).fetchall() == [(True,)]


def test_values_are_looked_up_whatever_order_they_are_written_in() -> None:
    values = (DatedValue(date(2021, 10, 1), 5, "s"), DatedValue(date(2013, 4, 1), 3, "s"))
    sql = value_on(Parameter("x", "t", "u", values), "day")
    assert _answer(f"SELECT {sql} FROM (SELECT DATE '2022-01-01' AS day)") == [(5.0,)]


def test_large_and_small_values_keep_every_figure() -> None:
    values = (DatedValue(date(2013, 4, 1), 1234567.25, "s"),)
    sql = value_on(Parameter("x", "t", "u", values), "DATE '2022-01-01'")
    assert _answer(f"SELECT {sql}") == [(1234567.25,)]


def test_an_empty_list_holds_nothing() -> None:
    sql = is_listed(CodeList("none", "t", "s", ()), "'V3'", "DATE '2022-01-01'")
    assert _answer(f"SELECT {sql}") == [(False,)]


def _answer(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(":memory:") as shell:
        return shell.execute(sql).fetchall()
