from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.contract.load import load_contract
from scorecard.contract.volumes import Volume, volumes

if TYPE_CHECKING:
    import duckdb


NOVEMBER = Period(2021, 11)
CONTACTS = load_contract().tables["ssd_contacts"]


def _volume(connection: duckdb.DuckDBPyConnection, now: int, *before: int) -> tuple[Volume, ...]:
    connection.execute("CREATE TABLE ssd_contacts (cont_contact_date DATE)")
    for step, rows in enumerate((now, *before)):
        days = [(NOVEMBER.back(step).last_day - timedelta(days=place % 28),) for place in range(rows)]
        if days:
            connection.executemany("INSERT INTO ssd_contacts VALUES (?)", days)
    return volumes(connection, [CONTACTS], NOVEMBER)


def test_a_month_is_held_against_the_median_of_the_twelve_before_and_not_their_mean(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert _volume(connection, 30, *[30] * 10, 300, 300) == (Volume("ssd_contacts", 30, 30),)


def test_a_month_without_a_row_is_the_most_unusual_of_all(connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = _volume(connection, 0, *[40] * 12)
    assert (found.difference, found.is_usual) == (-1, False)


def test_what_is_older_than_a_year_says_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = _volume(connection, 40, *[40] * 12, 500)
    assert found.median == 40


def test_of_few_rows_nothing_is_said(connection: duckdb.DuckDBPyConnection) -> None:
    assert _volume(connection, 90, *[19] * 12) == ()


@pytest.mark.parametrize(("rows", "usual"), [(70, True), (69, False), (130, True), (131, False)])
def test_three_tenths_more_or_fewer_are_usual_and_one_row_beyond_is_not(rows: int, *, usual: bool) -> None:
    assert Volume("ssd_contacts", rows, 100).is_usual is usual


def test_every_table_that_grows_is_dated_by_a_column_of_its_own() -> None:
    growing = [table for table in load_contract().tables.values() if table.volume]
    assert len(growing) > 5
    assert all(table.column(table.volume).type in {"date", "moment"} for table in growing)
