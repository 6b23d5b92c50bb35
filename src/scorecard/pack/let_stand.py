"""What a reader must know of the extract itself: findings that were let stand, tables that speak up to another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.document import Notice
from scorecard.words.grammar import plural, printed_day
from scorecard.words.numbers import counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from scorecard.pack.context import OtherDay
    from scorecard.pack.desk import Desk
    from scorecard.pack.plan import TopicPlan
    from scorecard.words.phrase import Phrase


def let_stand(desk: Desk, plan: TopicPlan) -> tuple[Notice, ...]:
    """The findings that touch a topic's figures, each with the name and the reason."""
    return tuple(
        Notice("Let stand.", (Label(f"{one.finding}: {one.because} ({one.by})."),))
        for one in desk.context.let_stand
        if one.indicators & _indicators(desk, plan)
    )


def out_of_step(desk: Desk, plan: TopicPlan) -> tuple[Notice, ...]:
    """The tables behind a topic's figures that speak up to another day than the rest of the extract."""
    tables = {table for name in _indicators(desk, plan) for table in desk.context.indicators[name].tables}
    return tuple(
        Notice("Not all of one day.", _other_day(desk, one)) for one in desk.context.other_days if one.table in tables
    )


def _other_day(desk: Desk, one: OtherDay) -> Phrase:
    number = Number(counted(one.children), f"extract/{desk.context.period}#{one.table}", Source.FINDING)
    return (
        *(Label(one.title), " speak up to ", printed_day(one.day), ", everything else up to "),
        *(printed_day(desk.context.as_at), ": ", number, plural(one.children, " child is", " children are")),
        " out of step.",
    )


def _indicators(desk: Desk, plan: TopicPlan) -> set[str]:
    return {desk.indicators[name].id for name in plan.named if name in desk.indicators}
