"""One value mapped wrong for three frozen months, and mended once: revisions are opened, and *first* stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import Said, ask, say
from few_definitions import define_only

from scorecard.calendar.periods import Period
from scorecard.store.ledger import Act
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = tuple(Period(2021, month) for month in (9, 10, 11))
HEADER = "Person ID,Referral ID,Date of referral,Result,Source of referral"
CHILDREN = "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\nc2,M,2015-06-01\nc3,F,2018-07-01\n"
REFERRALS = (
    "c1,r1,03/09/2021,Closed at the front door,School",
    "c2,r2,06/09/2021,To assessment,Police",
    "c3,r3,04/10/2021,Closed at the front door,School",
    "c1,r4,05/10/2021,Closed at the front door,Police",
    "c2,r5,02/11/2021,To assessment,School",
    "c3,r6,03/11/2021,Closed at the front door,Police",
)
MAPPING = """report = "Referrals"

[recognised_by]
headers = ["Referral ID", "Date of referral", "Result"]

[[table]]
into = "ssd_cin_episodes"
columns.cine_referral_id = "Referral ID"
columns.cine_person_id = "Person ID"
columns.cine_referral_date = "Date of referral"
columns.cine_referral_nfa = { from = "Result", values = "result" }
columns.cine_referral_source_code = "Source of referral"

[values.result]
"Closed at the front door" = "N"
"To assessment" = "N"
"""
MENDED = MAPPING.replace('door" = "N"', 'door" = "Y"')
FIRST = {"2021-09": (0, 2), "2021-10": (0, 2), "2021-11": (0, 2)}
RIGHT = {"2021-09": (1, 2), "2021-10": (2, 2), "2021-11": (1, 2)}


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council that froze three months, each from an extract of its own, by a mapping that is wrong in one line."""
    define_only(["referrals"], monkeypatch)
    folder = tmp_path / "council"
    ask("new", folder)
    _map(folder, MAPPING)
    for period in MONTHS:
        ask("take", _extract(tmp_path, period), "--as-at", period.last_day, workspace=folder)
        ask("freeze", period, workspace=folder)
    return folder


def _extract(tmp_path: Path, period: Period) -> Path:
    folder = tmp_path / str(period)
    folder.mkdir(exist_ok=True)
    rows = [row for row in REFERRALS if int(row.split("/")[1]) <= period.month]
    (folder / "ssd_person.csv").write_text(CHILDREN, encoding="utf-8")
    (folder / "Referrals.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return folder


def _map(folder: Path, text: str) -> None:
    (folder / "mappings").mkdir(exist_ok=True)
    (folder / "mappings" / "referrals.toml").write_text(text, encoding="utf-8")


def _first(folder: Path) -> dict[str, Said]:
    return {
        str(period): ask("facts", period, "--view", "first", "--format", "csv", workspace=folder) for period in MONTHS
    }


def _closed(folder: Path, period: Period, view: str) -> tuple[int, int]:
    """Of how many referrals of a month, how many ended with no further action."""
    asked = ("--view", view, "--indicator", "referrals_nfa_pct", "--format", "json")
    rows = ask("facts", period, *asked, workspace=folder).data
    found = [row for row in rows if row["window"] == "month" and row["dimension"] == "all"]
    return found[0]["numerator"], found[0]["denominator"]


def _kept(workspace: Workspace) -> set[str]:
    return {path.relative_to(workspace.folder).as_posix() for path in (workspace.folder / "store").rglob("*")}


def test_a_value_mended_once_opens_a_revision_of_each_month_and_leaves_first_as_it_was(council: Path) -> None:
    before = _first(council)
    assert {month: _closed(council, Period.parse(month), "first") for month in FIRST} == FIRST
    _map(council, MENDED)
    ask("remap", "--yes", workspace=council)
    workspace = open_workspace(council)
    assert [one.name for period in MONTHS for one in workspace.months.revisions(period)[1:]] == [
        "2021-09/2",
        "2021-10/2",
        "2021-11/2",
    ]
    assert _first(council) == before
    assert {month: _closed(council, Period.parse(month), "now") for month in RIGHT} == RIGHT


def test_after_one_is_approved_its_figure_stands_and_the_others_wait(council: Path) -> None:
    _map(council, MENDED)
    ask("remap", "--yes", workspace=council)
    ask("approve", "2021-10", "--by", "B. Lee, Head of Service", "--because", "looked at", workspace=council)
    stands = {month: _closed(council, Period.parse(month), "first") for month in FIRST}
    assert stands == {**FIRST, "2021-10": RIGHT["2021-10"]}


def test_the_bridge_says_that_the_mapping_was_corrected_and_for_how_many(council: Path) -> None:
    _map(council, MENDED)
    ask("remap", "--yes", workspace=council)
    rows = ask("restated", "2021-10", "--format", "json", workspace=council).data
    lines = [(row["line"], row["cases"], row["numerator"], row["denominator"]) for row in rows]
    assert lines == [
        ("as first reported", "", "0", "2"),
        ("mapping corrected", 2, "+2", "0"),
        ("as now known", "", "2", "2"),
    ]


def test_nothing_is_changed_before_it_is_agreed(council: Path) -> None:
    _map(council, MENDED)
    workspace = open_workspace(council)
    before = _kept(workspace)
    shown = ask("remap", "--format", "json", workspace=council).data
    assert [one["id"][:10] for one in shown["snapshots"]] == ["2021-09-30", "2021-10-31", "2021-11-30"]
    assert {"2021-09", "2021-10", "2021-11"} == {row["figure"].split("/")[1] for row in shown["figures"]}
    assert shown["kept"] == shown["revisions"] == []
    asked = say("remap", workspace=council)
    assert asked.code != 0, "nobody agreed"
    assert _kept(workspace) == before


def test_what_is_shown_is_what_the_revision_then_holds(council: Path) -> None:
    _map(council, MENDED)
    shown = ask("remap", "--yes", "--format", "json", workspace=council).data
    for month, (closed, _) in RIGHT.items():
        ask("approve", month, "--by", "B. Lee, Head of Service", "--because", "looked at", workspace=council)
        row = next(one for one in shown["figures"] if one["figure"] == f"referrals_nfa_pct/{month}/month")
        assert (row["counted_first"], row["counted_after"]) == (0, closed)
        assert _closed(council, Period.parse(month), "first")[0] == closed


def test_a_superseding_extract_says_what_it_was_made_from_and_shares_the_tables_that_stay(council: Path) -> None:
    _map(council, MENDED)
    ask("remap", "--yes", "--because", "“Closed at the front door” is no further action", workspace=council)
    workspace = open_workspace(council)
    of_october = [one for one in workspace.snapshots.all() if one.as_at == date(2021, 10, 31)]
    origin, made = of_october
    assert made.remapped_from == origin.id
    assert workspace.snapshots.covering(date(2021, 10, 31), date(2021, 10, 31)) == made
    episodes, persons = "ssd_cin_episodes", "ssd_person"
    assert made.mapping["mappings/referrals.toml"] != origin.mapping["mappings/referrals.toml"]
    assert made.tables[episodes].mapping != origin.tables[episodes].mapping
    assert made.tables[persons] == origin.tables[persons]
    assert made.file(persons).samefile(origin.file(persons))
    wrong, right = (
        workspace.rules.path("referrals.toml", one.mapping["mappings/referrals.toml"]).read_text(encoding="utf-8")
        for one in (origin, made)
    )
    assert (wrong, right) == (MAPPING, MENDED)
    told = [entry for entry in workspace.store.ledger.all() if entry.act is Act.REMAPPED]
    assert [entry.told["rows"] for entry in told] == [{f"{episodes}.cine_referral_nfa": rows} for rows in (1, 3, 4)]
    assert "Closed" in told[0].why


def test_once_mapped_again_nothing_moves_any_more(council: Path) -> None:
    _map(council, MENDED)
    ask("remap", "--yes", workspace=council)
    again = ask("remap", "--yes", "--format", "json", workspace=council).data
    assert again == {"snapshots": [], "figures": [], "cannot": [], "kept": [], "revisions": []}


def test_from_a_month_on_leaves_the_extracts_before_it_alone(council: Path) -> None:
    _map(council, MENDED)
    done = ask("remap", "--from", "2021-11", "--yes", "--format", "json", workspace=council).data
    assert done["revisions"] == ["2021-11/2"]
    assert [name[:10] for name in done["kept"]] == ["2021-11-30"]


def test_what_is_not_a_value_asks_for_the_extract_again(council: Path) -> None:
    _map(
        council, MENDED.replace('"Date of referral"', '"Result"').replace('["Referral ID", "Result"', '["Referral ID"')
    )
    shown = ask("remap", "--format", "json", workspace=council).data
    assert shown["snapshots"] == []
    assert "mappings/referrals.toml changed in more than its values" in shown["cannot"][0]


def test_an_extract_without_its_records_is_passed_over_and_told(council: Path) -> None:
    workspace = open_workspace(council)
    october = workspace.snapshots.covering(date(2021, 10, 31), date(2021, 10, 31))
    assert october is not None
    for file in october.folder.glob("*.parquet"):
        file.unlink()
    _map(council, MENDED)
    done = ask("remap", "--yes", "--format", "json", workspace=council).data
    assert done["revisions"] == ["2021-09/2", "2021-11/2"]
    assert any(october.id in said and "purged" in said for said in done["cannot"])


def test_an_extract_taken_later_for_the_day_keeps_its_place_before_one_that_was_mapped_again(
    council: Path, tmp_path: Path
) -> None:
    with (tmp_path / "2021-11" / "Referrals.csv").open("a", encoding="utf-8") as file:
        file.write("c1,r7,04/11/2021,To assessment,School\n")
    ask("take", tmp_path / "2021-11", "--as-at", "2021-11-30", workspace=council)
    _map(council, MENDED)
    ask("remap", "--yes", workspace=council)
    assert _closed(council, Period(2021, 11), "now") == (1, 3)
    ask("approve", "2021-11", "--by", "B. Lee, Head of Service", "--because", "looked at", workspace=council)
    assert _closed(council, Period(2021, 11), "first") == (1, 2), "the revision differs by the mapping alone"
