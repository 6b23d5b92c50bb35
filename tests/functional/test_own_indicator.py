"""A council's own indicator is one new file: it counts, it is listed, it is printed; what it may not say is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import reference_indicators
from command_line import ask, say

from scorecard.definitions.registry import load_registry

pytestmark = pytest.mark.slow

NAME = "strategies_decided"
TITLE = "Strategy discussions decided upon"
PAGE = f"""\
---
id: {NAME}
title: {TITLE}
section: assessments
kind: flow
one_case_is: one decision to hold a strategy discussion
owner: performance team
source: strategy discussion form
measures:
  {NAME}:
    title: {TITLE}
    unit: count
    better: neither
  strategies_decided_with_enquiry_pct:
    title: Strategy discussions that led to an enquiry
    unit: percent
    better: neither
    counts: is_enquiry
    of: all
---
# {TITLE}

Every decision to hold a discussion counts on its day.

## Cases

```sql
SELECT s.strd_strategy_id AS case_id, s.strd_person_id AS child_id, s.strd_decision_date AS event_date,
       flag(s.strd_s47_enquiry_id IS NOT NULL) AS is_enquiry
FROM ssdx_strategy_discussions AS s
WHERE s.strd_decision_date IS NOT NULL
```

## Examples

### A decision without an enquiry counts, and is not in the share

Given `ssdx_strategy_discussions`

| strd_strategy_id | strd_person_id | strd_decision_date | strd_s47_enquiry_id |
|---|---|---|---|
| S1 | c1 | 2021-11-01 | E1 |
| S2 | c2 | 2021-11-30 | |
| S3 | c2 | 2021-12-01 | |

Then from 2021-11-01 to 2021-11-30

| case_id | is_enquiry | because |
|---|---|---|
| S1 | 1 | it led to an enquiry |
| S2 | 0 | no enquiry is named |
"""


@pytest.fixture
def own(taken: Path) -> Path:
    """A workspace with an extract and one indicator of the council's own."""
    (taken / "indicators" / f"{NAME}.md").write_text(PAGE, encoding="utf-8")
    return taken


def test_a_skeleton_runs_as_it_stands(taken: Path) -> None:
    said = ask("indicators", "new", "visits_x", workspace=taken)
    path = taken / "indicators" / "visits_x.md"
    assert str(path) in said.out
    assert path.read_text(encoding="utf-8").startswith("---\nid: visits_x\n")
    fact = ask("facts", "2021-11", "--indicator", "visits_x", "--format", "csv", workspace=taken).rows[0]
    assert (fact["indicator"], fact["numerator"]) == ("visits_x", "221")


def test_a_skeleton_is_not_written_over_a_file_nor_under_a_bad_name(taken: Path) -> None:
    ask("indicators", "new", "visits_x", workspace=taken)
    assert say("indicators", "new", "visits_x", workspace=taken).code == 14
    assert say("indicators", "new", "Visits-X", workspace=taken).code == 2
    assert say("indicators", "new", "../visits", workspace=taken).code == 2


def test_a_new_file_is_enough_to_be_listed_counted_and_printed(own: Path) -> None:
    listed = ask("indicators", "--format", "json", workspace=own).data
    assert TITLE in [row["title"] for row in listed]

    rows = ask("facts", "2021-11", "--indicator", NAME, "--format", "csv", workspace=own).rows
    month = next(row for row in rows if (row["window"], row["dimension"]) == ("month", "all"))
    assert int(month["value"]) == len(ask("cases", f"{NAME}/2021-11/month", "--format", "csv", workspace=own).rows)
    assert int(month["value"]) > 0

    ask("pack", "2021-11", workspace=own)
    page = (own / "packs" / "2021-11-now.html").read_text(encoding="utf-8")
    assert f'data-fact="{NAME}/2021-11/month"' in page
    assert TITLE in page


def test_a_new_file_is_frozen_with_the_month_and_explained_from_there(own: Path) -> None:
    ask("freeze", "2021-11", workspace=own)
    (own / "indicators" / f"{NAME}.md").unlink()
    rows = ask("facts", "2021-11", "--view", "first", "--indicator", NAME, "--format", "csv", workspace=own).rows
    fact = ask("explain", f"{NAME}/2021-11/month", "--format", "json", workspace=own).data
    assert len(fact["cases"]) == int(rows[0]["numerator"]) > 0
    assert Path(fact["definition"]["file"]).is_relative_to(own / "store")


def test_a_note_on_a_new_figure_leaves_the_pack_of_an_older_month_as_it_was(taken: Path) -> None:
    ask("freeze", "2021-11", workspace=taken)
    (taken / "indicators" / f"{NAME}.md").write_text(PAGE, encoding="utf-8")
    notes = (("Counted since May.", NAME), ("Looked at again.", "cla_rate"))
    text = "".join(f'[[note]]\nmeasures = ["{measure}"]\ntext = "{said}"\nowner = "us"\n' for said, measure in notes)
    (taken / "notes.toml").write_text(text, encoding="utf-8")
    for view, is_told in (("first", False), ("now", True)):
        ask("pack", "2021-11", "--view", view, workspace=taken)
        page = (taken / "packs" / f"2021-11-{view}.html").read_text(encoding="utf-8")
        assert "Looked at again." in page
        assert ("Counted since May." in page) is is_told


def test_a_new_file_is_in_the_reference_page(own: Path) -> None:
    page = reference_indicators.page(load_registry(own))
    assert f"### {TITLE}" in page
    assert f"the council's own `indicators/{NAME}.md`" in page


def test_a_definition_shows_thirteen_months_of_counts_and_ten_cases(own: Path) -> None:
    said = ask("indicators", NAME, workspace=own).out
    months, _, cases = said.partition("The newest thirteen months:")[2].partition("Ten of its cases")
    counted = [line.split() for line in months.splitlines() if line.startswith(f"{NAME} ")]
    assert [line[1] for line in counted] == ["2020-11", "2020-12", *(f"2021-{n:02}" for n in range(1, 12))]
    assert all(int(line[3]) > 0 for line in counted)
    assert sum("2021-11-" in line for line in cases.splitlines()) == 10


def test_a_definition_can_be_read_before_an_extract_is_taken(workspace: Path) -> None:
    (workspace / "indicators" / f"{NAME}.md").write_text(PAGE, encoding="utf-8")
    said = ask("indicators", NAME, workspace=workspace).out
    assert "Every decision to hold a discussion counts on its day." in said
    assert "No extract has been taken yet" in said


BROKEN = {
    "an unknown key": ("kind: flow", "knid: flow", "Did you mean `kind`?"),
    "a missing column": ("s.strd_decision_date AS", "s.strd_decided_on AS", "Did you mean “strd_decision_date”?"),
    "a missing table": ("FROM ssdx_strategy_discussions", "FROM ssdx_strategies", "“ssdx_strategy_discussions”"),
    "another id than its file": (f"id: {NAME}\n", "id: another\n", "another.md"),
    "a file read": ("FROM ssdx_strategy_discussions AS s", "FROM read_csv('x.csv') AS s", "read_csv"),
    "every column": ("SELECT s.strd_strategy_id AS case_id,", "SELECT *,", "Name the columns."),
    "the clock": ("WHERE s.strd_decision_date IS NOT NULL", "WHERE s.strd_decision_date < now()", "today"),
}


@pytest.mark.parametrize(("right", "wrong", "said"), BROKEN.values(), ids=BROKEN)
def test_a_definition_with_a_fault_is_refused_with_its_line_and_what_to_do(
    own: Path, right: str, wrong: str, said: str
) -> None:
    path = own / "indicators" / f"{NAME}.md"
    assert PAGE.count(right) == 1
    line = PAGE[: PAGE.index(right)].count("\n") + 1
    path.write_text(PAGE.replace(right, wrong), encoding="utf-8")
    for command in (("indicators",), ("facts", "2021-11"), ("indicators", NAME)):
        answer = say(*command, workspace=own)
        assert (answer.code, answer.out) == (10, "")
        assert f"{path}:{line}: " in answer.err
        assert said in answer.err
        assert "\n  " in answer.err, "a remedy stands under the problem"


def test_all_faults_of_all_files_are_said_at_once(own: Path) -> None:
    (own / "indicators" / "one.md").write_text("nothing", encoding="utf-8")
    (own / "indicators" / "two.md").write_text(PAGE.replace("unit: count", "unit: shillings"), encoding="utf-8")
    answer = say("indicators", workspace=own)
    assert answer.code == 10
    assert "one.md:1: the page has no front matter" in answer.err
    assert "two.md:12: `unit` of the measure" in answer.err
    assert "two.md:2: the id" in answer.err


def test_an_indicator_takes_the_library_s_place_only_with_a_reason(own: Path) -> None:
    mine = PAGE.replace(NAME, "referrals")
    path = own / "indicators" / "referrals.md"
    path.write_text(mine, encoding="utf-8")
    said = say("facts", "2021-11", "--indicator", "referrals", workspace=own)
    assert said.code == 10
    assert "does not say why" in said.err
    (own / "indicators" / f"{NAME}.md").unlink()
    path.write_text(
        mine.replace("kind: flow", "kind: flow\nreplaces: referrals\nreason: as we agreed"), encoding="utf-8"
    )
    rows = ask("facts", "2021-11", "--indicator", "referrals", "--format", "csv", workspace=own).rows
    assert {row["dimension"] for row in rows} == {"all"}
