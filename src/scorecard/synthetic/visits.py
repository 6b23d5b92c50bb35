"""Visits to children on plans and in care: at each month's end, so many had one lately enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.plan import MONTHS
from scorecard.synthetic.recording import Later
from scorecard.synthetic.working_days import moved, some_working_day, working_days_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.calendar.periods import Period
    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.council import Council

_IN_NEED_DAYS, _PROTECTION_DAYS, _CARE_DAYS = 20, 10, 42
_FIRST_CARE_VISIT = timedelta(days=6)
_SETTLED, _SELDOM_DAYS, _ONE_IN = timedelta(days=366), 91, 12
_NOT_AT_HOME = 0.15
_SEEN_ALONE = 0.6


@dataclass(frozen=True)
class Visited:
    """Somebody who is to be visited: from when, until when, and how a visit is written down."""

    id: str
    started: date
    ended: date | None
    write: Callable[[date, bool], None]
    seldom: bool = False

    def open_on(self, day: date) -> bool:
        """Whether a visit is wanted on a day."""
        return self.started <= day and (self.ended is None or self.ended > day)


def visit_everyone(council: Council) -> None:
    """Write the visits of every month."""
    in_need = [
        Visited(plan.id, plan.started, plan.ended, _in_need(council, plan.case.child.id))
        for plan in council.in_need_plans
    ]
    protected = [
        Visited(plan.id, plan.started, plan.ended, _protection(council, plan.case.child.id, plan.id))
        for plan in council.protection_plans
    ]
    for month in MONTHS:
        _visit_in_need(council, month, [one for one in in_need if one.open_on(month.last_day)])
        _visit_protected(council, month, [one for one in protected if one.open_on(month.last_day)])
    _visit_in_care(council)
    _require(council)


def _missed(council: Council, month: Period, kind: str, stock: list[Visited], old_enough: date) -> set[str]:
    """Who was not seen lately enough at the month's end; never somebody new."""
    exact = council.plan.exact["visits_in_time"][kind]
    number = len(stock) - int(exact.get(str(month), round(exact["share"] * len(stock))))
    able = [one.id for one in stock if one.started <= old_enough and not one.seldom]
    return set(council.draw.sample(able, min(max(number, 0), len(able))))


def _visit_in_need(council: Council, month: Period, stock: list[Visited]) -> None:
    last = moved(month.last_day, 0)
    missed = _missed(council, month, "in_need", stock, moved(last, -(_IN_NEED_DAYS + 1)))
    for one in stock:
        first = max(one.started, moved(last, -(_IN_NEED_DAYS - 2)))
        if one.id not in missed:
            one.write(some_working_day(council.draw, first, last), True)
        elif council.draw.random() < _NOT_AT_HOME:
            one.write(some_working_day(council.draw, first, last), False)


def _visit_protected(council: Council, month: Period, stock: list[Visited]) -> None:
    last = moved(month.last_day, 0)
    missed = _missed(council, month, "protection", stock, moved(last, -(_PROTECTION_DAYS + 1)))
    for one in stock:
        middle = moved(last, -(_PROTECTION_DAYS + 1))
        if max(one.started, month.first_day) <= middle:
            one.write(some_working_day(council.draw, max(one.started, month.first_day), middle), True)
        first = max(one.started, moved(last, -(_PROTECTION_DAYS - 1)))
        if one.id not in missed:
            one.write(some_working_day(council.draw, first, last), True)
        elif council.draw.random() < _NOT_AT_HOME:
            one.write(some_working_day(council.draw, first, last), False)


def _visit_in_care(council: Council) -> None:
    stocks = {month: _care_stock(council, month) for month in MONTHS}
    missed = {
        month: _missed(council, month, "care", stock, month.last_day - timedelta(days=_CARE_DAYS + 20))
        for month, stock in stocks.items()
    }
    for month in MONTHS:
        following = missed.get(month.back(-1), set())
        for one in stocks[month]:
            if one.id not in missed[month]:
                _visit_one_in_care(council, month, one, missed_next=one.id in following)


def _care_stock(council: Council, month: Period) -> list[Visited]:
    """The children in care at the month's end, each from the start of the stay in which the next visit is due."""
    return [
        Visited(
            one.id,
            _stay_since(one, month.last_day),
            one.ended,
            _care(council, one.child.id, one.id, one.recorded),
            seldom=_seldom_from(one) <= month.last_day,
        )
        for one in council.care
        if one.thought_open_on(month.last_day)
    ]


def _seldom_from(period: CarePeriod) -> date:
    """The day from which three months between visits are enough: a year after a child settled for good."""
    settled = max([period.started, *period.moves]) + _SETTLED
    wanted = int(period.id[1:]) % _ONE_IN == 0 and (period.ended is None or period.ended > settled)
    return settled if wanted else date.max


def _require(council: Council) -> None:
    """Enter the frequency of visits where it is not the usual one."""
    for one in council.care:
        since = _seldom_from(one)
        if since < MONTHS[-1].last_day:
            ended = Later(one.ended, max(one.ended, one.end_recorded or one.ended)) if one.ended else None
            council.register.enter(
                "ssdx_visit_requirements",
                max(since, one.recorded),
                visr_person_id=one.child.id,
                visr_visit_type="CLA",
                visr_from_date=since,
                visr_to_date=ended,
                visr_frequency_days=_SELDOM_DAYS,
                visr_day_basis="CAL",
                visr_reason="Placement meant to last until eighteen",
            )


def _stay_since(period: CarePeriod, day: date) -> date:
    return max([period.started, *(move for move in period.moves if move <= day)])


def _visit_one_in_care(council: Council, month: Period, one: Visited, *, missed_next: bool) -> None:
    last = month.last_day
    if missed_next:
        last = min(last, month.back(-1).last_day - timedelta(days=_CARE_DAYS + 1))
    if one.ended is not None and one.ended <= last:
        last = max(one.ended - timedelta(days=1), month.first_day)
    first = max(month.first_day, one.started)
    if one.started >= month.first_day:
        last = min(last, one.started + _FIRST_CARE_VISIT)
    day = first + timedelta(days=council.draw.randint(0, max((last - first).days, 0)))
    if working_days_from(day - timedelta(days=1), day) == 0 and day > first:
        day = max(first, moved(day, 0))
    one.write(day, True)


def _flags(council: Council, seen: bool) -> tuple[str, str]:  # noqa: FBT001 - the one thing it says
    alone = seen and council.draw.random() < _SEEN_ALONE
    return "Y" if seen else "N", "Y" if alone else "N"


def _in_need(council: Council, person: str) -> Callable[[date, bool], None]:
    def write(day: date, seen: bool) -> None:  # noqa: FBT001 - as above
        was_seen, alone = _flags(council, seen)
        council.register.enter(
            "ssd_cin_visits",
            day,
            cinv_cin_visit_id=council.register.number("VN"),
            cinv_person_id=person,
            cinv_cin_visit_date=day,
            cinv_cin_visit_seen=was_seen,
            cinv_cin_visit_seen_alone=alone,
            cinv_cin_visit_bedroom="N",
        )

    return write


def _protection(council: Council, person: str, plan: str) -> Callable[[date, bool], None]:
    def write(day: date, seen: bool) -> None:  # noqa: FBT001 - as above
        was_seen, alone = _flags(council, seen)
        council.register.enter(
            "ssd_cp_visits",
            day,
            cppv_cp_visit_id=council.register.number("VP"),
            cppv_person_id=person,
            cppv_cp_plan_id=plan,
            cppv_cp_visit_date=day,
            cppv_cp_visit_seen=was_seen,
            cppv_cp_visit_seen_alone=alone,
            cppv_cp_visit_bedroom=alone,
        )

    return write


def _care(council: Council, person: str, period: str, recorded: date) -> Callable[[date, bool], None]:
    def write(day: date, seen: bool) -> None:  # noqa: FBT001 - as above
        was_seen, alone = _flags(council, seen)
        council.register.enter(
            "ssd_cla_visits",
            max(day, recorded),
            clav_cla_visit_id=council.register.number("VC"),
            clav_cla_id=period,
            clav_person_id=person,
            clav_cla_visit_date=day,
            clav_cla_visit_seen=was_seen,
            clav_cla_visit_seen_alone=alone,
        )

    return write
