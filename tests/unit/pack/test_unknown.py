"""What the source of a month cannot know is printed nowhere as a number, and said where it would stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from invented_november import NOVEMBER, context, facts
from walked import parts_of, sections_of

from scorecard.calendar.periods import Window
from scorecard.facts.fact import WHOLE, Facts, Status
from scorecard.pack.document import Note, NumberTable
from scorecard.pack.layout import build_document
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.facts.fact import Fact
    from scorecard.pack.document import Document, Part

TIMELINESS, TITLE = "assessments_45wd_pct", "Assessments completed in 45 working days"
WHY = "Cannot be known from this source: its records begin on 31 May 2021."


def _document(is_unknown: Callable[[Fact], bool]) -> Document:
    nothing = {"numerator": None, "denominator": None, "value": None, "status": Status.NOT_AVAILABLE, "reason": WHY}
    told = (replace(one, **nothing) if is_unknown(one) else one for one in facts())  # type: ignore[arg-type]
    return build_document(context(), Facts(told))


def _all(document: Document) -> list[Part]:
    return [part for section in sections_of(document.sections) for part in parts_of(section.parts)]


def test_a_year_to_date_that_cannot_be_known_is_a_dash_with_its_reason() -> None:
    found = _all(_document(lambda one: (one.key.indicator, one.key.window) == (TIMELINESS, Window.YEAR_TO_DATE)))
    for name in ("summary-table", "assessment-timeliness-figures"):
        table = next(part for part in found if isinstance(part, NumberTable) and part.id == name)
        mark = next(note.mark for note in table.notes if text_of(note.phrase) == WHY)
        cells = [
            (text_of(row.heading.phrase), text_of(cell.phrase))
            for row in table.rows
            for cell in row.cells
            if mark in cell.marks
        ]
        assert cells == [(TITLE, "-")]


def test_a_figure_that_cannot_be_known_at_all_is_named_with_its_reason() -> None:
    found = _all(_document(lambda one: one.key.indicator == TIMELINESS))
    notes = [text_of(part.phrase) for part in found if isinstance(part, Note)]
    assert f"No figures for: {TITLE}. {WHY}" in notes


def test_a_topic_of_which_nothing_can_be_known_says_why() -> None:
    plan = context().plan
    topic = next(one for section in plan.sections for one in section.topics if TIMELINESS in one.measures)
    document = _document(lambda one: one.key.indicator in topic.measures)
    section = next(one for one in sections_of(document.sections) if one.id == topic.id)
    notes = [text_of(part.phrase) for part in section.parts if isinstance(part, Note)]
    assert notes == [f"There are no figures for this part of the scorecard. {WHY}"]


def test_parts_that_cannot_be_known_leave_the_whole_and_no_broken_sum() -> None:
    document = _document(lambda one: one.key.dimension != WHOLE and one.key.period == NOVEMBER)
    notes = [text_of(part.phrase) for part in _all(document) if isinstance(part, Note)]
    assert [note for note in notes if note.endswith(f": no figures. {WHY}")]
    assert not [note for note in notes if "its parts by" in note]
