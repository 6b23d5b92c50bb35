"""Teams over time: what they were called, what they belonged to, and which lines break."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from counted import COUNT, SQL, count, fact, indicator, thing

from scorecard.calendar.periods import Period, Window
from scorecard.errors import Problems, UsageError, WorkspaceError
from scorecard.facts.fact import FactKey
from scorecard.facts.teams import NO_TEAM, NO_TEAMS, Part, Team, Teams
from scorecard.facts.teams_file import read_teams, write_teams

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "team_id,name,from,to,parent_id,line_id,line_name\n"
TEAMS = (
    HEAD
    + """S1,Early Help,,,,,
S2,Safeguarding,,,,,
T9,Support Hub,,2021-09-30,S1,HUB,
T14,CWB Improvement Hub,2021-10-01,,S2,HUB,
T5,Assessment,,2021-12-20,S1,,
T15,Assessment East,2021-12-21,,S1,,
T16,Assessment West,2021-12-21,,S1,,
"""
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a council writes its teams."""
    return tmp_path / "teams.csv"


@pytest.fixture
def teams(path: Path) -> Teams:
    """A hub that was renamed and moved, and a team that was split."""
    path.write_text(TEAMS, encoding="utf-8")
    return read_teams(path)


def test_a_renamed_team_is_one_line_with_both_names_and_a_split_one_is_three(teams: Teams) -> None:
    assert dict(teams.lines) == {
        "HUB": "CWB Improvement Hub (until September 2021: Support Hub)",
        "T5": "Assessment",
        "T15": "Assessment East",
        "T16": "Assessment West",
    }
    assert dict(teams.services) == {"S1": "Early Help", "S2": "Safeguarding"}


def test_a_name_that_ended_within_a_month_says_its_last_day(path: Path) -> None:
    path.write_text(HEAD + "A,Old,,2021-10-14,,L,\nB,New,2021-10-15,,,L,\n", encoding="utf-8")
    assert dict(read_teams(path).lines) == {"L": "New (until 14 October 2021: Old)"}


def test_a_line_may_have_a_name_of_its_own(path: Path) -> None:
    path.write_text(HEAD + "A,Old,,2021-09-30,,L,The Hub\nB,New,2021-10-01,,,L,The Hub\n", encoding="utf-8")
    assert dict(read_teams(path).lines) == {"L": "The Hub (until September 2021: Old)"}


def test_a_team_belongs_on_each_day_to_the_service_it_belonged_to_then(teams: Teams) -> None:
    assert [teams.service_of("HUB", day) for day in (date(2021, 9, 30), date(2021, 10, 1))] == ["S1", "S2"]
    assert teams.service_of("T5", date(2022, 3, 1)) == "S1"
    assert teams.service_of("T15", date(2021, 12, 20)) == ""


def test_teams_are_read_back_as_they_were_written(teams: Teams, tmp_path: Path) -> None:
    write_teams(teams, tmp_path / "again.csv")
    assert read_teams(tmp_path / "again.csv") == teams


def test_all_that_is_wrong_is_said_at_once_with_its_line(path: Path) -> None:
    rows = [
        "A,One,,2021-10-31,X,,",
        "A,Two,2021-10-31,,,,",
        ",None,,,,,",
        "B,B,2021-13-01,,,,",
        "C,C,2021-02-01,2021-01-01,,,",
    ]
    path.write_text(HEAD + "\n".join([*rows, "D,D,,,E,,", "E,E,,,D,,"]), encoding="utf-8")
    with pytest.raises(Problems) as told:
        read_teams(path)
    said = [str(problem) for problem in told.value.problems]
    assert [one.split(": ")[0].rsplit(":")[-1] for one in said] == ["2", "3", "4", "5", "6", "7", "8"]
    for words, one in zip(
        (
            "no team or service has the id X",
            "Two begins before One",
            "no id",
            "“2021-13-01”",
            "ends before",
            "itself",
            "itself",
        ),
        said,
        strict=True,
    ):
        assert words in one


def test_a_column_nobody_knows_is_refused_with_those_there_are(path: Path) -> None:
    path.write_text("team_id,name,until\nA,One,2021-10-31\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="no column `until`") as told:
        read_teams(path)
    assert "team_id,name,from,to,parent_id,line_id,line_name" in told.value.remedy


def test_a_part_that_is_not_there_is_answered_with_those_that_are(teams: Teams) -> None:
    with pytest.raises(UsageError) as told:
        teams.title_of(Part.parse("team/T9"))
    assert "team/HUB CWB Improvement Hub" in told.value.remedy
    with pytest.raises(UsageError, match="no team and no service"):
        Part.parse("worker/W1")


def test_cases_of_a_renamed_team_are_of_one_line_and_those_of_a_split_one_stay_with_it(teams: Teams) -> None:
    days = [
        ("a", "2021-09-30", "T9"),
        ("b", "2021-10-01", "T14"),
        ("c", "2021-12-20", "T5"),
        ("d", "2021-12-21", "T15"),
    ]
    late = [("e", "2021-12-28", "T5"), ("f", "2021-12-28", "T77"), ("g", "2021-12-28", None)]
    rows = [thing(name, day, team=team) for name, day, team in days + late]
    december = Period(2021, 12)
    facts, _, _ = count(indicator(COUNT), rows, [december], teams=teams)
    to_date = FactKey("things", december, Window.YEAR_TO_DATE)
    assert {one.key.member: one.value for one in facts.members(to_date, "team") if one.value} == {
        "HUB": 2,
        "T15": 1,
        "T5": 2,
        "T77": 1,
        "not_recorded": 1,
    }


def test_a_case_recorded_under_a_teams_name_is_of_that_team_on_its_day(teams: Teams) -> None:
    names = [(team.name, team.from_day, team.line) for team in teams.rows if team.id not in teams.services]
    rows = [thing(str(n), str(day or "2021-04-01"), team=name) for n, (name, day, _) in enumerate(names)]
    _, engine, cases = count(indicator(COUNT), rows, [Period(2021, 12)], teams=teams)
    found = engine.connection.execute(
        f"SELECT dim_team FROM {cases.table} ORDER BY CAST(case_id AS INTEGER)"
    ).fetchall()
    assert [line for (line,) in found] == [line for _, _, line in names]


def test_the_service_of_a_case_is_that_of_its_team_on_its_day(teams: Teams) -> None:
    rows = [thing("a", "2021-09-30", team="T9"), thing("b", "2021-10-01", team="T14"), thing("c", "2021-10-01")]
    _, engine, cases = count(indicator(COUNT), rows, teams=teams)
    found = engine.connection.execute(f"SELECT case_id, dim_service FROM {cases.table} ORDER BY 1").fetchall()
    assert found == [("a", "S1"), ("b", "S2"), ("c", "not_recorded")]


THREE_LEVELS = (
    HEAD
    + """D1,Children's Services,,,,,
S1,Early Help,,,D1,,
S2,Safeguarding,,2021-10-31,,,
S2,Safeguarding,2021-11-01,,D1,,
T1,Hub,,,S1,,
T2,Court,,,S2,,
"""
)


def test_a_service_has_the_cases_of_all_below_it_while_they_were_so_and_those_under_its_own_id(path: Path) -> None:
    path.write_text(THREE_LEVELS, encoding="utf-8")
    teams = read_teams(path)
    held = [("a", "2021-10-31", "T2"), ("b", "2021-11-01", "T2"), ("c", "2021-11-02", "T1")]
    own = [("d", "2021-11-03", "S2"), ("e", "2021-11-04", None), ("f", "2021-11-05", "D1")]
    rows = [thing(name, day, team=team) for name, day, team in held + own]
    _, engine, cases = count(indicator(COUNT), rows, teams=teams)

    def of(part: str) -> str:
        narrowed = cases.narrowed(engine.connection, Part.parse(part), teams)
        found = engine.connection.execute(f"SELECT case_id FROM {narrowed.table} ORDER BY 1").fetchall()
        return "".join(name for (name,) in found)

    services = {name: of(f"service/{name}") for name in (*teams.services, "not_recorded")}
    assert services == {"D1": "bcdf", "S1": "c", "S2": "abd", "not_recorded": "e"}
    told = {name: of(f"team/{name}") for name in (*teams.lines, "not_recorded")}
    assert told == {"T1": "c", "T2": "ab", "not_recorded": "def"}


def test_a_circle_in_the_records_own_list_of_teams_ends() -> None:
    teams = Teams((Team("A", "A", parent="B", line="A"), Team("B", "B", parent="A", line="B")))
    assert {name for name, _, _ in teams.within(Part("service", "A"))} == {"A", "B"}


def test_lines_of_another_time_are_told_by_the_lines_of_ours(teams: Teams, path: Path) -> None:
    path.write_text(HEAD + "T9,Support Hub,,,,,\nS1,Early Help,,,,,\nT5,Assessment,,,S1,,\n", encoding="utf-8")
    once = read_teams(path)
    days = [(line, first, now, service) for line, first, _, now, service in teams.since(once) if line in {"T9", "S1"}]
    assert days == [("T9", date.min, "HUB", "S1"), ("S1", date.min, "not_recorded", "S1")]
    assert ("HUB", date(2021, 10, 1), date.max, "HUB", "S2") in set(teams.since(teams))
    assert {line for line, *_ in teams.since(once)} >= {"T14", "T15", "T16"}


def test_a_bare_id_is_answered_with_how_it_is_written_and_no_service_is_a_part_too(teams: Teams) -> None:
    with pytest.raises(UsageError) as told:
        Part.parse("T04")
    assert told.value.remedy.startswith("Did you mean team/T04?")
    assert teams.title_of(Part.parse("service/not_recorded")) == "No service recorded"
    assert teams.title_of(NO_TEAM) == "No team recorded"


def test_without_a_file_of_teams_a_team_is_what_the_records_call_it() -> None:
    facts, _, _ = count(indicator(COUNT), [thing("a", "2021-11-05", team="T1")])
    assert fact(facts, "things", Window.MONTH, "team", "T1").value == 1


def test_cases_have_a_team_where_the_indicator_is_not_broken_down_by_it() -> None:
    _, engine, cases = count(indicator(COUNT, breakdowns=(), sql=SQL), [thing("a", "2021-11-05", team="T1")])
    narrowed = cases.narrowed(engine.connection, Part("team", "T1"), NO_TEAMS)
    assert engine.connection.execute(f"SELECT case_id FROM {narrowed.table}").fetchall() == [("a",)]
    nobody = cases.narrowed(engine.connection, NO_TEAM, NO_TEAMS)
    assert engine.connection.execute(f"SELECT case_id FROM {nobody.table}").fetchall() == []


def test_a_key_told_for_a_team_is_printed_with_it_and_finds_the_figure_of_that_pack() -> None:
    plain = FactKey("referrals", Period(2021, 11), Window.MONTH, "source", "6")
    told = FactKey("referrals", Period(2021, 11), Window.MONTH, "source", "6", told_for=Part("team", "T4"))
    assert told == plain
    assert str(told) == "referrals/2021-11/month/team/T4/source/6"
    assert (
        str(told.in_month(Period(2021, 10)).in_window(Window.ROLLING_YEAR))
        == "referrals/2021-10/rolling_year/team/T4/source/6"
    )
