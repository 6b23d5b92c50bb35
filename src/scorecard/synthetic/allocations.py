"""Which worker of which team held each case, from stage to stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.synthetic.recording import known_later
from scorecard.synthetic.workforce import CITY_SPLIT, COURT_TEAMS, Team, team_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scorecard.synthetic.cases import Case
    from scorecard.synthetic.council import Council

_CASE_WORKER, _PERSONAL_ADVISER = "CW", "16PLUS"


def write_allocations(council: Council) -> None:
    """Enter who was responsible for each child, and when another took over."""
    protected: dict[str, list[date]] = {}
    for plan in council.protection_plans:
        protected.setdefault(plan.case.referral, []).append(plan.started)
    for case in council.all_cases:
        if not case.no_further_action:
            _write_case(council, case, sorted(_stages(council, case, protected.get(case.referral, []))))


def _stages(council: Council, case: Case, protected: list[date]) -> Iterator[tuple[date, Team]]:
    """The day each kind of work began, and the team it fell to."""
    yield case.referred, case.team
    for plan in case.in_need_plans:
        yield plan.started, Team.CHILD_IN_NEED
    for started in protected:
        yield started, council.draw.choice(COURT_TEAMS)
    if case.care_from and case.care_from > case.referred:
        yield case.care_from, Team.CHILDREN_IN_CARE


def _write_case(council: Council, case: Case, stages: list[tuple[date, Team]]) -> None:
    kept = [stage for place, stage in enumerate(stages) if place == 0 or stage[1] != stages[place - 1][1]]
    ends = [*(day for day, _ in kept[1:]), case.closed]
    for (day, team), ended in zip(kept, ends, strict=True):
        worker = case.worker if team is case.team else council.workforce.someone(team)
        if team is Team.ASSESSMENT_CITY and day < CITY_SPLIT and (ended is None or ended > CITY_SPLIT):
            _write_one(council, case, worker, (day, CITY_SPLIT, team))
            _write_one(council, case, worker, (CITY_SPLIT, ended, team))
        elif ended is None or ended > day:
            _write_one(council, case, worker, (day, ended, team))


def _write_one(council: Council, case: Case, worker: str, stage: tuple[date, date | None, Team]) -> None:
    day, ended, team = stage
    known = ended if ended != case.closed else case.closed_recorded
    council.register.enter(
        "ssd_involvements",
        max(day, case.recorded),
        invo_involvements_id=council.register.number("IN"),
        invo_professional_id=worker,
        invo_professional_role_id=_CASE_WORKER,
        invo_professional_team=team_of(team, worker, day),
        invo_involvement_start_date=day,
        invo_involvement_end_date=known_later(ended, max(known, case.recorded)) if ended and known else None,
        invo_person_id=case.child.id,
        invo_referral_id=case.referral,
    )


def write_advisers(council: Council) -> None:
    """Enter the personal adviser of every young person who leaves care at sixteen or later."""
    for period in council.care:
        left = period.ended
        if left is not None and period.child.age_on(left) >= 16:  # noqa: PLR2004 - as the law has it
            council.register.enter(
                "ssd_involvements",
                period.end_recorded or left,
                invo_involvements_id=council.register.number("IN"),
                invo_professional_id=council.workforce.someone(Team.CARE_LEAVERS),
                invo_professional_role_id=_PERSONAL_ADVISER,
                invo_professional_team=Team.CARE_LEAVERS.value,
                invo_involvement_start_date=left,
                invo_person_id=period.child.id,
            )
