"""Children looked after by people who are neither parents nor close relatives, by their parents' arrangement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.recording import known_later

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council

_VISIT_DAYS = 42


@dataclass(frozen=True)
class _Arrangement:
    """From which month to which, and the month ends at which no visit was recent enough."""

    begins: str
    ends: str | None
    unvisited: tuple[str, ...] = ()


# Open 2, 2, 2, 2, 3, 2, 2 at the ends of May to November 2021; visited in time 2, 1, 1, 2, 2, 1, 2.
_ARRANGEMENTS = (
    _Arrangement("2018-04", "2019-08"),
    _Arrangement("2019-02", "2020-03"),
    _Arrangement("2020-01", "2020-12"),
    _Arrangement("2020-11", "2021-05"),
    _Arrangement("2021-01", "2022-02", ("2021-07", "2021-10")),
    _Arrangement("2021-05", "2021-10", ("2021-06", "2021-09")),
    _Arrangement("2021-09", None),
    _Arrangement("2022-01", None),
)


def foster_privately(council: Council) -> None:
    """Enter every arrangement and its visits."""
    for one in _ARRANGEMENTS:
        _write(council, one)


def _write(council: Council, one: _Arrangement) -> None:
    draw, begins = council.draw, Period.parse(one.begins)
    notified = begins.first_day.replace(day=draw.randint(2, 8))
    ended = Period.parse(one.ends).first_day.replace(day=draw.randint(12, 26)) if one.ends else None
    child = council.families.new_child(notified - timedelta(days=draw.randint(3600, 5100)))
    identifier = council.register.number("PF")
    council.register.enter(
        "ssdx_private_fostering",
        notified,
        pfos_arrangement_id=identifier,
        pfos_person_id=child.id,
        pfos_notified_date=notified,
        pfos_start_date=notified - timedelta(days=draw.randint(0, 20)),
        pfos_end_date=known_later(ended, ended) if ended else None,
        pfos_end_reason=known_later("Returned home", ended) if ended else None,
    )
    for month in months_between(begins, LAST_MONTH):
        if str(month) not in one.unvisited and (ended is None or ended > month.last_day):
            _visit(council, identifier, max(month.first_day, notified), _latest(month, one))


def _latest(month: Period, one: _Arrangement) -> date:
    following = month.back(-1)
    missed = following.last_day - timedelta(days=_VISIT_DAYS + 1)
    return min(month.last_day, missed) if str(following) in one.unvisited else month.last_day


def _visit(council: Council, arrangement: str, first: date, last: date) -> None:
    day = first + timedelta(days=council.draw.randint(min(3, (last - first).days), (last - first).days))
    council.register.enter(
        "ssdx_private_fostering_visits",
        day,
        pfov_visit_id=council.register.number("VF"),
        pfov_arrangement_id=arrangement,
        pfov_visit_date=day,
        pfov_seen="Y",
    )
