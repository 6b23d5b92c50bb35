"""The calendar words agree with Python on every day of the years whose bank holidays are known, wherever they stand."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar import working_days as referee
from scorecard.contract.types import ColumnType
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.sql.engines.engine import Engine

FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
STEPS = (0, 1, 2, 9, 63, -4)
PAIRS = [(day, day + timedelta(days=step)) for day in DAYS for step in STEPS]
LIMIT = 2


@pytest.fixture
def engine(open_engine: Callable[[DatedRules], Engine]) -> Engine:
    """An engine that holds every pair of days."""
    opened = open_engine(DatedRules())
    opened.put("pairs", {"id": ColumnType.INTEGER, "a": ColumnType.DATE, "b": ColumnType.DATE}, _numbered(PAIRS))
    return opened


def _numbered(pairs: list[tuple[date, date]]) -> list[tuple[object, ...]]:
    return [(number, *pair) for number, pair in enumerate(pairs)]


def _in_time() -> set[int]:
    totals = (referee.working_days_between(a, b) for a, b in PAIRS)
    return {number for number, total in enumerate(totals) if total is not None and 0 < total <= LIMIT}


def test_working_days_between_agrees_in_select(engine: Engine) -> None:
    found = _pairs(engine, "SELECT p.id, working_days_between(p.a, p.b) AS days FROM pairs AS p")
    assert found == {number: referee.working_days_between(a, b) for number, (a, b) in enumerate(PAIRS)}


def test_working_days_between_agrees_in_where(engine: Engine) -> None:
    asked = "working_days_between(p.a, p.b) > 0 AND working_days_between(p.a, p.b) <= 2"
    assert _ids(engine, f"SELECT p.id FROM pairs AS p WHERE {asked}") == _in_time()


def test_working_days_between_agrees_in_exists_where_each_day_is_of_another_query(engine: Engine) -> None:
    asked = "working_days_between(p.a, q.b) > 0 AND working_days_between(p.a, q.b) <= 2"
    inner = f"SELECT 1 FROM pairs AS q WHERE q.id = p.id AND {asked}"
    assert _ids(engine, f"SELECT p.id FROM pairs AS p WHERE EXISTS ({inner})") == _in_time()


@pytest.mark.parametrize("join", ["JOIN", "LEFT JOIN"])
def test_working_days_between_agrees_in_join_on_where_each_day_is_of_another_table(engine: Engine, join: str) -> None:
    on = "q.id = p.id AND working_days_between(p.a, q.b) > 0 AND working_days_between(p.a, q.b) <= 2"
    rows = engine.query(f"SELECT p.id, q.id AS found FROM pairs AS p {join} pairs AS q ON {on}").rows
    assert {number for number, found in rows if found is not None} == _in_time()
    assert len(rows) == (len(_in_time()) if join == "JOIN" else len(PAIRS))


def test_working_days_between_agrees_in_group_by(engine: Engine) -> None:
    word = "working_days_between(p.a, p.b)"
    found = _pairs(engine, f"SELECT {word} AS days, COUNT(*) AS pairs FROM pairs AS p GROUP BY {word}")
    assert found == Counter(referee.working_days_between(a, b) for a, b in PAIRS)


@pytest.mark.parametrize("number", [0, 1, 10, 15, 45])
def test_working_day_after_agrees(engine: Engine, number: int) -> None:
    sql = f"SELECT DISTINCT p.a, working_day_after(p.a, {number}) AS due FROM pairs AS p"
    assert _pairs(engine, sql) == {day: referee.working_day_after(day, number) for day in DAYS}


def test_working_day_after_takes_its_number_from_a_column(engine: Engine) -> None:
    sql = "SELECT p.id, working_day_after(p.a, p.id - p.id + 3) AS due FROM pairs AS p"
    found = _pairs(engine, sql)
    assert found == {number: referee.working_day_after(a, 3) for number, (a, _) in enumerate(PAIRS)}


def test_what_is_done_before_the_next_working_day_after_the_due_day_is_done_in_time(engine: Engine) -> None:
    sql = """SELECT COUNT(*) AS unlike FROM pairs AS p
             WHERE flag(p.b < working_day_after(p.a, 6)) <> flag(working_days_between(p.a, p.b) <= 5)
                 AND working_days_between(p.a, p.b) IS NOT NULL AND working_day_after(p.a, 6) IS NOT NULL"""
    assert engine.query(sql).rows == ((0,),)


def test_hours_between_agrees_over_every_change_of_the_clock(open_engine: Callable[[DatedRules], Engine]) -> None:
    clock = (time(0, 30), time(1, 30), time(2, 30), time(12))
    changes = [day for pair in referee.summer_times() for day in pair]
    around = [
        datetime.combine(day + timedelta(days=step), at) for day in changes for step in (-1, 0, 1) for at in clock
    ]
    pairs = [(a, b) for number, a in enumerate(around) for b in around[max(0, number - 12) : number + 12]]
    engine = open_engine(DatedRules())
    columns = {"id": ColumnType.INTEGER, "a": ColumnType.MOMENT, "b": ColumnType.MOMENT}
    engine.put("moments", columns, [(number, a, b) for number, (a, b) in enumerate(pairs)])
    found = _pairs(engine, "SELECT m.id, hours_between(m.a, m.b) AS hours FROM moments AS m")
    assert found == {number: referee.hours_between(a, b) for number, (a, b) in enumerate(pairs)}


def test_every_engine_holds_the_same_calendar(open_engine: Callable[[DatedRules], Engine]) -> None:
    columns = ", ".join(f"c.{name}" for name in referee.CalendarDay._fields)
    engine = open_engine(DatedRules())
    found = engine.query(f"SELECT {columns} FROM calendar AS c").rows
    assert set(found) == {tuple(row) for row in referee.calendar_rows()}


def _pairs(engine: Engine, sql: str) -> dict[object, object]:
    return {row[0]: row[1] for row in engine.query(sql).rows}


def _ids(engine: Engine, sql: str) -> set[object]:
    return {row[0] for row in engine.query(sql).rows}
