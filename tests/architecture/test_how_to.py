"""What the how-to pages tell the reader to write runs, and names all there is to set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import run_example
from scorecard.definitions.parse import parse_indicator
from scorecard.definitions.registry import load_registry
from scorecard.sql.engines.duckdb import open_duckdb

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
PAGE = HOW_TO / "add-an-indicator.md"

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


@pytest.mark.parametrize("name", [*load_registry().rules.parameters, *load_registry().rules.code_lists])
def test_each_parameter_and_list_is_told_where_a_council_looks_for_what_is_its_own(name: str) -> None:
    told = re.findall(r"`([a-z0-9_]+)(…?)`", (HOW_TO / "set-what-is-yours.md").read_text(encoding="utf-8"))
    assert [word for word, more in told if name == word or (more and name.startswith(word))] != []


@pytest.mark.parametrize("page", sorted(HOW_TO.glob("*.md")), ids=lambda page: page.stem)
def test_a_command_is_written_as_it_runs_where_no_path_was_set(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^scorecard [a-z].*|`scorecard [^`]*`", text, flags=re.MULTILINE) == []
