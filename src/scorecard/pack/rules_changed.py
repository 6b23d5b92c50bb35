"""The rule that changed within a figure's period: which, when, from what to what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorecard.facts.fact import Status
from scorecard.pack.document import Note
from scorecard.words.grammar import day_in_words
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.findings.finding import Reading
    from scorecard.pack.desk import Desk
    from scorecard.sql.rules import Parameter


def rule_notes(desk: Desk, readings: tuple[Reading, ...]) -> tuple[Note, ...]:
    """For each definition with a figure of two rules, the changes of each parameter it looks up."""
    mixed = {one.indicator.id: one.indicator for one in readings if _is_mixed(one)}
    return tuple(
        Note((Label(f"{indicator.title}: {said}"),))
        for indicator in mixed.values()
        for name in indicator.parameters
        if name in desk.context.parameters
        for said in _said(desk, desk.context.parameters[name])
    )


def _is_mixed(reading: Reading) -> bool:
    return any(fact is not None and fact.status is Status.MIXED for fact in (reading.now, reading.to_date))


def _said(desk: Desk, parameter: Parameter) -> Iterator[str]:
    """What it was and what it is, where it changed in the last twelve months: no window is longer."""
    period = desk.context.period
    first, last = period.back(12).first_day, period.last_day
    for before, since in pairwise(parameter.values):
        if first < since.from_day <= last:
            day = day_in_words(since.from_day)
            yield (
                f"the rule changed on {day} ({before.value:g} {parameter.unit} before, {since.value:g} since); "
                "each case is judged by the rule of its own day."
            )
