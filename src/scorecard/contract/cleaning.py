"""How the text of a cell becomes a value: the SQL for each type of column, and what can be wrong with the text."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from scorecard.contract.sources.piece import sql_name, sql_text
from scorecard.contract.types import Code, Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb

EARLIEST, LATEST = "1900-01-02", "2100-12-31"
"""Days outside these are not believed; 1900-01-01 is what case systems write for no day."""

PLACEHOLDERS = ("", "NULL", "(NULL)", "\\N", "NAN", "NAT", "#N/A", "SSD_PH", "-1", "-", ".", "..", "<BLANK>", "<NA>")
"""What is written where there is nothing, in capitals."""

_YES = ("Y", "YES", "1", "1.0", "TRUE", "T")
_NO = ("N", "NO", "0", "0.0", "FALSE", "F")
_NOT_SAID = ("U", "UNKNOWN", "NOT KNOWN", "NA", "N/A", "NK")

_ISO = r"^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?$"
_OFFSET = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|z|[+-]\d{2}(:?\d{2})?)$"
_MONTH_FIRST = r"^(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]\d{4}(\D|$)"
_SERIAL = r"^\d{5}(\.\d+)?$"
_SCIENTIFIC = r"^\d(\.\d+)?[eE]\+\d+$"
_FORMATS = (
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S.%f",
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d.%m.%Y",
    "%d-%b-%Y",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y",
    "%d %B %Y",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d",
)
_SECONDS_A_DAY = 86400
_DECIMAL = r"^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$"


class Fault(IntEnum):
    """What is wrong with a cell."""

    NO_DAY = 1
    SHORT_YEAR = 2
    UNLIKELY_YEAR = 3
    NO_TIME = 4
    NO_FLAG = 5
    UNKNOWN_CODE = 6
    EARLY_CODE = 7
    NO_NUMBER = 8
    ROUNDED_ID = 9
    MONTH_FIRST = 10


@dataclass(frozen=True)
class Cell:
    """The SQL of one column: a step that prepares it, if any, its value, and its fault, NULL where there is none."""

    value: str
    fault: str
    prepared: Mapping[str, str]


@contextmanager
def words_of_reading(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The words that cells are read with, there for a moment: shorter to say once than in every column's SQL."""
    for name, meaning in _words().items():
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {name} AS {meaning}")
    try:
        yield
    finally:
        for name in _words():
            connection.execute(f"DROP MACRO {name.partition('(')[0]}")


def trimmed(name: str) -> str:
    """The text of a cell without blanks around it."""
    return f"_trimmed({sql_name(name)})"


def filled(name: str) -> str:
    """A trimmed text, and nothing where a placeholder stands."""
    return f"_filled({sql_name(name)})"


def cell(column: Column, codes: Mapping[str, tuple[Code, ...]], return_year: int | None) -> Cell:
    """How one column is read. `return_year` is the year ending 31 March in which codes must be in use."""
    text = sql_name(column.name)
    if column.type in (ColumnType.DATE, ColumnType.MOMENT):
        return _day(column, text)
    if column.codes:
        return _code(text, codes[column.codes], return_year)
    value, fault = _PLAIN[column.type]
    return Cell(value.format(text), fault.format(text), {})


_PLAIN = {
    ColumnType.ID: ("_without_fraction({0})", "_id_fault({0})"),
    ColumnType.CODE: ("_without_fraction({0})", "NULL"),
    ColumnType.TEXT: ("{0}", "NULL"),
    ColumnType.FLAG: ("_flag({0})", "_flag_fault({0})"),
    ColumnType.INTEGER: ("_whole({0})", "_number_fault({0}, _whole({0}))"),
    ColumnType.DECIMAL: ("_number({0})", "_number_fault({0}, _number({0}))"),
}
"""Value and fault of the types that need nothing but the text."""


def _day(column: Column, text: str) -> Cell:
    prepared = f"{column.name}__moment"
    moment = sql_name(prepared)
    fault = "_time_fault" if column.type is ColumnType.MOMENT else "_day_fault"
    value = f"CAST(_believed({moment}) AS {column.type.sql})"
    return Cell(value, f"{fault}({text}, {moment})", {prepared: f"_moment({text})"})


def _code(text: str, codes: tuple[Code, ...], return_year: int | None) -> Cell:
    """A code of the list whatever its capitals, and a number a spreadsheet gave a fraction; others stay as they are."""
    known = _list(code.code for code in codes)
    early = _list(code.code for code in codes if return_year and code.first_year and code.first_year > return_year)
    return Cell(f"_code({text}, {known})", f"_code_fault({text}, {known}, {early})", {})


def _words() -> dict[str, str]:
    """Each word and what it means."""
    return {
        "_trimmed(t)": _TRIMMED,
        "_filled(t)": (
            f"CASE WHEN strlen(t) > {_LONGEST} THEN t WHEN upper(t) IN ({_texts(PLACEHOLDERS)}) THEN NULL ELSE t END"
        ),
        "_moment(t)": _moment(),
        "_believed(m)": (
            f"CASE WHEN m >= TIMESTAMP '{EARLIEST}' AND m < TIMESTAMP '{LATEST}' + INTERVAL 1 DAY THEN m END"
        ),
        "_day_fault(t, m)": _day_fault(),
        "_time_fault(t, m)": (
            f"CASE WHEN _believed(m) IS NULL THEN _day_fault(t, m)"
            f" WHEN NOT regexp_matches(t, '[:.]\\d') THEN {_fault(Fault.NO_TIME)} END"
        ),
        "_flag(t)": f"CASE WHEN upper(t) IN ({_texts(_YES)}) THEN 'Y' WHEN upper(t) IN ({_texts(_NO)}) THEN 'N' END",
        "_flag_fault(t)": (
            f"CASE WHEN upper(t) NOT IN ({_texts((*_YES, *_NO, *_NOT_SAID))}) THEN {_fault(Fault.NO_FLAG)} END"
        ),
        "_number(t)": f"CASE WHEN regexp_matches(t, '{_DECIMAL}') THEN TRY_CAST(t AS DOUBLE) END",
        "_whole(t)": "CASE WHEN _number(t) = floor(_number(t)) THEN TRY_CAST(_number(t) AS BIGINT) END",
        "_number_fault(t, n)": f"CASE WHEN t IS NOT NULL AND n IS NULL THEN {_fault(Fault.NO_NUMBER)} END",
        "_without_fraction(t)": (
            "CASE WHEN ends_with(t, '.0') THEN regexp_replace(t, '^(\\d+)\\.0+$', '\\1') ELSE t END"
        ),
        "_id_fault(t)": f"CASE WHEN regexp_matches(t, '{_SCIENTIFIC}') THEN {_fault(Fault.ROUNDED_ID)} END",
        "_code(t, known)": (
            "CASE WHEN list_contains(known, t) THEN t"
            " WHEN list_contains(known, upper(_without_fraction(t))) THEN upper(_without_fraction(t)) ELSE t END"
        ),
        "_code_fault(t, known, early)": (
            f"CASE WHEN t IS NULL THEN NULL"
            f" WHEN NOT list_contains(known, upper(_without_fraction(t))) THEN {_fault(Fault.UNKNOWN_CODE)}"
            f" WHEN list_contains(early, upper(_without_fraction(t))) THEN {_fault(Fault.EARLY_CODE)} END"
        ),
    }


# Most cells begin and end with a plain letter or digit: seeing that first is five times faster than trimming them all.
_TRIMMED = (
    "CASE WHEN t[1] BETWEEN '!' AND '~' AND t[-1] BETWEEN '!' AND '~' THEN t"
    " ELSE trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)) END"
)
_LONGEST = max(len(placeholder) for placeholder in PLACEHOLDERS)


def _day_fault() -> str:
    """1900-01-01 is a placeholder, not a fault."""
    return (
        f"CASE WHEN t IS NULL OR _believed(m) IS NOT NULL THEN NULL"
        f" WHEN m IS NULL AND regexp_matches(t, '{_MONTH_FIRST}') THEN {_fault(Fault.MONTH_FIRST)}"
        f" WHEN m IS NULL THEN {_fault(Fault.NO_DAY)}"
        f" WHEN CAST(m AS DATE) = DATE '1900-01-01' THEN NULL"
        f" WHEN year(m) < 100 THEN {_fault(Fault.SHORT_YEAR)} ELSE {_fault(Fault.UNLIKELY_YEAR)} END"
    )


def _moment() -> str:
    """Day and time as written: ISO, ISO with an offset (told in local time), an Excel serial number, or as in Britain.

    No format with the month before the day, and none with a year of two digits, is among them.
    """
    serial = f"to_seconds(CAST(round(TRY_CAST(t AS DOUBLE) * {_SECONDS_A_DAY}) AS BIGINT))"
    return (
        "CASE WHEN t IS NULL THEN NULL"
        " WHEN t LIKE '____-__-__' THEN TRY_CAST(t AS TIMESTAMP)"
        f" WHEN regexp_matches(t, '{_ISO}') THEN TRY_CAST(t AS TIMESTAMP)"
        f" WHEN regexp_matches(t, '{_SERIAL}') THEN TIMESTAMP '1899-12-30' + {serial}"
        f" WHEN regexp_matches(t, '{_OFFSET}') THEN timezone('Europe/London', TRY_CAST(t AS TIMESTAMPTZ))"
        # The engine reads “infinity” as the first day of 1900.
        f" WHEN t[1] BETWEEN '0' AND '9' THEN try_strptime(t, {_list(_FORMATS)}) END"
    )


def _texts(texts: Iterable[str]) -> str:
    return ", ".join(sql_text(text) for text in texts)


def _list(texts: Iterable[str]) -> str:
    return f"CAST([{_texts(texts)}] AS VARCHAR[])"


def _fault(fault: Fault) -> str:
    return f"CAST({int(fault)} AS TINYINT)"
