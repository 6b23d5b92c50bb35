"""The first page of the demo's November: ten things at most, and what the example pack hides is among them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.pack.context import View
from scorecard.pack.document import NumberTable
from scorecard.words.phrase import text_of
from scorecard.work.pack import document_of
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def items(demo: Path) -> dict[str, str]:
    """What is told, by what it is about."""
    document = document_of(open_workspace(demo), Period(2021, 11), View.FIRST, date(2021, 12, 6))
    (section,) = (one for one in document.sections if one.id == "what-changed")
    (table,) = (part for part in section.parts if isinstance(part, NumberTable))
    return {text_of(row.heading.phrase): " ".join(text_of(cell.phrase) for cell in row.cells) for row in table.rows}


def test_ten_things_are_told_at_most(items: dict[str, str]) -> None:
    assert 0 < len(items) <= 10


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("Children on a child protection plan", "up 45 from 149 in October. It is above what"),
        ("Initial child protection conferences", "(40%), down 28 points from 68%"),
        ("Re-referrals within 12 months", "Under review"),
        ("Children and young people in care", "first reported as 348, now 343"),
        ("Assessments completed in 45 working days", "The rule changed on 1 October 2021"),
        ("Commentary", "9 of 38 commentaries are missing or a name only."),
    ],
)
def test_what_a_reader_must_know_is_among_them(items: dict[str, str], about: str, said: str) -> None:
    (told,) = (words for name, words in items.items() if name.startswith(about))
    assert said in told


@pytest.mark.parametrize("unmoved", ["three or more placements", "suitable accommodation"])
def test_what_hardly_moved_is_not(items: dict[str, str], unmoved: str) -> None:
    assert not any(unmoved in name for name in items)
