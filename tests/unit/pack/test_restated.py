"""A figure that is no longer what was first reported stands beside what it is now, with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from invented_november import NOVEMBER, context, facts
from walked import parts_of, sections_of

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Better, Measure, Unit
from scorecard.facts.fact import FactKey
from scorecard.facts.restate import BridgeLine, Cause, Restatement
from scorecard.findings.completeness import Provisional
from scorecard.findings.restated import Tolerance, greatest_first
from scorecard.pack.context import LetStand, OtherDay, PackContext, View
from scorecard.pack.document import Note, Notice, NumberTable, Words
from scorecard.pack.layout import build_document
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import Document, Part, Row, Section

OCTOBER = NOVEMBER.back(1)
KEY = FactKey("cla_open", OCTOBER, Window.MONTH_END)
FEWER = (BridgeLine(Cause.ENTERED_LATE, 3, 3, 0, came=3), BridgeLine(Cause.CHANGED, 8, -8, 0, went=8))


def _restated(key: FactKey, lines: tuple[BridgeLine, ...] = FEWER, by: float = -5) -> Restatement:
    was = facts().get(key)
    assert was is not None
    assert was.numerator is not None
    assert was.value is not None
    return Restatement(key, was, replace(was, numerator=was.numerator + by, value=was.value + by), lines)


def _context(*found: Restatement, view: View = View.FIRST) -> PackContext:
    return replace(
        context(),
        view=view,
        restated={one.key: one for one in found},
        known=date(2021, 11, 30),
        as_at=date(2021, 11, 30),
    )


def _section(document: Document, name: str) -> Section | None:
    return next((one for one in sections_of(document.sections) if one.id == name), None)


def _said(document: Document, kind: type[Note | Notice | Words]) -> list[str]:
    parts: list[Part] = [part for one in sections_of(document.sections) for part in parts_of(one.parts)]
    return [text_of(part.phrase) for part in parts if isinstance(part, kind)]


def _row(document: Document, table: str, title: str) -> tuple[NumberTable, Row]:
    parts = (part for one in sections_of(document.sections) for part in parts_of(one.parts))
    held = next(part for part in parts if isinstance(part, NumberTable) and part.id == table)
    return held, next(row for row in held.rows if text_of(row.heading.phrase) == title)


def test_a_cell_says_what_its_figure_is_now_and_a_footnote_says_why() -> None:
    table, row = _row(
        build_document(_context(_restated(KEY)), facts()),
        "children-in-care-figures",
        "Children and young people in care",
    )
    cell = row.cells[-2]
    assert (text_of(cell.phrase), text_of(cell.small)) == ("348", "now 343")
    notes = {note.mark: text_of(note.phrase) for note in table.notes}
    assert [notes[mark] for mark in cell.marks] == [
        "As known on 30 November 2021: 3 entered late (+3) and 8 ended late (−8)."
    ]


def test_the_month_before_is_told_in_words_under_what_is_printed_large() -> None:
    assert (
        "Children and young people in care: October 2021 is now 343 (first reported as 348). "
        "As known on 30 November 2021: 3 entered late (+3) and 8 ended late (−8)."
    ) in _said(build_document(_context(_restated(KEY)), facts()), Note)


def test_what_is_told_as_now_known_says_it_once() -> None:
    document = build_document(_context(_restated(KEY), view=View.NOW), facts())
    _, row = _row(document, "children-in-care-figures", "Children and young people in care")
    assert row.cells[-2].small == ()
    assert _section(document, "restatements")


def test_the_section_lists_first_and_now_with_what_led_there_and_tells_corrections_apart() -> None:
    rate = _restated(
        FactKey("cla_rate", OCTOBER, Window.MONTH_END), (BridgeLine(Cause.MAPPING_CORRECTED, 2, -2, 0),), -2
    )
    document = build_document(_context(_restated(KEY), rate), facts())
    _, row = _row(document, "restatements-listed", "Children and young people in care")
    assert [text_of(cell.phrase) for cell in row.cells] == [
        *("October 2021", "348", "343", "3 entered late (+3) and 8 ended late (−8)"),
    ]
    assert any(
        "2 headline figures have changed" in said and said.endswith("1 of them was corrected, not only recorded late.")
        for said in _said(document, Words)
    )


def test_a_pack_without_restatements_has_no_section_of_them() -> None:
    assert _section(build_document(_context(), facts()), "restatements") is None


def test_of_many_only_the_greatest_are_listed_and_the_rest_are_counted() -> None:
    months = [NOVEMBER.back(step) for step in range(1, 13)]
    found = [
        _restated(FactKey(name, month, Window.MONTH_END))
        for name in ("cla_open", "cla_rate", "cpp_rate")
        for month in months
    ]
    document = build_document(_context(*found), facts())
    table, _ = _row(document, "restatements-listed", "Children and young people in care per 10,000")
    assert len(table.rows) == 25
    assert "11 smaller changes are not listed." in _said(document, Note)


@pytest.mark.parametrize(
    ("unit", "decimals", "was", "now", "both"),
    [
        (Unit.COUNT, 0, 348, 347, True),
        (Unit.PERCENT, 0, 58.6, 59.4, False),
        (Unit.PERCENT, 0, 58.4, 58.8, False),
        (Unit.PERCENT, 0, 58.2, 58.8, True),
        (Unit.RATE_PER_10000, 1, 95.04, 95.06, False),
        (Unit.RATE_PER_10000, 1, 95.0, 95.3, True),
        (Unit.DAYS, 0, 210, 211, True),
    ],
)
def test_both_are_shown_where_a_reader_would_notice(
    unit: Unit, decimals: int, was: float, now: float, *, both: bool
) -> None:
    measure = Measure("m", "M", unit, Better.NEITHER, decimals=decimals)
    held = facts().get(KEY)
    assert held is not None
    first, later = (replace(held, numerator=None, denominator=None, value=value) for value in (was, now))
    assert Tolerance().is_passed(Restatement(KEY, first, later, ()), measure) is both


def test_the_greatest_change_for_its_figure_comes_first() -> None:
    small, great = _restated(KEY, by=-1), _restated(replace(KEY, indicator="cpp_open"), by=-20)
    measures = {name: Measure(name, name, Unit.COUNT, Better.NEITHER) for name in ("cla_open", "cpp_open")}
    assert greatest_first([small, great], measures) == [great, small]


def test_a_provisional_count_stands_as_it_is_and_says_what_may_still_come() -> None:
    key = FactKey("referrals", NOVEMBER, Window.MONTH)
    held = replace(_context(), provisional={key: Provisional(key, 9, 2, 6, 291, 296, 0.8)})
    document, without = build_document(held, facts()), build_document(_context(), facts())
    said = "After this point past months changed by +2 to +6; this one is expected to end between 291 and 296."
    assert any(one.startswith("Referrals: provisional.") and one.endswith(said) for one in _said(document, Note))
    figures = [
        [text_of(row.cells[-2].phrase) for row in _row(one, "re-referrals-figures", "Referrals")[0].rows]
        for one in (document, without)
    ]
    assert figures[0] == figures[1]


def test_what_was_let_stand_and_what_is_out_of_step_is_told_on_the_topics_it_touches_alone() -> None:
    care = context().indicators["cla_open"]
    held = replace(
        _context(),
        indicators={**context().indicators, "cla_open": replace(care, tables=("ssd_cla_episodes",))},
        let_stand=(LetStand("mixed days (4)", "A. Head", "mended in December", frozenset({"cla_open"})),),
        other_days=(OtherDay("ssd_cla_episodes", "Episodes of care", date(2021, 11, 29), 4),),
    )
    document = build_document(held, facts())
    told = [
        one.id
        for one in sections_of(document.sections)
        for part in one.parts
        if isinstance(part, Notice) and part.heading in {"Let stand.", "Not all of one day."}
    ]
    assert told == ["children-in-care", "children-in-care"]
    said = _said(document, Notice)
    assert "mixed days (4): mended in December (A. Head)." in said
    assert (
        "Episodes of care speak up to 29 November 2021, everything else up to 30 November 2021: "
        "4 children are out of step." in said
    )


def test_a_revised_month_says_so_at_the_top() -> None:
    about = dict(build_document(replace(_context(), revision="2, approved by A. Head: a code"), facts()).about)
    assert text_of(about["Revision"]) == "2, approved by A. Head: a code"
    assert "Revision" not in dict(build_document(_context(), facts()).about)


def test_a_pack_as_known_on_a_day_says_the_day() -> None:
    about = dict(build_document(replace(_context(view=View.NOW), asked_known=date(2022, 5, 31)), facts()).about)
    assert text_of(about["View"]) == "as known on 31 May 2022"
