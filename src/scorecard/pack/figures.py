"""The facts of a pack as rows of data: the month in all its parts, and the months before it as wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.fact import WHOLE
from scorecard.findings.finding import MONTHS_SHOWN
from scorecard.pack.document import Figure

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact
    from scorecard.pack.desk import Desk


def figures_of(desk: Desk) -> tuple[Figure, ...]:
    """Every figure of the month, and of the months before it those of the whole, in a lasting order."""
    months = {desk.context.period.back(step) for step in range(MONTHS_SHOWN)}
    held = [
        fact
        for fact in desk.facts
        if fact.key.indicator in desk.measures
        and (fact.key.period == desk.context.period or (fact.key.dimension == WHOLE and fact.key.period in months))
    ]
    return tuple(_figure(desk, fact) for fact in sorted(held, key=_place))


def _place(fact: Fact) -> tuple[str, str, str, bool, str, str]:
    key = fact.key
    return (key.indicator, str(key.period), key.window, key.dimension != WHOLE, key.dimension, key.member)


def _figure(desk: Desk, fact: Fact) -> Figure:
    key, measure = fact.key, desk.measures[fact.key.indicator]
    return Figure(
        key=str(key),
        measure=key.indicator,
        title=measure.title,
        period=str(key.period),
        window=key.window,
        dimension=key.dimension,
        member=_member(desk, fact),
        as_at=fact.as_at,
        numerator=fact.numerator,
        denominator=fact.denominator,
        value=fact.value,
        unit=fact.unit,
        decimals=measure.decimals,
        status=fact.status,
        quality=fact.quality,
        snapshot=fact.snapshot,
        definition=fact.definition,
        supplied_by=fact.supplied_by,
        reason=fact.reason,
    )


def _member(desk: Desk, fact: Fact) -> str:
    """What a part is called; its code where nothing names it."""
    names = [
        desk.members(dimension, (member,)).get(member, member)
        for dimension, member in zip(fact.key.dimension.split("×"), fact.key.member.split("×"), strict=False)
    ]
    return fact.key.member if fact.key.dimension == WHOLE else " × ".join(names)
