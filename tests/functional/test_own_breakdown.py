"""A council's own breakdown is one new file, as the how-to writes it; what would lose or double a case is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import ask, say

from scorecard.definitions.registry import LIBRARY

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-breakdown.md").read_text(encoding="utf-8")
_LAYOUT = LIBRARY / "packs" / "scorecard.toml"
_BEFORE = '[[section.topic]]\nid = "plans-starting-and-ending"'


_AGES = """\
---
id: age_band
title: Age
by_child: true
members:
  young: Under thirteen
  teenage: Thirteen and over
---
# Age

Teenagers apart from those who are not.

## Members

```sql
SELECT c.case_id, c.event_date,
       CASE WHEN age_on(p.pers_dob, c.event_date) >= 13 THEN 'teenage' ELSE 'young' END AS member
FROM cases AS c
JOIN ssd_person AS p ON p.pers_person_id = c.child_id
```
"""


def _block(language: str) -> str:
    """The how-to's block of that language."""
    (_, text), *_others = re.findall(rf"^(```+){language}\n(.*?)^\1$", PAGE, re.DOTALL | re.MULTILINE)
    return str(text)


def _break_down(workspace: Path, file: str, breakdowns: str) -> None:
    """Put a copy of the library's file with other breakdowns in its place."""
    path = LIBRARY / "indicators" / file
    page = path.read_text(encoding="utf-8").replace("\nkind:", f"\nreplaces: {path.stem}\nreason: agreed\nkind:", 1)
    page = re.sub(r"^breakdowns: .*\n", breakdowns, page, count=1, flags=re.MULTILINE)
    (workspace / "indicators" / path.name).write_text(page, encoding="utf-8")


@pytest.fixture
def own(taken: Path) -> Path:
    """A workspace with an extract, the how-to's dimension, and children on a plan broken down by it."""
    (taken / "dimensions").mkdir(exist_ok=True)
    (taken / "dimensions" / "disability.md").write_text(_block("markdown"), encoding="utf-8")
    _break_down(taken, "plans/cpp_open.md", _block("yaml"))
    return taken


def _parts(workspace: Path, dimension: str, measure: str = "cpp_open", window: str = "month_end") -> dict[str, int]:
    rows = ask("facts", "2021-11", "--indicator", measure, "--format", "csv", workspace=workspace).rows
    wanted = (measure, window, dimension)
    found = [row for row in rows if (row["indicator"], row["window"], row["dimension"]) == wanted]
    return {row["member"]: int(row["numerator"]) for row in found}


def test_a_new_file_is_enough_to_break_a_figure_down(own: Path) -> None:
    parts = _parts(own, "disability")
    assert min(parts["disabled"], parts["not_disabled"]) > 0
    assert sum(parts.values()) == sum(_parts(own, "all").values())
    listed = ask("cases", "cpp_open/2021-11/month_end/disability/disabled", "--format", "csv", workspace=own).rows
    assert len(listed) == parts["disabled"]


def test_the_service_of_the_team_is_a_breakdown_without_a_file(own: Path) -> None:
    _break_down(own, "referrals/referrals.md", "breakdowns: [team, service]\n")
    assert _parts(own, "service", "referrals", "month") == {"S1": _parts(own, "all", "referrals", "month")["all"]}
    assert _parts(own, "service") == {"S2": _parts(own, "all")["all"]}


def test_the_how_tos_lines_of_layout_print_it(own: Path) -> None:
    layout = _LAYOUT.read_text(encoding="utf-8")
    assert layout.count(_BEFORE) == 1
    tables = _block("toml") + _block("toml").replace('"disability"', '"service"')
    (own / "packs").mkdir(exist_ok=True)
    (own / "packs" / "scorecard.toml").write_text(layout.replace(_BEFORE, f"{tables}\n{_BEFORE}"), encoding="utf-8")
    ask("pack", "2021-11", workspace=own)
    page = (own / "packs" / "2021-11-now.html").read_text(encoding="utf-8")
    assert 'data-fact="cpp_open/2021-11/month_end/disability/disabled"' in page
    assert "Disability of children on a plan" in page
    assert "Not disabled" in page
    assert 'data-fact="cpp_open/2021-11/month_end/service/S2"' in page
    assert "Safeguarding and Corporate Parenting" in page


def test_a_file_of_the_same_id_takes_the_librarys_place(own: Path) -> None:
    (own / "dimensions" / "age_band.md").write_text(_AGES, encoding="utf-8")
    parts = _parts(own, "age_band")
    assert set(parts) == {"young", "teenage"}
    assert sum(parts.values()) == sum(_parts(own, "all").values())
    assert min(parts.values()) > 0


@pytest.mark.slow
def test_a_breakdown_that_makes_two_cases_of_one_is_refused(own: Path) -> None:
    path = own / "dimensions" / "disability.md"
    twice = path.read_text(encoding="utf-8").replace("GROUP BY c.case_id, c.event_date\n", "")
    twice = twice.replace("CASE WHEN MAX(flag(d.disa_disability_code <> 'NONE')) = 1", "CASE WHEN s.pers_sex = 'F'")
    twice = twice.replace("WHERE", "JOIN ssd_person AS s ON s.pers_person_id <> c.child_id\nWHERE")
    path.write_text(twice, encoding="utf-8")
    answer = say("facts", "2021-11", "--indicator", "cpp_open", workspace=own)
    assert answer.code == 10
    assert "breaking down `cpp_open` makes" in answer.err


def test_a_breakdown_nobody_defined_is_refused_with_those_there_are(own: Path) -> None:
    (own / "dimensions" / "disability.md").unlink()
    answer = say("facts", "2021-11", "--indicator", "cpp_open", workspace=own)
    assert answer.code == 10
    assert "broken down by `disability`, and there is no such dimension" in answer.err
    assert "ethnicity" in answer.err
