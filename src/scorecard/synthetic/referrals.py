"""Referrals: which children, who had been referred before, which are taken no further."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.cases import Assessment, Case
from scorecard.synthetic.contacts import contacts_of, enter_referred
from scorecard.synthetic.recording import Later
from scorecard.synthetic.workforce import ASSESSMENT_TEAMS, team_of
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.synthetic.contacts import Screened
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.families import Child

_NEEDS, _NEED_WEIGHTS = ("N1", "N2", "N3", "N4", "N5", "N6", "N8"), (58, 6, 5, 12, 14, 3, 2)
_LATE_SOURCES = ("5A", "6", "7", "3E")
_ADULT, _OLDEST_REFERRED = 18, 16
_AWAITED_CHILDREN = 0.015
_HEARD_OF_BEFORE = 0.3


def referrals_of(council: Council, month: Period) -> list[Case]:
    """The month's referrals, with the contacts they came from."""
    screened = sorted(contacts_of(council, month), key=lambda one: one.when.decided)
    twice = council.plan.of("referrals", "twice_in_the_month", month)
    again = council.plan.of("referrals", "re_referred", month) - twice
    groups = _groups(screened, 2 * twice + again)
    alone = [members[0] for members in groups.values() if len(members) == 1]
    first_times, second_times = _pairs(alone, twice)
    others = _less(alone, first_times + second_times)
    chosen = council.draw.sample(others, min(again, len(others)))
    returning = dict(zip(chosen, _known(council, month), strict=False))
    opened = {
        one: case
        for members in groups.values()
        if members[0] not in second_times
        for one, case in _referred(council, members, returning.get(members[0]))
    }
    _no_further_action(council, month, opened, first_times)
    cases = list(opened.values()) + [
        _case(council, second, opened[first].child) for first, second in zip(first_times, second_times, strict=True)
    ]
    return cases + _recorded_late(council, month)


def _groups(screened: list[Screened], alone: int) -> dict[int, list[Screened]]:
    """Siblings referred together; enough children are referred alone."""
    groups: dict[int, list[Screened]] = {}
    for one in screened:
        groups.setdefault(one.group, []).append(one)
    several = [members for members in groups.values() if len(members) > 1]
    missing = alone - (len(groups) - len(several))
    while missing > 0 and several:
        groups[-len(groups)] = [several[-1].pop()]
        missing -= 1 + (len(several[-1]) == 1)
        several = [members for members in several if len(members) > 1]
    return groups


def _less(everyone: list[Screened], without: list[Screened]) -> list[Screened]:
    taken = {one.screening for one in without}
    return [one for one in everyone if one.screening not in taken]


def _pairs(alone: list[Screened], number: int) -> tuple[list[Screened], list[Screened]]:
    """First and second referrals of children who are referred twice in one month, the second at least a week later."""
    firsts, seconds = alone[:number], alone[len(alone) - number :] if number else []
    return list(firsts), list(seconds)


def _known(council: Council, month: Period) -> list[Child]:
    """Children whose last case was opened within the year before and is closed: they can come back."""
    opened_after = month.back(12).last_day + timedelta(days=3)
    closed_before = month.first_day - timedelta(days=2)
    known = [
        case.child
        for case in council.latest_case.values()
        if case.closed is not None
        and case.closed < closed_before
        and case.referred > opened_after
        and case.child.age_on(month.last_day) < _OLDEST_REFERRED
        and case.reason not in {"RC1", "RC2", "RC5"}
        and case.care_from is None
        and not case.came_back
    ]
    council.draw.shuffle(known)
    return known


def _referred(council: Council, members: list[Screened], returning: Child | None) -> list[tuple[Screened, Case]]:
    on = members[0].when.decided.date()
    children = [returning] if returning else _first_comers(council, len(members), on)
    return [(one, _case(council, one, child)) for one, child in zip(members, children, strict=True)]


def _first_comers(council: Council, number: int, on: date) -> list[Child]:
    if number == 1 and council.draw.random() < _AWAITED_CHILDREN and not _printed(on):
        return [council.families.awaited_child(on)]
    if number == 1 and council.draw.random() < _HEARD_OF_BEFORE:
        heard_of = council.draw.choice(council.heard_of) if council.heard_of else None
        if heard_of and heard_of.id not in council.latest_case and heard_of.age_on(on) < _OLDEST_REFERRED:
            return [heard_of]
    return council.families.siblings(number, on)


def _printed(on: date) -> bool:
    """Months whose assessments are printed child by child hold no children yet to be born."""
    return (2020, 6) <= (on.year, on.month) <= (2021, 11)


def _case(council: Council, screened: Screened, child: Child) -> Case:
    decided = screened.when.decided.date()
    referral = council.register.number("R")
    case = _open(council, referral, child, decided, decided, screened.slot.source)
    enter_referred(council, screened, child, referral)
    return case


def _open(  # noqa: PLR0913, PLR0917 - a referral has this many sides
    council: Council, referral: str, child: Child, referred: date, recorded: date, source: str
) -> Case:
    team = council.draw.choice(ASSESSMENT_TEAMS)
    worker = council.workforce.someone(team)
    case = Case(referral, child, referred, recorded, source, team, worker, came_back=child.id in council.latest_case)
    council.take_up(case)
    return case


def _no_further_action(
    council: Council, month: Period, opened: dict[Screened, Case], certainly: list[Screened]
) -> None:
    number = council.plan.of("referrals", "no_further_action", month) - len(certainly)
    others = [case for one, case in opened.items() if one not in certainly and not case.child.awaited]
    chosen = [opened[one] for one in certainly] + council.draw.sample(others, max(number, 0))
    for case in chosen:
        case.no_further_action = True
        case.close(moved(case.referred, council.draw.randint(0, 1)), "RC8")


def _recorded_late(council: Council, month: Period) -> list[Case]:
    """Referrals taken out of hours and entered in the month after."""
    return [_entered_later(council, month) for _ in range(council.plan.of("referrals", "recorded_late", month))]


def _entered_later(council: Council, month: Period) -> Case:
    draw = council.draw
    referred = some_working_day(draw, month.last_day - timedelta(days=12), month.last_day)
    recorded = some_working_day(draw, month.back(-1).first_day, month.back(-1).first_day + timedelta(days=14))
    child = council.families.siblings(1, referred)[0]
    return _open(council, council.register.number("R"), child, referred, recorded, draw.choice(_LATE_SOURCES))


def begin_assessments(council: Council, cases: list[Case], *, at_once: bool) -> None:
    """Put every case that is taken further in the queue for an assessment."""
    for case in cases:
        if not case.no_further_action:
            lag = council.draw.choices((0, 1, 2, 3), (40, 35, 15, 10))[0]
            started = moved(max(case.referred, case.recorded), lag) if at_once else None
            case.waiting = Assessment(council.register.number("A"), case, started)
            council.waiting.append(case.waiting)
            council.assessments.append(case.waiting)


def write_cases(council: Council) -> None:
    """Enter every referral with its closing."""
    for case in council.all_cases:
        closing = case.closed_recorded
        council.register.enter(
            "ssd_cin_episodes",
            case.recorded,
            cine_referral_id=case.referral,
            cine_person_id=case.child.id,
            cine_referral_date=case.referred,
            cine_cin_primary_need_code=council.draw.choices(_NEEDS, _NEED_WEIGHTS)[0],
            cine_referral_source_code=case.source,
            cine_referral_outcome_json='{"NFA_FLAG": "Y"}'
            if case.no_further_action
            else '{"SINGLE_ASSESSMENT_FLAG": "Y"}',
            cine_referral_nfa="Y" if case.no_further_action else "N",
            cine_close_reason=Later(case.reason, closing) if closing else None,
            cine_close_date=Later(case.closed, closing) if closing else None,
            cine_referral_team=team_of(case.team, case.worker, case.referred),
            cine_referral_worker_id=case.worker,
        )
