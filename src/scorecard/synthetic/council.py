"""The council at work: what every room of it shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.synthetic.families import Families
from scorecard.synthetic.recording import Register
from scorecard.synthetic.workforce import Workforce

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.cases import Assessment, Case, InNeedPlan, ProtectionPlan
    from scorecard.synthetic.families import Child
    from scorecard.synthetic.plan import Plan


@dataclass
class Council:
    """People, open work, closed work, and the register all of it is written in."""

    draw: Random
    plan: Plan
    register: Register = field(default_factory=Register)
    open_cases: list[Case] = field(default_factory=list)
    all_cases: list[Case] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    waiting: list[Assessment] = field(default_factory=list)
    in_need_plans: list[InNeedPlan] = field(default_factory=list)
    protection_plans: list[ProtectionPlan] = field(default_factory=list)
    care: list[CarePeriod] = field(default_factory=list)
    left_unbegun: set[str] = field(default_factory=set)
    heard_of: list[Child] = field(default_factory=list)
    latest_case: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Found the families and hire the workers."""
        self.families = Families(self.draw, self.register)
        self.workforce = Workforce(self.draw)

    def take_up(self, case: Case) -> None:
        """Open a case."""
        self.open_cases.append(case)
        self.all_cases.append(case)
        self.latest_case[case.child.id] = case

    def still_open(self, day: date) -> list[Case]:
        """Cases open at the end of a day."""
        return [case for case in self.open_cases if case.closed is None or case.closed > day]

    def tidy(self, day: date) -> None:
        """Put away the cases that were closed by a day."""
        self.open_cases = self.still_open(day)
