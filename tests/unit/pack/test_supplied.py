"""A supplied figure is marked wherever a pack prints it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from invented_november import NOVEMBER, context, facts
from walked import parts_of, sections_of

from scorecard.facts.fact import Facts
from scorecard.pack.document import CallOuts, Note, NumberTable
from scorecard.pack.layout import build_document
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import Document, Part

MEASURE, TITLE = "assessments_45wd_pct", "Assessments completed in 45 working days"
MARK = "Supplied by The team (A. Manager) on 3 December 2021; not counted from records."


@pytest.fixture(scope="module")
def document() -> Document:
    """November, two months of one figure of it supplied."""
    given = {(MEASURE, NOVEMBER), (MEASURE, NOVEMBER.back(1))}
    by = "The team (A. Manager) on 3 December 2021"
    marked = (
        replace(fact, supplied_by=by) if (fact.key.indicator, fact.key.period) in given else fact for fact in facts()
    )
    return build_document(context(), Facts(marked))


def _all(document: Document) -> list[Part]:
    return [part for section in sections_of(document.sections) for part in parts_of(section.parts)]


@pytest.mark.parametrize("name", ["summary-table", "assessment-timeliness-figures"])
def test_a_table_marks_a_supplied_cell_and_no_other(document: Document, name: str) -> None:
    table = next(part for part in _all(document) if isinstance(part, NumberTable) and part.id == name)
    mark = next(note.mark for note in table.notes if text_of(note.phrase) == MARK)
    marked = {text_of(row.heading.phrase) for row in table.rows for cell in row.cells if mark in cell.marks}
    assert marked == {TITLE}


def test_a_figure_printed_large_says_who_supplied_it(document: Document) -> None:
    items = [item for part in _all(document) if isinstance(part, CallOuts) for item in part.items]
    assert {item.label for item in items if item.caution == MARK} == {TITLE}


def test_beside_sentences_and_charts_the_months_that_were_supplied_are_named(document: Document) -> None:
    notes = [text_of(part.phrase) for part in _all(document) if isinstance(part, Note)]
    assert f"{TITLE}: supplied, not counted from records, for Oct 21 and Nov 21." in notes
    assert sum("supplied" in note for note in notes) == 1


def test_the_month_at_a_glance_says_which_of_its_figures_were_supplied(document: Document) -> None:
    glance = next(section for section in document.sections if section.id == "glance")
    words = [text_of(item) for part in glance.parts for item in getattr(part, "items", ()) if isinstance(item, tuple)]
    named = [line for line in words if line.startswith(TITLE)]
    assert named
    assert all(line.startswith(f"{TITLE} (supplied)") for line in named)
