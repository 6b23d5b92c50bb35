"""Posts, the workers in them, and the supervision workers had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.recording import Later
from scorecard.synthetic.workforce import ASSESSMENT_TEAMS, COURT_TEAMS, Team
from scorecard.synthetic.working_days import some_working_day

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.workforce import Worker

_FIRST, _PRINTED = Period(2019, 4), Period(2021, 11)
_QUALIFIED, _NEWLY_QUALIFIED = "5", "6"
_CASE_TEAMS = (*ASSESSMENT_TEAMS, Team.CHILD_IN_NEED, *COURT_TEAMS, Team.CHILDREN_IN_CARE, Team.CARE_LEAVERS)
# Of 200 posts in November 2021: 73, 12 and 15 per cent.
_POSTS, _PERMANENT, _AGENCY = 200, 146, 24
_OPERATIONAL_WORKERS, _USUALLY_SUPERVISED = 100, 76
# Supervised in the month, by month of 2021; of the Support Hub also how many were in scope (contradiction 63).
_OPERATIONAL = {4: 79, 5: 78, 6: 67, 7: 53, 8: 56, 9: 47, 10: 66, 11: 69}
_SUPPORT_HUB = {6: (27, 27), 7: (27, 27), 8: (19, 27), 9: (25, 27), 10: (21, 25), 11: (23, 28)}


def staff(council: Council) -> None:
    """Enter the monthly returns of posts and workers, and workers' supervisions."""
    for month in months_between(_FIRST, LAST_MONTH):
        _establishment(council, month)
        for worker in council.workforce.workers:
            _worker(council, month, worker)
        _supervisions(council, month)


def _establishment(council: Council, month: Period) -> None:
    permanent = _PERMANENT if month == _PRINTED else _PERMANENT + council.draw.randint(-6, 8)
    for place in range(_POSTS):
        held = "permanent" if place < permanent else "agency" if place < permanent + _AGENCY else "vacant"
        council.register.enter(
            "ssdx_establishment",
            month.last_day,
            estb_post_id=f"POST{place + 1:03d}",
            estb_snapshot_date=month.last_day,
            estb_team_id=_CASE_TEAMS[place % len(_CASE_TEAMS)].value,
            estb_role_code=_QUALIFIED,
            estb_fte_budgeted=1.0,
            estb_fte_permanent=float(held == "permanent"),
            estb_fte_agency=float(held == "agency"),
            estb_fte_vacant=float(held == "vacant"),
        )


def _worker(council: Council, month: Period, worker: Worker) -> None:
    council.register.enter(
        "ssdx_workforce",
        month.last_day,
        wkfc_professional_id=worker.id,
        wkfc_snapshot_date=month.last_day,
        wkfc_team_id=worker.team.value,
        wkfc_role_code=_NEWLY_QUALIFIED if worker.newly_qualified else _QUALIFIED,
        wkfc_fte=worker.full_time,
        wkfc_contract_type="AGENCY" if worker.agency else "PERM",
        wkfc_nqsw_flag="Y" if worker.newly_qualified else "N",
        wkfc_case_holder_flag="Y" if worker.team in _CASE_TEAMS else "N",
        wkfc_absent_flag="N",
        wkfc_start_date=_FIRST.first_day,
    )


def _supervisions(council: Council, month: Period) -> None:
    in_hub = [worker for worker in council.workforce.workers if worker.team is Team.SUPPORT_HUB]
    elsewhere = [worker for worker in council.workforce.workers if worker.team is not Team.SUPPORT_HUB]
    printed = _OPERATIONAL.get(month.month) if month.year == _PRINTED.year else None
    _supervised(council, month, "OPERATIONAL", elsewhere[:_OPERATIONAL_WORKERS], printed or _USUALLY_SUPERVISED)
    had, in_scope = _SUPPORT_HUB.get(month.month, (24, 28)) if month.year == _PRINTED.year else (24, 28)
    if month >= Period(_PRINTED.year, min(_SUPPORT_HUB)):
        _supervised(council, month, "SUPPORTHUB", in_hub[:in_scope], had)


def _supervised(council: Council, month: Period, group: str, workers: list[Worker], had: int) -> None:
    supervised = {worker.id for worker in council.draw.sample(workers, had)}
    for worker in workers:
        day = some_working_day(council.draw, month.first_day, month.last_day)
        council.register.enter(
            "ssdx_worker_supervisions",
            month.first_day,
            wsup_supervision_id=council.register.number("WS"),
            wsup_professional_id=worker.id,
            wsup_group=group,
            wsup_due_month=month.first_day,
            wsup_supervision_date=Later(day, day) if worker.id in supervised else None,
        )
