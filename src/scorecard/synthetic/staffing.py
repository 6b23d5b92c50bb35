"""Posts, the workers in them, and the supervision workers had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.hours import hours_in
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.recording import Later
from scorecard.synthetic.workforce import ASSESSMENT_TEAMS, COURT_TEAMS, Team, team_of
from scorecard.synthetic.working_days import some_working_day

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.workforce import Worker

_FIRST, _PRINTED = Period(2019, 4), Period(2021, 11)
_QUALIFIED, _NEWLY_QUALIFIED = "5", "6"
_CASE_TEAMS = (*ASSESSMENT_TEAMS, Team.CHILD_IN_NEED, *COURT_TEAMS, Team.CHILDREN_IN_CARE, Team.CARE_LEAVERS)
# Of 200 posts in November 2021: 73, 12 and 15 per cent.
_POSTS, _PERMANENT, _AGENCY = 200, 146, 24


def staff(council: Council) -> None:
    """Enter the monthly returns of posts and workers, and workers' supervisions."""
    for month in months_between(_FIRST, LAST_MONTH):
        _establishment(council, month)
        hours = hours_in(council, month)
        for worker in council.workforce.workers:
            _worker(council, month, worker, hours[worker.id])
        _supervisions(council, month)


def _establishment(council: Council, month: Period) -> None:
    permanent = _PERMANENT if month == _PRINTED else _PERMANENT + council.draw.randint(-6, 8)
    for place in range(_POSTS):
        number, team = divmod(place, len(_CASE_TEAMS))
        held = "permanent" if place < permanent else "agency" if place < permanent + _AGENCY else "vacant"
        council.register.enter(
            "ssdx_establishment",
            month.last_day,
            estb_post_id=f"POST{place + 1:03d}",
            estb_snapshot_date=month.last_day,
            estb_team_id=team_of(_CASE_TEAMS[team], str(number), month.last_day),
            estb_role_code=_QUALIFIED,
            estb_fte_budgeted=1.0,
            estb_fte_permanent=float(held == "permanent"),
            estb_fte_agency=float(held == "agency"),
            estb_fte_vacant=float(held == "vacant"),
        )


def _worker(council: Council, month: Period, worker: Worker, full_time: float) -> None:
    council.register.enter(
        "ssdx_workforce",
        month.last_day,
        wkfc_professional_id=worker.id,
        wkfc_snapshot_date=month.last_day,
        wkfc_team_id=team_of(worker.team, worker.id, month.last_day),
        wkfc_role_code=_NEWLY_QUALIFIED if worker.newly_qualified else _QUALIFIED,
        wkfc_fte=full_time,
        wkfc_contract_type="AGENCY" if worker.agency else "PERM",
        wkfc_nqsw_flag="Y" if worker.newly_qualified else "N",
        wkfc_case_holder_flag="Y" if worker.team in _CASE_TEAMS else "N",
        wkfc_absent_flag="N",
        wkfc_start_date=_FIRST.first_day,
    )


def _supervisions(council: Council, month: Period) -> None:
    in_hub = [worker for worker in council.workforce.workers if worker.team is Team.SUPPORT_HUB]
    elsewhere = [worker for worker in council.workforce.workers if worker.team is not Team.SUPPORT_HUB]
    operational, hub = (council.plan.exact["supervised"][one] for one in ("operational", "hub"))
    had = operational.get(str(month), operational["otherwise"])
    _supervised(council, month, "OPERATIONAL", elsewhere[: operational["scope"]], had)
    if str(month) >= hub["opens"]:
        had, in_scope = hub.get(str(month), hub["otherwise"])
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
