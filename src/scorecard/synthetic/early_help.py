"""Early help: assessments led by schools and others, and the claims paid by results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.recording import Later, known_later
from scorecard.synthetic.workforce import Team
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council

_FIRST = Period(2017, 6)
_A_MONTH, _IN_HOLIDAYS, _HOLIDAYS = 58, 34, (7, 8, 12)
_LEADERS, _LEADER_WEIGHTS = ("School", "Early Help Hub", "Health visiting", "Children's centre"), (64, 20, 9, 7)
_CLAIM_MONTHS = (14, 15, 17, 16, 12, 18, 20, 23, 13, 14, 14, 14)
_CLAIM_AMOUNT = 800


def help_early(council: Council) -> None:
    """Enter early help assessments month by month."""
    draw = council.draw
    for month in months_between(_FIRST, LAST_MONTH):
        number = _IN_HOLIDAYS if month.month in _HOLIDAYS else _A_MONTH
        for _ in range(number + draw.randint(-3, 3)):
            day = some_working_day(draw, month.first_day, month.last_day)
            ended = moved(day, draw.randint(60, 250))
            child = council.families.siblings(1, day)[0]
            council.register.enter(
                "ssdx_early_help_assessments",
                day,
                ehas_assessment_id=council.register.number("EH"),
                ehas_person_id=child.id,
                ehas_family_id=child.family,
                ehas_start_date=day,
                ehas_end_date=Later(ended, ended),
                ehas_end_reason=known_later(draw.choice(("Needs met", "Needs met", "Stepped up", "Withdrew")), ended),
                ehas_lead_organisation=draw.choices(_LEADERS, _LEADER_WEIGHTS)[0],
                ehas_worker_id=council.workforce.someone(Team.EARLY_HELP_HUB),
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
