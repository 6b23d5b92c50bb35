"""Child in need plans: begun after assessments and after protection plans, ended when the plan's number is reached."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.cases import InNeedPlan
from scorecard.synthetic.recording import known_later
from scorecard.synthetic.workforce import COURT_TEAMS, Team
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.synthetic.cases import Assessment, Case, ProtectionPlan
    from scorecard.synthetic.council import Council

_STEPPED_DOWN = 0.75
_LOOSE_TO_PLAN = 0.45
_SHORTEST, _LATELY = timedelta(days=28), timedelta(days=13)


def begin(council: Council, case: Case, day: date) -> None:
    """A new plan."""
    case.in_need = InNeedPlan(council.register.number("N"), case, day)
    case.in_need_plans.append(case.in_need)
    council.in_need_plans.append(case.in_need)


def follow_assessments(council: Council, done: list[Assessment]) -> None:
    """Do what each assessment decided."""
    for one in done:
        day = one.authorised
        if day is None:
            continue
        if one.outcome == "CINPLAN":
            begin(council, one.case, day)
        elif one.outcome == "ADULT":
            one.case.close(day, "RC6")
        elif one.outcome == "CLOSE":
            one.case.close(day, "RC8")


def follow_protection(council: Council, ended: list[ProtectionPlan]) -> None:
    """Step down to a child in need plan, or close."""
    for plan in ended:
        if plan.ended is None or plan.case.care_from is not None:
            continue
        if plan.case.waiting is not None or council.draw.random() < _STEPPED_DOWN:
            begin(council, plan.case, plan.ended + timedelta(days=1))
        else:
            plan.case.close(plan.ended, "RC7")


def settle_loose_ends(council: Council, month: Period) -> None:
    """Cases with nothing left to do are closed, or get a plan."""
    for case in council.open_cases:
        if case.closed is None and case.waiting is None and case.on_no_plan and not case.no_further_action:
            first = max(month.first_day, moved(case.busy_until, 1) if case.strategies else month.first_day)
            if case.last_assessed and first <= month.last_day - timedelta(days=1):
                _settle(council, case, some_working_day(council.draw, max(first, case.last_assessed), month.last_day))


def _settle(council: Council, case: Case, day: date) -> None:
    if council.draw.random() < _LOOSE_TO_PLAN:
        begin(council, case, day)
    else:
        case.close(day, "RC7")


def end_plans(council: Council, month: Period) -> None:
    """End as many plans as leave the planned number open at the month's end."""
    open_now = [
        plan
        for plan in council.in_need_plans
        if plan.started <= month.last_day and (plan.ended is None or plan.ended > month.last_day)
    ]
    surplus = len(open_now) - council.plan.of("in_need_plans", "open", month)
    able = [plan for plan in open_now if _can_end(plan, month)]
    for plan in sorted(able, key=lambda one: _age(council, one))[: max(surplus, 0)]:
        earliest = max(
            month.first_day,
            plan.started + _SHORTEST,
            moved(plan.case.busy_until, 1) if plan.case.strategies else month.first_day,
        )
        plan.ended = some_working_day(council.draw, max(earliest, plan.case.last_assessed or earliest), month.last_day)
        plan.case.in_need = None
        plan.case.close(plan.ended, "RC7")


def _age(council: Council, plan: InNeedPlan) -> float:
    """The older a plan, the likelier it ends."""
    return plan.started.toordinal() + council.draw.uniform(0, 450)


def _can_end(plan: InNeedPlan, month: Period) -> bool:
    case = plan.case
    return (
        plan.ended is None
        and case.waiting is None
        and case.protected_from is None
        and plan.started + _SHORTEST < month.last_day
        and (not case.strategies or moved(case.busy_until, 1) <= month.last_day)
        and (case.last_assessed is None or case.last_assessed <= month.last_day)
    )


def retire(council: Council, month: Period) -> None:
    """Forget the plan of a case whose plan ended because another kind of plan began."""
    for case in council.open_cases:
        if case.in_need is not None and case.in_need.ended is not None and case.in_need.ended <= month.last_day:
            case.in_need = None


def begin_as_counted(council: Council) -> None:
    """Let as many plans begin on the last day of November 2021 as the stock of the day before wants."""
    printed = council.plan.exact["day_before"]
    day: date = printed["on"]
    after = day + timedelta(days=1)
    held = [plan for plan in council.in_need_plans if plan.ended is None or plan.ended > max(plan.started, after)]
    surplus = sum(plan.started <= day for plan in held) - int(printed["in_need_open"])
    surplus += sum(plan.started <= day and plan.ended == after for plan in council.in_need_plans)
    lately = [plan for plan in held if day - _LATELY < plan.started <= day]
    for plan in council.draw.sample(lately, max(surplus, 0)):
        plan.started = after
    for plan in [one for one in held if one.started == after][: max(-surplus, 0)]:
        plan.started = day


def write_plans(council: Council) -> None:
    """Enter every child in need plan with its end."""
    for plan in council.in_need_plans:
        if plan.ended is not None and plan.ended <= plan.started:
            continue
        team = council.draw.choice((Team.CHILD_IN_NEED, Team.CHILD_IN_NEED, *COURT_TEAMS))
        council.register.enter(
            "ssd_cin_plans",
            plan.started,
            cinp_cin_plan_id=plan.id,
            cinp_referral_id=plan.case.referral,
            cinp_person_id=plan.case.child.id,
            cinp_cin_plan_start_date=plan.started,
            cinp_cin_plan_end_date=known_later(plan.ended, plan.ended) if plan.ended else None,
            cinp_cin_plan_team=team.value,
            cinp_cin_plan_worker_id=council.workforce.someone(team),
        )
