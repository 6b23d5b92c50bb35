"""The demo by ethnic group and duration: nobody is lost, and what is one number is one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask

from scorecard.calendar.periods import Period
from scorecard.definitions.indicator import NOT_RECORDED
from scorecard.pack.context import View
from scorecard.pack.document import NumberTable
from scorecard.words.phrase import text_of
from scorecard.work.pack import document_of
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

Parts = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def parts(demo: Path) -> dict[tuple[str, str], Parts]:
    """Each measure's parts in November 2021, as first reported: by measure and window, by dimension and member."""
    found: dict[tuple[str, str], Parts] = {}
    for row in ask("facts", "2021-11", "--view", "first", "--format", "csv", workspace=demo).rows:
        if row["numerator"]:
            of = found.setdefault((row["indicator"], row["window"]), {}).setdefault(row["dimension"], {})
            of[row["member"]] = float(row["numerator"])
    return found


@pytest.mark.parametrize(
    ("measure", "window", "dimension"),
    [
        ("cpp_open", "month_end", "ethnicity"),
        ("cpp_open", "month_end", "plan_duration"),
        ("cla_open", "month_end", "ethnicity"),
        ("cla_open", "month_end", "care_duration"),
        ("cin_plans_open", "month_end", "need_duration"),
        ("cpp_started", "year_to_date", "ethnicity"),
        ("cla_started", "year_to_date", "ethnicity"),
        ("referrals", "month", "ethnicity"),
        ("icpc_held", "month", "ethnicity"),
        ("assessments_completed", "month", "assessment_duration"),
    ],
)
def test_parts_add_up_to_the_whole_and_are_several(
    parts: dict[tuple[str, str], Parts], measure: str, window: str, dimension: str
) -> None:
    held = parts[measure, window]
    assert sum(held[dimension].values()) == held["all"]["all"]
    assert sum(number > 0 for number in held[dimension].values()) > 2
    assert held[dimension].get(NOT_RECORDED, 0) == 0


def test_plans_of_two_years_or_more_are_those_the_measure_counts(parts: dict[tuple[str, str], Parts]) -> None:
    assert parts["cpp_open", "month_end"]["plan_duration"]["over_2_years"] > 0
    counted = parts["cpp_2y_open_pct", "month_end"]["all"]["all"]
    assert parts["cpp_open", "month_end"]["plan_duration"]["over_2_years"] == counted


def test_assessments_of_up_to_45_working_days_are_those_in_time(parts: dict[tuple[str, str], Parts]) -> None:
    bands = parts["assessments_completed", "month"]["assessment_duration"]
    late = sum(bands[name] for name in ("up_to_50", "up_to_60", "over_60"))
    assert sum(bands.values()) - late == parts["assessments_45wd_pct", "month"]["all"]["all"]
    assert late > 0


@pytest.mark.parametrize(
    ("topic", "whole", "duration"),
    [("children-on-a-plan", "194", "plan_duration"), ("children-in-care", "345", "care_duration")],
)
def test_the_pack_shows_who_the_children_are_and_for_how_long(
    demo: Path, topic: str, whole: str, duration: str
) -> None:
    document = document_of(open_workspace(demo), Period(2021, 11), View.FIRST, date(2021, 12, 6))
    section = next(one for held in document.sections for one in held.sections if one.id == topic)
    tables = {part.id: part for part in section.parts if isinstance(part, NumberTable)}
    for dimension in ("age_band", "sex", "ethnicity", duration):
        table = tables[f"{topic}-{dimension}"]
        assert text_of(table.rows[-1].cells[-1].phrase) == whole
        assert len(table.rows) > 2
