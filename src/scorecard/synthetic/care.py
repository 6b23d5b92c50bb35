"""Periods of care: who comes in, who goes out, and when either was written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.synthetic.cases import Case
from scorecard.synthetic.plan import FIRST_MONTH, MONTHS
from scorecard.synthetic.workforce import Team
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from random import Random

    from scorecard.synthetic.adoption import Adoption
    from scorecard.synthetic.cases import Assessment, ProtectionPlan
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.families import Child

_COMES_OF_AGE = 18
_LAST_PLAIN_DAY = 27  # care starts on days every month has
_FROM_PROTECTION = 0.45
_EARLIEST_BIRTHDAY, _OLDEST_AT_START = date(2004, 7, 1), 16
_SHORTEST = timedelta(days=45)
_NO_BIRTHDAYS = (Period(2021, 10), Period(2021, 11), Period(2021, 3))
_BIRTHDAYS_A_MONTH = 4
_SHORT_STAYS = 0.03
ADOPTED = ("E11", "E12")  # why care ended: adopted, with the parents' consent or without
_ADOPTED_BEFORE_AGE = 7
_ADOPTION_TAKES = timedelta(days=465), timedelta(days=890)  # before the stay can count among the long ones


@dataclass(eq=False)
class Placement:
    """One place a child lived in while in care."""

    id: str
    started: date
    ended: date | None = None
    type: str = ""
    provider: str = ""
    why_next: str | None = None


@dataclass(eq=False)
class CarePeriod:
    """One period of care, without a break."""

    id: str
    child: Child
    case: Case
    started: date
    recorded: date
    leaves_on: date | None = None
    ended: date | None = None
    end_recorded: date | None = None
    reason: str | None = None
    moves: list[date] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    legal: list[tuple[date, str]] = field(default_factory=list)
    adoption: Adoption | None = None

    def open_on(self, day: date) -> bool:
        """Whether it was open at the end of a day, as now known."""
        return self.started <= day and (self.ended is None or self.ended > day)

    def thought_open_on(self, day: date) -> bool:
        """Whether the records of a day said it was open at that day's end."""
        ended = self.ended is not None and self.ended <= day and (self.end_recorded or self.ended) <= day
        return self.started <= day and self.recorded <= day and not ended and self.child.age_on(day) < _COMES_OF_AGE


def birthday(child: Child, age: int) -> date:
    """The day a child reaches an age; nobody here is born on 29 February."""
    return child.born.replace(year=child.born.year + age)


def found(council: Council) -> None:
    """Those in care when the records begin, and those who had left it before."""
    for year, number in council.plan.exact["leavers"].items():
        for place in range(number):
            _leaver(council, int(year), place, number)
    missing = _initial_number(council) - sum(one.open_on(FIRST_MONTH.back(1).last_day) for one in council.care)
    for _ in range(missing):
        _young_child(council)


def _initial_number(council: Council) -> int:
    return int(council.plan.exact["care"]["open_at_the_beginning"])


def _leaver(council: Council, year: int, place: int, number: int) -> None:
    """A young person who came of age in care, or left it a little before."""
    draw = council.draw
    months = [(year - 1, 12), *((year, month) for month in range(1, 12))]
    months = [one for one in months if one != (2021, 11)]
    of_age = date(*months[place * len(months) // number], draw.randint(1, 28))
    printed = council.plan.exact["comes_of_age"]
    together = year == printed["on"].year and place < printed["number"]
    if together:
        of_age = printed["on"]
    child = council.families.new_child(of_age.replace(year=of_age.year - _COMES_OF_AGE))
    started = _plain(child.born + timedelta(days=round(draw.uniform(2.5, min(12.6, _age_at_first(child))) * 365.25)))
    leaves = of_age
    if draw.random() < 0.2 and not together:  # noqa: PLR2004 - one in five leaves between sixteen and eighteen
        earlier = of_age - timedelta(days=draw.randint(40, 420))
        leaves = earlier if _has_room(council, earlier) else of_age
    period = _enter(council, child, started, leaves)
    if leaves < FIRST_MONTH.first_day:
        _end(council, period, leaves, leaves)


def _has_room(council: Council, day: date) -> bool:
    """Whether the month can hold one more who leaves, beside the birthdays it holds."""
    month = Period.holding(day)
    if month in _NO_BIRTHDAYS or month not in MONTHS:
        return month < FIRST_MONTH
    same = sum(one.leaves_on is not None and Period.holding(one.leaves_on) == month for one in council.care)
    return same + _BIRTHDAYS_A_MONTH < council.plan.of("care", "ended", month)


def _age_at_first(child: Child) -> float:
    """The age at which somebody in care from the beginning came in, at the latest."""
    return (FIRST_MONTH.first_day - child.born).days / 365.25 - 0.3


def _plain(day: date) -> date:
    return day.replace(day=min(day.day, _LAST_PLAIN_DAY))


def _young_child(council: Council) -> None:
    draw, first = council.draw, FIRST_MONTH.first_day
    age = draw.triangular(0.5, 13.2, 7)
    child = council.families.new_child(first - timedelta(days=round(age * 365.25)))
    started = _plain(first - timedelta(days=round(draw.uniform(0.1, min(age - 0.1, 6)) * 365.25)))
    _enter(council, child, max(started, child.born + timedelta(days=5)), None)


def _newcomer(council: Council, month: Period) -> None:
    """In the first months, before there are plans to come from: a child whose referral was made earlier."""
    age = council.draw.uniform(0.5, 13)
    child = council.families.new_child(month.first_day - timedelta(days=round(age * 365.25)))
    _enter(council, child, month.first_day.replace(day=council.draw.randint(2, _LAST_PLAIN_DAY)), None)


def _enter(council: Council, child: Child, started: date, leaves: date | None) -> CarePeriod:
    """Care that began before the records do, with the referral behind it."""
    if (child.born.month, child.born.day) == (2, 29):
        child.born = child.born.replace(day=28)
    referred = max(started - timedelta(days=council.draw.randint(3, 90)), child.born)
    case = Case(
        council.register.number("R"),
        child,
        referred,
        referred,
        council.draw.choice(("6", "2A", "3D", "5A")),
        Team.CHILDREN_IN_CARE,
        council.workforce.someone(Team.CHILDREN_IN_CARE),
    )
    council.take_up(case)
    return _begin(council, case, started, started, leaves)


def _begin(council: Council, case: Case, started: date, recorded: date, leaves: date | None = None) -> CarePeriod:
    period = CarePeriod(council.register.number("L"), case.child, case, started, recorded, leaves)
    case.care_from = started
    council.care.append(period)
    return period


def take_in_from_protection(council: Council, month: Period, ended: list[ProtectionPlan]) -> int:
    """Children whose protection plan ends because they come into care; how many."""
    beside = _take_in_beside_a_plan(council, month)
    wanted = round((council.plan.of("care", "started", month) - beside) * _FROM_PROTECTION)
    able = [plan for plan in ended if plan.ended and plan.ended.day <= _LAST_PLAIN_DAY and _may_come_in(plan.case)]
    chosen = council.draw.sample(able, min(wanted, len(able)))
    for plan in chosen:
        _begin(council, plan.case, plan.ended or month.first_day, plan.ended or month.first_day)
    return beside + len(chosen)


def _take_in_beside_a_plan(council: Council, month: Period) -> int:
    """Children whose protection plan goes on until its next review after they came into care; how many."""
    able = [
        plan
        for plan in council.protection_plans
        if plan.ended is None
        and plan.kept_until is None
        and plan.started < month.first_day - _SHORTEST
        and plan.case.waiting is None
        and plan.case.busy_until < month.first_day
        and _may_come_in(plan.case)
    ]
    chosen = council.draw.sample(able, council.plan.exact["care_beside_a_plan"].get(str(month), 0))
    for plan in chosen:
        plan.kept_until = month.back(-1).first_day
        day = some_working_day(council.draw, month.first_day, month.first_day.replace(day=_LAST_PLAIN_DAY))
        _begin(council, plan.case, day, day)
    return len(chosen)


def take_in(council: Council, month: Period, done: list[Assessment], already: int) -> None:
    """The rest of the month's children: those accommodated after an assessment, then those with open cases."""
    for one in done:
        if one.outcome == "ACCOMMODATE" and one.authorised:
            _begin(council, one.case, one.authorised, one.authorised)
            already += 1
    wanted = council.plan.of("care", "started", month) - already
    last = month.first_day.replace(day=_LAST_PLAIN_DAY)
    able = [case for case in council.still_open(month.last_day) if _may_come_in(case) and _is_quiet(case, last)]
    for _ in range(wanted - len(able)):
        _newcomer(council, month)
    for case in council.draw.sample(able, min(wanted, len(able))):
        day = some_working_day(council.draw, max(month.first_day, _quiet_from(case)), last)
        if case.in_need:
            case.in_need.ended, case.in_need = day, None
        _begin(council, case, day, day)
    _record_starts_late(council, month)


def _may_come_in(case: Case) -> bool:
    child = case.child
    return (
        case.closed is None
        and not case.no_further_action
        and case.care_from is None
        and not child.awaited
        and child.born >= _EARLIEST_BIRTHDAY
        and (child.born.month, child.born.day) != (2, 29)
    )


def _is_quiet(case: Case, last: date) -> bool:
    """Whether nothing but a plan in need keeps the case going, so that care can take its place."""
    return (
        case.in_need is not None
        and case.in_need.ended is None
        and case.protected_from is None
        and case.waiting is None
        and _quiet_from(case) < last - timedelta(days=4)
        and case.child.age_on(last) < _OLDEST_AT_START
    )


def _quiet_from(case: Case) -> date:
    plan = case.in_need.started if case.in_need else case.referred
    return moved(max(case.busy_until, case.last_assessed or case.referred, case.referred, plan), 2)


def _record_starts_late(council: Council, month: Period) -> None:
    started = [
        one
        for one in council.care
        if month.first_day <= one.started <= month.last_day and one.case.protected_from is None
    ]
    late = council.draw.sample(started, council.plan.of("care", "start_recorded_late", month))
    for one in late:
        one.recorded = _next_month(council.draw, month)


def _next_month(draw: Random, month: Period) -> date:
    first = month.back(-1).first_day
    return some_working_day(draw, first, first + timedelta(days=20))


def let_out(council: Council, month: Period) -> None:
    """End the month's number of periods: those that were to leave, those to be adopted, then others."""
    leaving = [one for one in council.care if one.ended is None and _leaving_day(one) <= month.last_day]
    number = max(council.plan.of("care", "ended", month) - len(leaving), 0)
    late = council.plan.of("care", "end_recorded_late", month)
    able = [one for one in council.care if _may_leave(one, month)]
    adopted = _to_be_adopted(council, month, able)[:number]
    others = [one for one in able if one not in adopted]
    others.sort(key=lambda one: (_may_be_adopted_yet(one, month), _length_of_stay(council, one)))
    for place, one in enumerate([*others[: number - len(adopted)], *adopted, *leaving]):
        day = _leaving_day(one)
        if place < number:
            day = some_working_day(council.draw, max(month.first_day, moved(_last_event(one), 2)), month.last_day)
        recorded = _next_month(council.draw, month) if place < late else day
        _end(council, one, day, recorded, adopted=one in adopted)


def _may_be_adopted_yet(period: CarePeriod, month: Period) -> bool:
    """Young children for whom adopters may still be found in time."""
    return (
        period.child.age_on(month.last_day) < _ADOPTED_BEFORE_AGE
        and month.last_day - period.started < _ADOPTION_TAKES[1]
    )


def _to_be_adopted(council: Council, month: Period, able: list[CarePeriod]) -> list[CarePeriod]:
    """Young children who have been in care about as long as an adoption takes: as many as are due by now."""
    due = sum(council.plan.of("care", "adopted", one) for one in MONTHS[: MONTHS.index(month) + 1])
    due -= sum(one.reason in ADOPTED for one in council.care)
    long_enough = [
        one for one in able if _may_be_adopted_yet(one, month) and _ADOPTION_TAKES[0] < month.first_day - one.started
    ]
    return council.draw.sample(long_enough, min(due, len(long_enough)))


def _length_of_stay(council: Council, period: CarePeriod) -> float:
    """Those who came lately are likelier to leave again."""
    return -period.started.toordinal() * (council.draw.random() < _SHORT_STAYS) + council.draw.random()


def _leaving_day(period: CarePeriod) -> date:
    return period.leaves_on or birthday(period.child, _COMES_OF_AGE)


def _last_event(period: CarePeriod) -> date:
    return max(period.case.busy_until, period.case.last_assessed or period.started, period.started)


def _may_leave(period: CarePeriod, month: Period) -> bool:
    return (
        period.ended is None
        and period.leaves_on is None
        and period.started + _SHORTEST < month.first_day
        and period.case.waiting is None
        and _last_event(period) < month.first_day
    )


def _end(council: Council, period: CarePeriod, day: date, recorded: date, *, adopted: bool = False) -> None:
    why = ADOPTED[1] if adopted else _reason(council.draw, period, day)
    period.ended, period.end_recorded, period.reason = day, recorded, why
    closing = {ADOPTED[0]: "RC1", ADOPTED[1]: "RC1", "E45": "RC4", "E46": "RC4", "E41": "RC3"}
    if period.case.closed is None:
        period.case.close(day, closing.get(period.reason, "RC7"), recorded)


def _reason(draw: Random, period: CarePeriod, day: date) -> str:
    age = period.child.age_on(day)
    if age >= _COMES_OF_AGE:
        return draw.choices(("E5", "E6", "E17"), (45, 15, 40))[0]
    since = ("E45", "E46") if day >= date(2018, 4, 1) else ("E43", "E44")
    return draw.choices(("E4A", "E4B", *since, "E41", "E8"), (35, 10, 15, 10, 15, 15))[0]
