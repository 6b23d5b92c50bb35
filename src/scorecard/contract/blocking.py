"""What blocks: findings that stop an extract from being taken for good, and those a month can be frozen in spite of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ACCEPTABLE: Mapping[str, str] = {
    "missing_column": "a required column is not there: figures that need it have no value",
    "two_headers": "a second header row was read as a record",
    "empty_file": "a file has nothing in it, and its table counts as not supplied",
    "ragged_row": "rows have more or fewer cells than the header",
    "formula_without_value": "cells of a required column were left without a value and count as empty",
    "duplicate_key": "records under one key differ: the first of them counts",
    "table_empty": "a table has no row, and had some in the extract before",
    "children_gone": "children who were open in the extract before are not in this one",
}
"""The findings that can be accepted by name, by code, with what accepting them means. No other block can be."""

ANOTHER_MONTHS = "stops_early"
"""The warning at taking that no month can be frozen in spite of: an extract with nothing of its last month."""


def stops_taking(finding: Finding) -> bool:
    """Whether nothing can be kept because of it: it cannot be read, or is no extract of this council."""
    return finding.severity is Severity.BLOCK and finding.code not in ACCEPTABLE


def stops_freezing(finding: Finding) -> bool:
    """Whether it can be taken, and its month be frozen only where somebody accepts it."""
    return finding.severity is Severity.BLOCK and finding.code in ACCEPTABLE


def blocking(findings: Iterable[Finding]) -> dict[str, int]:
    """How many rows (or columns, or files) each finding concerns that stops freezing, by its code and table."""
    found = Counter[str]()
    for one in findings:
        if stops_freezing(one):
            found[name_of(one.code, one.table)] += one.rows.count or 1
    return dict(sorted(found.items()))


def name_of(code: str, table: str) -> str:
    """How a finding is named where it is accepted.

    >>> name_of("missing_column", "ssd_contacts"), name_of("empty_file", "")
    ('missing_column:ssd_contacts', 'empty_file')
    """
    return f"{code}:{table}" if table else code
