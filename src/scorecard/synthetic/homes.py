"""The kinds of home children in care live in, and who provides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.synthetic.care import Placement

if TYPE_CHECKING:
    from datetime import date

    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.council import Council

_GENERAL, _FAMILY, _INDEPENDENT = "general_foster", "family_or_friends", "independent_foster"
_RESIDENTIAL, _ADOPTION, _OTHER = "residential", "adoption", "other"
_GROUPS = (_GENERAL, _FAMILY, _INDEPENDENT, _RESIDENTIAL, _OTHER)
_BY_AGE = ((10, (40, 33, 27, 0, 0)), (16, (34, 20, 27, 19, 0)), (99, (22, 12, 20, 18, 28)))
_HOMES = {
    _GENERAL: (("U4", "PR1"), ("U6", "PR1"), ("U6", "PR1"), ("U5", "PR1")),
    _FAMILY: (("U1", "PR1"), ("U3", "PR1"), ("U3", "PR1"), ("P1", "PR0")),
    _INDEPENDENT: (("U4", "PR4"), ("U6", "PR4"), ("U6", "PR5"), ("U4", "PR5")),
    _RESIDENTIAL: (("K2", "PR4"), ("K2", "PR4"), ("K2", "PR5"), ("K2", "PR1"), ("S1", "PR4"), ("R3", "PR4")),
    _ADOPTION: (("A6", "PR1"), ("A6", "PR1"), ("A6", "PR2")),
    _OTHER: (("H5", "PR4"), ("H5", "PR5"), ("P2", "PR4"), ("Z1", "PR1")),
}
_BY_CONSENT = "A4"
_WHY = ("CARPL", "CREQB", "CREQO", "LAREQ", "STAND", "CHILD", "OTHER")
_WHY_WEIGHTS = (30, 22, 15, 10, 4, 9, 10)
_OLD_ENOUGH_FOR_A_HOME, _SIXTEEN = 9, 16


def furnish(council: Council) -> None:
    """Give every child in care a home for every day, of the kinds the plan wants on its printed day."""
    for period in council.care:
        period.placements = _stays(council, period)
    printed = _printed(council)
    for period in council.care:
        for stay in period.placements:
            group = printed.get(stay.id) or _some_group(council, period, stay)
            stay.type, stay.provider = council.draw.choice(_HOMES[group])
            if group == _ADOPTION and period.adoption and not period.adoption.authority:
                stay.type = _BY_CONSENT


def _stays(council: Council, period: CarePeriod) -> list[Placement]:
    starts = [period.started, *sorted(period.moves)]
    ends = [*starts[1:], period.ended]
    stays = [Placement(council.register.number("H"), start, end) for start, end in zip(starts, ends, strict=True)]
    for stay in stays[:-1]:
        stay.why_next = council.draw.choices(_WHY, _WHY_WEIGHTS)[0]
    return stays


def _some_group(council: Council, period: CarePeriod, stay: Placement) -> str:
    age = period.child.age_on(stay.started)
    if period.adoption is not None and stay.started == period.adoption.moved_in:
        return _GENERAL if period.adoption.by_carers else _ADOPTION
    weights = next(weights for limit, weights in _BY_AGE if age < limit)
    return council.draw.choices(_GROUPS, weights)[0]


def _printed(council: Council) -> dict[str, str]:
    """The group of every stay of the printed day: adoption for the young, other homes for the oldest."""
    numbers = dict(council.plan.exact["placement_groups"])
    day: date = numbers.pop("on")
    stock = [one for one in council.care if one.thought_open_on(day)]
    council.draw.shuffle(stock)
    stock.sort(key=lambda one: not _with_adopters(one, day))
    out = _take(stock, _ADOPTION, numbers, day)
    stock.sort(key=lambda one: one.child.age_on(day) < _SIXTEEN)
    out |= _take(stock, _OTHER, numbers, day)
    stock.sort(key=lambda one: one.child.age_on(day) < _OLD_ENOUGH_FOR_A_HOME)
    out |= _take(stock, _RESIDENTIAL, numbers, day)
    council.draw.shuffle(stock)
    for group in (_GENERAL, _FAMILY, _INDEPENDENT):
        out |= _take(stock, group, numbers, day)
    return out


def _with_adopters(period: CarePeriod, day: date) -> bool:
    return period.adoption is not None and not period.adoption.by_carers and period.adoption.moved_in <= day


def _take(stock: list[CarePeriod], group: str, numbers: dict[str, int], day: date) -> dict[str, str]:
    """The first of the stock live in this group's homes; they are taken out of the stock."""
    chosen, stock[:] = stock[: numbers[group]], stock[numbers[group] :]
    return {_stay_on(one, day).id: group for one in chosen}


def _stay_on(period: CarePeriod, day: date) -> Placement:
    return max((stay for stay in period.placements if stay.started <= day), key=lambda stay: stay.started)
