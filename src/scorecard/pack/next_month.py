"""What next month's timeliness can be at best and at worst, told from what is open before it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.fact import FactKey
from scorecard.findings.ahead import next_month_of
from scorecard.findings.printing import value_number
from scorecard.words.grammar import printed_month
from scorecard.words.numbers import rounded, worded
from scorecard.words.phrase import Number, Source, fill

if TYPE_CHECKING:
    from fractions import Fraction

    from scorecard.facts.fact import Fact
    from scorecard.pack.desk import Desk
    from scorecard.pack.plan import NextMonthPlan
    from scorecard.words.phrase import Phrase


def next_month(desk: Desk, plan: NextMonthPlan | None) -> tuple[Phrase, ...]:
    """The sentence of a topic that looks ahead; none where its figures are not all there, or not reliable."""
    if plan is None:
        return ()
    facts = {name: _fact(desk, measure) for name, measure in plan.figures.items()}
    found = next_month_of(facts["open"], facts["late"], facts["due"], facts["finished"])
    if found is None:
        return ()
    period = desk.context.period
    slots: dict[str, Phrase] = {
        **{name: (value_number(fact, desk.measures[fact.key.indicator]),) for name, fact in facts.items() if fact},
        "month": (printed_month(period.last_day, year=False),),
        "next": (printed_month(period.back(-1).last_day, year=False),),
        "worst": (_share(desk, plan, "worst", found.worst),),
        "best": (_share(desk, plan, "best", found.best),),
        "cleared": (_share(desk, plan, "cleared", found.best_when_cleared),),
    }
    words = desk.context.wording["next_month"]
    some = "all" if found.finished == found.open else "some"
    cleared = "cleared" if found.can_be_cleared else "not_cleared"
    return ((*fill(words["open"], slots), " ", *fill(words[some], slots), *fill(words[cleared], slots)),)


def _fact(desk: Desk, measure: str) -> Fact | None:
    return (
        desk.facts.get(FactKey(measure, desk.context.period, desk.window(measure)))
        if measure in desk.measures
        else None
    )


def _share(desk: Desk, plan: NextMonthPlan, name: str, share: Fraction) -> Number:
    key = f"{plan.open}/{desk.context.period.back(-1)}#{name}"
    return Number(worded(rounded(share * 100, 0), Unit.PERCENT, 0), key, Source.FINDING)
