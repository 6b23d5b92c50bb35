"""The summary's column, the ratings beside it where a council asks for them, and a topic's table of limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from invented_november import NOVEMBER, context, facts

from scorecard.calendar.periods import Window
from scorecard.facts.fact import FactKey, Facts
from scorecard.findings.baselines import Baseline, Baselines
from scorecard.findings.compare import Position
from scorecard.pack.desk import Desk
from scorecard.pack.document import NumberTable
from scorecard.pack.layout import build_document
from scorecard.pack.variation import limits_of, rating_cell, variation_cell
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.context import PackContext


def _table(held: PackContext) -> NumberTable:
    document = build_document(held, facts())
    (section,) = (one for one in document.sections if one.id == "summary")
    (table,) = (part for part in section.parts if isinstance(part, NumberTable))
    return table


def test_ratings_stand_beside_the_variation_only_where_a_council_asks_for_them() -> None:
    given = context()
    plain, rated = (_table(one) for one in (given, replace(given, rated=True)))
    headings = [column.heading for column in rated.columns]
    assert "Rating" not in [column.heading for column in plain.columns]
    assert headings[headings.index("Rating") + 1] == "Against the usual"
    place = headings.index("Rating")
    told = {held.words for row in rated.rows if (held := row.cells[place].status)}
    assert {"Green", "Red"} <= told <= {"Green", "Amber", "Red"}


def test_a_percentage_of_few_cases_is_neither_judged_nor_rated() -> None:
    key = FactKey("icpc_15wd_pct", NOVEMBER, Window.MONTH)
    few = Facts(replace(one, numerator=4, denominator=9, value=400 / 9) if one.key == key else one for one in facts())
    reading = Desk(context(), few).reading("icpc_15wd_pct")
    assert reading is not None
    assert reading.against is not None
    assert reading.against.position is Position.NOT_JUDGED
    assert text_of(rating_cell(reading).phrase) == "-"


def test_the_cause_of_a_baseline_is_printed_with_its_month() -> None:
    held = Baselines([Baseline("cpp_open", NOVEMBER.back(8), "Two teams were joined.")])
    desk = Desk(replace(context(), baselines=held), facts())
    reading = desk.reading("cpp_open")
    assert reading is not None
    (details,) = limits_of(desk, "plans", (reading,))
    (table,) = (part for part in details.parts if isinstance(part, NumberTable))
    said = [text_of((*cell.phrase, " ", *cell.small)) for cell in table.rows[0].cells]
    assert "8 months XmR: 2.66 mean steps; on trial; since March 2021: Two teams were joined." in said
    assert "105 to 149 " in said


def test_too_few_months_are_said_to_be_so() -> None:
    held = Baselines([Baseline("cpp_open", NOVEMBER.back(2), "The threshold was moved.")])
    reading = Desk(replace(context(), baselines=held), facts()).reading("cpp_open")
    assert reading is not None
    cell = variation_cell(reading)
    assert (text_of(cell.phrase), text_of(cell.small)) == ("Too few months", "2 of 7")
