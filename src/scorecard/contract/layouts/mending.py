"""What mending rows of text has in common, whatever the layout: to change, to count, and to say so."""

from __future__ import annotations

from dataclasses import replace
from functools import partial, reduce
from typing import TYPE_CHECKING

from scorecard.contract.layouts.poured import ARRIVED
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.applying import LONGEST_ARRIVED
from scorecard.contract.mapping.matching import match_texts
from scorecard.contract.report import Finding, Rows, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.contract.values.match import Sureness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb

    from scorecard.contract.layouts.poured import Poured

PLACE = "_place"
"""In rows of several files put together, which of the files a row is from, counted from 0."""


def united(files: Sequence[Poured], *columns: str) -> str:
    """The SQL of some columns of all files of a table, NULL where a file lacks one; no row where there is no file."""
    parts = [
        f"SELECT {', '.join((f'{place} AS {PLACE}', ROW, *(_column(file, name) for name in columns)))}"
        f" FROM {file.relation}"
        for place, file in enumerate(files)
    ]
    nothing = ", ".join((f"0 AS {PLACE}, 0 AS {ROW}", *(_nothing(name) for name in columns)))
    return " UNION ALL ".join(parts) or f"SELECT {nothing} WHERE false"


def _column(file: Poured, name: str) -> str:
    return sql_name(name) if name in file.columns else _nothing(name)


def _nothing(name: str) -> str:
    return f"CAST(NULL AS VARCHAR) AS {sql_name(name)}"


def text_of(column: str, row: str = "") -> str:
    """The SQL of a cell without blanks around it, NULL where there is nothing in it."""
    return f"nullif(trim({row}{sql_name(column)}), '')"


def with_column(connection: duckdb.DuckDBPyConnection, file: Poured, column: str) -> Poured:
    """The file with a column more, empty yet, unless it has it."""
    if column in file.columns:
        return file
    connection.execute(f"ALTER TABLE {file.relation} ADD COLUMN {sql_name(column)} VARCHAR")
    return file._replace(columns=file.columns | {column})


def widened(
    connection: duckdb.DuckDBPyConnection,
    poured: dict[str, list[Poured]],
    table: str,
    needs: Iterable[str],
    adds: Iterable[str] = (),
) -> Iterator[Poured]:
    """The files of a table that have the columns needed, each given those of `adds` it lacks, empty yet."""
    for place, file in enumerate(poured.get(table, ())):
        if file.columns.issuperset(needs):
            wide = poured[table][place] = reduce(partial(with_column, connection), adds, file)
            yield wide


def day_told(ends: str) -> str:
    """The SQL of the day a return's header speaks of: its reference date or, if that is unlikely, the end of its year.

    `ends` is month and day. A header that stands twice is asked for the later day.
    """
    days = (f"TRY_CAST({said} AS DATE)" for said in ('"ReferenceDate"', f"\"Year\" || '-{ends}'"))
    likely = (f"max({day}) FILTER ({day} BETWEEN DATE '2000-01-01' AND DATE '2100-12-31')" for day in days)
    return f"coalesce({', '.join(likely)})"


def changed(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> int:
    """Run an UPDATE, an INSERT or a DELETE, and say how many rows it touched; of a count, what it counted."""
    found = connection.execute(sql, list(values)).fetchone()
    return int(found[0]) if found else 0


def mended(number: int, said: Finding) -> list[Finding]:
    r"""What is said of rows that were mended or had to stay out, with their number before it; nothing of none.

    >>> [str(one) for one in mended(2, Finding("example", Severity.NOTE, "given a key.", "Nothing needs doing."))]
    ['the extract: 2 rows: given a key.\n  Nothing needs doing.']
    """
    if not number:
        return []
    problem = f"{number:,} {'row' if number == 1 else 'rows'}: {said.problem}"
    return [replace(said, problem=problem, rows=Rows((), number))]


def noted(number: int, code: str, problem: str, file: str, table: str) -> list[Finding]:
    """The same of rows that were put right and need nothing more."""
    return mended(number, Finding(code, Severity.NOTE, problem, "Nothing needs doing.", file, table=table))


def match_codes(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], table: str, column: str, told_in: str
) -> Iterator[Finding]:
    """Where a column holds none of its codes, the code that the text in `told_in` stands for, if it stands for one.

    The text is kept beside the code, as it arrived.
    """
    sort = load_contract().tables[table].column(column)
    known = [code.code for code in load_contract().codes[str(sort.codes)]]
    said = text_of(told_in)
    lacking = f"{said} IS NOT NULL AND coalesce(NOT list_contains(?, upper({text_of(column)})), true)"
    for file in widened(connection, poured, table, [told_in], [column, column + ARRIVED]):
        texts = connection.execute(f"SELECT DISTINCT {said} FROM {file.relation} WHERE {lacking}", [known]).fetchall()
        matches = match_texts(sort, {}, (text for (text,) in texts))
        for likely in (False, True):
            codes = {
                text: match.code
                for text, match in matches.items()
                if match.code and (match.sureness is Sureness.LIKELY) is likely
            }
            rows = changed(
                connection,
                f"UPDATE {file.relation} SET {sql_name(column + ARRIVED)} = left({said}, {LONGEST_ARRIVED}),"
                f" {sql_name(column)} = list_extract(?, list_position(?, {said}))"
                f" WHERE {lacking} AND list_contains(?, {said})",
                [list(codes.values()), list(codes), known, list(codes)],
            )
            yield from mended(rows, _matched(file.label, table, column, likely=likely))


def _matched(file: str, table: str, column: str, *, likely: bool) -> Finding:
    if likely:
        problem = "a description was read as a code that is likely and not sure."
        remedy = "Compare the descriptions, as they arrived, with the codes taken for them."
        return Finding("likely_values", Severity.WARN, problem, remedy, file, column=column, table=table)
    problem = "a description was read as the code it stands for."
    return Finding("described_codes", Severity.NOTE, problem, "Nothing needs doing.", file, column=column, table=table)
