"""A case: one child's time with social care from referral to closure, and what is going on in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorecard.synthetic.families import Child
    from scorecard.synthetic.workforce import Team

LONG_AGO = date(1990, 1, 1)


@dataclass(eq=False)
class Assessment:
    """One child and family assessment; it has no start until somebody takes it up."""

    id: str
    case: Case
    started: date | None
    again: bool = False
    authorised: date | None = None
    first_seen: date | None = None
    outcome: str | None = None
    next_action: str | None = None
    had_strategy: bool = False


@dataclass(eq=False)
class InNeedPlan:
    """One child in need plan."""

    id: str
    case: Case
    started: date
    ended: date | None = None


@dataclass(eq=False)
class ProtectionPlan:
    """One child protection plan, from its conference."""

    id: str
    case: Case
    conference: str
    started: date
    category: str
    initial_category: str
    recorded: date
    ended: date | None = None
    kept_until: date | None = None
    next_review: date | None = None


@dataclass(eq=False)
class Case:
    """One referral and all that hangs on it."""

    referral: str
    child: Child
    referred: date
    recorded: date
    source: str
    team: Team
    worker: str
    no_further_action: bool = False
    came_back: bool = False
    busy_until: date = LONG_AGO
    strategies: list[date] = field(default_factory=list)
    waiting: Assessment | None = None
    last_assessed: date | None = None
    in_need: InNeedPlan | None = None
    in_need_plans: list[InNeedPlan] = field(default_factory=list)
    protected_from: date | None = None
    protection: ProtectionPlan | None = None
    care_from: date | None = None
    closed: date | None = None
    closed_recorded: date | None = None
    reason: str | None = None

    @property
    def on_no_plan(self) -> bool:
        """Whether nothing but an assessment keeps the case open."""
        return self.in_need is None and self.protected_from is None and self.care_from is None

    def close(self, day: date, reason: str, recorded: date | None = None) -> None:
        """End the case."""
        self.closed, self.reason, self.closed_recorded = day, reason, recorded or day
