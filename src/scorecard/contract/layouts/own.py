"""The contract's own layout: tables and columns named as the contract names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.contract.cleaning import PLACEHOLDERS
from scorecard.contract.layouts.header import Header, header_of, table_named
from scorecard.contract.layouts.poured import Poured, Recognised
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.folder import empty
from scorecard.contract.sources.formulas import WITHOUT_VALUE
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.contract.types import ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from scorecard.contract.sources.piece import Piece
    from scorecard.contract.types import Contract, Table

GUIDE = "guide"
"""The sheet of our template that explains and holds no records."""

_LONGEST_NAME = 60

MISSING = "missing_column"
"""What is said of a required column that is not there, unless a case system's tables are mended so that it is."""

LAYOUT = "contract"
"""What this layout is called."""


def claims(piece: Piece, contract: Contract) -> bool:
    """Whether a piece is named or headed as the contract names things; if not, another layout may know it."""
    table = table_named(piece.name, contract)
    if piece.name.lower() == GUIDE or (table and (table.derived or not piece.head)):
        return True
    return _header_in(piece, table, contract) is not None


def pour(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    piece: Piece,
    into: str,
    findings: list[Finding],
) -> tuple[str, Poured | None, Recognised | None]:
    """The table one piece belongs to, the piece as text if it can be read, and what it was taken for."""
    header = _header(piece, contract, findings)
    if header is None:
        return "", None, None
    findings.extend(_about_header(piece, header))
    recognised = Recognised(piece.label, LAYOUT, header.table.name, _why(header))
    columns = _wanted(header)
    if not columns or header.twice:
        return header.table.name, None, recognised
    findings.extend(_weighed(piece.pour(connection, into, columns, header.row), header))
    findings.extend(_header_again(connection, piece, header, into, columns))
    return header.table.name, Poured(piece.label, into, frozenset(columns), LAYOUT), recognised


def _why(header: Header) -> str:
    """What it was recognised by."""
    return f"row {header.row} names {len(header.places)} of its {len(header.table.columns)} columns"


def _weighed(findings: Iterable[Finding], header: Header) -> list[Finding]:
    """Cells without their value block in a column that is required."""
    required = {column.name for column in header.table.columns if column.required}
    return [
        replace(finding, severity=Severity.BLOCK if finding.column in required else Severity.WARN)
        if finding.code == WITHOUT_VALUE
        else finding
        for finding in findings
    ]


def _header(piece: Piece, contract: Contract, findings: list[Finding]) -> Header | None:
    """Where the piece's header is; otherwise what is to be said about it."""
    if piece.name.lower() == GUIDE:
        return None
    table = table_named(piece.name, contract)
    if table and table.derived:
        findings.append(_derived(piece.label, table.name))
        return None
    if not piece.head:
        findings.append(empty(piece.label) if table else _not_recognised(piece.label))
        return None
    header = _header_in(piece, table, contract)
    if header is None:
        findings.append(_no_header(piece.label, table.name) if table else _not_recognised(piece.label))
    elif table and header.table is not table:
        findings.append(_named_otherwise(piece.label, table.name, header.table.name))
    return header


def _header_in(piece: Piece, table: Table | None, contract: Contract) -> Header | None:
    """The header of the table a piece is named after, or else of any table."""
    return header_of(piece.head, table, contract) or header_of(piece.head, None, contract)


def _wanted(header: Header) -> dict[str, int]:
    """The columns that may be read at all: the allow-list."""
    allowed = {column.name for column in (*header.table.loaded, *header.table.packed)}
    return {name: place for name, place in header.places.items() if name in allowed}


def _about_header(piece: Piece, header: Header) -> list[Finding]:
    label, table = piece.label, header.table
    findings = [*_rows_above(piece, header), *_words_below(piece, header)]
    findings += [_twice(label, table.name, name) for name in header.twice]
    findings += [
        _missing(label, table.name, column.name)
        for column in table.columns
        if column.required and not column.personal and column.name not in header.places
    ]
    optional = [
        column.name
        for column in (*table.loaded, *table.packed)
        if not column.required and column.name not in header.places
    ]
    if optional:
        findings.append(_not_supplied(label, table.name, optional))
    if header.unknown:
        findings.append(_unknown(label, table.name, header.unknown))
    return findings


def _rows_above(piece: Piece, header: Header) -> list[Finding]:
    """A title above the header is passed over; a row as full as the header is a second header."""
    findings = []
    for number, cells in enumerate(piece.head[: header.row - 1], 1):
        filled = sum(1 for cell in cells if cell)
        if filled * 2 >= len(header.places):
            findings.append(_two_headers(piece.label, header.table.name, Rows((number,), 1)))
        elif filled:
            findings.append(_title(piece.label, header.table.name, number))
    return findings


def _words_below(piece: Piece, header: Header) -> list[Finding]:
    """A row under the header that has words where days belong is a second header."""
    below = piece.head[header.row : header.row + 1]
    dated = [column.name for column in header.table.columns if column.type in (ColumnType.DATE, ColumnType.MOMENT)]
    places = [header.places[name] for name in dated if name in header.places]
    for cells in below:
        said = [cells[place] for place in places if place < len(cells) and cells[place].upper() not in PLACEHOLDERS]
        named = any(cell.lower() in header.places for cell in cells)
        if said and not named and not any(character.isdigit() for cell in said for character in cell):
            return [_two_headers(piece.label, header.table.name, Rows((header.row + 1,), 1))]
    return []


def _header_again(
    connection: duckdb.DuckDBPyConnection,
    piece: Piece,
    header: Header,
    into: str,
    columns: Iterable[str],
) -> list[Finding]:
    """Rows further down in which columns hold their own names, as when files were put one under another."""
    names = [name for name in columns if name in header.table.key] or list(columns)[:1]
    again = " OR ".join(f"lower(trim({sql_name(name)})) = '{name}'" for name in names)
    # Names of the contract and of our own tables.
    found = connection.execute(f"SELECT min({ROW}, {SHOWN_ROWS}), count(*) FROM {into} WHERE {again}").fetchone()
    if not found or not found[1]:
        return []
    return [_two_headers(piece.label, header.table.name, Rows(tuple(found[0]), found[1]))]


def _two_headers(file: str, table: str, rows: Rows) -> Finding:
    return Finding(
        "two_headers",
        Severity.BLOCK,
        "There is more than one header row.",
        "Leave one row of column names, as the contract spells them, and the records right below it.",
        file,
        rows,
        table=table,
    )


def _title(file: str, table: str, row: int) -> Finding:
    return Finding(
        "title_row",
        Severity.NOTE,
        "A row above the header was passed over.",
        "Nothing needs doing if it is a title.",
        file,
        Rows((row,), 1),
        table=table,
    )


def _twice(file: str, table: str, column: str) -> Finding:
    return Finding(
        "column_twice",
        Severity.BLOCK,
        "Two columns have this name.",
        "Take out or rename the one that is not meant.",
        file,
        column=column,
        table=table,
    )


def _missing(file: str, table: str, column: str) -> Finding:
    return Finding(
        MISSING,
        Severity.BLOCK,
        "This column is required and is not there.",
        "Add it to the export, or correct the spelling of its header.",
        file,
        column=column,
        table=table,
    )


def _not_supplied(file: str, table: str, columns: list[str]) -> Finding:
    return Finding(
        "columns_not_supplied",
        Severity.NOTE,
        f"Columns not supplied: {', '.join(columns)}.",
        "Nothing needs doing unless a figure needs them.",
        file,
        table=table,
    )


def _unknown(file: str, table: str, columns: tuple[str, ...]) -> Finding:
    names = ", ".join(f"“{name[:_LONGEST_NAME]}”" for name in columns)
    return Finding(
        "unknown_column",
        Severity.NOTE,
        f"Columns that are not in the contract were not loaded: {names}.",
        "Correct the spelling if one of them is meant to be a column of the contract.",
        file,
        column=columns[0][:_LONGEST_NAME],
        table=table,
    )


def _no_header(file: str, table: str) -> Finding:
    return Finding(
        "no_header",
        Severity.BLOCK,
        f"No row names the columns of {table}.",
        "Put the column names of the contract in the first row.",
        file,
        Rows((1,), 1),
        table=table,
    )


def _named_otherwise(file: str, name: str, table: str) -> Finding:
    return Finding(
        "named_otherwise",
        Severity.WARN,
        f"It is named after {name}, but its headers are those of {table}; it was read as {table}.",
        "Name it after the table it holds.",
        file,
        table=table,
    )


def _not_recognised(file: str) -> Finding:
    return Finding(
        "not_recognised",
        Severity.NOTE,
        "This is no table of the contract, neither by its name nor by its headers, and was not read.",
        "Name it as the contract does; of a report of your own, `check --write-mapping` drafts a mapping.",
        file,
    )


def damaged(file: str) -> Finding:
    """A file whose beginning can be read and whose records cannot."""
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        "The file is damaged or cut short, and its records cannot be read.",
        "Export it again, or give the table as CSV.",
        file,
    )


def _derived(file: str, table: str) -> Finding:
    return Finding(
        "derived_table",
        Severity.NOTE,
        "This table is made from the others and was not read.",
        "Supply the packed columns it is made from instead.",
        file,
        table=table,
    )
