"""Supervision of cases: when the worker and the manager last talked each one through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.care import birthday
from scorecard.synthetic.workforce import COURT_TEAMS, Team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.synthetic.council import Council

_FIRST, _COUNTED = date(2020, 4, 1), date(2021, 11, 29)
_LAST = date(2022, 8, 31)
# The age of the last supervision on 29 November 2021, from the longest ago to the latest.
_BANDS = (
    (date(2021, 1, 10), date(2021, 5, 20)),
    (date(2021, 6, 3), date(2021, 8, 24)),
    (date(2021, 9, 1), date(2021, 9, 24)),
    (date(2021, 10, 1), date(2021, 10, 25)),
    (date(2021, 11, 2), date(2021, 11, 26)),
)
_NEW_SINCE = date(2021, 10, 30)  # 31 days before: who has had no supervision since is new, not overdue
_BOTH = "CPPCLA"


@dataclass(frozen=True)
class _Row:
    """One row of the pack's table (l.767 to 770): cases in each band, those without supervision, the new among them."""

    in_bands: tuple[int, ...]
    without: int = 0
    new: int = 0


_ROWS = {
    "CIN": _Row((9, 43, 16, 48, 51), without=99, new=2),
    "CPP": _Row((1, 4, 10, 48, 109), without=14, new=2),
    "CLA": _Row((23, 64, 43, 106, 105), without=3),
    _BOTH: _Row((0, 0, 0, 0, 4)),
}


@dataclass(frozen=True)
class _Spell:
    """One plan or period of care, with the day its child became known, from which supervision was possible."""

    kind: str
    person: str
    known: date
    started: date
    ended: date | None
    team: Team

    def open_on(self, day: date) -> bool:
        return self.started <= day and (self.ended is None or self.ended > day)


def supervise(council: Council) -> None:
    """Enter supervisions at intervals, so that on the counted day each band holds its number."""
    spells = list(_spells(council))
    counted = [one for one in spells if one.open_on(_COUNTED)]
    latest = _latest(council, counted)
    now = {one.person for one in counted}
    for one in spells:
        if one.open_on(_COUNTED):
            _backwards(council, one, latest.pop(one.person, None))
            _forwards(council, one, date(2021, 12, 3))
        elif one.person not in now and (one.ended is None or one.ended > _FIRST):
            _forwards(council, one, max(one.started, _FIRST))


def _spells(council: Council) -> Iterator[_Spell]:
    for plan in council.in_need_plans:
        yield _Spell("CIN", plan.case.child.id, plan.case.referred, plan.started, plan.ended, Team.CHILD_IN_NEED)
    for one in council.protection_plans:
        yield _Spell("CPP", one.case.child.id, one.case.referred, one.started, one.ended, COURT_TEAMS[0])
    for period in council.care:
        if period.recorded <= _COUNTED or period.started > _COUNTED:
            ended = (
                period.ended if period.end_recorded is None or period.end_recorded <= _COUNTED else period.end_recorded
            )
            ended = min(ended or _LAST, birthday(period.child, 18))
            yield _Spell("CLA", period.child.id, period.case.referred, period.started, ended, Team.CHILDREN_IN_CARE)


def _latest(council: Council, counted: list[_Spell]) -> dict[str, date]:
    """The day of each case's last supervision; none for those that had none, the newest of each kind."""
    kinds: dict[str, set[str]] = {}
    for one in counted:
        kinds.setdefault(one.person, set()).add(one.kind)
    out: dict[str, date] = {}
    for kind, row in _ROWS.items():
        left = [one for one in counted if (_BOTH if len(kinds[one.person]) > 1 else one.kind) == kind]
        left = sorted({one.person: one for one in left}.values(), key=lambda one: one.known)
        left = _without(left, row)
        for (first, last), number in zip(_BANDS, row.in_bands, strict=True):
            chosen = council.draw.sample([one for one in left if one.known <= last], number)
            for one in chosen:
                since = max(first, one.known)
                out[one.person] = since + timedelta(days=council.draw.randint(0, (last - since).days))
            taken = {one.person for one in chosen}
            left = [one for one in left if one.person not in taken]
    return out


def _without(cases: list[_Spell], row: _Row) -> list[_Spell]:
    """Those who were supervised at some time: all but so many of the new and so many of the others."""
    new = [one for one in cases if one.started >= _NEW_SINCE]
    older = [one for one in cases if one.started < _NEW_SINCE]
    return sorted(new[: len(new) - row.new] + older[: len(older) - row.without], key=lambda one: one.known)


def _backwards(council: Council, one: _Spell, day: date | None) -> None:
    while day is not None and day >= max(one.known, _FIRST):
        _write(council, one, day)
        day -= timedelta(days=council.draw.randint(28, 70))


def _forwards(council: Council, one: _Spell, first: date) -> None:
    day = max(first, one.started) + timedelta(days=council.draw.randint(3, 30))
    while day < min(one.ended or _LAST, _LAST):
        _write(council, one, day)
        day += timedelta(days=council.draw.randint(28, 90))


def _write(council: Council, one: _Spell, day: date) -> None:
    council.register.enter(
        "ssdx_case_supervisions",
        day,
        csup_supervision_id=council.register.number("CS"),
        csup_person_id=one.person,
        csup_case_type=one.kind,
        csup_supervision_date=day,
        csup_completed_date=day,
        csup_worker_id=council.workforce.someone(one.team),
        csup_supervisor_id=council.workforce.someone(Team.SUPPORT_HUB),
    )
