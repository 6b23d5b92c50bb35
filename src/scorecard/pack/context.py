"""Everything a pack is made from besides its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.facts.run import DEFAULT_BOUNDS, Bounds
from scorecard.facts.verdicts import Verdicts
from scorecard.findings.baselines import Baselines
from scorecard.findings.comparators import Comparators
from scorecard.findings.targets import Targets
from scorecard.findings.ties import Ties
from scorecard.findings.wording import shipped_wording
from scorecard.pack.commentary import NO_COMMENTARY, Commentary
from scorecard.pack.remarks import NO_REMARKS, Remarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.calendar.periods import Period
    from scorecard.contract.volumes import Volume
    from scorecard.definitions.indicator import Dimension, Indicator
    from scorecard.facts.fact import FactKey, Facts
    from scorecard.facts.families import Families
    from scorecard.facts.restate import Restatement
    from scorecard.facts.run import Population
    from scorecard.findings.completeness import Provisional
    from scorecard.findings.wording import Wording
    from scorecard.pack.plan import PackPlan
    from scorecard.pack.promises import Promise
    from scorecard.sql.rules import Parameter


COMPARED_FROM = 10
"""Of how many a team's figure must be to stand beside another team's, unless a council says otherwise."""


JUDGED_FROM = 10
"""Of how many cases a percentage must be to be judged at all, unless a council says otherwise."""


class EndOfYear(StrEnum):
    """What the summary's first column holds: March as reported, the year, the council's return, what was published."""

    MARCH_FIRST_REPORTED = "march_first_reported"
    YEAR = "year"
    STATUTORY = "statutory"
    PUBLISHED = "published"


class Edition(StrEnum):
    """The whole pack, or only what is off target, out of limits, restated or not reliable."""

    FULL = "full"
    EXCEPTIONS = "exceptions"


class View(StrEnum):
    """As first reported at the month's freeze, or as now known."""

    FIRST = "first"
    NOW = "now"

    @property
    def words(self) -> str:
        """As it is said under a chart."""
        return "as first reported" if self is View.FIRST else "as now known"


@dataclass(frozen=True)
class Beside:
    """The service a team stands beside: its name and its own figures."""

    title: str
    facts: Facts


@dataclass(frozen=True)
class LetStand:
    """A finding that would have stopped the month, and who let it stand and why; on the figures it touches."""

    finding: str
    by: str
    because: str
    indicators: frozenset[str]


@dataclass(frozen=True)
class OtherDay:
    """A table that speaks up to another day than the rest, and the children of whom that tells two times."""

    table: str
    title: str
    day: date
    children: int


@dataclass(frozen=True)
class PackContext:
    """A council, a month, a view of its figures, and what they are compared with.

    A pack may be `told_for` one team or service alone, whose name this is; a team's stands `beside` its service.
    `compared_from` is of how many a team's figure must be to be compared, `judged_from` of how many cases any
    percentage must be to be judged; `rated` is whether red, amber and green stand beside. `local_clocks` are the
    indicators judged by a time limit no national guidance sets; `parameters` are the dated numbers that definitions
    look up. `broken` says of each month, as it was reported, how many records broke each rule of data quality, by its
    id; `volumes` how many rows the month brought. `restated` are the figures that are not what was first reported, as
    `known` on a day and beyond the council's tolerance; `provisional` what may still come to the month's counts.
    `asked_known` is the day a reader asked for, `revision` what a month that was frozen again says of itself.
    `let_stand` are the findings that were accepted by name, and `other_days` the tables that speak up to a day of their
    own. `promises` are what services said they would do, in this month or an earlier one. `only` is whether the whole
    is told or the exceptions alone.
    """

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
    remarks: Remarks = NO_REMARKS
    end_of_year: EndOfYear = EndOfYear.MARCH_FIRST_REPORTED
    local_clocks: frozenset[str] = frozenset()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    wording: Wording = field(default_factory=shipped_wording)
    ties: Ties = field(default_factory=Ties)
    compared_from: int = COMPARED_FROM
    judged_from: int = JUDGED_FROM
    rated: bool = False
    baselines: Baselines = field(default_factory=Baselines)
    families: Mapping[FactKey, Families] = field(default_factory=dict)
    told_for: str = ""
    beside: Beside | None = None
    broken: Mapping[Period, Mapping[str, int]] = field(default_factory=dict)
    volumes: tuple[Volume, ...] = ()
    verdicts: Verdicts = field(default_factory=Verdicts)
    bounds: Bounds = DEFAULT_BOUNDS
    restated: Mapping[FactKey, Restatement] = field(default_factory=dict)
    known: date = date.min
    asked_known: date | None = None
    revision: str = ""
    provisional: Mapping[FactKey, Provisional] = field(default_factory=dict)
    let_stand: tuple[LetStand, ...] = ()
    other_days: tuple[OtherDay, ...] = ()
    promises: tuple[Promise, ...] = ()
    only: Edition = Edition.FULL

    @property
    def is_internal(self) -> bool:
        """Whether it is the edition that may print words marked as personal: only one that calls itself internal."""
        return self.edition.casefold().startswith("internal")
