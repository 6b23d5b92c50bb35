"""Review conferences of child protection plans, and reviews of children in care."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.placements import months_earlier
from scorecard.synthetic.plan import MONTHS
from scorecard.synthetic.recording import Later
from scorecard.synthetic.working_days import moved, some_working_day, working_days_within

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.cases import ProtectionPlan
    from scorecard.synthetic.council import Council

_FIRST_MONTHS, _NEXT_MONTHS = 3, 6
_TAKES_PART = ("PN0", "PN1", "PN2", "PN3", "PN5", "PN7")
_FIRST_CARE_REVIEW, _SECOND_CARE_REVIEW, _NEXT_CARE_REVIEW = 20, timedelta(days=91), timedelta(days=183)


def review_plans(council: Council) -> None:
    """Hold every review in the month it is due, as many of them in time as the plan says."""
    due = {plan.id: months_earlier(plan.started, -_FIRST_MONTHS) for plan in council.protection_plans}
    for month in MONTHS:
        open_plans = [plan for plan in council.protection_plans if _goes_on(plan, month)]
        coming = [plan for plan in open_plans if _is_due(plan, due[plan.id], month)]
        final = [plan for plan in open_plans if _ends_before(plan, due[plan.id], month)]
        late = _late(council, month, coming, final, due)
        for plan in coming:
            held = _held(council, month, due[plan.id], late=plan.id in late)
            _write(council, plan, due[plan.id], held)
            due[plan.id] = months_earlier(held, -_NEXT_MONTHS)
        for plan in final:
            _write(council, plan, due[plan.id], plan.ended or month.last_day)


def _goes_on(plan: ProtectionPlan, month: Period) -> bool:
    return plan.started <= month.last_day and (plan.ended is None or plan.ended >= month.first_day)


def _is_due(plan: ProtectionPlan, due: date, month: Period) -> bool:
    return month.first_day <= due <= month.last_day and (plan.ended is None or plan.ended > month.last_day)


def _ends_before(plan: ProtectionPlan, due: date, month: Period) -> bool:
    """Whether the plan ends this month at a review held before it was due."""
    return plan.ended is not None and month.first_day <= plan.ended <= min(month.last_day, due)


def _late(
    council: Council, month: Period, coming: list[ProtectionPlan], final: list[ProtectionPlan], due: dict[str, date]
) -> set[str]:
    """Which reviews are late; where the share is printed, reviews at the end of a plan make the number fit."""
    share = council.plan.exact["reviews_in_time"].get(str(month))
    while share and final and not _fits(len(coming) + len(final), share):
        final.pop()
    number = len(coming) + len(final)
    in_time = _nearest(number, share or council.plan.exact["reviews_in_time"]["otherwise"])
    must = [plan for plan in coming if not working_days_within(month.first_day, due[plan.id])]
    can = [plan for plan in coming if plan not in must and working_days_within(_next(due[plan.id]), month.last_day)]
    chosen = council.draw.sample(can, min(max(number - in_time - len(must), 0), len(can)))
    return {plan.id for plan in must + chosen}


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _nearest(number: int, share: float) -> int:
    return round(number * share / 100)


def _fits(number: int, share: float) -> bool:
    return abs(100 * _nearest(number, share) / max(number, 1) - share) < 0.5  # noqa: PLR2004 - half a point rounds away


def _held(council: Council, month: Period, due: date, *, late: bool) -> date:
    if late:
        return some_working_day(council.draw, _next(due), month.last_day)
    return some_working_day(council.draw, max(month.first_day, due - timedelta(days=14)), moved(due, 0))


def _write(council: Council, plan: ProtectionPlan, due: date, held: date) -> None:
    council.register.enter(
        "ssd_cp_reviews",
        held,
        cppr_cp_review_id=council.register.number("RV"),
        cppr_person_id=plan.case.child.id,
        cppr_cp_plan_id=plan.id,
        cppr_cp_review_due=due,
        cppr_cp_review_date=held,
        cppr_cp_review_outcome_continue_cp="N" if held == plan.ended else "Y",
        cppr_cp_review_quorate="Y",
        cppr_cp_review_participation=council.draw.choice(_TAKES_PART),
    )


def review_care(council: Council) -> None:
    """Reviews of children in care: within twenty working days, after three months, then every six."""
    for period in council.care:
        due = moved(period.started, _FIRST_CARE_REVIEW)
        for place in range(60):
            held = due + timedelta(days=council.draw.choice((-9, -6, -4, -2, -1, 0, 0, 3, 8)))
            if held > MONTHS[-1].last_day or (period.ended and held >= period.ended):
                break
            if held >= MONTHS[0].first_day:
                _write_care_review(council, period, due, held)
            due = held + (_SECOND_CARE_REVIEW if place == 0 else _NEXT_CARE_REVIEW)


def _write_care_review(council: Council, period: CarePeriod, due: date, held: date) -> None:
    held = max(held, period.started + timedelta(days=1))
    council.register.enter(
        "ssd_cla_reviews",
        max(held, period.recorded),
        clar_cla_review_id=council.register.number("CR"),
        clar_cla_id=period.id,
        clar_cla_review_due_date=due,
        clar_cla_review_date=Later(held, max(held, period.recorded)),
        clar_cla_review_cancelled="N",
        clar_cla_review_participation=council.draw.choice(_TAKES_PART),
    )
