"""Totals without records, by the command line: asked for, filled in, taken, marked where printed, counted again."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from built_once import built_once
from command_line import ask, say
from filled_form import DAY, NAME, fill, filled

if TYPE_CHECKING:
    from pathlib import Path

SUPPLIERS = """
[[supplier]]
id = "fostering"
title = "Fostering team"

[[supplier.cell]]
measure = "foster_panel_activity"

[[supplier.cell]]
measure = "foster_panel_activity"
dimension = "panel_item"
members = ["REAPPROVAL", "RESIGNATION"]

[[supplier]]
id = "early_help"
title = "Early help"

[[supplier.cell]]
measure = "pbr_claims"
"""
PANEL, CLAIMS = "foster_panel_activity/2021-11/month", "pbr_claims/2021-11/month"
MARK = "Supplied by Fostering team (Panel administrator) on 3 December 2021; not counted from records."


def _without_records(november: Path, folder: Path) -> Path:
    """The extract without claims, and without what the panel heard in November."""
    shutil.copytree(november, folder)
    (folder / "ssdx_pbr_claims.csv").unlink()
    path = folder / "ssdx_fostering_panel.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    day = rows[0].index("fpan_panel_date")
    kept = [row for row in rows if not row[day].startswith("2021-11")]
    assert len(kept) < len(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(kept)
    return folder


@pytest.fixture(scope="session")
def _one_without(shared: Path, november: Path) -> Path:
    def build(folder: Path) -> None:
        extract = _without_records(november, folder.with_name("november-without"))
        ask("new", folder)
        (folder / "suppliers.toml").write_text(SUPPLIERS, encoding="utf-8")
        ask("take", extract, "--as-at", "2021-11-30", workspace=folder)

    return built_once(shared / "without-records", build)


@pytest.fixture
def council(_one_without: Path, tmp_path: Path) -> Path:
    """A workspace whose extract lacks claims and November's panel, and whose suppliers are named."""
    return shutil.copytree(_one_without, tmp_path / "council")


def _forms(council: Path) -> Path:
    """Both forms of November, filled in."""
    ask("supplied", "--template", "2021-11", workspace=council)
    filled(council / "supplied" / "2021-11-fostering.xlsx", {"C10": 12, "C11": 7, "C12": 5})
    filled(council / "supplied" / "2021-11-early_help.xlsx", {"C10": 23}, by="Head of service")
    return council / "supplied"


def _facts(council: Path, measure: str, *more: str) -> dict[tuple[str, str], dict[str, str]]:
    rows = ask("facts", "2021-11", "--indicator", measure, "--format", "csv", *more, workspace=council).rows
    return {(row["window"], row["member"]): row for row in rows}


def test_each_supplier_gets_a_workbook_and_a_filled_one_is_not_written_over(council: Path) -> None:
    said = ask("supplied", "--template", "2021-11", workspace=council)
    assert re.findall(r"2021-11-\w+\.xlsx", said.out) == ["2021-11-fostering.xlsx", "2021-11-early_help.xlsx"]
    ask("supplied", "--template", "2021-11", workspace=council)
    filled(council / "supplied" / "2021-11-fostering.xlsx", {"C10": 12})
    refused = say("supplied", "--template", "2021-11", workspace=council)
    assert refused.code == 14
    assert "2021-11-fostering.xlsx is there already" in refused.err


def test_what_suppliers_filled_in_stands_among_the_facts_with_their_name(council: Path) -> None:
    before = say("facts", "2021-11", "--indicator", "pbr_claims", workspace=council)
    assert "was taken without ssdx_pbr_claims" in before.err
    said = ask("take", _forms(council), workspace=council)
    assert "1 of 1 figures of Early help for November 2021" in said.out
    claims = _facts(council, "pbr_claims")[("month", "all")]
    assert (claims["value"], claims["supplied_by"]) == ("23", "Early help (Head of service) on 3 December 2021")
    panel = _facts(council, "foster_panel_activity")
    assert [panel[("month", member)]["value"] for member in ("all", "REAPPROVAL", "RESIGNATION")] == ["12", "7", "5"]
    assert ("month", "LTMATCH") not in panel, "what nobody gave is not nought"
    rows = ask("supplied", "--format", "csv", workspace=council).rows
    assert [(row["supplier"], row["figures"], row["asked for"]) for row in rows] == [
        ("Early help", "1", "1"),
        ("Fostering team", "3", "3"),
    ]


def test_a_supplied_figure_is_explained_by_who_gave_it_and_has_no_cases(council: Path) -> None:
    ask("take", _forms(council), workspace=council)
    told = ask("explain", PANEL, workspace=council).out
    assert "Supplied by Fostering team (Panel administrator) on 3 December 2021." in told
    cases = ask("cases", PANEL, "--format", "csv", workspace=council)
    assert cases.rows == []
    assert "there are no cases to show" in cases.err
    assert ask("explain", CLAIMS, "--format", "json", workspace=council).data["supplied_by"].startswith("Early help")


def test_a_supplied_figure_is_marked_in_the_pack_and_kept_with_the_month(council: Path) -> None:
    ask("take", _forms(council), workspace=council)
    ask("freeze", "2021-11", workspace=council)
    page = ask("pack", "2021-11", workspace=council).out.partition("Written: ")[2].strip()
    with open(page, encoding="utf-8") as file:  # noqa: PTH123 - a path that was printed
        assert MARK in file.read()
    fill(council / "supplied" / "2021-11-fostering.xlsx", {"C10": 13})
    ask("take", council / "supplied" / "2021-11-fostering.xlsx", workspace=council)
    assert _facts(council, "foster_panel_activity")[("month", "all")]["value"] == "13"
    first = _facts(council, "foster_panel_activity", "--view", "first")
    assert first[("month", "all")]["value"] == "12", "what was first reported stays"
    assert "12" in ask("explain", PANEL, "--view", "first", workspace=council).out


def test_records_that_come_take_the_place_of_what_was_supplied(council: Path, november: Path) -> None:
    ask("take", _forms(council), workspace=council)
    to_date = _facts(council, "foster_panel_activity")[("year_to_date", "all")]
    assert "for 1 of 8 months, last on 3 December 2021" in to_date["supplied_by"]
    ask("take", november, "--as-at", "2021-11-30", workspace=council)
    for measure in ("pbr_claims", "foster_panel_activity"):
        assert {row["supplied_by"] for row in _facts(council, measure).values()} == {""}
    heard = _facts(council, "foster_panel_activity")[("month", "all")]["value"]
    assert len(ask("cases", PANEL, "--format", "csv", workspace=council).rows) == int(heard) > 0


def test_a_workbook_with_faults_is_refused_whole_and_nothing_is_kept(council: Path) -> None:
    forms = _forms(council)
    fill(forms / "2021-11-fostering.xlsx", {NAME: None, DAY: date(2021, 10, 1), "C11": -7})
    refused = say("take", forms, workspace=council)
    assert refused.code == 11
    assert [line for line in refused.err.splitlines() if not line.startswith(" ")] == [
        "2021-11-fostering.xlsx:3: it is not said who supplies the figures",
        "2021-11-fostering.xlsx:4: the day lies before November 2021",
        "2021-11-fostering.xlsx:11: the number of this row is below 0 or beyond belief",
    ]
    assert ask("supplied", "--format", "json", workspace=council).data == []


def test_two_workbooks_of_one_supplier_and_month_are_refused(council: Path) -> None:
    forms = _forms(council)
    shutil.copyfile(forms / "2021-11-fostering.xlsx", forms / "copy.xlsx")
    refused = say("take", forms, workspace=council)
    assert (refused.code, "a second workbook of one supplier and month" in refused.err) == (11, True)


def test_an_extract_still_says_that_its_day_is_wanted(council: Path, november: Path) -> None:
    refused = say("take", november, workspace=council)
    assert (refused.code, "--as-at" in refused.err) == (2, True)


def test_a_council_without_suppliers_is_told_how_to_name_them(workspace: Path) -> None:
    refused = say("supplied", "--template", "2021-11", workspace=workspace)
    assert (refused.code, "suppliers.toml" in refused.err) == (2, True)


def test_the_months_checklist_asks_for_totals_until_every_supplier_has_given_theirs(council: Path) -> None:
    def step() -> dict[str, str]:
        steps = ask("status", "2021-11", "--format", "json", workspace=council).data
        return next(one for one in steps if one["step"] == "Totals supplied")

    forms = _forms(council)
    assert (step()["done"], step()["detail"]) == ("no", "0 of 2 suppliers")
    ask("take", forms / "2021-11-fostering.xlsx", workspace=council)
    assert (step()["done"], step()["detail"]) == ("no", "1 of 2 suppliers")
    ask("take", forms, workspace=council)
    assert step()["done"] == "yes"


def test_what_was_known_on_a_day_has_no_total_that_was_given_later(council: Path) -> None:
    ask("take", _forms(council), workspace=council)
    known = _facts(council, "foster_panel_activity", "--known", "2021-12-02")
    assert known[("month", "all")]["value"] == "0", "the table was there, and no row of the month"
    assert _facts(council, "foster_panel_activity", "--known", "2021-12-03")[("month", "all")]["value"] == "12"
