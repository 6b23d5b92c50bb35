"""Foster carers' households: applications, approvals, panels, and those who stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.recording import Later, known_later
from scorecard.synthetic.working_days import moved, some_working_day

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council

_FIRST, _PRINTED = Period(2018, 4), Period(2021, 11)
_GENERAL = ("SHORT", "LONG", "RESPITE", "SHORTBREAK")
# Households approved and not ceased at the end of November 2021.
_OPEN = {
    "SHORT": 48,
    "LONG": 38,
    "RESPITE": 14,
    "SHORTBREAK": 4,
    "FRIENDSFAMILY": 39,
    "TEMPAPPROVED": 11,
    "SUPPLODGINGS": 11,
}
# In November two connected households were approved, three general ones and one connected one ceased.
_APPROVED_THEN, _CEASED_THEN = {"FRIENDSFAMILY": 2}, {"SHORT": 2, "RESPITE": 1, "FRIENDSFAMILY": 1}
_IN_STAGE_TWO = 10
# Seen by the panels of November: 20 cases in the pack's words, 23 items by its own list (contradiction 69).
_ITEMS = {"REAPPROVAL": 15, "REG25EXT": 2, "RESIGNATION": 1, "LTMATCH": 1, "POSTLADO": 1}
_PANEL_DAYS = (9, 23)
_CONNECTED = {"FRIENDSFAMILY", "TEMPAPPROVED"}
_APPROVED, _NOT_APPROVED = "APPROVED", "NOT APPROVED"


@dataclass(frozen=True)
class _Household:
    id: str
    type: str
    approved: date
    ceased: date | None


def foster(council: Council) -> None:
    """Enter the register of households and what the panels decided."""
    households = [_settled(council, kind) for kind, number in _OPEN.items() for _ in range(_long(kind, number))]
    households = _stopping_later(council, households)
    households += [
        _approved_in(council, kind, _PRINTED) for kind, number in _APPROVED_THEN.items() for _ in range(number)
    ]
    households += [_ceased_in(council, kind, _PRINTED) for kind, number in _CEASED_THEN.items() for _ in range(number)]
    households += _come_and_gone(council)
    for one in households:
        _write(council, one)
    for _ in range(_IN_STAGE_TWO):
        _write_applicant(council)
    for month in months_between(_FIRST, LAST_MONTH):
        _panels(council, month, households)


def _long(kind: str, number: int) -> int:
    return number - _APPROVED_THEN.get(kind, 0)


def _in(council: Council, month: Period) -> date:
    return some_working_day(council.draw, month.first_day, month.last_day)


def _settled(council: Council, kind: str) -> _Household:
    """Approved before November 2021 and still so; temporary approval lasts sixteen weeks at most."""
    days = (8, 100) if kind == "TEMPAPPROVED" else (60, 3000)
    approved = _weekday(_PRINTED.first_day - timedelta(days=council.draw.randint(*days)))
    leaves = approved + timedelta(weeks=16) if kind == "TEMPAPPROVED" else None
    return _Household(
        council.register.number("FH"), kind, approved, leaves if leaves is None else max(leaves, date(2021, 12, 3))
    )


def _approved_in(council: Council, kind: str, month: Period) -> _Household:
    return _Household(council.register.number("FH"), kind, _in(council, month), None)


def _ceased_in(council: Council, kind: str, month: Period) -> _Household:
    approved = month.first_day - timedelta(days=council.draw.randint(400, 2500))
    return _Household(council.register.number("FH"), kind, _weekday(approved), _in(council, month))


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend; approvals reach back beyond the holidays we keep."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _stopping_later(council: Council, households: list[_Household]) -> list[_Household]:
    """After November 2021 two of the settled stop every month."""
    able = [one for one in households if one.ceased is None]
    months = months_between(_PRINTED.back(-1), LAST_MONTH)
    stopping = council.draw.sample(able, 2 * len(months))
    ceased = {one.id: _in(council, months[place // 2]) for place, one in enumerate(stopping)}
    return [replace(one, ceased=ceased.get(one.id, one.ceased)) for one in households]


def _come_and_gone(council: Council) -> list[_Household]:
    """In every earlier month somebody stopped."""
    draw = council.draw
    return [
        _ceased_in(council, draw.choice((*_GENERAL[:2], "FRIENDSFAMILY", "TEMPAPPROVED")), month)
        for month in months_between(_FIRST, _PRINTED.back(1))
        for _ in range(draw.randint(1, 3))
    ]


def _write(council: Council, one: _Household) -> None:
    draw = council.draw
    connected = one.type in _CONNECTED
    applied = one.approved - timedelta(days=draw.randint(120, 260))
    council.register.enter(
        "ssdx_foster_carers",
        applied,
        fost_household_id=one.id,
        fost_carer_type=one.type,
        fost_connected_flag="Y" if connected else "N",
        fost_application_date=applied,
        fost_stage1_start_date=Later(applied + timedelta(days=10), applied + timedelta(days=10)),
        fost_stage2_start_date=Later(applied + timedelta(days=70), applied + timedelta(days=70)),
        fost_approval_date=Later(one.approved, one.approved),
        fost_ceased_date=known_later(one.ceased, one.ceased) if one.ceased else None,
        fost_ceased_reason=known_later(draw.choice(("Resigned", "Adopted", "SGO")), one.ceased) if one.ceased else None,
        fost_approved_places=draw.choice((1, 1, 2, 2, 3)),
    )


def _write_applicant(council: Council) -> None:
    """Somebody in the second stage of assessment at the end of November 2021, approved in the spring."""
    applied = date(2021, 6, 1) + timedelta(days=council.draw.randint(0, 60))
    second, approved = applied + timedelta(days=70), date(2022, 2, 1) + timedelta(days=council.draw.randint(0, 80))
    council.register.enter(
        "ssdx_foster_carers",
        applied,
        fost_household_id=council.register.number("FH"),
        fost_carer_type=council.draw.choice(_GENERAL[:2]),
        fost_connected_flag="N",
        fost_application_date=applied,
        fost_stage1_start_date=Later(applied + timedelta(days=10), applied + timedelta(days=10)),
        fost_stage2_start_date=Later(second, second),
        fost_approval_date=Later(approved, approved),
        fost_approved_places=council.draw.choice((1, 2)),
    )


def _panels(council: Council, month: Period, households: list[_Household]) -> None:
    days = [moved(month.first_day.replace(day=day), 0) for day in _PANEL_DAYS]
    approved = [one for one in households if month.first_day <= one.approved <= month.last_day]
    for one in approved:
        kind = "APPROVAL_CONNECTED" if one.type in _CONNECTED else "APPROVAL_GENERAL"
        _item(council, days, one.id, kind, _APPROVED)
    heard = {"APPROVAL": approved}
    for kind, number in _ITEMS.items():
        wanted = number if month == _PRINTED else round(number * council.draw.uniform(0.5, 0.9))
        heard[kind] = _whose(council, month, households, kind, wanted, heard)
        for one in heard[kind]:
            _item(council, days, one.id, kind, _APPROVED)
    if month == _PRINTED:
        _item(council, days, None, "APPROVAL_CONNECTED", _NOT_APPROVED)


def _whose(  # noqa: PLR0913, PLR0917 - a choice among all households, by kind
    council: Council,
    month: Period,
    households: list[_Household],
    kind: str,
    wanted: int,
    heard: dict[str, list[_Household]],
) -> list[_Household]:
    """The households an item is about; some of them are heard twice, so that 23 items are 20 cases."""
    if kind == "RESIGNATION":
        able = [one for one in households if one.ceased and month.first_day <= one.ceased <= month.last_day]
        able = [one for one in able if one.type == "FRIENDSFAMILY"]
    elif kind in {"LTMATCH", "POSTLADO"}:
        able = heard["REAPPROVAL"]
    else:
        able = [one for one in households if one.approved < month.first_day]
        able = [one for one in able if one.ceased is None or one.ceased > month.last_day]
        able = [one for one in able if (one.type == "TEMPAPPROVED") == (kind == "REG25EXT")]
    first = [one for one in heard["APPROVAL"] if one.type in _CONNECTED][:1] if kind == "REG25EXT" else []
    number = max(wanted - len(first), 0)
    return first + council.draw.sample(able, min(number, len(able)))


def _item(council: Council, days: list[date], household: str | None, kind: str, decision: str) -> None:
    day = council.draw.choice(days)
    decided = moved(day, council.draw.randint(1, 5))
    council.register.enter(
        "ssdx_fostering_panel",
        day,
        fpan_item_id=council.register.number("FI"),
        fpan_panel_date=day,
        fpan_household_id=household,
        fpan_item_type=kind,
        fpan_recommendation="RECOMMENDED" if decision == _APPROVED else "NOT RECOMMENDED",
        fpan_adm_decision=Later(decision, decided),
        fpan_adm_date=Later(decided, decided),
    )
