"""One month counted from two sources of the same records: which figures are the same, which the second cannot know.

Take both with `facts_taken`, lay them side by side with `compare`, and assert that nothing is `different`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.facts.fact import Fact, FactKey, Facts, Quality, Status
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.work.take import take
from scorecard.work.views import count
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NOVEMBER, AS_AT = Period(2021, 11), date(2021, 11, 30)
NOT_COUNTED = "no such fact"
_OWN = ("scorecard.toml", "parameters.toml", "teams.csv")
_SHOWN = 20


@dataclass(frozen=True)
class RoundTrip:
    """Keys of facts: those that are the same, those the layout cannot know and why, those that differ and how.

    A breakdown is known as one or not at all: where the layout lacks one part of it, the whole of it is not available.
    What differs and says itself that it is not sound, and why, is `doubted` and not `different`.
    """

    same: tuple[FactKey, ...]
    not_available: Mapping[FactKey, str]
    different: Mapping[FactKey, str]
    doubted: Mapping[FactKey, str]

    @property
    def measures_the_same(self) -> frozenset[str]:
        """The measures of which some fact is the same and none differs."""
        return frozenset(key.indicator for key in self.same) - {key.indicator for key in self.different}

    @property
    def measures_not_available(self) -> frozenset[str]:
        """The measures of which the layout gives not one fact that the contract gives."""
        known = {key.indicator for key in (*self.same, *self.different, *self.doubted)}
        return frozenset(key.indicator for key in self.not_available) - known

    def __str__(self) -> str:
        """How many of each, and the first that differ."""
        first = [f"  {key}: {how}" for key, how in list(self.different.items())[:_SHOWN]]
        counts = (
            f"{len(self.same)} the same, {len(self.not_available)} not available, {len(self.doubted)} doubted,"
            f" {len(self.different)} different"
        )
        return "\n".join([counts, *first])


def facts_taken(source: Path, folder: Path, demo: Path, as_at: date = AS_AT, period: Period = NOVEMBER) -> Facts:
    """All facts of a month, every window and part, from a source taken in a workspace with the demo's settings."""
    folder.mkdir(parents=True)
    for name in _OWN:
        if (demo / name).exists():
            shutil.copy(demo / name, folder / name)
    workspace = open_workspace(folder)
    counted = count(workspace, take(workspace, source, as_at).snapshot, (period,))
    rows = fact_rows(counted.engine.connection, "facts", [period])
    counted.engine.close()
    return Facts(to_fact(row) for row in rows)


def compare(contract: Facts, layout: Facts) -> RoundTrip:
    """Lay the facts of a layout beside those of the contract's own tables."""
    same, lacking, different = list[FactKey](), dict[FactKey, str](), dict[FactKey, str]()
    doubted = dict[FactKey, str]()
    known = (fact for fact in contract if fact.status is not Status.NOT_AVAILABLE)
    for _, facts in groupby(sorted(known, key=_breakdown), key=_breakdown):
        there = list(facts)
        why = _not_available(there, layout)
        for fact in there:
            other = layout.get(fact.key)
            if why or (other and fact.status is other.status is Status.NOT_AVAILABLE):
                lacking[fact.key] = why or Status.NOT_AVAILABLE
            elif other and _figure(fact) == _figure(other):
                same.append(fact.key)
            elif other and other.reason and other.quality is not Quality.SOUND:
                doubted[fact.key] = f"{other.quality}: {other.reason}"
            else:
                different[fact.key] = f"{_said(fact)} from the contract, {_said(other)} from the layout"
    for fact in layout:
        if contract.get(fact.key) is None and fact.status is not Status.NOT_AVAILABLE and fact.numerator:
            different[fact.key] = f"none from the contract, {_said(fact)} from the layout"
    return RoundTrip(tuple(same), lacking, different, doubted)


def _breakdown(fact: Fact) -> tuple[str, str, str, str]:
    key = fact.key
    return key.indicator, str(key.period), key.window, key.dimension


def _not_available(facts: Iterable[Fact], layout: Facts) -> str:
    """Why the layout has not one, or not every, part of a breakdown; empty where it has."""
    others = [(fact, layout.get(fact.key)) for fact in facts]
    unknown = [other for _, other in others if other and other.status is Status.NOT_AVAILABLE]
    if unknown:
        return unknown[0].reason or Status.NOT_AVAILABLE
    if any(other for _, other in others):
        return ""
    key = others[0][0].key
    whole = layout.get(FactKey(key.indicator, key.period, key.window))
    return (whole.reason if whole else "") or NOT_COUNTED


def _figure(fact: Fact) -> tuple[object, ...]:
    return fact.numerator, fact.denominator, fact.value, fact.status


def _said(fact: Fact | None) -> str:
    return f"{fact.numerator} of {fact.denominator} ({fact.status})" if fact else "none"
