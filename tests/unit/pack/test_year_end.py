"""What the end of the year means is one setting, said in the heading, and never a figure of another kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from invented_november import NOVEMBER, context, fact, facts

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import FactKey, Facts
from scorecard.findings.comparators import Area, Comparator, Comparators, PeriodKind
from scorecard.pack.context import EndOfYear, View
from scorecard.pack.document import NumberTable
from scorecard.pack.layout import build_document
from scorecard.pack.year_end import STATUTORY_METHOD, year_end_column
from scorecard.words.phrase import text_of

PUBLISHED = Comparator(
    measure="assessments_45wd_pct",
    area=Area.COUNCIL,
    label="Marcher County Council",
    value=Decimal("81.9"),
    decimals=1,
    unit=Unit.PERCENT,
    counts="assessments completed in the year",
    period_kind=PeriodKind.YEAR,
    period_start=date(2020, 4, 1),
    period_end=date(2021, 3, 31),
    published=date(2021, 10, 28),
    source="DfE",
    method="as published",
)
RETURNED = replace(PUBLISHED, value=Decimal("82.4"), method=STATUTORY_METHOD, published=date(2021, 7, 1))
WHOLE_YEAR = fact(
    FactKey("assessments_45wd_pct", NOVEMBER.april.back(1), Window.YEAR_TO_DATE), 84, 100, Unit.PERCENT, scale=100
)


@pytest.mark.parametrize(
    ("kind", "heading", "printed"),
    [
        (EndOfYear.MARCH_FIRST_REPORTED, "March 2021, as first reported", "89%"),
        (EndOfYear.YEAR, "year 2020/21", "84%"),
        (EndOfYear.STATUTORY, "statutory return 2020/21", "82.4%"),
        (EndOfYear.PUBLISHED, "published by DfE 2020/21", "81.9%"),
    ],
)
def test_the_column_holds_what_its_heading_says(kind: EndOfYear, heading: str, printed: str) -> None:
    given = replace(context(), end_of_year=kind, comparators=Comparators([PUBLISHED, RETURNED]))
    document = build_document(given, Facts([*facts(), WHOLE_YEAR]))
    section = next(one for one in document.sections if one.id == "summary")
    table = next(part for part in section.parts if isinstance(part, NumberTable))
    assert (table.columns[0].heading, table.columns[0].small) == ("End of year", heading)
    cells = {text_of(row.heading.phrase): text_of(row.cells[0].phrase) for row in table.rows}
    assert cells["Assessments completed in 45 working days"] == printed
    if kind in {EndOfYear.STATUTORY, EndOfYear.PUBLISHED}:
        assert cells["Children and young people in care per 10,000"] == "-"


def test_a_march_that_is_told_as_now_known_is_not_headed_as_first_reported() -> None:
    column = year_end_column(replace(context(), view=View.NOW))
    assert column.small == "March 2021, as now known"
