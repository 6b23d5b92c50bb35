"""A broken tie is printed where the figure stands, and a count is followed in a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from invented_november import NOVEMBER, context, facts

from scorecard.facts.fact import Facts
from scorecard.findings.ties import Cohort, RollForward, SameCohort, Ties
from scorecard.pack.desk import Desk
from scorecard.pack.document import Note, Notice, NumberTable, Part
from scorecard.pack.plan import TopicPlan
from scorecard.pack.ties import ties_of
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.findings.ties import Held

CARE = TopicPlan("children-in-care", "Care", ("cla_open", "cla_rate"), follows=("cla_open",))
OTHER = TopicPlan("plans", "Plans", ("cpp_open",))


def _rolled(closing: Held, ended: Held) -> RollForward:
    return RollForward("cla_open", NOVEMBER, Counter("abc"), Counter("abd"), Counter("e"), ended, closing)


def _parts(ties: Ties, plan: TopicPlan = CARE, shown: Facts | None = None) -> tuple[Part, ...]:
    return ties_of(Desk(replace(context(), ties=ties), shown or facts()), plan)


def test_a_count_that_ties_is_a_table_and_nothing_more() -> None:
    (table,) = _parts(Ties({"cla_open": _rolled(Counter("bde"), Counter("a"))}))
    assert isinstance(table, NumberTable)
    lines = [(text_of(row.heading.phrase), text_of(row.cells[0].phrase)) for row in table.rows]
    assert lines == [
        ("The end of October 2021, as first reported", "3"),
        ("Entered late", "+1"),
        ("Removed or corrected since", "−1"),
        ("The end of October 2021, as known for November 2021", "3"),
        ("Started", "+1"),
        ("Ended", "−1"),
        ("The end of November 2021", "3"),
    ]


def test_children_who_came_and_left_without_a_record_are_told_where_the_figure_stands() -> None:
    ties = Ties({"cla_open": _rolled(Counter("bdef"), Counter())})
    notice = _parts(ties)[-1]
    assert isinstance(notice, Notice)
    assert notice.heading == "These figures do not tie."
    assert text_of(notice.phrase).endswith(
        "1 came into the count without a start and 1 left it without an end recorded in November 2021."
    )
    assert _parts(ties, OTHER) == ()


def test_children_of_one_day_that_differ_do_not_tie_and_of_two_days_are_told() -> None:
    ours = Cohort("cla_open", date(2021, 11, 30), frozenset("abc"))
    name = "Children and young people in care"
    one_day = f"1 only among {name}, 2 only among {name}."
    two_days = (
        f"{name} was looked at on 29 November 2021, children and young people in care on 30 November 2021: "
        "1 child is only in the counts of the later day, 2 only in those of the earlier."
    )
    for day, kind, said in ((date(2021, 11, 30), Notice, one_day), (date(2021, 11, 29), Note, two_days)):
        other = Cohort("cla_open", day, frozenset("bcde"))
        (told,) = _parts(Ties({}, (SameCohort(ours, other),)))
        assert isinstance(told, kind)
        assert text_of(told.phrase) == said


def test_a_whole_its_parts_do_not_make_is_told_where_it_stands() -> None:
    wrong = [
        replace(fact, numerator=(fact.numerator or 0) + 1) if fact.key.indicator == "cla_open" else fact
        for fact in facts()
    ]
    assert any(isinstance(part, Notice) for part in _parts(Ties(), shown=Facts(wrong)))
    assert _parts(Ties()) == ()
