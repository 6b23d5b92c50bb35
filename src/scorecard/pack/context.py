"""Everything a pack is made from besides its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.findings.comparators import Comparators
from scorecard.findings.targets import Targets
from scorecard.findings.wording import shipped_wording
from scorecard.pack.commentary import NO_COMMENTARY, Commentary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Dimension, Indicator
    from scorecard.facts.run import Population
    from scorecard.findings.wording import Wording
    from scorecard.pack.plan import PackPlan


class View(StrEnum):
    """As first reported at the month's freeze, or as now known."""

    FIRST = "first"
    NOW = "now"


@dataclass(frozen=True)
class MeasureNote:
    """A remark a council binds to some of its measures."""

    measures: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class PackContext:
    """A council, a month, a view of its figures, and what they are compared with."""

    council: str
    period: Period
    as_at: date
    produced_on: date
    plan: PackPlan
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    view: View = View.FIRST
    edition: str = "Internal edition"
    marking: str = "OFFICIAL-SENSITIVE"
    contact: str = ""
    notice: str = ""
    snapshot: str = ""
    population: Population | None = None
    targets: Targets = field(default_factory=Targets)
    comparators: Comparators = field(default_factory=Comparators)
    commentary: Commentary = NO_COMMENTARY
    notes: tuple[MeasureNote, ...] = ()
    wording: Wording = field(default_factory=shipped_wording)
