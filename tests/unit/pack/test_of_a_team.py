"""In a team's pack nothing of the whole council stands as the team's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_november import context, facts

from scorecard.facts.fact import Facts
from scorecard.pack.context import EndOfYear, PackContext
from scorecard.pack.desk import Desk, Footnotes
from scorecard.pack.document import CommentarySlot, Note, NumberTable, Section
from scorecard.pack.published import published
from scorecard.pack.topic import topic_section
from scorecard.pack.year_end import year_end_cell, year_end_column
from scorecard.words.phrase import text_of

NAME = "assessments_45wd_pct"


def _topic(told: PackContext, name: str, found: Facts | None = None) -> Section:
    plan = next(topic for section in told.plan.sections for topic in section.topics if topic.id == name)
    return topic_section(Desk(told, found or facts()), plan)


@pytest.mark.parametrize("kind", [EndOfYear.STATUTORY, EndOfYear.PUBLISHED])
def test_what_was_returned_or_published_of_the_council_is_no_teams_end_of_year(kind: EndOfYear) -> None:
    told = replace(context(), told_for="North", end_of_year=kind)
    usual = replace(context(), end_of_year=EndOfYear.MARCH_FIRST_REPORTED)
    assert year_end_column(told) == year_end_column(usual) != year_end_column(replace(told, told_for=""))
    cells = []
    for one in (told, usual):
        desk = Desk(one, facts())
        reading = desk.reading(NAME)
        assert reading
        cells.append(year_end_cell(desk, reading, Footnotes()))
    assert cells[0] == cells[1]


@pytest.mark.parametrize(("team", "heading"), [("North", "North"), ("", context().council)])
def test_beside_published_figures_a_teams_own_are_headed_with_its_name(team: str, heading: str) -> None:
    told = replace(context(), told_for=team)
    desk = Desk(told, facts())
    plan = next(topic for section in told.plan.sections for topic in section.topics if NAME in topic.measures)
    tables = [part for part in published(desk, plan, desk.told((NAME,))) if isinstance(part, NumberTable)]
    assert tables[0].columns[0].heading == heading


def test_what_a_service_says_of_the_council_does_not_stand_under_a_teams_figures() -> None:
    def spoken(team: str) -> list[CommentarySlot]:
        section = _topic(replace(context(), told_for=team), "screening")
        return [part for part in section.parts if isinstance(part, CommentarySlot)]

    assert len(spoken("")) == 1
    assert spoken("North") == []


def test_a_topic_a_team_had_no_case_of_is_one_line() -> None:
    def nothing(one: float | None) -> float | None:
        return None if one is None else 0

    found = Facts(
        replace(one, numerator=0, denominator=nothing(one.denominator), value=nothing(one.value)) for one in facts()
    )
    section = _topic(replace(context(), told_for="North"), "screening", found)
    assert [text_of(part.phrase) for part in section.parts if isinstance(part, Note)] == ["North has no cases of this."]
    assert len(section.parts) == 1
    assert len(_topic(replace(context(), told_for="North"), "screening").parts) > 3
    assert len(_topic(context(), "screening", found).parts) > 3
