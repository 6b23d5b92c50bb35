"""What a definition file may not say is refused with its line and what to write instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.definitions.indicator import EVER, Better, CountEach, Duty, Kind, Statistic, Unit
from scorecard.definitions.parse import parse_dimension, parse_indicator
from scorecard.errors import DefinitionError, Problems, ScorecardError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[str], Path]

PAGE = """\
---
id: things
title: Things
section: things
kind: flow
one_case_is: a thing
measures:
  things:
    title: Things
    unit: count
    better: neither
  things_pct:
    title: Things in time
    unit: percent
    better: higher
    counts: is_in_time
    of: all
---
# Things

A thing counts on its day.

It counts once.

## Cases

```sql
SELECT t.a AS case_id
FROM t AS t
```

## Examples

### A thing counts on its day

Given `things`

| id | day |
|---|---|
| T1 | 2021-11-01 |
| T2 | |

Then from 2021-11-01 to 2021-11-30

| case_id | because |
|---|---|
| T1 | its day |
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a definition file."""

    def to_file(text: str, name: str = "things.md") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def _problems(path: Path) -> tuple[ScorecardError, ...]:
    with pytest.raises(ScorecardError) as raised:
        parse_indicator(path)
    return raised.value.problems if isinstance(raised.value, Problems) else (raised.value,)


def test_a_page_is_read_whole(write: Write) -> None:
    one = parse_indicator(write(PAGE))
    count, share = one.measures
    assert (one.id, one.title, one.section, one.kind, one.one_case_is) == (
        "things",
        "Things",
        "things",
        Kind.FLOW,
        "a thing",
    )
    assert (count.unit, count.better, count.counts, count.of, count.decimals) == (
        Unit.COUNT,
        Better.NEITHER,
        None,
        None,
        0,
    )
    assert (share.counts, share.of, share.statistic, share.count_each) == (
        "is_in_time",
        "all",
        Statistic.RATIO,
        CountEach.CASE,
    )
    assert one.meaning == "A thing counts on its day.\n\nIt counts once."
    assert one.sql == "SELECT t.a AS case_id\nFROM t AS t"


def test_the_line_of_the_sql_is_its_first_line(write: Write) -> None:
    one = parse_indicator(write(PAGE))
    assert PAGE.splitlines()[one.sql_line - 1] == one.sql.splitlines()[0]


def test_an_example_is_read_with_empty_cells_as_nothing(write: Write) -> None:
    (example,) = parse_indicator(write(PAGE)).examples
    assert example.title == "A thing counts on its day"
    assert example.given[0].rows == (("T1", "2021-11-01"), ("T2", None))
    assert example.days == (date(2021, 11, 1), date(2021, 11, 30))
    assert (example.expected[0].values, example.expected[0].because) == ({"case_id": "T1"}, "its day")


def test_an_example_names_its_traps(write: Write) -> None:
    heading = "### A thing counts on its day\n"
    one = parse_indicator(write(PAGE.replace(heading, f"{heading}\nTraps: plans-1, care-2\n")))
    assert one.examples[0].traps == ("plans-1", "care-2")


def test_a_stock_may_name_what_it_is_tied_to(write: Write) -> None:
    front = "rolls_forward: {started: begun, ended: over}\ncohort_of: [others]\nmeasures:\n"
    one = parse_indicator(write(PAGE.replace("measures:\n", front)))
    assert (one.rolls_forward, one.cohort_of) == ({"started": "begun", "ended": "over"}, ("others",))


_STOCK = PAGE.replace("kind: flow", "kind: stock\nbreakdowns: [team]\nduty:\n  title: A thing\n  measure: things_pct")


def test_a_stock_may_name_the_duty_it_measures(write: Write) -> None:
    assert parse_indicator(write(_STOCK)).duty == Duty("A thing", "things_pct")
    assert parse_indicator(write(PAGE)).duty is None


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("measure: things_pct", "measure: thing_pct", "`thing_pct`, and no measure here"),
        ("kind: stock", "kind: flow", "only a stock has a duty"),
        ("breakdowns: [team]", "breakdowns: [sex]", "not broken down by it"),
    ],
)
def test_a_duty_that_could_not_be_listed_is_refused(write: Write, right: str, wrong: str, problem: str) -> None:
    found = [one for one in _problems(write(_STOCK.replace(right, wrong))) if problem in one.problem]
    assert len(found) == 1
    assert "things, things_pct" in found[0].remedy


def test_starts_without_ends_are_refused(write: Write) -> None:
    (problem,) = _problems(write(PAGE.replace("measures:\n", "rolls_forward: {started: begun}\nmeasures:\n")))
    assert "`rolls_forward` has no `ended`" in str(problem)


def test_an_example_may_be_about_one_day(write: Write) -> None:
    one = parse_indicator(write(PAGE.replace("Then from 2021-11-01 to 2021-11-30", "Then on 2021-11-30")))
    assert one.examples[0].days == (date(2021, 11, 30), date(2021, 11, 30))


def test_an_example_without_a_table_of_cases_expects_none(write: Write) -> None:
    one = parse_indicator(write(PAGE.replace("| case_id | because |\n|---|---|\n| T1 | its day |\n", "")))
    assert one.examples[0].expected == ()


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "things.md"
    path.write_bytes(b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())
    plain = tmp_path / "plain" / "things.md"
    plain.parent.mkdir()
    plain.write_text(PAGE, encoding="utf-8", newline="\n")
    windows, unix = parse_indicator(path), parse_indicator(plain)
    assert (windows.sql, windows.fingerprint, windows.meaning) == (unix.sql, unix.fingerprint, unix.meaning)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("title: Things\nsection", "title: The things\nsection"),
        ("A thing counts on its day.", "Some prose."),
        ("SELECT t.a AS case_id\nFROM", "SELECT t.a  AS case_id\n  FROM"),
        ("### A thing counts on its day", "### Another title"),
        ("    unit: count", "    unit: count\n    meaning: The things of the month."),
    ],
)
def test_words_and_layout_leave_the_fingerprint_as_it_is(write: Write, right: str, wrong: str) -> None:
    before = parse_indicator(write(PAGE)).fingerprint
    assert parse_indicator(write(PAGE.replace(right, wrong))).fingerprint == before


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("t.a AS case_id", "t.b AS case_id"),
        ("kind: flow", "kind: stock"),
        ("counts: is_in_time", "counts: is_late"),
        ("of: all", "of: population"),
        ("kind: flow", "kind: flow\nfrom: 2021-04-01"),
    ],
)
def test_whatever_the_numbers_depend_on_changes_the_fingerprint(write: Write, right: str, wrong: str) -> None:
    before = parse_indicator(write(PAGE)).fingerprint
    assert parse_indicator(write(PAGE.replace(right, wrong))).fingerprint != before


FAULTS = {
    "an unknown key": ("section: things", "sektion: things", "Did you mean `section`?", 4),
    "an unknown key nobody can guess": ("section: things", "section: things\nzzz: 1", "Known here:", 5),
    "an unknown key of a measure": ("    of: all", "    off: all", "Did you mean `of`?", 17),
    "a kind that is none": ("kind: flow", "kind: river", "one of flow, stock", 5),
    "a unit that is none, in the second measure": ("unit: percent", "unit: miles", "one of count, percent", 14),
    "a polarity that is none": ("better: higher", "better: up", "one of higher, lower", 15),
    "decimals that are no number": ("of: all", "decimals: one", "a whole number", 17),
    "a flag that is no flag": ("kind: flow", "kind: flow\nlocal_standard: perhaps", "true or false", 6),
    "a day that is no day": ("kind: flow", "kind: flow\nfrom: soon", "YYYY-MM-DD", 6),
    "breakdowns that are no list": ("kind: flow", "kind: flow\nbreakdowns: team", "a list of texts", 6),
    "caveats that are no list": ("kind: flow", "kind: flow\ncaveats:\n  one: two", "a list of texts", 6),
    "a title that is a list": ("title: Things\nsection", "title: [a]\nsection", "a text", 3),
    "no title": ("title: Things\nsection", "section", "`title: …`", 1),
    "a measure without a title": ("    title: Things in time\n", "", "`title: …`", 12),
    "a key written twice": ("section: things", "section: things\nsection: others", "Keep one", 5),
    "a measure written twice": ("  things_pct:", "  things:", "Keep one", 12),
    "no SQL": ("```sql", "```", "```sql block", 1),
    "SQL under another heading": ("## Cases", "## Case", "`## Cases`", 1),
    "an example that says nothing": ("Then from", "Thus from", "`Then from", 34),
    "an example on a day that is none": ("to 2021-11-30", "to 2021-11-31", "2021-11-30", 43),
    "a row with a cell too few": ("| T2 | |", "| T2 |", "as many cells", 41),
    "a row with a cell too many": ("| T1 | its day |", "| T1 | its | day |", "as many cells", 47),
    "an id that is not the file's name": ("id: things", "id: thing", "thing.md", 2),
    "YAML that is none": ("section: things", "section: things: others", "quotation marks", 4),
}


@pytest.mark.parametrize(("right", "wrong", "remedy", "line"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line_and_a_remedy(
    write: Write, right: str, wrong: str, remedy: str, line: int
) -> None:
    assert right in PAGE
    path = write(PAGE.replace(right, wrong, 1))
    found = [one for one in _problems(path) if remedy in one.remedy]
    assert found, [str(one) for one in _problems(path)]
    assert all(isinstance(one, DefinitionError) for one in found)
    assert (str(found[0].at), bool(found[0].problem)) == (f"{path}:{line}", True)


def test_all_faults_of_a_file_are_told_together(write: Write) -> None:
    path = write(
        PAGE.replace("kind: flow", "kind: river").replace("unit: percent", "unit: miles").replace("## Cases", "## C")
    )
    assert len(_problems(path)) == 3


@pytest.mark.parametrize(
    "text", ["", "no front matter", "---\nid: things\n", "---\n---\n# Things\n", "---\n- a list\n---\n"]
)
def test_a_page_without_front_matter_is_told_how_to_begin(write: Write, text: str) -> None:
    (problem,) = _problems(write(text))
    assert "---" in problem.remedy or "`id:`" in problem.remedy


def test_a_file_in_another_encoding_is_told_to_be_saved_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "things.md"
    path.write_bytes(PAGE.replace("Things", "Caf\xe9").encode("latin-1"))
    (problem,) = _problems(path)
    assert "UTF-8" in problem.remedy


def test_a_heading_inside_sql_is_no_heading(write: Write) -> None:
    one = parse_indicator(write(PAGE.replace("FROM t AS t", "-- # a note\nFROM t AS t")))
    assert "# a note" in one.sql


DIMENSION = """\
---
id: sort
title: Sort
members:
  01: One
  b: Two
  NO: None
---
# Sort

By the latest record.

## Members

```sql
SELECT c.case_id, c.event_date, c.child_id AS member FROM cases AS c
```
"""


def test_a_dimension_is_read_with_its_members_in_order(write: Callable[[str, str], Path]) -> None:
    one = parse_dimension(write(DIMENSION, "sort.md"))
    assert dict(one.members) == {"01": "One", "b": "Two", "NO": "None"}
    assert list(one.members) == ["01", "b", "NO"]
    assert DIMENSION.splitlines()[one.sql_line - 1] == one.sql


def test_a_dimension_needs_its_sql_under_members(write: Callable[[str, str], Path]) -> None:
    with pytest.raises(DefinitionError, match="`## Members`"):
        parse_dimension(write(DIMENSION.replace("## Members", "## Cases"), "sort.md"))


def test_what_a_definition_does_without_and_how_far_it_looks_back_is_read(write: Write) -> None:
    said = PAGE.replace(
        "measures:\n", 'does_without: {t_x: "Then all count."}\neither_of: [t, u]\nlooks_back: 12\nmeasures:\n'
    )
    one = parse_indicator(write(said.replace("    of: all\n", "    of: all\n    looks_back: ever\n")))
    assert (one.does_without, one.either_of) == ({"t_x": "Then all count."}, ("t", "u"))
    assert [one.months_back(measure) for measure in one.measures] == [12, EVER]
    assert one.fingerprint == parse_indicator(write(PAGE)).fingerprint, "it changes no number"


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [("looks_back: long", "a number of months, or ever"), ("does_without: {t_x: 3}", "names with a text each")],
)
def test_what_is_not_said_in_the_right_form_is_refused(write: Write, wrong: str, problem: str) -> None:
    with pytest.raises(ScorecardError, match=problem):
        parse_indicator(write(PAGE.replace("measures:\n", f"{wrong}\nmeasures:\n")))
