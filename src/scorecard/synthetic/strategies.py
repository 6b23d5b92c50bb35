"""Days of strategy discussions: decided on, held, written up; each enquiry starts with one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from scorecard.synthetic.plan import MONTHS
from scorecard.synthetic.working_days import moved, some_working_day, working_days_from, working_days_within

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.synthetic.plan import Plan
    from scorecard.synthetic.schedule import Conference, Enquiry

_THE_SAME_FOR_EVERY_SEED = 47
RECORDED_LIMIT = 5
_WRITTEN_UP_AFTER_DAYS = 6
_EARLIEST = date(2017, 4, 11)


@dataclass(frozen=True)
class Strategy:
    """One discussion: the day it was decided on, held and written up, and what came of it."""

    decided: date
    held: date
    completed: date
    outcome: str
    enquiry: Enquiry | None = None

    @property
    def conference(self) -> Conference | None:
        """The conference it led to in the end."""
        return self.enquiry.conference if self.enquiry else None

    @cached_property
    def ends(self) -> date:
        """The day everything it set going is over, but for a plan."""
        ends = self.enquiry.ended if self.enquiry else self.completed
        return max(ends, self.completed, self.conference.held if self.conference else ends)


def strategies_of_the_plan(plan: Plan, enquiries: list[Enquiry]) -> list[Strategy]:
    """Every discussion, by the day it was decided on."""
    draw = Random(_THE_SAME_FOR_EVERY_SEED)  # noqa: S311 - a made-up council, nothing secret
    queue: deque[Strategy] = deque()
    coming = deque(_held_on(draw, one) for one in enquiries)
    done: list[Strategy] = []
    for month in MONTHS:
        wait = _waiting(plan, month, queue)
        while coming and coming[0].held <= month.last_day:
            queue.append(coming.popleft())
        done += _written_up(draw, month, _without_enquiry(draw, plan, month, _taken(plan, month, queue), wait), plan)
    return sorted([*done, *queue], key=lambda one: one.decided)


def _held_on(draw: Random, enquiry: Enquiry) -> Strategy:
    outcome = "S47_JOINT" if draw.random() < 0.55 else "S47_SINGLE"  # noqa: PLR2004 - joint with the police, mostly
    return Strategy(enquiry.started, enquiry.started, moved(enquiry.started, 7), outcome, enquiry)


def _taken(plan: Plan, month: Period, queue: deque[Strategy]) -> list[Strategy]:
    """The discussions that led to an enquiry and are written up this month: the oldest first."""
    exact = plan.of("strategy", "to_enquiry", month)
    edge = month.last_day - timedelta(days=_WRITTEN_UP_AFTER_DAYS)
    number = exact or sum(one.held <= edge for one in queue)
    return [queue.popleft() for _ in range(min(number, len(queue)))]


def _waiting(plan: Plan, month: Period, queue: deque[Strategy]) -> int:
    """How many discussions without an enquiry the month before left unwritten, where their number is printed."""
    printed = plan.exact["open_work"].get(month.back(1).last_day.isoformat(), {}).get("strategy_discussions")
    return 0 if printed is None else int(printed) - len(queue)


def _without_enquiry(draw: Random, plan: Plan, month: Period, taken: list[Strategy], wait: int) -> list[Strategy]:
    """The month's discussions made up to their number by those that led to no enquiry."""
    number = max(plan.of("strategy", "completed", month) - len(taken), 0)
    first, last = max(month.first_day, _EARLIEST), month.last_day
    out = list(taken)
    for place in range(number):
        held = (
            some_working_day(draw, first - timedelta(days=12), first - timedelta(days=1))
            if place < wait
            else some_working_day(draw, first, last)
        )
        outcome = draw.choices(("ASSESSMENT", "NFA", "OTHER"), (70, 18, 12))[0]
        out.append(Strategy(held, held, held, outcome))
    return out


def _written_up(draw: Random, month: Period, discussions: list[Strategy], plan: Plan) -> list[Strategy]:
    """Share out who was written up in time: never those held too long before the month began."""
    in_time = plan.of("strategy", "recorded_in_time", month)
    reachable = moved(month.first_day, -(RECORDED_LIMIT - 1))
    can = [place for place, one in enumerate(discussions) if one.held >= reachable]
    chosen = set(draw.sample(can, min(in_time, len(can))))
    return [
        _in_time(draw, month, one) if place in chosen else _late(draw, month, one)
        for place, one in enumerate(discussions)
    ]


def _in_time(draw: Random, month: Period, one: Strategy) -> Strategy:
    last = min(moved(one.held, RECORDED_LIMIT - 1), month.last_day)
    completed = some_working_day(draw, max(one.held, month.first_day), last)
    slack = RECORDED_LIMIT - working_days_from(one.held, completed)
    decided = moved(one.held, -draw.randint(0, min(slack, 2)))
    return replace(one, decided=max(decided, _EARLIEST), completed=completed)


def _late(draw: Random, month: Period, one: Strategy) -> Strategy:
    first = max(moved(one.held, RECORDED_LIMIT + 1), month.first_day)
    days = working_days_within(first, month.last_day)
    completed = draw.choice(days) if days else working_days_within(month.first_day, month.last_day)[-1]
    latest = moved(completed, -(RECORDED_LIMIT + 1))
    decided = min(one.held, latest)
    return replace(one, decided=max(decided, _EARLIEST), completed=completed)
