"""A supplied total stands where a month has no record, and goes as soon as there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from counted import COLUMNS, COUNT, NOVEMBER, RATE, SHARE, SQL, TEAM, count, fact, indicator, thing

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import Better, CountEach, Kind, Measure, Statistic, Unit
from scorecard.definitions.registry import Registry
from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.fact import FactKey, Facts, Status
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.run import Population, Run
from scorecard.facts.supplied import fill_in
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.rules import DatedRules
from scorecard.store.supplied import HandOver, SuppliedFigure, Supply

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Indicator

THINGS = indicator(COUNT, SHARE, RATE)
SINCE_APRIL = [Period(2021, month) for month in range(4, 12)]
DAY = date(2021, 12, 3)


def _supply(figures: dict[str, tuple[float, float | None]], *, on: date = DAY, supplier: str = "team") -> Supply:
    period = FactKey.parse(next(iter(figures))).period
    given = tuple(SuppliedFigure(key, *numbers) for key, numbers in figures.items())
    return Supply(HandOver(period, supplier, "The team", "A. Manager", on, given), 1, Path())


def _each_month(measure: str, top: float, bottom: float | None = None, months: Any = SINCE_APRIL) -> list[Supply]:
    return [_supply({f"{measure}/{month}/month": (top, bottom)}) for month in months]


def _filled(
    rows: list[tuple[object, ...]], supplies: list[Supply], one: Indicator = THINGS, *, lacking: bool = False
) -> Facts:
    """The facts of November, supplied figures among them; `lacking` where the extract has no table for them."""
    _, engine, cases = count(one, rows)
    if lacking:
        engine.connection.execute("DELETE FROM facts")
    run = Run((NOVEMBER,), "s", NOVEMBER.last_day, (Population(date(2018, 4, 1), 20_000, "a census"),))
    fill_in(engine.connection, [one], run, {} if lacking else {one.id: cases}, supplies)
    return Facts(to_fact(row) for row in fact_rows(engine.connection, "facts", [NOVEMBER]))


@pytest.mark.parametrize("lacking", [True, False])
def test_a_total_stands_where_there_is_no_table_or_no_record(lacking: bool) -> None:  # noqa: FBT001 - a case of the table
    got = fact(_filled([], [_supply({"things/2021-11/month": (12, None)})], lacking=lacking), "things")
    assert (got.numerator, got.denominator, got.value, got.status) == (12, None, 12, Status.FINAL)
    assert got.supplied_by == "The team (A. Manager) on 3 December 2021"
    assert (got.as_at, got.snapshot, got.definition) == (NOVEMBER.last_day, "supplied/2021-11/team/1", "f")


def test_a_total_goes_as_soon_as_the_month_has_a_record() -> None:
    got = fact(_filled([thing("1", "2021-11-30")], [_supply({"things/2021-11/month": (12, None)})]), "things")
    assert (got.value, got.supplied_by, got.snapshot) == (1, "", "s")


def test_a_record_of_another_month_leaves_the_total_standing() -> None:
    facts = _filled([thing("1", "2021-10-31")], [_supply({"things/2021-11/month": (12, None)})])
    assert fact(facts, "things").value == 12


def test_a_percentage_carries_both_numbers() -> None:
    got = fact(_filled([], [_supply({"ok_pct/2021-11/month": (3, 8)})]), "ok_pct")
    assert (got.numerator, got.denominator, got.value) == (3, 8, 37.5)


def test_a_percentage_of_nothing_has_no_value() -> None:
    got = fact(_filled([], [_supply({"ok_pct/2021-11/month": (0, 0)})]), "ok_pct")
    assert (got.value, got.status) == (None, Status.NO_CASES)


def test_a_rate_is_set_against_the_population_of_the_run() -> None:
    facts = _filled([], _each_month("thing_rate", 10))
    assert (fact(facts, "thing_rate").denominator, fact(facts, "thing_rate").value) == (20_000, 5)
    assert fact(facts, "thing_rate", Window.YEAR_TO_DATE).value == 40
    assert fact(facts, "thing_rate", Window.YEAR_TO_DATE_ANNUALISED).value == pytest.approx(40 * 365 / 244)


def test_the_year_to_date_is_the_sum_of_its_months_supplied_and_counted() -> None:
    rows = [thing("1", "2021-05-04"), thing("2", "2021-05-05")]
    facts = _filled(rows, _each_month("things", 10))
    got = fact(facts, "things", Window.YEAR_TO_DATE)
    assert got.value == 7 * 10 + 2, "May has records, and its total gave way"
    assert got.supplied_by == "The team (A. Manager) for 7 of 8 months, last on 3 December 2021"
    assert fact(facts, "things").value == 10


def test_a_share_to_date_pools_its_months() -> None:
    facts = _filled([thing("1", "2021-05-04", ok=1)], _each_month("ok_pct", 1, 3))
    got = fact(facts, "ok_pct", Window.YEAR_TO_DATE)
    assert (got.numerator, got.denominator) == (8, 22)


def test_without_a_month_there_is_no_year_to_date() -> None:
    facts = _filled([], _each_month("things", 10, months=[month for month in SINCE_APRIL if month.month != 6]))
    assert fact(facts, "things").value == 10
    assert facts.get(FactKey("things", NOVEMBER, Window.YEAR_TO_DATE)) is None
    assert facts.get(FactKey("things", NOVEMBER, Window.ROLLING_YEAR)) is None


def test_what_is_not_given_of_a_month_without_records_is_absent_and_not_nought() -> None:
    facts = _filled([], [_supply({"things/2021-11/month": (12, None), "things/2021-11/month/team/T1": (5, None)})])
    assert fact(facts, "things", Window.MONTH, "team", "T1").value == 5
    assert facts.get(FactKey("things", NOVEMBER, Window.MONTH, "team", "T2")) is None
    assert facts.get(FactKey("ok_pct", NOVEMBER, Window.MONTH)) is None, "another figure of the same records"


def test_a_part_given_alone_stands_until_it_has_a_record_of_its_own() -> None:
    supply = _supply({"things/2021-11/month/team/T1": (5, None)})
    facts = _filled([thing("1", "2021-11-02", team="T2")], [supply])
    assert fact(facts, "things", Window.MONTH, "team", "T1").value == 5
    assert (fact(facts, "things").value, fact(facts, "things").supplied_by) == (1, "")
    facts = _filled([thing("1", "2021-11-02", team="T1")], [supply])
    assert fact(facts, "things", Window.MONTH, "team", "T1").value == 1


def test_a_part_given_with_its_whole_goes_with_it() -> None:
    supply = _supply({"things/2021-11/month": (12, None), "things/2021-11/month/team/T1": (5, None)})
    facts = _filled([thing("1", "2021-11-02", team="T2")], [supply])
    assert fact(facts, "things", Window.MONTH, "team", "T1").value == 0
    assert fact(facts, "things").value == 1


def test_a_part_nothing_was_counted_in_is_nought_in_the_sum_of_its_months() -> None:
    rows = [thing(str(month), f"2021-{month:02}-01", team="T2") for month in range(4, 11)]
    supply = _supply({"things/2021-11/month": (12, None), "things/2021-11/month/team/T1": (5, None)})
    assert fact(_filled(rows, [supply]), "things", Window.YEAR_TO_DATE, "team", "T1").value == 5
    assert fact(_filled(rows, [supply]), "things", Window.YEAR_TO_DATE).value == 7 + 12


@pytest.mark.parametrize(
    "measure",
    [
        replace(COUNT, count_each=CountEach.CHILD),
        Measure("things", "Days", Unit.DAYS, COUNT.better, counts="n_days", of="all", statistic=Statistic.MEDIAN),
    ],
)
def test_what_months_do_not_add_up_to_has_no_year_to_date(measure: Measure) -> None:
    bottom = None if measure.of is None else 4
    facts = _filled([], _each_month("things", 10, bottom), indicator(measure))
    assert fact(facts, "things").value == 10
    assert facts.get(FactKey("things", NOVEMBER, Window.YEAR_TO_DATE)) is None


def test_a_mean_is_given_as_a_sum_of_so_many() -> None:
    mean = Measure("things", "Days", Unit.DAYS, COUNT.better, counts="n_days", of="all", statistic=Statistic.MEAN)
    got = fact(_filled([], _each_month("things", 90, 4), indicator(mean)), "things")
    assert got.value == 22.5


def test_a_stock_is_supplied_for_the_end_of_its_month() -> None:
    stock = indicator(COUNT, kind=Kind.STOCK)
    got = fact(_filled([], [_supply({"things/2021-11/month_end": (12, None)})], stock), "things", Window.MONTH_END)
    assert (got.value, got.supplied_by != "") == (12, True)


def test_of_two_suppliers_of_one_figure_the_later_counts() -> None:
    early = _supply({"things/2021-11/month": (12, None)}, on=date(2021, 12, 1), supplier="z")
    late = _supply({"things/2021-11/month": (13, None)}, on=date(2021, 12, 2), supplier="a")
    assert fact(_filled([], [late, early]), "things").value == 13


def test_a_figure_nobody_defines_any_more_is_passed_over() -> None:
    facts = _filled([], [_supply({"gone/2021-11/month": (12, None)})])
    assert facts.get(FactKey("gone", NOVEMBER, Window.MONTH)) is None
    assert fact(facts, "things").value == 0


RATIO = Measure("right_to_things", "Right of all", Unit.PERCENT, Better.NEITHER, counts="is_ok", of="things")
AGAINST = indicator(RATIO, id="against", sql=SQL + " WHERE t.team = 'T1'")
OTHERS = indicator(COUNT, sql=SQL + " WHERE t.team = 'T2'")


def _set_against(rows: list[tuple[object, ...]], supplies: list[Supply]) -> Facts:
    """The facts of November of a measure counted from one team's records, set against the number of another's."""
    engine = open_duckdb(DatedRules())
    engine.put("things", COLUMNS, rows)
    run = Run((NOVEMBER,), "s", NOVEMBER.last_day)
    engine.report_days(month.last_day for month in months_counted(run.months))
    both = {one.id: one for one in (AGAINST, OTHERS)}
    made = make_facts(engine.connection, Registry(both, {"team": TEAM}, DatedRules()), both.values(), run)
    fill_in(engine.connection, both.values(), run, made, supplies)
    return Facts(to_fact(row) for row in fact_rows(engine.connection, "facts", [NOVEMBER]))


RECORDED = [thing(str(month), f"2021-{month:02}-01", team="T1", ok=1) for month in range(4, 12)]
RECORDED += [thing(f"of {month}", f"2021-{month:02}-01", team="T2") for month in range(4, 11)]


def test_what_is_set_against_a_supplied_figure_stands_on_it_and_says_so() -> None:
    facts = _set_against(RECORDED, [_supply({"things/2021-11/month": (9, None)})])
    month, to_date = (fact(facts, RATIO.id, window) for window in (Window.MONTH, Window.YEAR_TO_DATE))
    assert (month.numerator, month.denominator, month.value, month.status) == (1, 9, 100 / 9, Status.FINAL)
    assert month.supplied_by == "The team (A. Manager) on 3 December 2021 (what it is set against)"
    assert (to_date.numerator, to_date.denominator, to_date.value) == (8, 7 + 9, 50)
    assert to_date.supplied_by.startswith("The team (A. Manager) for 1 of 8 months")


def test_what_is_set_against_a_figure_nobody_knows_has_no_value() -> None:
    recorded = [row for row in RECORDED if row[0] != "of 10"]
    facts = _set_against(recorded, [_supply({"things/2021-11/month": (9, None)})])
    assert fact(facts, RATIO.id).denominator == 9
    unknown = fact(facts, RATIO.id, Window.YEAR_TO_DATE), fact(facts, RATIO.id, Window.MONTH, "team", "T1")
    for one, top in zip(unknown, (8, 1), strict=True):
        assert (one.numerator, one.denominator, one.value, one.status) == (top, None, None, Status.NOT_AVAILABLE)


def test_what_is_set_against_a_counted_figure_stays_as_it_was_counted() -> None:
    held = fact(_set_against(RECORDED, [_supply({"things/2021-09/month": (9, None)})]), RATIO.id, Window.YEAR_TO_DATE)
    assert (held.numerator, held.denominator, held.supplied_by) == (8, 7, "")
