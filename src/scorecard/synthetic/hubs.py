"""The three hubs that screen contacts, and the hours each is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.synthetic.workforce import Team
from scorecard.synthetic.working_days import some_working_day, working_days_within

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True)
class Hub:
    """One hub: its route code, its hours, and how many contacts it carries over the end of a month."""

    route: str
    section: str
    hours: int
    team: Team
    carried: int
    opens: Period = Period(2017, 4)  # noqa: RUF009 - a frozen value


MASH = Hub("MASH", "mash", 24, Team.MASH, 6)
DA_HUB = Hub("DAHUB", "da_hub", 48, Team.DA_HUB, 2)
EARLY_HELP_HUB = Hub("EHHUB", "eh_hub", 72, Team.EARLY_HELP_HUB, 4, Period(2021, 4))
_MARGIN = 1.5  # hours kept clear of the limit, wider than the hour of a clock change


@dataclass(frozen=True)
class Moments:
    """When a contact came in and when the hub decided."""

    received: datetime
    decided: datetime


def moments(draw: Random, hub: Hub, month: Period, *, in_time: bool) -> Moments:
    """A contact both received and decided within the month."""
    first = datetime.combine(month.first_day, time(0, 5))
    hours = _hours(draw, hub, in_time=in_time)
    earliest = first + timedelta(hours=hours)
    day = some_working_day(draw, earliest.date() + timedelta(days=1), month.last_day)
    decided = datetime.combine(day, time(draw.randint(9, 17), draw.randint(0, 59)))
    return Moments(decided - timedelta(hours=hours), decided)


def carried_moments(draw: Random, hub: Hub, month: Period, *, in_time: bool) -> Moments:
    """A contact received on the last day of the month before, and decided in this month."""
    received = datetime.combine(month.back(1).last_day, time(draw.randint(15, 22), draw.randint(0, 59)))
    if in_time:
        decided = datetime.combine(month.first_day, time(8, draw.randint(0, 50)))
    else:
        decided = received + timedelta(hours=hub.hours + draw.uniform(_MARGIN, 40))
    return Moments(received, decided.replace(second=0, microsecond=0))


def passed_on(draw: Random, hub: Hub, received: datetime, *, in_time: bool) -> Moments:
    """A contact that another hub passed on at a moment."""
    decided = received + timedelta(hours=_hours(draw, hub, in_time=in_time))
    return Moments(received, decided.replace(second=0, microsecond=0))


def _hours(draw: Random, hub: Hub, *, in_time: bool) -> float:
    if in_time:
        return round(draw.uniform(0.5, hub.hours - _MARGIN), 1)
    return round(hub.hours + draw.triangular(_MARGIN, 120, 10), 1)


def latest_to_pass_on(month: Period) -> datetime:
    """The last moment at which a contact passed on is still decided in the month, however late."""
    return datetime.combine(working_days_within(month.first_day, month.last_day)[-9], time(0))
