"""A small figure says of how many children and families it is, where the records link them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_november import NOVEMBER, context, facts

from scorecard.calendar.periods import Window
from scorecard.facts.fact import FactKey
from scorecard.facts.families import Families
from scorecard.pack.desk import Desk
from scorecard.pack.document import Bullets
from scorecard.pack.plan import TopicPlan
from scorecard.pack.topic import topic_section
from scorecard.words.phrase import Number, text_of

PLAN = TopicPlan("contacts", "Contacts", ("contacts_received",))
KEY = FactKey("contacts_received", NOVEMBER, Window.MONTH)


def _said(families: dict[FactKey, Families]) -> Bullets:
    section = topic_section(Desk(replace(context(), families=families), facts()), PLAN)
    return next(part for part in section.parts if isinstance(part, Bullets))


@pytest.mark.parametrize(
    ("families", "words"),
    [(Families(4, 2), "Counted: 4 children in 2 families."), (Families(1, 1), "Counted: 1 child in 1 family.")],
)
def test_a_small_figure_says_how_many_children_of_how_many_families(families: Families, words: str) -> None:
    item = _said({KEY: families}).items[0]
    assert text_of(item).endswith(f" {words}")
    assert [one.key for one in item if isinstance(one, Number)][-2:] == [f"{KEY}#children", f"{KEY}#families"]


def test_a_figure_whose_families_are_not_known_says_nothing_of_them() -> None:
    of_another_month = replace(KEY, period=NOVEMBER.back(1))
    assert "famil" not in text_of(_said({of_another_month: Families(4, 2)}).items[0])
