"""The hours workers who hold cases work in a month: as agreed, and in the printed months what makes caseloads fit."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.calendar.periods import Period
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.recording import Row

_LIMIT = 2  # cases for a tenth of a full-time worker: twenty for a whole one
_LEAST, _MOST = 3, 10


def hours_in(council: Council, month: Period) -> dict[str, float]:
    """Each worker's hours in the month, as a part of full time."""
    agreed = {one.id: one.full_time for one in council.workforce.workers}
    wanted = council.plan.exact["caseloads"].get(str(month))
    return agreed if wanted is None else agreed | _fitting(council, month.last_day, wanted)


def _fitting(council: Council, day: date, wanted: Mapping[str, int]) -> dict[str, float]:
    """Hours with which so many per cent hold over the limit, and the averages are as printed."""
    held = _held(council, day)
    holders = [one for one in council.workforce.workers if one.id in held]
    tenths = {one.id: round(10 * one.full_time) for one in holders}
    if "over" in wanted:
        _set_over(tenths, held, round(len(held) * wanted["over"] / 100))
    groups = {
        "average": [one.id for one in holders],
        "qualified": [one.id for one in holders if not one.newly_qualified],
        "newly_qualified": [one.id for one in holders if one.newly_qualified],
    }
    for name, workers in groups.items():
        if name in wanted:
            _reach(tenths, held, workers, wanted[name])
    return {worker: number / 10 for worker, number in tenths.items()}


def _held(council: Council, day: date) -> dict[str, int]:
    """How many children each worker held at the end of a day, by what was recorded then."""
    children: dict[str, set[str]] = {}
    for row in council.register.tables["ssd_involvements"]:
        if row.values["invo_professional_role_id"] == "CW" and _is_open(row, day):
            children.setdefault(str(row.values["invo_professional_id"]), set()).add(str(row.values["invo_person_id"]))
    return {worker: len(those) for worker, those in children.items()}


def _is_open(row: Row, day: date) -> bool:
    started, ended = row.values["invo_involvement_start_date"], row.values["invo_involvement_end_date"]
    if isinstance(ended, Later):
        ended = ended.value if ended.recorded <= day else None
    begun = isinstance(started, date) and started <= day and row.recorded <= day
    return begun and not (isinstance(ended, date) and ended <= day)


def _set_over(tenths: dict[str, int], held: Mapping[str, int], number: int) -> None:
    """The fullest are over the limit, nobody else is."""
    ranked = sorted(held, key=lambda one: (held[one] > _LIMIT * _MOST, held[one] / tenths[one]), reverse=True)
    for one in ranked[:number]:
        tenths[one] = min(tenths[one], ceil(held[one] / _LIMIT) - 1)
    for one in ranked[number:]:
        tenths[one] = max(tenths[one], ceil(held[one] / _LIMIT))


def _reach(tenths: dict[str, int], held: Mapping[str, int], workers: Iterable[str], average: int) -> None:
    """Take tenths away, or add some, in turn, until the average is reached; who is over the limit stays over."""
    left = sum(tenths[one] for one in workers) - round(10 * sum(held[one] for one in workers) / average)
    step = -1 if left > 0 else 1
    while left:
        able = [one for one in workers if _may_change(tenths[one], tenths[one] + step, held[one])]
        for one in able[: abs(left)]:
            tenths[one] += step
            left += step
        if not able:
            break


def _may_change(now: int, then: int, held: int) -> bool:
    return _LEAST <= then <= _MOST and (held > _LIMIT * now) == (held > _LIMIT * then)
