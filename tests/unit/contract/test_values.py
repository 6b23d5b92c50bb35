from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.contract.cleaning import Fault, cell, filled, trimmed, words_of_reading
from scorecard.contract.sources.piece import sql_name
from scorecard.contract.types import Code, Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = {"source": (Code("1A", "one"), Code("6", "six"), Code("5D", "late", first_year=2023))}


@pytest.fixture(scope="module")
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection, words_of_reading(connection):
        yield connection


def _value(reader: duckdb.DuckDBPyConnection, kind: ColumnType, text: str | None) -> tuple[object, Fault | None]:
    """What one cell is read as, and its fault."""
    codes = "source" if kind is ColumnType.CODE else None
    its = cell(Column("x", kind, "", codes=codes), CODES, 2022)
    prepared = "".join(f", {sql} AS {sql_name(name)}" for name, sql in its.prepared.items())
    found = reader.execute(
        f"SELECT {its.value}, {its.fault} FROM (SELECT *{prepared} FROM (SELECT {filled('x')} AS x"
        f" FROM (SELECT {trimmed('x')} AS x FROM (SELECT CAST($text AS VARCHAR) AS x))))",
        {"text": text},
    ).fetchone()
    assert found
    return found[0], Fault(found[1]) if found[1] is not None else None


@pytest.mark.parametrize(
    "text",
    [
        "2021-11-03",
        "2021-11-03 00:00:00",
        "2021-11-03T09:30",
        "2021-11-03 09:30:00.0000000",
        "03/11/2021",
        "3/11/2021",
        "03/11/2021 09:30",
        "03/11/2021 09:30:59",
        "03-11-2021",
        "03.11.2021",
        "03-Nov-2021",
        "3 November 2021",
        "20211103",
        "44503",
        "44503.4",
        " 03/11/2021\u00a0",
        "2021-11-03T00:30:00+00:00",
    ],
)
def test_the_third_of_november_is_read_however_it_is_written(reader: duckdb.DuckDBPyConnection, text: str) -> None:
    assert _value(reader, ColumnType.DATE, text) == (date(2021, 11, 3), None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31/02/2021", Fault.NO_DAY),
        ("2021-02-31", Fault.NO_DAY),
        ("03/25/2024", Fault.MONTH_FIRST),
        ("11/13/2021 2:30 PM", Fault.MONTH_FIRST),
        ("3-31-2021", Fault.MONTH_FIRST),
        ("13/13/2021", Fault.NO_DAY),
        ("11/32/2021", Fault.NO_DAY),
        ("soon", Fault.NO_DAY),
        ("2021", Fault.NO_DAY),
        ("2021-11-03 10:00 PM", Fault.NO_DAY),
        ("infinity", Fault.NO_DAY),
        ("03/11/21", Fault.SHORT_YEAR),
        ("03-Nov-21", Fault.SHORT_YEAR),
        ("03/11/2201", Fault.UNLIKELY_YEAR),
        ("1899-12-31", Fault.UNLIKELY_YEAR),
    ],
)
def test_what_is_no_believable_day_is_empty_and_at_fault(
    reader: duckdb.DuckDBPyConnection,
    text: str,
    fault: Fault,
) -> None:
    assert _value(reader, ColumnType.DATE, text) == (None, fault)


@pytest.mark.parametrize("text", ["", " ", "NULL", "null", "-1", "SSD_PH", "NaN", "#N/A", "-", "\u00a0", None])
@pytest.mark.parametrize("kind", [ColumnType.DATE, ColumnType.ID, ColumnType.FLAG, ColumnType.CODE, ColumnType.INTEGER])
def test_a_placeholder_is_nothing_and_no_fault(
    reader: duckdb.DuckDBPyConnection,
    text: str | None,
    kind: ColumnType,
) -> None:
    assert _value(reader, kind, text) == (None, None)


@pytest.mark.parametrize("text", ["1900-01-01", "01/01/1900", "1900-01-01 00:00:00.000"])
def test_the_first_of_january_1900_stands_for_no_day(reader: duckdb.DuckDBPyConnection, text: str) -> None:
    assert _value(reader, ColumnType.DATE, text) == (None, None)


def test_a_moment_with_an_offset_is_told_in_local_time(reader: duckdb.DuckDBPyConnection) -> None:
    assert _value(reader, ColumnType.MOMENT, "2021-07-01T23:30:00Z") == (datetime(2021, 7, 2, 0, 30), None)  # noqa: DTZ001
    assert _value(reader, ColumnType.DATE, "2021-07-01T23:30:00Z") == (date(2021, 7, 2), None)


def test_a_moment_keeps_its_time_and_says_when_it_has_none(reader: duckdb.DuckDBPyConnection) -> None:
    assert _value(reader, ColumnType.MOMENT, "01/11/2021 09:30") == (datetime(2021, 11, 1, 9, 30), None)  # noqa: DTZ001
    assert _value(reader, ColumnType.MOMENT, "44501.5") == (datetime(2021, 11, 1, 12), None)  # noqa: DTZ001
    assert _value(reader, ColumnType.MOMENT, "01/11/2021") == (datetime(2021, 11, 1), Fault.NO_TIME)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("kind", "text", "value", "fault"),
    [
        (ColumnType.ID, "123.0", "123", None),
        (ColumnType.ID, " 0012 ", "0012", None),
        (ColumnType.ID, "12.5", "12.5", None),
        (ColumnType.ID, "1.23457E+17", "1.23457E+17", Fault.ROUNDED_ID),
        (ColumnType.FLAG, "yes", "Y", None),
        (ColumnType.FLAG, "1", "Y", None),
        (ColumnType.FLAG, "true", "Y", None),
        (ColumnType.FLAG, "False", "N", None),
        (ColumnType.FLAG, "0", "N", None),
        (ColumnType.FLAG, "unknown", None, None),
        (ColumnType.FLAG, "perhaps", None, Fault.NO_FLAG),
        (ColumnType.CODE, "1a", "1A", None),
        (ColumnType.CODE, "6.0", "6", None),
        (ColumnType.CODE, "Aunt", "Aunt", Fault.UNKNOWN_CODE),
        (ColumnType.CODE, "5D", "5D", Fault.EARLY_CODE),
        (ColumnType.INTEGER, "12", 12, None),
        (ColumnType.INTEGER, "12.0", 12, None),
        (ColumnType.INTEGER, "12.5", None, Fault.NO_NUMBER),
        (ColumnType.INTEGER, "twelve", None, Fault.NO_NUMBER),
        (ColumnType.DECIMAL, "0.6", 0.6, None),
        (ColumnType.DECIMAL, "1,5", None, Fault.NO_NUMBER),
        (ColumnType.TEXT, " Child & family ", "Child & family", None),
    ],
)
def test_a_cell_becomes_the_value_of_its_type(
    reader: duckdb.DuckDBPyConnection,
    kind: ColumnType,
    text: str,
    value: object,
    fault: Fault | None,
) -> None:
    assert _value(reader, kind, text) == (value, fault)


DAYS = st.dates(date(1927, 6, 1), date(2099, 12, 31))


@given(day=DAYS, blanks=st.sampled_from(["", " ", "\t", "\u00a0"]))
@settings(max_examples=60, deadline=None)
def test_every_day_survives_every_spelling(reader: duckdb.DuckDBPyConnection, day: date, blanks: str) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    spellings = (
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}/{day.month}/{day.year} 0:00",
        f"{day.day:02}-{months[day.month - 1]}-{day.year}",
        serial,
    )
    for text in spellings:
        assert _value(reader, ColumnType.DATE, f"{blanks}{text}{blanks}") == (day, None), text


@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)))  # noqa: DTZ001 - a moment of the record
@settings(max_examples=60, deadline=None)
def test_every_minute_survives_every_spelling(reader: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - the day Excel counts from
    local = moment.replace(tzinfo=ZoneInfo("Europe/London"))
    spellings = [
        moment.isoformat(),
        f"{moment:%d/%m/%Y %H:%M}",
        f"{moment:%d/%m/%Y %I:%M:%S %p}",
        f"{serial:.8f}",
    ]
    if local == local.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo("Europe/London")):
        spellings.append(local.astimezone(ZoneInfo("UTC")).isoformat())
    for text in spellings:
        expected = None if "." in text or ":" in text else Fault.NO_TIME
        assert _value(reader, ColumnType.MOMENT, text) == (moment, expected), text


@given(number=st.integers(-(10**12), 10**12).filter(lambda number: number != -1))
@settings(max_examples=60, deadline=None)
def test_every_whole_number_survives_a_spreadsheet(reader: duckdb.DuckDBPyConnection, number: int) -> None:
    assert _value(reader, ColumnType.INTEGER, str(number)) == (number, None)
    assert _value(reader, ColumnType.INTEGER, f"{number}.0") == (number, None)
    if number >= 0:
        assert _value(reader, ColumnType.ID, f"{number}.0") == (str(number), None)
