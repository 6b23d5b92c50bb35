"""Assessments under way and not yet begun at a month's end, and the records of all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.cases import Assessment
from scorecard.synthetic.recording import Later
from scorecard.synthetic.workforce import ASSESSMENT_TEAMS, COURT_TEAMS, Team, team_of
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.synthetic.council import Council

_FLAGS = {
    "CINPLAN": "PROV_OF_SERVICES_FLAG",
    "CONTINUE": "OTHER_ACTIONS_FLAG",
    "ACCOMMODATE": "CLA_REQUEST_FLAG",
    "STRATEGY": "STRATEGY_DISCUSSION_FLAG",
    "ADULT": "REFERRAL_TO_OTHER_AGENCY_FLAG",
    "CLOSE": "NFA_FLAG",
}


def is_printed(council: Council, month: Period) -> bool:
    """Whether the month's backlog is a printed number."""
    return "assessments" in council.plan.exact["open_work"].get(month.last_day.isoformat(), {})


def take_up(council: Council, month: Period) -> None:
    """Begin what was left unbegun this month; where the backlog is printed, leave and add what makes it so."""
    printed = council.plan.exact["open_work"].get(month.last_day.isoformat(), {})
    idle = sorted((one for one in council.waiting if one.started is None), key=lambda one: one.case.referred)
    for one in idle:
        if one.case.recorded > month.last_day:
            one.started = moved(one.case.recorded, council.draw.randint(0, 3))
    idle = [one for one in idle if one.started is None]
    keep = int(printed["assessments_incoming"]) if "assessments" in printed else 0
    for one in idle[len(idle) - keep :]:
        council.left_unbegun.add(one.id)
        one.started = some_working_day(council.draw, moved(month.last_day, 1), month.last_day + timedelta(days=20))
    for one in idle[: len(idle) - keep]:
        earliest = max(one.case.referred, one.case.recorded)
        one.started = min(moved(earliest, council.draw.randint(0, 3)), moved(month.last_day, 0))
    if "assessments" in printed:
        _assess_again(council, month, int(printed["assessments"]) - _under_way(council, month.last_day))


def _under_way(council: Council, day: date) -> int:
    return sum(one.started is not None and one.started <= day for one in council.waiting)


def _assess_again(council: Council, month: Period, number: int) -> None:
    """Begin new assessments of children on plans."""
    able = [
        case
        for case in council.still_open(month.last_day)
        if case.waiting is None
        and case.care_from is None
        and case.closed is None
        and (
            (case.in_need is not None and case.in_need.ended is None and case.in_need.started < month.first_day)
            or (case.protection is not None and case.protection.started < month.first_day)
        )
        and (case.last_assessed is None or case.last_assessed < month.first_day)
    ]
    for case in council.draw.sample(able, number):
        started = some_working_day(council.draw, month.first_day, month.last_day)
        case.waiting = Assessment(council.register.number("A"), case, started, again=True)
        council.waiting.append(case.waiting)
        council.assessments.append(case.waiting)


def write_assessments(council: Council) -> None:
    """Enter every assessment that was begun."""
    for one in council.assessments:
        if one.started is not None:
            _write_one(council, one, max(one.started, one.case.recorded))


def _write_one(council: Council, one: Assessment, recorded: date) -> None:
    done, team = one.authorised, _team(council, one)
    worker = council.workforce.someone(team)
    council.register.enter(
        "ssd_cin_assessments",
        recorded,
        cina_assessment_id=one.id,
        cina_person_id=one.case.child.id,
        cina_referral_id=one.case.referral,
        cina_assessment_start_date=one.started,
        cina_assessment_child_seen=Later("Y" if one.first_seen else "N", done) if done else None,
        cina_assessment_auth_date=Later(done, done) if done else None,
        cina_assessment_outcome_json=Later(f'{{"{_FLAGS[one.outcome or "CLOSE"]}": "Y"}}', done) if done else None,
        cina_assessment_outcome_nfa=Later("Y" if one.outcome == "CLOSE" else "N", done) if done else None,
        cina_assessment_team=team_of(team, worker, recorded, done),
        cina_assessment_worker_id=worker,
    )
    if done:
        council.register.enter(
            "ssdx_assessment_outcomes",
            done,
            asmo_assessment_id=one.id,
            asmo_person_id=one.case.child.id,
            asmo_child_first_seen_date=one.first_seen,
            asmo_outcome_code=one.outcome,
            asmo_close_next_action=one.next_action,
            asmo_had_strategy="Y" if one.had_strategy else "N",
        )


def _team(council: Council, one: Assessment) -> Team:
    if not one.again:
        return one.case.team
    return council.draw.choice(COURT_TEAMS) if one.case.protection else Team.CHILD_IN_NEED


ALL_TEAMS = (*ASSESSMENT_TEAMS, Team.CHILD_IN_NEED, *COURT_TEAMS)
