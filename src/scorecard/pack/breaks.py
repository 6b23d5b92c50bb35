"""Where a rule that a definition looks up changed within the months a chart draws."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorecard.pack.charts import Break
from scorecard.pack.month_charts import months_drawn
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.findings.finding import Reading
    from scorecard.pack.desk import Desk


def breaks_of(desk: Desk, readings: Iterable[Reading]) -> tuple[Break, ...]:
    """The changes of rule within the months drawn, after the first of them; each once, the earliest first."""
    found = {one for reading in readings for one in _of_one(desk, reading)}
    return tuple(sorted(found, key=lambda one: (one.day, one.told)))


def _of_one(desk: Desk, reading: Reading) -> Iterable[Break]:
    months = months_drawn(reading)
    held = (desk.context.parameters[name] for name in reading.indicator.parameters if name in desk.context.parameters)
    for parameter in held:
        for before, since in pairwise(parameter.values):
            month = next((one for one in months[1:] if one.first_day <= since.from_day <= one.last_day), None)
            if month is None or before.value == since.value:
                continue
            values = f"{before.value:g} {parameter.unit} before, {since.value:g} since"
            yield Break(
                month.short_label, since.from_day, f"The rule changed on {day_in_words(since.from_day)} ({values})."
            )
