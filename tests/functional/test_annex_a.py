"""The invented council's records written as Annex A and read back: once, month after month, and beside the pack."""

from __future__ import annotations

import csv
import zipfile
from typing import TYPE_CHECKING

import pytest
from built_once import built_once
from command_line import ask, say
from round_trip import compare, facts_taken

from scorecard.calendar.periods import Period, Window
from scorecard.facts.fact import FactKey, Facts
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.returns.annex_a import annex_a
from scorecard.returns.files import write_folder
from scorecard.work.returns import export
from scorecard.work.take import take
from scorecard.work.views import count, open_snapshot
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from round_trip import RoundTrip

    from scorecard.work.workspace import Workspace

pytestmark = pytest.mark.slow

NOVEMBER, SEPTEMBER = Period(2021, 11), Period(2021, 9)
CARRIED = {
    "contacts_received",
    "eha_started",
    "eha_closed",
    "eha_open",
    "referrals",
    "assessments_completed",
    "assessments_45wd_pct",
    "assessments_due_in_time_pct",
    "s47_started",
    "icpc_held",
    "icpc_15wd_pct",
    "icpc_to_plan_pct",
    "cpp_open",
    "cpp_by_category",
    "cpp_started",
    "cpp_ceased",
    "cpp_2y_open_pct",
    "cpp_2y_ceased_pct",
    "rcpc_up_to_date_pct",
    "cla_open",
    "cla_started",
    "cla_ceased",
    "cla_by_placement",
    "cl_cohort",
    "cl_in_touch_pct",
    "cl_suitable_pct",
    "cl_eet_pct",
    "pathway_plans_pct",
    "adoption_a2_days",
}
"""What the lists of one day tell of its month as well as the records do."""
SUMMED = {
    "contacts_received",
    "eha_started",
    "eha_closed",
    "referrals",
    "assessments_completed",
    "assessments_45wd_pct",
    "s47_started",
    "icpc_15wd_pct",
    "cpp_started",
    "cpp_ceased",
    "cpp_2y_ceased_pct",
    "cla_started",
    "cla_ceased",
}
"""What six months' lists tell of the year to date as well as the records do."""


@pytest.fixture(scope="session")
def one_day(demo: Path, november: Path, tmp_path_factory: pytest.TempPathFactory) -> RoundTrip:
    """The facts of November from the contract's tables, and from the lists of 30 November."""
    folder = tmp_path_factory.mktemp("annex-a")
    contract = facts_taken(november, folder / "contract", demo)
    written = export(open_workspace(folder / "contract"), "annex-a", NOVEMBER, None, folder)
    return compare(contract, facts_taken(written.path, folder / "lists", demo))


def test_every_figure_the_lists_can_carry_is_the_same_when_they_are_read_back(one_day: RoundTrip) -> None:
    assert not one_day.different, str(one_day)
    assert one_day.measures_the_same >= CARRIED


def test_what_the_lists_do_not_say_is_not_available_with_a_reason(one_day: RoundTrip) -> None:
    unknown = {"cp_visits_pct", "cin_plans_open", "s47_completed", "child_seen_in_time_pct", "caseload_avg"}
    assert unknown <= one_day.measures_not_available
    said = {one_day.not_available[FactKey(name, NOVEMBER, Window.MONTH)] for name in ("s47_completed",)}
    assert all("Cannot be known from this source" in why for why in said), said


def test_the_lists_of_one_day_know_no_year_to_date(one_day: RoundTrip) -> None:
    for name in SUMMED:
        why = one_day.not_available[FactKey(name, NOVEMBER, Window.YEAR_TO_DATE)]
        assert why.startswith("Cannot be known from this source: its records begin on 30 "), f"{name}: {why}"


def test_the_lists_of_six_months_tell_the_year_to_date_as_the_records_do(
    demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("six-months")
    council, lists = (_council(demo, folder / name) for name in ("contract", "lists"))
    for month in range(4, 10):
        day = Period(2021, month).last_day
        take(council, demo / "extracts" / day.isoformat(), day)
        engine = open_snapshot(council, council.snapshots.all()[-1])
        take(lists, write_folder(annex_a(engine.connection, day), folder / day.isoformat()), day)
        engine.close()
    found = compare(_facts(council), _facts(lists))
    assert not found.different, str(found)
    to_date = {key.indicator for key in found.same if key == FactKey(key.indicator, SEPTEMBER, Window.YEAR_TO_DATE)}
    assert to_date >= SUMMED


def _council(demo: Path, folder: Path) -> Workspace:
    folder.mkdir()
    for name in ("scorecard.toml", "parameters.toml", "teams.csv"):
        (folder / name).write_bytes((demo / name).read_bytes())
    return open_workspace(folder)


def _facts(workspace: Workspace) -> Facts:
    counted = count(workspace, workspace.snapshots.all()[-1], (SEPTEMBER,))
    rows = fact_rows(counted.engine.connection, "facts", [SEPTEMBER])
    counted.engine.close()
    return Facts(to_fact(row) for row in rows)


@pytest.fixture(scope="session")
def sent(demo: Path, shared: Path) -> Path:
    """The lists of November as files of a folder."""

    def write(into: Path) -> None:
        workspace = open_workspace(demo)
        frozen = workspace.months.get(NOVEMBER)
        assert frozen is not None
        engine = open_snapshot(workspace, workspace.snapshots.get(frozen.snapshot))
        write_folder(annex_a(engine.connection, NOVEMBER.last_day), into)
        engine.close()

    return built_once(shared / "annex-a-sent", write)


def _changed(sent: Path, folder: Path) -> Path:
    """The lists as sent by somebody else: a child dropped, one added, an end left out, and other words for the rest."""
    folder.mkdir()
    for path in sent.glob("*.csv"):
        text = path.read_text(encoding="utf-8-sig").replace("a) Male", "M").replace("q) 6: Police", "Police")
        (folder / path.name).write_text(text, encoding="utf-8")
    plans = folder / "List 7.csv"
    with plans.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    end = header.index("Child Protection Plan End Date")
    ended = next(row for row in rows[2:] if row[end])
    ended[end] = ""
    rows = [["another child", *rows[1][1:]], *rows[1:]]
    with plans.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return folder


def test_what_was_sent_is_laid_beside_the_records_and_the_pack(demo: Path, sent: Path, tmp_path: Path) -> None:
    changed, book = _changed(sent, tmp_path / "sent"), tmp_path / "differs.xlsx"
    said = ask("reconcile", changed, "--month", "2021-11", "--out", book, workspace=demo).out
    counts = said.partition("Columns that differ")[0]
    lines = {line.split("  ")[0]: line.split() for line in counts.splitlines() if line}
    assert lines["List 7"][-3:] == ["1", "1", "1"], said
    assert all(lines[f"List {number}"][-3:] == ["0", "0", "0"] for number in (1, 2, 3, 4, 5, 6, 8, 9, 10)), said
    pack, there, here = (int(number) for number in lines["cpp_open/2021-11/month_end"][-3:])
    assert (pack, there) == (here, here + 1), "the plan whose end was left out is open in the file"
    assert "another child" not in said
    with zipfile.ZipFile(book) as parts:
        assert "another child" in parts.read("xl/sharedStrings.xml").decode()


def test_a_file_that_is_no_return_is_refused_with_those_there_are(demo: Path, november: Path) -> None:
    said = say("reconcile", november / "ssd_person.csv", "--month", "2021-11", workspace=demo)
    assert said.code == 11
    assert "annex-a, ssda903, cin-census" in said.err


def test_an_export_says_what_it_is_for_and_a_layout_nobody_knows_is_refused(demo: Path, tmp_path: Path) -> None:
    said = ask("export", "--layout", "annex-a", "--month", "2021-11", "--out", tmp_path, workspace=demo).out
    assert "for reconciliation, not submission" in next(tmp_path.iterdir()).name
    assert "List 7: Child protection" in said
    refused = say("export", "--layout", "annex-b", workspace=demo)
    assert refused.code == 2
    assert "annex-a" in refused.err
