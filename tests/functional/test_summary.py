"""The demo's facts against the example pack's summary table, and what the records say where it has two values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from command_line import ask
from example_pack import BLANKS, CELLS, FIGURES, MEASURES, STOCKS, rounded

if TYPE_CHECKING:
    from pathlib import Path

    from example_pack import Printed

COLUMNS = [
    "indicator",
    "period",
    "window",
    "dimension",
    "member",
    "as_at",
    "numerator",
    "denominator",
    "value",
    "unit",
    "status",
    "quality",
    "snapshot",
    "definition",
    "supplied_by",
    "reason",
]


@dataclass(frozen=True)
class Contradiction:
    """Two values for one thing in the example pack (indicators.md §4): the fact, what the records give, and why."""

    number: int
    key: str
    given: str
    """What the records give, at the precision printed."""
    other: str
    """What the pack also prints."""
    why: str


CONTRADICTIONS = (
    Contradiction(1, "eh_hub_contacts_completed/2021-11/month", "499", "449", "615 + 178 + 499 make the 1,292 stated"),
    Contradiction(1, "contacts_received/2021-11/month", "1292", "1242", "499 to early help, not 449"),
    Contradiction(2, "mash_contacts_completed/2021-10/month", "449", "499", "449 is MASH's October, not early help"),
    Contradiction(3, "mash_contacts_completed/2021-11/month", "615", "1292", "received and decided are two measures"),
    Contradiction(4, "mash_da_combined_pct/2021-11/month", "59", "50", "MASH and DA hub together; 50 is MASH alone"),
    Contradiction(5, "contacts_progressed_referral_pct/2021-11/month", "47", "22", "of MASH's 615, not of all 1,292"),
    Contradiction(11, "rereferrals_12m_pct/2021-11/year_to_date", "8", "10.6", "10.6 is the whole of 2020/21 (DfE)"),
    Contradiction(12, "rereferrals_12m_pct/2021-03/month", "24", "10.6", "the month of March; 10.6 is the year"),
    Contradiction(16, "assessments_45wd_pct/2021-11/year_to_date", "63", "81.9", "81.9 is 2020/21 (DfE), 1104/1348"),
    Contradiction(17, "assessments_45wd_pct/2021-03/month", "89", "81.9", "the month of March; 81.9 is the year"),
    Contradiction(32, "icpc_15wd_pct/2021-11/year_to_date", "55", "61", "55 stands in three places, 61 in one"),
    Contradiction(33, "icpc_rate/2021-11/month", "16.6", "48.8", "60 conferences; 48.8 is the 176 of 2020/21 (DfE)"),
    Contradiction(34, "icpc_15wd_pct/2021-03/month", "89", "80.1", "the month of March; 80.1 is the year"),
    Contradiction(38, "cpp_rate/2021-03/month_end", "29", "47.2", "plans open, not plans begun in the year"),
    Contradiction(39, "cpp_open/2021-03/month_end", "105", "107", "as first reported; two were recorded later"),
    Contradiction(41, "cpp_rate/2021-11/month_end", "53.7", "54", "one value at two precisions"),
    Contradiction(45, "cla_rate/2021-11/month_end", "96", "87", "87 is March 2021 (DfE), 312 children"),
    Contradiction(46, "cla_rate/2021-03/month_end", "88", "87", "as first reported; 87 is the published return"),
    Contradiction(50, "cla_rate/2021-10/month_end", "96.4", "96", "348 children: 96 twice hides a fall"),
    Contradiction(50, "cla_rate/2021-11/month_end", "95.5", "96", "345 children: 96 twice hides a fall"),
    Contradiction(52, "cla_3plus_placements_pct/2021-03/month_end", "10", "9", "as first reported; 9 is published"),
    Contradiction(67, "cl_suitable_pct/2021-03/month_end", "84", "89", "the local cohort; 89 is published"),
    Contradiction(67, "cl_eet_pct/2021-03/month_end", "57", "50", "the local cohort; 50 is published"),
    Contradiction(83, "referrals/2021-11/month", "290", "308", "as first reported; 18 were recorded later"),
    Contradiction(84, "cla_rate/2021-11/month_end", "95.5", "95.8", "one population, 36,110, on every rate"),
    Contradiction(
        86, "cl_in_touch_pct/2021-11/month_end", "95", "93", "it rose, though the change of cohort is said to lower it"
    ),
    Contradiction(87, "rereferrals_12m_pct/2021-10/month", "7.2", "7", "one value at two precisions"),
)

NOW = (
    Contradiction(83, "referrals/2021-11/month", "308", "290", "as known now, with the 18 recorded later"),
    Contradiction(39, "cpp_open/2021-03/month_end", "107", "105", "as known now, with two recorded later"),
    Contradiction(46, "cla_open/2021-03/month_end", "312", "317", "as known now, with late endings"),
)
"""What was recorded late moves the view *now*, and the published return with it."""


@cache
def facts(demo: Path, month: str, view: str) -> dict[str, dict[str, str]]:
    """The whole figures of a month by key, printed by the command line."""
    said = ask("facts", month, "--view", view, "--format", "csv", workspace=demo)
    return {
        f"{row['indicator']}/{row['period']}/{row['window']}": row for row in said.rows if row["dimension"] == "all"
    }


def by_key(demo: Path, key: str, view: str = "first") -> dict[str, str] | None:
    return facts(demo, key.split("/")[1], view).get(key)


def test_the_table_holds_thirteen_rows_and_every_printed_local_figure() -> None:
    assert (len(MEASURES), len(CELLS), len(FIGURES)) == (13, 52, 44)


@pytest.mark.parametrize("cell", FIGURES, ids=lambda cell: cell.key)
def test_each_local_figure_of_the_summary_table_is_what_the_records_first_gave(demo: Path, cell: Printed) -> None:
    row = by_key(demo, cell.key)
    assert row is not None
    assert rounded(row["value"], cell.text) == cell.text


@pytest.mark.parametrize("cell", BLANKS, ids=lambda cell: cell.key + "/" + cell.column)
def test_a_dash_of_the_summary_table_has_no_value(demo: Path, cell: Printed) -> None:
    row = by_key(demo, cell.key)
    assert row is None or row["value"] == ""


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=lambda case: f"{case.number}-{case.key}")
def test_where_the_pack_has_two_values_the_records_give_the_one_named(demo: Path, case: Contradiction) -> None:
    row = by_key(demo, case.key)
    assert row is not None
    assert rounded(row["value"], case.given) == case.given != case.other, f"contradiction {case.number}: {case.why}"


@pytest.mark.parametrize("case", NOW, ids=lambda case: f"{case.number}-{case.key}")
def test_records_that_came_late_move_the_view_now(demo: Path, case: Contradiction) -> None:
    row = by_key(demo, case.key, "now")
    assert row is not None
    assert rounded(row["value"], case.given) == case.given != case.other, f"contradiction {case.number}: {case.why}"


def test_the_rows_of_facts_have_the_columns_the_plan_fixes(demo: Path) -> None:
    said = ask("facts", "2021-11", "--view", "first", "--format", "csv", workspace=demo)
    assert said.out.splitlines()[0].split(",") == COLUMNS


def test_a_whole_says_all_in_dimension_and_member(demo: Path) -> None:
    rows = ask("facts", "2021-11", "--view", "first", "--format", "csv", workspace=demo).rows
    wholes = [row for row in rows if row["dimension"] == "all" or row["member"] == "all"]
    assert wholes
    assert {(row["dimension"], row["member"]) for row in wholes} == {("all", "all")}


_CASES_FOR_EACH_WORKER = "caseload_avg"


def test_a_plain_count_has_an_empty_denominator_and_a_share_has_one(demo: Path) -> None:
    found = facts(demo, "2021-11", "first").values()
    counts = [row for row in found if row["unit"] == "count" and row["indicator"] != _CASES_FOR_EACH_WORKER]
    assert counts
    assert all(row["denominator"] == "" and row["value"] == row["numerator"] for row in counts)
    shares = [row for row in found if row["unit"] in {"percent", "rate_per_10000"}]
    shares += [row for row in found if row["indicator"] == _CASES_FOR_EACH_WORKER]
    assert all(row["denominator"] for row in shares)


def test_a_flow_has_months_and_a_year_to_date_and_a_stock_has_month_ends(demo: Path) -> None:
    found = facts(demo, "2021-11", "first")
    for measure in MEASURES:
        windows = {key.split("/")[2] for key in found if key.startswith(f"{measure}/")}
        assert windows == ({"month_end"} if measure in STOCKS else {"month", "year_to_date", "rolling_year"})


def test_every_fact_names_its_snapshot_and_the_day_it_speaks_of(demo: Path) -> None:
    for row in facts(demo, "2021-11", "first").values():
        assert row["as_at"] == "2021-11-30"
        assert row["snapshot"].startswith("2021-11-30-")
        assert len(row["definition"]) == 12
