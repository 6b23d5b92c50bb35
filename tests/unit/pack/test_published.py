"""A published figure says whose it is and whence it comes, and nothing of how it was made that goes without saying."""

from __future__ import annotations

from dataclasses import replace

from invented_november import context, facts

from scorecard.findings.comparators import Area, Comparator, Comparators
from scorecard.pack.desk import Desk
from scorecard.pack.document import NumberTable
from scorecard.pack.plan import TopicPlan
from scorecard.pack.published import published
from scorecard.words.phrase import text_of

NAME = "assessments_45wd_pct"
ONE = replace(
    next(one for one in context().comparators if one.measure == NAME and one.area is Area.ENGLAND),
    method="mean of the published values",
    members=10,
    members_used=10,
)


def _table(*held: Comparator) -> NumberTable:
    desk = Desk(replace(context(), comparators=Comparators(held)), facts())
    parts = published(desk, TopicPlan("topic", "Topic", (NAME,)), desk.told((NAME,)))
    return next(part for part in parts if isinstance(part, NumberTable))


def test_the_councils_own_published_figure_is_not_taken_for_the_one_counted() -> None:
    headings = [column.heading for column in _table(replace(ONE, area=Area.COUNCIL, label="Marcher")).columns]
    assert headings[-1] == "Marcher, as published"


def test_how_many_members_a_mean_is_of_is_told_only_where_some_are_missing() -> None:
    assert not any("10 of 10" in text_of(note.phrase) for note in _table(ONE).notes)
    some = _table(replace(ONE, members_used=9)).notes
    assert any(text_of(note.phrase) == "Mean of the published values: 9 of 10." for note in some)


def test_a_figure_printed_in_a_scorecard_is_not_said_to_have_been_published() -> None:
    (note,) = _table(replace(ONE, source="As printed in the scorecard of November 2021 (a tool)")).notes
    assert text_of(note.phrase).endswith("From another council's scorecard of November 2021.")
