"""What must be looked at when the year turns is listed, what is missing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.work.new import new_workspace
from scorecard.work.new_year import ToConfirm, to_confirm
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

_TARGET = '\n[[target]]\nmeasure = "{measure}"\nfrom = {day}\nvalue = {value}\nsource = "Plan"\n'
_POPULATION = '\n[[population]]\nfrom = {day}\npersons = 20000\nsource = "an estimate"\n'
_ASSESSMENTS = "Target: Assessments completed in 45 working days"


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A new council's folder, with a population and no targets."""
    new_workspace(tmp_path / "council")
    _add(tmp_path / "council" / "scorecard.toml", _POPULATION.format(day="2021-04-01"))
    (tmp_path / "council" / "targets.toml").write_text("", encoding="utf-8")
    return tmp_path / "council"


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _found(council: Path, year: int = 2022) -> dict[str, ToConfirm]:
    return {one.what: one for one in to_confirm(open_workspace(council), year)}


def test_a_target_that_goes_on_is_to_be_confirmed(council: Path) -> None:
    _add(council / "targets.toml", _TARGET.format(measure="assessments_45wd_pct", day="2018-04-01", value=95))
    assert _found(council)[_ASSESSMENTS].to_do == "Confirm or set another"


def test_a_target_that_changes_on_the_first_of_april_is_told_with_the_one_before(council: Path) -> None:
    for day, value in (("2018-04-01", 95), ("2022-04-01", 92.5)):
        _add(council / "targets.toml", _TARGET.format(measure="assessments_45wd_pct", day=day, value=value))
    assert _found(council)[_ASSESSMENTS].stands == "92.5 from 1 April 2022, 95 before"


def test_a_target_that_ends_with_the_year_comes_before_what_is_only_confirmed(council: Path) -> None:
    ending = _TARGET.format(measure="assessments_45wd_pct", day="2018-04-01", value=95) + "to = 2022-03-31\n"
    _add(council / "targets.toml", ending)
    found = list(_found(council).values())
    ended = next(one for one in found if one.what == _ASSESSMENTS)
    assert (ended.stands, ended.to_do) == ("95 until 31 March 2022", "Set one for the new year")
    assert all(one.to_do.startswith("Confirm") for one in found[found.index(ended) + 3 :])


def test_a_population_long_in_use_is_to_be_replaced(council: Path) -> None:
    assert _found(council)["Children aged 0 to 17"].to_do.startswith("Confirm")
    assert _found(council, 2024)["Children aged 0 to 17"].to_do == "Add the newest estimate"


def test_bank_holidays_are_asked_for_where_a_clock_of_the_year_would_run_past_them(council: Path) -> None:
    assert "Bank holidays" not in _found(council)
    assert _found(council, 2028)["Bank holidays"].to_do == "Add those of 2029"


def test_a_target_of_the_year_is_listed_beside_the_months_target(council: Path) -> None:
    yearly = _TARGET.format(measure="assessments_45wd_pct", day="2021-04-01", value=90)
    monthly = _TARGET.format(measure="assessments_45wd_pct", day="2021-04-01", value=95)
    _add(council / "targets.toml", f"{yearly}of_the_year = true\nto = 2022-03-31\n{monthly}")
    found = _found(council)
    assert found[_ASSESSMENTS].stands == "95 since 1 April 2021 (Plan)"
    ended = found[_ASSESSMENTS.replace("Target", "Target of the year")]
    assert (ended.stands, ended.to_do) == ("90 until 31 March 2022", "Set one for the new year")


def test_local_standards_are_listed_before_national_ones(council: Path) -> None:
    titles = list(_found(council))
    local, national = (
        f"Working days allowed for a {what}" for what in ("section 47 enquiry", "child and family assessment")
    )
    assert titles.index(local) < titles.index(national)


def test_every_number_and_list_that_definitions_look_up_is_listed(council: Path) -> None:
    rules, found = open_workspace(council).registry.rules, _found(council)
    assert {one.title for one in rules.parameters.values()} <= found.keys()
    assert {one.title for one in rules.code_lists.values()} <= found.keys()
    temporary = found["Placement codes of a temporary absence from a lasting placement"]
    assert temporary.stands.startswith("T0, T1, T2, T3, T4 (DfE")


def test_a_list_of_the_councils_own_is_one_to_set_again_and_without_the_codes_that_ended(council: Path) -> None:
    own = """
[lists.fostering_decision_approved]
title = "Our words for an approval"
source = "Our case system"
reason = "Ours"
codes = [{ code = "YES" }, { code = "AYE", to = 2022-04-01 }, { code = "FROM MAY", from = 2022-05-01 }]
"""
    (council / "parameters.toml").write_text(own, encoding="utf-8")
    found = _found(council)["Our words for an approval"]
    assert (found.stands, found.to_do) == ("YES (Our case system)", "Confirm or set another")


def test_a_value_of_one_is_single_and_yes_or_no_is_said_in_words(council: Path) -> None:
    stands = [one.stands for one in _found(council).values()]
    assert not [one for one in stands if "yes or no" in one or one.startswith("1 working days")]
    assert {"yes since 1 January 2000", "1 working day since 1 April 2013"} <= set(stands)


def test_teams_and_the_end_of_year_column_are_to_be_confirmed(council: Path) -> None:
    assert _found(council)["Teams and services"].stands == "those the records list"
    teams = "team_id,name,from,to\nA,North,,2022-03-31\nB,South,2022-04-01,\nC,East,,\n"
    (council / "teams.csv").write_text(teams, encoding="utf-8")
    found = _found(council)
    assert found["Teams and services"].stands == "2 teams and services go on"
    assert found["The End of Year column"].stands == 'end_of_year = "march_first_reported"'
