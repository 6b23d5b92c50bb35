"""Where children in care live, and when they move: enough moves that stability is what it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.plan import MONTHS

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.council import Council

_SIXTEEN = 16
_THREE_PLACEMENTS = 3
_SETTLED_MONTHS, _LONG_MONTHS = 24, 30
_YEAR_MONTHS = 12
_YOUNG_MOVES, _RECENT = 0.004, timedelta(days=380)
_NEWCOMER_MOVES, _NEWCOMER_DAYS = 0.12, (40, 160)


def move_children(council: Council) -> None:
    """Go through the months, and let as many children move as the plan's shares want."""
    for month in MONTHS:
        stock = [one for one in council.care if one.thought_open_on(month.last_day)]
        _newcomers_settle(council, month, stock)
        _three_placements(council, month, stock)
        _long_stays_end(council, month, stock)


def had_three(period: CarePeriod, day: date) -> bool:
    """Whether three placements were open at some time after the day twelve months before."""
    since = months_earlier(day, _YEAR_MONTHS)
    return 1 + sum(since < move <= day for move in period.moves) >= _THREE_PLACEMENTS


def is_long(period: CarePeriod, day: date) -> bool:
    """Whether the child is under sixteen and has been in care for two and a half years."""
    return period.child.age_on(day) < _SIXTEEN and period.started <= months_earlier(day, _LONG_MONTHS)


def is_settled(period: CarePeriod, day: date) -> bool:
    """Whether the child has lived in one placement for two years."""
    return max([period.started, *(move for move in period.moves if move <= day)]) <= months_earlier(
        day, _SETTLED_MONTHS
    )


def months_earlier(day: date, months: int) -> date:
    """The same day so many months before, or the last day of a shorter month.

    >>> months_earlier(date(2021, 8, 31), 30)
    datetime.date(2019, 2, 28)
    """
    running = day.year * 12 + day.month - 1 - months
    year, month = running // 12, running % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(last, day.day))
        except ValueError:
            continue
    return date(year, month, 28)


def _may_move(period: CarePeriod, month: Period) -> bool:
    return (
        period.adoption is None
        and period.started < month.first_day - timedelta(days=20)
        and (period.ended is None or period.ended > month.last_day)
    )


def _moved_lately(period: CarePeriod, month: Period) -> bool:
    return any(move > month.last_day - _RECENT for move in period.moves)


def _newcomers_settle(council: Council, month: Period, stock: list[CarePeriod]) -> None:
    """Early moves, soon after coming in, and now and then a move before two and a half years are over."""
    for one in stock:
        if not _may_move(one, month) or _moved_lately(one, month):
            continue
        days = (month.first_day - one.started).days
        chance = _NEWCOMER_MOVES if _NEWCOMER_DAYS[0] < days < _NEWCOMER_DAYS[1] else _YOUNG_MOVES
        if not is_long(one, month.last_day) and council.draw.random() < chance:
            one.moves.append(_day(council, month, 6, 25))


def _day(council: Council, month: Period, first: int, last: int) -> date:
    return month.first_day.replace(day=council.draw.randint(first, last))


def _three_placements(council: Council, month: Period, stock: list[CarePeriod]) -> None:
    day = month.last_day
    wanted = _wanted_three(council, month, len(stock)) - sum(had_three(one, day) for one in stock)
    able = [one for one in stock if _may_move(one, month) and not _moved_lately(one, month)]
    council.draw.shuffle(able)
    able = [one for one in able if not (str(month) in council.plan.exact["settled"] and _costs_stability(one, day) > 1)]
    able.sort(key=lambda one: _costs_stability(one, day))
    for one in able[: max(wanted, 0)]:
        one.moves += [_day(council, month, 6, 12), _day(council, month, 16, 25)]


def _costs_stability(period: CarePeriod, day: date) -> int:
    """Who moves twice: first those of sixteen and the unsettled, then newer children, the settled last."""
    if is_long(period, day):
        return 2 if is_settled(period, day) else 0
    return 0 if period.child.age_on(day) >= _SIXTEEN else 1


def _wanted_three(council: Council, month: Period, stock: int) -> int:
    exact = council.plan.exact["three_placements"]
    return int(exact.get(str(month), round(exact["share"] * stock)))


def _long_stays_end(council: Council, month: Period, stock: list[CarePeriod]) -> None:
    """Let some long-settled children move, until no more than the wanted share has stayed."""
    day = month.last_day
    long = [one for one in stock if is_long(one, day)]
    low, high = council.plan.exact["settled"].get(str(month), council.plan.exact["settled"]["otherwise"])
    if str(month) in council.plan.exact["settled"] and not _fitting(len(long), low, high):
        _turn_sixteen(long, day)
        long = [one for one in long if is_long(one, day)]
    settled = [one for one in long if is_settled(one, day)]
    fitting = _fitting(len(long), low, high)
    if str(month) in council.plan.exact["settled"] and fitting and len(settled) < fitting[0]:
        _move_earlier(council, month, [one for one in long if one not in settled], fitting[0] - len(settled))
        return
    most = max(fitting, default=len(settled))
    able = [one for one in settled if _may_move(one, month) and not _moved_lately(one, month)]
    for one in council.draw.sample(able, max(len(settled) - most, 0)):
        one.moves.append(_day(council, month, 6, 25))


def _fitting(number: int, low: float, high: float) -> list[int]:
    """How many of so many children make a share that is printed as wanted; of 80 none makes 67 %.

    >>> _fitting(80, 66.5, 67.5), _fitting(79, 66.5, 67.5)
    ([], [53])
    """
    return [n for n in range(number + 1) if low <= 100 * n / max(number, 1) < high]


def _turn_sixteen(long: list[CarePeriod], day: date) -> None:
    """Let the oldest of those asked about be born a little earlier, so that one fewer is asked about."""
    unsettled = [one for one in long if not is_settled(one, day)]
    oldest = min(unsettled or long, key=lambda one: one.child.born)
    oldest.child.born = months_earlier(day, _SIXTEEN * _YEAR_MONTHS)


def _move_earlier(council: Council, month: Period, unsettled: list[CarePeriod], number: int) -> None:
    """Let some have made their one move a little earlier, just two years before the month, not after that."""
    then = month.back(_SETTLED_MONTHS)
    able = [
        one
        for one in unsettled
        if one.started < then.first_day - timedelta(days=30)
        and sum(move > then.first_day - _RECENT for move in one.moves) == 1
    ]
    for one in sorted(able, key=lambda one: max(one.moves))[:number]:
        one.moves.remove(max(one.moves))
        one.moves.append(_day(council, then, 6, 25))
