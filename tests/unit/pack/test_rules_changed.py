"""A figure judged by two rules names the rule that changed, and one judged by a single rule says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from invented_november import INDICATORS, context, facts

from scorecard.facts.fact import Facts, Status
from scorecard.pack.desk import Desk
from scorecard.pack.rules_changed import rule_notes
from scorecard.sql.rules import DatedValue, Parameter
from scorecard.words.phrase import text_of

NAME = "assessments_45wd_pct"
INDICATOR = next(one for one in INDICATORS if NAME in {measure.id for measure in one.measures})


def _notes(changed: date, status: Status = Status.MIXED) -> list[str]:
    values = (DatedValue(date(2013, 4, 1), 3, "a"), DatedValue(changed, 5, "b"))
    own = replace(INDICATOR, title="Child seen", parameters=("seen_limit",))
    told = replace(
        context(),
        indicators={own.id: own},
        parameters={"seen_limit": Parameter("seen_limit", "Limit", "working days", values)},
    )
    held = [replace(fact, status=status) if fact.key.indicator == NAME else fact for fact in facts()]
    desk = Desk(told, Facts(held))
    return [text_of(note.phrase) for note in rule_notes(desk, desk.told((NAME,)))]


def test_the_rule_that_changed_is_named_with_its_day_and_its_values() -> None:
    (said,) = _notes(date(2021, 10, 1))
    assert said.startswith("Child seen: the rule changed on 1 October 2021 (3 working days before, 5 since); each case")


@pytest.mark.parametrize(("changed", "status"), [(date(2021, 10, 1), Status.FINAL), (date(2019, 10, 1), Status.MIXED)])
def test_a_figure_of_one_rule_and_a_change_of_years_ago_have_no_note(changed: date, status: Status) -> None:
    assert _notes(changed, status) == []
