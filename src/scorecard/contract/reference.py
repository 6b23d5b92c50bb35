"""The contract as a page to read: every table, column, rule and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.templates import type_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.contract.types import Code, Column, Contract, Table

_OPENING = """# The contract: what an extract holds

<!-- Made from src/scorecard/library/contract by `make docs`; change it there. -->

Version: {version}.

An extract is a folder of CSV or Parquet files, or one workbook, with tables and columns named as here. Tables named
`ssd_…` are those of the sector's Standard Safeguarding Dataset, names kept; tables named `ssdx_…` hold what the dataset
lacks. `scorecard contract --templates DIR` writes empty files to fill.

- **Needed** columns must be there. A row in which one of them is empty is kept, listed and counted nowhere, unless the
  column is marked *may be empty*.
- Columns marked **not loaded** are personal (names, addresses, free text, numbers shared with other services). They are
  part of the standard and are never read.
- Days may be written 2021-11-30 or 30/11/2021, or be real dates of a spreadsheet. A year of two digits and a month
  before the day are refused.
- A day that is *planned* may lie after the day the extract speaks of.
- Columns marked **unpacked** hold several outcomes at once, as JSON or as a list with commas; they come out as rows of
  `ssdx_outcomes`.
"""


def contract_page(contract: Contract) -> str:
    """The whole reference page in Markdown; the same contract gives the same page."""
    parts = [_OPENING.format(version=contract.version), *_contents(contract)]
    for table in contract.tables.values():
        parts += _table(table)
    parts += ["## Codes", "", *_code_lists(contract)]
    return "\n".join(parts).rstrip() + "\n"


def _contents(contract: Contract) -> Iterator[str]:
    yield from ("## Tables", "", "| table | holds |", "|---|---|")
    for table in contract.tables.values():
        yield f"| [{table.name}](#{table.name}) | {table.meaning} |"
    yield ""


def _table(table: Table) -> Iterator[str]:
    key = ", ".join(f"`{name}`" for name in table.key)
    yield from (f"## {table.name}", "", table.meaning, "", f"One row is {table.one_row_is}. Key: {key}.", "")
    if table.derived:
        yield from ("This table is made when an extract is taken, and is not supplied.", "")
    if table.essential:
        yield from ("Nothing can be taken without this table.", "")
    yield from ("| column | holds | | meaning |", "|---|---|---|---|")
    yield from (
        f"| `{column.name}` | {_holds(column)} | {_marks(column)} | {_meaning(column)} |" for column in table.columns
    )
    yield ""
    if table.constraints:
        yield from ("Checked:", "")
        yield from (f"- {rule.sentence}" + (f" ({rule.rule})" if rule.rule else "") for rule in table.constraints)
        yield ""


def _holds(column: Column) -> str:
    return f"[{column.codes}](#{column.codes})" if column.codes else type_in_words(column)


def _marks(column: Column) -> str:
    marks = {
        "needed": column.required,
        "may be empty": column.required and column.may_be_empty,
        "planned": column.planned,
        "not loaded": column.personal,
        "unpacked": column.outcomes,
    }
    return ", ".join(mark for mark, holds in marks.items() if holds)


def _meaning(column: Column) -> str:
    said = column.meaning
    if column.references:
        said += f" Names a row of [{column.references.table}](#{column.references.table})."
    if column.also_named:
        said += f" Also accepted as {', '.join(f'`{name}`' for name in column.also_named)}."
    return said


def _code_lists(contract: Contract) -> Iterator[str]:
    for name, codes in contract.codes.items():
        yield from (f"### {name}", "", "| code | means | return years |", "|---|---|---|")
        yield from (f"| {code.code} | {code.label} | {_years(code)} |" for code in codes)
        yield ""


def _years(code: Code) -> str:
    """The return years, each named by the March it ends with."""
    if code.first_year and code.last_year:
        return f"{code.first_year} to {code.last_year}"
    if code.first_year:
        return f"from {code.first_year}"
    return f"until {code.last_year}" if code.last_year else ""
