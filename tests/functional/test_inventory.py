"""Nothing the example shows is missing from the demo's November: headings, words, drawings, call-outs, tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pack_inventory import CALL_OUTS, CHARTS, HEADINGS, ROWS, SERVICE_SUMMARIES, TABLES, Shown

from scorecard.calendar.periods import Period
from scorecard.facts.fact import FactKey
from scorecard.pack.charts import Chart, Panels
from scorecard.pack.context import View
from scorecard.pack.document import CallOuts, CommentarySlot, Details, NumberTable, Section
from scorecard.pack.plan import SERVICE_SUMMARY
from scorecard.words.phrase import Source, text_of
from scorecard.work.pack import document_of
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.pack.document import Document, Part

_FEWEST_MONTHS = 12


@pytest.fixture(scope="session")
def pack(demo: Path) -> Document:
    """The demo's November 2021 as first reported."""
    return document_of(open_workspace(demo), Period(2021, 11), View.FIRST, date(2021, 12, 6))


def _places(document: Document) -> dict[str, Section]:
    return {one.id: one for section in document.sections for one in (section, *section.sections)}


def _parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        if isinstance(part, Details):
            yield from _parts(part.parts)


def _charts(section: Section) -> list[tuple[Chart, ...]]:
    """The drawings of a topic, each with its plots."""
    drawn = (part for part in section.parts if isinstance(part, Chart | Panels))
    return [part.charts if isinstance(part, Panels) else (part,) for part in drawn]


def _measures(charts: tuple[Chart, ...]) -> set[str]:
    """The measures whose figures a drawing carries."""
    points = (point for chart in charts for series in chart.series for point in series.points)
    return {point.number.key.split("/")[0] for point in points if point.value is not None}


def _tables(document: Document) -> dict[str, NumberTable]:
    parts = (part for section in _places(document).values() for part in _parts(section.parts))
    return {part.id: part for part in parts if isinstance(part, NumberTable)}


def _named(entry: Shown) -> str:
    return f"{entry.line}-{entry.what}"


@pytest.mark.parametrize("entry", HEADINGS, ids=_named)
def test_every_heading_has_its_place_with_something_under_it(pack: Document, entry: Shown) -> None:
    place = _places(pack)[entry.place]
    assert place.parts or place.sections


def test_sections_and_topics_stand_in_the_examples_order(pack: Document) -> None:
    ours = [one.id for section in pack.sections for one in (section, *section.sections)]
    kept = list(dict.fromkeys(entry.place for entry in HEADINGS))
    before = {"foster-approvals", "foster-carers-ceased"}  # the example tells of the panel before and after them
    assert [one for one in ours if one in kept and one not in before] == [one for one in kept if one not in before]


def test_there_is_a_service_summary_for_each_of_the_thirty_six(pack: Document) -> None:
    slots = {
        name: part.role
        for name, section in _places(pack).items()
        for part in section.parts
        if isinstance(part, CommentarySlot) and part.heading == SERVICE_SUMMARY
    }
    assert list(slots) == [entry.place for entry in SERVICE_SUMMARIES]
    assert len(slots) == 36
    assert all(slots.values())


@pytest.mark.parametrize(
    ("topic", "heading"), [("foster-approvals", "Recruitment update"), ("foster-carers-ceased", "Why carers ceased")]
)
def test_the_two_other_texts_have_a_slot_under_their_own_heading(pack: Document, topic: str, heading: str) -> None:
    slots = [part for part in _places(pack)[topic].parts if isinstance(part, CommentarySlot)]
    assert [slot.heading for slot in slots] == [heading]


@pytest.mark.parametrize("entry", CHARTS, ids=_named)
def test_every_drawing_is_drawn_of_its_measures_and_says_so_in_words(pack: Document, entry: Shown) -> None:
    drawings = [
        charts for charts in _charts(_places(pack)[entry.place]) if _measures(charts) >= set(entry.find.split())
    ]
    assert drawings, [_measures(charts) for charts in _charts(_places(pack)[entry.place])]
    assert all(chart.alternative and chart.title for chart in drawings[0])
    tables = _tables(pack)
    assert all(tables[f"{chart.id}-table"].rows for chart in drawings[0])


def test_every_drawing_along_months_has_a_year_of_them(pack: Document) -> None:
    drawn = [chart for section in _places(pack).values() for charts in _charts(section) for chart in charts]
    assert all(len(chart.points) >= _FEWEST_MONTHS for chart in drawn if chart.along == "Month")


@pytest.mark.parametrize("entry", CALL_OUTS, ids=_named)
def test_every_call_out_prints_the_examples_figure(pack: Document, entry: Shown) -> None:
    held = [part for part in _places(pack)[entry.place].parts if isinstance(part, CallOuts)]
    said = [f"{text_of(item.big)} {text_of(item.words)}" for part in held for item in part.items]
    assert any(f" {entry.find} " in f" {words} " for words in said), said


@pytest.mark.parametrize("entry", TABLES, ids=_named)
def test_every_table_has_its_columns_and_a_figure_in_some_row_of_each(pack: Document, entry: Shown) -> None:
    table = _tables(pack)[entry.place]
    wanted = [heading for heading in entry.find.split("|") if heading]
    headings = [column.heading for column in table.columns]
    assert [heading for heading in headings if heading in wanted] == wanted
    for place, heading in enumerate(headings):
        cells = [row.cells[place] for row in table.rows]
        assert any(cell.status or any(letter.isdigit() for letter in text_of(cell.phrase)) for cell in cells), heading


@pytest.mark.parametrize("entry", ROWS, ids=_named)
def test_every_row_worth_naming_stands_in_its_table(pack: Document, entry: Shown) -> None:
    assert entry.find in [text_of(row.heading.phrase) for row in _tables(pack)[entry.place].rows]


def test_no_part_of_the_pack_is_empty(pack: Document) -> None:
    empty = [
        part.id
        for part in _tables(pack).values()
        if not part.rows
        or not any(text_of(cell.phrase).strip("- ") or cell.status for row in part.rows for cell in row.cells)
    ]
    assert not empty


def test_no_call_out_is_without_a_figure(pack: Document) -> None:
    parts = (part for section in _places(pack).values() for part in section.parts)
    items = [item for part in parts if isinstance(part, CallOuts) for item in part.items]
    assert len(items) > len(CALL_OUTS)
    assert all(any(letter.isdigit() for letter in text_of(item.big)) for item in items)


def test_every_number_of_a_drawing_is_a_fact_or_a_finding(pack: Document) -> None:
    for section in _places(pack).values():
        for charts in _charts(section):
            numbers = [point.number for chart in charts for series in chart.series for point in series.points]
            for number in (one for one in numbers if one.key):
                assert number.source is Source.FINDING or FactKey.parse(number.key)
