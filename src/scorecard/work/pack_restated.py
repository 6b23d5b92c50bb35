"""What a pack says of figures that are not what was first reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from scorecard.facts.fact import WHOLE, Facts
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.restate import Restatement
from scorecard.findings.finding import headline_window
from scorecard.findings.restated import greatest_first
from scorecard.pack.restated import MOST_SHOWN
from scorecard.work.restated import Asked, told_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.registry import Registry
    from scorecard.facts.fact import FactKey
    from scorecard.findings.restated import Tolerance
    from scorecard.pack.plan import PackPlan
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace


def months_restated(workspace: Workspace, period: Period) -> tuple[FrozenMonth, ...]:
    """The frozen months of the financial year up to a month, and the month before in any case."""
    first = min(period.april, period.back(1))
    return tuple(one for one in workspace.months.all() if first <= one.period <= period)


def kept_facts(frozen: FrozenMonth, months: Sequence[Period]) -> Facts:
    """What a freeze knew of these months, of whole figures alone."""
    with duckdb.connect(":memory:") as connection:
        connection.read_parquet(str(frozen.facts)).filter(f"dimension = '{WHOLE}'").create_view("kept")
        return Facts(map(to_fact, fact_rows(connection, "kept", months)))


def restated_figures(
    registry: Registry, first: Sequence[FrozenMonth], now: Facts, tolerance: Tolerance
) -> dict[FactKey, Restatement]:
    """Each whole figure of its own window that is not what was first reported, beyond a tolerance."""
    found = dict["FactKey", Restatement]()
    for frozen in first:
        for was in kept_facts(frozen, (frozen.period,)):
            key, to = was.key, now.get(was.key)
            if to is None or key.indicator not in registry.measures:
                continue
            one = Restatement(key, was, to, ())
            own = key.window is headline_window(registry.of_measure(key.indicator))
            if own and tolerance.is_passed(one, registry.measure(key.indicator)):
                found[key] = one
    return found


def explained(
    workspace: Workspace, found: dict[FactKey, Restatement], known: date, plan: PackPlan
) -> dict[FactKey, Restatement]:
    """The same, those that the pack lists with what led from the one to the other.

    Only those: telling records apart takes a second for each month.
    """
    measures = workspace.registry.measures
    named = {*plan.summary, *plan.followed} & measures.keys()
    headline = (one for one in found.values() if one.key.indicator in named)
    listed = {one.key for one in greatest_first(headline, measures)[:MOST_SHOWN]}
    months = sorted({key.period for key in listed})
    if not months:
        return found
    asked = Asked(tuple(sorted({key.indicator for key in listed})), every_window=False)
    told = {key: one.restatement for key, one in told_apart(workspace, months, known, asked).items() if key in found}
    # A bridge to another figure than the one printed, by a rule that has changed since, would explain nothing.
    return found | {key: one for key, one in told.items() if one.now.value == found[key].now.value}
