"""What a check says is short enough to be read, whole, and ends with what to do."""

from __future__ import annotations

import pytest

from scorecard.contract.layouts.poured import Recognised
from scorecard.contract.report import CheckReport, Finding, Rows, Severity
from scorecard.work.check_text import as_text

WORKERS = "Workers are named, and names are not loaded."
GIVE = "Give the number of the worker instead of the name."


def _named(sheet: int, column: str = "Allocated Worker") -> Finding:
    return Finding("named", Severity.NOTE, WORKERS, GIVE, f"A.xlsx, sheet List {sheet}", Rows((2,), 1), column)


def _said(*findings: Finding, width: int = 100) -> str:
    return as_text(CheckReport(findings, ()), width)


def test_what_is_found_in_many_places_is_said_once_with_its_places_in_their_order() -> None:
    said = _said(_named(10), _named(2))
    assert said.count(WORKERS) == said.count(GIVE) == 1
    assert said.index("sheet List 2, row 2") < said.index("sheet List 10, row 2")


def test_what_differs_and_has_one_remedy_stands_together_above_it() -> None:
    unused = [Finding("unused", Severity.NOTE, f"Not read: {one}.", "Nothing needs doing.", one) for one in "abc"]
    said = _said(*unused)
    assert said.count("Nothing needs doing.") == 1
    assert [f"{one}: Not read: {one}." in said for one in "abc"] == [True] * 3


def test_of_hundreds_alike_a_dozen_are_shown_and_the_rest_are_counted() -> None:
    said = _said(*(_named(1, f"Column {number}") for number in range(300)))
    assert said.count("- A.xlsx") == 12
    assert "288 more like this" in said
    assert "300 notes." in said


def test_each_finding_stands_under_how_grave_it_is_the_gravest_first() -> None:
    grave = [Finding("x", severity, f"It {severity}s.", "Mend it.") for severity in reversed(Severity)]
    said = _said(*grave)
    marks = ("Blocks:", "It blocks.", "Warnings:", "It warns.", "Notes:", "It notes.", "1 block, 1 warning and 1 note.")
    places = [said.index(mark) for mark in marks]
    assert places == sorted(places)
    assert said.endswith("cannot be taken until what blocks is mended.")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    taken = Recognised("A.xlsx, sheet List 5", "annex-a", "List 5: Section 47 enquiries and conferences", "row 1 " * 30)
    report = CheckReport((_named(1), Finding("long", Severity.BLOCK, "word " * 90, "do " * 60, "b.csv")), (), (taken,))
    lines = as_text(report, width).splitlines()
    assert max(map(len, lines)) <= width
    assert " ".join(as_text(report, width).split()).count("word") == 90, "nothing is cut off"


def test_where_nothing_is_wrong_it_says_so() -> None:
    assert _said().split("\n") == ["Nothing was found wrong.", "The extract can be taken."]
