"""Child and family assessments: which are finished in a month, in time or late, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.synthetic.cases import Assessment
from scorecard.synthetic.working_days import moved, some_working_day, working_days_from, working_days_within

if TYPE_CHECKING:
    from random import Random

    from scorecard.calendar.periods import Period
    from scorecard.synthetic.cases import Case
    from scorecard.synthetic.council import Council

LIMIT = 45
_LONGEST_AGAIN = 70
_SHARES = {"CINPLAN": 0.35, "CONTINUE": 0.13, "ACCOMMODATE": 0.005, "STRATEGY": 0.1, "ADULT": 0.003}
_AGAIN_OF_CONTINUED = 2 / 3
_SEEN_LIMIT_ROSE, _SEEN_BEFORE, _SEEN_SINCE = date(2021, 10, 1), 3, 5
_CLOSE_ACTIONS, _CLOSE_WEIGHTS = ("EARLYHELP", "OTHERAGENCY", "NFA"), (22, 18, 60)
_INCOMING_UNTIL_DAYS = 14
_PRINTED_EDGE = date(2021, 11, 30)


@dataclass
class _Month:
    """What the month still has to show."""

    first: date
    last: date
    late: int
    timely: int


def authorise(council: Council, month: Period) -> list[Assessment]:
    """Finish the month's number of assessments, and hand them back with their outcomes."""
    outcomes = _outcomes(council, month)
    number, timely = sum(outcomes.values()), council.plan.of("assessments", "in_time", month)
    left = _Month(month.first_day, moved(month.last_day, 0), number - timely, timely)
    again = round(outcomes["CONTINUE"] * _AGAIN_OF_CONTINUED)
    held = outcomes["STRATEGY"] + outcomes["CONTINUE"] - again
    done = _finish(council, left, [one for one in council.waiting if one.again], again)
    again -= len(done)
    kept = _finish(council, left, _waiting(council, month, free=False), held)
    again += held - len(kept)
    free = _finish(council, left, _waiting(council, month, free=True), number - len(done) - len(kept) - again)
    again = number - len(done) - len(kept) - len(free)
    on_plans = [case for case in council.open_cases if _can_be_assessed_again(case, left.last)]
    done += [one for place in range(again) if (one := _afresh(council, left, place, on_plans))]
    _settle(council, month, outcomes, done, kept, free)
    _see_children(council, month, done + kept + free)
    council.waiting = [one for one in council.waiting if one.authorised is None]
    return done + kept + free


def _outcomes(council: Council, month: Period) -> dict[str, int]:
    exact = council.plan.exact["assessment_outcomes"].get(str(month))
    if exact:
        return dict(exact)
    number = council.plan.of("assessments", "authorised", month)
    outcomes = {outcome: round(number * share) for outcome, share in _SHARES.items()}
    return {**outcomes, "CLOSE": number - sum(outcomes.values())}


def _waiting(council: Council, month: Period, *, free: bool) -> list[Assessment]:
    return [
        one
        for one in council.waiting
        if not one.again
        and one.started
        and moved(one.started, 3) <= month.last_day
        and _is_free(one.case, month) == free
    ]


def _is_free(case: Case, month: Period) -> bool:
    """Whether an outcome can close the case or begin a plan before the month is out."""
    return case.on_no_plan and case.busy_until < moved(month.last_day, -2)


def _finish(council: Council, left: _Month, able: list[Assessment], number: int) -> list[Assessment]:
    """Authorise some of those that wait: late ones in the proportion the month has left."""
    late_first, timely_last = moved(left.last, -(LIMIT + 1)), moved(left.first, -(LIMIT - 1))
    can_be_late = [one for one in able if one.started and one.started <= late_first]
    share = left.late / max(left.late + left.timely, 1)
    late = council.draw.sample(can_be_late, min(round(number * share), left.late, len(can_be_late)))
    chosen = {one.id for one in late}
    can_be_timely = [one for one in able if one.id not in chosen and _can_be_timely(one, timely_last, left.last)]
    timely = council.draw.sample(can_be_timely, min(number - len(late), left.timely, len(can_be_timely)))
    for one in late:
        one.authorised = _late_day(council.draw, one, left)
    for one in timely:
        one.authorised = _timely_day(council.draw, one, left)
    left.late -= len(late)
    left.timely -= len(timely)
    return late + timely


def _can_be_timely(one: Assessment, earliest_start: date, last: date) -> bool:
    started = one.started
    return (
        started is not None and started >= earliest_start and _free_from(one.case) <= min(moved(started, LIMIT), last)
    )


def _late_day(draw: Random, one: Assessment, left: _Month) -> date:
    started = one.started or left.first
    first = max(moved(started, LIMIT + 1), left.first, _free_from(one.case))
    return some_working_day(draw, min(first, left.last), left.last)


def _timely_day(draw: Random, one: Assessment, left: _Month) -> date:
    started = one.started or left.first
    last = min(moved(started, LIMIT), left.last)
    first = max(moved(started, 2), left.first, _free_from(one.case))
    days = working_days_within(first, last) or working_days_within(max(left.first, started), last)
    return draw.choice(days)


def _free_from(case: Case) -> date:
    return moved(case.busy_until, 1) if case.busy_until.year > 2000 else case.busy_until  # noqa: PLR2004 - never busy


def _afresh(council: Council, left: _Month, place: int, on_plans: list[Case]) -> Assessment | None:
    """A new assessment of a child who is on a plan already, if there is one."""
    late = left.late > 0 and (left.timely <= 0 or place % 3 == 2)  # noqa: PLR2004 - one in three, while any are left
    found = _plan_case(council, left, on_plans, late=late)
    if found is None:
        return None
    case, authorised, started = found
    one = Assessment(council.register.number("A"), case, started, again=True, authorised=authorised)
    council.assessments.append(one)
    left.late, left.timely = left.late - late, left.timely - (not late)
    case.last_assessed, case.busy_until = authorised, max(case.busy_until, authorised)
    return one


def _plan_case(council: Council, left: _Month, on_plans: list[Case], *, late: bool) -> tuple[Case, date, date] | None:
    draw = council.draw
    for case in draw.sample(on_plans, len(on_plans)):
        authorised = some_working_day(draw, left.first, left.last)
        waited = draw.randint(LIMIT + 1, _LONGEST_AGAIN) if late else draw.randint(8, LIMIT)
        started = moved(authorised, -waited)
        if started <= _PRINTED_EDGE < authorised:
            started = moved(_PRINTED_EDGE, 1)
        begun = case.last_assessed or case.referred
        is_late = working_days_from(started, authorised) > LIMIT
        if started > begun and is_late == late and authorised > started:
            return case, authorised, started
    return None


def _can_be_assessed_again(case: Case, last: date) -> bool:
    on_plan = case.in_need is not None and case.in_need.ended is None
    protected = case.protection is not None and case.protection.started < last
    return (on_plan or protected) and case.waiting is None and case.closed is None and case.care_from is None


def _settle(  # noqa: PLR0913, PLR0917 - the three ways an assessment came to be finished
    council: Council,
    month: Period,
    outcomes: dict[str, int],
    again: list[Assessment],
    kept: list[Assessment],
    free: list[Assessment],
) -> None:
    """Share out the outcomes."""
    for one in again:
        one.outcome = "CONTINUE"
    more = max(outcomes["CONTINUE"] - len(again), 0)
    ranked = sorted(kept, key=lambda one: not _goes_on(one.case))
    for place, one in enumerate(ranked):
        one.outcome = "CONTINUE" if place < more else "STRATEGY"
    _settle_free(council, month, outcomes, free)
    done = again + kept + free
    for one in done:
        one.had_strategy = _had_strategy(one)
        one.case.waiting, one.case.last_assessed = None, one.authorised
    _contradict(council, month, [one for one in done if one.outcome != "CLOSE"])


def _contradict(council: Council, month: Period, others: list[Assessment]) -> None:
    """On some forms the case goes on, and there is a next action after closing all the same (contradiction 19)."""
    for key, actions in council.plan.exact["closed_next_action_only"].get(str(month), {}).items():
        wanted = [action for action, times in actions.items() for _ in range(times)]
        able = [one for one in others if one.had_strategy == (key == "with_strategy")]
        for one, action in zip(council.draw.sample(able, len(wanted)), wanted, strict=True):
            one.next_action = action


def _goes_on(case: Case) -> bool:
    return case.protected_from is not None or case.in_need is not None or case.care_from is not None


def _had_strategy(one: Assessment) -> bool:
    return any(one.started and one.authorised and day <= one.authorised for day in one.case.strategies)


def _settle_free(council: Council, month: Period, outcomes: dict[str, int], free: list[Assessment]) -> None:
    left = list(free)
    left.sort(key=lambda one: one.case.child.born)
    for outcome, place in (("ADULT", 0), ("ACCOMMODATE", -1)):
        for _ in range(min(outcomes[outcome], len(left))):
            chosen = [one for one in left if not one.case.child.awaited][place]
            chosen.outcome = outcome
            left.remove(chosen)
    closing = _closing(council, month, left, min(outcomes["CLOSE"], len(left)))
    for one in left:
        one.outcome = "CLOSE" if one.id in closing else "CINPLAN"
        one.next_action = closing.get(one.id)


def _closing(council: Council, month: Period, able: list[Assessment], number: int) -> dict[str, str]:
    """Which cases are closed, and where each family goes next."""
    exact = council.plan.exact["closed_next_action"].get(str(month))
    draw = council.draw
    if not exact:
        chosen = draw.sample(able, number)
        return {one.id: draw.choices(_CLOSE_ACTIONS, _CLOSE_WEIGHTS)[0] for one in chosen}
    closing: dict[str, str] = {}
    for key, had in (("with_strategy", True), ("without_strategy", False)):
        actions = [action for action, times in exact[key].items() for _ in range(times)]
        chosen = draw.sample([one for one in able if _had_strategy(one) == had], len(actions))
        closing |= {one.id: action for one, action in zip(chosen, actions, strict=True)}
    return closing


def _see_children(council: Council, month: Period, done: list[Assessment]) -> None:
    """When each child was first seen: so many within the days allowed when the assessment began."""
    born = [one for one in done if one.started and one.case.child.born <= one.started]
    number = council.plan.of("assessments", "child_seen_in_time", month)
    able_to_be_late = [one for one in born if _length(one) > _seen_limit(one) + 1]
    late = {
        one.id for one in council.draw.sample(able_to_be_late, min(max(len(born) - number, 0), len(able_to_be_late)))
    }
    for one in born:
        limit, started = _seen_limit(one), one.started or month.first_day
        if one.id in late:
            latest = min(limit + 15, _length(one))
            one.first_seen = moved(started, council.draw.randint(limit + 1, max(limit + 1, latest)))
        else:
            one.first_seen = moved(started, council.draw.randint(0, min(limit, _length(one))))


def _seen_limit(one: Assessment) -> int:
    return _SEEN_BEFORE if one.started and one.started < _SEEN_LIMIT_ROSE else _SEEN_SINCE


def _length(one: Assessment) -> int:
    return working_days_from(one.started, one.authorised) if one.started and one.authorised else 0
