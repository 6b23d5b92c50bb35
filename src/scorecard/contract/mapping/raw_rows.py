"""A report as rows of text: the columns its mapping names, without titles, totals and group headings."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from scorecard.contract.cleaning import PLACEHOLDERS
from scorecard.contract.layouts.poured import Raw
from scorecard.contract.mapping import remarks
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows
from scorecard.contract.sources.delimited import DelimitedPiece
from scorecard.contract.sources.piece import ROW, sql_name, sql_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from scorecard.contract.mapping.mapping import Heading, Mapping
    from scorecard.contract.mapping.recognising import Fit
    from scorecard.contract.sources.piece import Piece

_LEFT, _BLOCK = "_left_out", "_block"
_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)"


def pour_raw(
    connection: duckdb.DuckDBPyConnection, piece: Piece, fit: Fit, into: str
) -> tuple[Raw | None, list[Finding]]:
    """Make the table `into` of a piece's records, and say what was left out; no table where its columns are not told.

    Its columns are called as the mapping calls the headers; empty cells and placeholders are NULL.
    """
    mapping = fit.mapping
    findings = remarks.about_headers(piece.label, fit)
    if remarks.block(findings):
        return None, findings
    text = sql_name(f"{into.strip(chr(34))}_text")
    findings += _with_short_rows(piece, fit).pour(connection, text, fit.places, fit.header_row)
    headers = [*fit.places, *([mapping.made] if mapping.made else [])]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {text} AS {_marked(mapping, tuple(fit.places), headers, text)}")
    findings += _left_out(connection, piece.label, text)
    connection.execute(
        f"CREATE TEMP TABLE {into} AS SELECT * EXCLUDE ({_LEFT}) FROM {text} WHERE {_LEFT} IS NULL ORDER BY {ROW}"
    )
    connection.execute(f"DROP TABLE {text}")
    return Raw(piece.label, into, frozenset(headers)), findings


def _with_short_rows(piece: Piece, fit: Fit) -> Piece:
    """A total or the heading of a group often has fewer cells than the header; any other such row is a fault."""
    if not isinstance(piece, DelimitedPiece):
        return piece
    rules = fit.mapping.rows

    def may_be_short(cells: Sequence[str]) -> bool:
        said = {header: cells[place].strip() if place < len(cells) else "" for header, place in fit.places.items()}
        if any(rule.holds(said.get(fit.mapping.called(rule.column), "")) for rule in rules.without):
            return True
        filled = [header for header, text in said.items() if text]
        return rules.heading is not None and filled == [fit.mapping.called(rules.heading.column)]

    return replace(piece, may_be_short=may_be_short)


def _marked(mapping: Mapping, read: tuple[str, ...], headers: list[str], text: str) -> str:
    """Every row with why it is left out, NULL where it is a record: totals first, then headings, then the filter."""
    rules = mapping.rows

    def cell(header: str) -> str:
        called = mapping.called(header)
        return sql_name(called) if called in headers else "CAST(NULL AS VARCHAR)"

    cells = ", ".join(f"{_cleaned(header)} AS {sql_name(header)}" for header in read)
    totals = " OR ".join(rule.sql(cell) for rule in rules.without) or "false"
    heading = _heading(rules.heading, mapping, read) if rules.heading else "false"
    cleaned = f"SELECT {ROW}, {cells} FROM {text}"
    marked = (
        f"SELECT *, CASE WHEN {totals} THEN '{remarks.TOTAL}' WHEN {heading} THEN '{remarks.HEADING}' END AS {_LEFT}"
        f" FROM ({cleaned})"
    )
    made = f"0 AS {_BLOCK}"
    if rules.heading:
        its = f"last_value(CASE WHEN {_LEFT} = '{remarks.HEADING}' THEN {{}} END IGNORE NULLS) OVER (ORDER BY {ROW})"
        text_of_it = its.format(sql_name(mapping.called(rules.heading.column)))
        made = f"coalesce({its.format(ROW)}, 0) AS {_BLOCK}, {text_of_it} AS {sql_name(rules.heading.into)}"
    with_blocks = f"SELECT *, {made} FROM ({marked})"
    carried = [called for header in rules.carry_down if (called := mapping.called(header)) in read]
    only = " AND ".join(rule.sql(cell) for rule in rules.only) or "true"
    return (
        f"SELECT * REPLACE (coalesce({_LEFT}, CASE WHEN NOT ({only}) THEN '{remarks.FILTERED}' END) AS {_LEFT})"
        f" FROM (SELECT * EXCLUDE ({_BLOCK}) FROM ({reduce(_carried_down, carried, with_blocks)}))"
    )


def _carried_down(rows: str, header: str) -> str:
    """The rows, each empty cell of one column filled from above; where its value changes, those after it begin anew.

    So no child has the date of birth of the child above, and no team's first row the child of the team before.
    """
    name = sql_name(header)
    within = f"OVER (PARTITION BY {_BLOCK} ORDER BY {ROW})"
    changes = f"row_number() {within} = 1 OR {name} IS DISTINCT FROM lag({name}) {within}"
    above = f"last_value(CASE WHEN {_LEFT} IS NULL THEN {name} END IGNORE NULLS) {within}"
    return (
        f"SELECT * EXCLUDE (_changed) REPLACE (sum(_changed) OVER (ORDER BY {ROW}) AS {_BLOCK})"
        f" FROM (SELECT *, CAST({changes} AS INTEGER) AS _changed"
        f" FROM (SELECT * REPLACE ({above} AS {name}) FROM ({rows})))"
    )


def _cleaned(header: str) -> str:
    """A cell without blanks around it, nothing where a placeholder stands."""
    cell = f"trim({sql_name(header)}, {_BLANKS})"
    return f"CASE WHEN upper({cell}) NOT IN ({', '.join(map(sql_text, PLACEHOLDERS))}) THEN {cell} END"


def _heading(heading: Heading, mapping: Mapping, read: tuple[str, ...]) -> str:
    """Only this cell is filled, of those that are read."""
    column = mapping.called(heading.column)
    return " AND ".join(f"{sql_name(one)} IS {'NOT ' if one == column else ''}NULL" for one in read)


def _left_out(connection: duckdb.DuckDBPyConnection, label: str, text: str) -> Iterator[Finding]:
    found = connection.execute(
        f"SELECT {_LEFT}, min({ROW}, {SHOWN_ROWS}), count(*) FROM {text} WHERE {_LEFT} IS NOT NULL GROUP BY ALL"
        f" ORDER BY ALL"
    ).fetchall()
    for why, first, count in found:
        yield remarks.left_out(label, why, Rows(tuple(first), count))
