"""How the text of a cell becomes a value: the SQL for each type of column, and what can be wrong with the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from scorecard.contract.sources.piece import sql_name, sql_text
from scorecard.contract.types import Code, Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EARLIEST, LATEST = "1900-01-02", "2100-12-31"
"""Days outside these are not believed; 1900-01-01 is what case systems write for no day."""

PLACEHOLDERS = ("", "NULL", "(NULL)", "\\N", "NAN", "NAT", "#N/A", "SSD_PH", "-1", "-", ".", "..", "<BLANK>", "<NA>")
"""What is written where there is nothing, in capitals."""

_YES = ("Y", "YES", "1", "1.0", "TRUE", "T")
_NO = ("N", "NO", "0", "0.0", "FALSE", "F")
_NOT_SAID = ("U", "UNKNOWN", "NOT KNOWN", "NA", "N/A", "NK")

_ISO = r"^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?$"
_OFFSET = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|z|[+-]\d{2}(:?\d{2})?)$"
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


@dataclass(frozen=True)
class Cell:
    """The SQL of one column: a step that prepares it, if any, its value, and its fault, NULL where there is none."""

    value: str
    fault: str
    prepared: Mapping[str, str]


def trimmed(name: str) -> str:
    """The text of a cell without blanks around it, of any kind a spreadsheet or a web page leaves there."""
    column = sql_name(name)
    # Most cells begin and end with a plain letter or digit: seeing that first is five times faster than trimming all.
    plain = f"{column}[1] BETWEEN '!' AND '~' AND {column}[-1] BETWEEN '!' AND '~'"
    blanks = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)"
    return f"CASE WHEN {plain} THEN {column} ELSE trim({column}, {blanks}) END"


def filled(name: str) -> str:
    """A trimmed text, and nothing where a placeholder stands."""
    column = sql_name(name)
    longest = max(len(placeholder) for placeholder in PLACEHOLDERS)
    return (
        f"CASE WHEN strlen({column}) > {longest} THEN {column}"
        f" WHEN upper({column}) IN ({_texts(PLACEHOLDERS)}) THEN NULL ELSE {column} END"
    )


def cell(column: Column, codes: Mapping[str, tuple[Code, ...]], return_year: int | None) -> Cell:
    """How one column is read. `return_year` is the year ending 31 March in which codes must be in use."""
    text = sql_name(column.name)
    match column.type:
        case ColumnType.DATE | ColumnType.MOMENT:
            return _day(column, text)
        case ColumnType.FLAG:
            return _flag(text)
        case ColumnType.CODE if column.codes:
            return _code(text, codes[column.codes], return_year)
        case ColumnType.INTEGER | ColumnType.DECIMAL:
            return _number(column.type, text)
        case ColumnType.ID | ColumnType.CODE:
            return _id(text)
        case ColumnType.TEXT:
            return Cell(text, "NULL", {})


def moment_column(name: str) -> str:
    """The name of the prepared moment of a day or moment column."""
    return f"{name}__moment"


def _day(column: Column, text: str) -> Cell:
    prepared = moment_column(column.name)
    moment = sql_name(prepared)
    believed = f"{moment} >= TIMESTAMP '{EARLIEST}' AND {moment} < TIMESTAMP '{LATEST}' + INTERVAL 1 DAY"
    fault = (
        f"CASE WHEN {text} IS NULL OR {believed} THEN {_no_time(column, text)}"
        f" WHEN {moment} IS NULL THEN {_fault(Fault.NO_DAY)}"
        f" WHEN CAST({moment} AS DATE) = DATE '1900-01-01' THEN NULL"
        f" WHEN year({moment}) < 100 THEN {_fault(Fault.SHORT_YEAR)} ELSE {_fault(Fault.UNLIKELY_YEAR)} END"
    )
    value = f"CASE WHEN {believed} THEN CAST({moment} AS {column.type.sql}) END"
    return Cell(value, fault, {prepared: _moment(text)})


def _no_time(column: Column, text: str) -> str:
    """A moment that is only a day: no colon, and no fraction of a day in a serial number."""
    if column.type is not ColumnType.MOMENT:
        return "NULL"
    return f"CASE WHEN {text} IS NOT NULL AND NOT regexp_matches({text}, '[:.]\\d') THEN {_fault(Fault.NO_TIME)} END"


def _moment(text: str) -> str:
    """Day and time as written: ISO, ISO with an offset (told in local time), an Excel serial number, or as in Britain.

    No format with the month before the day, and none with a year of two digits, is among them.
    """
    formats = ", ".join(sql_text(written) for written in _FORMATS)
    serial = f"to_seconds(CAST(round(TRY_CAST({text} AS DOUBLE) * {_SECONDS_A_DAY}) AS BIGINT))"
    local = f"timezone('Europe/London', TRY_CAST({text} AS TIMESTAMPTZ))"
    return (
        f"CASE WHEN {text} IS NULL THEN NULL"
        f" WHEN {text} LIKE '____-__-__' THEN TRY_CAST({text} AS TIMESTAMP)"
        f" WHEN regexp_matches({text}, '{_ISO}') THEN TRY_CAST({text} AS TIMESTAMP)"
        f" WHEN regexp_matches({text}, '{_SERIAL}') THEN TIMESTAMP '1899-12-30' + {serial}"
        f" WHEN regexp_matches({text}, '{_OFFSET}') THEN {local}"
        f" ELSE try_strptime({text}, [{formats}]) END"
    )


def _flag(text: str) -> Cell:
    said = f"upper({text})"
    value = f"CASE WHEN {said} IN ({_texts(_YES)}) THEN 'Y' WHEN {said} IN ({_texts(_NO)}) THEN 'N' END"
    known = _texts((*_YES, *_NO, *_NOT_SAID))
    return Cell(value, f"CASE WHEN {said} NOT IN ({known}) THEN {_fault(Fault.NO_FLAG)} END", {})


def _code(text: str, codes: tuple[Code, ...], return_year: int | None) -> Cell:
    """A code of the list whatever its capitals, and a number a spreadsheet gave a fraction; others stay as they are."""
    all_codes = _texts(code.code for code in codes)
    said = f"upper({_without_fraction(text)})"
    value = f"CASE WHEN {text} IN ({all_codes}) THEN {text} WHEN {said} IN ({all_codes}) THEN {said} ELSE {text} END"
    early = [code.code for code in codes if return_year and code.first_year and code.first_year > return_year]
    too_early = f" WHEN {said} IN ({_texts(early)}) THEN {_fault(Fault.EARLY_CODE)}" if early else ""
    fault = f"CASE WHEN {said} NOT IN ({all_codes}) THEN {_fault(Fault.UNKNOWN_CODE)}{too_early} END"
    return Cell(value, fault, {})


def _number(kind: ColumnType, text: str) -> Cell:
    number = f"CASE WHEN regexp_matches({text}, '{_DECIMAL}') THEN TRY_CAST({text} AS DOUBLE) END"
    value = number
    if kind is ColumnType.INTEGER:
        value = f"CASE WHEN {number} = floor({number}) THEN TRY_CAST({number} AS BIGINT) END"
    return Cell(value, f"CASE WHEN {text} IS NOT NULL AND ({value}) IS NULL THEN {_fault(Fault.NO_NUMBER)} END", {})


def _id(text: str) -> Cell:
    fault = f"CASE WHEN regexp_matches({text}, '{_SCIENTIFIC}') THEN {_fault(Fault.ROUNDED_ID)} END"
    return Cell(_without_fraction(text), fault, {})


def _without_fraction(text: str) -> str:
    """A whole number that a spreadsheet wrote as 123.0."""
    whole = f"regexp_replace({text}, '^(\\d+)\\.0+$', '\\1')"
    return f"CASE WHEN ends_with({text}, '.0') THEN {whole} ELSE {text} END"


def _texts(texts: Iterable[str]) -> str:
    return ", ".join(sql_text(text) for text in texts)


def _fault(fault: Fault) -> str:
    return f"CAST({int(fault)} AS TINYINT)"
