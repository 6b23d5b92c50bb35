"""Supervision of cases: when the worker and the manager last talked each one through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

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
# Cases in each band. The rest had none: the pack's rows add to other totals than its own stocks (57, 58, 59).
_IN_BANDS = {"CIN": (9, 43, 16, 48, 51), "CPP": (1, 4, 10, 48, 109), "CLA": (23, 64, 43, 106, 105)}


@dataclass(frozen=True)
class _Spell:
    kind: str
    person: str
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
            _backwards(council, one, latest.get(one.person))
            _forwards(council, one, date(2021, 12, 3))
        elif one.person not in now and (one.ended is None or one.ended > _FIRST):
            _forwards(council, one, max(one.started, _FIRST))


def _spells(council: Council) -> Iterator[_Spell]:
    for plan in council.in_need_plans:
        yield _Spell("CIN", plan.case.child.id, plan.started, plan.ended, Team.CHILD_IN_NEED)
    for protection in council.protection_plans:
        yield _Spell("CPP", protection.case.child.id, protection.started, protection.ended, COURT_TEAMS[0])
    for period in council.care:
        if period.recorded <= _COUNTED or period.started > _COUNTED:
            ended = (
                period.ended if period.end_recorded is None or period.end_recorded <= _COUNTED else period.end_recorded
            )
            yield _Spell("CLA", period.child.id, period.started, ended, Team.CHILDREN_IN_CARE)


def _latest(council: Council, counted: list[_Spell]) -> dict[str, date]:
    """The day of each case's last supervision: the longest ago for those that have gone on longest."""
    out: dict[str, date] = {}
    for kind, numbers in _IN_BANDS.items():
        left = sorted((one for one in counted if one.kind == kind), key=lambda one: one.started)
        for (first, last), number in zip(_BANDS, numbers, strict=True):
            able = [one for one in left if one.started <= last]
            chosen = council.draw.sample(able, min(number, len(able)))
            for one in chosen:
                since = max(first, one.started)
                out[one.person] = since + timedelta(days=council.draw.randint(0, (last - since).days))
            taken = {one.person for one in chosen}
            left = [one for one in left if one.person not in taken]
    return out


def _backwards(council: Council, one: _Spell, day: date | None) -> None:
    while day is not None and day >= max(one.started, _FIRST):
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
