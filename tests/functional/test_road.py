"""The whole road by the command line alone: an extract in, a pack out, and the records behind every figure of it."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from command_line import ask, run
from example_pack import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from command_line import Said
    from example_pack import Printed

_HIDDEN = "import sys\nsys.modules.update(fcntl=None, resource=None, pwd=None)\n"
"""What Windows does not have: importing one of them fails, in this process and in its helpers."""

_POPULATION = """
[[population]]
from = 2018-04-01
persons = 36110
source = "an estimate"
"""


@pytest.fixture
def windows(tmp_path: Path) -> Callable[..., Said]:
    """Runs a command where there are no POSIX modules and the pipe is cp1252."""
    (tmp_path / "hide").mkdir()
    (tmp_path / "hide" / "sitecustomize.py").write_text(_HIDDEN, encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PYTHONPATH": str(tmp_path / "hide"),
        "PYTHONIOENCODING": "cp1252",
    }

    def go(*words: object, encoding: str = "cp1252") -> Said:
        said = run(*words, folder=tmp_path, environment=environment, encoding=encoding)
        assert said.code == 0, (words, said.err)
        assert "Traceback" not in said.out + said.err
        return said

    return go


def test_an_extract_becomes_a_pack_without_posix_modules_and_through_a_cp1252_pipe(
    demo: Path, november: Path, tmp_path: Path, windows: Callable[..., Said]
) -> None:
    council = tmp_path / "council"
    here = ("--workspace", "council")

    assert "scorecard.toml" in windows("new", "council").out
    with (council / "scorecard.toml").open("a", encoding="utf-8") as settings:
        settings.write(_POPULATION)
    for rules in ("parameters.toml", "teams.csv"):
        shutil.copy(demo / rules, council)
    assert "Next: scorecard take SOURCE --as-at 2021-11-30" in windows("status", "2021-11", *here).out

    assert "The extract can be taken." in windows("check", november, "--as-at", "2021-11-30").out
    assert not list((council / "store").iterdir()), "check keeps nothing"
    assert "Kept as 2021-11-30-" in windows("take", november, "--as-at", "2021-11-30", *here).out
    assert "revision 1" in windows("freeze", "2021-11", *here).out

    asked = ("facts", "2021-11", "--view", "first", "--format", "csv")
    facts = windows(*asked, *here, encoding="utf-8")
    assert facts.rows == ask(*asked, workspace=demo).rows, "the same extract and rules give the same facts anywhere"
    assert "assessments_45wd_pct" in windows("facts", "2021-11", *here).out

    key = "assessments_45wd_pct/2021-11/month"
    cases = windows("cases", key, "--format", "csv", *here, encoding="utf-8").rows
    assert (len(cases), sum(row["in_numerator"] == "1" for row in cases)) == (221, 128)
    told = windows("explain", key, *here).out
    assert "Cases: 221, of which 128 in the numerator" in told

    made = windows("pack", "2021-11", *here).out
    page = council / "packs" / "2021-11-first.html"
    assert str(page) in made
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "Your council's name" in text.replace("&#39;", "'")
    assert "Next: write commentary/2021-11.md" in windows("status", "2021-11", *here).out


def test_one_command_runs_a_month_up_to_its_pack(workspace: Path, november: Path) -> None:
    said = ask("month", "2021-11", november, workspace=workspace)
    assert "Kept as 2021-11-30-" in said.out
    assert "November 2021 is kept as first reported (revision 1" in said.out
    assert (workspace / "packs" / "2021-11-first.html").exists()


@pytest.mark.parametrize("cell", FIGURES, ids=lambda cell: cell.key)
def test_the_records_behind_a_figure_are_as_many_as_it_says(demo: Path, cell: Printed) -> None:
    fact = ask("explain", cell.key, "--format", "json", workspace=demo).data
    cases = ask("cases", cell.key, "--format", "csv", workspace=demo).rows
    inside = [row for row in cases if row["in_numerator"] == "1"]
    of_population = cell.measure.endswith("_rate")
    assert len(inside) == fact["numerator"]
    assert len(cases) == (fact["numerator"] if of_population else fact["denominator"])
    assert [row["case_id"] for row in cases] == [row["case_id"] for row in fact["cases"]]


@pytest.mark.parametrize("measure", ["cpp_open", "cla_open", "assessments_completed", "referrals", "icpc_held"])
def test_the_records_behind_a_count_are_as_many_as_it_says(demo: Path, measure: str) -> None:
    window = "month_end" if measure.endswith("open") else "month"
    fact = ask("explain", f"{measure}/2021-11/{window}", "--format", "json", workspace=demo).data
    assert fact["denominator"] is None
    assert len(fact["cases"]) == fact["numerator"] == fact["value"]


def test_the_records_behind_the_parts_of_a_whole_are_the_records_behind_the_whole(demo: Path) -> None:
    rows = ask(
        "facts", "2021-11", "--view", "first", "--indicator", "referrals", "--format", "csv", workspace=demo
    ).rows
    parts = [row["member"] for row in rows if (row["window"], row["dimension"]) == ("month", "source")]
    found = list[str]()
    for member in parts:
        said = ask("cases", f"referrals/2021-11/month/source/{member}", "--format", "csv", workspace=demo)
        found += [row["case_id"] for row in said.rows]
    whole = ask("cases", "referrals/2021-11/month", "--format", "csv", workspace=demo).rows
    assert sorted(found) == sorted(row["case_id"] for row in whole)


def test_a_figure_counted_now_is_explained_from_the_newest_extract(demo: Path) -> None:
    fact = ask("explain", "referrals/2021-11/month", "--view", "now", "--format", "json", workspace=demo).data
    assert (fact["view"], fact["as_at"], fact["value"]) == ("now", "2022-05-31", 308)
    assert len(fact["cases"]) == 308


def test_an_explanation_leads_from_the_printed_text_to_the_source(demo: Path) -> None:
    told = ask("explain", "assessments_45wd_pct/2021-11/month", workspace=demo).out
    fact = ask("explain", "assessments_45wd_pct/2021-11/month", "--format", "json", workspace=demo).data
    page = Path(fact["definition"]["file"]).read_text(encoding="utf-8").splitlines()
    line = fact["definition"]["line"]
    assert page[line - 2] == "```sql"
    assert f"assessments_45wd.md:{line}" in told
    assert "Printed     58%" in told
    assert "Numerator   128" in told
    assert "Denominator 221" in told
    assert "assessment_limit = 45 working days from 2013-04-01" in told
    assert fact["parameters"]["assessment_limit"][0]["source"] in told
    assert fact["definition"]["sql"] in told
    assert "\n".join(page[line - 1 :]).startswith(fact["definition"]["sql"])


def test_the_sql_as_run_pastes_into_a_database_and_finds_the_same_cases(demo: Path) -> None:
    script = ask("sql", "assessments_45wd", workspace=demo).out
    bare = ask("sql", "assessments_45wd", "--bare", workspace=demo).out
    assert script.rstrip().removesuffix(";").endswith(bare.rstrip())
    snapshot = next((demo / "store" / "snapshots").glob("2021-11-30-*"))
    with duckdb.connect(":memory:") as database:
        for file in snapshot.glob("*.parquet"):
            database.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM read_parquet('{file.as_posix()}')")
        answer = database.execute(script)
        columns = [column[0] for column in answer.description]
        cases = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    november = [case for case in cases if date(2021, 11, 1) <= case["event_date"] <= date(2021, 11, 30)]
    assert (len(november), sum(case["is_in_time"] for case in november)) == (221, 128)


def test_cases_can_be_had_as_a_workbook_and_facts_as_parquet(demo: Path, tmp_path: Path) -> None:
    book, file = tmp_path / "cases.xlsx", tmp_path / "facts.parquet"
    ask("cases", "cpp_open/2021-11/month_end", "--format", "xlsx", "--out", book, workspace=demo)
    ask("facts", "2021-11", "--view", "first", "--format", "parquet", "--out", file, workspace=demo)
    assert book.read_bytes()[:2] == b"PK"
    assert file.read_bytes()[:4] == b"PAR1"


def test_the_demo_is_built_anew_over_an_earlier_demo_only(demo: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(demo / "commentary", tmp_path / "other"))
    said = run("demo", other, folder=tmp_path, environment=os.environ)
    assert said.code == 14
    assert "is not empty" in said.err
    assert list(other.iterdir())
