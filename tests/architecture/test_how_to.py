"""What the how-to on adding an indicator tells the reader to write is a definition that runs, examples and all."""

from __future__ import annotations

import re
from pathlib import Path

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import run_example
from scorecard.definitions.parse import parse_indicator
from scorecard.definitions.registry import load_registry
from scorecard.sql.engines.duckdb import open_duckdb

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-an-indicator.md"

FRONT = """---
id: assessments_late
title: Assessments completed late
section: assessments
kind: flow
one_case_is: assessment of one child
owner: performance team
source: the how-to
{measures}---
# Assessments completed late

An assessment authorised after its forty-fifth working day.

## Cases

```sql
{sql}```

## Examples

{examples}
"""


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert found, f"{PAGE.name} has no block of {language}"
    return found[1]


def test_the_definition_of_the_how_to_holds_to_its_own_example(tmp_path: Path) -> None:
    (tmp_path / "indicators").mkdir()
    path = tmp_path / "indicators" / "assessments_late.md"
    text = FRONT.format(measures=_block("yaml"), sql=_block("sql"), examples=_block("markdown"))
    path.write_text(text, encoding="utf-8")
    indicator, engine = parse_indicator(path), open_duckdb(load_registry().rules)
    assert len(indicator.examples) == 1
    assert run_example(indicator, indicator.examples[0], engine, load_contract()) == ()
    assert "assessments_late" in load_registry(tmp_path).measures
