"""Which children the strategy discussions, enquiries, conferences and plans were about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.synthetic.cases import ProtectionPlan
from scorecard.synthetic.plan import ABUSE_CATEGORIES
from scorecard.synthetic.protection_records import write_conference, write_strategy
from scorecard.synthetic.schedule import FAMILY_OF_THREE, plans_ending
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from datetime import date

    from scorecard.synthetic.cases import Case
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.schedule import Conference
    from scorecard.synthetic.strategies import Strategy

_OLDEST_PROTECTED = 16
_SHORTEST_PLAN, _TOO_LONG_A_PLAN = timedelta(days=75), timedelta(days=560)
_TWO_YEARS_BEFORE = timedelta(days=700)
_REPEATS = 0.16
_EXACT_REPEATS = {"2021-11": 4}
_FAMILY_UNTIL = "2021-06"
_LONG_PLAN_MONTH, _LONG_PLAN_UNTIL = "2019-11", "2022-02"


def attach(council: Council, strategies: list[Strategy], repeats: set[int]) -> None:
    """Find the child of each discussion decided on this month, in the order of days."""
    family: list[Case] = []
    pool = [case for case in council.open_cases if case.closed is None and case.care_from is None]
    for strategy in strategies:
        conference = strategy.conference
        if conference and conference.long_family and family:
            case = _sibling_case(pool, family[0], strategy)
        else:
            case = _case_for(council, pool, strategy, wants_repeat=id(strategy) in repeats)
        if conference and conference.long_family:
            family.append(case)
            _join(family)
        _involve(council, case, strategy)


def repeats_wanted(council: Council, strategies: list[Strategy]) -> set[int]:
    """Which of the plans follow an earlier one of the same child: a share of each month's."""
    starting: dict[Period, list[Strategy]] = {}
    for strategy in strategies:
        conference = strategy.conference
        if conference and conference.category and not conference.long_family:
            starting.setdefault(Period.holding(conference.held), []).append(strategy)
    chosen = [_repeats(council, month, those) for month, those in sorted(starting.items())]
    return {id(strategy) for those in chosen for strategy in those}


def _repeats(council: Council, month: Period, starting: list[Strategy]) -> list[Strategy]:
    number = _EXACT_REPEATS.get(str(month), round(len(starting) * _REPEATS))
    return council.draw.sample(starting, number)


def _case_for(council: Council, pool: list[Case], strategy: Strategy, *, wants_repeat: bool) -> Case:
    conference = strategy.conference
    able = [case for case in pool if _able(case, strategy)]
    if conference and conference.category:
        able = [case for case in able if _has_been_protected(case, conference.held) == wants_repeat]
    if not able:
        return _by_default(council, pool, strategy)
    return _likeliest(council, able, strategy)


def _able(case: Case, strategy: Strategy) -> bool:
    day = strategy.decided
    return (
        case.busy_until < day
        and case.recorded <= day
        and case.referred <= day
        and case.protected_from is None
        and (case.in_need is None or (case.in_need.ended is None and case.in_need.started < day))
        and (case.in_need is not None or case.waiting is not None)
        and case.child.age_on(day) < _OLDEST_PROTECTED
        and not (case.child.awaited and case.child.born > day - timedelta(days=30))
    )


def _has_been_protected(case: Case, held: date) -> bool | None:
    """Whether the child's last plan ended within two years; None where it ended, but too long or too lately ago."""
    ended = case.child.protection_ended
    if ended is None:
        return False
    return True if held - _TWO_YEARS_BEFORE < ended < held - timedelta(days=30) else None


def _likeliest(council: Council, able: list[Case], strategy: Strategy) -> Case:
    """Mostly the newest referrals, at times a child already on a plan."""
    since = strategy.decided - timedelta(days=35)
    fresh = [case for case in able if case.referred > since]
    return council.draw.choice(fresh if fresh and council.draw.random() < 0.7 else able)  # noqa: PLR2004 - mostly


def _by_default(council: Council, pool: list[Case], strategy: Strategy) -> Case:
    able = [case for case in pool if _able(case, strategy)]
    if not able:
        message = f"no open case can have a strategy discussion decided on {strategy.decided}"
        raise LookupError(message)
    never = [case for case in able if case.child.protection_ended is None]
    return council.draw.choice(never or able)


def _sibling_case(pool: list[Case], first: Case, strategy: Strategy) -> Case:
    able = [case for case in pool if _able(case, strategy) and case.child.protection_ended is None]
    return min(
        able, key=lambda case: (case.child.family != first.child.family, abs((case.referred - first.referred).days))
    )


def _join(family: list[Case]) -> None:
    """The three are siblings, whatever their cases said before."""
    for case in family[1:FAMILY_OF_THREE]:
        case.child.family = family[0].child.family


def _involve(council: Council, case: Case, strategy: Strategy) -> None:
    case.busy_until = strategy.ends
    case.strategies.append(strategy.decided)
    enquiry = write_strategy(council, case, strategy)
    if strategy.conference:
        hold(council, case, strategy.conference, enquiry, strategy.held)


def hold(council: Council, case: Case, conference: Conference, enquiry: str | None, started: date | None) -> None:
    """An initial conference, and the plan it decides on."""
    plan = _plan(council, case, conference) if conference.category else None
    identifier = write_conference(council, case, conference, enquiry, started, plan)
    if plan:
        plan.conference = identifier
        council.protection_plans.append(plan)
        case.protection, case.protected_from = plan, plan.started
        if case.in_need:
            case.in_need.ended = plan.started


def _plan(council: Council, case: Case, conference: Conference) -> ProtectionPlan:
    category = conference.category or ABUSE_CATEGORIES[0]
    changed = council.draw.random() < 0.08  # noqa: PLR2004 - some were first placed in another category
    initial = council.draw.choice([one for one in ABUSE_CATEGORIES[:2] if one != category]) if changed else category
    plan = ProtectionPlan(
        id=council.register.number("CP"),
        case=case,
        conference="",
        started=conference.held,
        category=category,
        initial_category=initial,
        recorded=conference.recorded,
    )
    plan.next_review = plan.started
    if conference.long_family:
        plan.kept_until = _until(_FAMILY_UNTIL)
    return plan


def _until(month: str) -> date:
    return Period.parse(month).first_day


def keep_one_long(council: Council, month: Period) -> None:
    """One plan that began in November 2019 goes on for more than two years."""
    if str(month) == _LONG_PLAN_MONTH:
        begun = [plan for plan in council.protection_plans if month.first_day <= plan.started <= month.last_day]
        chosen = min((plan for plan in begun if plan.category == "NEG"), key=lambda plan: plan.started)
        chosen.kept_until = _until(_LONG_PLAN_UNTIL)


def transfer_in(council: Council, conference: Conference) -> None:
    """A child on another authority's plan moves here: a conference without an enquiry."""
    day = moved(conference.held, -6)
    able = [
        case
        for case in council.open_cases
        if case.referred <= day
        and case.closed is None
        and case.waiting is not None
        and case.on_no_plan
        and case.busy_until < day
        and case.child.protection_ended is None
        and case.child.age_on(day) < _OLDEST_PROTECTED
        and not case.child.awaited
    ]
    case = max(able, key=lambda one: one.referred)
    case.busy_until = conference.held
    hold(council, case, conference, None, None)


def end_plans(council: Council, month: Period) -> list[ProtectionPlan]:
    """End the month's number of plans in each category, the longest-lasting first; hand back those that ended."""
    ended: list[ProtectionPlan] = []
    for category, number in plans_ending(council.plan, month).items():
        for plan in _to_end(council, month, category, number):
            first = max(month.first_day, plan.started + timedelta(days=60))
            plan.ended = some_working_day(council.draw, first, moved(month.last_day, -1))
            plan.case.protection, plan.case.protected_from = None, None
            plan.case.child.protection_ended = plan.ended
            ended.append(plan)
    return ended


def _to_end(council: Council, month: Period, category: str, number: int) -> list[ProtectionPlan]:
    draw, last = council.draw, month.last_day
    able = [
        plan
        for plan in council.protection_plans
        if plan.ended is None
        and plan.category == category
        and plan.started < last - _SHORTEST_PLAN
        and (plan.kept_until is None or plan.kept_until <= last)
    ]
    overdue = {plan.id for plan in able if last - plan.started > _TOO_LONG_A_PLAN or plan.kept_until}
    chance = {plan.id: plan.started.toordinal() if plan.id in overdue else draw.random() for plan in able}
    ranked = sorted(able, key=lambda plan: (plan.id not in overdue, chance[plan.id]))
    if len(ranked) < number:
        more = [plan for plan in council.protection_plans if plan.ended is None and plan.category == category]
        more = sorted(
            (plan for plan in more if plan not in ranked and plan.kept_until is None), key=lambda plan: plan.started
        )
        ranked += more
    return ranked[:number]
