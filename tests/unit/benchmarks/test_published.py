"""Published tables of any release become figures to compare with, and what is no number never becomes one."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path

import pytest
from published_files import NEIGHBOURS, REFERENCE, made_of

from scorecard.benchmarks.compared import Council, comparators_of
from scorecard.benchmarks.groups import JudgedBy, Judgement, read_judgements, read_neighbours, standing
from scorecard.benchmarks.published import (
    SYMBOLS,
    Level,
    Missing,
    Table,
    Value,
    cell,
    populations_of,
    table_of,
    values_of,
)
from scorecard.benchmarks.series import published_series
from scorecard.definitions.registry import load_registry
from scorecard.errors import ScorecardError, WorkspaceError
from scorecard.findings.comparators import Area, Comparator, PeriodKind
from scorecard.words.numbers import rounded

needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="published files are not shipped")

_AREAS = {
    "England": Area.ENGLAND,
    "West Mids": Area.REGION,
    "SN": Area.NEIGHBOURS,
    "Herefordshire": Area.COUNCIL,
    "Good+ SN": Area.GOOD_NEIGHBOURS,
    "Ofsted Good": Area.GOOD,
    "Ofsted Outstanding": Area.OUTSTANDING,
}
_MEASURES = {
    "rereferral_12m_child_pct": "rereferrals_12m_pct",
    "assessment_45wd_pct": "assessments_45wd_pct",
    "icpc_15wd_pct": "icpc_15wd_pct",
    "s47_rate_10k": "s47_rate",
    "s47_to_icpc_pct": "icpc_to_s47_ratio_pct",
    "icpc_rate_10k": "icpc_rate",
    "cpp_started_child_rate_10k": "cpp_rate",
    "cpp_second_or_subsequent_pct": "cpp_repeat_new_ever",
    "cpp_2yrs_plus_pct": "cpp_2y_open_pct",
    "cla_rate_10k": "cla_rate",
    "cla_3plus_placements_pct": "cla_3plus_placements_pct",
    "cla_long_term_stability_pct": "cla_long_term_stability_pct",
    "care_leavers_19_21_in_touch_pct": "cl_in_touch_pct",
    "care_leavers_19_21_suitable_accom_pct": "cl_suitable_pct",
    "care_leavers_19_21_eet_pct": "cl_eet_pct",
    "average_caseload_fte": "caseload_avg",
}


@cache
def _made() -> dict[tuple[str, Area, date, PeriodKind], Comparator]:
    releases = (
        ("dfe_cin_release_2021", date(2021, 10, 28), "*.csv"),
        ("dfe_cla_release_2021", date(2021, 11, 18), "*.csv*"),
        ("dfe_current_2025", date(2023, 2, 23), "csww_headline*.csv"),
    )
    held = (one for folder, day, like in releases for one in made_of(folder, day, like))
    return {(one.measure, one.area, one.period_end, one.period_kind): one for one in held}


def _compared(row: dict[str, str]) -> str:
    """Whether a cell of the example pack is what the published files give: exact, cut short, or different."""
    measure, printed = _MEASURES[row["indicator_id"]], Decimal(row["seed_printed"])
    year = row["where_in_seed"].split()[-1]
    end = date(int(year), 9, 30) if measure == "caseload_avg" else date(2021, 3, 31)
    kinds = [kind for kind in PeriodKind if not (measure == "cpp_rate" and kind is PeriodKind.SNAPSHOT)]
    found = [_made()[key] for kind in kinds if (key := (measure, _AREAS[row["comparator"]], end, kind)) in _made()]
    assert found, row
    value = found[0].value
    if printed in {rounded(value, 0), rounded(value, 1)}:
        return "exact"
    cut = {value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN) for places in (0, 1)}
    return "cut" if printed in cut else "different"


@needs_reference
def test_the_examples_115_cells_are_106_exact_6_cut_short_and_3_different() -> None:
    with (REFERENCE / "seed_check_2020_21" / "seed_benchmark_check.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        found = Counter(_compared(row) for row in csv.DictReader(lines))
    assert found == {"exact": 106, "cut": 6, "different": 3}


@needs_reference
def test_headings_of_2025_are_read_as_those_of_2021() -> None:
    made = {(one.measure, one.area, one.period_end): one for one in made_of("dfe_current_2025", date(2026, 1, 15))}
    end = date(2025, 3, 31)
    told = {
        "rereferrals_12m_pct": "21",
        "cpp_repeat_new_ever": "24.5",
        "cpp_2y_open_pct": "2.3",
        "cla_long_term_stability_pct": "69",
    }
    assert {measure: str(made[measure, Area.ENGLAND, end].value) for measure in told} == told
    assert made["cla_rate", Area.ENGLAND, date(2021, 3, 31)].value == 69, "rebased since the first release"


@needs_reference
@pytest.mark.parametrize(("year", "first", "last"), [(2021, "893", "909"), (2025, "943", "830")])
def test_either_list_of_neighbours_is_read(year: int, first: str, last: str) -> None:
    near = read_neighbours(NEIGHBOURS[year])["884"]
    assert (len(near), near[0], near[-1]) == (10, first, last)


def test_every_series_is_of_a_measure_that_is_defined() -> None:
    assert {one.measure for one in published_series()} <= load_registry().measures.keys()


@pytest.mark.parametrize("sign", [sign for sign in SYMBOLS if sign])
def test_a_sign_is_never_a_number(sign: str) -> None:
    assert isinstance(cell(sign, Path("c1.csv"), 2, "Referrals"), Missing)


def test_a_sign_nobody_knows_is_a_fault_with_its_place() -> None:
    with pytest.raises(WorkspaceError, match="Referrals holds “n/a”") as told:
        cell("n/a", Path("c1.csv"), 7, "Referrals")
    assert told.value.at
    assert told.value.at.line == 7


def test_inner_and_outer_london_are_left_out() -> None:
    heads = "time_period,geographic_level,region_code,region_name,old_la_code,la_name,Section47_rate"
    rows = "2021,Regional,E12000007,London,,,150.1\n2021,Regional,E13000001,Inner London,,,170"
    series = next(one for one in published_series() if one.measure == "s47_rate")
    values = list(values_of(series, table_of("c4.csv", f"{heads}\n{rows}\n"), Path("c4.csv")))
    assert [(one.code, one.value) for one in values] == [("E12000007", Decimal("150.1"))]


def test_a_judgement_counts_from_the_day_it_was_published() -> None:
    told = (Judgement("838", date(2016, 5, 1), "Inadequate"), Judgement("838", date(2021, 11, 19), "Good"))
    assert standing(told, date(2021, 3, 31)) == {"838": told[0]}
    assert standing(told, date(2021, 11, 30)) == {"838": told[1]}


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-inf", "1e5x"])
def test_what_only_looks_like_a_number_is_a_fault(written: str) -> None:
    with pytest.raises(WorkspaceError, match="is no number"):
        cell(written, Path("c1.csv"), 7, "Referrals")


_HEADS = "time_period,geographic_level,region_code,region_name,old_la_code,new_la_code,la_name"
_S47 = next(one for one in published_series() if one.measure == "s47_rate")


@pytest.mark.parametrize(("written", "year"), [("2021", 2021), ("202021", 2021), ("199900", 2000)])
def test_a_year_is_the_one_it_ends_in(written: str, year: int) -> None:
    table = table_of("c4.csv", f"{_HEADS},Section47_rate\n{written},National,,,,,,164.4\n")
    assert [one.year for one in values_of(_S47, table, Path("c4.csv"))] == [year]


def test_a_year_that_is_none_is_a_fault_with_its_place() -> None:
    table = table_of("c4.csv", f"{_HEADS},Section47_rate\nlast,National,,,,,,164.4\n")
    with pytest.raises(WorkspaceError, match=r"c4\.csv:2: time_period holds “last”"):
        list(values_of(_S47, table, Path("c4.csv")))


def test_a_rate_is_made_of_the_children_of_the_mid_year_before_where_none_is_published() -> None:
    heads = f"{_HEADS},age_group,population_estimate"
    aged = "National,,,,,,Children aged 0 to 17 years"
    people = f"{heads}\n2020,{aged},12000000\n2021,{aged},1\n"
    populations = populations_of(table_of("ons.csv", people), Path("ons.csv"))
    counts = table_of("c4.csv", f"{_HEADS},Section47\n2021,National,,,,,,198790\n2023,National,,,,,,200000\n")
    known, unknown = values_of(_S47, counts, Path("c4.csv"), populations)
    assert (known.value, known.missing) == (Decimal("165.658"), None)
    assert (unknown.value, unknown.missing) == (None, Missing.NOT_AVAILABLE)
    assert "estimate" in known.made


@needs_reference
def test_rates_made_of_counts_are_those_the_release_published_while_it_did() -> None:
    folder = REFERENCE / "dfe_cin_2013_2024"

    def read(name: str) -> Table:
        return table_of(name, (folder / name).read_text(encoding="utf-8-sig"))

    people = read("ons_mid-year_population_estimates_2012_to_2023.csv")
    populations = populations_of(people, Path("ons.csv"))
    table = read("c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv")
    published = list(values_of(_S47, table, Path("c4.csv")))
    bare = Table(
        table.name, table.columns, tuple({k: v for k, v in row.items() if k != "Section47_rate"} for row in table.rows)
    )
    made = list(values_of(_S47, bare, Path("c4.csv"), populations))
    both = [
        (one.value, rounded(other.value, 1))
        for one, other in zip(published, made, strict=True)
        if one.value is not None and other.value is not None and one.level is not Level.COUNCIL
    ]
    assert len(both) > 100
    # Counts of England and the regions are rounded to ten before they are published, rates are not.
    assert max(abs(one - other) for one, other in both) <= Decimal("0.1")


def _judged(day: date, by: JudgedBy, *, or_better: bool = False) -> dict[Area, Comparator]:
    judgements = (
        Judgement("E01", date(2019, 5, 1), "Good"),
        Judgement("893", date(2024, 5, 1), "Outstanding"),
        Judgement("878", date(2022, 5, 1), "Good"),
    )
    council = Council("884", "Ours", "", ("1", "893"), judgements, by, or_better, {"E01": "1"})
    values = [
        Value(Level.COUNCIL, code, code, day.year, Decimal(n)) for n, code in enumerate(["1", "893", "878", "884"], 1)
    ]
    return {one.area: one for one in comparators_of(_S47, values, council, date(day.year, 12, 1))}


def test_groups_by_the_overall_judgement_end_when_it_is_given_no_more() -> None:
    assert Area.GOOD in _judged(date(2026, 3, 31), JudgedBy.OVERALL)
    assert not {Area.GOOD, Area.OUTSTANDING, Area.GOOD_NEIGHBOURS} & _judged(date(2027, 3, 31), JudgedBy.OVERALL).keys()


def test_groups_by_another_judgement_say_which_how_old_and_of_how_many() -> None:
    good = _judged(date(2027, 3, 31), JudgedBy.IN_CARE)[Area.GOOD]
    assert good.label == "Councils judged good for children in care, 2019 to 2022"
    assert (str(good.value), good.members_used, good.members) == ("2.000", 2, 2)


def test_neighbours_judged_outstanding_are_among_the_good_only_where_that_is_asked() -> None:
    alone, both = (
        _judged(date(2026, 3, 31), JudgedBy.OVERALL, or_better=asked)[Area.GOOD_NEIGHBOURS] for asked in (False, True)
    )
    assert (alone.label, alone.members_used) == ("Neighbours judged good", 1)
    assert (both.label, both.members_used) == ("Neighbours judged good or outstanding", 2)


def test_ofsteds_own_headings_are_read_and_days_that_are_none_told_together(tmp_path: Path) -> None:
    in_care = "The experiences and progress of children in care"
    heads = f"Local authority area code,Publication date,Overall effectiveness,{in_care}"
    (tmp_path / "o.csv").write_text(f"{heads}\nE09000002,2019-04-01 00:00:00,Good,Outstanding\n", encoding="utf-8")
    assert read_judgements(tmp_path / "o.csv", JudgedBy.IN_CARE) == (
        Judgement("E09000002", date(2019, 4, 1), "Outstanding"),
    )
    (tmp_path / "o.csv").write_text(f"{heads}\nE1,soon,Good,Good\nE2,2019,Good,Good\n", encoding="utf-8")
    with pytest.raises(ScorecardError) as told:
        read_judgements(tmp_path / "o.csv")
    assert ("o.csv:2" in str(told.value), "o.csv:3" in str(told.value)) == (True, True)
