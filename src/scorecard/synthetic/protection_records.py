"""The records of strategy discussions, enquiries, conferences, plans and their reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later, known_later
from scorecard.synthetic.schedule import CONFERENCE_LIMIT
from scorecard.synthetic.workforce import COURT_TEAMS, team_of
from scorecard.synthetic.working_days import moved

if TYPE_CHECKING:
    from datetime import date

    from scorecard.synthetic.cases import Case, ProtectionPlan
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.schedule import Conference, Enquiry
    from scorecard.synthetic.strategies import Strategy


def write_strategy(council: Council, case: Case, strategy: Strategy) -> str | None:
    """Enter a discussion, and its enquiry if one follows; the enquiry's identifier."""
    enquiry = _write_enquiry(council, case, strategy.enquiry) if strategy.enquiry else None
    council.register.enter(
        "ssdx_strategy_discussions",
        strategy.held,
        strd_strategy_id=council.register.number("SD"),
        strd_person_id=case.child.id,
        strd_referral_id=case.referral,
        strd_s47_enquiry_id=enquiry,
        strd_decision_date=strategy.decided,
        strd_held_date=strategy.held,
        strd_completed_date=Later(strategy.completed, strategy.completed),
        strd_status=Later("COMPLETED", strategy.completed, "STARTED"),
        strd_outcome_code=Later(strategy.outcome, strategy.completed),
    )
    return enquiry


def _write_enquiry(council: Council, case: Case, enquiry: Enquiry) -> str:
    identifier = council.register.number("E")
    team = council.draw.choice(COURT_TEAMS) if case.in_need else case.team
    worker = council.workforce.someone(team)
    council.register.enter(
        "ssd_s47_enquiry",
        enquiry.started,
        s47e_s47_enquiry_id=identifier,
        s47e_referral_id=case.referral,
        s47e_person_id=case.child.id,
        s47e_s47_start_date=enquiry.started,
        s47e_s47_end_date=Later(enquiry.ended, enquiry.ended),
        s47e_s47_nfa=Later("Y" if enquiry.outcome == "NFA" else "N", enquiry.ended),
        s47e_s47_outcome_json=Later(_enquiry_flags(enquiry.outcome), enquiry.ended),
        s47e_s47_completed_by_worker_id=worker,
        s47e_s47_completed_by_team=team_of(team, worker, enquiry.started, enquiry.ended),
    )
    return identifier


def _enquiry_flags(outcome: str) -> str:
    flag = {"ICPC": "CP_CONFERENCE_FLAG", "NFA": "NFA_FLAG"}.get(outcome, "PROV_OF_SERVICES_FLAG")
    return f'{{"{flag}": "Y"}}'


def write_conference(  # noqa: PLR0913, PLR0917 - one row, its parts
    council: Council,
    case: Case,
    conference: Conference,
    enquiry: str | None,
    started: date | None,
    plan: ProtectionPlan | None,
) -> str:
    """Enter an initial conference, booked when its enquiry ends; its identifier."""
    identifier, team = council.register.number("IC"), council.draw.choice(COURT_TEAMS)
    held = conference.recorded
    council.register.enter(
        "ssd_initial_cp_conference",
        _booked(case, conference),
        icpc_icpc_id=identifier,
        icpc_s47_enquiry_id=enquiry,
        icpc_person_id=case.child.id,
        icpc_cp_plan_id=known_later(plan.id if plan else None, held),
        icpc_referral_id=case.referral,
        icpc_icpc_transfer_in="Y" if conference.transferred_in else "N",
        icpc_icpc_target_date=moved(started, CONFERENCE_LIMIT) if started else None,
        icpc_icpc_date=Later(conference.held, held),
        icpc_icpc_outcome_cp_flag=Later("Y" if plan else "N", held),
        icpc_icpc_outcome_json=Later('{"CP_FLAG": "Y"}' if plan else '{"PROV_OF_SERVICES_FLAG": "Y"}', held),
        icpc_icpc_team=team.value,
        icpc_icpc_worker_id=council.workforce.someone(team),
    )
    return identifier


def _booked(case: Case, conference: Conference) -> date:
    return max(case.recorded, conference.booked or moved(conference.held, -5))


def write_plans(council: Council) -> None:
    """Enter every child protection plan with its end."""
    for plan in council.protection_plans:
        changed = moved(plan.started, 60) if plan.category != plan.initial_category else None
        latest = plan.category
        council.register.enter(
            "ssd_cp_plans",
            plan.recorded,
            cppl_cp_plan_id=plan.id,
            cppl_referral_id=plan.case.referral,
            cppl_icpc_id=plan.conference,
            cppl_person_id=plan.case.child.id,
            cppl_cp_plan_start_date=plan.started,
            cppl_cp_plan_end_date=known_later(plan.ended, plan.ended) if plan.ended else None,
            cppl_cp_plan_initial_category=plan.initial_category if changed else latest,
            cppl_cp_plan_ola="N",
            cppl_cp_plan_latest_category=latest,
        )
