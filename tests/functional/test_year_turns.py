"""The year turns between two packs: what belongs to a year begins anew, and what is drawn month by month goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask

from scorecard.calendar.periods import Period, Window, months_between
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import FactKey, Facts
from scorecard.findings.compare import Position
from scorecard.findings.printing import exact_value
from scorecard.pack.charts import Chart, Panels, Shape
from scorecard.pack.context import View
from scorecard.pack.document import Details, NumberTable
from scorecard.words.phrase import Number, text_of
from scorecard.work.pack import document_of
from scorecard.work.views import facts_for_pack
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorecard.pack.document import Cell, Document, Part, Row

pytestmark = pytest.mark.slow  # it counts three packs

MARCH, APRIL, MAY = Period(2022, 3), Period(2022, 4), Period(2022, 5)
MONTHS = (MARCH, APRIL, MAY)
ASSESSMENTS = "Assessments completed in 45 working days"
CASELOADS = "caseload_avg"


@dataclass(frozen=True)
class Packs:
    """The packs of the three months as now known, and the facts all of them are made from."""

    of: Mapping[Period, Document]
    facts: Facts


@pytest.fixture(scope="module")
def packs(demo: Path) -> Packs:
    """The demo's, from the extract of May 2022."""
    workspace = open_workspace(demo)
    made = {month: document_of(workspace, month, View.NOW, date(2022, 6, 6)) for month in MONTHS}
    known = (fact for month in (MONTHS[0], MAY) for fact in facts_for_pack(workspace, month, View.NOW))
    return Packs(made, Facts(known))


def _parts(document: Document) -> list[Part]:
    def opened(parts: tuple[Part, ...]) -> Iterator[Part]:
        for part in parts:
            yield part
            if isinstance(part, Details):
                yield from opened(part.parts)

    held = [one for section in document.sections for one in (section, *section.sections)]
    return [part for section in held for part in opened(section.parts)]


def _tables(document: Document) -> dict[str, NumberTable]:
    return {part.id: part for part in _parts(document) if isinstance(part, NumberTable)}


def _charts(document: Document) -> list[Chart]:
    drawn = [part for part in _parts(document) if isinstance(part, Chart | Panels)]
    return [chart for part in drawn for chart in (part.charts if isinstance(part, Panels) else (part,))]


def _chart(document: Document, measure: str) -> Chart:
    return next(chart for chart in _charts(document) if chart.id == f"chart-{measure}")


def _year_so_far(document: Document) -> Chart:
    return next(chart for chart in _charts(document) if chart.subtitle.startswith("Number since April"))


def _month_by_month(document: Document) -> list[Chart]:
    return [chart for chart in _charts(document) if chart.along == "Month" and chart != _year_so_far(document)]


def _thirteen(month: Period) -> tuple[Period, ...]:
    return months_between(month.back(12), month)


def _row(document: Document, title: str) -> Row:
    return next(row for row in _tables(document)["summary-table"].rows if text_of(row.heading.phrase) == title)


def _keys(cell: Cell) -> list[str]:
    return [piece.key for piece in cell.phrase if isinstance(piece, Number)]


@pytest.mark.parametrize(
    ("month", "year_end", "begins"),
    [(MARCH, "March 2021", 2021), (APRIL, "March 2022", 2022), (MAY, "March 2022", 2022)],
    ids=str,
)
def test_the_headings_of_the_summary_name_the_years_of_their_own_month(
    packs: Packs, month: Period, year_end: str, begins: int
) -> None:
    end, to_date, before, now, *_ = _tables(packs.of[month])["summary-table"].columns
    assert end.small.startswith(year_end)
    assert to_date.small == f"from April {begins}"
    assert (before.small, now.small) == (month.back(1).label, month.label)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_end_of_year_column_holds_the_march_of_its_heading(packs: Packs, month: Period) -> None:
    keys = [key for row in _tables(packs.of[month])["summary-table"].rows for key in _keys(row.cells[0])]
    assert len(keys) > 6
    assert {key.split("/")[1] for key in keys} == {str(month.april.back(1))}


@pytest.mark.parametrize(("month", "count"), [(MARCH, 12), (APRIL, 1), (MAY, 2)], ids=str)
def test_a_year_to_date_adds_the_months_since_its_own_april(packs: Packs, month: Period, count: int) -> None:
    months = months_between(month.april, month)
    assert len(months) == count
    for measure in ("assessments_45wd_pct", "mash_24h_pct", "referrals", "icpc_held", "cla_started"):
        parts = [packs.facts.get(FactKey(measure, one, Window.MONTH)) for one in months]
        to_date = packs.facts.get(FactKey(measure, month, Window.YEAR_TO_DATE))
        assert to_date is not None
        assert to_date.numerator == sum(part.numerator or 0 for part in parts if part)
        assert to_date.numerator
    assert _keys(_row(packs.of[month], ASSESSMENTS).cells[1]) == [f"assessments_45wd_pct/{month}/year_to_date"]


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_table_of_months_begins_in_its_own_april(packs: Packs, month: Period) -> None:
    wanted = [one.short_label for one in months_between(month.april, month)]
    tables = [table for name, table in _tables(packs.of[month]).items() if name.endswith("-figures")]
    assert len(tables) > 30
    for table in tables:
        assert [column.heading for column in table.columns if column.heading != "Year to date"] == wanted, table.id
    ages = _tables(packs.of[month])["children-on-a-plan-age_band"]
    assert [column.heading for column in ages.columns] == wanted


@pytest.mark.parametrize(("month", "target"), [(MARCH, 95), (APRIL, 90), (MAY, 90)], ids=str)
def test_a_month_is_judged_by_the_target_of_its_own_year(packs: Packs, month: Period, target: int) -> None:
    row = _row(packs.of[month], ASSESSMENTS)
    assert text_of(row.cells[4].phrase) == f"{target}%"
    value = exact_value(packs.facts.get(FactKey("assessments_45wd_pct", month, Window.MONTH)))
    assert value is not None
    status = row.cells[5].status
    assert status is not None
    within = Position.WITHIN_TOLERANCE if value >= target - 5 else Position.NOT_MET
    assert status.position is (Position.MET if value >= target else within)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_target_line_steps_in_april(packs: Packs, month: Period) -> None:
    (line,) = (one for one in _chart(packs.of[month], "assessments_45wd_pct").lines if one.kind == "target")
    assert line.values == tuple(95.0 if one < APRIL else 90.0 for one in _thirteen(month))


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_a_target_that_ended_is_a_finding_from_april_and_its_line_stops_in_march(packs: Packs, month: Period) -> None:
    tables = [part for part in _parts(packs.of[month]) if isinstance(part, NumberTable) and part.kind == "changed"]
    said = [text_of(row.cells[0].phrase) for table in tables for row in table.rows]
    missing = [words for words in said if words.startswith("No target from 1 April 2022")]
    title = _chart(packs.of[month], CASELOADS).subject
    assert missing == ([] if month == MARCH else [f"No target from 1 April 2022 for: {title}."])
    (line,) = (one for one in _chart(packs.of[month], CASELOADS).lines if one.kind == "target")
    assert line.values == tuple(20.0 if one < APRIL else None for one in _thirteen(month))


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_chart_goes_on_over_the_turn_of_the_year_without_a_gap(packs: Packs, month: Period) -> None:
    charts = _month_by_month(packs.of[month])
    assert len(charts) > 30
    wanted = [one.short_label for one in _thirteen(month)]
    for chart in charts:
        for series in chart.series:
            assert [point.label for point in series.points] == wanted, chart.id


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_what_a_chart_draws_is_each_months_own_figure_and_never_a_sum_since_april(packs: Packs, month: Period) -> None:
    known = {str(fact.key): fact for fact in packs.facts}
    drawn = 0
    for chart in _month_by_month(packs.of[month]):
        for series in chart.series:
            for own, point in zip(_thirteen(month), series.points, strict=True):
                if point.value is None:
                    continue
                fact = known[point.number.key]
                assert fact.key.period == own
                assert fact.key.window in {Window.MONTH, Window.MONTH_END, Window.ROLLING_YEAR}
                if chart.shape is not Shape.STACKS:
                    assert point.value == pytest.approx(fact.value)
                drawn += 1
        if chart.shape is Shape.STACKS:
            for place in range(len(_thirteen(month))):
                shares = [series.points[place].value for series in chart.series]
                assert sum(share or 0 for share in shares) == pytest.approx(100)
                assert chart.unit is Unit.PERCENT
    assert drawn > 500


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_chart_of_the_year_so_far_begins_anew_in_april_and_says_so(packs: Packs, month: Period) -> None:
    chart = _year_so_far(packs.of[month])
    year = months_between(month.april, month.april.back(-11))
    assert chart.subtitle == f"Number since April, {year[0].label} to {year[-1].label}, as now known"
    counted = chart.series[0].points
    assert [point.label for point in counted] == [one.short_label for one in year]
    own = [packs.facts.get(FactKey("pbr_claims", one, Window.YEAR_TO_DATE)) for one in year if one <= month]
    assert [point.value for point in counted] == [*(one and one.value for one in own), *[None] * (12 - len(own))]


def test_the_new_year_of_the_demo_asks_first_for_the_target_that_ends(demo: Path) -> None:
    first, *others = ask("new-year", "2022", "--format", "json", workspace=demo).data
    title = open_workspace(demo).registry.measures[CASELOADS].title
    assert (first["what"], first["stands"]) == (f"Target: {title}", "20 until 31 March 2022")
    assert first["to do"] == "Set one for the new year"
    changed = [row["stands"] for row in others if row["what"] == f"Target: {ASSESSMENTS}"]
    assert changed == ["90 from 1 April 2022, 95 before"]
