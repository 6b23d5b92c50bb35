"""What every engine does alike besides the words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.types import ColumnType
from scorecard.errors import DefinitionError
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.examples import EXAMPLE_RULES
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.sql.engines.engine import Engine

    OpenEngine = Callable[[DatedRules], Engine]

CHILD = "Not A Real Child"
COLUMNS = {
    "id": ColumnType.ID,
    "day": ColumnType.DATE,
    "at": ColumnType.MOMENT,
    "number": ColumnType.INTEGER,
    "share": ColumnType.DECIMAL,
    "code": ColumnType.CODE,
}
ROW = ("1", date(2021, 11, 30), datetime(2021, 11, 30, 9, 15), 3, 0.5, CHILD)  # noqa: DTZ001 - moments are local
EMPTY = (None,) * 6


@pytest.fixture
def engine(open_engine: OpenEngine) -> Engine:
    """An engine with one table of two rows."""
    opened = open_engine(EXAMPLE_RULES)
    opened.put("things", COLUMNS, [ROW, EMPTY])
    return opened


def test_values_come_back_as_they_were_put(engine: Engine) -> None:
    rows = engine.query("SELECT t.id, t.day, t.at, t.number, t.share, t.code FROM things AS t").rows
    assert set(rows) == {ROW, EMPTY}


def test_a_table_put_again_replaces_the_first(engine: Engine) -> None:
    engine.put("things", COLUMNS, [])
    assert engine.query("SELECT t.id FROM things AS t").rows == ()


def test_report_days_hold_the_days_last_asked_for(engine: Engine) -> None:
    engine.report_days([date(2021, 10, 31)])
    engine.report_days([date(2021, 11, 30)])
    assert engine.query("SELECT d.day FROM report_days AS d").rows == ((date(2021, 11, 30),),)


def test_whole_numbers_come_back_whole_whatever_computed_them(engine: Engine) -> None:
    sql = """SELECT SUM(t.number) AS total, COUNT(*) AS n, param_on('example_limit', MAX(t.day)) AS p,
                    SUM(t.share) + SUM(t.share) AS shares, SUM(t.share) AS half FROM things AS t"""
    row = engine.query(sql).rows[0]
    assert row == (3, 2, 5, 1, 0.5)
    assert [type(value) for value in row] == [int, int, int, int, float]


def test_text_sorts_by_its_letters_code_and_missing_values_last_either_way(engine: Engine) -> None:
    engine.put("words", {"word": ColumnType.TEXT}, [("b",), ("A",), (None,), ("a",), ("é",), ("B",)])
    for order, expected in (("w.word", "A B a b é -"), ("w.word DESC", "é b a B A -")):
        sql = f"SELECT w.word, ROW_NUMBER() OVER (ORDER BY {order}) AS place FROM words AS w"
        placed = sorted(engine.query(sql).rows, key=lambda row: int(str(row[1])))
        assert " ".join(str(word or "-") for word, _ in placed) == expected


def test_text_compares_by_its_letters_code(engine: Engine) -> None:
    sql = "SELECT flag('B' < MIN(t.code)) AS first, flag('a' < MIN(t.code)) AS second FROM things AS t"
    assert engine.query(sql).rows == ((1, 0),)


def test_words_stand_inside_one_another(engine: Engine) -> None:
    sql = """SELECT flag(listed('example_codes', COALESCE(t.code, 'V3'), later_of(t.day, months_after(t.day, 1)))) AS a,
                    days_between(months_before(t.day, 12), days_after(t.day, 1)) * 2 AS b,
                    days_after(t.day, days_between(t.day, months_after(t.day, 1)) - 1) AS c,
                    working_day_after(t.day, param_on('example_limit', t.day)) AS d
             FROM things AS t WHERE t.number = 3"""
    assert engine.query(sql).rows == ((0, 732, date(2021, 12, 29), date(2021, 12, 7)),)


def test_a_table_may_have_columns_named_as_a_words_arguments(engine: Engine) -> None:
    columns = {"a": ColumnType.DATE, "b": ColumnType.DATE, "day": ColumnType.DATE, "n": ColumnType.INTEGER}
    engine.put("odd", columns, [(date(2021, 11, 1), date(2021, 11, 30), date(2021, 11, 5), 2)])
    sql = """SELECT working_days_between(o.b, o.a) AS x, working_day_after(o.day, n) AS y, months_before(b, n) AS z,
                    open_on(o.day, o.b, o.a) AS w FROM odd AS o"""
    sql = sql.replace("open_on(o.day, o.b, o.a)", "flag(open_on(o.day, o.b, o.a))")
    assert engine.query(sql).rows == ((-21, date(2021, 11, 9), date(2021, 9, 30), 0),)


def test_a_query_that_cannot_run_names_the_engine_and_shows_its_sql(engine: Engine) -> None:
    with pytest.raises(DefinitionError) as raised:
        engine.query("SELECT t.nothing AS x FROM things AS t")
    assert f"{engine.name} could not run this SQL" in raised.value.problem
    assert "nothing" in raised.value.remedy
    assert "things AS t" in raised.value.remedy


def test_a_query_that_fails_on_a_record_does_not_show_the_record(engine: Engine) -> None:
    with pytest.raises(DefinitionError) as raised:
        engine.query("SELECT CAST(t.code AS INTEGER) AS x FROM things AS t")
    assert CHILD not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_a_parameter_that_is_not_there_is_an_error_and_never_nothing(engine: Engine) -> None:
    with pytest.raises(DefinitionError):
        engine.query("SELECT param_on('no_such_limit', t.day) AS x FROM things AS t")
    with pytest.raises(DefinitionError):
        engine.query("SELECT flag(listed('no_such_list', t.code, t.day)) AS x FROM things AS t")


def test_an_engine_without_rules_has_all_other_words(open_engine: OpenEngine) -> None:
    engine = open_engine(DatedRules())
    engine.put("things", COLUMNS, [ROW])
    assert engine.query("SELECT age_on(t.day, t.day) AS age FROM things AS t").rows == ((0,),)


def test_duckdb_fetches_no_extensions_and_writes_no_records_to_disk() -> None:
    engine = open_duckdb(DatedRules())
    sql = "SELECT current_setting('autoinstall_known_extensions'), current_setting('temp_directory')"
    assert engine.connection.execute(sql).fetchall() == [(False, "")]
    engine.close()
