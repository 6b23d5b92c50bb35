"""What is said of a report that was mapped: never a cell's text, only headers, columns and rows."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Rows, Severity
from scorecard.words.grammar import joined, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.contract.mapping.recognising import Fit

TOTAL, HEADING, FILTERED = "total", "heading", "filtered"
"""Why a row is left out: a total or a note, a heading of a group, or what the mapping does not want."""

_LEFT_OUT = {
    TOTAL: ("total_rows", "Rows of totals and notes were left out, as the mapping says."),
    HEADING: ("group_headings", "Headings of groups were read into a column of the rows below them."),
    FILTERED: ("filtered_rows", "Rows that the mapping does not want were left out."),
}
UNUSED = "unused_columns"
"""What is said of columns nobody reads."""

_LONGEST_NAME = 60


def block(findings: Iterable[Finding]) -> bool:
    """Whether one of them keeps the report from being read."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def about_headers(file: str, fit: Fit) -> list[Finding]:
    """Headers the mapping names and the report lacks, those that stand twice, and those nobody reads."""
    asked = {fit.mapping.called(one.column): Severity.WARN for one in fit.mapping.conditions if not one.filled}
    asked |= {fit.mapping.called(one.column): Severity.BLOCK for one in fit.mapping.conditions if one.needs_column}
    findings = [_twice(file, header) for header in fit.twice]
    findings += [
        _lacking(file, lacking, fit.mapping.id, severity)
        for severity in Severity
        if (lacking := [header for header in fit.missing if asked.get(header, Severity.NOTE) is severity])
    ]
    if fit.others:
        findings.append(_not_used(file, fit.others))
    return findings


def left_out(file: str, why: str, rows: Rows) -> Finding:
    """Rows that are no records."""
    code, problem = _LEFT_OUT[why]
    remedy = "Look at one of them, and at `[rows]` of the mapping, if there are more than you expect."
    return Finding(code, Severity.NOTE, problem, remedy, file, rows)


def unmapped(file: str, table: str, column: str, spellings: int, rows: Rows) -> Finding:
    """Values that are no code of the column, by any spelling known."""
    said = "One value is" if spellings == 1 else f"{spellings} different values are"
    return Finding(
        "unmapped_values",
        Severity.WARN,
        f"{said} not matched to a code; in {rows.count} {plural(rows.count, 'row')} the column counts as not known.",
        "`check --write-mapping` writes every spelling to a file beside the mapping: say there which code each is.",
        file,
        rows,
        column,
        table,
    )


def likely(file: str, table: str, column: str, spellings: int, rows: Rows) -> Finding:
    """Values matched to a code that is likely, not sure."""
    said = "One value was" if spellings == 1 else f"{spellings} different values were"
    return Finding(
        "likely_values",
        Severity.WARN,
        f"{said} matched to a code that is likely and not sure, in {rows.count} {plural(rows.count, 'row')}.",
        "`check --write-mapping` writes each with the code taken for it: write it into the mapping, or put it right.",
        file,
        rows,
        column,
        table,
    )


def unfilled(files: str, table: str, column: str) -> Finding:
    """A column without which no row of a table counts, and which no report fills."""
    return Finding(
        "missing_column",
        Severity.BLOCK,
        "No mapping fills this column, and without it no row of the table can count.",
        f"Write `columns.{column} = …` into the mapping; where the report has no such column, a key of others may do.",
        files,
        column=column,
        table=table,
    )


def fits_two(file: str, ids: Iterable[str]) -> Finding:
    """A file that two mappings fit equally, so that either would be a guess."""
    return Finding(
        "two_mappings",
        Severity.BLOCK,
        f"Mappings {joined(tuple(ids))} fit it equally, and it was not read.",
        "Give one of them a header under `recognised_by` that the other report lacks, or a pattern of the file's name.",
        file,
    )


def fits_none(path: str) -> Finding:
    """A mapping of the council's that no file of the source fits."""
    return Finding(
        "mapping_not_used",
        Severity.NOTE,
        "No file of this source fits this mapping.",
        "Nothing needs doing if its report is not among them; else compare the headers under `recognised_by`.",
        path,
    )


def _twice(file: str, header: str) -> Finding:
    return Finding(
        "column_twice",
        Severity.WARN,
        "Two columns have this header; the first was read.",
        "Rename the other in the report if it is the one that is meant.",
        file,
        column=header,
    )


def _lacking(file: str, headers: list[str], mapping: str, severity: Severity) -> Finding:
    why = {
        Severity.BLOCK: "; which rows are records depends on them",
        Severity.WARN: "; every row counts as one in which they are empty",
        Severity.NOTE: "",
    }[severity]
    return Finding(
        "mapped_header_missing",
        severity,
        f"Headers that the mapping {mapping} names and the report lacks: {_names(headers)}{why}.",
        "If a header was renamed, add the new spelling to `[headers]` of the mapping.",
        file,
        column="" if severity is Severity.NOTE else headers[0],
    )


def _not_used(file: str, headers: Iterable[str]) -> Finding:
    return Finding(
        UNUSED,
        Severity.NOTE,
        f"Columns that the mapping does not use were not read: {_names(headers)}.",
        "Nothing needs doing unless one of them holds what a figure needs.",
        file,
    )


def _names(headers: Iterable[str]) -> str:
    return ", ".join(f"“{textwrap.shorten(header, _LONGEST_NAME, placeholder='…')}”" for header in headers)
