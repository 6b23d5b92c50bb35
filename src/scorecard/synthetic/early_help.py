"""Early help: assessments led by schools and others, and the claims paid by results."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.recording import Later
from scorecard.synthetic.workforce import Team
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.families import Child

_FIRST = Period(2017, 6)
_A_MONTH, _IN_HOLIDAYS, _HOLIDAYS = 58, 34, (7, 8, 12)
_STEPPED_UP, _EARLIEST = 0.04, date(2017, 4, 3)
_COUNCIL_LED = "Early Help Hub"
_LEADERS, _LEADER_WEIGHTS = ("School", _COUNCIL_LED, "Health visiting", "Children's centre"), (64, 20, 9, 7)
_CLAIM_MONTHS = (14, 15, 17, 16, 12, 18, 20, 23, 13, 14, 14, 14)
_CLAIM_AMOUNT = 800


def help_early(council: Council) -> None:
    """Enter early help assessments month by month; some are of children who are referred while they go on."""
    stepping_up = _stepping_up(council)
    for month in months_between(_FIRST, LAST_MONTH):
        here = stepping_up.get(month, [])
        number = _IN_HOLIDAYS if month.month in _HOLIDAYS else _A_MONTH
        for day, ended, child in here:
            _enter(council, child, day, ended, "Stepped up")
        for _ in range(number + council.draw.randint(-3, 3) - len(here)):
            day = some_working_day(council.draw, month.first_day, month.last_day)
            child = council.families.siblings(1, day)[0]
            reason = council.draw.choice(("Needs met", "Needs met", "Needs met", "Withdrew"))
            _enter(council, child, day, moved(day, council.draw.randint(60, 250)), reason)


def _stepping_up(council: Council) -> dict[Period, list[tuple[date, date, Child]]]:
    """By month: the day help began, the day it ended, and the child, referred in between."""
    months: dict[Period, list[tuple[date, date, Child]]] = {}
    for case in council.all_cases:
        begun = moved(max(case.referred, _EARLIEST), -council.draw.randint(15, 110))
        if council.draw.random() < _STEPPED_UP and not case.came_back and case.child.born < begun >= _FIRST.first_day:
            ended = moved(case.referred, council.draw.randint(0, 8))
            months.setdefault(Period.holding(begun), []).append((begun, ended, case.child))
    return months


def _enter(council: Council, child: Child, day: date, ended: date, reason: str) -> None:
    leader = council.draw.choices(_LEADERS, _LEADER_WEIGHTS)[0]
    worker = council.workforce.someone(Team.EARLY_HELP_HUB)
    council.register.enter(
        "ssdx_early_help_assessments",
        day,
        ehas_assessment_id=council.register.number("EH"),
        ehas_person_id=child.id,
        ehas_family_id=child.family,
        ehas_start_date=day,
        ehas_end_date=Later(ended, ended),
        ehas_end_reason=Later(reason, ended),
        ehas_lead_organisation=leader,
        ehas_worker_id=worker,
    )
    if leader == _COUNCIL_LED:
        council.register.enter(
            "ssd_early_help_episodes",
            day,
            earl_episode_id=council.register.number("EP"),
            earl_person_id=child.id,
            earl_episode_start_date=day,
            earl_episode_end_date=Later(ended, ended),
            earl_episode_end_reason=Later(reason, ended),
            earl_episode_organisation=leader,
            earl_episode_worker_id=worker,
        )


def claim(council: Council) -> None:
    """Enter the payment-by-results claims: 135 from April to November 2021."""
    draw = council.draw
    for month in months_between(Period(2018, 4), LAST_MONTH):
        for _ in range(_CLAIM_MONTHS[(month.month - 4) % 12]):
            day = some_working_day(draw, month.first_day, month.last_day)
            paid = moved(day, draw.randint(25, 50))
            council.register.enter(
                "ssdx_pbr_claims",
                day,
                pbrc_claim_id=council.register.number("PB"),
                pbrc_family_id=council.register.number("F"),
                pbrc_claim_date=day,
                pbrc_audit_date=moved(day, -draw.randint(3, 12)),
                pbrc_submitted_date=day,
                pbrc_status=Later("PAID", paid, "SUBMITTED"),
                pbrc_amount=_CLAIM_AMOUNT,
                pbrc_financial_year=f"{month.financial_year}-{(month.financial_year + 1) % 100:02d}",
            )
