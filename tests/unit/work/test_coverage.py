"""Which figures a source can feed, and what it says of the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask, say

from scorecard.contract.layouts.holdings import holdings, reports_holding
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.load import load_contract
from scorecard.definitions.registry import load_registry
from scorecard.facts.known import Held, Known
from scorecard.pack.plan import shipped_plan
from scorecard.work.coverage import Standing, coverage, covered_by
from scorecard.work.coverage_text import COLUMNS, as_rows, as_text

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.work.coverage import Covered

AS_AT = date(2021, 11, 30)
REGISTRY = load_registry()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An extract of referrals and child protection plans, with few columns."""
    folder = tmp_path / "extract"
    folder.mkdir()
    files = {
        "ssd_person": ("pers_person_id,pers_dob,pers_sex", "c1,2010-05-05,F"),
        "ssd_cin_episodes": ("cine_referral_id,cine_person_id,cine_referral_date,cine_close_date", "R1,c1,2021-11-03,"),
        "ssd_cp_plans": (
            "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_initial_category",
            "P1,c1,2021-11-03,,NEG",
        ),
    }
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def figures(source: Path, tmp_path: Path) -> dict[str, Covered]:
    """What that extract can feed, outside any workspace."""
    return {one.measure.id: one for one in coverage([source], AS_AT, AS_AT, tmp_path).figures}


def test_every_measure_stands_once_and_under_a_section_of_the_pack(figures: dict[str, Covered]) -> None:
    assert figures.keys() == REGISTRY.measures.keys()
    assert {one.section for one in figures.values()} <= {plan.title for plan in shipped_plan().sections}


def test_a_figure_is_fed_minded_or_lacking_by_the_columns_that_are_there(figures: dict[str, Covered]) -> None:
    assert figures["referrals"].standing is Standing.FED
    assert figures["referrals"].parts["team"] == {("ssd_cin_episodes", "cine_referral_team")}
    assert figures["referrals_nfa_pct"].lacking == {("ssd_cin_episodes", "cine_referral_nfa")}
    assert figures["cpp_open"].standing is Standing.CAUTION
    assert figures["cpp_open"].why == ("Children here on another authority's plan are counted too.",)
    assert figures["cla_open"].standing is Standing.LACKS
    assert ("ssd_cla_episodes", "") in figures["cla_open"].lacking


def test_what_waits_for_a_table_is_counted_the_most_awaited_first(source: Path, tmp_path: Path) -> None:
    found = coverage([source], AS_AT, AS_AT, tmp_path)
    awaited = [len(titles) for titles in found.lacking.values()]
    assert awaited == sorted(awaited, reverse=True)
    assert "Contacts completed" in found.lacking["ssdx_contact_screenings", ""]
    fed = sum(one.standing.is_fed for one in found.figures)
    assert found.count(*Standing) == len(found.figures) > fed > 10


@pytest.mark.parametrize("width", [60, 100, 180])
def test_no_line_is_wider_than_the_screen_and_every_figure_is_named(source: Path, tmp_path: Path, width: int) -> None:
    found = coverage([source], AS_AT, AS_AT, tmp_path)
    text = as_text(found, width)
    assert max(len(line) for line in text.splitlines()) <= width
    words = " ".join(text.split())
    assert all(one.measure.title in words for one in found.figures)
    assert "Children in need census" in words
    assert "A report of your own with a mapping file" in words


def test_rows_name_what_is_lacking_and_where_it_usually_stands(source: Path, tmp_path: Path) -> None:
    rows = {row[1]: dict(zip(COLUMNS, row, strict=True)) for row in as_rows(coverage([source], AS_AT, AS_AT, tmp_path))}
    assert rows["referrals_nfa_pct"]["lacks"] == "cine_referral_nfa"
    assert "Ofsted Annex A" in str(rows["referrals_nfa_pct"]["held_in"])
    assert rows["contacts_completed"]["held_in"] == ""


def test_a_short_history_gives_the_month_and_says_how_many_more_the_year_needs() -> None:
    tables = {name: Held() for name, table in load_contract().tables.items() if not table.derived}
    begins = tables | {"ssd_cin_episodes": Held(known_from=date(2021, 5, 31))}
    found = covered_by(Known(begins), REGISTRY, AS_AT)
    assert (found["referrals"].standing, found["referrals"].year_needs) == (Standing.FED, 2), "April and May"
    assert found["rereferrals_12m_pct"].standing is Standing.UNRELIABLE
    assert found["contacts_received"].year_needs == 0
    late = covered_by(Known(tables | {"ssd_cin_episodes": Held(known_from=AS_AT)}), REGISTRY, AS_AT)
    assert late["referrals"].standing is Standing.LACKS
    assert "its records begin on 30 November 2021" in late["referrals"].why[0]


def test_records_that_end_before_the_month_feed_none_of_it_and_those_that_end_in_it_are_to_be_minded() -> None:
    tables = {name: Held() for name, table in load_contract().tables.items() if not table.derived}
    standing = {}
    for day in (date(2021, 3, 31), date(2021, 11, 15), AS_AT):
        known = Known(tables | {"ssd_cla_episodes": Held(known_to=day)})
        standing[day.month, day.day] = covered_by(known, REGISTRY, AS_AT)["cla_open"].standing
    assert standing == {(3, 31): Standing.LACKS, (11, 15): Standing.CAUTION, (11, 30): Standing.FED}


def test_what_a_supplier_gives_is_supplied_and_not_lacking(source: Path, tmp_path: Path) -> None:
    ask("new", tmp_path / "council")
    (tmp_path / "council" / "suppliers.toml").write_text(
        '[[supplier]]\nid = "early_help"\ntitle = "Early help"\n[[supplier.cell]]\nmeasure = "pbr_claims"\n',
        encoding="utf-8",
    )
    found = coverage([source], AS_AT, AS_AT, tmp_path / "council")
    standings = {one.measure.id: one.standing for one in found.figures}
    assert (standings["pbr_claims"], standings["pbr_value"]) == (Standing.SUPPLIED, Standing.LACKS)


def test_the_command_keeps_nothing_and_does_not_block(source: Path, tmp_path: Path) -> None:
    (source / "ssd_person.csv").write_text("pers_dob\n2010-05-05\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    said = say("coverage", source, "--as-at", "2021-11-30", "--format", "csv", workspace=tmp_path)
    assert said.code == 0, said.err
    assert len(said.rows) == len(REGISTRY.measures)
    told = " ".join(ask("coverage", source, "--as-at", "2021-11-30").out.split())  # lines break where a screen ends
    assert "block the source from being taken" in told
    assert sorted(tmp_path.rglob("*")) == before
    assert ask("coverage", source, "--format", "json").data[0]["section"] == shipped_plan().sections[0].title


@pytest.mark.parametrize("layout", SHIPPED, ids=lambda one: one.id)
def test_every_layout_can_say_what_it_could_hold(layout: object) -> None:
    held = holdings(layout, AS_AT)  # type: ignore[arg-type]
    tables = load_contract().tables
    assert held.keys() <= tables.keys()
    assert sum(len(files) for files in held.values()) > 1
    named = set(reports_holding(layout))  # type: ignore[arg-type]
    supplied = {column for files in held.values() for one in files for column in one.columns}
    assert len(named & supplied) > 10


def test_without_a_day_a_source_is_judged_by_the_month_its_records_end_in_which_is_told(
    source: Path, tmp_path: Path
) -> None:
    found = coverage([source], None, date(2026, 11, 23), tmp_path)
    assert (str(found.period), found.as_at, found.newest) == ("2021-11", AS_AT, date(2021, 11, 3))
    told = "Judged as at 30 November 2021; the newest contact, referral, visit or the like is of 3 November 2021."
    assert told in " ".join(as_text(found, 80).split())
    this_month = coverage([source], None, date(2021, 11, 23), tmp_path)
    assert this_month.as_at == date(2021, 11, 23), "no day is judged that has not come"
    assert coverage([source], date(2021, 12, 31), AS_AT, tmp_path).as_at == date(2021, 12, 31)
