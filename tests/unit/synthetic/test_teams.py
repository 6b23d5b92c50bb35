"""The hub is renamed and the city's assessment team split, in the records as in the demo's `teams.csv`."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from scorecard.definitions.registry import LIBRARY

from .figures import MARCH, NOVEMBER, OCTOBER

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[str, str], Any]

_LAST = "2022-05-31"


def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader((LIBRARY / "demo" / "teams.csv").read_text(encoding="utf-8").splitlines()))


def _names(ask: Ask, day: str) -> dict[str, str]:
    return dict(ask(day, "SELECT dept_team_id, dept_team_name FROM ssd_department"))


def test_the_hub_has_its_new_name_from_october_2021(ask: Ask) -> None:
    assert _names(ask, MARCH)["T13"] == "Support Hub"
    assert _names(ask, OCTOBER)["T13"] == "CWB Improvement Hub"


def test_teams_csv_names_every_team_as_the_newest_records_do(ask: Ask) -> None:
    newest = {row["team_id"]: row["name"] for row in sorted(_rows(), key=lambda row: row["from"])}
    assert newest == _names(ask, _LAST)


def test_nothing_is_left_with_the_citys_old_team_after_the_split(ask: Ask) -> None:
    left = "SELECT count(*) FROM ssd_involvements WHERE invo_professional_team = 'T06' AND"
    assert ask(NOVEMBER, f"{left} invo_involvement_end_date IS NULL") > 0
    assert ask(_LAST, f"{left} coalesce(invo_involvement_end_date, DATE '9999-12-31') > DATE '2021-12-20'") == 0
    late = "SELECT count(*) FROM ssd_cin_assessments WHERE cina_assessment_team = 'T06'"
    assert ask(_LAST, f"{late} AND coalesce(cina_assessment_auth_date, DATE '9999-12-31') >= DATE '2021-12-20'") == 0


def test_both_new_teams_take_on_cases_and_none_before_the_split(ask: Ask) -> None:
    query = "SELECT count(DISTINCT invo_professional_team), min(invo_involvement_start_date) FROM ssd_involvements"
    teams, first = ask(_LAST, f"{query} WHERE invo_professional_team IN ('T14', 'T15')")
    assert (teams, str(first)) == (2, "2021-12-20")
