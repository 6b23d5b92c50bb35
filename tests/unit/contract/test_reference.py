from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.reference import contract_page

CONTRACT = load_contract()
PAGE = contract_page(CONTRACT)
COMMITTED = Path(__file__).parents[3] / "docs" / "reference" / "contract.md"


def test_the_committed_page_says_what_the_contract_says() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == PAGE, "run `make docs`"


@pytest.mark.parametrize("name", sorted(CONTRACT.tables))
def test_every_column_rule_and_code_of_a_table_is_on_the_page(name: str) -> None:
    table = CONTRACT.tables[name]
    assert f"\n## {name}\n" in PAGE
    for column in table.columns:
        assert f"| `{column.name}` |" in PAGE
        assert column.meaning in PAGE
        if column.codes:
            assert f"\n### {column.codes}\n" in PAGE
    for rule in table.constraints:
        assert rule.sentence in PAGE


def test_every_link_leads_to_a_heading() -> None:
    linked = {part.split(")")[0] for part in PAGE.split("](#")[1:]}
    headings = {line.lstrip("# ") for line in PAGE.splitlines() if line.startswith("#")}
    assert linked <= headings


def test_personal_columns_are_marked_as_not_loaded() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| `pers_forename`")]
    assert lines == ["| `pers_forename` | text | not loaded | First name. |"]
