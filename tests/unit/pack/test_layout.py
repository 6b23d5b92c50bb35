"""A pack laid out from facts: nothing twice in two ways, nothing missing without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from invented_november import INDICATORS, NOVEMBER, context, fact, facts, indicator, measure
from walked import parts_of, sections_of

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Better, Kind, Unit
from scorecard.facts.fact import FactKey, Facts, Quality
from scorecard.findings.comparators import Comparators
from scorecard.findings.targets import Targets
from scorecard.pack.charts import Chart, Panels, Shape
from scorecard.pack.document import Bullets, CallOuts, Cell, CommentarySlot, Details, NumberTable, Section
from scorecard.pack.layout import build_document
from scorecard.pack.plan import PartKind, SectionPlan, TopicPlan, shipped_plan
from scorecard.pack.remarks import Note, Remarks
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.document import Document


def _section(document: Document, name: str) -> Section:
    return next(section for section in sections_of(document.sections) if section.id == name)


def _charts(section: Section) -> list[Chart]:
    """Every chart of a section, those of one figure too."""
    found: list[Chart] = []
    for part in section.parts:
        found.extend(part.charts if isinstance(part, Panels) else [part] if isinstance(part, Chart) else [])
    return found


def _table(document: Document, name: str) -> NumberTable:
    parts = (part for section in sections_of(document.sections) for part in parts_of(section.parts))
    return next(part for part in parts if isinstance(part, NumberTable) and part.id == name)


def _row(table: NumberTable, title: str) -> tuple[Cell, ...]:
    return next(row.cells for row in table.rows if text_of(row.heading.phrase) == title)


def _words(cell: Cell) -> str:
    status = f"{cell.status.words}, {text_of(cell.status.distance)}" if cell.status else ""
    return text_of(cell.phrase) + status


@pytest.fixture(scope="module")
def document() -> Document:
    return build_document(context(), facts())


def test_the_summary_has_thirteen_rows_and_the_packs_columns_in_its_order(document: Document) -> None:
    table = _table(document, "summary-table")
    assert [column.heading for column in table.columns] == [
        "End of year",
        "Year to date",
        "Previous month",
        "Current month",
        "Target",
        "Against target",
        "Against the usual",
        "Statistical neighbours",
        "West Midlands",
        "England",
    ]
    assert len(table.rows) == 13


def test_the_row_of_assessments_reads_as_the_pack_has_it(document: Document) -> None:
    cells = _row(_table(document, "summary-table"), "Assessments completed in 45 working days")
    assert [_words(cell) for cell in cells] == [
        "89%",
        "63%",
        "45%",
        "58%",
        "95%",
        "Not met, 37 points below",
        "Worse than 62% to 85%",
        "86.7%",
        "86.4%",
        "87.6%",
    ]


def test_low_is_good_reads_met_and_below(document: Document) -> None:
    cells = _row(_table(document, "summary-table"), "Children with three or more placements")
    assert _words(cells[5]) == "Met, 1 point below"


def test_a_target_met_by_less_than_is_printed_is_met_just_above(document: Document) -> None:
    cells = _row(_table(document, "summary-table"), "Care leavers aged 19 to 21 in suitable accommodation")
    assert _words(cells[5]) == "Met, just above"


def test_a_stock_has_no_year_to_date(document: Document) -> None:
    cells = _row(_table(document, "summary-table"), "Children on a child protection plan per 10,000")
    assert [_words(cell) for cell in cells[:4]] == ["29.1", "-", "41.3", "53.7"]


def test_a_measure_has_one_title_wherever_it_is_printed(document: Document) -> None:
    titles = {held.title for one in INDICATORS for held in one.measures}
    for row in _table(document, "summary-table").rows:
        assert text_of(row.heading.phrase) in titles


def test_a_service_that_wrote_nothing_is_named_by_its_role(document: Document) -> None:
    slots = [part for part in _section(document, "initial-conferences").parts if isinstance(part, CommentarySlot)]
    assert [slot.missing for slot in slots] == ["No commentary given by the Service Manager, Quality Assurance."]


def test_a_service_that_wrote_is_printed_with_author_role_and_state(document: Document) -> None:
    slot = next(part for part in _section(document, "screening").parts if isinstance(part, CommentarySlot))
    assert slot.prose
    assert (slot.author, slot.role, slot.state) == ("A. Manager", "Service Manager, MASH", "signed off")


def test_a_topic_without_figures_says_so_and_asks_nobody_to_comment(document: Document) -> None:
    section = _section(document, "adoption-a10")
    assert len(section.parts) == 1
    assert "no figures" in text_of(section.parts[0].phrase)  # type: ignore[union-attr]


def test_a_topic_whose_measures_ended_is_left_out_with_the_day_it_ended() -> None:
    given = context()
    ended = {
        name: replace(held, to_day=date(2021, 10, 31)) if name == "contacts_received" else held
        for name, held in given.indicators.items()
    }
    alone = TopicPlan("contacts", "Contacts", ("contacts_received",))
    plan = replace(given.plan, sections=(SectionPlan("front_door", "Front door", (), (alone,)),))
    (note,) = _section(build_document(replace(given, plan=plan, indicators=ended), facts()), "contacts").parts
    assert text_of(note.phrase) == "This part of the scorecard ended on 31 October 2021."  # type: ignore[union-attr]


def test_a_measure_is_told_in_the_month_its_last_day_lies_in() -> None:
    given = context()
    ending = {name: replace(held, to_day=date(2021, 11, 1)) for name, held in given.indicators.items()}
    assert _table(build_document(replace(given, indicators=ending), facts()), "children-on-a-plan-figures")


def test_a_target_judged_by_a_clock_of_the_councils_own_says_local_standard() -> None:
    owner = next(one.id for one in INDICATORS for held in one.measures if held.id == "mash_24h_pct")
    table = _table(build_document(replace(context(), local_clocks=frozenset({owner})), facts()), "summary-table")
    local = [text_of(row.heading.phrase) for row in table.rows if text_of(row.cells[4].small) == "local standard"]
    assert local == ["MASH contacts screened in 24 hours"]


def test_a_measure_too_few_a_month_is_told_over_twelve_months_and_says_so() -> None:
    name = "rereferrals_12m_pct"
    rolling = [
        fact(FactKey(name, NOVEMBER.back(back), Window.ROLLING_YEAR), 20 + back, 200, Unit.PERCENT, scale=100)
        for back in range(13)
    ]
    given = replace(context(), plan=replace(shipped_plan(), of_a_year=frozenset({name})))
    document = build_document(given, Facts([*facts(), *rolling]))
    said = [part for part in _section(document, "re-referrals").parts if isinstance(part, Bullets)]
    words = next(text_of(item) for item in said[0].items if "10.0%" in text_of(item))
    assert "n the twelve months to November" in words
    assert "in the twelve months to October" in words
    table = _table(document, "re-referrals-figures")
    assert any("twelve months ending with it" in text_of(note.phrase) for note in table.notes)


def test_a_part_left_out_of_a_topic_is_not_printed_and_the_others_stand_in_its_order() -> None:
    parts = (PartKind.FIGURES, PartKind.CALL_OUTS)
    topic = TopicPlan("plans-now", "Plans", ("cpp_open",), ("cpp_open",), ("cpp_open",), parts=parts)
    given = context()
    plan = replace(given.plan, sections=(SectionPlan("plans", "Plans", (), (topic,)),))
    printed = _section(build_document(replace(given, plan=plan), facts()), "plans-now").parts
    assert [type(part) for part in printed] == [NumberTable, CallOuts]


def test_a_pack_without_any_fact_is_still_a_pack() -> None:
    bare = replace(context(), targets=Targets(), comparators=Comparators())
    document = build_document(bare, Facts([]))
    assert {_words(cell) for row in _table(document, "summary-table").rows for cell in row.cells} <= {"-", ""}


def test_a_new_definition_shows_itself_in_the_section_of_its_folder() -> None:
    new = indicator(
        "missing", "Missing from care", "care", Kind.FLOW, measure("missing_from_care", "Missing from care", Unit.COUNT)
    )
    more = [
        fact(FactKey("missing_from_care", NOVEMBER.back(back), Window.MONTH), 5 + back, None, Unit.COUNT)
        for back in range(13)
    ]
    given = context()
    given = replace(given, indicators={**given.indicators, "missing": new})
    document = build_document(given, Facts([*facts(), *more]))
    section = _section(document, "care-also")
    assert section.title == "Also counted here"
    assert any(isinstance(part, Chart) for part in section.parts)
    assert _row(_table(document, "care-also-figures"), "Missing from care")


def test_a_new_definition_of_a_section_nobody_planned_still_stands_in_the_pack() -> None:
    new = indicator("swims", "Swimming lessons", "leisure", Kind.FLOW, measure("swims", "Swimming lessons", Unit.COUNT))
    more = fact(FactKey("swims", NOVEMBER, Window.MONTH), 5, None, Unit.COUNT)
    given = context()
    given = replace(given, indicators={**given.indicators, "swims": new})
    document = build_document(given, Facts([*facts(), more]))
    assert _section(document, "other-figures")


def test_an_unreliable_figure_carries_its_flag_into_the_summary_and_loses_its_judgement() -> None:
    key = FactKey("rereferrals_12m_pct", NOVEMBER, Window.MONTH)
    flagged = [replace(held, quality=Quality.UNRELIABLE) if held.key == key else held for held in facts()]
    document = build_document(context(), Facts(flagged))
    table = _table(document, "summary-table")
    cells = _row(table, "Re-referrals within 12 months")
    assert cells[3].marks
    assert any("not reliable" in text_of(note.phrase) for note in table.notes)
    assert _words(cells[5]).startswith("Not judged")


def test_care_leavers_comparators_carry_a_note_that_the_definition_differs(document: Document) -> None:
    table = _table(document, "summary-table")
    cells = _row(table, "Care leavers aged 19 to 21 in touch")
    assert all(cell.marks for cell in cells[7:])
    assert any("returned home" in text_of(note.phrase) for note in table.notes)


def test_a_councils_own_note_is_bound_to_its_measure() -> None:
    noted = replace(context(), remarks=Remarks((Note("Retrospective action is not included.", ("cpp_rate",)),)))
    table = _table(build_document(noted, facts()), "summary-table")
    marked = [text_of(row.heading.phrase) for row in table.rows if row.heading.marks]
    assert marked == ["Children on a child protection plan per 10,000"]


def test_the_refused_comparison_of_plans_is_a_plain_note(document: Document) -> None:
    said = [text_of(part.phrase) for part in _section(document, "children-on-a-plan").parts if hasattr(part, "phrase")]
    (note,) = [words for words in said if words.startswith("Not compared")]
    assert "47.8" in note
    assert "counts what happened in a year" in note


def test_tables_begin_in_april_and_end_with_the_month(document: Document) -> None:
    headings = [column.heading for column in _table(document, "assessment-timeliness-figures").columns]
    assert headings[0] == "Apr 21"
    assert headings[-2:] == ["Nov 21", "Year to date"]


def test_tables_show_seven_months_where_the_plan_says_so() -> None:
    given = replace(context(), plan=replace(shipped_plan(), table_from_april=False))
    headings = [
        column.heading for column in _table(build_document(given, facts()), "children-on-a-plan-figures").columns
    ]
    assert headings == ["May 21", "Jun 21", "Jul 21", "Aug 21", "Sep 21", "Oct 21", "Nov 21"]


def test_categories_by_month_add_up_and_say_their_share(document: Document) -> None:
    table = _table(document, "plan-categories-category")
    assert [column.heading for column in table.columns][:2] == ["Mar 21", "Apr 21"]
    last = [row.cells[-1] for row in table.rows]
    assert [text_of(cell.phrase) for cell in last] == ["111", "67", "6", "10", "0", "194"]
    assert [text_of(cell.small) for cell in last[:2]] == ["57%", "35%"]


def test_care_leavers_by_age_have_their_target_and_where_they_stand(document: Document) -> None:
    cells = _row(_table(document, "care-leavers-leaver_age"), "Care leavers aged 19 to 21 in touch")
    assert [_words(cell) for cell in cells] == ["98%", "91%", "95%", "95%", "92%", "Met, 3 points above"]


def test_a_chart_says_in_words_what_it_draws(document: Document) -> None:
    chart = next(part for part in _charts(_section(document, "initial-conferences")) if part.shape is Shape.LINE)
    assert len(chart.points) == 13
    assert "Line chart of Initial conferences in 15 working days, Nov 20 to Nov 21." in chart.alternative
    assert "ends at 40% (Nov 21)" in chart.alternative
    assert "Target 95%" in chart.alternative


def test_every_chart_has_its_figures_beside_it(document: Document) -> None:
    for section in sections_of(document.sections):
        for place, part in enumerate(section.parts):
            if isinstance(part, Chart | Panels):
                after = section.parts[place + 1]
                assert isinstance(after, Details)
    for chart in (chart for section in sections_of(document.sections) for chart in _charts(section)):
        assert _table(document, f"{chart.id}-table")


def test_the_target_line_begins_with_the_target(document: Document) -> None:
    chart = next(part for part in _charts(_section(document, "assessment-timeliness")) if part.lines)
    target = next(line for line in chart.lines if line.kind == "target")
    assert [value is None for value in target.values] == [True] * 5 + [False] * 8


def test_the_glossary_holds_every_measure_and_its_meaning(document: Document) -> None:
    (glossary,) = _section(document, "glossary").parts
    assert {entry[2] for entry in glossary.entries} == {held.id for one in INDICATORS for held in one.measures}  # type: ignore[union-attr]
    assert all(entry[1].endswith(".") for entry in glossary.entries)  # type: ignore[union-attr]


def test_the_glossary_explains_a_figure_by_its_own_meaning_before_that_of_its_definition() -> None:
    first = INDICATORS[0]
    own = replace(first.measures[0], meaning="What this one is.")
    told = replace(context(), indicators={first.id: replace(first, measures=(own, *first.measures[1:]))})
    (glossary,) = _section(build_document(told, facts()), "glossary").parts
    assert ("What this one is.", own.id) in [entry[1:] for entry in glossary.entries]  # type: ignore[union-attr]


def test_neither_better_nor_worse_is_said_of_what_carries_no_judgement(document: Document) -> None:
    glance = _section(document, "glance")
    neutral = {held.title for one in INDICATORS for held in one.measures if held.better is Better.NEITHER}
    for part in glance.parts:
        if getattr(part, "kind", "") in {"better", "worse"}:
            named = {text_of(item).split(":")[0] for item in part.items}  # type: ignore[union-attr,arg-type]
            assert not named & neutral


def test_a_scale_that_does_not_begin_at_nought_says_so(document: Document) -> None:
    charts = [chart for section in sections_of(document.sections) for chart in _charts(section)]
    begun = [chart for chart in charts if chart.floor]
    assert begun
    assert all("the scale begins at 50%" in chart.subtitle for chart in begun)
    assert all(chart.floor == 0 for chart in charts if chart.shape is Shape.BARS)
