"""A slow, plain second opinion on the definitions: run one on records, and count days without our calendar."""

from __future__ import annotations

import os
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import holidays
from hypothesis import HealthCheck, settings

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import tables_named
from scorecard.definitions.registry import load_registry
from scorecard.sql.engines.duckdb import DuckDBEngine, open_duckdb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]
Found = dict[tuple[str, date], Row]

BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2024))
SATURDAY = 5
referee = settings(
    max_examples=int(os.environ.get("SCORECARD_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def _engine() -> DuckDBEngine:
    return open_duckdb(load_registry().rules)


def cases_of(indicator: str, records: Mapping[str, Sequence[Row]], days: Sequence[date] = ()) -> Found:
    """What a definition of the library finds in these records, by case and day; columns not given are empty."""
    engine, contract = _engine(), load_contract()
    sql = load_registry().indicators[indicator].sql
    for name in tables_named(sql, contract):
        columns = {column.name: column.type for column in contract.tables[name].loaded}
        rows = [tuple(row.get(column) for column in columns) for row in records.get(name, ())]
        engine.put(name, columns, rows)
    engine.report_days(days)
    answer = engine.query(sql)
    rows_found: list[Row] = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    dated = [row for row in rows_found if row["event_date"] is not None]
    found: Found = {(row["case_id"], row["event_date"]): row for row in dated}
    assert len(found) == len(dated), "a case stands twice on one day"
    return found


def working_days(first: date, last: date) -> int:
    """Working days after the first day up to the last, counted one by one."""
    steps = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < SATURDAY and day not in BANK_HOLIDAYS for day in steps)


def months_earlier(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last."""
    running = day.year * 12 + day.month - 1 - months
    year, month = running // 12, running % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def age(born: date, day: date) -> int:
    """Birthdays had; one of 29 February falls on 1 March in a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_open(started: date | None, ended: date | None, day: date) -> bool:
    """Begun and not over at the end of a day."""
    return started is not None and started <= day and not (ended is not None and ended <= day)
