"""Running a worked example says what differs: which case, which column, and the because the page gave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import run_example
from scorecard.definitions.parse import parse_indicator
from scorecard.errors import DefinitionError
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.rules import DatedRules, DatedValue, Parameter

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """\
---
id: plans
title: Plans
section: plans
kind: flow
one_case_is: a plan
measures:
  plans:
    title: Plans
---
# Plans

## Cases

```sql
SELECT p.cppl_cp_plan_id AS case_id, p.cppl_person_id AS child_id, p.cppl_cp_plan_start_date AS event_date,
       flag(p.cppl_cp_plan_end_date IS NULL) AS is_open
FROM ssd_cp_plans AS p
```

## Examples

### A plan counts on the day it starts

Given `ssd_cp_plans`

| cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date |
|---|---|---|---|
| P1 | c1 | 2021-11-01 | |
| P2 | c2 | 2021-11-30 | 2021-12-01 |
| P3 | c3 | 2021-12-01 | |

Then from 2021-11-01 to 2021-11-30

| case_id | is_open | because |
|---|---|---|
| P1 | 1 | it has no end |
| P2 | 0 | it ended |
"""
STOCK = FLOW.replace("kind: flow", "kind: stock").replace(
    "p.cppl_cp_plan_start_date AS event_date,\n"
    "       flag(p.cppl_cp_plan_end_date IS NULL) AS is_open\n"
    "FROM ssd_cp_plans AS p",
    "d.day AS event_date\nFROM report_days AS d\n"
    "JOIN ssd_cp_plans AS p ON open_on(p.cppl_cp_plan_start_date, p.cppl_cp_plan_end_date, d.day)",
)


def _differences(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "plans.md"
    path.write_text(text, encoding="utf-8")
    one, contract = parse_indicator(path), load_contract()
    found = list[str]()
    for example in one.examples:
        engine = open_duckdb(DatedRules())
        found += [str(difference) for difference in run_example(one, example, engine, contract)]
        engine.close()
    return [difference.partition("”: ")[2] for difference in found]


def test_an_example_that_agrees_has_no_differences(tmp_path: Path) -> None:
    assert _differences(tmp_path, FLOW) == []


DIFFERENCES = {
    "a case too many": ("| P2 | 0 | it ended |\n", "", "P2: was found and is not expected"),
    "another value": ("| P1 | 1 |", "| P1 | 0 |", "P1: is_open is 1, not 0, though it has no end"),
    "a value where none is": ("| P1 | 1 |", "| P1 | |", "P1: is_open is 1, not None, though it has no end"),
    "a column that is not returned": ("| case_id | is_open |", "| case_id | is_shut |", "P1: is_shut is None, not 1"),
}


@pytest.mark.parametrize(("right", "wrong", "said"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_difference_names_the_case_and_what_differs(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in FLOW
    assert said in "\n".join(_differences(tmp_path, FLOW.replace(right, wrong)))


def test_a_case_that_is_expected_and_not_found_is_told_with_its_because(tmp_path: Path) -> None:
    text = FLOW.replace("| P1 | 1 | it has no end |", "| P1 | 1 | it has no end |\n| P3 | 1 | it starts in time |")
    assert _differences(tmp_path, text) == ["P3: was not found, though it starts in time"]


def test_a_case_that_stands_twice_on_a_day_is_told(tmp_path: Path) -> None:
    text = FLOW.replace("| P2 | c2 | 2021-11-30 | 2021-12-01 |", "| P1 | c2 | 2021-11-01 | |")
    assert "P1: stands twice on one day" in _differences(tmp_path, text)


def test_a_stock_is_looked_at_on_every_month_end_of_its_days(tmp_path: Path) -> None:
    days = "| case_id | event_date | because |\n|---|---|---|\n"
    text = STOCK[: STOCK.index("Then from")] + "Then from 2021-11-01 to 2021-12-31\n\n" + days
    rows = ["P1 | 2021-11-30", "P2 | 2021-11-30", "P1 | 2021-12-31", "P3 | 2021-12-31"]
    assert _differences(tmp_path, text + "".join(f"| {row} | it is open |\n" for row in rows)) == []
    assert _differences(tmp_path, text + "".join(f"| {row} | it is open |\n" for row in rows[:3])) == [
        "P3: was found and is not expected"
    ]


def test_a_stock_is_looked_at_on_one_day(tmp_path: Path) -> None:
    text = STOCK[: STOCK.index("Then from")] + "Then on 2021-12-01\n\n| case_id | because |\n|---|---|\n"
    assert _differences(tmp_path, text + "| P1 | open |\n| P3 | it starts |\n") == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("Given `ssd_cp_plans`", "Given `ssd_plans`", "no table `ssd_plans`"),
        ("| cppl_cp_plan_id |", "| cppl_plan_id |", "no loaded column `cppl_plan_id`"),
        ("| P1 | c1 | 2021-11-01 |", "| P1 | c1 | 01/11/2021 |", "is no value of `cppl_cp_plan_start_date`"),
    ],
)
def test_an_example_that_cannot_be_run_says_why(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        _differences(tmp_path, FLOW.replace(right, wrong))
    assert said in raised.value.problem
    assert raised.value.remedy


def test_an_example_may_be_judged_by_another_value_of_a_parameter(tmp_path: Path) -> None:
    rules = DatedRules({"limit": Parameter("limit", "A limit", "days", (DatedValue(date(2000, 1, 1), 5, "a source"),))})
    text = FLOW.replace("flag(p.cppl_cp_plan_end_date IS NULL)", "param_on('limit', p.cppl_cp_plan_start_date)")
    first, _, _ = text.partition("| case_id | is_open |")
    expected = "| case_id | is_open | because |\n|---|---|---|\n| P1 | {0} | x |\n| P2 | {0} | x |\n"
    other = first.partition("### ")[2].replace("Given", "Where `limit` is 2.5\n\nGiven", 1)
    path = tmp_path / "plans.md"
    path.write_text(f"{first}{expected.format(5)}\n### Again, {other}{expected.format(2.5)}", encoding="utf-8")
    one, engine = parse_indicator(path), open_duckdb(rules)
    for example in (*one.examples, one.examples[0]):
        assert run_example(one, example, engine, load_contract()) == ()
    assert [dict(example.settings) for example in one.examples] == [{}, {"limit": 2.5}]


def test_a_parameter_nobody_knows_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="there is no parameter `limit`"):
        _differences(tmp_path, FLOW.replace("Given", "Where `limit` is 2\n\nGiven", 1))
