"""What a source cannot know has no value and says why; what rests on less than is asked for is in doubt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from counted import COUNT, NOVEMBER, SHARE, count, fact, indicator, thing

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import EVER, Kind
from scorecard.facts.fact import Quality, Status
from scorecard.facts.known import Told, Verdict
from scorecard.facts.run import Run
from scorecard.facts.unknown import put_missing

if TYPE_CHECKING:
    from scorecard.facts.fact import Facts

ROWS = [thing("a", "2021-11-02", team="T1", ok=1), thing("b", "2021-11-03", ok=0), thing("c", "2021-05-03", ok=1)]
OCTOBER = date(2021, 10, 1)


def told(verdict: Verdict, looks_back: int = 0, *, latest: bool = False, **parts: Verdict) -> dict[str, Told]:
    """What a source can tell of the count and of the share alike."""
    return dict.fromkeys(("things", "ok_pct"), Told(verdict, parts, looks_back, latest))


def counted(known: dict[str, Told], covers_from: date | None = None) -> Facts:
    """The facts of three things, one of them of May."""
    return count(indicator(COUNT, SHARE), ROWS, told=known, covers_from=covers_from)[0]


def test_a_window_that_begins_before_the_records_has_no_value_and_says_why() -> None:
    facts = counted(told(Verdict(known_from=OCTOBER)))
    assert fact(facts, "things").value == 2
    early = fact(facts, "things", Window.YEAR_TO_DATE)
    assert (early.numerator, early.denominator, early.value) == (None, None, None)
    assert (early.status, early.quality) == (Status.NOT_AVAILABLE, Quality.SOUND)
    assert early.reason == "Cannot be known from this source: its records begin on 1 October 2021."
    part = fact(facts, "ok_pct", Window.ROLLING_YEAR, "team", "T1")
    assert (part.value, part.status) == (None, Status.NOT_AVAILABLE)


def test_a_window_that_begins_with_the_records_has_its_value() -> None:
    facts = counted(told(Verdict(known_from=date(2021, 11, 1))))
    assert fact(facts, "things").value == 2
    assert fact(counted(told(Verdict(known_from=date(2021, 11, 2)))), "things").value is None


def test_a_month_after_the_records_end_has_no_value_and_one_they_end_in_is_to_be_minded() -> None:
    after = fact(counted(told(Verdict(known_to=date(2021, 10, 31)))), "things", Window.YEAR_TO_DATE)
    assert (after.value, after.status) == (None, Status.NOT_AVAILABLE)
    assert after.reason == "Cannot be known from this source: its records end on 31 October 2021."
    within = fact(counted(told(Verdict(known_to=date(2021, 11, 15)))), "things")
    assert (within.value, within.quality, within.reason) == (2, Quality.CAUTION, "Its records end on 15 November 2021.")
    whole = fact(counted(told(Verdict(known_to=date(2021, 11, 30)))), "things")
    assert (whole.value, whole.quality, whole.reason) == (2, Quality.SOUND, "")


def test_a_stock_is_known_from_the_month_whose_end_the_records_reach() -> None:
    stock = indicator(COUNT, kind=Kind.STOCK)
    for day, is_known in ((30, True), (29, True)):
        facts = count(stock, ROWS, told=told(Verdict(known_from=date(2021, 11, day))))[0]
        assert (fact(facts, "things", Window.MONTH_END).value is not None) is is_known
    later = count(stock, ROWS, told=told(Verdict(known_from=date(2021, 12, 1))))[0]
    assert fact(later, "things", Window.MONTH_END).status is Status.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("months", "known_from", "covers_from", "said"),
    [
        (1, date(2021, 10, 1), None, ""),
        (
            2,
            date(2021, 10, 1),
            None,
            "It asks about the 2 months before each case, and the records begin on 1 October 2021.",
        ),
        (
            2,
            None,
            date(2021, 10, 1),
            "It asks about the 2 months before each case, and the records begin on 1 October 2021.",
        ),
        (
            EVER,
            date(2000, 1, 1),
            None,
            "It asks about everything before each case, and the records begin on 1 January 2000.",
        ),
        (EVER, None, date(2000, 1, 1), ""),
    ],
)
def test_a_look_back_beyond_the_records_makes_a_figure_unreliable(
    months: int, known_from: date | None, covers_from: date | None, said: str
) -> None:
    facts = counted(told(Verdict(known_from=known_from), months), covers_from=covers_from)
    november = fact(facts, "ok_pct")
    assert november.value == 50
    assert (november.quality, november.reason) == (Quality.UNRELIABLE if said else Quality.SOUND, said)


def test_where_the_latest_record_is_enough_no_history_is_asked_for_but_the_case_system_s_own() -> None:
    only_now = told(Verdict(known_from=date(2021, 11, 1)), 3, latest=True)
    assert fact(counted(only_now), "things").quality is Quality.SOUND
    assert fact(counted(only_now, covers_from=date(2021, 11, 1)), "things").quality is Quality.UNRELIABLE


def test_what_a_figure_does_without_is_a_caution_and_its_value_stands() -> None:
    facts = counted(told(Verdict(cautions=("Cousins are counted too.",))))
    one = fact(facts, "things")
    assert (one.value, one.quality, one.reason) == (2, Quality.CAUTION, "Cousins are counted too.")


def test_what_begins_later_is_minded_only_before_it_begins() -> None:
    facts = counted(told(Verdict(before=((date(2021, 11, 1), "Cousins are counted too."),))))
    assert fact(facts, "things").quality is Quality.SOUND
    assert fact(facts, "things", Window.YEAR_TO_DATE).reason == "Cousins are counted too."


def test_a_breakdown_that_cannot_be_known_takes_no_whole_with_it() -> None:
    facts = counted(told(Verdict(), team=Verdict(lacking=frozenset({("ssd_involvements", "")}))))
    assert fact(facts, "things").value == 2
    part = fact(facts, "things", Window.MONTH, "team", "T1")
    assert (part.value, part.status) == (None, Status.NOT_AVAILABLE)
    assert "it has no ssd_involvements (" in part.reason


def test_a_figure_that_was_not_counted_has_a_fact_for_each_of_its_windows() -> None:
    _, engine, _ = count(indicator(COUNT), ROWS)
    known = told(Verdict(lacking=frozenset({("ssd_cp_plans", "")})))
    run = Run((NOVEMBER,), "s", NOVEMBER.last_day, covers_from=date(2021, 1, 1), told=known)
    put_missing(engine.connection, [indicator(SHARE)], run)
    found = engine.connection.execute(
        "SELECT \"window\", status, reason FROM facts WHERE indicator = 'ok_pct' ORDER BY ALL"
    ).fetchall()
    why = "Cannot be known from this source: it has no ssd_cp_plans (child protection plans)."
    assert found == [("month", "not_available", why), ("year_to_date", "not_available", why)], (
        "before it no year is whole"
    )


def test_parts_are_known_from_the_day_from_which_what_tells_them_apart_is() -> None:
    facts = counted(told(Verdict(), team=Verdict(known_from=OCTOBER)))
    assert fact(facts, "things", Window.MONTH, "team", "T1").value == 1
    early = fact(facts, "things", Window.YEAR_TO_DATE, "team", "T1")
    assert (early.value, early.status) == (None, Status.NOT_AVAILABLE)
    assert fact(facts, "things", Window.YEAR_TO_DATE).value == 3
