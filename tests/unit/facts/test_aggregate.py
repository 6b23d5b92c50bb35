from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from counted import COUNT, NOVEMBER, RATE, SHARE, SQL, count, fact, indicator, thing

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import Better, CountEach, Kind, Measure, Statistic, Unit
from scorecard.errors import DefinitionError
from scorecard.facts.fact import FactKey, Quality, Status

TO_DATE = Window.YEAR_TO_DATE


def test_a_month_holds_its_first_and_its_last_day_and_no_other() -> None:
    days = ["2021-10-31", "2021-11-01", "2021-11-30", "2021-12-01"]
    facts, _, _ = count(indicator(COUNT), [thing(str(n), day) for n, day in enumerate(days)])
    assert fact(facts, "things").value == 2


def test_the_year_to_date_begins_on_the_first_of_april() -> None:
    facts, _, _ = count(
        indicator(COUNT), [thing("a", "2021-03-31"), thing("b", "2021-04-01"), thing("c", "2021-11-30")]
    )
    assert fact(facts, "things", TO_DATE).value == 2


def test_a_rolling_year_is_twelve_calendar_months() -> None:
    facts, _, _ = count(
        indicator(COUNT), [thing("a", "2020-11-30"), thing("b", "2020-12-01"), thing("c", "2021-11-30")]
    )
    assert fact(facts, "things", Window.ROLLING_YEAR).value == 2


def test_a_year_to_date_percentage_is_pooled_and_not_a_mean_of_months() -> None:
    rows = [thing("a", "2021-10-05", ok=1), *(thing(str(n), "2021-11-05", ok=0) for n in range(3))]
    facts, _, _ = count(indicator(SHARE), rows)
    assert fact(facts, "ok_pct", TO_DATE).value == 25


def test_a_month_without_cases_counts_nought_and_has_no_percentage() -> None:
    facts, _, _ = count(indicator(COUNT, SHARE), [])
    assert fact(facts, "things").value == 0
    assert fact(facts, "ok_pct").value is None
    assert fact(facts, "ok_pct").status is Status.NO_CASES


def test_a_case_that_is_left_out_stays_in_the_count_and_not_in_the_rate() -> None:
    rows = [thing("a", "2021-11-05", ok=1), thing("b", "2021-11-06", ok=1, reason="ended before it began")]
    facts, _, _ = count(indicator(COUNT, SHARE), rows)
    assert fact(facts, "things").value == 2
    assert (fact(facts, "ok_pct").numerator, fact(facts, "ok_pct").denominator) == (1, 1)


@pytest.mark.parametrize(("left_out", "quality"), [(0, Quality.SOUND), (2, Quality.CAUTION), (6, Quality.UNRELIABLE)])
def test_quality_falls_with_the_share_of_cases_left_out(left_out: int, quality: Quality) -> None:
    rows = [thing(str(n), "2021-11-05", ok=1, reason="no day" if n < left_out else None) for n in range(20)]
    facts, _, _ = count(indicator(SHARE), rows)
    assert fact(facts, "ok_pct").quality is quality


def test_members_that_nobody_is_in_count_nought() -> None:
    facts, _, _ = count(indicator(COUNT), [thing("a", "2021-11-05", team="T1")])
    assert [one.value for one in facts.members(fact(facts, "things").key, "team")] == [1, 0, 0]


def test_a_case_without_a_member_is_not_recorded_and_not_lost() -> None:
    rows = [thing("a", "2021-11-05", team="T1"), thing("b", "2021-11-05", team="  "), thing("c", "2021-11-05")]
    facts, _, _ = count(indicator(COUNT), rows)
    assert fact(facts, "things", Window.MONTH, "team", "not_recorded").value == 2
    assert sum(one.value or 0 for one in facts.members(fact(facts, "things").key, "team")) == 3


def test_two_dimensions_cross() -> None:
    one = indicator(COUNT, breakdowns=("team", "ok", "team×ok"), sql=SQL.replace("t.ok AS is_ok", "t.ok AS ok"))
    with pytest.raises(DefinitionError, match="no such dimension"):
        count(one, [])


def test_a_rate_is_set_against_the_population_and_its_year_to_date_can_be_brought_to_a_year() -> None:
    facts, _, _ = count(indicator(RATE), [thing(str(n), "2021-04-05") for n in range(244)])
    assert fact(facts, "thing_rate", TO_DATE).value == pytest.approx(122.0)
    annualised = fact(facts, "thing_rate", Window.YEAR_TO_DATE_ANNUALISED)
    assert annualised.value == pytest.approx(122.0 * 365 / 244)
    assert annualised.denominator == 20_000


def test_the_rate_of_a_part_has_no_population_to_stand_on() -> None:
    facts, _, _ = count(indicator(RATE), [thing("a", "2021-11-05", team="T1")])
    assert fact(facts, "thing_rate").denominator == 20_000
    for team in ("T1", "T2"):
        part = fact(facts, "thing_rate", Window.MONTH, "team", team)
        assert (part.denominator, part.value, part.status) == (None, None, Status.NOT_AVAILABLE)


def test_without_a_population_there_is_no_rate() -> None:
    facts, _, _ = count(indicator(RATE), [thing("a", "2017-11-05")], months=[Period(2017, 11)])
    assert fact(facts, "thing_rate", month=Period(2017, 11)).status is Status.NOT_AVAILABLE


def test_a_child_counted_once_counts_once_in_each_window() -> None:
    once = Measure(
        "children_pct", "Children", Unit.PERCENT, Better.LOWER, counts="is_ok", of="all", count_each=CountEach.CHILD
    )
    rows = [thing("a", "2021-10-05", ok=1), thing("b", "2021-11-05", ok=0), thing("c", "2021-11-06", child="d", ok=0)]
    facts, _, _ = count(indicator(once), rows)
    assert (fact(facts, "children_pct").numerator, fact(facts, "children_pct").denominator) == (0, 2)
    assert (fact(facts, "children_pct", TO_DATE).numerator, fact(facts, "children_pct", TO_DATE).denominator) == (1, 2)


def test_a_mean_is_of_the_cases_that_have_a_number_and_months_pool() -> None:
    mean = Measure("mean_days", "Days", Unit.DAYS, Better.LOWER, "n_days", "all", statistic=Statistic.MEAN)
    rows = [thing("a", "2021-10-05", days_taken=10), thing("b", "2021-11-05", days_taken=30), thing("c", "2021-11-05")]
    facts, _, _ = count(indicator(mean), rows)
    assert fact(facts, "mean_days").value == 30
    assert fact(facts, "mean_days", TO_DATE).value == 20


def test_a_median_goes_back_to_the_cases() -> None:
    median = Measure("median_days", "Days", Unit.DAYS, Better.LOWER, "n_days", "all", statistic=Statistic.MEDIAN)
    rows = [thing(str(n), "2021-11-05", days_taken=n) for n in (1, 2, 30)]
    facts, _, _ = count(indicator(median), rows)
    assert fact(facts, "median_days").value == 2
    assert fact(facts, "median_days").denominator == 3


def test_a_measure_is_set_against_another() -> None:
    ratio = Measure("ok_to_things", "Ratio", Unit.PERCENT, Better.NEITHER, counts="is_ok", of="things")
    facts, _, _ = count(indicator(COUNT, ratio), [thing("a", "2021-11-05", ok=1), thing("b", "2021-11-05", ok=0)])
    assert (fact(facts, "ok_to_things").value, fact(facts, "ok_to_things").denominator) == (50, 2)


def test_cases_judged_by_two_values_make_a_mixed_fact() -> None:
    rows = [thing("a", "2021-09-05", ok=1, judged=3), thing("b", "2021-11-05", ok=1, judged=5)]
    facts, _, _ = count(indicator(SHARE), rows)
    assert fact(facts, "ok_pct").status is Status.FINAL
    assert fact(facts, "ok_pct", TO_DATE).status is Status.MIXED
    assert fact(facts, "ok_pct", TO_DATE).value == 100


def test_a_stock_has_a_month_end_and_no_year_to_date() -> None:
    stock = indicator(
        COUNT,
        kind=Kind.STOCK,
        sql="SELECT t.id AS case_id, t.child AS child_id, d.day AS event_date, t.team AS team\n"
        "FROM report_days AS d\nJOIN things AS t ON t.day <= d.day",
    )
    facts, _, _ = count(stock, [thing("a", "2021-11-30"), thing("b", "2021-12-01")])
    assert fact(facts, "things", Window.MONTH_END).value == 1
    assert {one.key.window for one in facts} == {Window.MONTH_END}


def test_a_stock_that_says_so_pools_its_month_ends() -> None:
    stock = indicator(
        SHARE,
        kind=Kind.STOCK,
        pooled_month_ends=True,
        sql="SELECT t.id AS case_id, t.child AS child_id, d.day AS event_date, t.team AS team, t.ok AS is_ok\n"
        "FROM report_days AS d\nJOIN things AS t ON t.day <= d.day",
    )
    facts, _, _ = count(stock, [thing("a", "2021-10-01", ok=1), thing("b", "2021-11-01", ok=0)])
    assert (fact(facts, "ok_pct", TO_DATE).numerator, fact(facts, "ok_pct", TO_DATE).denominator) == (2, 3)


def test_a_window_that_begins_before_the_records_has_no_figure() -> None:
    facts, _, _ = count(indicator(COUNT), [thing("a", "2021-11-05")], covers_from=date(2021, 2, 1))
    assert facts.get(FactKey("things", Period(2021, 11), Window.ROLLING_YEAR)) is None
    assert fact(facts, "things", TO_DATE).value == 1


def test_an_indicator_counts_only_while_it_is_in_force() -> None:
    facts, _, _ = count(indicator(COUNT, to_day=date(2021, 10, 31)), [thing("a", "2021-11-05")])
    assert len(facts) == 0


def test_a_measure_counts_only_while_it_is_in_force_and_the_others_of_its_indicator_go_on() -> None:
    ended = replace(COUNT, id="ended", from_day=date(2021, 4, 1), to_day=date(2021, 10, 31))
    months = [Period(2021, 9), Period(2021, 10), NOVEMBER]
    facts, _, _ = count(indicator(COUNT, ended), [thing("a", "2021-10-05")], months=months)
    assert fact(facts, "ended", month=months[1]).value == 1
    assert {one.key.period for one in facts if one.key.indicator == "ended"} == set(months[:2])
    assert {one.key.window for one in facts if one.key.indicator == "ended"} == {Window.MONTH, TO_DATE}
    assert fact(facts, "things", TO_DATE).value == 1


def test_a_definition_that_returns_a_case_twice_is_refused() -> None:
    with pytest.raises(DefinitionError, match="1 cases more than once"):
        count(indicator(COUNT), [thing("a", "2021-11-05"), thing("a", "2021-11-05")])


def test_a_definition_that_does_not_run_is_named_without_a_records_value() -> None:
    broken = indicator(COUNT, sql=SQL.replace("t.days_taken", "CAST(t.child AS INTEGER)"))
    with pytest.raises(DefinitionError) as told:
        count(broken, [thing("a", "2021-11-05", child="secret-child")])
    assert "things" in str(told.value)
    assert "secret-child" not in str(told.value)
