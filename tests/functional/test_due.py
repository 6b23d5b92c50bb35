"""What is due on 17 November in the invented council: each child once a duty, as many overdue as the facts say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from built_once import built_once
from command_line import ask, say

from scorecard.calendar.periods import Period
from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.definitions.registry import load_registry
from scorecard.facts.aggregate import make_facts
from scorecard.facts.due import duty_of
from scorecard.facts.run import Run
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.synthetic import build, write_extract
from scorecard.work.due import Lists, due_in_extract

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.definitions.indicator import Measure

DAY, SATURDAY = date(2021, 11, 17), date(2021, 11, 20)
REGISTRY = load_registry()
OWING = {one.id: one for one in REGISTRY.indicators.values() if one.duty}
DUTIES = {
    "Assessment",
    "Case supervision",
    "Initial conference",
    "Pathway plan",
    "Review conference",
    "Review, child in care",
    "Visit, child in care",
    "Visit, child in need",
    "Visit, child protection",
}


@pytest.fixture(scope="session")
def extract(shared: Path) -> Path:
    return built_once(shared / "the-seventeenth", lambda folder: write_extract(build(), DAY, folder))


@pytest.fixture(scope="session")
def lists(extract: Path) -> Lists:
    return due_in_extract(extract, DAY, None)


def test_every_duty_is_listed_and_something_of_each_is_overdue(lists: Lists) -> None:
    assert set(lists.duties) == DUTIES
    assert lists.not_listed == ()
    assert {row.duty for row in lists.rows if row.is_overdue} == DUTIES


def test_each_child_stands_once_a_duty(lists: Lists) -> None:
    twice = [key for key, times in Counter((row.duty, row.child) for row in lists.rows).items() if times > 1]
    assert twice == []


def test_on_a_working_day_overdue_is_what_was_due_before_it_and_nothing_else(lists: Lists) -> None:
    dated = [row for row in lists.rows if row.due_on]
    assert len(dated) > len(lists.rows) / 2
    assert [row.duty for row in dated if row.due_on and row.is_overdue != (row.due_on < DAY)] == []
    assert [row.duty for row in lists.rows if not row.due_on and not row.is_overdue] == []


def test_every_row_has_a_worker_and_a_team(lists: Lists) -> None:
    assert [row.duty for row in lists.rows if not row.worker or row.team == "No team"] == []


@pytest.mark.parametrize("day", [DAY, SATURDAY, date(2021, 3, 31)], ids=str)
def test_as_many_are_overdue_as_fail_the_measure_of_the_duty_in_that_day_s_facts(extract: Path, day: date) -> None:
    listed = Counter(row.duty for row in due_in_extract(extract, day, None).rows if row.is_overdue)
    assert {duty_of(one).title: listed[duty_of(one).title] for one in OWING.values()} == _failures(extract, day)


def _failures(extract: Path, day: date) -> dict[str, int]:
    """What the facts of a day count: of a share those below the line and not above it, of a count all of them."""
    engine = open_duckdb(REGISTRY.rules)
    read_extract(extract, load_contract(), connection=engine.connection)
    engine.report_days([day])
    make_facts(engine.connection, REGISTRY, OWING.values(), Run((Period.holding(day),), "s", day))
    rows = engine.connection.execute(
        "SELECT indicator, numerator, denominator FROM facts WHERE dimension = 'all' AND \"window\" = 'month_end'"
    ).fetchall()
    parts = {name: (top, bottom) for name, top, bottom in rows}
    return {
        duty_of(one).title: _failed(REGISTRY.measure(duty_of(one).measure), *parts[duty_of(one).measure])
        for one in OWING.values()
    }


def _failed(measure: Measure, top: float, bottom: float | None) -> int:
    return int(top if measure.of is None else (bottom or 0) - top)


def test_the_command_lists_from_an_extract_and_leaves_nothing_behind(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(extract.iterdir())
    said = ask("due", extract, "--on", DAY, "--within", 0, "--duty", "visit", "--team", "north", "--format", "csv")
    assert {row["duty"] for row in said.rows} <= {duty for duty in DUTIES if duty.startswith("Visit")}
    assert {"North" in row["team"] for row in said.rows} == {True}
    assert {int(row["days_left"]) <= 0 for row in said.rows} == {True}
    assert sorted(extract.iterdir()) == before
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_of_eighty_columns_holds_every_line(extract: Path) -> None:
    said = ask("due", extract, "--on", DAY)
    assert "Due within 14 days or overdue on Wednesday 17 November 2021.\nRead from the-seventeenth." in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_overdue_alone_is_as_many_as_the_lists_say(extract: Path, lists: Lists) -> None:
    said = ask("due", extract, "--on", DAY, "--overdue", "--format", "json")
    assert len(said.data) == sum(row.is_overdue for row in lists.rows)
    assert {row["is_overdue"] for row in said.data} == {True}


def test_without_a_source_the_newest_extract_is_read_and_no_snapshot_is_added(taken: Path) -> None:
    before = sorted(taken.rglob("*"))
    said = ask("due", workspace=taken)
    assert "overdue on Tuesday 30 November 2021.\nRead from 2021-11-30" in said.out
    assert sorted(taken.rglob("*")) == before


def test_without_a_source_the_first_extract_that_reaches_the_day_is_read(demo: Path) -> None:
    said = ask("due", "--on", DAY, workspace=demo)
    assert "on Wednesday 17 November 2021.\nRead from 2021-11-30" in said.out
    told = "The extract speaks up to 30 November 2021:\nwhat was recorded after 17 November 2021 is counted too."
    assert told in said.out


def test_an_extract_that_ends_before_the_day_says_so(extract: Path, taken: Path) -> None:
    in_workspace = ask("due", "--on", "2022-01-10", workspace=taken)
    assert "The extract reaches 30 November 2021: what was recorded later is not in it." in in_workspace.out
    of_a_folder = ask("due", extract, "--on", "2022-01-10")
    assert "on Monday 10 January 2022." in of_a_folder.out
    assert "The extract reaches 17 November 2021: what was recorded later is not in it." in of_a_folder.out
    assert "The extract" not in ask("due", extract, "--on", DAY).out


def test_a_workspace_that_has_taken_nothing_is_told_what_to_do(workspace: Path) -> None:
    said = say("due", workspace=workspace)
    assert (said.code, "due SOURCE" in said.err) == (12, True)


def test_a_duty_that_is_none_is_answered_with_those_there_are(extract: Path) -> None:
    said = say("due", extract, "--on", DAY, "--duty", "vist")
    assert (said.code, "There is no duty “vist”." in said.err) == (2, True)
    assert "; ".join(sorted(DUTIES)) in said.err


def test_a_duty_whose_records_the_extract_lacks_is_said_and_not_told_as_overdue(extract: Path, tmp_path: Path) -> None:
    for name in ("ssd_person", "ssd_cin_plans", "ssd_involvements", "ssd_legal_status"):
        (tmp_path / f"{name}.csv").write_bytes((extract / f"{name}.csv").read_bytes())
    said = ask("due", tmp_path, "--on", DAY, "--duty", "visit, child in need", "--format", "csv")
    assert said.rows == []
    assert "The extract has no ssd_cin_visits, ssd_cla_episodes, ssd_cp_plans." in said.err


def test_an_extract_that_blocks_is_refused_with_its_findings(tmp_path: Path) -> None:
    (tmp_path / "ssd_contacts.csv").write_text("cont_contact_id\nC1\n", encoding="utf-8")
    said = say("due", tmp_path, "--on", DAY)
    assert (said.code, "block" in said.out) == (11, True)
